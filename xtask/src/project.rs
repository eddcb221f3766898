//! Where things are: the repository, its build folder, the tools in the user's cache.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::step::{Failure, Outcome, answer};

pub struct Project {
    pub root: PathBuf,
    /// Cargo's build folder, where this program itself was built.
    pub target: PathBuf,
    /// `$XDG_CACHE_HOME/topfloor/tools`: shared by every clone, checked by version.
    pub tools: PathBuf,
}

impl Project {
    pub fn find() -> Outcome<Self> {
        // Cargo sets the folder of this package; Trunk's hook passes it on unchanged.
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .ok_or_else(|| Failure("xtask must live in a folder of the repository".to_owned()))?
            .to_path_buf();
        let target = match set("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => root.join("target"),
        };
        let cache = set("XDG_CACHE_HOME")
            .or_else(|| set("HOME").map(|home| home.join(".cache")))
            .ok_or_else(|| {
                Failure("HOME is not set: there is no place for the tools".to_owned())
            })?;
        Ok(Self {
            root,
            target,
            tools: cache.join("topfloor/tools"),
        })
    }

    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    pub fn server(&self) -> PathBuf {
        self.target
            .join("debug")
            .join(format!("topfloor-server{}", env::consts::EXE_SUFFIX))
    }

    /// A command in the repository with the tools first on its path.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("PATH", self.path());
        command
    }

    pub fn cargo(&self) -> Command {
        self.command(set("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// Node with what the browser programs need to know about this build.
    pub fn node(&self) -> Outcome<Command> {
        let mut node = self.command("node");
        node.env("TOPFLOOR_DIST", self.dist())
            .env("TOPFLOOR_SERVER", self.server());
        for (variable, program) in [
            ("TOPFLOOR_CHROMIUM", "chromium"),
            ("TOPFLOOR_CHROMEDRIVER", "chromedriver"),
            ("TOPFLOOR_FIREFOX", "firefox-esr"),
            ("TOPFLOOR_WEBKIT_DRIVER", "WebKitWebDriver"),
        ] {
            if set(variable).is_none()
                && let Some(path) = self.which(program)
            {
                node.env(variable, path);
            }
        }
        Ok(node)
    }

    pub fn which(&self, program: &str) -> Option<PathBuf> {
        let name = format!("{program}{}", env::consts::EXE_SUFFIX);
        env::split_paths(&self.path())
            .map(|folder| folder.join(&name))
            .find(|path| path.is_file())
    }

    /// The version of a package in `Cargo.lock`.
    pub fn locked_version(&self, package: &str) -> Outcome<String> {
        let path = self.root.join("Cargo.lock");
        let lock = fs::read_to_string(&path)
            .map_err(|error| Failure(format!("cannot read {}: {error}", path.display())))?;
        version_in_lock(&lock, package)
            .ok_or_else(|| Failure(format!("Cargo.lock does not name {package}")))
    }

    pub fn has_example(&self, name: &str) -> Outcome<bool> {
        let mut metadata = self.cargo();
        let text = answer(metadata.args(["metadata", "--no-deps", "--format-version", "1"]))
            .ok_or_else(|| Failure("cargo metadata failed".to_owned()))?;
        let metadata: serde_json::Value = serde_json::from_str(&text)
            .map_err(|error| Failure(format!("cargo metadata: {error}")))?;
        let list = |value: &serde_json::Value, key: &str| {
            value[key].as_array().cloned().unwrap_or_default()
        };
        Ok(list(&metadata, "packages")
            .iter()
            .flat_map(|package| list(package, "targets"))
            .any(|target| {
                target["name"] == name && list(&target, "kind").contains(&"example".into())
            }))
    }

    fn path(&self) -> OsString {
        let own = [self.tools.join("bin"), self.tools.join("node_modules/.bin")];
        let inherited = env::var_os("PATH").unwrap_or_default();
        let all = own.into_iter().chain(env::split_paths(&inherited));
        // Only a folder name with a colon in it cannot be joined; the inherited path is then the best there is.
        env::join_paths(all).unwrap_or(inherited)
    }
}

/// An environment variable that is set and not empty.
pub fn set(name: &str) -> Option<PathBuf> {
    env::var_os(name)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let after = lock
        .split_once(&format!("name = \"{package}\"\nversion = \""))?
        .1;
    Some(after.split_once('"')?.0.to_owned())
}

#[cfg(test)]
mod tests {
    use super::version_in_lock;

    #[test]
    fn the_lock_is_read_for_the_very_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(
            version_in_lock(lock, "wasm-bindgen").as_deref(),
            Some("0.2.130")
        );
        assert_eq!(version_in_lock(lock, "wasm"), None);
    }
}
