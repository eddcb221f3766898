//! Why a visit did not take place: a tap, and words if there is more to say.

use leptos::prelude::*;

use super::steps::Steps;
use crate::domain::visit::Step;
use crate::i18n::visits::Visits;
use crate::ui::parts::field::{Choice, TextField};
use crate::ui::parts::sheet::Sheet;
use crate::ui::words::{lang, text};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    Missed,
    Cancelled,
}

#[component]
pub fn ReasonSheet(open: RwSignal<bool>, why: Why, steps: Steps) -> impl IntoView {
    let t = text::<Visits>();
    let reason = RwSignal::new(None::<&'static str>);
    let more = RwSignal::new(String::new());
    let (title, confirm) = match why {
        Why::Missed => (t.why_missed(), t.say_missed()),
        Why::Cancelled => (t.why_cancelled(), t.say_cancelled()),
    };
    let reasons = match why {
        Why::Missed => vec![
            t.reason_away(),
            t.reason_busy(),
            t.reason_us(),
            t.reason_weather(),
        ],
        Why::Cancelled => vec![
            t.reason_them(),
            t.reason_ours(),
            t.reason_moved(),
            t.reason_weather(),
        ],
    };
    let options = StoredValue::new(
        reasons
            .into_iter()
            .map(|words| (words, words))
            .collect::<Vec<_>>(),
    );
    let choose = move |chosen: Option<&'static str>| reason.set(chosen);
    let say = move |_| {
        open.set(false);
        let step = if why == Why::Missed {
            Step::Miss
        } else {
            Step::Cancel
        };
        steps.take(step, words(reason.get_untracked(), &more.get_untracked()));
    };
    view! {
        <Sheet open title>
            <div class="sheet-form">
                <Choice
                    label=t.reason()
                    options=options.get_value()
                    value=reason
                    on_choose=choose
                    clearable=true
                />
                <TextField label=t.reason_more() value=more.get_untracked() on_input=move |typed: String| more.set(typed) />
                <button type="button" class="button" on:click=say>{confirm}</button>
            </div>
        </Sheet>
    }
}

fn words(reason: Option<&'static str>, more: &str) -> String {
    match (reason, more.trim()) {
        (None, more) => more.to_owned(),
        (Some(reason), "") => reason.to_owned(),
        (Some(reason), more) if lang().is_han() => format!("{reason}：{more}"),
        (Some(reason), more) => format!("{reason}: {more}"),
    }
}
