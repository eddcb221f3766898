//! Words in cells: tiers, stages, sources, roles and forms of address, in three languages and the spellings of other
//! programs. What the app itself exports comes first, so an exported file is always read back.

use unicode_normalization::UnicodeNormalization;

use super::names;
use crate::domain::organisation::{LeadSource, Stage, Tier};
use crate::domain::person::{Honorific, Role};
use crate::i18n::Lang;
use crate::i18n::values::Values;

pub fn tier(text: &str) -> Option<Tier> {
    let word = plain(text);
    let word = [
        "級", "级", "類", "类", "tier", "grade", "class", "客戶", "客户",
    ]
    .iter()
    .fold(word, |word, noise| word.replace(noise, ""));
    Some(match word.as_str() {
        "vip" | "vvip" | "貴賓" | "贵宾" => Tier::Vip,
        "a" | "甲" | "a+" => Tier::A,
        "b" | "乙" => Tier::B,
        "c" | "丙" => Tier::C,
        "d" | "丁" => Tier::D,
        _ => return None,
    })
}

pub fn stage(text: &str) -> Option<Stage> {
    find(text, &Stage::ALL, Values::stage, |stage| match stage {
        Stage::Prospect => {
            "潛在|潜在|準客戶|准客户|目標|目标|目標客戶|目标客户|意向|意向客戶|意向客户|開發中|开发中|lead|prospective|target|potential|new"
        }
        Stage::Client => {
            "客戶|客户|現有|现有|活躍|活跃|成交|已成交|合作中|正式|老客戶|老客户|existing|active|current|customer|won"
        }
        Stage::Dormant => {
            "休眠客戶|休眠客户|不活躍|不活跃|沉睡|沉睡客戶|沉睡客户|inactive|sleeping"
        }
        Stage::Lost => "流失客戶|流失客户|已流失|失去|結束|结束|former|closed|churned|exclient",
    })
}

pub fn source(text: &str) -> Option<LeadSource> {
    find(
        text,
        &LeadSource::ALL,
        Values::source,
        |source| match source {
            LeadSource::Referral => {
                "推薦|推荐|轉介|转介|轉介紹|转介绍|介紹|介绍|老客戶推薦|referred|clientreferral|introduction"
            }
            LeadSource::FamilyOrColleague => {
                "親友|亲友|同事|朋友|家人|家人同事|family|friend|friends|colleague|familycolleague|familyfriends"
            }
            LeadSource::DormantRevisit => "重訪|重访|休眠重訪|休眠重访|revisit|reactivation",
            LeadSource::Media => {
                "報紙|报纸|報章|報刊|报刊|媒體|媒体|新聞|新闻|剪報|剪报|newspaper|media|press|news|newspapermedia|clipping"
            }
            LeadSource::ListedDirectory => {
                "上市公司|listed|listedcompany|listedcompanies|listedcompanydirectory|stockexchange"
            }
            LeadSource::TradeDirectory => {
                "名錄|名录|行業|行业|黃頁|黄页|directory|tradedirectory|professionaldirectory|yellowpages|tradeprofessionaldirectory"
            }
            LeadSource::Exhibition => {
                "展覽|展览|展覽會|展览会|展會|展会|講座|讲座|研討會|研讨会|exhibition|fair|tradefair|tradeshow|seminar|event|exhibitionseminar"
            }
            LeadSource::Association => {
                "商會|商会|協會|协会|會所|chamber|association|chamberofcommerce"
            }
            LeadSource::ColdCall => {
                "洗樓|洗楼|扫楼|掃樓|陌生拜訪|陌生拜访|陌拜|電話開發|电话开发|coldcall|coldcalling|canvass|canvassing|walkin"
            }
            LeadSource::Other => "其它|others|misc",
        },
    )
}

pub fn role(text: &str) -> Option<Role> {
    find(text, &Role::ALL, Values::role, |role| match role {
        Role::DecisionMaker => "決策者|决策者|決定人|老闆|老板|decisionmaker|decider|owner",
        Role::Finance => "財務|财务|會計|会计|finance|accounts|accounting|financeaccounts",
        Role::Channel => "代理|經銷|经销|channel|dealer|agent",
        Role::Government => "官員|政府部門|政府部门|government|official",
        Role::Partner => "夥伴|伙伴|合作|partner",
        Role::Introducer => "中間人|中间人|引薦人|introducer|referrer",
        Role::Gatekeeper => {
            "接待|前台|秘書|秘书|gatekeeper|reception|receptionist|secretary|assistant|pa"
        }
        Role::Other => "其它|others",
    })
}

pub fn honorific(text: &str) -> Option<Honorific> {
    names::honorific(text).or_else(|| find(text, &Honorific::ALL, Values::honorific, |_| ""))
}

fn find<T: Copy>(
    text: &str,
    all: &[T],
    word: fn(Values, T) -> &'static str,
    others: fn(T) -> &'static str,
) -> Option<T> {
    let wanted = plain(text);
    if wanted.is_empty() {
        return None;
    }
    let own = all.iter().find(|value| {
        Lang::ALL
            .iter()
            .any(|lang| plain(word(Values(*lang), **value)) == wanted)
    });
    own.or_else(|| {
        all.iter()
            .find(|value| others(**value).split('|').any(|other| other == wanted))
    })
    .copied()
}

/// Lower case, without spaces and punctuation.
fn plain(text: &str) -> String {
    text.nfkc()
        .filter(|c| c.is_alphanumeric() || *c == '+')
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_apps_own_words_come_back_in_every_language() {
        for lang in Lang::ALL {
            let words = Values(lang);
            for value in Stage::ALL {
                assert_eq!(stage(words.stage(value)), Some(value));
            }
            for value in Tier::ALL {
                assert_eq!(tier(words.tier(value)), Some(value));
            }
            for value in LeadSource::ALL {
                assert_eq!(source(words.source(value)), Some(value));
            }
            for value in Role::ALL {
                assert_eq!(role(words.role(value)), Some(value));
            }
            for value in Honorific::ALL {
                assert_eq!(honorific(words.honorific(value)), Some(value));
            }
        }
    }

    #[test]
    fn other_spellings_are_understood_and_strange_words_are_not() {
        for (text, value) in [
            ("A級", Tier::A),
            ("ｖｉｐ 客戶", Tier::Vip),
            ("Tier B", Tier::B),
            ("丙", Tier::C),
        ] {
            assert_eq!(tier(text), Some(value), "{text}");
        }
        assert_eq!(stage("Active"), Some(Stage::Client));
        assert_eq!(stage("不活躍"), Some(Stage::Dormant));
        assert_eq!(source("Trade Fair"), Some(LeadSource::Exhibition));
        assert_eq!(source("洗樓"), Some(LeadSource::ColdCall));
        assert_eq!(
            (tier("E"), stage("purple"), source(""), role("…")),
            (None, None, None, None)
        );
    }
}
