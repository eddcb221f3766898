//! Errors: what happened, what is safe, what to do.

catalogue! { Problems {
    missing_name: "請填中文或英文名稱", "请填中文或英文名称", "Enter a Chinese or an English name";
    missing_person_name: "請填姓名", "请填姓名", "Enter a name";
    missing_client: "請選客戶或聯絡人", "请选客户或联系人", "Choose a client or a contact";
    missing_text: "請填內容", "请填内容", "Write something first";
    not_a_phone: "電話須有 3 至 20 個數字", "电话须有 3 至 20 个数字", "A phone number has 3 to 20 digits";
    not_an_email: "電郵應如 name@example.com", "邮箱应如 name@example.com", "An e-mail address looks like name@example.com";
    not_a_web_site: "網址應如 example.com", "网址应如 example.com", "A web address looks like example.com";
    not_a_date: "日期應如 2026-11-23，介乎 1900 至 2100 年", "日期应如 2026-11-23，介于 1900 至 2100 年", "A date looks like 2026-11-23, between 1900 and 2100";
    not_a_time: "時間應如 09:30", "时间应如 09:30", "A time looks like 09:30";
    not_a_number: "請填 1 至 1440 的整數", "请填 1 至 1440 的整数", "Enter a whole number from 1 to 1440";
    circle: "公司不能隸屬於自己或其下屬公司", "公司不能隶属于自己或其下属公司", "A company cannot belong to itself or to one below it";

    store_blocked: "另一個分頁仍開着舊版本，資料庫未能升級。已有記錄安全。請關閉其他分頁後再試。", "另一个标签页仍开着旧版本，数据库未能升级。已有记录安全。请关闭其他标签页后再试。", "Another tab still has the old version open, so the database cannot be upgraded. Your records are safe. Close the other tabs and try again.";
    store_newer: "這部裝置的記錄由較新版本寫成，這個舊版本不會改動它。請在有網絡時重新載入以更新，或先匯出備份。", "这台设备的记录由较新版本写成，这个旧版本不会改动它。请在有网络时重新加载以更新，或先导出备份。", "The records on this device were written by a newer version, and this older one will not touch them. Reload with a network to update, or export a backup first.";
    store_quota: "裝置儲存空間已滿，這次未能儲存；原有記錄及螢幕上的文字仍在。請釋放空間後再試，或複製/匯出。", "设备存储空间已满，这次未能保存；原有记录及屏幕上的文字仍在。请释放空间后再试，或复制/导出。", "The device is full, so this was not saved. What was saved before and the text on the screen are still there. Free some space and try again, or copy or export it.";
    store_dead: "瀏覽器切斷了資料庫，重開三次仍未成功。已儲存的記錄安全。請重新載入；螢幕上的文字已存為草稿。", "浏览器切断了数据库，重开三次仍未成功。已保存的记录安全。请重新加载；屏幕上的文字已存为草稿。", "The browser cut off the database, and reopening it three times did not help. What was saved is safe. Please reload; the text on the screen is kept as a draft.";
    store_aborted: "這次未能儲存，沒有寫入任何部分。螢幕上的文字仍在，請再試。", "这次未能保存，没有写入任何部分。屏幕上的文字仍在，请重试。", "This was not saved, not even in part. The text on the screen is still there; please try again.";
    store_unavailable: "這個瀏覽器視窗不容許儲存資料（可能是私人瀏覽）。請用一般視窗開啟。", "这个浏览器窗口不允许存储数据（可能是无痕浏览）。请用普通窗口打开。", "This browser window does not allow storing data (it may be a private one). Please open the app in a normal window.";
    store_other: "儲存出了問題。已儲存的記錄安全，螢幕上的文字仍在。請重新載入後再試。", "存储出了问题。已保存的记录安全，屏幕上的文字仍在。请重新加载后重试。", "Something went wrong with the storage. What was saved is safe and the text on the screen is still there. Reload and try again.";
    book_gone: "這部裝置原有記錄，但瀏覽器的儲存空間已被清除。請由備份還原；如沒有備份，可重新開始。", "这台设备原有记录，但浏览器的存储空间已被清除。请从备份恢复；如没有备份，可重新开始。", "This device had records, but the browser's storage has been cleared. Restore a backup; without one you can start afresh.";
    book_gone_title: "這部裝置的記錄不見了", "这台设备的记录不见了", "The records of this device are gone";
    start_afresh: "重新開始", "重新开始", "Start afresh";
    restore: "由備份還原", "从备份恢复", "Restore a backup";
    cannot_open: "未能開啟記錄", "未能打开记录", "The records could not be opened";
    details: "技術資料", "技术资料", "Technical details";
    save_failed: "未能儲存", "未能保存", "Not saved";

    missing_floors: "請加上至少一層樓及一個單位。", "请加上至少一层楼及一个单元。", "Add at least one floor with a door.";
    too_many_floors: "最多 200 層，每層最多 200 個單位。", "最多 200 层，每层最多 200 个单元。", "At most 200 floors with 200 doors each.";
    not_a_storey: "請填 1 至 199 的樓層數字。", "请填 1 至 199 的楼层数字。", "Enter a floor number from 1 to 199.";
    not_a_floor: "樓層應如 28、12A、G、LG1，以逗號分開。", "楼层应如 28、12A、G、LG1，以逗号分开。", "Floors look like 28, 12A, G, LG1, with commas between.";
    not_a_door: "單位應如 01-12、A-H 或 01、02。", "单元应如 01-12、A-H 或 01、02。", "Doors look like 01-12, A-H or 01, 02.";
    not_a_zone: "分區應如：高區 28-PH；低區 G-27。", "分区应如：高区 28-PH；低区 G-27。", "Zones look like: high 28-PH; low G-27.";
    photo_not_picture: "這個檔案不是瀏覽器讀得到的相片，沒有加入。請用相機再拍或選 JPEG。", "这个文件不是浏览器读得到的照片，没有添加。请用相机重拍或选 JPEG。", "This file is not a picture the browser can read, so it was not added. Take it again or choose a JPEG.";
    photo_too_large: "相片太大，這部裝置處理不到，沒有加入。請用較低解像度再拍。", "照片太大，这台设备处理不了，没有添加。请用较低分辨率重拍。", "The picture is too large for this device, so it was not added. Take it again at a lower resolution.";
    photo_missing: "相片不在這部裝置", "照片不在这台设备", "The picture is not on this device";
    photo_expected: "上次拍照時程式被系統關閉，相片未有收到。請再拍。", "上次拍照时程序被系统关闭，照片没有收到。请重拍。", "The system closed the app while the camera was open, and the picture did not arrive. Please take it again.";
}}
