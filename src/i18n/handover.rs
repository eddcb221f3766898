//! Handing a walk to a partner, and taking in what comes back.

use super::count;

catalogue! { Handover {
    title: "交給拍檔", "交给搭档", "Hand over";
    who_walks: "誰走哪一份", "谁走哪一份", "Who walks what";
    this_device: "這部裝置", "这台设备", "This device";
    other_device: "拍檔已接收", "搭档已接收", "Taken over";
    no_device: "未有人接收", "未有人接收", "Not taken over";
    that_is_me: "這是我", "这是我", "That is me";
    part_is_mine(name: String): format!("你以「{name}」的身分走這一輪"), format!("你以“{name}”的身份走这一轮"), format!("You walk as {name}");
    my_name: "我的名字", "我的名字", "My name";
    my_name_help: "拍檔會在每戶記錄旁看到這個名字。只記在這部裝置。", "搭档会在每户记录旁看到这个名字。只记在这台设备。", "Your partner sees it beside what you record. It is kept on this device only.";
    name_needed: "先寫下名字，拍檔才知道是誰交來的。", "先写下名字，搭档才知道是谁交来的。", "Write a name first, so that your partner knows who sent it.";

    send: "傳送檔案", "发送文件", "Send the file";
    send_help: "檔案包括大廈、分工、水牌和每戶的記錄，不包括相片。客戶只會以公司名稱標示，不會附上你的客戶資料。", "文件包括大厦、分工、水牌和每户的记录，不包括照片。客户只会以公司名称标示，不会附上你的客户资料。", "The file holds the building, the split, the lobby board and what was recorded at the doors, but no photos. Clients appear by the firm’s name only; your client records stay here.";
    sent: "檔案已交出", "文件已交出", "The file is handed on";
    saved_as(name: String): format!("已存到下載：{name}"), format!("已存到下载：{name}"), format!("Saved to downloads: {name}");
    send_failed: "檔案未能交出，請再試。", "文件未能交出，请再试。", "The file could not be handed on. Please try again.";
    gone: "這一輪已不在這部裝置上。", "这一轮已不在这台设备上。", "This walk is no longer on this device.";

    show_qr: "顯示 QR 碼", "显示 QR 码", "Show as QR codes";
    hide_qr: "收起 QR 碼", "收起 QR 码", "Hide the QR codes";
    qr_all: "QR 碼包括全部內容，不包括相片。", "QR 码包括全部内容，不包括照片。", "The codes hold everything but photos.";
    qr_no_events: "QR 碼容量不夠，只有大廈、水牌和分工，沒有每戶的記錄。要交記錄，請傳送檔案。", "QR 码容量不够，只有大厦、水牌和分工，没有每户的记录。要交记录，请发送文件。", "There is no room in the codes for what was recorded at the doors: they hold the building, the lobby board and the split. Send the file to pass the records on.";
    qr_layout: "QR 碼容量不夠，只有樓層、單位和分工，沒有水牌和每戶的記錄。要交齊，請傳送檔案。", "QR 码容量不够，只有楼层、单元和分工，没有水牌和每户的记录。要交齐，请发送文件。", "There is room in the codes for the floors, the doors and the split only. Send the file to pass on the lobby board and the records.";
    qr_too_large: "這一輪放不進六個 QR 碼，請傳送檔案。", "这一轮放不进六个 QR 码，请发送文件。", "This walk does not fit into six QR codes. Send the file instead.";
    frame(number: usize, of: usize): format!("第 {number} 個，共 {of} 個"), format!("第 {number} 个，共 {of} 个"), format!("Code {number} of {of}");
    qr_picture(number: usize, of: usize): format!("QR 碼，第 {number} 個，共 {of} 個"), format!("QR 码，第 {number} 个，共 {of} 个"), format!("QR code {number} of {of}");
    previous: "上一個", "上一个", "Previous";
    next: "下一個", "下一个", "Next";

    take_back: "收回拍檔的記錄", "收回搭档的记录", "Take in what came back";
    take_back_help: "拍檔走完後把檔案傳回來，在這裏選取。先後次序、重複多少次都沒關係。", "搭档走完后把文件传回来，在这里选取。先后次序、重复多少次都没关系。", "When your partner sends a file back, choose it here. The order does not matter, nor does taking one in twice.";
    pick_file: "選取檔案", "选取文件", "Choose the file";

    receive_title: "接收行程", "接收行程", "Take over a walk";
    receive_help: "選取拍檔交來的檔案，檔名有 topfloor-run。先看清楚內容，才會寫入。", "选取搭档交来的文件，文件名有 topfloor-run。先看清楚内容，才会写入。", "Choose the file your partner sent; its name has topfloor-run in it. You see what is in it before anything is written.";
    reading: "正在讀取", "正在读取", "Reading";
    taking: "正在寫入", "正在写入", "Writing";
    another: "改選另一個", "改选另一个", "Choose another";
    photograph_qr: "拍 QR 碼", "拍 QR 码", "Photograph a QR code";
    photograph_help: "逐個拍下拍檔屏幕上的 QR 碼，次序隨意。", "逐个拍下搭档屏幕上的 QR 码，次序随意。", "Photograph the codes on your partner’s screen one after another, in any order.";
    qr_unsupported: "這個瀏覽器不能讀取 QR 碼，請拍檔改為傳送檔案。", "这个浏览器不能读取 QR 码，请搭档改为发送文件。", "This browser cannot read QR codes; ask for the file instead.";
    qr_missing(numbers: String): format!("已讀到，還欠第 {numbers} 個"), format!("已读到，还缺第 {numbers} 个"), format!("Read. Still to come: {numbers}");
    qr_none: "相片上找不到 QR 碼，請靠近一點再拍。", "照片上找不到 QR 码，请靠近一点再拍。", "No QR code was found on the picture. Come closer and try again.";
    qr_not_ours: "這不是行程的 QR 碼。", "这不是行程的 QR 码。", "That is not a code of a walk.";
    qr_other: "這個 QR 碼屬於另一次交接。要接收那一次，請重新開始。", "这个 QR 码属于另一次交接。要接收那一次，请重新开始。", "That code belongs to another hand-over. To take that one over, start again.";
    qr_damaged: "QR 碼讀得不完整，請由第一個重新拍。", "QR 码读得不完整，请从第一个重新拍。", "The codes were not read correctly. Start again with the first one.";
    start_again: "重新開始", "重新开始", "Start again";

    unreadable: "檔案讀不到，請再選一次。", "文件读不到，请再选一次。", "The file cannot be read. Please choose it again.";
    not_ours: "這不是交接的檔案。檔名應該有 topfloor-run。", "这不是交接的文件。文件名应该有 topfloor-run。", "This is not the file of a walk. Its name should have topfloor-run in it.";
    newer: "檔案由較新的版本寫成。請先更新這個程式。", "文件由较新的版本写成。请先更新这个程序。", "The file was written by a newer version. Update this app first.";
    damaged: "檔案已損壞或不完整，請拍檔再傳一次。", "文件已损坏或不完整，请搭档再传一次。", "The file is damaged or cut short. Ask your partner to send it again.";
    too_large: "檔案太大，不會是一輪洗樓。", "文件太大，不会是一轮洗楼。", "The file is too large to be a walk.";
    nothing_written: "甚麼都沒有改動。", "什么都没有改动。", "Nothing was changed.";

    from(name: String, when: String): format!("{name} 於 {when} 交出"), format!("{name} 于 {when} 交出"), format!("From {name}, {when}");
    from_nobody(when: String): format!("於 {when} 交出，沒有署名"), format!("于 {when} 交出，没有署名"), format!("Sent {when}, without a name");
    events(n: usize): format!("{n} 項記錄"), format!("{n} 条记录"), count(n, "record", "records");
    new_events(n: usize): format!("{n} 項新記錄"), format!("{n} 条新记录"), count(n, "new record", "new records");
    known_events(n: usize): format!("{n} 項早已在這裏"), format!("{n} 条早已在这里"), format!("{} here already", count(n, "record is", "records are"));
    new_floors(n: usize): format!("新增 {n} 層"), format!("新增 {n} 层"), format!("{} added", count(n, "floor", "floors"));
    new_doors(n: usize): format!("新增 {n} 個單位"), format!("新增 {n} 个单元"), format!("{} added", count(n, "door", "doors"));
    refused(n: usize): format!("{n} 項不屬於這幢大廈或讀不到，不會寫入"), format!("{n} 条不属于这栋大厦或读不到，不会写入"), format!("{} another building or cannot be read, and left out", count(n, "record belongs to", "records belong to"));
    no_photos: "相片不在檔案內，留在拍檔的裝置上。", "照片不在文件内，留在搭档的设备上。", "Photos are not in the file; they stay on your partner’s device.";
    without_events: "沒有每戶的記錄", "没有每户的记录", "Without the records at the doors";
    without_board: "沒有水牌和每戶的記錄", "没有水牌和每户的记录", "Without the lobby board and the records at the doors";
    disagree(n: usize): format!("{n} 戶兩部裝置記錄不同"), format!("{n} 户两台设备记录不同"), format!("Two devices disagree about {}", count(n, "door", "doors"));
    disagree_help: "兩個結果都會保留，打開那一戶就看到。", "两个结果都会保留，打开那一户就看到。", "Both outcomes are kept and shown at the door.";
    nothing_new: "沒有新的內容，全部早已在這裏。", "没有新的内容，全部早已在这里。", "Nothing new: all of it is here already.";

    which_is_me: "我是哪一位", "我是哪一位", "Which one am I";
    nobody: "不分工，看全幢", "不分工，看全栋", "None: show me the whole tower";
    taken_part(name: String): format!("{name}（已由另一部裝置接收）"), format!("{name}（已由另一台设备接收）"), format!("{name} (taken over on another device)");
    same_title: "你已有同名的大廈", "你已有同名的大厦", "You have a building of this name";
    same_yes(name: String): format!("「{name}」是同一幢：把其樓層、單位、水牌和「請勿再來」一併帶過來"), format!("“{name}”是同一栋：把其楼层、单元、水牌和“请勿再来”一并带过来"), format!("{name} is the same tower: bring its floors, doors, lobby board and do-not-calls along");
    same_help: "舊的大廈連同以往的行程和記錄會照樣保留。", "旧的大厦连同以往的行程和记录会照样保留。", "Your own entry stays, with its walks and its history.";
    take_over: "接收這一輪", "接收这一轮", "Take it over";
    take_in: "收入記錄", "收入记录", "Take it in";
    taken: "行程已接收", "行程已接收", "The walk is yours too";
    taken_in: "已收入", "已收入", "Taken in";
    no_undo: "收入的記錄不會收回；個別記錯的，到那一戶更正。", "收入的记录不会收回；个别记错的，到那一户更正。", "What was taken in stays; a wrong record is taken back at its door.";
    to_walk: "去這一輪", "去这一轮", "Go to the walk";
}}
