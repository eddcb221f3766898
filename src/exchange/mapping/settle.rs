//! Columns settle among each other: whose name a name is, which language, and who keeps a field that two claim.

use super::{Guess, is_name};
use crate::exchange::columns::{FieldTarget, PersonField};

/// Lets the columns settle among each other.
pub fn settle(mut guesses: Vec<Guess>) -> Vec<FieldTarget> {
    doubtful_headers(&mut guesses);
    owners_of_names(&mut guesses);
    names_without_headers(&mut guesses);
    surnames(&mut guesses);
    languages(&mut guesses);
    only_one_each(&mut guesses);
    guesses
        .into_iter()
        .map(|guess| guess.target.unwrap_or(FieldTarget::Extra))
        .collect()
}

/// A header only half understood counts where no other column claims the same, and only for what has no form.
fn doubtful_headers(guesses: &mut [Guess]) {
    for at in 0..guesses.len() {
        let Some(guess) = guesses.get(at) else {
            continue;
        };
        let (Some(heading), Some(target)) = (guess.heading, guess.target) else {
            continue;
        };
        if heading.sure || guess.cells.fit(target).is_some() {
            continue;
        }
        let claimed = guesses
            .iter()
            .enumerate()
            .any(|(other, guess)| other != at && guess.is(target));
        let worth =
            is_name(target) || matches!(target, FieldTarget::Address | FieldTarget::Industry);
        if (claimed || !worth)
            && let Some(guess) = guesses.get_mut(at)
        {
            guess.target = None;
        }
    }
}

/// `Name` beside `Company` is a person's, and so it is beside a job title where nothing names a firm.
fn owners_of_names(guesses: &mut [Guess]) {
    use PersonField as P;
    let firm = guesses
        .iter()
        .any(|guess| guess.is_firm_name() && !guess.is_anyones_name());
    let personal = guesses.iter().any(|guess| {
        matches!(
            guess.target,
            Some(FieldTarget::Person(
                P::Title
                    | P::Department
                    | P::Honorific
                    | P::Family
                    | P::FamilyZh
                    | P::FamilyEn
                    | P::Birthday
            ))
        )
    });
    let named = guesses.iter().any(|guess| {
        matches!(
            guess.target,
            Some(FieldTarget::Person(P::Name | P::NameZh | P::NameEn))
        )
    });
    if named || !(firm || personal) {
        return;
    }
    // What ends like a firm is a firm's name in the other language, whatever stands beside it.
    let persons = |guess: &&mut Guess| guess.is_anyones_name() && !guess.cells.are_firms();
    for guess in guesses.iter_mut().filter(persons) {
        guess.target = guess.target.map(|target| match target {
            FieldTarget::NameZh => FieldTarget::Person(P::NameZh),
            FieldTarget::NameEn => FieldTarget::Person(P::NameEn),
            _ => FieldTarget::Person(P::Name),
        });
    }
}

/// Without any name the first column of differing words must be it; without headers a column right beside it in the
/// other language is the same name.
fn names_without_headers(guesses: &mut [Guess]) {
    let could_be = |guess: &Guess| guess.target.is_none() && guess.cells.could_be_names();
    let named = guesses
        .iter()
        .any(|guess| guess.target.is_some_and(is_name));
    let first = guesses.iter_mut().find(|guess| !named && could_be(guess));
    if let Some(guess) = first {
        guess.target = Some(guess.cells.name_target());
    }
    let pair = (0..guesses.len()).find_map(|at| {
        let other = match guesses.get(at)?.target? {
            FieldTarget::NameZh => FieldTarget::NameEn,
            FieldTarget::NameEn => FieldTarget::NameZh,
            _ => return None,
        };
        let fits = |at: &usize| {
            guesses.get(*at).is_some_and(|guess| {
                !guess.headed && could_be(guess) && guess.cells.name_target() == other
            })
        };
        [at + 1, at.wrapping_sub(1)]
            .into_iter()
            .find(fits)
            .map(|beside| (beside, other))
    });
    if let Some((at, target)) = pair
        && let Some(guess) = guesses.get_mut(at)
    {
        guess.target = Some(target);
    }
}

/// 姓 beside 中文名 makes that a given name; a given name without a surname is a whole one.
fn surnames(guesses: &mut [Guess]) {
    use PersonField as P;
    let has = |guesses: &[Guess], fields: &[P]| {
        fields.iter().any(|field| {
            guesses
                .iter()
                .any(|guess| guess.is(FieldTarget::Person(*field)))
        })
    };
    let any = has(guesses, &[P::Family]);
    let zh = any || has(guesses, &[P::FamilyZh]);
    let en = any || has(guesses, &[P::FamilyEn]);
    let given = has(guesses, &[P::Given, P::GivenZh, P::GivenEn]);
    for guess in guesses.iter_mut() {
        guess.target = guess.target.map(|target| match target {
            FieldTarget::Person(P::NameZh) if zh && !given => FieldTarget::Person(P::GivenZh),
            FieldTarget::Person(P::NameEn) if en && !given => FieldTarget::Person(P::GivenEn),
            FieldTarget::Person(P::GivenZh) if !zh => FieldTarget::Person(P::NameZh),
            FieldTarget::Person(P::GivenEn) if !en => FieldTarget::Person(P::NameEn),
            FieldTarget::Person(P::Given) if !(zh || en) => FieldTarget::Person(P::Name),
            other => other,
        });
    }
}

/// Two columns of names in two scripts are one name in two languages.
fn languages(guesses: &mut [Guess]) {
    let names = guesses.iter().filter(|guess| guess.is_firm_name()).count();
    for guess in guesses
        .iter_mut()
        .filter(|guess| names > 1 && guess.is(FieldTarget::Name) && guess.cells.tell())
    {
        guess.target = Some(guess.cells.name_target());
    }
}

/// A field that holds one value takes the first column that claims it; a second name is an alias.
fn only_one_each(guesses: &mut [Guess]) {
    let mut taken: Vec<FieldTarget> = Vec::new();
    for guess in guesses.iter_mut() {
        let Some(target) = guess.target else { continue };
        if taken.contains(&target) && !holds_several(target) {
            let alias = matches!(target, FieldTarget::NameZh | FieldTarget::NameEn);
            guess.target = Some(if alias {
                FieldTarget::Alias
            } else {
                FieldTarget::Extra
            });
        }
        taken.push(target);
    }
}

fn holds_several(target: FieldTarget) -> bool {
    use FieldTarget as F;
    use PersonField as P;
    matches!(
        target,
        F::Name
            | F::Alias
            | F::Phone(_)
            | F::Email
            | F::WebSite
            | F::Address
            | F::District
            | F::Remark
            | F::Extra
            | F::LeaveOut
    ) || matches!(
        target,
        F::Person(P::Name | P::Phone(_) | P::Email | P::Occasions | P::Remark | P::Extra)
    )
}
