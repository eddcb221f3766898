//! The rescue file: what is not sent yet, sealed and carried by hand.

use super::count;

catalogue! { Rescue {
    title: "救援檔", "救援文件", "Rescue file";
    link: "救援檔：帶走未上傳的改動", "救援文件：带走未上传的改动", "Rescue file: carry what is not uploaded";
    intro: "把所有未上傳的改動連相片鎖進一個檔案。可在另一部裝置打開，或交給管理員直接匯入伺服器；重複匯入不會變成兩份。這部裝置上的一切不變。", "把所有未上传的改动连同照片锁进一个文件。可在另一台设备打开，或交给管理员直接导入服务器；重复导入不会变成两份。这台设备上的一切不变。", "Locks everything not uploaded yet, pictures included, into one file. Another device can open it, or an administrator can put it straight into the server; taken in twice, it still counts once. Nothing on this device changes.";

    save_title: "儲存救援檔", "保存救援文件", "Save a rescue file";
    changes(n: usize): format!("{n} 項改動"), format!("{n} 项改动"), count(n, "change", "changes");
    refused(n: usize): format!("其中 {n} 項被伺服器拒絕"), format!("其中 {n} 项被服务器拒绝"), format!("{} refused by the server among them", count(n, "change", "changes"));
    pictures(n: usize): format!("{n} 張相片"), format!("{n} 张照片"), count(n, "picture", "pictures");
    drafts(n: usize): format!("{n} 份草稿"), format!("{n} 份草稿"), count(n, "draft", "drafts");
    oldest(age: String): format!("最早一項：{age}"), format!("最早一项：{age}"), format!("the oldest {age}");
    nothing: "沒有未上傳的改動，毋須救援檔。", "没有未上传的改动，不需要救援文件。", "Everything is uploaded; no rescue file is needed.";

    passphrase: "密碼句", "密码句", "Passphrase";
    passphrase_again: "再輸入一次", "再输入一次", "Once more";
    show: "顯示密碼句", "显示密码句", "Show what I type";
    passphrase_help: "最少 12 個字元，用一句只有你知道的話最好。程式不會儲存它；忘記了，任何人都打不開這個檔案。", "最少 12 个字符，用一句只有你知道的话最好。程序不会保存它；忘记了，任何人都打不开这个文件。", "At least 12 characters; a sentence only you know is best. It is never stored: if it is lost, nobody can open the file.";
    too_short(n: usize): format!("還欠 {n} 個字元"), format!("还差 {n} 个字符"), format!("{} more needed", count(n, "character", "characters"));
    weak: "容易猜中；用一句話較好。", "容易猜中；用一句话较好。", "Easy to guess; a sentence is better.";
    good: "這句可以。", "这句可以。", "Good enough.";
    different: "兩次輸入的不一樣", "两次输入的不一样", "The two are not the same";
    save: "儲存檔案", "保存文件", "Save the file";
    sealing: "正在收集及加密", "正在收集并加密", "Gathering and sealing";
    ready(size: String): format!("救援檔已備妥（{size}）"), format!("救援文件已备妥（{size}）"), format!("The rescue file is ready ({size})");
    left_out(n: usize): format!("有 {n} 項讀不到，不在檔案內"), format!("有 {n} 条读不到，不在文件内"), format!("{} not be read and not in it", count(n, "row could", "rows could"));
    again: "再交出一次", "再交出一次", "Hand it over again";
    saved: "救援檔已交出", "救援文件已交出", "The rescue file was handed over";
    not_saved: "未能交出檔案，請再試。", "未能交出文件，请重试。", "The file could not be handed over; please try again.";

    open_title: "打開救援檔", "打开救援文件", "Open a rescue file";
    open_help: "檔案內的改動會加入這部裝置，並由這裏上傳。已有的不會重複。", "文件内的改动会加入这台设备，并由这里上传。已有的不会重复。", "Its changes join this device and are uploaded from here. What is here already is not doubled.";
    pick: "選取救援檔", "选取救援文件", "Choose the rescue file";
    chosen(name: String): format!("已選：{name}"), format!("已选：{name}"), format!("Chosen: {name}");
    open: "打開", "打开", "Open";
    opening: "正在打開", "正在打开", "Opening";
    inside: "檔案內有", "文件内有", "In the file";
    made(age: String): format!("製作時間：{age}"), format!("制作时间：{age}"), format!("Made {age}");
    own: "由這部裝置製作", "由这台设备制作", "Made on this device";
    other: "由另一部裝置製作", "由另一台设备制作", "Made on another device";
    known(n: usize): format!("{n} 項改動這裏已有"), format!("{n} 项改动这里已有"), format!("{} here already", count(n, "change is", "changes are"));
    unreadable(n: usize): format!("{n} 項由較新版本寫成，讀不到"), format!("{n} 条由较新版本写成，读不到"), format!("{} not be read; a newer version wrote them", count(n, "row can", "rows can"));
    take: "加入這部裝置", "加入这台设备", "Take it in";
    taking: "正在加入", "正在加入", "Taking it in";
    other_file: "改選檔案", "改选文件", "Choose another file";
    done: "已加入", "已加入", "Taken in";
    took_changes(n: usize): format!("{n} 項改動等候上傳"), format!("{n} 项改动等候上传"), format!("{} to be uploaded", count(n, "change waits", "changes wait"));
    took_pictures(n: usize): format!("加入 {n} 張相片"), format!("加入 {n} 张照片"), format!("{} added", count(n, "picture", "pictures"));
    took_drafts(n: usize): format!("加入 {n} 份草稿"), format!("加入 {n} 份草稿"), format!("{} added", count(n, "draft", "drafts"));
    kept(n: usize): format!("{n} 項這裏已有，沒有改動"), format!("{n} 条这里已有，没有改动"), format!("{} here already and left as they are", count(n, "thing was", "things were"));
    stopped: "中途停止了；已加入的都在，再打開同一個檔案便會繼續。", "中途停止了；已加入的都在，再打开同一个文件便会继续。", "It stopped half-way; what went in is there, and the same file goes on from there.";

    cannot_read: "讀不到這個檔案，請再選一次。", "读不到这个文件，请再选一次。", "The file cannot be read; please choose it again.";
    too_large: "檔案太大，這部裝置打不開；請交給管理員匯入伺服器。", "文件太大，这台设备打不开；请交给管理员导入服务器。", "The file is too large for this device; an administrator can put it into the server.";
    not_rescue: "這不是救援檔。", "这不是救援文件。", "This is not a rescue file.";
    newer: "這個檔案由較新版本製作，請先更新程式。", "这个文件由较新版本制作，请先更新程序。", "A newer version made this file; update the app first.";
    cut: "檔案不完整，請重新傳送一次。", "文件不完整，请重新传送一次。", "The file is not whole; send it again.";
    closed: "密碼句不對，或檔案已損壞，兩者分不出來。沒有寫入任何部分。", "密码句不对，或文件已损坏，两者分不出来。没有写入任何部分。", "The passphrase is wrong, or the file is damaged; the two cannot be told apart. Nothing was written.";
    malformed: "檔案的內容讀不懂，沒有寫入任何部分。", "文件的内容读不懂，没有写入任何部分。", "What is in the file makes no sense, and nothing was written.";
    no_cipher: "這個網頁連線不安全，瀏覽器不提供加密。請以 https 開啟。", "这个网页连接不安全，浏览器不提供加密。请以 https 打开。", "The page is not served securely, so the browser does not encrypt. Open it over https.";
}}
