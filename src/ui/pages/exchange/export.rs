//! Handing data to others: tables, cards, and the whole as a backup.

use leptos::prelude::*;
use leptos_router::components::A;

use super::Progress;
use crate::exchange::vcard::Version;
use crate::i18n::exchange::Exchange as Words;
use crate::platform::share::{self, Sent};
use crate::state::exporter::{Export, export};
use crate::state::{app, book};
use crate::ui::parts::empty::Empty;
use crate::ui::parts::field::Choice;
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::parts::page::Page;
use crate::ui::words::{lang, text};

/// The last file that was made, in words.
#[derive(Clone)]
struct Done {
    said: String,
    left_out: usize,
}

#[component]
pub fn ExportPage() -> impl IntoView {
    let t = text::<Words>();
    let app = app();
    let lang = lang();
    let progress = RwSignal::new((0, 0));
    let busy = RwSignal::new(false);
    let done = RwSignal::new(None::<Done>);
    let version = RwSignal::new(Version::V3);
    let nothing = move || {
        book().loading.get().finished
            && book().with_shelf(|shelf| {
                shelf.organisations().next().is_none() && shelf.persons().next().is_none()
            })
    };
    let make = move |what: Export| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        done.set(None);
        progress.set((0, 0));
        leptos::task::spawn_local(async move {
            let tell = move |at, of| {
                progress.try_set((at, of));
            };
            match export(app.book, what, lang, tell).await {
                Ok(file) => {
                    let sent = share::share_or_save(&file.name, file.mime, &file.bytes).await;
                    let said = match sent {
                        Ok(Sent::Shared) => Some(t.shared().to_owned()),
                        Ok(Sent::Saved) => Some(t.saved_to_downloads(file.name)),
                        Ok(Sent::Cancelled) => None,
                        Err(_) => {
                            app.notices.failed(t.export_failed());
                            None
                        }
                    };
                    done.try_set(said.map(|said| Done {
                        said,
                        left_out: file.opted_out,
                    }));
                }
                Err(error) => app.book.report(&error, app.settings),
            }
            busy.try_set(false);
        });
    };
    let entry = move |name: &'static str, help: &'static str, what: Callback<(), Export>| {
        view! {
            <li>
                <button type="button" class="row" on:click=move |_| make(what.run(()))>
                    <span class="grow">
                        <span class="title">{name}</span>
                        <span class="sub">{help}</span>
                    </span>
                    <Glyph icon=Icon::Export />
                </button>
            </li>
        }
    };
    let cards = Callback::new(move |()| Export::Cards(version.get_untracked()));
    view! {
        <Page title=t.export_title() back="/more">
            {move || nothing().then(|| view! { <Empty title=t.nothing_to_export() /> })}
            {move || busy.get().then(|| view! { <Progress what=t.exporting() progress /> })}
            {move || done.get().map(|done| view! { <Handed done /> })}
            <section class="section">
                <ul class="rows">
                    {entry(t.export_clients(), t.export_clients_help(), Callback::new(|()| Export::Clients))}
                    {entry(t.export_people(), t.export_people_help(), Callback::new(|()| Export::People))}
                    {entry(t.export_vcard(), t.export_vcard_help(), cards)}
                    <li>
                        <A href="/more/storage" attr:class="row">
                            <span class="grow">
                                <span class="title">{t.backup()}</span>
                                <span class="sub">{t.backup_help()}</span>
                            </span>
                            <Glyph icon=Icon::Next />
                        </A>
                    </li>
                </ul>
            </section>
            <div class="form">
                <Choice
                    label=t.vcard_version()
                    options=vec![(Version::V3, t.vcard_3()), (Version::V4, t.vcard_4())]
                    value=Signal::derive(move || Some(version.get()))
                    on_choose={move |chosen: Option<Version>| version.set(chosen.unwrap_or(Version::V3))}
                />
                <p class="hint">{t.export_careful()}</p>
            </div>
        </Page>
    }
}

#[component]
fn Handed(done: Done) -> impl IntoView {
    let t = text::<Words>();
    view! {
        <div class="banner" data-kind="good" role="status">
            <p>
                {done.said} {(done.left_out > 0).then(|| format!(" {}", t.left_out(done.left_out)))}
            </p>
        </div>
    }
}
