//! The way in: a file or codes, what is in them, and only then the merge.

use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::photograph::Photograph;
use super::preview::{Chosen, Facts, Preview};
use crate::exchange::handover::HandOverError;
use crate::i18n::handover::Handover;
use crate::platform::files::PickedFile;
use crate::state::handover::{Fault, Looked, Taken, look_at, look_at_file, take, take_waiting};
use crate::state::{app, book};
use crate::ui::parts::empty::{Empty, Skeleton};
use crate::ui::parts::page::Page;
use crate::ui::parts::pick_file::PickFile;
use crate::ui::words::{lang, store_error, text};

#[derive(Clone)]
enum Step {
    Pick,
    Working(&'static str),
    Refused(&'static str),
    Look(Box<Looked>),
    /// A return that was taken in; a walk that was new is gone to at once.
    Done(Box<(Looked, Taken)>),
}

#[component]
pub fn ReceivePage() -> impl IntoView {
    let t = text::<Handover>();
    let step = RwSignal::new_local(Step::Pick);
    let query = use_query_map();
    // A file that was chosen elsewhere, or that the app was opened with, waits until the book is open.
    Effect::new(move || {
        query.track();
        if book().store_when_open().is_some()
            && let Some(file) = take_waiting()
        {
            read_file(step, file);
        }
    });
    let file = Callback::new(move |file| read_file(step, file));
    let codes = Callback::new(move |bytes| read_codes(step, bytes));
    let again = Callback::new(move |()| step.set(Step::Pick));
    let navigate = use_navigate();
    let go = StoredValue::new_local(move |to: &str| navigate(to, Default::default()));
    let taking = Callback::new(move |(looked, chosen): (Looked, Chosen)| {
        step.set(Step::Working(t.taking()));
        leptos::task::spawn_local(async move {
            take_in(step, looked, chosen, move |to| {
                go.try_with_value(|go| go(to));
            })
            .await;
        });
    });
    view! {
        <Page title=t.receive_title() back="/canvass">
            {move || match step.get() {
                Step::Pick => view! { <Pick file codes /> }.into_any(),
                Step::Working(what) => {
                    view! {
                        <p class="lead-in big" role="status">{what}</p>
                        <Skeleton rows=3 />
                    }
                        .into_any()
                }
                Step::Refused(why) => view! { <Refused why again /> }.into_any(),
                Step::Look(looked) => view! { <Preview looked=*looked on_take=taking again /> }.into_any(),
                Step::Done(done) => view! { <Returned done=*done again /> }.into_any(),
            }}
        </Page>
    }
}

fn read_file(step: RwSignal<Step, LocalStorage>, file: PickedFile) {
    step.set(Step::Working(text::<Handover>().reading()));
    leptos::task::spawn_local(async move {
        show(step, look_at_file(book(), &file).await);
    });
}

fn read_codes(step: RwSignal<Step, LocalStorage>, bytes: Vec<u8>) {
    step.set(Step::Working(text::<Handover>().reading()));
    leptos::task::spawn_local(async move {
        show(step, look_at(book(), &bytes).await);
    });
}

fn show(step: RwSignal<Step, LocalStorage>, looked: Result<Looked, Fault>) {
    step.try_set(match looked {
        Ok(looked) => Step::Look(Box::new(looked)),
        Err(fault) => Step::Refused(refusal(&fault)),
    });
}

async fn take_in(
    step: RwSignal<Step, LocalStorage>,
    looked: Looked,
    chosen: Chosen,
    go: impl Fn(&str),
) {
    let (t, app) = (text::<Handover>(), app());
    let taken = take(app.book, &looked.it, chosen.partner, chosen.join).await;
    match taken {
        Ok(taken) if taken.outlook.new_run => {
            match taken.undo.clone() {
                Some(undo) => app.notices.done_with_undo(t.taken(), move || {
                    app.book.undo(undo.clone(), app.settings);
                }),
                None => app.notices.done(t.taken()),
            }
            go(&format!("/runs/{}", taken.run));
        }
        Ok(taken) => {
            step.try_set(Step::Done(Box::new((looked, taken))));
        }
        Err(error) => {
            app.book.report(&error, app.settings);
            step.try_set(Step::Look(Box::new(looked)));
        }
    }
}

fn refusal(fault: &Fault) -> &'static str {
    let t = text::<Handover>();
    match fault {
        Fault::Unreadable => t.unreadable(),
        Fault::Refused(HandOverError::NotOurs) => t.not_ours(),
        Fault::Refused(HandOverError::Newer) => t.newer(),
        Fault::Refused(HandOverError::Damaged(_)) => t.damaged(),
        Fault::Refused(HandOverError::TooLarge) => t.too_large(),
        Fault::Store(error) => store_error(lang(), error),
    }
}

#[component]
fn Pick(file: Callback<PickedFile>, codes: Callback<Vec<u8>>) -> impl IntoView {
    let t = text::<Handover>();
    view! {
        <section class="section">
            <p>{t.receive_help()}</p>
            <div class="buttons-row">
                <PickFile label=t.pick_file() first=true on_pick=file />
            </div>
        </section>
        <section class="section">
            <Photograph on_whole=codes />
        </section>
    }
}

#[component]
fn Refused(why: &'static str, again: Callback<()>) -> impl IntoView {
    let t = text::<Handover>();
    view! {
        <div role="alert">
            <Empty title=why help=t.nothing_written()>
                <button type="button" class="button" data-kind="seal" on:click=move |_| again.run(())>
                    {t.another()}
                </button>
            </Empty>
        </div>
    }
}

#[component]
fn Returned(done: (Looked, Taken), again: Callback<()>) -> impl IntoView {
    let t = text::<Handover>();
    let (looked, taken) = done;
    let looked = Looked {
        outlook: taken.outlook,
        ..looked
    };
    view! {
        <div class="banner" data-kind="good" role="status">
            <p>{t.taken_in()}</p>
        </div>
        <Facts looked links=true />
        <section class="section">
            <p class="hint">{t.no_undo()}</p>
            <div class="buttons-row">
                <A href=format!("/runs/{}", taken.run) attr:class="button" attr:data-kind="seal">
                    {t.to_walk()}
                </A>
                <button type="button" class="button" on:click=move |_| again.run(())>
                    {t.another()}
                </button>
            </div>
        </section>
    }
}
