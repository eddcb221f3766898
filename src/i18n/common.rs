//! Words used all over: buttons, states, undo.

use super::count;

catalogue! { Common {
    app_name: "Topfloor 客戶手記", "Topfloor 客户手记", "Topfloor field book";
    save: "儲存", "保存", "Save";
    done: "完成", "完成", "Done";
    cancel: "取消", "取消", "Cancel";
    close: "關閉", "关闭", "Close";
    back: "返回", "返回", "Back";
    edit: "編輯", "编辑", "Edit";
    delete: "刪除", "删除", "Delete";
    undo: "復原", "撤销", "Undo";
    retry: "再試", "重试", "Try again";
    add: "加入", "添加", "Add";
    remove: "移除", "移除", "Remove";
    more: "更多", "更多", "More";
    all: "全部", "全部", "All";
    none: "無", "无", "None";
    optional: "可不填", "可不填", "optional";
    loading: "載入中…", "载入中…", "Loading…";
    yes: "是", "是", "Yes";
    no: "否", "否", "No";
    search: "搜尋", "搜索", "Search";
    saved_here: "已存於本機", "已存在本机", "Saved on this device";
    draft_kept: "草稿已存於本機", "草稿已存在本机", "Draft kept on this device";
    draft_restored: "已取回上次未完成的草稿", "已取回上次未完成的草稿", "Your unfinished draft is back";
    discard_draft: "放棄草稿", "放弃草稿", "Discard draft";
    draft_discarded: "草稿已放棄", "草稿已放弃", "Draft discarded";
    deleted: "已刪除", "已删除", "Deleted";
    undone: "已復原", "已撤销", "Undone";
    call: "致電", "打电话", "Call";
    copy: "複製", "复制", "Copy";
    copied: "已複製", "已复制", "Copied";
    show_more(n: usize): format!("再顯示 {n} 項"), format!("再显示 {n} 项"), format!("Show {n} more");
    chars(n: usize): format!("{n} 字"), format!("{n} 字"), count(n, "character", "characters");
    fix_these(n: usize): format!("有 {n} 處要修改，內容未有遺失"), format!("有 {n} 处要修改，内容没有丢失"),
        format!("{} to put right; nothing is lost", count(n, "field", "fields"));
    loading_rest(done: String): format!("正在讀取其餘記錄（{done}）"), format!("正在读取其余记录（{done}）"), format!("Reading the other records ({done})");
    not_found: "找不到這項記錄", "找不到这条记录", "This record is not here";
    not_found_help: "它可能已被刪除，或屬於另一部裝置。其他記錄不受影響。", "它可能已被删除，或属于另一台设备。其他记录不受影响。", "It may have been deleted, or belongs to another device. Everything else is unaffected.";
    choose_left: "在左邊選一項", "在左边选一项", "Choose one on the left";
}}
