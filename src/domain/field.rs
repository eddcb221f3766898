//! What can be wrong with a form. A draft is converted once, and answers *all* its errors at a time; only the UI has
//! words for them.

/// A field of a form, as the UI marks it. Items of a list are named by their position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    Name,
    Phone(usize),
    Email(usize),
    WebSite(usize),
    Address(usize),
    Parent,
    LastChecked,
    Birthday,
    Occasion(usize),
    Consent,
    Organisation,
    Date,
    Time,
    Minutes,
    Text,
    About,
    Floors,
    TopFloor,
    BottomFloor,
    SkippedFloors,
    OtherFloors,
    RefugeFloors,
    MechanicalFloors,
    Doors,
    Zones,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// The form cannot be kept without it.
    Missing,
    NotAPhone,
    NotAnEmail,
    NotAWebSite,
    /// Not a date, or a year outside 1900–2100.
    NotADate,
    NotATime,
    /// Not a whole number, or outside what makes sense.
    NotANumber,
    /// The organisation would be above itself.
    Circle,
    /// A piece of a list that is no floor.
    NotAFloor,
    NotADoor,
    /// A piece of the lift zones without floors in it.
    NotAZone,
}

/// Every problem of a form, in the order of its fields; never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} field(s) cannot be kept as they are", .0.len())]
pub struct FieldErrors(pub Vec<(Field, Problem)>);

impl FieldErrors {
    pub fn of(&self, field: Field) -> Option<Problem> {
        self.0
            .iter()
            .find(|(at, _)| *at == field)
            .map(|(_, problem)| *problem)
    }
}

/// Gathers problems while a draft is read, so that no check hides another.
#[derive(Debug, Default)]
pub struct Check(Vec<(Field, Problem)>);

impl Check {
    pub fn require(&mut self, ok: bool, field: Field, problem: Problem) {
        if !ok {
            self.0.push((field, problem));
        }
    }

    /// An optional text field: blank is `None`, unreadable is a problem.
    pub fn optional<T>(
        &mut self,
        text: &str,
        field: Field,
        problem: Problem,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let value = read(text);
        self.require(value.is_some(), field, problem);
        value
    }

    pub fn finish<T>(self, value: T) -> Result<T, FieldErrors> {
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(FieldErrors(self.0))
        }
    }
}
