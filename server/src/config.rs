//! Where the server finds its settings: a flag before the environment, that before a file, that before what is built in.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::log::Form;

/// IndexedDB belongs to an origin, port included: the port is part of the product's address.
pub const PORT: u16 = 8650;
/// The file looked for in the data folder.
pub const FILE: &str = "topfloor.toml";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The built app.
    pub dist: PathBuf,
    pub port: u16,
    pub lan: bool,
    /// Where everything that was sent is kept.
    pub data: PathBuf,
    pub log: Form,
    /// A proxy in front tells, in `x-forwarded-for`, where requests come from.
    pub behind_proxy: bool,
}

/// What one source says; `None` leaves it to the next.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub dist: Option<PathBuf>,
    pub port: Option<u16>,
    pub lan: Option<bool>,
    pub data: Option<PathBuf>,
    pub log: Option<Form>,
    pub behind_proxy: Option<bool>,
    /// Only a flag or the environment can name the file.
    #[serde(skip)]
    pub config: Option<PathBuf>,
}

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{name} is {value:?}, which is not {wanted}")]
    Environment {
        name: String,
        value: String,
        wanted: &'static str,
    },
    #[error("cannot read {path}: {source}")]
    Read {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("{path}, line {line}: {message}")]
    File {
        path: PathBuf,
        line: usize,
        message: String,
    },
    #[error("{0}: a file inside the data folder cannot say where the data folder is")]
    Circular(PathBuf),
    #[error(
        "neither XDG_DATA_HOME nor HOME is set: there is no place to keep the data (--data DIR names one)"
    )]
    NoPlace,
    /// On the network anyone could write the header that only the proxy is to be believed in.
    #[error("lan and behind_proxy exclude each other: a proxy in front speaks to localhost only")]
    Both,
}

impl Config {
    /// Puts together what the flags, the environment and the file say.
    ///
    /// # Errors
    /// When one of them says what cannot be meant.
    pub fn find(
        flags: Settings,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let set = |name: &str| environment(name).filter(|value| !value.is_empty());
        let mut said = flags.or(from_environment(&set)?);
        if let Some(path) = said.config.clone() {
            said = said.or(read(&path)?);
        }
        let data = match said.data.clone() {
            Some(data) => data,
            None => default_data(&set).ok_or(ConfigError::NoPlace)?,
        };
        let beside = data.join(FILE);
        if said.config.is_none() && beside.exists() {
            let file = read(&beside)?;
            if file.data.is_some() {
                return Err(ConfigError::Circular(beside));
            }
            said = said.or(file);
        }
        if said.lan == Some(true) && said.behind_proxy == Some(true) {
            return Err(ConfigError::Both);
        }
        Ok(Self {
            dist: said.dist.unwrap_or_else(|| PathBuf::from("dist")),
            port: said.port.unwrap_or(PORT),
            lan: said.lan.unwrap_or(false),
            data,
            log: said.log.unwrap_or_default(),
            behind_proxy: said.behind_proxy.unwrap_or(false),
        })
    }
}

impl Settings {
    fn or(self, next: Self) -> Self {
        Self {
            dist: self.dist.or(next.dist),
            port: self.port.or(next.port),
            lan: self.lan.or(next.lan),
            data: self.data.or(next.data),
            log: self.log.or(next.log),
            behind_proxy: self.behind_proxy.or(next.behind_proxy),
            config: self.config.or(next.config),
        }
    }
}

fn from_environment(set: &impl Fn(&str) -> Option<String>) -> Result<Settings, ConfigError> {
    let yes = |text: &str| match text {
        "1" | "true" | "yes" => Some(true),
        "0" | "false" | "no" => Some(false),
        _ => None,
    };
    let form = |text: &str| match text {
        "text" => Some(Form::Text),
        "json" => Some(Form::Json),
        _ => None,
    };
    Ok(Settings {
        dist: set("TOPFLOOR_DIST").map(PathBuf::from),
        port: read_as(set, "TOPFLOOR_PORT", "a port", |text| text.parse().ok())?,
        lan: read_as(set, "TOPFLOOR_LAN", "yes or no", yes)?,
        data: set("TOPFLOOR_DATA").map(PathBuf::from),
        log: read_as(set, "TOPFLOOR_LOG", "text or json", form)?,
        behind_proxy: read_as(set, "TOPFLOOR_BEHIND_PROXY", "yes or no", yes)?,
        config: set("TOPFLOOR_CONFIG").map(PathBuf::from),
    })
}

fn read_as<T>(
    set: &impl Fn(&str) -> Option<String>,
    name: &str,
    wanted: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, ConfigError> {
    let Some(value) = set(name) else {
        return Ok(None);
    };
    match parse(&value) {
        Some(parsed) => Ok(Some(parsed)),
        None => Err(ConfigError::Environment {
            name: name.to_owned(),
            value,
            wanted,
        }),
    }
}

fn read(path: &Path) -> Result<Settings, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Read {
        path: path.to_path_buf(),
        source,
    })?;
    toml::from_str(&text).map_err(|error| {
        let before = error.span().map_or(0, |span| span.start);
        let line = text
            .bytes()
            .take(before)
            .filter(|byte| *byte == b'\n')
            .count()
            + 1;
        // The message of a wrong value does not name its key; the line it stands on does.
        let source = text.lines().nth(line - 1).unwrap_or_default().trim();
        ConfigError::File {
            path: path.to_path_buf(),
            line,
            message: format!("{} in `{source}`", error.message()),
        }
    })
}

fn default_data(set: &impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let home = || set("HOME").map(|home| PathBuf::from(home).join(".local/share"));
    let share = set("XDG_DATA_HOME").map(PathBuf::from).or_else(home)?;
    Some(share.join("topfloor"))
}

#[cfg(test)]
mod tests;
