//! The words for values of the domain: stages, tiers, tags, what is missing, what is wrong.

use super::Lang;
use super::problems::Problems;
use crate::domain::completeness::Missing;
use crate::domain::consent::ConsentState;
use crate::domain::contact::PhoneKind;
use crate::domain::field::{Field, Problem};
use crate::domain::note::Tag;
use crate::domain::organisation::{LeadSource, Stage, Tier};
use crate::domain::person::{Honorific, Role};
use crate::domain::record::Kind;
use crate::domain::visit::{Channel, VisitKind, VisitStatus};

#[derive(Clone, Copy)]
pub struct Values(pub Lang);

impl From<Lang> for Values {
    fn from(lang: Lang) -> Self {
        Self(lang)
    }
}

impl Values {
    fn pick(self, words: [&'static str; 3]) -> &'static str {
        let [hant, hans, en] = words;
        match self.0 {
            Lang::ZhHant => hant,
            Lang::ZhHans => hans,
            Lang::En => en,
        }
    }

    pub fn stage(self, stage: Stage) -> &'static str {
        self.pick(match stage {
            Stage::Prospect => ["潛在客戶", "潜在客户", "Prospect"],
            Stage::Client => ["現有客戶", "现有客户", "Client"],
            Stage::Dormant => ["休眠", "休眠", "Dormant"],
            Stage::Lost => ["流失", "流失", "Lost"],
        })
    }

    pub fn tier(self, tier: Tier) -> &'static str {
        match tier {
            Tier::Vip => "VIP",
            Tier::A => "A",
            Tier::B => "B",
            Tier::C => "C",
            Tier::D => "D",
        }
    }

    pub fn source(self, source: LeadSource) -> &'static str {
        self.pick(match source {
            LeadSource::Referral => ["客戶推薦", "客户推荐", "Referral"],
            LeadSource::FamilyOrColleague => ["親友、同事", "亲友、同事", "Family or colleague"],
            LeadSource::DormantRevisit => ["休眠客戶重訪", "休眠客户重访", "Dormant revisit"],
            LeadSource::Media => ["報章、媒體", "报刊、媒体", "Newspaper, media"],
            LeadSource::ListedDirectory => ["上市公司名錄", "上市公司名录", "Listed companies"],
            LeadSource::TradeDirectory => ["行業名錄", "行业名录", "Trade directory"],
            LeadSource::Exhibition => ["展覽、講座", "展会、讲座", "Exhibition, seminar"],
            LeadSource::Association => ["商會、協會", "商会、协会", "Association"],
            LeadSource::ColdCall => ["洗樓、陌生拜訪", "扫楼、陌生拜访", "Cold call"],
            LeadSource::Other => ["其他", "其他", "Other"],
        })
    }

    pub fn role(self, role: Role) -> &'static str {
        self.pick(match role {
            Role::DecisionMaker => ["決策人", "决策人", "Decision maker"],
            Role::Finance => ["財務、會計", "财务、会计", "Finance, accounts"],
            Role::Channel => ["渠道", "渠道", "Channel"],
            Role::Government => ["政府", "政府", "Government"],
            Role::Partner => ["合作夥伴", "合作伙伴", "Partner"],
            Role::Introducer => ["介紹人", "介绍人", "Introducer"],
            Role::Gatekeeper => ["接待、秘書", "前台、秘书", "Reception, secretary"],
            Role::Other => ["其他", "其他", "Other"],
        })
    }

    pub fn honorific(self, honorific: Honorific) -> &'static str {
        self.pick(match honorific {
            Honorific::Mr => ["先生", "先生", "Mr"],
            Honorific::Ms => ["女士", "女士", "Ms"],
            Honorific::Mrs => ["太太", "太太", "Mrs"],
            Honorific::Miss => ["小姐", "小姐", "Miss"],
            Honorific::Dr => ["博士", "博士", "Dr"],
            Honorific::Prof => ["教授", "教授", "Prof"],
        })
    }

    pub fn phone_kind(self, kind: PhoneKind) -> &'static str {
        self.pick(match kind {
            PhoneKind::Mobile => ["手提", "手机", "Mobile"],
            PhoneKind::Office => ["辦公室", "办公室", "Office"],
            PhoneKind::Main => ["總機", "总机", "Switchboard"],
            PhoneKind::Direct => ["直線", "直线", "Direct"],
            PhoneKind::Fax => ["傳真", "传真", "Fax"],
            PhoneKind::Home => ["住宅", "住宅", "Home"],
            PhoneKind::Other => ["其他", "其他", "Other"],
        })
    }

    pub fn tag(self, tag: Tag) -> &'static str {
        self.pick(match tag {
            Tag::Need => ["需求", "需求", "Need"],
            Tag::Competitor => ["競爭對手", "竞争对手", "Competitor"],
            Tag::Market => ["市場", "市场", "Market"],
            Tag::Risk => ["風險", "风险", "Risk"],
            Tag::Complaint => ["投訴", "投诉", "Complaint"],
            Tag::Suggestion => ["建議", "建议", "Suggestion"],
        })
    }

    pub fn channel(self, channel: Channel) -> &'static str {
        self.pick(match channel {
            Channel::Face => ["面談", "面谈", "In person"],
            Channel::Phone => ["電話", "电话", "Phone"],
            Channel::Video => ["視像", "视频", "Video"],
            Channel::Message => ["訊息", "消息", "Message"],
            Channel::Received => ["客戶到訪", "客户来访", "Received at our office"],
        })
    }

    pub fn visit_kind(self, kind: VisitKind) -> &'static str {
        self.pick(match kind {
            VisitKind::Routine => ["例行拜訪", "例行拜访", "Routine visit"],
            VisitKind::FirstMeeting => ["首次會面", "首次会面", "First meeting"],
            VisitKind::Courtesy => ["禮節性拜訪", "礼节性拜访", "Courtesy"],
            VisitKind::Proposal => ["方案、報價", "方案、报价", "Proposal"],
            VisitKind::Service => ["售後服務", "售后服务", "Service"],
            VisitKind::Event => ["活動", "活动", "Event"],
            VisitKind::Other => ["其他", "其他", "Other"],
        })
    }

    pub fn status(self, status: VisitStatus) -> &'static str {
        self.pick(match status {
            VisitStatus::Planned => ["已安排", "已安排", "Planned"],
            VisitStatus::InProgress => ["進行中", "进行中", "Under way"],
            VisitStatus::Done => ["已完成", "已完成", "Done"],
            VisitStatus::Missed => ["未能進行", "未能进行", "Missed"],
            VisitStatus::Cancelled => ["已取消", "已取消", "Cancelled"],
        })
    }

    pub fn consent(self, state: ConsentState) -> &'static str {
        self.pick(match state {
            ConsentState::Given => ["同意聯絡", "同意联系", "Agrees to be contacted"],
            ConsentState::OptedOut => ["拒絕聯絡", "拒绝联系", "Does not want contact"],
        })
    }

    pub fn kind(self, kind: Kind) -> &'static str {
        self.pick(match kind {
            Kind::Organisation => ["客戶", "客户", "Clients"],
            Kind::Person => ["聯絡人", "联系人", "Contacts"],
            Kind::Visit => ["拜訪", "拜访", "Visits"],
            Kind::Note => ["記錄", "记录", "Notes"],
            Kind::FollowUp => ["跟進", "跟进", "Follow-ups"],
            Kind::Building => ["大廈", "大厦", "Buildings"],
            Kind::Run => ["洗樓行程", "洗楼行程", "Tower walks"],
            Kind::DoorEvent => ["敲門記錄", "敲门记录", "Door calls"],
            Kind::Clash => ["改動衝突", "改动冲突", "Clashing edits"],
        })
    }

    pub fn missing(self, missing: Missing) -> &'static str {
        self.pick(match missing {
            Missing::Contact => ["聯絡人", "联系人", "a contact"],
            Missing::DecisionMaker => ["決策人", "决策人", "the decision maker"],
            Missing::Phone => ["電話或電郵", "电话或邮箱", "a phone or e-mail"],
            Missing::Address => ["地址", "地址", "an address"],
            Missing::Tier => ["級別", "级别", "the tier"],
            Missing::Segment => ["客群", "客群", "the segment"],
            Missing::Industry => ["行業", "行业", "the industry"],
            Missing::Source => ["來源", "来源", "where it came from"],
            Missing::OtherName => [
                "另一語言的名稱",
                "另一语言的名称",
                "the name in the other language",
            ],
            Missing::RecentCheck => ["一年內的核對", "一年内的核对", "a check within a year"],
        })
    }

    /// What is wrong with a field, as the line under it.
    pub fn problem(self, field: Field, problem: Problem) -> &'static str {
        let words = Problems(self.0);
        match (field, problem) {
            (Field::Name, _) => words.missing_name(),
            (Field::Organisation, _) => words.missing_client(),
            (Field::Floors, Problem::Missing) => words.missing_floors(),
            (Field::Floors, _) => words.too_many_floors(),
            (Field::TopFloor | Field::BottomFloor, _) => words.not_a_storey(),
            (_, Problem::NotAFloor) => words.not_a_floor(),
            (_, Problem::NotADoor) => words.not_a_door(),
            (_, Problem::NotAZone) => words.not_a_zone(),
            (_, Problem::Missing) => words.missing_text(),
            (_, Problem::NotAPhone) => words.not_a_phone(),
            (_, Problem::NotAnEmail) => words.not_an_email(),
            (_, Problem::NotAWebSite) => words.not_a_web_site(),
            (_, Problem::NotADate) => words.not_a_date(),
            (_, Problem::NotATime) => words.not_a_time(),
            (_, Problem::NotANumber) => words.not_a_number(),
            (_, Problem::Circle) => words.circle(),
        }
    }
}
