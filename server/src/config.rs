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
mod tests {
    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let folder =
                std::env::temp_dir().join(format!("topfloor-config-{name}-{}", std::process::id()));
            let _ = std::fs::remove_dir_all(&folder);
            std::fs::create_dir_all(&folder).unwrap();
            Self(folder)
        }

        fn write(&self, name: &str, text: &str) -> PathBuf {
            let path = self.0.join(name);
            std::fs::write(&path, text).unwrap();
            path
        }

        fn flags(&self) -> Settings {
            Settings {
                data: Some(self.0.clone()),
                ..Settings::default()
            }
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    fn environment(
        pairs: &'static [(&'static str, &'static str)],
    ) -> impl Fn(&str) -> Option<String> {
        move |name| {
            let found = pairs.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        }
    }

    #[test]
    fn a_flag_comes_before_the_environment_before_the_file_before_the_default() {
        let folder = Folder::new("order");
        folder.write(FILE, "port = 1\nlan = true\nlog = \"json\"\n");
        let said = environment(&[("TOPFLOOR_PORT", "2"), ("TOPFLOOR_LAN", "no")]);
        let config = Config::find(folder.flags(), &said).unwrap();
        assert_eq!(
            (config.port, config.lan, config.log),
            (2, false, Form::Json)
        );
        let flags = Settings {
            port: Some(3),
            ..folder.flags()
        };
        let config = Config::find(flags, &said).unwrap();
        assert_eq!((config.port, config.dist), (3, PathBuf::from("dist")));
        let none = Config::find(Folder::new("none").flags(), environment(&[])).unwrap();
        assert_eq!((none.port, none.lan, none.log), (PORT, false, Form::Text));
    }

    #[test]
    fn the_data_folder_follows_the_desktops_rules() {
        let data = |pairs| Config::find(Settings::default(), environment(pairs)).map(|c| c.data);
        assert_eq!(
            data(&[("HOME", "/h"), ("XDG_DATA_HOME", "/x")]).unwrap(),
            PathBuf::from("/x/topfloor")
        );
        assert_eq!(
            data(&[("HOME", "/h"), ("XDG_DATA_HOME", "")]).unwrap(),
            PathBuf::from("/h/.local/share/topfloor")
        );
        assert!(matches!(data(&[]), Err(ConfigError::NoPlace)));
    }

    #[test]
    fn a_key_nobody_knows_is_named_with_its_line() {
        let folder = Folder::new("unknown");
        for (text, line, word) in [
            ("port = 1\nprot = 2\n", "line 2", "prot"),
            ("\n\nport = \"x\"\n", "line 3", "port"),
            ("port = 70000\n", "line 1", "port"),
            ("lan = yes\n", "line 1", "lan"),
            ("log = \"loud\"\n", "line 1", "loud"),
        ] {
            folder.write(FILE, text);
            let error = Config::find(folder.flags(), environment(&[])).unwrap_err();
            let error = error.to_string();
            assert!(error.contains(line) && error.contains(word), "{error}");
        }
    }

    #[test]
    fn a_wrong_variable_a_missing_file_and_a_circle_are_explained() {
        let folder = Folder::new("wrong");
        let found = |flags, said| {
            Config::find(flags, environment(said))
                .unwrap_err()
                .to_string()
        };
        let error = found(folder.flags(), &[("TOPFLOOR_PORT", "x")]);
        assert_eq!(error, "TOPFLOOR_PORT is \"x\", which is not a port");
        let error = found(folder.flags(), &[("TOPFLOOR_CONFIG", "/nonexistent.toml")]);
        assert!(error.contains("/nonexistent.toml"), "{error}");
        folder.write(FILE, "data = \"/elsewhere\"\n");
        assert!(found(folder.flags(), &[]).contains("data folder"));
        let named = folder.write("other.toml", "data = \"/elsewhere\"\n");
        let flags = Settings {
            config: Some(named),
            ..Settings::default()
        };
        let config = Config::find(flags, environment(&[])).unwrap();
        assert_eq!(config.data, PathBuf::from("/elsewhere"));
    }
}
