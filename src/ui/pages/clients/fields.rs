//! Lists within a form: phones, e-mail addresses, places. An empty line stands ready, and blank ones are not kept.

use leptos::prelude::*;

use super::saving::{Errors, problem_at};
use crate::domain::contact::PhoneKind;
use crate::domain::field::Field;
use crate::domain::id::Id;
use crate::domain::organisation::{AddressDraft, LineDraft, PhoneDraft};
use crate::i18n::clients::Clients;
use crate::i18n::common::Common;
use crate::i18n::values::Values;
use crate::platform::random::new_id;
use crate::ui::parts::field::{Select, TextField, Underline};
use crate::ui::parts::icon::{Glyph, Icon};
use crate::ui::words::text;

/// A line of a list in a form.
trait Line: Clone + Send + Sync + 'static {
    fn blank() -> Self;
    fn id(&self) -> Id;
}

impl Line for PhoneDraft {
    fn blank() -> Self {
        Self {
            id: new_id(),
            kind: PhoneKind::default(),
            number: String::new(),
        }
    }

    fn id(&self) -> Id {
        self.id
    }
}

impl Line for LineDraft {
    fn blank() -> Self {
        Self {
            id: new_id(),
            text: String::new(),
        }
    }

    fn id(&self) -> Id {
        self.id
    }
}

impl Line for AddressDraft {
    fn blank() -> Self {
        Self {
            id: new_id(),
            label: String::new(),
            text: String::new(),
        }
    }

    fn id(&self) -> Id {
        self.id
    }
}

/// The lines of a list while they are edited; every change is told to the form.
struct Lines<L: Line> {
    all: RwSignal<Vec<L>>,
    on_change: Callback<Vec<L>>,
}

impl<L: Line> Clone for Lines<L> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<L: Line> Copy for Lines<L> {}

impl<L: Line> Lines<L> {
    fn new(mut start: Vec<L>, on_change: Callback<Vec<L>>) -> Self {
        if start.is_empty() {
            start.push(L::blank());
        }
        Self {
            all: RwSignal::new(start),
            on_change,
        }
    }

    fn tell(self) {
        self.on_change.run(self.all.get_untracked());
    }

    /// Typing changes a line without drawing it anew: its input is ahead of the program.
    fn edit(self, id: Id, change: impl FnOnce(&mut L)) {
        self.all.update_untracked(|all| {
            if let Some(line) = all.iter_mut().find(|line| line.id() == id) {
                change(line);
            }
        });
        self.tell();
    }

    fn add(self) {
        self.all.update(|all| all.push(L::blank()));
    }

    fn remove(self, id: Id) {
        self.all.update(|all| all.retain(|line| line.id() != id));
        self.tell();
    }

    fn place(self, id: Id) -> Option<usize> {
        self.all
            .with(|all| all.iter().position(|line| line.id() == id))
    }
}

#[component]
pub fn PhoneFields(
    start: Vec<PhoneDraft>,
    #[prop(into)] on_change: Callback<Vec<PhoneDraft>>,
    errors: Errors,
) -> impl IntoView {
    let t = text::<Clients>();
    let values = text::<Values>();
    let lines = Lines::new(start, on_change);
    let line = move |line: PhoneDraft| {
        let id = line.id;
        let kinds = PhoneKind::ALL
            .into_iter()
            .map(|kind| (kind, values.phone_kind(kind)))
            .collect();
        let problem = problem_at(errors, move || lines.place(id).map(Field::Phone));
        let note = format!("note-{id}");
        let choose = move |kind: Option<PhoneKind>| {
            lines.edit(id, |line| line.kind = kind.unwrap_or_default())
        };
        view! {
            <div class="field">
                <div class="line">
                    <Select
                        label=t.phone_kind()
                        options=kinds
                        value=Some(line.kind)
                        on_choose=choose
                        bare=true
                    />
                    <input
                        class="input"
                        type="tel"
                        autocomplete="off"
                        enterkeyhint="next"
                        aria-label=t.phone()
                        aria-describedby=note.clone()
                        aria-invalid=move || problem.get().is_some().then_some("true")
                        prop:value=line.number
                        on:input=move |event| lines.edit(id, |line| line.number = event_target_value(&event))
                    />
                    <RemoveLine label=t.phone() on_remove=move |()| lines.remove(id) />
                </div>
                <Underline id=note problem />
            </div>
        }
    };
    view! {
        <fieldset class="field lines" id="at-phone">
            <legend>{t.phone()}</legend>
            <For each=move || lines.all.get() key=|line| line.id children=line />
            <AddLine label=t.add_phone() on_add=move |()| lines.add() />
        </fieldset>
    }
}

/// E-mail addresses or web sites: one plain value a line.
#[component]
pub fn LineFields(
    start: Vec<LineDraft>,
    #[prop(into)] on_change: Callback<Vec<LineDraft>>,
    errors: Errors,
    /// `email` or `url`.
    kind: &'static str,
    label: &'static str,
    add: &'static str,
    field: fn(usize) -> Field,
) -> impl IntoView {
    let lines = Lines::new(start, on_change);
    let line = move |line: LineDraft| {
        let id = line.id;
        let problem = problem_at(errors, move || lines.place(id).map(field));
        let note = format!("note-{id}");
        // The browser's own check of these types is never asked, but their keyboards are.
        view! {
            <div class="field">
                <div class="line">
                    <input
                        class="input"
                        type="text"
                        inputmode=kind
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        enterkeyhint="next"
                        aria-label=label
                        aria-describedby=note.clone()
                        aria-invalid=move || problem.get().is_some().then_some("true")
                        prop:value=line.text
                        on:input=move |event| lines.edit(id, |line| line.text = event_target_value(&event))
                    />
                    <RemoveLine label on_remove=move |()| lines.remove(id) />
                </div>
                <Underline id=note problem />
            </div>
        }
    };
    view! {
        <fieldset class="field lines" id=format!("at-{kind}")>
            <legend>{label}</legend>
            <For each=move || lines.all.get() key=|line| line.id children=line />
            <AddLine label=add on_add=move |()| lines.add() />
        </fieldset>
    }
}

#[component]
pub fn AddressFields(
    start: Vec<AddressDraft>,
    #[prop(into)] on_change: Callback<Vec<AddressDraft>>,
) -> impl IntoView {
    let t = text::<Clients>();
    let lines = Lines::new(start, on_change);
    let line = move |line: AddressDraft| {
        let id = line.id;
        view! {
            <div class="address-line">
                <TextField
                    label=t.address()
                    value=line.text
                    multiline=true
                    on_input=move |text| lines.edit(id, |line| line.text = text)
                />
                <div class="line">
                    <input
                        class="input"
                        autocomplete="off"
                        aria-label=t.address_label()
                        placeholder=t.address_label()
                        prop:value=line.label
                        on:input=move |event| lines.edit(id, |line| line.label = event_target_value(&event))
                    />
                    <RemoveLine label=t.address() on_remove=move |()| lines.remove(id) />
                </div>
            </div>
        }
    };
    view! {
        <div class="lines" id="at-address">
            <For each=move || lines.all.get() key=|line| line.id children=line />
            <AddLine label=t.add_address() on_add=move |()| lines.add() />
        </div>
    }
}

#[component]
pub fn RemoveLine(label: &'static str, #[prop(into)] on_remove: Callback<()>) -> impl IntoView {
    let label = format!("{} {label}", text::<Common>().remove());
    view! {
        <button type="button" class="icon-button" aria-label=label on:click=move |_| on_remove.run(())>
            <Glyph icon=Icon::Cross />
        </button>
    }
}

#[component]
pub fn AddLine(label: &'static str, #[prop(into)] on_add: Callback<()>) -> impl IntoView {
    view! {
        <button type="button" class="button add-line" data-kind="quiet" on:click=move |_| on_add.run(())>
            <Glyph icon=Icon::Plus />
            {label}
        </button>
    }
}
