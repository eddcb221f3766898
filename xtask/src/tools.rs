//! The tools one by one: is it there in the right version, and if not, how it is brought.

use std::fs;
use std::process::Command;

use crate::project::Project;
use crate::step::{Failure, Outcome, answer, run_counting, run_quietly, say};

const WASM: &str = "wasm32-unknown-unknown";
const TRUNK: &str = "0.21.14";
const BINARYEN: &str = "132.0.0";
const OLDEST_NODE: u32 = 18;
const OLDEST_NODE_FOR_TESTS: u32 = 20;

/// Debian's packages for the tests, each with the file that shows it is there.
const BROWSER_PACKAGES: &[(&str, &str)] = &[
    ("chromium", "/usr/bin/chromium"),
    ("chromium-driver", "/usr/bin/chromedriver"),
    ("firefox-esr", "/usr/bin/firefox-esr"),
    ("xvfb", "/usr/bin/Xvfb"),
    ("xauth", "/usr/bin/xauth"),
    ("webkit2gtk-driver", "/usr/bin/WebKitWebDriver"),
    (
        "python3-gi",
        "/usr/lib/python3/dist-packages/gi/__init__.py",
    ),
    ("gir1.2-webkit2-4.1", "/usr/share/doc/gir1.2-webkit2-4.1"),
    (
        "fonts-noto-cjk",
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    ),
    (
        "fonts-noto-color-emoji",
        "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf",
    ),
    ("iproute2", "/sbin/ip"),
];

/// The standard library for the browser. A toolchain set not to install by itself fails late and obscurely without it.
pub fn wasm_target(project: &Project) -> Outcome {
    let mut rustc = project.command("rustc");
    let present = answer(rustc.args(["--print", "target-libdir", "--target", WASM]))
        .is_some_and(|folder| fs::read_dir(folder).is_ok_and(|mut files| files.next().is_some()));
    if present {
        return Ok(());
    }
    say(format!("rustup target add {WASM}"));
    let mut rustup = project.command("rustup");
    run_quietly(rustup.args(["target", "add", WASM]), "rustup target add").map_err(|Failure(reason)| {
        Failure(format!("the Rust standard library for {WASM} cannot be had ({reason}): install rustup, or check the network"))
    })
}

/// Trunk hands `--offline` to cargo, so every dependency has to be here before.
pub fn fetch_crates(project: &Project) -> Outcome {
    let mut cargo = project.cargo();
    run_quietly(cargo.args(["fetch", "--quiet"]), "cargo fetch").map_err(|Failure(reason)| {
        Failure(format!(
            "the crates cannot be had ({reason}): check the network"
        ))
    })
}

pub fn trunk(project: &Project) -> Outcome {
    if version_of(project, "trunk").as_deref() == Some(TRUNK) {
        return Ok(());
    }
    say(format!("installing trunk {TRUNK} (once, some minutes)"));
    let done = cargo_install(project, &["trunk", "--locked", "--version", TRUNK], "trunk");
    say(format!(
        "trunk {TRUNK}: {}",
        if done.is_ok() { "installed" } else { "failed" }
    ));
    done
}

/// wasm-bindgen's program must be of the very version the app is linked with.
pub fn wasm_bindgen(project: &Project) -> Outcome {
    let version = project.locked_version("wasm-bindgen")?;
    let present = |program| version_of(project, program).as_deref() == Some(version.as_str());
    if present("wasm-bindgen") && present("wasm-bindgen-test-runner") {
        return Ok(());
    }
    say(format!(
        "installing wasm-bindgen-cli {version} (once, some minutes)"
    ));
    // Its own lock file names a crate version that registries do not serve, so it is not used.
    let done = cargo_install(
        project,
        &["wasm-bindgen-cli", "--version", &version],
        "wasm-bindgen-cli",
    );
    say(format!(
        "wasm-bindgen-cli {version}: {}",
        if done.is_ok() { "installed" } else { "failed" }
    ));
    done
}

pub fn node(project: &Project) -> Outcome {
    if project.which("node").is_none() || project.which("npm").is_none() {
        apt_install(project, &["nodejs", "npm"], "Node.js with npm")?;
    }
    node_at_least(project, OLDEST_NODE)
}

/// wasm-opt. Debian's is too old for what the compiler emits.
pub fn binaryen(project: &Project) -> Outcome {
    if package_version(&project.tools.join("node_modules/binaryen")).as_deref() == Some(BINARYEN) {
        return Ok(());
    }
    say(format!("installing wasm-opt (npm binaryen {BINARYEN})"));
    fs::create_dir_all(&project.tools)
        .map_err(|error| Failure(format!("cannot make {}: {error}", project.tools.display())))?;
    let mut npm = project.command("npm");
    npm.args(["install", "--no-save", "--no-package-lock", "--prefix"])
        .arg(&project.tools);
    run_quietly(
        npm.arg(format!("binaryen@{BINARYEN}")),
        "npm install binaryen",
    )
    .map_err(|Failure(reason)| {
        Failure(format!(
            "wasm-opt cannot be had ({reason}): check the network"
        ))
    })
}

pub fn browsers(project: &Project) -> Outcome {
    let missing: Vec<&str> = BROWSER_PACKAGES
        .iter()
        .filter(|(_, file)| fs::metadata(file).is_err())
        .map(|(package, _)| *package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    apt_install(project, &missing, "the browsers for the tests")
}

/// Playwright's library, axe and what the bench compares with; none of them downloads a browser.
pub fn test_packages(project: &Project) -> Outcome {
    node_at_least(project, OLDEST_NODE_FOR_TESTS)?;
    let folder = project.root.join("tests");
    let read = |name: &str| fs::read(folder.join(name)).ok();
    let lock = read("package-lock.json");
    if lock.is_some() && read("node_modules/.topfloor-lock") == lock {
        return Ok(());
    }
    say("npm ci in tests/");
    let mut npm = project.command("npm");
    run_quietly(
        npm.current_dir(&folder)
            .args(["ci", "--no-audit", "--no-fund"]),
        "npm ci",
    )
    .map_err(|Failure(reason)| {
        Failure(format!(
            "the npm packages of tests/ cannot be had ({reason}): check the network"
        ))
    })?;
    fs::write(
        folder.join("node_modules/.topfloor-lock"),
        lock.unwrap_or_default(),
    )
    .map_err(|error| Failure(format!("cannot write into tests/node_modules: {error}")))
}

pub fn wasm_target_name() -> &'static str {
    WASM
}

/// The versions that shape what is built.
pub fn build_versions(project: &Project) -> Outcome<String> {
    let mut rustc = project.command("rustc");
    let rustc = answer(rustc.arg("--version"))
        .ok_or_else(|| Failure("rustc is missing: install rustup".to_owned()))?;
    Ok(format!("{rustc}, trunk {TRUNK}, binaryen {BINARYEN}"))
}

/// `cargo install` into the tools folder, with a build that is made for finishing soon: these programs run for a
/// second each, and their own settings would spend minutes on whole-program optimisation.
fn cargo_install(project: &Project, arguments: &[&str], name: &str) -> Outcome {
    let mut cargo = project.cargo();
    cargo
        .args(["install", "--force", "--color=never", "--root"])
        .arg(&project.tools)
        .args(arguments)
        .current_dir(std::env::temp_dir())
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "false")
        .env_remove("CARGO_TARGET_DIR");
    run_counting(&mut cargo, name, "Compiling").map_err(|Failure(reason)| {
        Failure(format!(
            "{name} cannot be had ({reason}): check the network and the disk"
        ))
    })
}

fn apt_install(project: &Project, packages: &[&str], what: &str) -> Outcome {
    let list = packages.join(" ");
    let by_hand = format!("{what} missing: install {list}");
    if project.which("apt-get").is_none() {
        return Err(Failure(format!(
            "{by_hand} (this is not Debian: use your system's packages of the same names)"
        )));
    }
    if answer(Command::new("id").arg("-u")).as_deref() != Some("0") {
        return Err(Failure(format!(
            "{by_hand}, with: sudo apt-get install --no-install-recommends {list}"
        )));
    }
    say(format!("apt-get install {list}"));
    let apt = || {
        let mut apt = project.command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive")
            .args(["-o", "DPkg::Lock::Timeout=900", "-qq"]);
        apt
    };
    let failed = |Failure(reason)| Failure(format!("{by_hand} ({reason})"));
    run_quietly(apt().arg("update"), "apt-get update").map_err(failed)?;
    run_quietly(
        apt()
            .args(["install", "-y", "--no-install-recommends"])
            .args(packages),
        "apt-get install",
    )
    .map_err(failed)
}

fn node_at_least(project: &Project, oldest: u32) -> Outcome {
    let version = answer(project.command("node").arg("--version")).unwrap_or_default();
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major >= oldest => Ok(()),
        _ => Err(Failure(format!(
            "Node.js {oldest} or newer is needed, found {version:?}: install a newer one"
        ))),
    }
}

/// The version in `program --version`.
fn version_of(project: &Project, program: &str) -> Option<String> {
    let text = answer(Command::new(project.which(program)?).arg("--version"))?;
    text.split_whitespace()
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        .map(str::to_owned)
}

fn package_version(folder: &std::path::Path) -> Option<String> {
    let text = fs::read_to_string(folder.join("package.json")).ok()?;
    let json: serde_json::Value = serde_json::from_str(&text).ok()?;
    json["version"].as_str().map(str::to_owned)
}
