//! Where a password or an answer comes from: the environment, a pipe, or a person at a terminal.

use std::io::{BufRead, IsTerminal, Write, stdin, stdout};

use crate::auth::check_password;

/// For commands that run without a person.
const VARIABLE: &str = "TOPFLOOR_PASSWORD";

/// A password for this user that is good enough.
///
/// # Errors
/// When there is none, or it is too easy to try out.
pub fn password(name: &str) -> Result<String, String> {
    let password = match std::env::var(VARIABLE) {
        Ok(password) => password,
        Err(std::env::VarError::NotUnicode(_)) => return Err(format!("{VARIABLE} is not text")),
        Err(std::env::VarError::NotPresent) if stdin().is_terminal() => return typed(name),
        Err(std::env::VarError::NotPresent) => line()?.ok_or_else(|| {
            format!("no password: standard input is empty and {VARIABLE} is not set")
        })?,
    };
    check_password(name, &password).map_err(|error| error.to_string())?;
    Ok(password)
}

/// Asked for until it is good and the same twice.
fn typed(name: &str) -> Result<String, String> {
    let ask = |what: &str| {
        rpassword::prompt_password(what).map_err(|error| format!("no password: {error}"))
    };
    loop {
        let password = ask(&format!("Password for {name}: "))?;
        if password.is_empty() {
            return Err("no password: nothing was changed".to_owned());
        }
        if let Err(error) = check_password(name, &password) {
            println!("{error}");
        } else if password == ask("Once more: ")? {
            return Ok(password);
        } else {
            println!("The two are not the same.");
        }
    }
}

/// Asks a person; `None` when only Enter was pressed.
///
/// # Errors
/// When the terminal is gone.
pub fn answer(question: &str) -> Result<Option<String>, String> {
    print!("{question}");
    stdout().flush().map_err(|error| error.to_string())?;
    line()
}

fn line() -> Result<Option<String>, String> {
    let mut line = String::new();
    stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| format!("cannot read standard input: {error}"))?;
    let line = line.trim_end_matches(['\r', '\n']);
    Ok((!line.is_empty()).then(|| line.to_owned()))
}
