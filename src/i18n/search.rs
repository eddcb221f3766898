//! The one box for everything.

use super::count;

catalogue! { Search {
    label: "搜尋客戶、聯絡人、電話、記錄", "搜索客户、联系人、电话、记录", "Search clients, contacts, phones, notes";
    hint: "可輸入中文、拼音、粵拼、英文或電話號碼", "可输入中文、拼音、粤拼、英文或电话号码", "Chinese, pinyin, Jyutping, Latin letters or phone digits";
    how: "例如「永澄」、「yongcheng」、「yc」、「wingching」、「5555 0101」", "例如“永澄”、“yongcheng”、“yc”、“wingching”、“5555 0101”", "For example a name, “yongcheng”, “yc”, “chan tai man” or “5555 0101”";
    nothing: "沒有找到", "没有找到", "Nothing found";
    nothing_help: "試試少打幾個字，或改用拼音、電話號碼。", "试试少输几个字，或改用拼音、电话号码。", "Try fewer letters, or the pinyin or the phone number.";
    create_client(name: String): format!("新增客戶「{name}」"), format!("新增客户“{name}”"), format!("Add “{name}” as a client");
    found(n: usize): format!("找到 {n} 項"), format!("找到 {n} 项"), count(n, "result", "results");
    kind: "類別", "类别", "Kind";
    organisations: "客戶", "客户", "Clients";
    people: "聯絡人", "联系人", "Contacts";
    visits: "拜訪", "拜访", "Visits";
    notes: "記錄", "记录", "Notes";
    follow_ups: "跟進", "跟进", "Follow-ups";
    buildings: "大廈", "大厦", "Buildings";
    leads: "名錄", "名录", "Leads";
    clear: "清除", "清除", "Clear";
}}
