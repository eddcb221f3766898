//! Record migrations: each body's layouts, one step a number, without gaps. They run when a record is read, so opening
//! the database never rewrites it, and a record an older build wrote keeps working for ever.

use serde_json::Value;

use super::record::{Kind, schema_of};

/// Turns a body of layout `n` into layout `n + 1`.
type Step = fn(Value) -> Value;

/// The steps of a kind: entry 0 leads from layout 1 to 2. None were needed yet.
fn steps(kind: Kind) -> &'static [Step] {
    match kind {
        Kind::Organisation
        | Kind::Person
        | Kind::Visit
        | Kind::Note
        | Kind::FollowUp
        | Kind::Building
        | Kind::Run
        | Kind::DoorEvent
        | Kind::Clash => &[],
    }
}

/// The layout is newer than this build, or was never released: the record is set aside untouched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{kind:?} of layout {schema} is not known to this build")]
pub struct UnknownSchema {
    pub kind: Kind,
    pub schema: u16,
}

pub fn upgrade(kind: Kind, schema: u16, body: Value) -> Result<Value, UnknownSchema> {
    if schema == 0 || schema > schema_of(kind) {
        return Err(UnknownSchema { kind, schema });
    }
    Ok(steps(kind)
        .iter()
        .skip(usize::from(schema) - 1)
        .fold(body, |body, step| step(body)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_released_layout_has_a_step() {
        for kind in Kind::ALL {
            assert_eq!(
                steps(kind).len(),
                usize::from(schema_of(kind)) - 1,
                "{kind:?}"
            );
        }
    }

    #[test]
    fn a_layout_from_the_future_is_refused() {
        assert!(upgrade(Kind::Note, schema_of(Kind::Note) + 1, Value::Null).is_err());
        assert!(upgrade(Kind::Note, 0, Value::Null).is_err());
        assert_eq!(upgrade(Kind::Note, 1, Value::Null), Ok(Value::Null));
    }
}
