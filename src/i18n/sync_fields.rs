//! Names of fields that no form labels by themselves, and of one record of a kind.

use super::{Lang, count};
use crate::domain::record::Kind;

catalogue! { SyncFields {
    extra: "其他欄位", "其他字段", "Other columns";
    vcard: "名片的其他內容", "名片的其他内容", "The rest of the vCard";
    merged_into: "合併到", "合并到", "Merged into";
    source_note: "來源詳情", "来源详情", "Source details";
    status: "狀態", "状态", "Status";
    started: "開始時間", "开始时间", "Started";
    ended: "結束時間", "结束时间", "Ended";
    done: "完成時間", "完成时间", "Done";
    door: "單位", "单元", "Door";
    at: "時間", "时间", "Time";
    tenants: "水牌", "水牌", "Lobby board";
    partners: "拍檔", "搭档", "Partners";
    kit: "帶去的物品", "带去的物品", "Kit";
    claims: "已有客戶的單位", "已有客户的单元", "Doors of clients";
    order: "次序", "次序", "Order";
    day: "日期", "日期", "Day";
    act: "結果", "结果", "What happened";
    chosen: "選擇", "选择", "Choice";
    photos(n: usize): format!("{n} 張相片"), format!("{n} 张照片"), count(n, "photo", "photos");
    comma: "、", "、", ", ";
    items(n: usize): format!("{n} 項"), format!("{n} 项"), count(n, "item", "items");
    more_items(first: String, n: usize): format!("{first}，另有 {n} 項"), format!("{first}，另有 {n} 项"), format!("{first} and {n} more");
    field_is(field: String, value: String): format!("{field}：{value}"), format!("{field}：{value}"), format!("{field}: {value}");
    hidden_record: "另一項記錄", "另一条记录", "another record";
    chose_kept: "記錄內的", "记录里的", "what the record holds";
    chose_aside: "另一邊的", "另一边的", "the other side’s";
}}

impl SyncFields {
    /// One record of a kind.
    pub fn kind(self, kind: Kind) -> &'static str {
        let [hant, hans, en] = match kind {
            Kind::Organisation => ["客戶", "客户", "Client"],
            Kind::Person => ["聯絡人", "联系人", "Contact"],
            Kind::Visit => ["拜訪", "拜访", "Visit"],
            Kind::Note => ["記錄", "记录", "Note"],
            Kind::FollowUp => ["跟進", "跟进", "Follow-up"],
            Kind::Building => ["大廈", "大厦", "Building"],
            Kind::Run => ["洗樓行程", "洗楼行程", "Tower walk"],
            Kind::DoorEvent => ["敲門記錄", "敲门记录", "Door call"],
            Kind::Clash => ["選擇", "选择", "Choice"],
        };
        match self.0 {
            Lang::ZhHant => hant,
            Lang::ZhHans => hans,
            Lang::En => en,
        }
    }
}
