//! Buildings: making one, putting its floors and doors right, taking them over from a file.

use super::{Lang, count};
use crate::domain::canvass::building::{Again, FloorKind};

catalogue! { Buildings {
    edit_building: "編輯大廈", "编辑大厦", "Edit the building";
    name_zh: "中文名稱", "中文名称", "Chinese name";
    name_en: "英文名稱", "英文名称", "English name";
    address: "地址", "地址", "Address";
    access: "出入須知", "出入须知", "Getting in";
    access_hint: "看更、訪客登記、升降機、六時後怎樣上去", "保安、访客登记、电梯、六点后怎样上去", "Guards, registration, lifts, after hours";
    same_name: "已有同名的大廈", "已有同名的大厦", "There is a building of this name";
    save_building: "儲存大廈", "保存大厦", "Save the building";
    building_added: "大廈已加入", "大厦已添加", "Building added";
    building_saved: "大廈已儲存", "大厦已保存", "Building saved";

    floors: "樓層", "楼层", "Floors";
    top: "頂樓", "顶楼", "Top floor";
    top_hint: "最高的數字樓層，例如 78", "最高的数字楼层，例如 78", "The highest number, for example 78";
    bottom: "最低", "最低", "Lowest";
    fewer(n: u16): format!("減 {n} 層"), format!("减 {n} 层"), format!("{n} less");
    further(n: u16): format!("加 {n} 層"), format!("加 {n} 层"), format!("{n} more");
    one_less: "減一", "减一", "One less";
    one_more: "加一", "加一", "One more";
    left_out: "沒有的樓層", "没有的楼层", "Numbers left out";
    no_four: "4、14、24…", "4、14、24…", "4, 14, 24…";
    no_thirteen: "13", "13", "13";
    special: "其他樓層", "其他楼层", "Special floors";
    more_floors: "避火層、機房及更多", "避难层、机房及更多", "Refuge, plant rooms and more";
    skipped: "另外沒有的樓層", "另外没有的楼层", "Other numbers left out";
    other_floors: "另外的樓層", "另外的楼层", "Other floors";
    other_floors_hint: "例如 12A、LG2、P1", "例如 12A、LG2、P1", "For example 12A, LG2, P1";
    refuge: "避火層", "避难层", "Refuge floors";
    mechanical: "機房樓層", "机房楼层", "Plant floors";
    list_hint: "例如 20、40 或 20-22", "例如 20、40 或 20-22", "For example 20, 40 or 20-22";
    doors: "每層單位", "每层单元", "Doors on each floor";
    doors_hint: "例如 01-12、A-H；留空即全層一戶", "例如 01-12、A-H；留空即全层一户", "For example 01-12 or A-H; empty is one door a floor";
    whole_floor: "全層", "全层", "Whole floor";
    zones: "升降機分區", "电梯分区", "Lift zones";
    zones_hint: "例如：高區 28-PH；低區 G-27。不分區便留空。", "例如：高区 28-PH；低区 G-27。不分区便留空。", "For example: high 28-PH; low G-27. Empty if every lift goes everywhere.";
    size(floors: usize, doors: usize): format!("{floors} 層 · {doors} 個單位"), format!("{floors} 层 · {doors} 个单元"),
        format!("{} · {}", count(floors, "floor", "floors"), count(doors, "door", "doors"));
    no_size: "填上頂樓，這裏便列出樓層和單位。", "填上顶楼，这里便列出楼层和单元。", "Enter the top floor, and the floors and doors are listed here.";
    fix_first: "有資料讀不到，請看標示的欄位。", "有资料读不到，请看标示的栏位。", "Something cannot be read; see the marked fields.";
    between(n: usize): format!("中間 {n} 層"), format!("中间 {n} 层"), format!("{} between", count(n, "floor", "floors"));

    revisit: "無人應門時", "无人应门时", "When nobody answers";
    tries: "最多試幾次", "最多试几次", "Tries at most";
    tries_hint: "試足次數的單位便當作完成", "试足次数的单元便当作完成", "After so many tries the door counts as done";
    again: "什麼時候再來", "什么时候再来", "When to come again";
    partners: "一齊洗樓的同事", "一起洗楼的同事", "Colleagues who walk it too";
    partners_hint: "同事在伺服器的帳戶名稱，用逗號分隔。他們會看到這座大廈的樓層、行程和敲門記錄。", "同事在服务器的账号名称，用逗号分隔。他们会看到这座大厦的楼层、行程和敲门记录。", "Their account names on the server, separated by commas. They see this building’s floors, walks and door calls.";
    floors_elsewhere: "樓層和單位在另一頁更改，上門記錄不會受影響。", "楼层和单元在另一页更改，上门记录不会受影响。", "Floors and doors are changed on a page of their own, so that what happened at them stays.";
    to_floors: "更改樓層和單位", "更改楼层和单元", "Change floors and doors";

    floors_title: "樓層和單位", "楼层和单元", "Floors and doors";
    no_doors: "沒有單位", "没有单元", "No doors";
    floor_name: "樓層名稱", "楼层名称", "What the floor is called";
    floor_name_hint: "留空便用樓層編號", "留空便用楼层编号", "Empty for its number";
    floor_kind: "類別", "类别", "Kind";
    floor_zone: "升降機分區", "电梯分区", "Lift zone";
    no_zone: "沒有", "没有", "None";
    doors_of(floor: String): format!("{floor}的單位"), format!("{floor}的单元"), format!("Doors of {floor}");
    choose_door: "點一個單位來更改", "点一个单元来更改", "Tap a door to change it";
    door_name(door: String): format!("{door}改名為"), format!("{door}改名为"), format!("Rename {door} to");
    split: "拆成兩個", "拆成两个", "Split in two";
    join: "與下一個合併", "与下一个合并", "Join with the next";
    remove_door: "移除單位", "移除单元", "Remove the door";
    add_doors: "加單位", "加单元", "Add doors";
    add_doors_hint: "例如 13-16 或 G", "例如 13-16 或 G", "For example 13-16 or G";
    copy: "照抄這層的單位", "照抄这层的单元", "Copy this floor’s doors";
    copy_up: "到上面各層", "到上面各层", "To all above";
    copy_down: "到下面各層", "到下面各层", "To all below";
    copy_all: "到所有同類樓層", "到所有同类楼层", "To all of its kind";
    copied(n: usize): format!("已照抄到 {n} 層"), format!("已照抄到 {n} 层"), format!("Copied to {}", count(n, "floor", "floors"));
    copied_but(n: usize, kept: usize): format!("已照抄到 {n} 層；{kept} 層有上門記錄，沒有更改"), format!("已照抄到 {n} 层；{kept} 层有上门记录，没有更改"),
        format!("Copied to {}; {kept} left alone, because doors there were called at", count(n, "floor", "floors"));
    copied_none: "這些樓層已經一樣", "这些楼层已经一样", "Those floors have these doors already";
    kept_all(n: usize): format!("{n} 層有上門記錄，沒有更改"), format!("{n} 层有上门记录，没有更改"), format!("{} left alone, because doors there were called at", count(n, "floor", "floors"));
    new_floor: "加一層", "加一层", "Add a floor";
    new_floor_hint: "例如 12A、PH、LG2", "例如 12A、PH、LG2", "For example 12A, PH, LG2";
    above: "加在上面", "加在上面", "Add above";
    below: "加在下面", "加在下面", "Add below";
    remove_floor: "移除這層", "移除这层", "Remove this floor";
    floor_changed(floor: String): format!("{floor}已更改"), format!("{floor}已更改"), format!("{floor} changed");
    floor_added(floor: String): format!("已加{floor}"), format!("已加{floor}"), format!("{floor} added");
    floor_removed(floor: String): format!("{floor}已移除"), format!("{floor}已移除"), format!("{floor} removed");
    doors_added(n: usize): format!("已加 {n} 個單位"), format!("已加 {n} 个单元"), format!("{} added", count(n, "door", "doors"));
    door_changed(door: String): format!("{door}已更改"), format!("{door}已更改"), format!("{door} changed");
    door_removed(door: String): format!("{door}已移除"), format!("{door}已移除"), format!("{door} removed");
    zones_laid: "升降機分區已更改", "电梯分区已更改", "Lift zones changed";
    zones_all: "一次過設定升降機分區", "一次设定电梯分区", "Set the lift zones of all floors";
    apply: "套用", "套用", "Apply";
    refused_used: "這裏有上門記錄，不能移除。記錄沒有改動。", "这里有上门记录，不能移除。记录没有改动。", "Somebody called here, so it cannot be removed. Nothing was changed.";
    refused_known: "已經有了，沒有更改。", "已经有了，没有更改。", "It is there already; nothing was changed.";
    refused_floor(piece: String): format!("「{piece}」不是樓層。請寫 28、12A、G、LG1、PH 等；名稱可以之後再改。"), format!("“{piece}”不是楼层。请写 28、12A、G、LG1、PH 等；名称可以之后再改。"),
        format!("“{piece}” is no floor. Write 28, 12A, G, LG1 or PH; it can be given a name afterwards.");
    refused_door(piece: String): format!("「{piece}」讀不到。單位應如 01-12、A-H 或 01、02。"), format!("“{piece}”读不到。单元应如 01-12、A-H 或 01、02。"),
        format!("“{piece}” cannot be read. Doors look like 01-12, A-H or 01, 02.");
    refused_zone(piece: String): format!("「{piece}」沒有樓層。分區應如：高區 28-PH；低區 G-27。"), format!("“{piece}”没有楼层。分区应如：高区 28-PH；低区 G-27。"),
        format!("“{piece}” names no floors. Zones look like: high 28-PH; low G-27.");
    refused_many: "最多 200 層，每層最多 200 個單位。", "最多 200 层，每层最多 200 个单元。", "At most 200 floors with 200 doors each.";
    refused_last: "沒有下一個，或這是最後一個，沒有更改。", "没有下一个，或这是最后一个，没有更改。", "There is no next one, or it is the last; nothing was changed.";

    import_title: "由 CSV 匯入大廈", "从 CSV 导入大厦", "Import buildings from CSV";
    import_help: "一行一幢大廈。要有名稱，以及樓層清單或層數；單位、升降機分區、地址和出入須知可有可無，欄的次序不限。", "一行一栋大厦。要有名称，以及楼层清单或层数；单元、电梯分区、地址和出入须知可有可无，列的次序不限。", "One building a row: a name, and the floors or their number. Doors, lift zones, address and access notes are optional. Columns may stand in any order.";
    pick_file: "選擇檔案", "选择文件", "Choose a file";
    other_file: "另選檔案", "另选文件", "Choose another file";
    reading: "正在讀取…", "正在读取…", "Reading…";
    unreadable_title: "讀不到這個檔案", "读不到这个文件", "This file cannot be read";
    unreadable_help: "檔案可能已移走，或未下載到這部裝置。請再選一次。", "文件可能已移走，或未下载到这台设备。请再选一次。", "It may have been moved, or is not on this device yet. Please choose it again.";
    no_towers_title: "沒有讀到大廈", "没有读到大厦", "No buildings were found";
    no_towers_help: "第一行要寫欄名，其中一欄是大廈名稱，例如 name_zh、name_en、樓層。Excel 檔請先另存為 CSV。", "第一行要写列名，其中一列是大厦名称，例如 name_zh、name_en、楼层。Excel 文件请先另存为 CSV。", "The first row must name the columns, one of them the building’s name: name_zh, name_en, floors. Save an Excel file as CSV first.";
    found(n: usize): format!("{n} 幢大廈"), format!("{n} 栋大厦"), count(n, "building", "buildings");
    refused_rows(n: usize): format!("{n} 行不會匯入"), format!("{n} 行不会导入"), format!("{} left out", count(n, "row", "rows"));
    unread_columns(names: String): format!("沒有用到的欄：{names}"), format!("没有用到的列：{names}"), format!("Columns not used: {names}");
    alike(n: usize): format!("{n} 幢已有同名大廈"), format!("{n} 栋已有同名大厦"), format!("{} of a name that is there already", count(n, "building", "buildings"));
    alike_decide: "同名的", "同名的", "Those of the same name";
    alike_skip: "不匯入", "不导入", "Leave out";
    alike_keep: "另外加入", "另外添加", "Add them beside";
    like_known(name: String): format!("與「{name}」同名"), format!("与“{name}”同名"), format!("same name as “{name}”");
    like_line(line: u32): format!("與第 {line} 行同名"), format!("与第 {line} 行同名"), format!("same name as line {line}");
    line(n: u32): format!("第 {n} 行"), format!("第 {n} 行"), format!("line {n}");
    import_n(n: usize): format!("匯入 {n} 幢大廈"), format!("导入 {n} 栋大厦"), format!("Import {}", count(n, "building", "buildings"));
    imported(n: usize): format!("已匯入 {n} 幢大廈"), format!("已导入 {n} 栋大厦"), format!("{} imported", count(n, "building", "buildings"));
    nothing_left: "沒有要匯入的大廈", "没有要导入的大厦", "Nothing to import";
    counted: "樓層只按層數順序編排，未經核對", "楼层只按层数顺序编排，未经核对", "Floors counted from the number of storeys, not checked";
    whole_floors: "沒有單位資料，每層一戶", "没有单元资料，每层一户", "No doors given: one door a floor";
    zones_unread(piece: String): format!("升降機分區「{piece}」讀不到，已放入出入須知"), format!("电梯分区“{piece}”读不到，已放入出入须知"), format!("Lift zone “{piece}” cannot be read; it is kept with the access notes");
    outside_zones(n: usize): format!("{n} 層不屬任何升降機分區"), format!("{n} 层不属任何电梯分区"), format!("{} in no lift zone", count(n, "floor", "floors"));
    gaps: "有讀不到的字元", "有读不到的字符", "Some characters cannot be read";
    why_no_name: "沒有大廈名稱", "没有大厦名称", "no name of a building";
    why_no_floors: "沒有樓層，也沒有層數", "没有楼层，也没有层数", "neither floors nor a number of storeys";
    why_floor(piece: String): format!("「{piece}」不是樓層"), format!("“{piece}”不是楼层"), format!("“{piece}” is no floor");
    why_door(piece: String): format!("「{piece}」不是單位"), format!("“{piece}”不是单元"), format!("“{piece}” is no door");
    why_storeys(text: String): format!("層數「{text}」不是 1 至 199"), format!("层数“{text}”不是 1 至 199"), format!("“{text}” is no number of storeys from 1 to 199");
    why_many: "超過 200 層或每層 200 個單位", "超过 200 层或每层 200 个单元", "more than 200 floors, or 200 doors on one";
    why_surplus: "儲存格比欄多；樓層清單要加引號", "单元格比列多；楼层清单要加引号", "more cells than columns; a list of floors needs quotes";
    why_quote: "引號沒有關閉", "引号没有闭合", "a quotation mark is not closed";
    why_above: "標題列上面的文字", "标题行上面的文字", "text above the headings";
    why_row: "這一行讀不到", "这一行读不到", "the row cannot be read";
}}

impl Buildings {
    fn pick(self, texts: [&'static str; 3]) -> &'static str {
        let [hant, hans, en] = texts;
        match self.0 {
            Lang::ZhHant => hant,
            Lang::ZhHans => hans,
            Lang::En => en,
        }
    }

    pub fn kind(self, kind: FloorKind) -> &'static str {
        self.pick(match kind {
            FloorKind::Office => ["寫字樓", "写字楼", "Offices"],
            FloorKind::Podium => ["平台、商場", "裙楼、商场", "Podium"],
            FloorKind::Refuge => ["避火層", "避难层", "Refuge"],
            FloorKind::Mechanical => ["機房", "机房", "Plant"],
            FloorKind::Lobby => ["大堂", "大堂", "Lobby"],
        })
    }

    pub fn when(self, again: Again) -> &'static str {
        self.pick(match again {
            Again::AnyTime => ["隨時", "随时", "Any time"],
            Again::OtherHalf => ["另一個半日", "另一个半天", "The other half of the day"],
            Again::OtherDay => ["另一日", "另一天", "Another day"],
        })
    }
}
