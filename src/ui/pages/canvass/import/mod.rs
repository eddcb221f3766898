//! Buildings from a file: it is read and looked at before anything is kept, and one undo takes all of it back.

mod review;
mod words;

use leptos::prelude::*;

use crate::exchange::text::{self as encodings, Encoding, Undecodable};
use crate::exchange::towers::{self, TowerFile};
use crate::i18n::buildings::Buildings;
use crate::platform::dom;
use crate::platform::files::{self, PickedFile};
use crate::ui::parts::empty::Empty;
use crate::ui::parts::page::Page;
use crate::ui::parts::pick_file::PickFile;
use crate::ui::words::text;
use review::Review;

/// What a table may be called.
const CSV: &str = ".csv,.txt,.tsv,text/csv,text/plain,text/tab-separated-values";

/// Where the import is.
#[derive(Clone)]
enum Stage {
    Pick,
    Reading,
    Refused { file: String, why: Fault },
    Read { file: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Unreadable,
    NoTowers,
}

#[component]
pub fn ImportTowers() -> impl IntoView {
    let t = text::<Buildings>();
    let stage = RwSignal::new(Stage::Pick);
    // Made under the page's owner, not a step's: what is read outlives the button it was picked by.
    let towers = StoredValue::new(TowerFile::default());
    let take = Callback::new(move |file: PickedFile| {
        stage.set(Stage::Reading);
        leptos::task::spawn_local(async move {
            let name = file.name.clone();
            let next = match read_file(&file).await {
                Ok(read) => {
                    // The page may have been left while the file was read.
                    if towers.try_set_value(read).is_some() {
                        return;
                    }
                    Stage::Read { file: name }
                }
                Err(why) => Stage::Refused { file: name, why },
            };
            stage.try_set(next);
        });
    });
    // Each step takes the focus, so that nobody is left on a button that is gone.
    let step = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |before: Option<()>| {
        stage.track();
        if let (Some(()), Some(step)) = (before, step.get_untracked()) {
            dom::focus(&step);
            dom::scroll_into_view(&step);
        }
    });
    view! {
        <Page title=t.import_title() back="/canvass">
            <div node_ref=step class="step" tabindex="-1">
                {move || match stage.get() {
                    Stage::Pick => {
                        view! {
                            <div class="form">
                                <p>{t.import_help()}</p>
                                <PickFile accept=CSV label=t.pick_file() first=true on_pick=take />
                            </div>
                        }
                            .into_any()
                    }
                    Stage::Reading => view! { <p class="lead-in" role="status">{t.reading()}</p> }.into_any(),
                    Stage::Refused { file, why } => view! { <NotTaken file why take /> }.into_any(),
                    Stage::Read { file } => {
                        view! {
                            <Review file towers />
                            <div class="form">
                                <PickFile accept=CSV label=t.other_file()  on_pick=take />
                            </div>
                        }
                            .into_any()
                    }
                }}
            </div>
        </Page>
    }
}

#[component]
fn NotTaken(file: String, why: Fault, take: Callback<PickedFile>) -> impl IntoView {
    let t = text::<Buildings>();
    let (title, help) = match why {
        Fault::Unreadable => (t.unreadable_title(), t.unreadable_help()),
        Fault::NoTowers => (t.no_towers_title(), t.no_towers_help()),
    };
    view! {
        <p class="lead-in hint">{file}</p>
        <div role="alert">
            <Empty title help>
                <PickFile accept=CSV label=t.other_file() first=true on_pick=take />
            </Empty>
        </div>
    }
}

async fn read_file(file: &PickedFile) -> Result<TowerFile, Fault> {
    let bytes = file.bytes().await.map_err(|_| Fault::Unreadable)?;
    let encoding = encodings::detect(&bytes);
    let text = encodings::decode(&bytes, encoding, &legacy).map_err(|_| Fault::NoTowers)?;
    towers::read(text).map_err(|_| Fault::NoTowers)
}

fn legacy(bytes: &[u8], encoding: Encoding) -> Result<String, Undecodable> {
    files::decode_text_lossy(bytes, encoding.label()).map_err(|_| Undecodable(encoding))
}
