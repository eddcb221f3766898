//! `cargo xtask …`: set-up, build, serving, tests, bench and screenshots of Topfloor.

mod app;
mod bytes;
mod han;
mod project;
mod setup;
mod stamp;
mod step;
mod tests_command;
mod tools;

use std::process::ExitCode;

use project::Project;
use step::{Failure, Outcome, run};

const USAGE: &str = "\
cargo xtask <command>

  run [--lan] [--port N]   set up what is missing, build, serve on http://localhost:8650
                           (--lan: also over HTTPS to a phone on the same network)
  test [host|browser|e2e|all]
                           set up what is missing, browsers too, and run the tests
  setup [--tests]          only set up
  build                    release build into dist/, with its bytes checked
  bytes                    what the first load weighs
  serve [--lan] [--port N] [--dist DIR]
                           serve dist/ as it is
  bench | tour | story     measure | picture every screen | replay a first day
  han                      make public/data/han.bin anew from its sources
  stamp                    (called by Trunk) precache list and compressed files";

fn main() -> ExitCode {
    step::begin();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(message)) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Outcome {
    let project = Project::find()?;
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", arguments),
    };
    match command {
        "run" => app::run_app(&project, rest),
        "serve" => app::serve(&project, rest),
        "build" => {
            setup::for_app(&project)?;
            app::build(&project)?;
            bytes::check(&project)
        }
        "bytes" => bytes::check(&project),
        "setup" if rest == ["--tests"] => setup::for_tests(&project),
        "setup" if rest.is_empty() => setup::for_app(&project),
        "stamp" => stamp::from_trunk(),
        "test" => tests_command::run_tests(&project, rest.first().map_or("all", String::as_str)),
        "bench" => bench(&project, rest),
        "tour" => script(&project, "tests/tour/tour.mjs", rest),
        "story" => script(&project, "tests/tour/story.mjs", rest),
        "han" => han::run(&project.root).map_err(Failure),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => Err(Failure(format!("unknown command {other:?}\n\n{USAGE}"))),
    }
}

fn bench(project: &Project, arguments: &[String]) -> Outcome {
    if project.has_example("bench_native")? {
        let mut native = project.cargo();
        native.args(["run", "--release", "--example", "bench_native", "--"]);
        run(native.args(arguments), "native bench")?;
    }
    script(project, "tests/bench/run.mjs", arguments)
}

/// Runs one of the Node programs against the fresh build.
fn script(project: &Project, path: &str, arguments: &[String]) -> Outcome {
    if !project.root.join(path).exists() {
        return Err(Failure(format!("{path} does not exist")));
    }
    setup::for_tests(project)?;
    app::build(project)?;
    app::build_server(project)?;
    let mut node = project.node()?;
    run(node.arg(path).args(arguments), path)
}
