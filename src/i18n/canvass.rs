//! 洗樓: towers, walks, doors.

use super::{Lang, count};
use crate::domain::canvass::board::Standing;
use crate::domain::canvass::building::{Door, Floor};
use crate::domain::canvass::event::{Left, Outcome};
use crate::domain::canvass::run::{Order, Share};

catalogue! { Canvass {
    title: "洗樓", "洗楼", "Canvass";
    building: "大廈", "大厦", "Building";
    buildings: "大廈", "大厦", "Buildings";
    new_building: "加大廈", "加大厦", "Add a building";
    import_buildings: "由 CSV 匯入大廈", "从 CSV 导入大厦", "Import buildings from CSV";
    receive: "接收拍檔的行程", "接收搭档的行程", "Take over a partner’s walk";
    empty_title: "還沒有大廈", "还没有大厦", "No buildings yet";
    empty_help: "加一幢大廈，由頂樓逐戶往下走；沒有訊號也照樣記錄。", "加一栋大厦，由顶楼逐户往下走；没有信号也照样记录。", "Add a tower and walk it door by door from the top. It works without a signal.";
    settings: "洗樓設定", "洗楼设置", "Canvass settings";
    doors(n: usize): format!("{n} 個單位"), format!("{n} 个单元"), count(n, "door", "doors");
    floors(n: usize): format!("{n} 層"), format!("{n} 层"), count(n, "floor", "floors");
    done_of(done: usize, all: usize): format!("完成 {done}／{all}"), format!("完成 {done}／{all}"), format!("{done} of {all} done");
    tried_of(tried: usize, all: usize): format!("已到 {tried}／{all} 戶"), format!("已到 {tried}／{all} 户"), format!("{tried} of {all} doors called at");
    never_walked: "未走過", "未走过", "Not walked yet";
    under_way: "進行中", "进行中", "Under way";

    start: "開始洗樓", "开始洗楼", "Start the walk";
    go_on: "繼續洗樓", "继续洗楼", "Go on walking";
    new_walk: "新一輪", "新一轮", "New round";
    access: "出入須知", "出入须知", "Getting in";
    lobby: "水牌", "水牌", "Lobby board";
    lobby_help: "貼上或輸入水牌，逐行對應樓層和單位", "粘贴或输入水牌，逐行对应楼层和单元", "Paste or type the tenant directory, line by line";
    floors_edit: "樓層和單位", "楼层和单元", "Floors and doors";
    results: "成效", "成效", "Results";
    walks: "行程", "行程", "Walks";
    tenants(n: usize): format!("{n} 個租戶"), format!("{n} 个租户"), count(n, "tenant", "tenants");
    walk_on(day: String): format!("{day} 的行程"), format!("{day} 的行程"), format!("Walk of {day}");
    delete_building: "刪除大廈", "删除大厦", "Delete the building";
    deleted_building: "大廈已刪除", "大厦已删除", "Building deleted";
    overview: "全幢", "全栋", "The tower";
    overview_help: "上下鍵選樓層，Enter 打開", "上下键选楼层，Enter 打开", "Arrow keys choose a floor, Enter opens it";
    legend: "圖例", "图例", "Legend";
    floor_summary(doors: usize, done: usize): format!("{doors} 戶，完成 {done}"), format!("{doors} 户，完成 {done}"), format!("{}, {done} done", count(doors, "door", "doors"));
    owned_by(name: String): format!("{name} 負責"), format!("{name} 负责"), format!("{name}’s part");
    passed_floor: "不用上門", "不用上门", "nobody to call on";

    walk: "洗樓", "洗楼", "Walk";
    this_floor(floor: String): format!("{floor}的單位"), format!("{floor}的单元"), format!("Doors of {floor}");
    next_door: "下一戶", "下一户", "Next door";
    next_named(door: String): format!("下一戶：{door}"), format!("下一户：{door}"), format!("Next door: {door}");
    previous_door: "上一戶", "上一户", "Previous door";
    walk_done: "這一輪走完了", "这一轮走完了", "This round is done";
    walk_done_help: "可以結束行程看成效，或換個時段再來補走。", "可以结束行程看成效，或换个时段再来补走。", "End the walk and look at the results, or come back at another time of day for those who were out.";
    end_walk: "結束行程", "结束行程", "End the walk";
    ended: "行程已結束", "行程已结束", "The walk is ended";
    reopen_walk: "重新打開行程", "重新打开行程", "Open the walk again";
    reopened: "行程已重新打開", "行程已重新打开", "The walk is open again";
    hand_over: "交給拍檔", "交给搭档", "Hand over to a partner";
    more: "更多", "更多", "More";
    more_outcomes: "其他結果", "其他结果", "Other outcomes";
    outcomes_of(door: String): format!("{door}的結果"), format!("{door}的结果"), format!("Outcome at {door}");
    saved_at(door: String, outcome: String): format!("{door}：{outcome}"), format!("{door}：{outcome}"), format!("{door}: {outcome}");
    add_details: "補充資料", "补充资料", "Add details";
    again: "再記一次", "再记一次", "Record again";
    tries(n: usize): format!("已試 {n} 次"), format!("已试 {n} 次"), count(n, "try", "tries");
    last_call(when: String, outcome: String): format!("{when} {outcome}"), format!("{when} {outcome}"), format!("{when} {outcome}");
    by(name: String): format!("{name} 記錄"), format!("{name} 记录"), format!("by {name}");
    not_called: "未到過", "未到过", "Not called at yet";
    no_tenant: "水牌上沒有名稱", "水牌上没有名称", "No name on the board";
    history: "這一戶的經過", "这一户的经过", "What happened here";
    warn_partner(name: String): format!("這一戶由 {name} 負責"), format!("这一户由 {name} 负责"), format!("This door is {name}’s part");
    warn_done(name: String, outcome: String): format!("這一輪已由 {name} 記為「{outcome}」"), format!("这一轮已由 {name} 记为“{outcome}”"), format!("{name} already recorded “{outcome}” on this walk");
    warn_done_me(outcome: String): format!("這一輪已記為「{outcome}」"), format!("这一轮已记为“{outcome}”"), format!("Already recorded as “{outcome}” on this walk");
    warn_claim(client: String, name: String): format!("{client} 是 {name} 的客戶，上門前先問一聲"), format!("{client} 是 {name} 的客户，上门前先问一声"), format!("{client} is {name}’s client: ask before you knock");
    warn_client(client: String): format!("{client} 已是你的客戶"), format!("{client} 已是你的客户"), format!("{client} is already your client");
    warn_twice: "兩部裝置記了不同的結果，兩個都保留", "两台设备记了不同的结果，两个都保留", "Two devices recorded different outcomes; both are kept";
    blocked: "請勿再來", "请勿再来", "Do not call";
    blocked_by(name: String, when: String): format!("{name} 於 {when} 記錄"), format!("{name} 于 {when} 记录"), format!("recorded by {name}, {when}");
    blocked_on(when: String): format!("{when} 記錄"), format!("{when} 记录"), format!("recorded {when}");
    lift: "解除", "解除", "Lift it";
    lift_reason: "解除的原因", "解除的原因", "Why it is lifted";
    lift_needs_reason: "請寫下原因，例如已換租戶。", "请写下原因，例如已换租户。", "Please say why, for instance a new tenant.";
    lifted: "已解除「請勿再來」", "已解除“请勿再来”", "“Do not call” is lifted";
    me: "我", "我", "me";

    detail_title(door: String): format!("{door} 的補充資料"), format!("{door} 的补充资料"), format!("Details of {door}");
    who: "見到誰", "见到谁", "Who was there";
    what_left: "留下了什麼", "留下了什么", "What was left";
    note: "記錄", "记录", "Note";
    refusal_words: "對方怎樣說", "对方怎样说", "What they said";
    follow_up: "跟進", "跟进", "Follow-up";
    in_hours: "1–2 小時後", "1–2 小时后", "In 1–2 hours";
    tomorrow: "明天", "明天", "Tomorrow";
    on_day: "選日期", "选日期", "On a day";
    follow_up_text(who: String): format!("再聯絡 {who}"), format!("再联系 {who}"), format!("Get back to {who}");
    visit_goal(door: String): format!("洗樓約見：{door}"), format!("洗楼约见：{door}"), format!("Appointment from the walk: {door}");
    appointment_day: "約見日期", "约见日期", "Day of the appointment";
    appointment_needs_client: "先連結或新增客戶，約見便會列入拜訪。", "先关联或新增客户，约见便会列入拜访。", "Link or create the client first: the appointment then joins your visits.";
    client: "客戶", "客户", "Client";
    make_client(name: String): format!("新增客戶「{name}」"), format!("新增客户“{name}”"), format!("Create client “{name}”");
    company_name: "公司名稱", "公司名称", "Company name";
    person: "聯絡人", "联系人", "Contact";
    needs_day: "請選日期；未有日期便不會建立跟進。", "请选日期；没有日期便不会建立跟进。", "Please choose the day: without it nothing can be arranged.";
    arranged: "已有安排", "已有安排", "Already arranged";
    take_back: "撤回", "撤回", "Take back";
    taken_back: "已撤回", "已撤回", "Taken back";
    details_saved: "補充資料已儲存", "补充资料已保存", "Details saved";
    save_details: "儲存", "保存", "Save";

    order: "次序", "次序", "Order";
    zone: "升降機分區", "电梯分区", "Lift zone";
    whole_tower: "全幢", "全栋", "Whole tower";
    split: "分工", "分工", "Who walks";
    alone: "一個人走", "一个人走", "Alone";
    by_floors: "單雙層", "单双层", "Odd and even floors";
    by_wings: "左右翼", "左右翼", "Two wings";
    by_range: "上下段", "上下段", "Upper and lower part";
    partner_name: "拍檔的名字", "搭档的名字", "Partner’s name";
    my_name: "我的名字", "我的名字", "My name";
    my_part: "我走", "我走", "I walk";
    partner_part: "拍檔走", "搭档走", "Partner walks";
    range_from: "分界樓層", "分界楼层", "Boundary floor";
    kit: "出發前", "出发前", "Before you start";
    kit_missing(what: String): format!("還未帶：{what}"), format!("还未带：{what}"), format!("Not packed yet: {what}");
    kit_packed: "都帶齊了", "都带齐了", "All packed";
    kit_template: "行裝清單", "行装清单", "Kit list";
    kit_template_help: "每行一項；下一輪洗樓用新清單。", "每行一项；下一轮洗楼用新清单。", "One item a line; the next walk uses the new list.";
    kit_default: "公司信\n小冊子\n名片\n產品單張", "公司信\n小册子\n名片\n产品单张", "Letter to the company\nBrochures\nCards\nProduct one-pager";
    places: "六個常用結果的位置", "六个常用结果的位置", "Places of the six first outcomes";
    places_help: "位置固定不變，手指記得住；其他結果在「更多」按使用次數排列。", "位置固定不变，手指记得住；其他结果在“更多”按使用次数排列。", "These stay where they are, so the thumb remembers. The others are under “More”, ordered by use.";
    place(n: usize): format!("位置 {n}"), format!("位置 {n}"), format!("Place {n}");
    restore_places: "還原", "还原", "Back to the first setting";
    settings_saved: "設定已儲存", "设置已保存", "Settings saved";

    lobby_paste: "水牌文字", "水牌文字", "Text of the board";
    lobby_example: "例如：2801-03 某某有限公司 / XYZ Ltd", "例如：2801-03 某某有限公司 / XYZ Ltd", "For example: 2801-03 XYZ Ltd";
    lobby_read: "讀取", "读取", "Read it";
    lobby_sure(n: usize): format!("{n} 行清楚"), format!("{n} 行清楚"), format!("{} clear", count(n, "row", "rows"));
    lobby_doubt(n: usize): format!("{n} 行要看一看"), format!("{n} 行要看一看"), format!("{} to look at", count(n, "row", "rows"));
    lobby_nothing: "沒有讀到租戶。每行寫樓層、單位和公司名稱。", "没有读到租户。每行写楼层、单元和公司名称。", "No tenant was found. Each line needs a floor, a door and a company name.";
    lobby_headings: "當作標題的行", "当作标题的行", "Lines taken as titles";
    lobby_keep(n: usize): format!("加入 {n} 個租戶"), format!("加入 {n} 个租户"), format!("Add {}", count(n, "tenant", "tenants"));
    lobby_unread(n: usize): format!("還有 {n} 行讀不到位置或名稱：請改好，或選「不加入」。"), format!("还有 {n} 行读不到位置或名称：请改好，或选“不加入”。"), format!("{} without a place or a name: put them right, or leave them out.", count(n, "row is", "rows are"));
    lobby_kept(n: usize): format!("已加入 {n} 個租戶"), format!("已加入 {n} 个租户"), format!("{} added", count(n, "tenant", "tenants"));
    lobby_line(n: usize): format!("第 {n} 行"), format!("第 {n} 行"), format!("Line {n}");
    lobby_leave_out: "不加入", "不加入", "Leave out";
    lobby_take: "加入", "加入", "Add";
    lobby_new_floor: "大廈未有這層，會加上", "大厦未有这层，会加上", "Not in the building yet: the floor is added";
    lobby_new_door: "未有這個單位，會加上", "未有这个单元，会加上", "Not there yet: the door is added";
    lobby_known(name: String): format!("客戶：{name}"), format!("客户：{name}"), format!("Client: {name}");
    lobby_lead(name: String): format!("名錄：{name}"), format!("名录：{name}"), format!("Lead: {name}");
    lobby_floor: "樓層", "楼层", "Floor";
    lobby_doors: "單位", "单元", "Doors";
    lobby_name_zh: "中文名稱", "中文名称", "Chinese name";
    lobby_name_en: "英文名稱", "英文名称", "English name";
    lobby_bad_place: "讀不到樓層或單位，例如 28 和 01-03。", "读不到楼层或单元，例如 28 和 01-03。", "Floor or doors cannot be read; write for example 28 and 01-03.";
    doubt_place: "未讀到位置", "未读到位置", "No place found";
    doubt_name: "未讀到名稱", "未读到名称", "No name found";
    doubt_place_unclear: "位置可能不準", "位置可能不准", "The place may be wrong";
    doubt_name_unclear: "名稱可能不準", "名称可能不准", "The name may be wrong";
    doubt_twice: "同一位置有兩個名稱", "同一位置有两个名称", "Two names at one place";
    doubt_not_tenant: "可能不是租戶", "可能不是租户", "Perhaps not a tenant";
    whole_floor: "全層", "全层", "Whole floor";
}}

impl Canvass {
    fn pick(self, texts: [&'static str; 3]) -> &'static str {
        match self.0 {
            Lang::ZhHant => texts[0],
            Lang::ZhHans => texts[1],
            Lang::En => texts[2],
        }
    }

    pub fn outcome(self, outcome: Outcome) -> &'static str {
        self.pick(match outcome {
            Outcome::NoAnswer => ["無人應門", "无人应门", "No answer"],
            Outcome::MetReception => ["見到前台", "见到前台", "Met reception"],
            Outcome::MetDecisionMaker => ["見到決策人", "见到决策人", "Met decision maker"],
            Outcome::Interested => ["有興趣", "有兴趣", "Interested"],
            Outcome::Appointment => ["約了見面", "约了见面", "Appointment"],
            Outcome::NotInterested => ["沒興趣", "没兴趣", "Not interested"],
            Outcome::Refused => ["拒絕，勿再來", "拒绝，勿再来", "Refused, do not call"],
            Outcome::Vacant => ["空置", "空置", "Vacant"],
            Outcome::Moved => ["已搬走", "已搬走", "Moved"],
            Outcome::ClosedForNow => ["暫時關門", "暂时关门", "Closed for now"],
            Outcome::WrongTenant => ["租戶不符", "租户不符", "Wrong tenant"],
            Outcome::AccessDenied => ["保安不准進", "保安不准进", "Denied by guard"],
        })
    }

    pub fn standing(self, standing: Standing) -> &'static str {
        self.pick(match standing {
            Standing::Untouched => ["未到", "未到", "Untouched"],
            Standing::Tried => ["試過，未遇", "试过，未遇", "Tried"],
            Standing::GivenUp => ["試足次數", "试足次数", "Tried enough"],
            Standing::Met => ["見過", "见过", "Met"],
            Standing::Interested => ["有興趣", "有兴趣", "Interested"],
            Standing::Appointment => ["約了", "约了", "Appointment"],
            Standing::Refused => ["勿再來", "勿再来", "Do not call"],
            Standing::Vacant => ["空置", "空置", "Vacant"],
        })
    }

    pub fn left(self, left: Left) -> &'static str {
        self.pick(match left {
            Left::Letter => ["公司信", "公司信", "Letter"],
            Left::Brochure => ["小冊子", "小册子", "Brochure"],
            Left::Card => ["名片", "名片", "Card"],
            Left::Sample => ["樣品", "样品", "Sample"],
        })
    }

    pub fn walk_order(self, order: Order) -> &'static str {
        self.pick(match order {
            Order::TopDown => ["由上而下", "由上而下", "Top down"],
            Order::BottomUp => ["由下而上", "由下而上", "Bottom up"],
        })
    }

    pub fn share(self, share: &Share) -> String {
        match share {
            Share::All => self.whole_tower().to_owned(),
            Share::Odd => self.pick(["單數層", "单数层", "Odd floors"]).to_owned(),
            Share::Even => self.pick(["雙數層", "双数层", "Even floors"]).to_owned(),
            Share::From(key) => {
                let floor = self.floor_key(key);
                match self.0 {
                    Lang::En => format!("{floor} and above"),
                    _ => format!("{floor}及以上"),
                }
            }
            Share::Below(key) => {
                let floor = self.floor_key(key);
                match self.0 {
                    Lang::En => format!("below {floor}"),
                    _ => format!("{floor}以下"),
                }
            }
            Share::FirstWing => self.pick(["前半翼", "前半翼", "First wing"]).to_owned(),
            Share::SecondWing => self.pick(["後半翼", "后半翼", "Second wing"]).to_owned(),
        }
    }

    /// A floor as people say it: what the lift says where that was written down, otherwise the key in words.
    pub fn floor_label(self, floor: &Floor) -> String {
        if floor.label.is_empty() {
            self.floor_key(&floor.id)
        } else {
            floor.label.clone()
        }
    }

    pub fn floor_key(self, key: &str) -> String {
        let numbered = key.starts_with(|c: char| c.is_ascii_digit());
        match (key, self.0) {
            ("G", Lang::ZhHant | Lang::ZhHans) => "地下".to_owned(),
            ("M", Lang::ZhHant) => "閣樓".to_owned(),
            ("M", Lang::ZhHans) => "阁楼".to_owned(),
            ("PH", Lang::ZhHant) => "頂層".to_owned(),
            ("PH", Lang::ZhHans) => "顶层".to_owned(),
            ("R", Lang::ZhHant | Lang::ZhHans) => "天台".to_owned(),
            ("R", Lang::En) => "Roof".to_owned(),
            ("G" | "M", Lang::En) => format!("{key}/F"),
            (_, Lang::ZhHant) if numbered => format!("{key}樓"),
            (_, Lang::ZhHans) if numbered => format!("{key}楼"),
            (_, Lang::En) if numbered => format!("{key}/F"),
            _ => key.to_owned(),
        }
    }

    pub fn door_label(self, door: &Door) -> String {
        if door.is_whole_floor() {
            self.whole_floor().to_owned()
        } else {
            door.label().to_owned()
        }
    }

    /// A door with its floor, as one says it to a colleague.
    pub fn door_of(self, floor: &Floor, door: &Door) -> String {
        let (floor, door) = (self.floor_label(floor), self.door_label(door));
        match self.0 {
            Lang::En => format!("{floor} {door}"),
            _ => format!("{floor}{door}"),
        }
    }
}
