//! What the demo portfolio says, in Traditional and Simplified Chinese and English. All of it is invented.

use crate::domain::note::Tag;

pub type Words = [&'static str; 3];

pub const SEGMENTS: [Words; 4] = [
    ["大型企業", "大型企业", "Large corporate"],
    ["中型企業", "中型企业", "Mid-market"],
    ["中小企", "中小企业", "SME"],
    ["家族企業", "家族企业", "Family business"],
];

pub const DEPARTMENTS: [Words; 4] = [
    ["管理層", "管理层", "Management"],
    ["財務部", "财务部", "Finance"],
    ["採購部", "采购部", "Purchasing"],
    ["行政部", "行政部", "Administration"],
];

pub const TITLES: [Words; 4] = [
    ["董事", "董事", "Director"],
    ["財務總監", "财务总监", "Finance Director"],
    ["採購經理", "采购经理", "Purchasing Manager"],
    ["行政主任", "行政主任", "Administration Officer"],
];

pub const GOALS: [Words; 8] = [
    [
        "了解明年擴充計劃",
        "了解明年扩充计划",
        "Hear about next year's expansion",
    ],
    [
        "覆核現有合約條款",
        "复核现有合同条款",
        "Go through the terms of the present contract",
    ],
    [
        "介紹新產品並留下資料",
        "介绍新产品并留下资料",
        "Present the new product and leave the sheets",
    ],
    [
        "跟進上次報價",
        "跟进上次报价",
        "Follow up the last quotation",
    ],
    [
        "認識新任財務總監",
        "认识新任财务总监",
        "Meet the new finance director",
    ],
    [
        "檢視半年服務情況",
        "检视半年服务情况",
        "Review the half-year of service",
    ],
    [
        "商討付款安排",
        "商讨付款安排",
        "Talk over the payment schedule",
    ],
    ["節前問候", "节前问候", "A call before the holidays"],
];

pub const OUTCOMES: [Words; 7] = [
    [
        "會後同意試用一個月，由行政部安排。",
        "会后同意试用一个月，由行政部安排。",
        "They agreed to a month's trial; administration will arrange it.",
    ],
    [
        "價格仍在比較，月底前回覆。",
        "价格仍在比较，月底前回复。",
        "Still comparing prices; an answer before the end of the month.",
    ],
    [
        "負責人外出，改約下星期。",
        "负责人外出，改约下星期。",
        "The person in charge was out; moved to next week.",
    ],
    [
        "原則上同意續約，等總公司批核。",
        "原则上同意续约，等总公司批准。",
        "Renewal agreed in principle, waiting for head office.",
    ],
    [
        "暫時沒有需要，下季再談。",
        "暂时没有需要，下季度再谈。",
        "No need for now; again next quarter.",
    ],
    [
        "交齊文件，可開始辦理。",
        "交齐文件，可以开始办理。",
        "All papers handed over; we can begin.",
    ],
    [
        "介紹了另一個部門的同事，需另約。",
        "介绍了另一个部门的同事，需另约。",
        "Introduced a colleague of another department; a separate meeting is needed.",
    ],
];

pub const OBSERVED: [Words; 4] = [
    [
        "辦公室正在擴充，多租了半層。",
        "办公室正在扩充，多租了半层。",
        "The office is growing; they took half a floor more.",
    ],
    [
        "接待處放着另一家供應商的單張。",
        "前台放着另一家供应商的单张。",
        "Another supplier's leaflets lie at the reception.",
    ],
    [
        "員工比上次少，有幾個空位。",
        "员工比上次少，有几个空位。",
        "Fewer people than last time; some desks are empty.",
    ],
    [
        "貨倉滿，通道也放了貨。",
        "仓库满，通道也放了货。",
        "The store is full; goods stand in the aisles.",
    ],
];

pub const NOTES: [(Words, &[Tag]); 16] = [
    (
        [
            "問及分期付款，希望首半年供款較少。",
            "问及分期付款，希望头半年还款较少。",
            "Asked about instalments, with lower ones in the first half-year.",
        ],
        &[Tag::Need],
    ),
    (
        [
            "正考慮把海外分部的帳戶集中處理，要一份比較。",
            "正考虑把海外分部的账户集中处理，要一份比较。",
            "Thinking of bringing the overseas accounts together; wants a comparison.",
        ],
        &[Tag::Need],
    ),
    (
        [
            "另一家報價低一成，但交貨要多兩星期。",
            "另一家报价低一成，但交货要多两星期。",
            "Another supplier quotes a tenth less but delivers two weeks later.",
        ],
        &[Tag::Competitor],
    ),
    (
        [
            "對手上月上門兩次，送了試用裝。",
            "对手上月上门两次，送了试用装。",
            "A competitor called twice last month and left samples.",
        ],
        &[Tag::Competitor],
    ),
    (
        [
            "同區幾家行家都在縮減面積，估計明年租金回落。",
            "同区几家同行都在缩减面积，估计明年租金回落。",
            "Several firms of the trade nearby are giving up space; rents may fall next year.",
        ],
        &[Tag::Market],
    ),
    (
        [
            "內地訂單回升，第四季人手不足。",
            "内地订单回升，第四季度人手不足。",
            "Orders from the mainland are back; too few hands in the fourth quarter.",
        ],
        &[Tag::Market],
    ),
    (
        [
            "兩張發票逾期，財務解釋是換系統。",
            "两张发票逾期，财务解释是换系统。",
            "Two invoices are overdue; finance blames a change of systems.",
        ],
        &[Tag::Risk],
    ),
    (
        [
            "老闆打算退休，接手的人未定。",
            "老板打算退休，接手的人未定。",
            "The owner means to retire, and nobody is named to follow.",
        ],
        &[Tag::Risk],
    ),
    (
        [
            "投訴熱線等候太久，已代為記下並答應三日內回覆。",
            "投诉热线等候太久，已代为记下并答应三天内回复。",
            "Complained about the wait on the hotline; noted, with an answer promised in three days.",
        ],
        &[Tag::Complaint],
    ),
    (
        [
            "送貨時間常改，希望有固定時段。",
            "送货时间常改，希望有固定时段。",
            "Delivery times keep changing; they would like a fixed slot.",
        ],
        &[Tag::Complaint],
    ),
    (
        [
            "建議月結單加上部門編號，方便入帳。",
            "建议月结单加上部门编号，方便入账。",
            "Suggests department codes on the monthly statement.",
        ],
        &[Tag::Suggestion],
    ),
    (
        [
            "電話聯絡，對方在會議中，約了下午再打。",
            "电话联系，对方在开会，约了下午再打。",
            "Rang; in a meeting, to be called again in the afternoon.",
        ],
        &[],
    ),
    (
        [
            "午飯閒談，孩子今年入大學，下月出國。",
            "午饭闲谈，孩子今年上大学，下月出国。",
            "Lunch; the eldest starts university abroad next month.",
        ],
        &[],
    ),
    (
        [
            "介紹了一位做物流的朋友，已交換名片。",
            "介绍了一位做物流的朋友，已交换名片。",
            "Introduced a friend in logistics; cards exchanged.",
        ],
        &[],
    ),
    (
        [
            "看更說大廈下月換管理公司，訪客要預先登記。",
            "保安说大厦下月换管理公司，访客要预先登记。",
            "The guard says new management comes next month; visitors must register beforehand.",
        ],
        &[],
    ),
    (
        [
            "想要一份英文版建議書給總公司，並要列明交付日期和保養年期。",
            "想要一份英文版建议书给总公司，并要列明交付日期和保修年限。",
            "Wants the proposal in English for head office, with delivery dates and years of warranty.",
        ],
        &[Tag::Need, Tag::Suggestion],
    ),
];

pub const FOLLOW_UPS: [Words; 10] = [
    ["寄出修訂報價", "寄出修订报价", "Send the revised quotation"],
    [
        "致電財務部確認付款日期",
        "打电话给财务部确认付款日期",
        "Ring finance about the payment date",
    ],
    [
        "準備英文版建議書",
        "准备英文版建议书",
        "Prepare the proposal in English",
    ],
    [
        "回覆投訴並交代處理結果",
        "回复投诉并说明处理结果",
        "Answer the complaint and say what was done",
    ],
    [
        "約見新任財務總監",
        "约见新任财务总监",
        "Arrange to meet the new finance director",
    ],
    ["送樣本到貨倉", "送样品到仓库", "Take samples to the store"],
    ["查問試用情況", "询问试用情况", "Ask how the trial goes"],
    ["發送會議紀要", "发送会议纪要", "Send the minutes"],
    [
        "安排產品同事一起拜訪",
        "安排产品同事一起拜访",
        "Bring a product colleague along",
    ],
    [
        "續約文件交總公司",
        "续约文件交总公司",
        "Renewal papers to head office",
    ],
];

pub const REFUSAL: Words = [
    "不要再打電話來",
    "不要再打电话来",
    "Please do not call again",
];

pub const ACCESS: Words = [
    "訪客須在大堂登記。高層升降機在東翼；六時後要由管理員開門。",
    "访客须在大堂登记。高层电梯在东翼；六时后要由管理员开门。",
    "Visitors sign in at the lobby. The high-zone lifts are in the east wing; after six the guard opens the door.",
];

pub const PARTNER: Words = ["我", "我", "Me"];

pub const KIT: [Words; 4] = [
    ["公司信", "公司信", "Letter to the company"],
    ["小冊子", "小册子", "Brochures"],
    ["名片", "名片", "Cards"],
    ["產品單張", "产品单张", "Product one-pager"],
];

pub const NO_MORE: Words = [
    "公司規定不見推銷，請勿再來",
    "公司规定不见推销，请勿再来",
    "House rule against canvassing: please do not come back",
];
