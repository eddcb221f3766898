//! The first start: somebody has to be there who can sign in, with a password nobody else knows.

use std::io::{IsTerminal, stdin};

use topfloor::wire::Role;

use super::{ask, said, users};
use crate::store::Store;

const NAME: &str = "TOPFLOOR_ADMIN";
const PASSWORD: &str = "TOPFLOOR_ADMIN_PASSWORD";

/// Makes the administrator when there is no account yet, or says how.
///
/// # Errors
/// When what the environment says will not do.
pub fn admin(store: &dyn Store) -> Result<(), String> {
    if !store.accounts().map_err(|error| said(&error))?.is_empty() {
        return Ok(());
    }
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    match (set(NAME), set(PASSWORD)) {
        (Some(name), Some(password)) => {
            return users::add(store, &name, None, Role::Admin, &password)
                .map_err(|error| format!("{NAME} and {PASSWORD}: {error}"));
        }
        (None, None) => {}
        _ => {
            return Err(format!(
                "{NAME} and {PASSWORD} are set together or not at all"
            ));
        }
    }
    if stdin().is_terminal() {
        println!("There is no account yet.");
        if let Some(name) = ask::answer("Name of the administrator (Enter: none for now): ")? {
            let password = ask::password(&name)?;
            return users::add(store, &name, None, Role::Admin, &password);
        }
    }
    println!(
        "Nobody can sign in yet; an account is added by: topfloor-server user add NAME --role admin"
    );
    Ok(())
}
