//! Which source wins, and what is said of one that is wrong.

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

fn environment(pairs: &'static [(&'static str, &'static str)]) -> impl Fn(&str) -> Option<String> {
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
    let both = &[("TOPFLOOR_LAN", "1"), ("TOPFLOOR_BEHIND_PROXY", "1")];
    std::fs::remove_file(folder.0.join(FILE)).unwrap();
    assert!(found(folder.flags(), both).contains("exclude each other"));
    let named = folder.write("other.toml", "data = \"/elsewhere\"\n");
    let flags = Settings {
        config: Some(named),
        ..Settings::default()
    };
    let config = Config::find(flags, environment(&[])).unwrap();
    assert_eq!(config.data, PathBuf::from("/elsewhere"));
}
