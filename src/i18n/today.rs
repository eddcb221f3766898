//! The first screen.

use super::count;

catalogue! { Today {
    today_read_out: "今日的安排", "今日的安排", "Your day";
    now: "進行中", "进行中", "Under way";
    planned: "今日拜訪", "今日拜访", "Today's visits";
    due: "今日跟進", "今日跟进", "Due today";
    overdue: "逾期", "逾期", "Overdue";
    ahead: "之後七日", "之后七天", "Next seven days";
    any_time: "全日", "全天", "Any time";
    days_late(n: i64): format!("遲了 {n} 日"), format!("迟了 {n} 天"), count(usize::try_from(n).unwrap_or(0), "day late", "days late");
    free_day: "今日沒有安排", "今日没有安排", "Nothing planned today";
    free_day_help: "約一位久未聯絡的客戶，或寫下剛才的見聞。", "约一位久未联系的客户，或写下刚才的见闻。", "Arrange to see somebody you have not met for a while, or write down what you just saw.";
    plan_visit: "安排拜訪", "安排拜访", "Plan a visit";
    write_note: "寫記錄", "写记录", "Write a note";
    welcome: "由第一位客戶開始", "由第一位客户开始", "Start with your first client";
    welcome_help: "記錄只存於這部裝置，離線也能用。可新增客戶、匯入現有名單，或先看示範資料。", "记录只存在这台设备，离线也能用。可新增客户、导入现有名单，或先看演示数据。", "Records stay on this device and work without a signal. Add a client, import your list, or look around with demo data first.";
    add_client: "新增客戶", "新增客户", "Add a client";
    import_list: "匯入名單", "导入名单", "Import a list";
    demo: "載入示範資料", "载入演示数据", "Load demo data";
    demo_loading: "正在載入示範資料…", "正在载入演示数据…", "Loading the demo data…";
    demo_on: "正在使用示範資料（全屬虛構）", "正在使用演示数据（全属虚构）", "You are looking at demo data, all invented";
    demo_remove: "移除示範資料", "移除演示数据", "Remove demo data";
    demo_removed: "示範資料已移除，你自己的記錄保留", "演示数据已移除，你自己的记录保留", "Demo data removed; your own records stay";
    start: "開始", "开始", "Start";
    finish: "結束", "结束", "Finish";
    mark_done: "已完成", "已完成", "Mark done";
    done_note: "跟進已完成", "跟进已完成", "Follow-up done";
}}
