//! The codes on a partner's screen, one picture each. Only where the browser reads them itself.

use leptos::prelude::*;

use crate::exchange::handover::frames::{Collected, Collector, FrameError};
use crate::i18n::handover::Handover;
use crate::platform::files::PickedFile;
use crate::platform::{intl, qr};
use crate::ui::parts::pick_file::PickFile;
use crate::ui::words::{lang, text};

#[component]
pub fn Photograph(#[prop(into)] on_whole: Callback<Vec<u8>>) -> impl IntoView {
    let t = text::<Handover>();
    let can = RwSignal::new(None::<bool>);
    let said = RwSignal::new(String::new());
    let begun = RwSignal::new(false);
    let collector = StoredValue::new(Collector::default());
    leptos::task::spawn_local(async move {
        let answer = qr::can_read().await;
        can.try_set(Some(answer));
    });
    let take = move |picture: PickedFile| {
        leptos::task::spawn_local(async move {
            let answer = match qr::read(&picture).await {
                Ok(texts) => collect(collector, &texts),
                Err(qr::QrError::Unsupported) => Err(t.qr_unsupported()),
                Err(qr::QrError::Unreadable(_)) => Err(t.qr_none()),
            };
            match answer {
                Ok(Collected::Whole(bytes)) => on_whole.run(bytes),
                Ok(Collected::Missing(numbers)) => {
                    begun.try_set(true);
                    let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
                    said.try_set(t.qr_missing(intl::list(lang().tag(), &numbers)));
                }
                Err(words) => {
                    said.try_set(words.to_owned());
                }
            }
        });
    };
    let again = move |_| {
        collector.set_value(Collector::default());
        begun.set(false);
        said.set(String::new());
    };
    let take = Callback::new(take);
    move || match can.get() {
        None => ().into_any(),
        Some(false) => view! { <p class="hint">{t.qr_unsupported()}</p> }.into_any(),
        Some(true) => view! {
            <p class="hint">{t.photograph_help()}</p>
            <div class="buttons-row">
                <PickFile label=t.photograph_qr() camera=true on_pick=take />
                {move || begun.get().then(|| view! {
                    <button type="button" class="button" data-kind="quiet" on:click=again>
                        {t.start_again()}
                    </button>
                })}
            </div>
            <p class="told" role="status">{said}</p>
        }
        .into_any(),
    }
}

/// What the codes of one picture came to. The best of them counts: there may be others on the wall.
fn collect(collector: StoredValue<Collector>, texts: &[String]) -> Result<Collected, &'static str> {
    let t = text::<Handover>();
    let mut answer = Err(t.qr_none());
    for frame in texts {
        let put = collector.try_update_value(|collector| collector.put(frame));
        match put {
            Some(Ok(collected)) => answer = Ok(collected),
            Some(Err(error)) if answer.is_err() => answer = Err(refusal(t, error)),
            _ => {}
        }
    }
    answer
}

fn refusal(t: Handover, error: FrameError) -> &'static str {
    match error {
        FrameError::NotOurs => t.qr_not_ours(),
        FrameError::Other => t.qr_other(),
        FrameError::Damaged => t.qr_damaged(),
    }
}
