//! A rescue file in: chosen, opened, looked at, and only then taken in.

use leptos::prelude::*;

use super::passphrase::{PassphraseField, ShowTyped};
use super::{Counts, said};
use crate::i18n::rescue::Rescue as Words;
use crate::platform::files::PickedFile;
use crate::platform::{clock, intl};
use crate::state::app;
use crate::state::rescue::{Opened, TakenIn, open_rescue_file, take_rescue};
use crate::ui::pages::exchange::Progress;
use crate::ui::parts::pick_file::PickFile;
use crate::ui::words::{lang, store_error, text};

#[derive(Clone)]
enum Step {
    Pick,
    /// A file waits for its passphrase; what went wrong the last time.
    Ask(PickedFile, Option<String>),
    Opening,
    Look(std::rc::Rc<Opened>),
    Taking,
    Done(TakenIn),
    Stopped(String),
}

#[component]
pub fn OpenRescue() -> impl IntoView {
    let t = text::<Words>();
    let app = app();
    let step = RwSignal::new_local(Step::Pick);
    let typed = RwSignal::new(String::new());
    let shown = RwSignal::new(false);
    let progress = RwSignal::new((0, 0));
    let pick = Callback::new(move |file: PickedFile| {
        typed.set(String::new());
        step.set(Step::Ask(file, None));
    });
    let open = Callback::new(move |()| {
        let Step::Ask(file, _) = step.get_untracked() else {
            return;
        };
        let passphrase = typed.get_untracked();
        step.set(Step::Opening);
        leptos::task::spawn_local(async move {
            let next = match open_rescue_file(app.book, &file, &passphrase).await {
                Ok(opened) => {
                    typed.try_set(String::new());
                    Step::Look(std::rc::Rc::new(opened))
                }
                Err(fault) => Step::Ask(file, Some(said(&fault))),
            };
            step.try_set(next);
        });
    });
    let take = Callback::new(move |()| {
        let Step::Look(opened) = step.get_untracked() else {
            return;
        };
        progress.set((0, 0));
        step.set(Step::Taking);
        leptos::task::spawn_local(async move {
            let tell = move |done, total| {
                progress.try_set((done, total));
            };
            let next = match take_rescue(app.book, &opened, tell).await {
                Ok(taken) => Step::Done(taken),
                Err(error) => {
                    Step::Stopped(format!("{} {}", t.stopped(), store_error(lang(), &error)))
                }
            };
            step.try_set(next);
        });
    });
    view! {
        <section class="section" id="open-rescue">
            <h2>{t.open_title()}</h2>
            <p class="hint">{t.open_help()}</p>
            {move || match step.get() {
                Step::Pick => view! { <PickFile label=t.pick() on_pick=pick /> }.into_any(),
                Step::Ask(file, problem) => {
                    view! { <Ask name=file.name problem typed shown open pick /> }.into_any()
                }
                Step::Opening => {
                    view! {
                        <p class="big" role="status">
                            {t.opening()}
                        </p>
                    }
                        .into_any()
                }
                Step::Look(opened) => view! { <Look opened take pick /> }.into_any(),
                Step::Taking => view! { <Progress what=t.taking() progress /> }.into_any(),
                Step::Done(taken) => view! { <Done taken pick /> }.into_any(),
                Step::Stopped(said) => {
                    view! {
                        <p class="banner" data-kind="stop" role="alert">
                            {said}
                        </p>
                        <PickFile label=t.pick() on_pick=pick />
                    }
                        .into_any()
                }
            }}
        </section>
    }
}

#[component]
fn Ask(
    name: String,
    problem: Option<String>,
    typed: RwSignal<String>,
    shown: RwSignal<bool>,
    open: Callback<()>,
    pick: Callback<PickedFile>,
) -> impl IntoView {
    let t = text::<Words>();
    // The line is drawn anew and empty, whatever was typed before.
    typed.set(String::new());
    shown.set(false);
    let none = Signal::derive(|| None);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        open.run(());
    };
    view! {
        <form on:submit=submit>
            <p class="fact">{t.chosen(name)}</p>
            {problem
                .map(|said| {
                    view! {
                        <p class="banner" data-kind="stop" role="alert">
                            {said}
                        </p>
                    }
                })}
            <PassphraseField label=t.passphrase() value=typed shown note=none />
            <ShowTyped shown />
            <div class="buttons-row">
                <button
                    type="submit"
                    class="button"
                    data-kind="seal"
                    disabled=move || typed.with(String::is_empty)
                >
                    {t.open()}
                </button>
                <PickFile label=t.other_file() on_pick=pick />
            </div>
        </form>
    }
}

#[component]
fn Look(
    opened: std::rc::Rc<Opened>,
    take: Callback<()>,
    pick: Callback<PickedFile>,
) -> impl IntoView {
    let t = text::<Words>();
    let age = intl::relative_ms(lang().tag(), clock::now_ms() - opened.header.made.at_ms);
    let whose = if opened.own { t.own() } else { t.other() };
    let rows = vec![
        (opened.changes.len(), t.changes(opened.changes.len())),
        (opened.known, t.known(opened.known)),
        (opened.pictures.len(), t.pictures(opened.pictures.len())),
        (opened.drafts.len(), t.drafts(opened.drafts.len())),
        (opened.unreadable, t.unreadable(opened.unreadable)),
    ];
    view! {
        <h3>{t.inside()}</h3>
        <Counts rows />
        <p class="fact">{format!("{} · {whose}", t.made(age))}</p>
        <div class="buttons-row">
            <button type="button" class="button" data-kind="seal" on:click=move |_| take.run(())>
                {t.take()}
            </button>
            <PickFile label=t.other_file() on_pick=pick />
        </div>
    }
}

#[component]
fn Done(taken: TakenIn, pick: Callback<PickedFile>) -> impl IntoView {
    let t = text::<Words>();
    let rows = vec![
        (taken.changes, t.took_changes(taken.changes)),
        (taken.pictures, t.took_pictures(taken.pictures)),
        (taken.drafts, t.took_drafts(taken.drafts)),
        (taken.kept, t.kept(taken.kept)),
        (taken.unreadable, t.unreadable(taken.unreadable)),
    ];
    view! {
        <div class="banner" data-kind="good" role="status">
            <div>
                <strong>{t.done()}</strong>
                <Counts rows />
            </div>
        </div>
        <PickFile label=t.other_file() on_pick=pick />
    }
}
