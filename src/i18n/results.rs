//! What came of the walks: the results page and the table of a building's doors.

use super::count;

catalogue! { Results {
    title: "成效", "成效", "Results";
    which: "看哪一段", "看哪一段", "Which walks";
    all: "全部", "全部", "All";
    walk_of(day: String): format!("{day}行程"), format!("{day}行程"), format!("Walk of {day}");
    printed(what: String, day: String): format!("{what}，{day}列印"), format!("{what}，{day}打印"), format!("{what}, printed {day}");
    to_revisit(n: usize): format!("補訪名單：{n} 戶"), format!("补访名单：{n} 户"), format!("{} to try again", count(n, "door", "doors"));

    funnel: "漏斗", "漏斗", "Funnel";
    funnel_help: "每戶只算一次，以最好的一次結果計；百分比是佔上一步的比例。", "每户只算一次，以最好的一次结果计；百分比是占上一步的比例。", "Each door counts once, by the best that happened there; the percentage is of the step before.";
    step: "步驟", "步骤", "Step";
    doors: "單位", "单元", "Doors";
    step_doors: "全部單位", "全部单元", "Doors";
    step_tried: "到過", "到过", "Called at";
    step_answered: "有人應門", "有人应门", "Answered";
    step_met: "見到決策人", "见到决策人", "Decision maker met";
    step_interested: "有興趣", "有兴趣", "Interested";
    step_appointments: "約了見面", "约了见面", "Appointment";

    by_hour: "各時段的應門率", "各时段的应门率", "Hit rate by hour";
    by_zone: "各電梯分區的應門率", "各电梯分区的应门率", "Hit rate by lift zone";
    by_band: "各樓層段的應門率", "各楼层段的应门率", "Hit rate by floors";
    by_run: "各次行程的應門率", "各次行程的应门率", "Hit rate by walk";
    by_month: "各月的應門率", "各月的应门率", "Hit rate by month";
    hour: "時段", "时段", "Hour";
    zone: "電梯分區", "电梯分区", "Lift zone";
    band: "樓層", "楼层", "Floors";
    run: "行程", "行程", "Walk";
    month: "月份", "月份", "Month";
    calls: "上門", "上门", "Calls";
    answered: "應門", "应门", "Answered";
    interested: "有興趣", "有兴趣", "Interested";
    legend_calls: "框：上門次數", "框：上门次数", "Frame: calls";
    legend_answered: "灰：有人應門", "灰：有人应门", "Grey: answered";
    legend_interested: "黑線：有興趣", "黑线：有兴趣", "Line: interested";
    at_hour(hour: u8): format!("{hour} 時"), format!("{hour} 时"), format!("{hour:02}:00");
    no_zone: "未分區", "未分区", "No zone";
    outside: "行程以外", "行程以外", "Outside a walk";
    total: "合計", "合计", "Total";

    outcomes: "結果", "结果", "Outcomes";
    outcome: "結果", "结果", "Outcome";
    coverage: "覆蓋", "覆盖", "Coverage";
    covered: "到過", "到过", "Called at";

    revisit: "補訪名單", "补访名单", "Doors to try again";
    revisit_help: "整幢計，不受上面的篩選影響。未遇到人、未試足次數的單位，按最有機會有人的時段排列。", "整栋计，不受上面的筛选影响。未遇到人、未试足次数的单元，按最有机会有人的时段排列。", "Of the whole building, whatever is chosen above: doors where nobody spoke and that were not tried enough, by the hour somebody is most likely to be in.";
    revisit_none: "沒有要補訪的單位", "没有要补访的单元", "No door to try again";
    best_hour(hour: u8, answered: usize, calls: usize): format!("{hour} 時最有機會（{calls} 次有 {answered} 次應門）"), format!("{hour} 时最有机会（{calls} 次有 {answered} 次应门）"), format!("Best at {hour:02}:00 ({answered} of {} answered)", count(calls, "call", "calls"));
    morning: "改在上午再試", "改在上午再试", "Try in the morning";
    afternoon: "改在下午再試", "改在下午再试", "Try in the afternoon";
    due_now: "現在可去", "现在可去", "Due now";
    show_more(n: usize): format!("再顯示 {n} 戶"), format!("再显示 {n} 户"), format!("Show {} more", count(n, "door", "doors"));

    export: "匯出 CSV", "导出 CSV", "Export CSV";
    print: "列印", "打印", "Print";

    empty_title: "還沒有上門記錄", "还没有上门记录", "No calls yet";
    empty_help: "走過第一戶，這裏便有漏斗、各時段的應門率和補訪名單。", "走过第一户，这里便有漏斗、各时段的应门率和补访名单。", "After the first door this page shows the funnel, the hit rate by hour and the doors to try again.";
    nothing_here: "這一段沒有記錄", "这一段没有记录", "Nothing was recorded here";
    show_all: "看全部", "看全部", "Show all";

    col_floor: "樓層", "楼层", "Floor";
    col_door: "單位", "单元", "Door";
    col_tenant_zh: "租戶（中文）", "租户（中文）", "Tenant (Chinese)";
    col_tenant_en: "租戶（英文）", "租户（英文）", "Tenant (English)";
    col_standing: "狀況", "状况", "Standing";
    col_outcome: "上次結果", "上次结果", "Last outcome";
    col_time: "上次時間", "上次时间", "Last call";
    col_tries: "連續未遇次數", "连续未遇次数", "Tries without an answer";
    col_by: "記錄人", "记录人", "Recorded by";
    col_note: "記錄", "记录", "Note";
    col_blocked: "請勿再來", "请勿再来", "Do not call";
}}
