//! What is in a hand-over and what it would change, before anything is written.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::domain::canvass::building::DoorRef;
use crate::domain::canvass::event::DoorAct;
use crate::domain::id::Id;
use crate::exchange::handover::merge::merged_building;
use crate::exchange::handover::{HandOver, Part};
use crate::i18n::canvass::Canvass;
use crate::i18n::handover::Handover;
use crate::platform::{clock, intl};
use crate::state::book;
use crate::state::handover::Looked;
use crate::ui::addresses::door_on_walk;
use crate::ui::words::{lang, text};

/// Links to doors beyond this many would be a list nobody walks through; the board marks the rest.
const MOST_LINKS: usize = 60;

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Chosen {
    pub partner: Option<Id>,
    pub join: Option<Id>,
}

#[component]
pub fn Preview(
    looked: Looked,
    on_take: Callback<(Looked, Chosen)>,
    again: Callback<()>,
) -> impl IntoView {
    let t = text::<Handover>();
    // Where only one part is left, it is mine unless I say otherwise.
    let partners = &looked.it.run.body.partners;
    let mut free = partners.iter().filter(|partner| partner.device.is_none());
    let only = match (looked.me, free.next(), free.next()) {
        (None, Some(partner), None) => Some(partner.id),
        _ => None,
    };
    let chosen = RwSignal::new(Chosen {
        partner: only,
        join: None,
    });
    let label = if looked.outlook.new_run {
        t.take_over()
    } else {
        t.take_in()
    };
    let who = looked
        .me
        .is_none()
        .then(|| view! { <WhoAmI it=looked.it.clone() chosen /> });
    let same = looked
        .same
        .first()
        .map(|(id, building)| view! { <SameTower id=*id name=building.name(lang().is_han()).to_owned() chosen /> });
    let shown = looked.clone();
    let take = move |_| on_take.run((looked.clone(), chosen.get_untracked()));
    view! {
        <Facts looked=shown links=false />
        {who}
        {same}
        <div class="actions">
            <button type="button" class="button" on:click=move |_| again.run(())>
                {t.another()}
            </button>
            <button type="button" class="button" data-kind="seal" on:click=take>
                {label}
            </button>
        </div>
    }
}

/// The sentences. `links`: the walk is here, so a door can be gone to.
#[component]
pub fn Facts(looked: Looked, links: bool) -> impl IntoView {
    let (t, words) = (text::<Handover>(), text::<Canvass>());
    let it = &looked.it;
    let building = &it.building.body;
    let when = intl::relative_ms(lang().tag(), clock::now_ms() - it.written.at_ms);
    let from = if it.sender.is_empty() {
        t.from_nobody(when)
    } else {
        t.from(it.sender.clone(), when)
    };
    let size = format!(
        "{} · {} · {}",
        words.floors(building.floors.len()),
        words.doors(building.door_count()),
        t.events(it.events.len())
    );
    let partners = it
        .run
        .body
        .partners
        .iter()
        .map(|partner| {
            let part = words.share(&partner.share);
            view! {
                <li class="row partner">
                    <span class="grow">
                        <span class="title">{partner.name.clone()}</span>
                        <span class="sub">{part}</span>
                    </span>
                </li>
            }
        })
        .collect_view();
    let news = news(&looked)
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect_view();
    view! {
        <section class="section">
            <h2>{building.name(lang().is_han()).to_owned()}</h2>
            <p class="hint">{from}</p>
            <p class="hint">{size}</p>
            <ul class="rows">{partners}</ul>
            <ul class="sentences">{news}</ul>
        </section>
        <Disagreements looked links />
    }
}

/// What taking it in changes, and what it leaves out.
fn news(looked: &Looked) -> Vec<String> {
    let t = text::<Handover>();
    let (it, outlook) = (&looked.it, &looked.outlook);
    let mut lines = Vec::new();
    let mut say = |n: usize, words: String| {
        if n > 0 {
            lines.push(words);
        }
    };
    if !outlook.new_building {
        say(outlook.new_events, t.new_events(outlook.new_events));
        say(outlook.known_events, t.known_events(outlook.known_events));
        say(outlook.new_floors, t.new_floors(outlook.new_floors));
        say(outlook.new_doors, t.new_doors(outlook.new_doors));
        let new = outlook.new_events + outlook.new_floors + outlook.new_doors;
        let nothing = new == 0 && !outlook.new_run;
        say(usize::from(nothing), t.nothing_new().to_owned());
    }
    say(it.refused, t.refused(it.refused));
    match it.part {
        Part::All => {}
        Part::NoEvents => say(1, t.without_events().to_owned()),
        Part::Layout => say(1, t.without_board().to_owned()),
    }
    say(usize::from(has_photos(it)), t.no_photos().to_owned());
    lines
}

fn has_photos(it: &HandOver) -> bool {
    it.events.iter().any(|event| {
        matches!(&event.body.act, DoorAct::Detail { detail, .. } if !detail.photos.is_empty())
    })
}

#[component]
fn Disagreements(looked: Looked, links: bool) -> impl IntoView {
    let t = text::<Handover>();
    let doors = looked.outlook.disagree;
    if doors.is_empty() {
        return ().into_any();
    }
    let run = looked.it.run.id();
    // The door may be one only this device has, or one only the partner has.
    let theirs = &looked.it.building.body;
    let building = book().with_towers_untracked(|towers| {
        let tower = towers.tower(looked.it.building.id());
        merged_building(tower.and_then(|tower| tower.body()), theirs)
    });
    let name = |at: &DoorRef| {
        let floor = building.floor(&at.floor)?;
        let door = building.door(at)?;
        Some(text::<Canvass>().door_of(floor, door))
    };
    let rows = doors
        .iter()
        .take(MOST_LINKS)
        .filter_map(|at| {
            let name = name(at)?;
            Some(if links {
                let href = door_on_walk(run, at);
                view! { <li><A href attr:class="button">{name}</A></li> }.into_any()
            } else {
                view! { <li class="tag" data-kind="wait">{name}</li> }.into_any()
            })
        })
        .collect_view();
    view! {
        <section class="section" data-kind="late">
            <h2>{t.disagree(doors.len())}</h2>
            <p class="hint">{t.disagree_help()}</p>
            <ul class="door-links">{rows}</ul>
        </section>
    }
    .into_any()
}

/// Which part the person walks. Parts of other devices are shown and cannot be had.
#[component]
fn WhoAmI(it: HandOver, chosen: RwSignal<Chosen>) -> impl IntoView {
    let t = text::<Handover>();
    let mut options: Vec<(Option<Id>, String, bool)> = it
        .run
        .body
        .partners
        .iter()
        .map(|partner| match partner.device {
            Some(_) => (Some(partner.id), t.taken_part(partner.name.clone()), true),
            None => (Some(partner.id), partner.name.clone(), false),
        })
        .collect();
    options.push((None, t.nobody().to_owned(), false));
    let chips = options
        .into_iter()
        .map(|(id, name, taken)| {
            let pressed = move || (chosen.get().partner == id).to_string();
            view! {
                <button
                    type="button"
                    class="chip"
                    disabled=taken
                    aria-pressed=pressed
                    on:click=move |_| chosen.update(|chosen| chosen.partner = id)
                >
                    {name}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="form">
            <fieldset class="field" role="group">
                <legend>{t.which_is_me()}</legend>
                <div class="chips">{chips}</div>
            </fieldset>
        </div>
    }
}

#[component]
fn SameTower(id: Id, name: String, chosen: RwSignal<Chosen>) -> impl IntoView {
    let t = text::<Handover>();
    let toggle = move |event| {
        let yes = event_target_checked(&event);
        chosen.update(|chosen| chosen.join = yes.then_some(id));
    };
    view! {
        <section class="section">
            <h2>{t.same_title()}</h2>
            <label class="same-tower">
                <input type="checkbox" on:change=toggle />
                <span>{t.same_yes(name)}</span>
            </label>
            <p class="hint">{t.same_help()}</p>
        </section>
    }
}
