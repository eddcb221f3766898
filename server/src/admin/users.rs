//! Accounts.

use topfloor::wire::Role;

use super::words::Words;
use super::{Place, ask, note, said, table};
use crate::api::unix_ms;
use crate::auth;
use crate::store::{Account, NewUser, Store};

/// Characters of the longest name to sign in with.
const LONGEST_NAME: usize = 100;

pub fn run(mut words: Words, place: &Place) -> Result<(), String> {
    let act = words.next("add, list, password, close or open")?;
    if act == "list" {
        words.end()?;
        return list(&place.open()?);
    }
    let name = words.next("the user's name")?;
    words.end()?;
    match act.as_str() {
        "add" => {
            let role = role(words.value("--role").unwrap_or("member"))?;
            check_name(&name)?;
            let taken = match place.is_empty() {
                true => None,
                false => place.open()?.account(name.trim()).map_err(|e| said(&e))?,
            };
            if taken.is_some() {
                return Err(format!("the user name {name:?} is taken"));
            }
            // Nothing is made before all of it is known to be right.
            let password = ask::password(&name)?;
            let shown = words.value("--shown");
            add(&place.make()?, &name, shown, role, &password)?;
            println!("{name} can sign in.");
        }
        "password" => {
            let store = place.open()?;
            let account = account(&store, &name)?;
            let hash = auth::hash(&ask::password(&name)?, auth::cost());
            store
                .set_password(
                    account.user.id,
                    &hash.map_err(|e| e.to_string())?,
                    unix_ms(),
                )
                .map_err(|error| said(&error))?;
            note(
                &store,
                Some(account.user.id),
                None,
                "password_set",
                "console",
            );
            println!(
                "{name} signs in with the new password. Devices that are signed in stay so; device revoke ends one."
            );
        }
        "close" | "open" => {
            let store = place.open()?;
            let account = account(&store, &name)?;
            let closed = act == "close";
            store
                .set_closed(account.user.id, closed, unix_ms())
                .map_err(|error| said(&error))?;
            let done = if closed { "user_closed" } else { "user_opened" };
            note(&store, Some(account.user.id), None, done, "console");
            println!("{name} is {}.", if closed { "closed" } else { "open" });
        }
        other => {
            return Err(format!(
                "unknown: user {other}; known: add, list, password, close, open"
            ));
        }
    }
    Ok(())
}

/// Makes an account.
///
/// # Errors
/// When the name or the password will not do, or the store refuses.
pub fn add(
    store: &dyn Store,
    name: &str,
    shown: Option<&str>,
    role: Role,
    password: &str,
) -> Result<(), String> {
    check_name(name)?;
    let name = name.trim();
    auth::check_password(name, password).map_err(|error| error.to_string())?;
    let hash = auth::hash(password, auth::cost()).map_err(|error| error.to_string())?;
    let now_ms = unix_ms();
    let new = NewUser {
        id: auth::new_id(now_ms).map_err(|error| error.to_string())?,
        name,
        shown: shown.unwrap_or(name),
        role,
        password_hash: &hash,
    };
    let user = store.add_user(&new, now_ms).map_err(|error| said(&error))?;
    note(store, Some(user.id), None, "user_added", "console");
    Ok(())
}

pub fn account(store: &dyn Store, name: &str) -> Result<Account, String> {
    store
        .account(name.trim())
        .map_err(|error| said(&error))?
        .ok_or_else(|| format!("no user {name:?}; user list shows who there is"))
}

fn check_name(name: &str) -> Result<(), String> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control)
    {
        return Err(format!(
            "a user's name has 1 to {LONGEST_NAME} characters, all on one line"
        ));
    }
    Ok(())
}

fn role(word: &str) -> Result<Role, String> {
    match word {
        "member" => Ok(Role::Member),
        "leader" => Ok(Role::Leader),
        "admin" => Ok(Role::Admin),
        other => Err(format!("--role is member, leader or admin, not {other:?}")),
    }
}

fn list(store: &dyn Store) -> Result<(), String> {
    let mut rows = vec![
        ["name", "shown", "role", "state", "devices", "since"]
            .map(str::to_owned)
            .to_vec(),
    ];
    for account in store.accounts().map_err(|error| said(&error))? {
        let devices = store
            .devices(account.user.id)
            .map_err(|error| said(&error))?;
        let role = match account.user.role {
            Role::Member => "member",
            Role::Leader => "leader",
            Role::Admin => "admin",
        };
        rows.push(vec![
            account.user.name,
            account.user.shown,
            role.to_owned(),
            if account.closed { "closed" } else { "open" }.to_owned(),
            devices.len().to_string(),
            table::time(account.created_ms),
        ]);
    }
    table::print(&rows);
    Ok(())
}
