//! Import, export, what other apps hand over, the demo portfolio, and the state of the storage.

use super::count;
use crate::domain::contact::PhoneKind;
use crate::exchange::columns::{FieldTarget, PersonField};
use crate::i18n::values::Values;

catalogue! { Exchange {
    title: "匯入", "导入", "Import";
    pick_title: "把現有名單帶進來", "把现有名单带进来", "Bring in what you have";
    pick_help: "選取 CSV 表格或 vCard 通訊錄（.csv、.txt、.vcf），可一次選多個。檔案只在這部裝置上讀取，不會上傳。", "选取 CSV 表格或 vCard 通讯录（.csv、.txt、.vcf），可一次选多个。文件只在这台设备上读取，不会上传。", "Choose CSV tables or vCard address books (.csv, .txt, .vcf), several at once if you like. They are read on this device and sent nowhere.";
    pick: "選取檔案", "选取文件", "Choose files";
    drop_here: "或把檔案拖到這裏", "或把文件拖到这里", "or drop them here";
    pick_excel: "Excel 檔請先另存為「CSV UTF-8」。", "Excel 文件请先另存为“CSV UTF-8”。", "Save an Excel file as “CSV UTF-8” first.";
    another: "匯入另一個檔案", "导入另一个文件", "Import another file";
    next_file(name: String): format!("下一個：{name}"), format!("下一个：{name}"), format!("Next: {name}");
    files_waiting(n: usize): format!("之後還有 {n} 個檔案"), format!("之后还有 {n} 个文件"), format!("{} to follow", count(n, "file", "files"));
    open_this(name: String): format!("匯入「{name}」"), format!("导入“{name}”"), format!("Import “{name}”");
    waiting_shared: "其他程式交來的檔案", "其他程序交来的文件", "Handed over by another app";
    start_over: "改選檔案", "改选文件", "Choose another file";

    reading: "正在讀取檔案", "正在读取文件", "Reading the file";
    reading_book: "正在讀取你現有的記錄", "正在读取你现有的记录", "Reading the records you have";
    checking: "正在比對有沒有重複", "正在比对有没有重复", "Looking for duplicates";
    writing: "正在寫入", "正在写入", "Writing";
    undoing: "正在收回", "正在收回", "Taking it back";
    stays_live: "可以離開這頁做別的事；如程式被關閉，下次可繼續。", "可以离开这页做别的事；如程序被关闭，下次可继续。", "You can go on to other screens. Should the app be closed, the import can be resumed.";
    of(done: String, total: String): format!("{done} / {total}"), format!("{done} / {total}"), format!("{done} of {total}");

    recognised: "認出的格式", "识别出的格式", "What this file is";
    csv_fact(rows: String, columns: usize): format!("表格，{rows} 列、{columns} 欄"), format!("表格，{rows} 行、{columns} 列"), format!("A table of {rows} rows and {}", count(columns, "column", "columns"));
    vcard_fact(cards: String): format!("通訊錄，{cards} 張名片"), format!("通讯录，{cards} 张名片"), format!("An address book of {cards} cards");
    no_header: "第一列已是資料，沒有欄名", "第一行已是数据，没有列名", "It has no headings; the first row is data";
    encoding: "文字編碼", "文字编码", "Text encoding";
    encoding_help: "如下面的中文變成亂碼，請改選另一種。", "如下面的中文变成乱码，请改选另一种。", "If the Chinese below looks wrong, choose another one.";
    separator: "欄的分隔", "列的分隔", "Columns are separated by";
    comma: "逗號", "逗号", "Comma";
    semicolon: "分號", "分号", "Semicolon";
    tab: "Tab", "Tab", "Tab";
    unreadable_chars: "有些字元在這種編碼下讀不到。", "有些字符在这种编码下读不到。", "Some characters cannot be read in this encoding.";

    target: "這些列是甚麼", "这些行是什么", "What the rows are";
    target_leads: "名錄", "名录", "A directory";
    target_clients: "我的客戶", "我的客户", "My clients";
    target_people: "聯絡人", "联系人", "People";
    target_leads_help: "成為線索：可搜尋、不上傳；第一次記下拜訪或筆記時才成為客戶。", "成为线索：可搜索、不上传；第一次记下拜访或笔记时才成为客户。", "They become leads: searchable, not uploaded. A lead becomes a client when you first work on it.";
    target_clients_help: "每列成為一位客戶；列中有聯絡人的，一併加入。", "每行成为一位客户；行中有联系人的，一并加入。", "Each row becomes a client, with its contact where the row names one.";
    target_people_help: "每張名片成為一位聯絡人，公司自動配對或新增。", "每张名片成为一位联系人，公司自动匹配或新增。", "Each card becomes a contact; its firm is matched or added.";

    mapping: "各欄放到哪裏", "各列放到哪里", "Where each column goes";
    mapping_help: "已按欄名猜好，可逐一更改。沒有對應的欄會原樣保留，不會遺失。", "已按列名猜好，可逐一更改。没有对应的列会原样保留，不会丢失。", "Guessed from the headings; change any of them. Columns without a place of their own are kept as they are.";
    sample_of(text: String): format!("例：{text}"), format!("例：{text}"), format!("for example {text}");
    column_empty: "首幾列是空的", "前几行是空的", "empty in the first rows";
    column_number(n: usize): format!("第 {n} 欄"), format!("第 {n} 列"), format!("Column {n}");
    no_name_column: "沒有一欄是名稱：請指明哪一欄是公司或聯絡人的名稱。", "没有一列是名称：请指明哪一列是公司或联系人的名称。", "No column is a name: say which one holds the firm's or the person's name.";
    preview: "匯入後的樣子", "导入后的样子", "How they will look";
    next_check: "比對重複", "比对重复", "Look for duplicates";
    back_to_mapping: "返回更改", "返回更改", "Back to the columns";

    found: "比對結果", "比对结果", "What was found";
    new_rows(n: usize): format!("{n} 項是新的"), format!("{n} 项是新的"), format!("{} new", count(n, "entry is", "entries are"));
    joined_rows(n: usize): format!("{n} 項屬於檔案中已有的公司，會加為其聯絡人"), format!("{n} 项属于文件中已有的公司，会加为其联系人"), format!("{} to a firm that stands higher up in the file, as contacts", count(n, "row is added", "rows are added"));
    refused_rows(n: usize): format!("{n} 列讀不成記錄，不會匯入"), format!("{n} 行读不成记录，不会导入"), format!("{} not be turned into a record and left out", count(n, "row can", "rows can"));
    known_title(n: usize): format!("{n} 項看來已在你的記錄中"), format!("{n} 项看来已在你的记录中"), format!("{} to be in your book already", count(n, "entry seems", "entries seem"));
    twin_title(n: usize): format!("{n} 項與檔案中前面的列重複"), format!("{n} 项与文件中前面的行重复"), format!("{} an earlier row of the file", count(n, "entry repeats", "entries repeat"));
    decide_all: "全部這樣處理", "全部这样处理", "For all of them";
    skip: "略過", "跳过", "Skip";
    fill: "補充空缺", "补充空缺", "Fill gaps";
    add: "另外新增", "另外新增", "Add as new";
    skip_help: "這些列不匯入。", "这些行不导入。", "These rows are left out.";
    fill_help: "只補上原本沒有的資料，現有內容不會被改寫。", "只补上原本没有的资料，现有内容不会被改写。", "Only what is missing is added; nothing there is overwritten.";
    add_help: "兩份都保留。", "两份都保留。", "Both are kept.";
    decide_each: "逐項決定", "逐项决定", "Decide one by one";
    looks_like(name: String): format!("像：{name}"), format!("像：{name}"), format!("looks like {name}");
    looks_like_line(line: u32): format!("像第 {line} 行"), format!("像第 {line} 行"), format!("looks like line {line}");
    line(n: u32): format!("第 {n} 行"), format!("第 {n} 行"), format!("line {n}");
    card(n: u32): format!("第 {n} 張"), format!("第 {n} 张"), format!("card {n}");
    opted_out_title(n: usize): format!("{n} 位曾拒絕聯絡"), format!("{n} 位曾拒绝联系"), format!("{} not to be contacted", count(n, "person has asked", "people have asked"));
    opted_out_help: "他們匯入後仍標為拒絕聯絡，不會出現在任何匯出或計劃。", "他们导入后仍标为拒绝联系，不会出现在任何导出或计划。", "They stay marked so after the import and appear in no export or plan.";
    refused_title: "不會匯入的列", "不会导入的行", "Rows left out";
    nothing_to_import: "沒有要匯入的項目", "没有要导入的项目", "Nothing is left to import";
    import_n(n: usize): format!("匯入 {n} 項"), format!("导入 {n} 项"), format!("Import {}", count(n, "entry", "entries"));

    finished: "匯入完成", "导入完成", "Import finished";
    created_clients(n: usize): format!("新增 {n} 位客戶"), format!("新增 {n} 位客户"), format!("{} added", count(n, "client", "clients"));
    created_people(n: usize): format!("新增 {n} 位聯絡人"), format!("新增 {n} 位联系人"), format!("{} added", count(n, "contact", "contacts"));
    created_leads(n: usize): format!("新增 {n} 條線索"), format!("新增 {n} 条线索"), format!("{} added", count(n, "lead", "leads"));
    filled(n: usize): format!("補充 {n} 項原有記錄"), format!("补充 {n} 条原有记录"), format!("{} filled in", count(n, "existing record", "existing records"));
    skipped(n: usize): format!("略過 {n} 列"), format!("跳过 {n} 行"), format!("{} skipped", count(n, "row", "rows"));
    refused(n: usize): format!("{n} 列未能匯入"), format!("{n} 行未能导入"), format!("{} refused", count(n, "row", "rows"));
    kept_values(n: usize): format!("{n} 個讀不懂的值已原樣保留"), format!("{n} 个读不懂的值已原样保留"), format!("{} kept as they stood", count(n, "value that was not understood", "values that were not understood"));
    photos_left(n: usize): format!("{n} 張名片相片讀不到，聯絡人已匯入"), format!("{n} 张名片照片读不到，联系人已导入"), format!("{} not be read; the contacts are there", count(n, "picture could", "pictures could"));
    save_report: "儲存報告", "保存报告", "Save the report";
    undo_import: "收回這次匯入", "收回这次导入", "Undo this import";
    see_clients: "看客戶", "看客户", "See the clients";
    see_leads: "搜尋線索", "搜索线索", "Search the leads";
    report_title(name: String): format!("匯入報告：{name}"), format!("导入报告：{name}"), format!("Import report: {name}");
    report_line: "行", "行", "line";
    report_reason: "原因", "原因", "reason";
    report_text: "原文", "原文", "text";

    unfinished(name: String): format!("「{name}」的匯入中斷了"), format!("“{name}”的导入中断了"), format!("The import of “{name}” was interrupted");
    unfinished_help(done: String, total: String): format!("已寫入 {done} / {total} 項，仍未顯示在你的記錄中。"), format!("已写入 {done} / {total} 项，还没有显示在你的记录中。"), format!("{done} of {total} entries are written; none of them shows yet.");
    undo_unfinished(name: String): format!("「{name}」未完全收回"), format!("“{name}”没有完全收回"), format!("“{name}” is not wholly taken back yet");
    undo_unfinished_help: "它的記錄已隱藏。請完成收回。", "它的记录已隐藏。请完成收回。", "Its records are hidden already. Please finish taking it back.";
    resume: "繼續", "继续", "Resume";
    discard: "放棄並收回", "放弃并收回", "Discard";
    finish_undo: "完成收回", "完成收回", "Finish";
    past: "之前的匯入", "以前的导入", "Earlier imports";
    past_undone: "已收回", "已收回", "taken back";
    demo_name: "示範資料", "演示数据", "Demo data";
    cancelled: "已取消，寫入的部分已全部收回", "已取消，写入的部分已全部收回", "Cancelled; everything written was taken back";
    undone: "匯入已收回", "导入已收回", "The import was taken back";
    undone_kept(n: usize): format!("匯入已收回；{n} 項在匯入後改過的記錄保留下來"), format!("导入已收回；{n} 条在导入后改过的记录保留下来"), format!("The import was taken back; {} changed since", count(n, "record stays because it was", "records stay because they were"));
    kept_title: "保留下來的記錄", "保留下来的记录", "Records that stay";
    kept_help: "你在匯入後改過或用過它們，所以沒有收回。", "你在导入后改过或用过它们，所以没有收回。", "You changed or used them after the import, so they were not taken back.";

    cannot_read: "這個檔案讀不到。", "这个文件读不到。", "This file cannot be read.";
    cannot_read_help: "它可能已被移動或刪除。你的記錄沒有改動，請再選一次。", "它可能已被移动或删除。你的记录没有改动，请再选一次。", "It may have been moved or deleted. Your records are unchanged; please choose it again.";
    empty_file: "這個檔案是空的。", "这个文件是空的。", "This file is empty.";
    not_text: "這不是表格或通訊錄。", "这不是表格或通讯录。", "This is neither a table nor an address book.";
    not_text_help: "能讀的是 .csv、.txt 和 .vcf。Excel 檔請先另存為 CSV。你的記錄沒有改動。", "能读的是 .csv、.txt 和 .vcf。Excel 文件请先另存为 CSV。你的记录没有改动。", "What can be read is .csv, .txt and .vcf. Save an Excel file as CSV first. Your records are unchanged.";
    is_backup: "這是 Topfloor 的備份檔。", "这是 Topfloor 的备份文件。", "This is a Topfloor backup.";
    is_backup_help: "備份要在「儲存狀況及備份」還原。", "备份要在“存储状况与备份”恢复。", "Backups are restored under “Storage and backup”.";
    plan_lost: "這次匯入的內容已讀不到，不能繼續，只能收回。", "这次导入的内容已读不到，不能继续，只能收回。", "What was to be imported cannot be read any more. It can only be taken back.";

    why_open_quote: "引號沒有關閉", "引号没有闭合", "a quotation mark is not closed";
    why_above_header: "標題列上面的文字", "标题行上面的文字", "text above the headings";
    why_no_name: "沒有公司或聯絡人名稱", "没有公司或联系人名称", "no name of a firm or a person";
    why_surplus: "儲存格比欄多，多出的已保留", "单元格比列多，多出的已保留", "more cells than columns; the surplus is kept";
    why_unreadable: "有讀不到的字元", "有读不到的字符", "characters that cannot be read";
    why_phone: "不像電話，已原樣保留", "不像电话，已原样保留", "not a phone number; kept as it stands";
    why_email: "不像電郵，已原樣保留", "不像邮箱，已原样保留", "not an e-mail address; kept as it stands";
    why_web: "不像網址，已原樣保留", "不像网址，已原样保留", "not a web address; kept as it stands";
    why_date: "不像日期，已原樣保留", "不像日期，已原样保留", "not a date; kept as it stands";
    why_word: "未認得的詞，已原樣保留", "没认出的词，已原样保留", "an unknown word; kept as it stands";
    why_nobody: "名片沒有姓名、公司、電郵或電話", "名片没有姓名、公司、邮箱或电话", "a card without a name, a firm, an e-mail address or a number";
    why_outside_card: "名片以外的文字", "名片以外的文字", "text outside any card";
    why_missing_end: "名片沒有結尾，讀得到的已匯入", "名片没有结尾，读得到的已导入", "the card has no end; what could be read is there";
    why_card_no_name: "名片沒有姓名，以電郵或電話代替", "名片没有姓名，以邮箱或电话代替", "no name; the e-mail address or number stands for it";
    why_bad_line: "一行不合格式，已原樣保留", "一行不合格式，已原样保留", "a line that is not well formed; kept as it stands";
    why_bad_picture: "相片讀不到，已原樣保留", "照片读不到，已原样保留", "a picture that cannot be read; kept as it stands";

    group_firm: "公司", "公司", "Company";
    group_person: "聯絡人", "联系人", "Contact";
    col_name: "公司名稱（中或英）", "公司名称（中或英）", "Company (either language)";
    col_district: "地區", "地区", "District";
    col_extra: "原樣保留", "原样保留", "Keep as it is";
    col_leave_out: "不匯入", "不导入", "Leave out";
    col_person(what: String): format!("聯絡人：{what}"), format!("联系人：{what}"), format!("Contact: {what}");
    col_full_name: "姓名（中或英）", "姓名（中或英）", "name (either language)";
    col_name_zh: "中文姓名", "中文姓名", "Chinese name";
    col_name_en: "英文姓名", "英文姓名", "English name";
    col_family: "姓", "姓", "surname";
    col_family_zh: "中文姓", "中文姓", "Chinese surname";
    col_family_en: "英文姓", "英文姓", "English surname";
    col_given: "名", "名", "given name";
    col_given_zh: "中文名", "中文名", "Chinese given name";
    col_given_en: "英文名", "英文名", "English given name";
    col_honorific: "稱謂", "称谓", "honorific";
    col_title: "職銜", "职务", "title";
    col_department: "部門", "部门", "department";
    col_email: "電郵", "邮箱", "e-mail";
    col_role: "角色", "角色", "role";
    col_birthday: "生日", "生日", "birthday";
    col_occasions: "其他紀念日", "其他纪念日", "other dates";
    col_remark: "備註", "备注", "remark";

    export_title: "匯出", "导出", "Export";
    export_clients: "客戶表格", "客户表格", "Clients as a table";
    export_clients_help: "CSV，Excel 及 Numbers 可直接開啟。", "CSV，Excel 及 Numbers 可直接打开。", "CSV; opens in Excel and Numbers.";
    export_people: "聯絡人表格", "联系人表格", "Contacts as a table";
    export_people_help: "CSV，連公司名稱。", "CSV，连公司名称。", "CSV, with the name of the firm.";
    export_vcard: "通訊錄", "通讯录", "Address book";
    export_vcard_help: "vCard，可匯入手機通訊錄。", "vCard，可导入手机通讯录。", "vCards, for the phone's own contacts.";
    vcard_version: "vCard 版本", "vCard 版本", "vCard version";
    vcard_3: "3.0（最通用）", "3.0（最通用）", "3.0 (widest)";
    vcard_4: "4.0（較新）", "4.0（较新）", "4.0 (newer)";
    export_go: "匯出", "导出", "Export";
    exporting: "正在準備檔案", "正在准备文件", "Preparing the file";
    left_out(n: usize): format!("{n} 位拒絕聯絡的人不在檔案內"), format!("{n} 位拒绝联系的人不在文件内"), format!("{} not in the file because they asked not to be contacted", count(n, "person is", "people are"));
    exported(name: String): format!("已備妥「{name}」"), format!("“{name}”已就绪"), format!("“{name}” is ready");
    shared: "已交給另一個程式", "已交给另一个程序", "Handed to another app";
    saved_to_downloads(name: String): format!("已存到下載：{name}"), format!("已存到下载：{name}"), format!("Saved to the downloads: {name}");
    export_failed: "未能交出檔案，你的記錄沒有改動。請再試。", "未能交出文件，你的记录没有改动。请重试。", "The file could not be handed over. Your records are unchanged; please try again.";
    nothing_to_export: "還沒有可匯出的記錄", "还没有可导出的记录", "There is nothing to export yet";
    export_careful: "匯出的檔案離開這個程式便不再受保護，請只交給應收的人。", "导出的文件离开这个程序便不再受保护，请只交给应收的人。", "Once a file has left the app nothing protects it. Give it only to those it is meant for.";
    send_file: "交出檔案", "交出文件", "Hand over the file";
    counted(n: usize): format!("{n} 項"), format!("{n} 项"), count(n, "entry", "entries");

    share_title: "收到的內容", "收到的内容", "Handed over";
    share_none: "沒有等候處理的內容", "没有等候处理的内容", "Nothing is waiting";
    share_none_help: "在其他程式按「分享」並選 Topfloor，文字、相片、名片檔就會來到這裏。", "在其他程序按“分享”并选 Topfloor，文字、照片、名片文件就会来到这里。", "Choose Topfloor in another app's share menu, and text, pictures and contact files arrive here.";
    share_to_note: "寫成記錄", "写成记录", "Make it a note";
    share_to_import: "匯入名單", "导入名单", "Import it";
    share_drop: "不要了", "不要了", "Drop it";
    share_dropped: "已移除", "已移除", "Removed";
    share_kept: "在你處理之前會一直留着。", "在你处理之前会一直留着。", "It stays here until you are done with it.";
    share_lost: "有內容未能收到，請再分享一次。", "有内容没有收到，请再分享一次。", "Something did not arrive. Please share it again.";
    share_note: "內容", "内容", "Text";
    share_about: "關於誰", "关于谁", "About";
    share_note_saved: "記錄已存於本機", "记录已存在本机", "Note saved on this device";
    share_more(n: usize): format!("另有 {n} 項等候"), format!("另有 {n} 项等候"), format!("{n} more waiting");
    share_files(n: usize): format!("{n} 個檔案"), format!("{n} 个文件"), count(n, "file", "files");

    demo_loading: "正在載入示範資料…", "正在载入演示数据…", "Loading the demo data…";
    demo_failed: "示範資料未能載入，已收回。", "演示数据未能载入，已收回。", "The demo data could not be loaded and were taken back.";

    storage_title: "儲存狀況及備份", "存储状况与备份", "Storage and backup";
    here_only: "你的記錄全部存於這部裝置。待公司伺服器設定好後才會上傳；在此之前，備份是唯一的副本。", "你的记录全部存在这台设备。等公司服务器设置好后才会上传；在此之前，备份是唯一的副本。", "All your records are on this device. They upload once a server is set up; until then a backup is the only copy.";
    protected: "瀏覽器已承諾保留這些記錄", "浏览器已承诺保留这些记录", "The browser has promised to keep these records";
    unprotected: "瀏覽器在空間不足時可能清除這些記錄", "浏览器在空间不足时可能清除这些记录", "The browser may clear these records when space runs low";
    protection_unknown: "這個瀏覽器不說明會否保留記錄", "这个浏览器不说明会否保留记录", "This browser does not say whether it keeps records";
    protect: "要求保護", "要求保护", "Protect them";
    protect_refused: "瀏覽器未有答應。安裝到主畫面、常常使用，之後再試；同時請備份。", "浏览器没有答应。安装到主屏幕、经常使用，之后再试；同时请备份。", "The browser did not agree. Install the app, use it for a while and try again; and make a backup.";
    private_window: "這是私人瀏覽視窗", "这是无痕窗口", "This is a private window";
    private_help: "視窗一關，記錄全部消失。請先備份成檔案，再在一般視窗或已安裝的程式還原。", "窗口一关，记录全部消失。请先备份成文件，再在普通窗口或已安装的程序恢复。", "Everything disappears when the window closes. Back up to a file first, then restore it in a normal window or the installed app.";
    used(used: String): format!("已用 {used}"), format!("已用 {used}"), format!("{used} used");
    used_of(used: String, quota: String): format!("已用 {used}，瀏覽器容許約 {quota}"), format!("已用 {used}，浏览器容许约 {quota}"), format!("{used} used; the browser allows about {quota}");
    backup: "備份", "备份", "Backup";
    last_backup(age: String): format!("上次備份：{age}"), format!("上次备份：{age}"), format!("Last backup {age}");
    never_backed_up: "還沒有備份過", "还没有备份过", "Never backed up";
    backup_now: "立即備份", "立即备份", "Back up now";
    backup_help: "一個檔案包括全部記錄、相片、草稿及未上傳的改動。請存到另一處。", "一个文件包括全部记录、照片、草稿及未上传的改动。请存到另一处。", "One file with every record, photo, draft and change not yet uploaded. Keep it somewhere else.";
    backing_up: "正在備份", "正在备份", "Backing up";
    backup_ready(size: String): format!("備份已備妥（{size}）"), format!("备份已就绪（{size}）"), format!("The backup is ready ({size})");
    backed_up: "備份已交出，請確認檔案存放妥當", "备份已交出，请确认文件存放妥当", "The backup was handed over; make sure the file is kept safe";
    restore: "由備份還原", "从备份恢复", "Restore a backup";
    restore_help: "備份會與現有記錄合併，不會清除任何內容；同一記錄以較新的為準。", "备份会与现有记录合并，不会清除任何内容；同一记录以较新的为准。", "The backup is merged with what is here; nothing is wiped, and the newer of two versions stays.";
    restoring: "正在還原", "正在恢复", "Restoring";
    restored: "還原完成", "恢复完成", "Restore finished";
    restored_added(n: usize): format!("加入 {n} 項"), format!("加入 {n} 项"), format!("{} added", count(n, "entry", "entries"));
    restored_updated(n: usize): format!("{n} 項更新為備份中較新的版本"), format!("{n} 条更新为备份中较新的版本"), format!("{} brought up to the later version of the backup", count(n, "record was", "records were"));
    restored_kept(n: usize): format!("{n} 項本來已有，或這裏的較新，已保留"), format!("{n} 项本来已有，或这里的较新，已保留"), format!("{} there already or newer here, and kept", count(n, "entry was", "entries were"));
    restored_unreadable(n: usize): format!("檔案中有 {n} 行讀不到"), format!("文件中有 {n} 行读不到"), format!("{} of the file could not be read", count(n, "line", "lines"));
    restored_cut: "檔案不完整，結尾缺了；讀得到的都已加入。", "文件不完整，结尾缺了；读得到的都已加入。", "The file is incomplete: its end is missing. All that could be read was added.";
    not_a_backup: "這不是 Topfloor 的備份檔。沒有改動任何記錄。", "这不是 Topfloor 的备份文件。没有改动任何记录。", "This is not a Topfloor backup. Nothing was changed.";
    newer_backup: "這個備份由較新版本寫成。請先更新程式再還原；沒有改動任何記錄。", "这个备份由较新版本写成。请先更新程序再恢复；没有改动任何记录。", "This backup was written by a newer version. Update the app first; nothing was changed.";
    restore_stopped: "還原中途停止。已加入的部分安全，可再選同一檔案繼續。", "恢复中途停止。已加入的部分安全，可再选同一文件继续。", "The restore stopped half-way. What was added is safe; choose the same file again to go on.";
    what_is_here: "這部裝置上有", "这台设备上有", "On this device";
    leads: "線索", "线索", "Leads";
    photos: "相片", "照片", "Photos";
    drafts: "草稿", "草稿", "Drafts";
    draft_client: "客戶", "客户", "Client";
    draft_building: "大廈", "大厦", "Building";
    draft_walk: "洗樓行程", "洗楼行程", "Tower walk";
    draft_lobby: "水牌", "水牌", "Lobby board";
    draft_door: "上門資料", "上门资料", "Call at a door";
    draft_person: "聯絡人", "联系人", "Contact";
    draft_visit: "拜訪", "拜访", "Visit";
    draft_note: "記錄", "记录", "Note";
    draft_follow_up: "跟進", "跟进", "Follow-up";
    draft_other: "表格", "表单", "Form";

    open_draft: "繼續寫", "继续写", "Go on";
    drop_draft: "放棄", "放弃", "Discard";
    queue: "待上傳", "待上传", "To upload";
    queue_count(n: u64): format!("{n} 項改動"), format!("{n} 项改动"), count(usize::try_from(n).unwrap_or(usize::MAX), "change", "changes");
    queue_oldest(age: String): format!("最早一項：{age}"), format!("最早一项：{age}"), format!("the oldest {age}");
    queue_empty: "沒有待上傳的改動", "没有待上传的改动", "Nothing waits";
    unreadable: "讀不到的記錄", "读不到的记录", "Records that cannot be read";
    unreadable_count(n: usize): format!("有 {n} 項讀不到，已略過，原樣保留。其他記錄不受影響。"), format!("有 {n} 条读不到，已跳过，原样保留。其他记录不受影响。"), format!("{} left out and kept as they are. Everything else works.", count(n, "record is", "records are"));
    unknown_count(n: usize): format!("有 {n} 項由較新版本寫成，更新後會再出現。"), format!("有 {n} 条由较新版本写成，更新后会再出现。"), format!("{} written by a newer version and come back after an update.", count(n, "record was", "records were"));
    export_raw: "匯出原始資料", "导出原始数据", "Export the raw data";
    rescue: "匯出原始資料", "导出原始数据", "Export the raw data";
    rescue_none: "這個瀏覽器現在不容許讀取資料庫，未能匯出。記錄沒有改動；請關閉其他分頁、重新載入後再試。", "这个浏览器现在不允许读取数据库，未能导出。记录没有改动；请关闭其他标签页、重新加载后再试。", "The browser does not let the database be read now, so nothing could be exported. The records are unchanged; close other tabs, reload and try again.";
    rescue_empty: "資料庫內沒有任何資料可匯出。", "数据库内没有任何数据可导出。", "The database holds nothing to export.";
    rescue_saved: "原始資料已交出，可在更新後的程式或另一部裝置還原。", "原始数据已交出，可在更新后的程序或另一台设备恢复。", "The raw data were handed over; an updated app or another device can restore them.";
    backup_left_out(n: usize): format!("有 {n} 項讀不到，不在備份內；請另外匯出原始資料"), format!("有 {n} 条读不到，不在备份内；请另外导出原始数据"), format!("{} not be read and not in the backup; export the raw data as well", count(n, "row could", "rows could"));
    backup_again: "再交出一次", "再交出一次", "Hand it over again";
    install_hint: "安裝到主畫面", "安装到主屏幕", "Install the app";
}}

impl Exchange {
    /// A column's meaning, as the menu of the mapping names it.
    pub fn column(self, target: FieldTarget) -> String {
        let own = match target {
            FieldTarget::Name => self.col_name(),
            FieldTarget::District => self.col_district(),
            FieldTarget::Extra => self.col_extra(),
            FieldTarget::LeaveOut => self.col_leave_out(),
            FieldTarget::Person(field) => {
                return self.col_person(self.person_column(field).to_owned());
            }
            // The names of an export's columns are the names of the fields.
            other => crate::exchange::columns::heading_of(other, self.0),
        };
        own.to_owned()
    }

    fn person_column(self, field: PersonField) -> &'static str {
        match field {
            PersonField::Name => self.col_full_name(),
            PersonField::NameZh => self.col_name_zh(),
            PersonField::NameEn => self.col_name_en(),
            PersonField::Family => self.col_family(),
            PersonField::FamilyZh => self.col_family_zh(),
            PersonField::FamilyEn => self.col_family_en(),
            PersonField::Given => self.col_given(),
            PersonField::GivenZh => self.col_given_zh(),
            PersonField::GivenEn => self.col_given_en(),
            PersonField::Honorific => self.col_honorific(),
            PersonField::Title => self.col_title(),
            PersonField::Department => self.col_department(),
            PersonField::Phone(kind) => self.phone(kind),
            PersonField::Email => self.col_email(),
            PersonField::WeChat => "WeChat",
            PersonField::WhatsApp => "WhatsApp",
            PersonField::Role => self.col_role(),
            PersonField::Birthday => self.col_birthday(),
            PersonField::Occasions => self.col_occasions(),
            PersonField::Remark => self.col_remark(),
            PersonField::Extra => self.col_extra(),
        }
    }

    fn phone(self, kind: PhoneKind) -> &'static str {
        Values(self.0).phone_kind(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn every_meaning_of_a_column_has_a_name_of_its_own() {
        for lang in Lang::ALL {
            let mut names: Vec<String> = FieldTarget::all()
                .into_iter()
                .map(|target| Exchange(lang).column(target))
                .collect();
            assert!(
                names.iter().all(|name| !name.trim().is_empty()),
                "{lang:?}: {names:?}"
            );
            names.sort();
            let all = names.len();
            names.dedup();
            assert_eq!(names.len(), all, "{lang:?}");
        }
    }
}
