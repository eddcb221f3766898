//! The commands on the server's own console. They work on the data itself, also while the server runs.

mod ask;
mod care;
mod devices;
pub mod first;
pub mod help;
mod table;
mod users;
pub mod words;

use std::path::PathBuf;

use topfloor::domain::id::Id;

use crate::api::unix_ms;
use crate::config::{Config, FILE, Settings};
use crate::log::Form;
use crate::store::sqlite::Sqlite;
use crate::store::{Audit, Store, StoreError};
use words::{Flag, Words};

/// What the command line asks for.
pub enum Asked {
    Serve(Config),
    /// A command that is done; whether all is well.
    Done(bool),
}

/// The data folder as the store knows it.
struct Place {
    folder: PathBuf,
}

impl Place {
    /// Whether nothing was ever kept here; settings may be.
    fn is_empty(&self) -> bool {
        std::fs::read_dir(&self.folder).map_or(true, |mut entries| {
            entries.all(|entry| entry.is_ok_and(|entry| entry.file_name() == FILE))
        })
    }

    /// Opens the database that is there, rather than make an empty one out of a mistyped folder.
    fn open(&self) -> Result<Sqlite, String> {
        if self.is_empty() {
            return Err(format!(
                "there is no data in {}: --data DIR names another folder",
                self.folder.display()
            ));
        }
        self.make()
    }

    fn make(&self) -> Result<Sqlite, String> {
        Sqlite::open(&self.folder, unix_ms()).map_err(|error| said(&error))
    }
}

const COMMON: &[Flag] = &[
    ("--help", false),
    ("-h", false),
    ("--data", true),
    ("--config", true),
];
const SERVE: &[Flag] = &[
    ("--dist", true),
    ("--port", true),
    ("--lan", false),
    ("--log", true),
    ("--behind-proxy", false),
];

/// Does what the command line says, or hands back what to serve.
///
/// # Errors
/// A sentence for the person who typed it.
pub fn run(arguments: impl IntoIterator<Item = String>) -> Result<Asked, String> {
    let mut arguments = arguments.into_iter().peekable();
    let command = match arguments.peek() {
        Some(first) if !first.starts_with('-') => arguments.next().unwrap_or_default(),
        _ => "serve".to_owned(),
    };
    let (help, own): (&str, &[Flag]) = match command.as_str() {
        "serve" => (help::SERVER, SERVE),
        "user" => (help::USER, &[("--shown", true), ("--role", true)]),
        "device" => (help::DEVICE, &[("--lock", false), ("--wipe", false)]),
        "backup" => (help::BACKUP, &[]),
        "restore" => (help::RESTORE, &[]),
        "import-rescue" => (help::IMPORT_RESCUE, &[("--user", true)]),
        "doctor" => (help::DOCTOR, &[]),
        "audit" => (help::AUDIT, &[("--last", true)]),
        "help" => {
            print!("{}", help::SERVER);
            return Ok(Asked::Done(true));
        }
        other => {
            return Err(format!(
                "unknown command {other:?}; known: serve, user, device, backup, restore, import-rescue, doctor, audit"
            ));
        }
    };
    let words = Words::read(arguments, &[COMMON, own].concat())?;
    if words.has("--help") || words.has("-h") {
        print!("{help}");
        return Ok(Asked::Done(true));
    }
    let config = Config::find(settings(&words)?, |name| std::env::var(name).ok())
        .map_err(|error| error.to_string())?;
    let place = Place {
        folder: config.data.clone(),
    };
    let sound = match command.as_str() {
        "user" => users::run(words, &place).map(|()| true),
        "device" => devices::run(words, &place).map(|()| true),
        "backup" => care::backup(words, &place).map(|()| true),
        "restore" => care::restore(words, &place).map(|()| true),
        "import-rescue" => care::import_rescue(words, &place),
        "doctor" => care::doctor(&words, &place),
        "audit" => care::audit(&words, &place).map(|()| true),
        _ => {
            words.end()?;
            return Ok(Asked::Serve(config));
        }
    };
    sound.map(Asked::Done)
}

fn settings(words: &Words) -> Result<Settings, String> {
    let path = |flag: &str| words.value(flag).map(PathBuf::from);
    let port = words.value("--port").map(|port| {
        port.parse()
            .map_err(|_| format!("--port needs a number up to 65535, not {port:?}"))
    });
    let log = words.value("--log").map(|form| match form {
        "text" => Ok(Form::Text),
        "json" => Ok(Form::Json),
        other => Err(format!("--log is text or json, not {other:?}")),
    });
    Ok(Settings {
        dist: path("--dist"),
        port: port.transpose()?,
        lan: words.has("--lan").then_some(true),
        data: path("--data"),
        log: log.transpose()?,
        behind_proxy: words.has("--behind-proxy").then_some(true),
        config: path("--config"),
    })
}

/// Writes down what was done here. What is done stays done when that fails, and the person hears of it.
fn note(store: &dyn Store, user: Option<Id>, device: Option<Id>, act: &str, detail: &str) {
    let entry = Audit {
        at_ms: unix_ms(),
        user,
        device,
        act: act.to_owned(),
        detail: detail.to_owned(),
    };
    if let Err(error) = store.audit(&entry) {
        eprintln!("this could not be written to the audit trail: {error}");
    }
}

fn said(error: &StoreError) -> String {
    error.to_string()
}
