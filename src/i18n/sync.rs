//! The way to the server: what waits, who is signed in, and what two people changed at once.

use super::{Lang, count};
use crate::wire::Code;

catalogue! { Sync {
    queue_title: "上傳", "上传", "Upload";
    account_title: "帳戶", "账号", "Account";
    clashes_title: "兩邊都改過", "两边都改过", "Changed on both sides";

    signed_in_as(name: String, device: String): format!("{name} 已登入，這部裝置叫「{device}」"), format!("{name} 已登录，这台设备叫“{device}”"), format!("Signed in as {name} on “{device}”");
    not_signed_in: "未登入：全部記錄都在這部裝置", "未登录：全部记录都在这台设备", "Not signed in: everything is on this device";
    not_signed_in_help: "登入之後才會上傳。在此之前，備份是唯一的副本。", "登录之后才会上传。在此之前，备份是唯一的副本。", "Nothing is uploaded until you sign in; until then a backup is the only copy.";
    signed_out_of(name: String): format!("{name} 已登出：改動留在這部裝置等候"), format!("{name} 已退出：改动留在这台设备等候"), format!("{name} is signed out: changes wait on this device");
    sign_in: "登入", "登录", "Sign in";
    to_account: "帳戶", "账号", "Account";
    confirmed(when: String): format!("伺服器最後確認：{when}"), format!("服务器最后确认：{when}"), format!("Last confirmed by the server: {when}");
    never_confirmed: "伺服器未曾確認過", "服务器还没有确认过", "The server has not confirmed anything yet";
    idle: "沒有傳送中的資料", "没有正在传送的数据", "Nothing is being sent";
    asking: "正在聯絡伺服器", "正在联系服务器", "Asking the server";
    pushing(done: u64, of: u64): format!("正在上傳，{of} 項中的第 {done} 項"), format!("正在上传，{of} 条中的第 {done} 条"), format!("Uploading, {done} of {of}");
    pulling(done: u64, of: u64): format!("正在下載，{of} 項中的第 {done} 項"), format!("正在下载，{of} 条中的第 {done} 条"), format!("Downloading, {done} of {of}");
    pictures(done: u64, of: u64): format!("正在傳送相片，{of} 張中的第 {done} 張"), format!("正在传送照片，{of} 张中的第 {done} 张"), format!("Sending pictures, {done} of {of}");
    next_in(n: usize): format!("{n} 秒後再試"), format!("{n} 秒后再试"), format!("Tries again in {}", count(n, "second", "seconds"));
    next_in_minutes(n: usize): format!("{n} 分鐘後再試"), format!("{n} 分钟后再试"), format!("Tries again in {}", count(n, "minute", "minutes"));
    next_at_once: "即將再試", "即将再试", "About to try again";
    paused: "已暫停，改動留在這部裝置", "已暂停，改动留在这台设备", "Paused; changes wait on this device";
    pause: "暫停上傳", "暂停上传", "Pause uploading";
    go_on: "繼續上傳", "继续上传", "Continue uploading";
    upload_now: "立即上傳", "立即上传", "Upload now";
    clock_ahead(n: usize): format!("這部裝置的時鐘快了 {n} 分鐘。先後次序以伺服器為準；顯示的時間以這部裝置為準。"), format!("这台设备的时钟快了 {n} 分钟。先后次序以服务器为准；显示的时间以这台设备为准。"), format!("This device’s clock is {} ahead. The server keeps the order; the times you see are this device’s.", count(n, "minute", "minutes"));
    clock_behind(n: usize): format!("這部裝置的時鐘慢了 {n} 分鐘。先後次序以伺服器為準；顯示的時間以這部裝置為準。"), format!("这台设备的时钟慢了 {n} 分钟。先后次序以服务器为准；显示的时间以这台设备为准。"), format!("This device’s clock is {} behind. The server keeps the order; the times you see are this device’s.", count(n, "minute", "minutes"));
    pictures_up(n: usize): format!("{n} 張相片待上傳"), format!("{n} 张照片待上传"), format!("{} to upload", count(n, "picture", "pictures"));
    pictures_down(n: usize): format!("{n} 張相片待下載"), format!("{n} 张照片待下载"), format!("{} to download", count(n, "picture", "pictures"));
    pictures_held: "相片等候 Wi-Fi；文字照常上傳", "照片等候 Wi-Fi；文字照常上传", "Pictures wait for Wi-Fi; text goes ahead";
    hold_pictures: "只用 Wi-Fi 傳送相片", "只用 Wi-Fi 传送照片", "Send pictures over Wi-Fi only";

    trouble_no_answer: "已存於本機。未能上傳：伺服器沒有回應，可能沒有網絡。會自動再試。", "已存在本机。未能上传：服务器没有回应，可能没有网络。会自动重试。", "Saved on this device. Not uploaded: the server does not answer, perhaps there is no network. It tries again by itself.";
    trouble_portal: "已存於本機，甚麼都未送出：這個網絡要先登入。請用瀏覽器打開任何一個網頁，登入網絡後再試。", "已存在本机，什么都没有送出：这个网络要先登录。请用浏览器打开任意一个网页，登录网络后再试。", "Saved on this device, nothing was delivered: this network asks for a login. Open any web page in the browser, log in to the network, then try again.";
    trouble_server(status: u16): format!("已存於本機。未能上傳：伺服器出錯或太忙（{status}）。會自動再試。"), format!("已存在本机。未能上传：服务器出错或太忙（{status}）。会自动重试。"), format!("Saved on this device. Not uploaded: the server is busy or broken ({status}). It tries again by itself.");
    trouble_sign_in: "已存於本機，待上傳的沒有改動。請重新登入，便會繼續。", "已存在本机，待上传的没有改动。请重新登录，就会继续。", "Saved on this device, and the queue is untouched. Sign in again and it goes on.";
    trouble_closed: "已存於本機。這個帳戶已停用，不能上傳。請聯絡管理員；可先匯出未上傳的改動。", "已存在本机。这个账号已停用，不能上传。请联系管理员；可先导出未上传的改动。", "Saved on this device. The account was closed, so nothing is uploaded. Ask your administrator; you can export what waits.";
    trouble_revoked: "管理員已停用這部裝置，不能再上傳。如屬錯誤，請聯絡管理員。", "管理员已停用这台设备，不能再上传。如属错误，请联系管理员。", "An administrator revoked this device, and it can no longer upload. If that is a mistake, ask them.";
    trouble_older: "已存於本機。這個程式太舊，伺服器不再接受。請更新後再上傳；記錄不受影響。", "已存在本机。这个程序太旧，服务器不再接受。请更新后再上传；记录不受影响。", "Saved on this device. This app is too old for the server. Update it to upload; your records are unaffected.";
    trouble_storage(why: String): format!("這部裝置的儲存空間出錯：{why}。伺服器已收到的不受影響；請先匯出備份。"), format!("这台设备的存储空间出错：{why}。服务器已收到的不受影响；请先导出备份。"), format!("This device’s storage failed: {why}. What the server has is unaffected; export a backup first.");
    to_update: "檢查更新", "检查更新", "Look for an update";

    old_rows: "有改動超過 24 小時未上傳。它們安全存於本機；想多一份保障，可把它們存成救援檔案。", "有改动超过 24 小时没有上传。它们安全存在本机；想多一份保障，可把它们存成救援文件。", "Some changes have waited for more than 24 hours. They are safe on this device; for a second copy, save them to a rescue file.";
    to_rescue: "救援檔案", "救援文件", "Rescue file";

    refused_head: "伺服器不接受", "服务器不接受", "Refused by the server";
    refused_help: "這些改動仍在這部裝置，等你決定：再試、修改或放棄。", "这些改动仍在这台设备，等你决定：重试、修改或放弃。", "These are still on this device and wait for your decision: retry, edit or drop.";
    retry_all: "全部再試", "全部重试", "Retry all";
    retried: "已放回待上傳", "已放回待上传", "Back in the queue";
    waiting_head: "待上傳", "待上传", "Waiting";
    nothing_waits: "沒有待上傳的改動", "没有待上传的改动", "Nothing waits";
    all_there: "伺服器已有全部改動。", "服务器已有全部改动。", "The server has every change.";

    created: "新增", "新增", "created";
    edited(fields: String): format!("修改了{fields}"), format!("修改了{fields}"), format!("changed: {fields}");
    edited_nothing: "修改", "修改", "changed";
    deleted: "刪除", "删除", "deleted";
    brought_back: "取消刪除", "取消删除", "brought back";
    unreadable: "內容讀不到，原樣保留", "内容读不到，原样保留", "cannot be read; kept as it is";
    state_waiting: "等候上傳", "等候上传", "waiting";
    state_sent: "已送出，未有回覆", "已送出，没有回复", "sent, not answered yet";
    state_put_off(why: String): format!("伺服器要求遲些再送：{why}"), format!("服务器要求晚些再送：{why}"), format!("put off by the server: {why}");
    state_refused(why: String): format!("不接受：{why}"), format!("不接受：{why}"), format!("refused: {why}");
    gone_record: "不在這部裝置上的記錄", "不在这台设备上的记录", "A record that is not on this device";
    no_title: "未有名稱", "没有名称", "No name";

    row_title: "這項改動", "这条改动", "This change";
    row_gone: "這項改動已不在隊列：伺服器已收到，或已被放棄。", "这条改动已不在队列：服务器已收到，或已被放弃。", "This change is no longer in the queue: the server has it, or it was dropped.";
    whole_new: "整項記錄是新的", "整条记录是新的", "The whole record is new";
    will_delete: "記錄會在伺服器刪除", "记录会在服务器删除", "The record will be deleted on the server";
    will_restore: "記錄會在伺服器恢復", "记录会在服务器恢复", "The record will be brought back on the server";
    before: "原本", "原本", "before";
    after: "改為", "改为", "now";
    added: "加入", "加入", "added";
    removed: "移除", "移除", "removed";
    empty_value: "（空白）", "（空白）", "(empty)";
    open: "打開", "打开", "Open";
    export: "匯出", "导出", "Export";
    export_failed: "匯出失敗，改動不受影響", "导出失败，改动不受影响", "Could not be exported; the change is unaffected";
    exported: "已匯出", "已导出", "Exported";
    drop: "放棄", "放弃", "Drop";
    drop_edit(n: usize): format!("確定放棄？{n} 個欄位會變回伺服器的內容"), format!("确定放弃？{n} 个字段会变回服务器的内容"), format!("Really drop? {} back to what the server holds", count(n, "field goes", "fields go"));
    drop_create: "確定放棄？這項記錄會從這部裝置消失", "确定放弃？这条记录会从这台设备消失", "Really drop? The record disappears from this device";
    drop_delete: "確定放棄？記錄會重新出現", "确定放弃？记录会重新出现", "Really drop? The record comes back";
    drop_restore: "確定放棄？記錄會再次刪除", "确定放弃？记录会再次删除", "Really drop? The record is deleted again";
    drop_unreadable: "確定放棄？內容讀不到，建議先匯出", "确定放弃？内容读不到，建议先导出", "Really drop? It cannot be read: better export it first";
    dropped: "已放棄這項改動", "已放弃这条改动", "Change dropped";
    undropped: "改動已放回", "改动已放回", "Change brought back";

    account_name: "帳戶名稱", "账号名称", "Account name";
    password: "密碼", "密码", "Password";
    show_password: "顯示密碼", "显示密码", "Show the password";
    hide_password: "隱藏密碼", "隐藏密码", "Hide the password";
    device_name: "這部裝置的名稱", "这台设备的名称", "Name of this device";
    device_name_help: "有人同時改同一項時，會顯示是哪一部裝置。", "有人同时改同一条时，会显示是哪一台设备。", "Shown when two people change the same thing.";
    phone: "手機", "手机", "Phone";
    tablet: "平板", "平板", "Tablet";
    computer: "電腦", "电脑", "Computer";
    joins_account: "這本手記內的所有記錄都會保留，並上傳到這個帳戶。", "这本手记内的所有记录都会保留，并上传到这个账号。", "What is in this book stays, and is uploaded under this account.";
    own_book: "另一個帳戶會在這部裝置有自己的手記；現有的手記和未上傳的改動原封不動。", "另一个账号会在这台设备有自己的手记；现有的手记和未上传的改动原封不动。", "Another account gets a book of its own on this device; the present book and what waits in it stay untouched.";
    another_account: "用另一個帳戶", "用另一个账号", "Use another account";
    same_account: "返回原來的帳戶", "返回原来的账号", "Back to the same account";
    signing_in: "正在登入", "正在登录", "Signing in";
    signed_in: "已登入", "已登录", "Signed in";
    fill_name: "請填帳戶名稱", "请填写账号名称", "Enter the account name";
    fill_password: "請填密碼", "请填写密码", "Enter the password";
    fill_device: "請為這部裝置起個名", "请给这台设备起个名字", "Give this device a name";
    wrong_password: "帳戶名稱或密碼不對。填寫的內容沒有清除，請檢查後再試。", "账号名称或密码不对。填写的内容没有清除，请检查后再试。", "The account name or the password is wrong. What you typed is still here.";
    closed: "這個帳戶已停用。請聯絡管理員；記錄仍在這部裝置。", "这个账号已停用。请联系管理员；记录仍在这台设备。", "This account was closed. Ask your administrator; your records are still on this device.";
    too_many(n: u32): format!("嘗試次數太多，請等 {n} 秒再試。"), format!("尝试次数太多，请等 {n} 秒再试。"), format!("Too many attempts. Wait {} and try again.", count(usize::try_from(n).unwrap_or(usize::MAX), "second", "seconds"));
    sign_in_no_answer: "伺服器沒有回應，可能沒有網絡。記錄照樣存於本機，可稍後再登入。", "服务器没有回应，可能没有网络。记录照样存在本机，可稍后再登录。", "The server does not answer, perhaps there is no network. Records are kept on this device as before; sign in later.";
    sign_in_portal: "這個網絡要先登入。請用瀏覽器打開任何一個網頁，登入網絡後再試。", "这个网络要先登录。请用浏览器打开任意一个网页，登录网络后再试。", "This network asks for a login. Open any web page in the browser, log in to the network, then try again.";
    sign_in_server(status: u16): format!("伺服器出錯或太忙（{status}），請稍後再試。"), format!("服务器出错或太忙（{status}），请稍后重试。"), format!("The server is busy or broken ({status}). Please try again later.");
    sign_out: "登出", "退出登录", "Sign out";
    sign_out_help: "登出後記錄留在這部裝置，重新登入便可繼續。", "退出后记录留在这台设备，重新登录就可以继续。", "Records stay on this device; sign in again to go on.";
    sign_out_unsent(n: usize): format!("還有 {n} 項改動未上傳。它們會留在這部裝置，但要等你再登入才會上傳。"), format!("还有 {n} 条改动没有上传。它们会留在这台设备，但要等你再登录才会上传。"), format!("{} not been uploaded. They stay on this device, and go up only after you sign in again.", count(n, "change has", "changes have"));
    sign_out_anyway: "照樣登出", "仍然退出", "Sign out all the same";
    stay: "不登出", "不退出", "Stay signed in";
    signed_in_head: "已登入", "已登录", "Signed in";
    signed_out_head: "已登出", "已退出", "Signed out";
    last_confirmed: "伺服器最後確認", "服务器最后确认", "Last confirmed";
    never: "未曾", "还没有", "never";

    no_clashes: "沒有要選擇的", "没有要选择的", "Nothing to choose";
    no_clashes_help: "兩個人或兩部裝置改了同一處時，會在這裏讓你選。", "两个人或两台设备改了同一处时，会在这里让你选。", "When two people or two devices change the same thing, you choose here.";
    clashes_help: "兩邊的內容都有保留。選了之後仍可復原。", "两边的内容都有保留。选了之后仍可撤销。", "Both sides are kept. You can undo a choice.";
    both_changed: "兩邊都改過：請選一個", "两边都改过：请选一个", "Changed on both sides: choose one";
    both_changed_count(n: usize): format!("兩邊都改過 {n} 處：請逐一選擇"), format!("两边都改过 {n} 处：请逐一选择"), format!("{} on both sides: choose one of each", count(n, "thing changed", "things changed"));
    choose: "去選擇", "去选择", "Choose";
    open_clashes(n: usize): format!("{n} 處待選擇"), format!("{n} 处待选择"), format!("{} to choose", count(n, "clash", "clashes"));
    now_kept: "現時的內容", "现在的内容", "In the record now";
    set_aside: "另一邊的內容", "另一边的内容", "From the other side";
    keep_this: "保留這個", "保留这个", "Keep this";
    keep_named(what: String): format!("保留這個：{what}"), format!("保留这个：{what}"), format!("Keep this: {what}");
    by(user: String, device: String): format!("{user}（{device}）"), format!("{user}（{device}）"), format!("{user} ({device})");
    delete_or_keep: "一邊刪除了這項記錄，另一邊修改了它。要刪除還是保留？", "一边删除了这条记录，另一边修改了它。要删除还是保留？", "One side deleted this record, the other edited it. Delete it or keep it?";
    was_deleted: "已刪除", "已删除", "Deleted";
    was_edited: "保留記錄和修改", "保留记录和修改", "Keep the record with the edits";
    delete_it: "刪除這項記錄", "删除这条记录", "Delete this record";
    stay_deleted: "讓它保持刪除", "保持删除", "Leave it deleted";
    bring_back: "恢復並採用修改", "恢复并采用修改", "Bring it back with the edits";
    keep_record: "保留這項記錄", "保留这条记录", "Keep the record";
    chosen: "已選擇", "已选择", "Chosen";
    choice_failed: "這項記錄不在這部裝置上，或讀不到，未有改動。", "这条记录不在这台设备上，或读不到，没有改动。", "The record is not on this device or cannot be read; nothing was changed.";
    item_removed: "移除了這一項", "移除了这一条", "removed the item";
    refused_chip(n: usize): format!("{n} 項不獲接受"), format!("{n} 条被拒"), format!("{n} refused");
    refused_chip_label(n: usize): format!("{n} 項改動不獲伺服器接受，等你決定"), format!("{n} 条改动被服务器拒绝，等你决定"), format!("{} refused by the server, waiting for your decision", count(n, "change", "changes"));
    see_queue: "查看逐項改動", "查看每条改动", "See every change";
}}

impl Sync {
    /// Why the server refused a change or put it off.
    pub fn code(self, code: Code) -> &'static str {
        let [hant, hans, en] = match code {
            Code::SignIn => ["要重新登入", "要重新登录", "you have to sign in again"],
            Code::WrongPassword => [
                "帳戶名稱或密碼不對",
                "账号名称或密码不对",
                "the name or the password is wrong",
            ],
            Code::Closed => ["帳戶已停用", "账号已停用", "the account was closed"],
            Code::Revoked => [
                "這部裝置已停用",
                "这台设备已停用",
                "this device was revoked",
            ],
            Code::OtherUser => [
                "這本手記屬於另一個帳戶",
                "这本手记属于另一个账号",
                "this book belongs to another account",
            ],
            Code::TooMany => ["一次過送得太多", "一次送得太多", "too much at a time"],
            Code::TooLarge => [
                "內容太大，請縮短後再試",
                "内容太大，请缩短后再试",
                "it is too large; shorten it and retry",
            ],
            Code::Malformed => [
                "伺服器讀不到內容",
                "服务器读不到内容",
                "the server cannot read it",
            ],
            Code::Generation => [
                "伺服器剛由備份恢復",
                "服务器刚从备份恢复",
                "the server was just restored from a backup",
            ],
            Code::Protocol => [
                "程式與伺服器版本不合，請更新",
                "程序与服务器版本不合，请更新",
                "app and server do not match; update the app",
            ],
            Code::Busy => ["伺服器太忙", "服务器太忙", "the server is busy"],
            Code::NoAccess => [
                "你未有權寫入這裏",
                "你还没有权限写入这里",
                "you may not write there yet",
            ],
            Code::ServerOlder => [
                "伺服器比程式舊，要等它更新",
                "服务器比程序旧，要等它更新",
                "the server is older than the app and has to be updated",
            ],
            Code::Reused => [
                "編號已被另一項改動用過",
                "编号已被另一条改动用过",
                "its number was used by another change",
            ],
            Code::Damaged => [
                "傳送途中損壞，請再試",
                "传送途中损坏，请重试",
                "it was damaged on the way; retry",
            ],
            Code::UnknownRecord => [
                "伺服器沒有這項記錄",
                "服务器没有这条记录",
                "the server does not have this record",
            ],
            Code::Invalid => [
                "內容不合規則，請修改後再試",
                "内容不合规则，请修改后再试",
                "it breaks a rule; edit it and retry",
            ],
            Code::AppendOnly => [
                "這類記錄寫下後不能更改，請改用更正",
                "这类记录写下后不能更改，请改用更正",
                "such records are never changed; write a correction",
            ],
            Code::NotFound => ["伺服器找不到", "服务器找不到", "the server cannot find it"],
            Code::Other => [
                "伺服器沒有說明原因",
                "服务器没有说明原因",
                "the server gave no reason this app knows",
            ],
        };
        match self.0 {
            Lang::ZhHant => hant,
            Lang::ZhHans => hans,
            Lang::En => en,
        }
    }
}
