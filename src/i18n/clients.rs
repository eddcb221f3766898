//! Clients, contacts and leads.

use super::count;

catalogue! { Clients {
    title: "客戶", "客户", "Clients";
    people: "聯絡人", "联系人", "Contacts";
    filters: "篩選", "筛选", "Filter";
    sort: "排序", "排序", "Order";
    sort_name: "按名稱", "按名称", "By name";
    sort_contact: "最久未聯絡", "最久未联系", "Longest out of touch";
    sort_tier: "按級別", "按级别", "By tier";
    sort_gaps: "檔案最不完整", "档案最不完整", "Least complete";
    all_stages: "所有階段", "所有阶段", "All stages";
    all_tiers: "所有級別", "所有级别", "All tiers";
    all_segments: "所有客群", "所有客群", "All segments";
    all_industries: "所有行業", "所有行业", "All industries";
    all_roles: "所有角色", "所有角色", "All roles";
    clear_filters: "清除篩選", "清除筛选", "Clear the filter";
    no_match: "沒有符合的客戶", "没有符合的客户", "No client fits";
    no_match_people: "沒有符合的聯絡人", "没有符合的联系人", "No contact fits";
    no_match_help: "放寬或清除篩選，便會見到其他記錄。", "放宽或清除筛选，就能看到其他记录。", "Widen or clear the filter to see the others.";
    no_clients: "未有客戶", "还没有客户", "No clients yet";
    no_clients_help: "新增第一位客戶，或匯入現有名單；想先看看，可載入示範資料。", "新增第一位客户，或导入现有名单；想先看看，可载入演示数据。", "Add the first one or import your list. To look around first, load the demo data.";
    no_people: "未有聯絡人", "还没有联系人", "No contacts yet";
    no_people_help: "新增一位，或匯入手機通訊錄的 vCard 檔。", "新增一位，或导入手机通讯录的 vCard 文件。", "Add one, or import vCards from a phone's address book.";
    import_list: "匯入名單", "导入名单", "Import a list";
    leads_line(n: usize): format!("名錄中另有 {n} 間公司未接觸"), format!("名录中另有 {n} 家公司未接触"), format!("{} in your directories not yet touched", count(n, "company", "companies"));
    reading(n: usize): format!("正在讀取其餘記錄，已讀 {n} 項"), format!("正在读取其余记录，已读 {n} 条"), format!("Reading the other records, {n} so far");

    contacted(ago: String): format!("{ago}聯絡"), format!("{ago}联系"), format!("last contact {ago}");
    never_contacted: "未有聯絡記錄", "还没有联系记录", "not contacted yet";
    due(day: String): format!("下次 {day}"), format!("下次 {day}"), format!("next {day}");
    due_late(n: i64): format!("逾期 {n} 日"), format!("逾期 {n} 天"), count(usize::try_from(n).unwrap_or(0), "day overdue", "days overdue");
    pulse_contacted(ago: String): format!("上次聯絡是{ago}"), format!("上次联系是{ago}"), format!("Last contact was {ago}");
    pulse_never: "未有聯絡記錄", "还没有联系记录", "Not contacted yet";
    pulse_due(day: String, what: String): format!("下次是{day}：{what}"), format!("下次是{day}：{what}"), format!("next is {day}: {what}");
    pulse_late(day: String, what: String): format!("{day}到期而未辦：{what}"), format!("{day}到期未办：{what}"), format!("overdue since {day}: {what}");
    pulse_nothing: "未有下一步", "还没有下一步", "nothing planned";
    and: "，", "，", "; ";
    stop: "。", "。", ".";

    actions: "下一步", "下一步", "Next actions";
    open_items: "待辦", "待办", "To do";
    add_person: "新增聯絡人", "新增联系人", "Add a contact";
    add_phone_first: "未有電話", "没有电话", "No phone yet";
    opted_out: "拒絕聯絡", "拒绝联系", "Do not contact";
    file: "檔案", "档案", "File";
    complete(percent: u8): format!("檔案完整度 {percent}%"), format!("档案完整度 {percent}%"), format!("File {percent}% complete");
    complete_all: "檔案齊全", "档案齐全", "The file is complete";
    still_missing: "尚欠", "尚缺", "Still missing:";
    aliases: "別名", "别名", "Also known as";
    belongs_to: "隸屬", "隶属", "Belongs to";
    below: "下屬公司", "下属公司", "Companies below";
    checked: "最後核對", "最后核对", "Last checked";
    checked_on(day: String, ago: String): format!("{day}（{ago}）"), format!("{day}（{ago}）"), format!("{day} ({ago})");
    never_checked: "從未核對", "从未核对", "Never checked";
    check_today: "今日已核對", "今天已核对", "Checked today";
    checked_said: "已記下今日核對", "已记下今天核对", "Checked today, noted";
    imported: "匯入時的其他欄位", "导入时的其他字段", "Other columns of the import";
    history: "往來記錄", "往来记录", "History";
    merge_duplicate: "合併重複記錄", "合并重复记录", "Merge a duplicate";
    client_deleted: "客戶已刪除", "客户已删除", "Client deleted";
    client_deleted_people(n: usize): format!("客戶已刪除，{n} 位聯絡人保留"), format!("客户已删除，{n} 位联系人保留"), format!("Client deleted; {} stay", count(n, "contact", "contacts"));
    delete_client_help(n: usize): format!("其 {n} 位聯絡人及所有記錄會保留"), format!("其 {n} 位联系人及所有记录会保留"), format!("Its {} and all notes stay", count(n, "contact", "contacts"));
    delete_client_plain: "所有記錄會保留，可即時復原", "所有记录会保留，可立即撤销", "All notes stay; you can undo at once";

    new_client: "新增客戶", "新增客户", "New client";
    edit_client: "編輯客戶", "编辑客户", "Edit client";
    name_zh: "中文名稱", "中文名称", "Chinese name";
    name_en: "英文名稱", "英文名称", "English name";
    stage: "階段", "阶段", "Stage";
    tier: "級別", "级别", "Tier";
    segment: "客群", "客群", "Segment";
    industry: "行業", "行业", "Industry";
    used_before: "曾用過的", "用过的", "Used before";
    reach: "聯絡方法", "联系方式", "How to reach them";
    phone: "電話", "电话", "Phone";
    phone_kind: "電話類別", "电话类别", "Kind of phone";
    email: "電郵", "邮箱", "E-mail";
    address: "地址", "地址", "Address";
    address_label: "地址用途，例如總部、貨倉", "地址用途，例如总部、仓库", "What the address is for, such as head office";
    web_site: "網址", "网址", "Web site";
    add_phone: "加電話", "加电话", "Add a phone";
    add_email: "加電郵", "加邮箱", "Add an e-mail";
    add_address: "加地址", "加地址", "Add an address";
    add_web_site: "加網址", "加网址", "Add a web site";
    belonging: "背景", "背景", "Background";
    parent: "上級公司", "上级公司", "Parent company";
    source: "來源", "来源", "Where from";
    source_none: "未填", "未填", "Not filled in";
    source_note: "來源詳情，例如由誰介紹", "来源详情，例如由谁介绍", "Details, such as who referred them";
    remark: "備註", "备注", "Remark";
    client_added: "客戶已新增", "客户已新增", "Client added";
    client_saved: "客戶已儲存", "客户已保存", "Client saved";

    suspect: "似乎已有這項記錄", "似乎已有这条记录", "This may be here already";
    suspect_open: "打開", "打开", "Open";
    why_code: "編號相同", "编号相同", "same code";
    why_phone: "電話相同", "电话相同", "same phone";
    why_email: "電郵相同", "邮箱相同", "same e-mail";
    why_name: "名稱相同", "名称相同", "same name";
    why_similar: "名稱相近", "名称相近", "similar name";

    merge_title: "合併", "合并", "Merge";
    merge_choose: "與哪一項記錄合併", "与哪一条记录合并", "Merge with which record?";
    merge_choose_help: "現在這項會保留，另一項會併入；合併前先讓你看結果。", "现在这条会保留，另一条会并入；合并前先让你看结果。", "The present record stays and the other goes into it. You see the result first.";
    merge_suspects: "看來相同的", "看来相同的", "Look the same";
    merge_other: "其他記錄", "其他记录", "Another record";
    merge_kept: "保留", "保留", "Kept";
    merge_gone: "併入", "并入", "Merged in";
    merge_result: "合併後", "合并后", "Result";
    merge_swap: "對調：改為保留另一項", "对调：改为保留另一条", "Swap: keep the other one";
    merge_now: "合併", "合并", "Merge";
    merge_again: "另選一項", "另选一条", "Choose another";
    merged: "已合併", "已合并", "Merged";
    merge_moves(people: usize, below: usize): format!("{people} 位聯絡人和 {below} 間下屬公司會一併轉過來。"), format!("{people} 位联系人和 {below} 家下属公司会一并转过来。"), format!("{} and {} move along.", count(people, "contact", "contacts"), count(below, "company below it", "companies below it"));
    merge_keeps_all: "兩邊不同而放不下的內容會寫入備註，往來記錄全部保留。", "两边不同而放不下的内容会写入备注，往来记录全部保留。", "What differs and finds no place goes into the remark; all history stays.";

    new_person: "新增聯絡人", "新增联系人", "New contact";
    edit_person: "編輯聯絡人", "编辑联系人", "Edit contact";
    person_name_zh: "中文姓名", "中文姓名", "Chinese name";
    cut_is(family: String, given: String): format!("姓「{family}」名「{given}」"), format!("姓“{family}”名“{given}”"), format!("Surname {family}, given name {given}");
    cut_change: "更改", "更改", "Change";
    family_zh: "姓", "姓", "Chinese surname";
    given_zh: "名", "名", "Chinese given name";
    family_en: "英文姓", "英文姓", "Surname";
    given_en: "英文名", "英文名", "Given names";
    honorific: "稱謂", "称谓", "Form of address";
    job_title: "職位", "职位", "Title";
    department: "部門", "部门", "Department";
    company: "公司", "公司", "Company";
    role: "角色", "角色", "Role";
    wechat: "微信", "微信", "WeChat";
    whatsapp: "WhatsApp", "WhatsApp", "WhatsApp";
    birthday: "生日", "生日", "Birthday";
    birthday_hint: "不知年份可只填月日，例如 11-23", "不知年份可只填月日，例如 11-23", "Without the year it is month and day, such as 11-23";
    month_day(month: u32, day: u32): format!("{month}月{day}日"), format!("{month}月{day}日"), format!("{day} {}", month_name(month));
    occasion: "其他日子", "其他日子", "Another day to remember";
    occasion_date: "日期", "日期", "Date";
    add_occasion: "加日子", "加日子", "Add a day";
    dates: "日子", "日子", "Days to remember";
    person_added: "聯絡人已新增", "联系人已新增", "Contact added";
    person_saved: "聯絡人已儲存", "联系人已保存", "Contact saved";
    person_deleted: "聯絡人已刪除", "联系人已删除", "Contact deleted";
    person_deleted_out: "聯絡人已刪除，其拒絕聯絡仍會記住", "联系人已删除，其拒绝联系仍会记住", "Contact deleted; that they refused contact stays known";
    no_company: "未有公司", "没有公司", "No company";
    sms: "短訊", "短信", "Text message";
    mail: "電郵", "邮件", "Mail";
    copy_of(what: String): format!("複製 {what}"), format!("复制 {what}"), format!("Copy {what}");
    copy_failed: "瀏覽器不容許複製，請長按文字", "浏览器不允许复制，请长按文字", "The browser did not allow copying; press and hold the text";
    share_contact: "分享名片（vCard）", "分享名片（vCard）", "Share as vCard";
    shared: "已交給其他程式", "已交给其他应用", "Handed to the other app";
    share_nobody: "未有名稱，無法製成名片", "没有名称，无法制成名片", "Without a name there is nothing to put on a card";
    shared_file: "已存到下載項目", "已存到下载项", "Saved to the downloads";
    share_failed: "未能分享，記錄不受影響", "未能分享，记录不受影响", "Could not be shared; the record is unaffected";

    consent: "聯絡意願", "联系意愿", "Consent";
    consent_none: "未有記下其意願；收到名片並不等於同意接收推廣。", "还没有记下其意愿；收到名片并不等于同意接收推广。", "Nothing recorded. Having a card is not consent to be marketed to.";
    record_consent: "記下同意", "记下同意", "Record consent";
    record_opt_out: "記下拒絕", "记下拒绝", "Record a refusal";
    new_statement: "新的表示", "新的表示", "New statement";
    consent_on: "日期", "日期", "Date";
    consent_by: "由誰記下", "由谁记下", "Taken by";
    consent_me: "本人", "本人", "Me";
    consent_words: "原話", "原话", "Their words";
    consent_source: "途徑", "途径", "How it was said";
    consent_sources: "面談|電話|訊息|電郵|表格", "面谈|电话|消息|邮件|表格", "In person|Phone|Message|E-mail|Form";
    out_reason: "此人拒絕聯絡，所以這裏不能致電、傳訊或分享。", "此人拒绝联系，所以这里不能打电话、发消息或分享。", "This person refused contact, so there is no calling, writing or sharing here.";
    out_known: "這個電話或電郵屬於曾經拒絕聯絡的人。儲存後仍會列為拒絕聯絡，除非你記下新的同意。", "这个电话或邮箱属于曾经拒绝联系的人。保存后仍会列为拒绝联系，除非你记下新的同意。", "This phone or e-mail belongs to somebody who refused contact. The person stays marked so unless you record a new consent.";
    out_carried: "沿用之前的拒絕記錄", "沿用之前的拒绝记录", "Carried over from an earlier refusal";

    lead: "名錄公司", "名录公司", "From a directory";
    lead_help: "未接觸；只存於本機，可搜尋，不會上傳。", "未接触；只存在本机，可搜索，不会上传。", "Not touched yet: kept on this device, searchable, never uploaded.";
    lead_from(file: String, day: String): format!("{day}由「{file}」匯入"), format!("{day}由“{file}”导入"), format!("Imported from {file} on {day}");
    lead_row: "匯入的資料", "导入的资料", "As imported";
    make_client: "成為客戶", "成为客户", "Make it a client";
    made_client: "已成為客戶", "已成为客户", "Now a client";
    lead_became: "這間公司已成為你的客戶", "这家公司已成为你的客户", "This company is one of your clients";
    open_client: "打開客戶", "打开客户", "Open the client";
}}

/// Yearly days have no year, and `Intl` formats none without one.
fn month_name(month: u32) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let at = usize::try_from(month)
        .ok()
        .and_then(|month| month.checked_sub(1));
    at.and_then(|at| NAMES.get(at)).copied().unwrap_or_default()
}
