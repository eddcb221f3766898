//! Brings what is missing, each thing once: tools are kept in the user's cache folder and checked by version.

use std::thread;

use crate::project::Project;
use crate::step::{Failure, Outcome, say};
use crate::tools;

/// What building and serving need.
pub fn for_app(project: &Project) -> Outcome {
    bring(project, || Ok(()))?;
    say("tools are ready");
    Ok(())
}

/// What the tests need besides.
pub fn for_tests(project: &Project) -> Outcome {
    bring(project, || {
        tools::browsers(project)?;
        tools::test_packages(project)
    })?;
    say("tools, browsers and test packages are ready");
    Ok(())
}

/// Compiling the two cargo tools takes minutes of processor, everything else minutes of download: side by side. What
/// apt brings stays in one line of work, because a second apt cannot always wait for the first.
fn bring(project: &Project, downloads: impl FnOnce() -> Outcome + Send) -> Outcome {
    tools::wasm_target(project)?;
    tools::fetch_crates(project)?;
    thread::scope(|scope| {
        let jobs = [
            scope.spawn(|| tools::trunk(project)),
            scope.spawn(|| tools::wasm_bindgen(project)),
            scope.spawn(|| {
                tools::node(project)?;
                tools::binaryen(project)?;
                downloads()
            }),
        ];
        let done: Vec<Outcome> = jobs.into_iter().map(join).collect();
        done.into_iter().collect()
    })
}

fn join(job: thread::ScopedJoinHandle<'_, Outcome>) -> Outcome {
    job.join()
        .unwrap_or_else(|_| Err(Failure("a set-up step broke off".to_owned())))
}
