//! `cargo xtask test`: the stages from the lowest level up, and a table at the end. The first failure ends the run.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::app;
use crate::bytes;
use crate::project::Project;
use crate::setup;
use crate::step::{Failure, Outcome, answer, run, say};
use crate::tools;

const PROPERTY_SEED: &str = "PROPTEST_RNG_SEED";

/// What a stage reports besides having passed.
type Note = Option<String>;

struct Stage {
    name: &'static str,
    job: fn(&Project) -> Outcome<Note>,
}

const HOST: &[Stage] = &[
    Stage {
        name: "format",
        job: format,
    },
    Stage {
        name: "clippy, host",
        job: clippy_host,
    },
    Stage {
        name: "clippy, browser",
        job: clippy_browser,
    },
    Stage {
        name: "host tests",
        job: host_tests,
    },
    Stage {
        name: "documentation tests",
        job: doc_tests,
    },
    Stage {
        name: "licences and advisories",
        job: deny,
    },
];
const BROWSER: &[Stage] = &[Stage {
    name: "browser tests",
    job: browser_tests,
}];
const E2E: &[Stage] = &[
    Stage {
        name: "release build and bytes",
        job: release_build,
    },
    Stage {
        name: "end-to-end tests",
        job: end_to_end,
    },
];

pub fn run_tests(project: &Project, which: &str) -> Outcome {
    let set_up = |job| Stage {
        name: "set-up",
        job,
    };
    let (first, stages) = match which {
        "host" => (set_up(set_up_host), vec![HOST]),
        "browser" => (set_up(set_up_all), vec![BROWSER]),
        "e2e" => (set_up(set_up_all), vec![E2E]),
        "all" => (set_up(set_up_all), vec![HOST, BROWSER, E2E]),
        other => {
            return Err(Failure(format!(
                "unknown tests {other:?}; known: host, browser, e2e, all"
            )));
        }
    };
    let stages: Vec<&Stage> = std::iter::once(&first)
        .chain(stages.into_iter().flatten())
        .collect();

    let mut rows = Vec::new();
    let mut failure = None;
    for stage in stages {
        if failure.is_some() {
            rows.push(row(stage.name, None, "not reached"));
            continue;
        }
        say(format!("── {}", stage.name));
        let begun = Instant::now();
        let result = (stage.job)(project);
        let word = match &result {
            Ok(None) => "passed",
            Ok(Some(note)) => note,
            Err(_) => "FAILED",
        };
        rows.push(row(stage.name, Some(begun.elapsed()), word));
        failure = result
            .err()
            .map(|Failure(reason)| Failure(format!("{}: {reason}", stage.name)));
    }
    println!("\n{}", rows.join("\n"));
    match failure {
        Some(failure) => Err(failure),
        None => {
            say("all tests passed");
            Ok(())
        }
    }
}

fn row(name: &str, took: Option<Duration>, word: &str) -> String {
    let seconds = took.map_or_else(
        || "-".to_owned(),
        |took| format!("{:.1} s", took.as_secs_f64()),
    );
    format!("{name:<26} {seconds:>9}  {word}")
}

fn set_up_host(project: &Project) -> Outcome<Note> {
    tools::wasm_target(project)?;
    tools::fetch_crates(project).map(|()| None)
}

fn set_up_all(project: &Project) -> Outcome<Note> {
    setup::for_tests(project).map(|()| None)
}

fn format(project: &Project) -> Outcome<Note> {
    cargo(project, &["fmt", "--all", "--check"])
}

fn clippy_host(project: &Project) -> Outcome<Note> {
    cargo(
        project,
        &[
            "clippy",
            "--quiet",
            "--workspace",
            "--all-targets",
            "--locked",
            "--",
            "-D",
            "warnings",
        ],
    )
}

fn clippy_browser(project: &Project) -> Outcome<Note> {
    let target = tools::wasm_target_name();
    let package = [
        "--package",
        "topfloor",
        "--lib",
        "--bins",
        "--test",
        "browser",
    ];
    let mut arguments = vec!["clippy", "--quiet", "--target", target, "--locked"];
    arguments.extend(package);
    arguments.extend(["--", "-D", "warnings"]);
    cargo(project, &arguments)
}

fn host_tests(project: &Project) -> Outcome<Note> {
    if answer(project.cargo().args(["nextest", "--version"])).is_some() {
        return cargo(
            project,
            &[
                "nextest",
                "run",
                "--workspace",
                "--locked",
                "--no-fail-fast",
            ],
        );
    }
    cargo(
        project,
        &[
            "test",
            "--workspace",
            "--locked",
            "--lib",
            "--bins",
            "--tests",
            "--no-fail-fast",
        ],
    )
}

fn doc_tests(project: &Project) -> Outcome<Note> {
    cargo(
        project,
        &["test", "--quiet", "--workspace", "--locked", "--doc"],
    )
}

fn deny(project: &Project) -> Outcome<Note> {
    if answer(project.cargo().args(["deny", "--version"])).is_none() {
        return Ok(Some("not run: cargo-deny is not installed".to_owned()));
    }
    // Advisories need the network to a code host; licences, bans and sources do not.
    cargo(project, &["deny", "check", "licenses", "bans", "sources"])
}

fn browser_tests(project: &Project) -> Outcome<Note> {
    let need = |program: &str| {
        project
            .which(program)
            .ok_or_else(|| Failure(format!("{program} is missing")))
    };
    let mut test = project.cargo();
    test.args([
        "test",
        "--package",
        "topfloor",
        "--target",
        tools::wasm_target_name(),
        "--test",
        "browser",
        "--locked",
    ])
    .env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
        need("wasm-bindgen-test-runner")?,
    )
    .env("CHROMEDRIVER", need("chromedriver")?)
    .env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    run(&mut test, "cargo test in Chromium").map(|()| None)
}

fn release_build(project: &Project) -> Outcome<Note> {
    app::build_server(project)?;
    app::build(project)?;
    bytes::check(project).map(|()| None)
}

fn end_to_end(project: &Project) -> Outcome<Note> {
    let mut files = Vec::new();
    collect_tests(&project.root.join("tests/e2e"), &mut files)?;
    if files.is_empty() {
        return Err(Failure("tests/e2e holds no *.test.mjs".to_owned()));
    }
    files.sort();
    let mut node = project.node()?;
    node.args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
        .args(&files);
    run(&mut node, "node --test").map(|()| None)
}

fn collect_tests(folder: &Path, into: &mut Vec<PathBuf>) -> Outcome {
    let failed =
        |error: std::io::Error| Failure(format!("cannot list {}: {error}", folder.display()));
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            collect_tests(&path, into)?;
        } else if path.to_string_lossy().ends_with(".test.mjs") {
            into.push(path);
        }
    }
    Ok(())
}

fn cargo(project: &Project, arguments: &[&str]) -> Outcome<Note> {
    let name = format!("cargo {}", arguments.first().unwrap_or(&""));
    let mut command = project.cargo();
    command.args(arguments);
    // The property tests try the same cases everywhere, so that what fails here fails on the desk too; another seed in the
    // environment tries others.
    if std::env::var_os(PROPERTY_SEED).is_none() {
        command.env(PROPERTY_SEED, "20261125");
    }
    run(&mut command, &name).map(|()| None)
}
