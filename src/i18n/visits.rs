//! Visits, notes and follow-ups.

use super::count;

catalogue! { Visits {
    to_client: "到客戶頁", "到客户页", "Go to the client";
    title: "拜訪", "拜访", "Visit";
    new_visit: "安排拜訪", "安排拜访", "Plan a visit";
    edit_visit: "修改拜訪", "修改拜访", "Change the visit";
    client: "客戶", "客户", "Client";
    people_there: "出席的人", "出席的人", "People";
    someone_else: "其他人", "其他人", "Somebody else";
    unknown_party: "未知的客戶", "未知的客户", "Unknown client";

    how: "這次拜訪", "这次拜访", "This visit";
    how_planned: "將會進行", "将要进行", "is to come";
    how_now: "現在進行中", "正在进行", "is happening now";
    how_past: "已經發生", "已经发生", "has taken place";
    when: "日期", "日期", "Day";
    other_day: "其他日期", "其他日期", "Another day";
    at_time: "時間", "时间", "Time";
    any_time: "未定", "未定", "open";
    other_time: "其他時間", "其他时间", "Another time";
    length: "預計多久（分鐘）", "预计多久（分钟）", "Planned length, minutes";
    other_length: "其他分鐘數", "其他分钟数", "Other number of minutes";
    channel: "方式", "方式", "How";
    kind: "種類", "种类", "Kind";
    goal: "目的", "目的", "Goal";
    goal_hint: "這次想達成甚麼", "这次想达成什么", "What should come of it";
    outcome: "結果", "结果", "Outcome";
    write_outcome: "補寫結果", "补写结果", "Write down the outcome";
    observed: "觀察", "观察", "Observed";
    observed_hint: "現場看到的：人手、存貨、氣氛", "现场看到的：人手、存货、气氛", "What you saw there: staff, stock, mood";
    next_step: "下一步", "下一步", "Next step";
    reason: "原因", "原因", "Reason";
    length_words(n: u16): format!("預計 {n} 分鐘"), format!("预计 {n} 分钟"), format!("{n} min planned");

    start: "開始", "开始", "Start";
    finish: "結束", "结束", "Finish";
    write_note: "寫記錄", "写记录", "Write a note";
    plan_again: "重新安排", "重新安排", "Plan again";
    took_place: "已經進行", "已经进行", "Took place";
    missed: "未能進行", "未能进行", "Missed";
    cancel_visit: "取消拜訪", "取消拜访", "Cancel visit";
    reopen: "改回已安排", "改回已安排", "Back to planned";
    save_visit: "儲存拜訪", "保存拜访", "Save visit";
    start_now: "儲存並開始", "保存并开始", "Save and start";
    visit_planned: "已安排拜訪", "已安排拜访", "Visit planned";
    visit_changed: "已更新拜訪", "已更新拜访", "Visit changed";
    visit_deleted: "已刪除拜訪", "已删除拜访", "Visit deleted";
    delete_visit: "刪除拜訪", "删除拜访", "Delete visit";
    moved_to(day: String): format!("已改期至{day}"), format!("已改期至{day}"), format!("Moved to {day}");

    why_missed: "為甚麼未能進行？", "为什么没能进行？", "Why was it missed?";
    why_cancelled: "為甚麼取消？", "为什么取消？", "Why is it cancelled?";
    reason_away: "對方不在", "对方不在", "They were out";
    reason_busy: "對方臨時有事", "对方临时有事", "Something came up for them";
    reason_us: "我方未能出席", "我方未能出席", "We could not make it";
    reason_them: "對方取消", "对方取消", "They cancelled";
    reason_ours: "我方取消", "我方取消", "We cancelled";
    reason_moved: "改約另一次", "改约另一次", "Another date instead";
    reason_weather: "天氣", "天气", "Weather";
    reason_more: "補充", "补充", "More about it";
    say_missed: "記下未能進行", "记下未能进行", "Mark as missed";
    say_cancelled: "記下取消", "记下取消", "Mark as cancelled";

    proof_both(from: String, to: String, minutes: i64):
        format!("{from} 開始，{to} 結束（{minutes} 分鐘）。按你點按的時間；不記錄位置。"),
        format!("{from} 开始，{to} 结束（{minutes} 分钟）。按你点按的时间；不记录位置。"),
        format!("Started {from}, ended {to} ({minutes} min): the times of your taps. No location is recorded.");
    proof_started(from: String): format!("{from} 開始。按你點按的時間；不記錄位置。"), format!("{from} 开始。按你点按的时间；不记录位置。"),
        format!("Started {from}: the time of your tap. No location is recorded.");
    proof_noted(at: String): format!("事後於 {at} 記下；不記錄位置。"), format!("事后于 {at} 记下；不记录位置。"),
        format!("Noted afterwards, {at}. No location is recorded.");

    meeting_notes: "會面筆記", "会面笔记", "Meeting notes";
    kept_as_typed: "邊寫邊存於本機，結束時一併儲存", "边写边存在本机，结束时一并保存", "Kept on this device as you type; saved when you finish";
    otherwise: "其他情況", "其他情况", "Otherwise";
    move_to: "改期", "改期", "Move it";
    arrange_again: "再約", "再约", "Arrange again";
    tomorrow: "明日", "明天", "Tomorrow";
    in_three_days: "三日後", "三天后", "In 3 days";
    next_week: "下星期", "下周", "Next week";
    pick_day: "選日期", "选日期", "Pick a day";
    move_here: "改到這天", "改到这天", "Move to this day";
    notes: "記錄", "记录", "Notes";

    follow_up: "跟進", "跟进", "Follow-up";
    new_follow_up: "新增跟進", "新增跟进", "New follow-up";
    follow_up_when: "幾時跟進", "什么时候跟进", "When to follow up";
    follow_up_text: "要做甚麼", "要做什么", "What to do";
    follow_up_hint: "例如：致電財務部確認報價", "例如：打电话给财务部确认报价", "Such as: call accounts about the quotation";
    follow_up_saved(day: String): format!("{day}跟進"), format!("{day}跟进"), format!("Follow-up on {day}");
    follow_up_changed: "已更新跟進", "已更新跟进", "Follow-up changed";
    follow_up_done: "跟進已完成", "跟进已完成", "Follow-up done";
    follow_up_open_again: "跟進未完成", "跟进未完成", "Follow-up open again";
    follow_up_deleted: "已刪除跟進", "已删除跟进", "Follow-up deleted";
    delete_follow_up: "刪除跟進", "删除跟进", "Delete follow-up";
    done_on(day: String): format!("已於{day}完成"), format!("已于{day}完成"), format!("Done on {day}");
    due_in(day: String): format!("到期：{day}"), format!("到期：{day}"), format!("Due {day}");
    mark_done: "完成", "完成", "Done";
    not_done: "改回未完成", "改回未完成", "Not done after all";
    another_follow_up: "再跟進", "再次跟进", "Follow up again";
    of_visit(day: String): format!("來自{day}的拜訪"), format!("来自{day}的拜访"), format!("From the visit on {day}");
    of_a_visit: "來自拜訪", "来自拜访", "from a visit";

    new_note: "寫記錄", "写记录", "Write a note";
    note_text: "記錄內容", "记录内容", "Text of the note";
    note_hint: "發生了甚麼？對方說了甚麼？", "发生了什么？对方说了什么？", "What happened? What was said?";
    tags: "標籤", "标签", "Tags";
    about(names: String): format!("關於 {names}"), format!("关于 {names}"), format!("About {names}");
    about_nobody: "關於哪位客戶？可稍後再選", "关于哪位客户？可稍后再选", "About whom? You may say later";
    save_note: "儲存記錄", "保存记录", "Save note";
    note_saved: "記錄已儲存", "记录已保存", "Note saved";
    note_saved_unfiled: "記錄已儲存，未歸入客戶", "记录已保存，未归入客户", "Note saved, not filed under a client yet";
    unfiled: "未歸入客戶的記錄", "未归入客户的记录", "Notes not filed under a client";
    unfiled_none: "沒有未歸入客戶的記錄", "没有未归入客户的记录", "Every note is filed under a client";
    file_it: "歸入客戶", "归入客户", "File under a client";
    correct: "更正", "更正", "Correct";
    correct_note: "更正記錄", "更正记录", "Correct the note";
    correct_hint: "原文會保留，可隨時查看", "原文会保留，可随时查看", "The earlier wording stays and can be read at any time";
    save_correction: "儲存更正", "保存更正", "Save correction";
    corrected_saved: "更正已儲存", "更正已保存", "Correction saved";
    corrected_at(when: String): format!("{when} 更正"), format!("{when} 更正"), format!("Corrected {when}");
    earlier_wordings(n: usize): format!("查看原文（{n}）"), format!("查看原文（{n}）"), count(n, "earlier wording", "earlier wordings");
    written_at(when: String): format!("{when} 寫"), format!("{when} 写"), format!("Written {when}");
    retract: "撤回", "撤回", "Retract";
    retracted_saved: "記錄已撤回", "记录已撤回", "Note retracted";
    retracted_at(time: String): format!("{time} 的記錄已撤回"), format!("{time} 的记录已撤回"), format!("Note of {time} retracted");
    restore: "還原", "恢复", "Restore";
    restored_saved: "記錄已還原", "记录已恢复", "Note restored";
    show_all_text(n: usize): format!("顯示全文（{n} 字）"), format!("显示全文（{n} 字）"), format!("Show all of it ({})", count(n, "character", "characters"));
    timeline_empty: "還沒有記錄。寫下第一次接觸。", "还没有记录。写下第一次接触。", "Nothing here yet. Write down the first contact.";

    photo: "相片", "照片", "Photo";
    photos: "相片", "照片", "Photos";
    add_photo: "加相片", "加照片", "Add a photo";
    remove_photo: "移除相片", "移除照片", "Remove photo";
    photo_busy: "正在縮小相片…", "正在缩小照片…", "Making the photo smaller…";
    photo_added(n: usize): format!("已加 {n} 張相片"), format!("已加 {n} 张照片"), format!("{} added", count(n, "photo", "photos"));
    photo_removed: "相片已移除", "照片已移除", "Photo removed";
    large_photo: "放大的相片", "放大的照片", "The photo, large";
}}
