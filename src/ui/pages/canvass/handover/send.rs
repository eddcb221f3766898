//! The way out: my name, the file, the codes.

use leptos::prelude::*;

use super::super::loaded::Held;
use super::codes::Codes;
use crate::domain::id::Id;
use crate::exchange::handover::{self, HandOver, Part};
use crate::i18n::handover::Handover;
use crate::platform::share::{self, Sent};
use crate::platform::{clock, prefs};
use crate::state::handover::prepare;
use crate::state::{app, book};
use crate::storage::StoreError;
use crate::ui::parts::field::TextField;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::text;

/// Codes to show, with how much is in them.
type Shown = Option<(Vec<String>, Part)>;

#[component]
pub fn Send(held: Held, run: Id) -> impl IntoView {
    let t = text::<Handover>();
    let name = RwSignal::new(first_name(held, run));
    let unnamed = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let codes = RwSignal::new(None::<Shown>);
    let said = RwSignal::new(None::<String>);
    let typed = move |typed: String| {
        name.set(typed.trim().to_owned());
        unnamed.set(false);
        prefs::set_partner_name(typed.trim());
    };
    let problem = Signal::derive(move || unnamed.get().then(|| t.name_needed()));
    // A claim without a name warns nobody, so nothing goes out before there is one.
    let go = move |what: What| {
        unnamed.set(name.with_untracked(String::is_empty));
        if unnamed.get_untracked() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        said.set(None);
        let name = name.get_untracked();
        leptos::task::spawn_local(async move {
            let done = hand_on(held, run, &name, what).await;
            busy.try_set(false);
            match done {
                Done::Sent(words) => {
                    said.try_set(words);
                }
                Done::Codes(found) => {
                    codes.try_set(Some(found));
                }
            }
        });
    };
    view! {
        <section class="section hand-over">
            <TextField label=t.my_name() value=name.get_untracked() on_input=typed problem hint=t.my_name_help() />
            <p class="hint">{t.send_help()}</p>
            <div class="buttons-row">
                <button type="button" class="button" data-kind="seal" disabled=busy on:click=move |_| go(What::File)>
                    <Glyph icon=Icon::Share />
                    {t.send()}
                </button>
                {move || offered(held, run).then(|| view! {
                    <button type="button" class="button" disabled=busy on:click=move |_| go(What::Codes)>
                        {t.show_qr()}
                    </button>
                })}
            </div>
            <p class="told" role="status">{said}</p>
            {move || codes.get().map(|shown| match shown {
                Some((frames, part)) => view! { <Codes frames part on_close=move |()| codes.set(None) /> }.into_any(),
                None => view! { <p class="hint" role="alert">{t.qr_too_large()}</p> }.into_any(),
            })}
        </section>
    }
}

#[derive(Clone, Copy)]
enum What {
    File,
    Codes,
}

enum Done {
    /// In words; `None` where a notice said it or nothing was done.
    Sent(Option<String>),
    Codes(Shown),
}

/// The name this device is known by, before a person changes it.
fn first_name(held: Held, run: Id) -> String {
    prefs::partner_name().unwrap_or_else(|| {
        let name = held.with_untracked(|tower| {
            let partner = tower.runs.get(&run)?.body.partner_on(book().device())?;
            Some(partner.name.clone())
        });
        name.flatten().unwrap_or_default()
    })
}

/// Whether codes can hold the layout at all: the button is not offered in vain. Claims are counted when they are made,
/// and what then is too much is said.
fn offered(held: Held, run: Id) -> bool {
    let found = held.with(|tower| {
        let (building, run) = (tower.building.clone()?, tower.runs.get(&run)?.clone());
        Some(HandOver {
            written: clock::now(),
            sender: String::new(),
            device: book().device(),
            building,
            run,
            events: Vec::new(),
            part: Part::Layout,
            refused: 0,
        })
    });
    let fits = |it: &HandOver| handover::for_qr(it).is_ok_and(|codes| codes.is_some());
    found.flatten().as_ref().is_some_and(fits)
}

async fn hand_on(held: Held, run: Id, name: &str, what: What) -> Done {
    let (t, app) = (text::<Handover>(), app());
    let made = async {
        let Some(it) = prepare(app.book, held.building, run, name).await? else {
            app.notices.failed(t.gone());
            return Ok(Done::Sent(None));
        };
        Ok::<Done, StoreError>(match what {
            What::Codes => Done::Codes(handover::for_qr(&it)?),
            What::File => Done::Sent(send(&it, t).await?),
        })
    };
    match made.await {
        Ok(done) => done,
        Err(error) => {
            app.book.report(&error, app.settings);
            Done::Sent(None)
        }
    }
}

async fn send(it: &HandOver, t: Handover) -> Result<Option<String>, StoreError> {
    let bytes = handover::write(it)?;
    let named = |ending| handover::file_name(&it.building.body, clock::today(), ending);
    let (json, text) = (named("json"), named("txt"));
    // Chromium's share sheet takes no JSON; under a text's name the same file goes through.
    let (name, mime) = if !share::can_share_named(&json, "application/json")
        && share::can_share_named(&text, "text/plain")
    {
        (text, "text/plain")
    } else {
        (json, "application/json")
    };
    Ok(match share::share_or_save(&name, mime, &bytes).await {
        Ok(Sent::Shared) => Some(t.sent().to_owned()),
        Ok(Sent::Saved) => Some(t.saved_as(name)),
        Ok(Sent::Cancelled) => None,
        Err(_) => {
            app().notices.failed(t.send_failed());
            None
        }
    })
}
