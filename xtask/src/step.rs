//! One line of progress per step, and commands that say what failed.

use std::fmt::Display;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// A message for the person at the terminal: what could not be had, and what to do about it.
#[derive(Debug)]
pub struct Failure(pub String);

/// How long a step may say nothing.
const QUIET: Duration = Duration::from_secs(15);

pub type Outcome<T = ()> = Result<T, Failure>;

/// Starts the clock of the progress lines.
pub fn begin() {
    started();
}

/// Prints one progress line with the seconds since the command began.
pub fn say(message: impl Display) {
    println!("[{:6.1} s] {message}", started().elapsed().as_secs_f64());
}

/// Runs with the terminal's output.
pub fn run(command: &mut Command, name: &str) -> Outcome {
    let status = command
        .stdin(Stdio::null())
        .status()
        .map_err(|error| cannot_start(command, &error))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure(format!("{name} failed ({status})")))
}

/// Runs silently; what the command printed is shown only when it fails.
pub fn run_quietly(command: &mut Command, name: &str) -> Outcome {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| cannot_start(command, &error))?;
    if output.status.success() {
        return Ok(());
    }
    eprint!("{}", String::from_utf8_lossy(&output.stdout));
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    Err(Failure(format!("{name} failed ({})", output.status)))
}

/// Runs a long command silently but for a line now and then with the number of lines of its log that hold `mark`.
pub fn run_counting(command: &mut Command, name: &str, mark: &str) -> Outcome {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| cannot_start(command, &error))?;
    let (mut log, mut count, mut told) = (String::new(), 0_u32, Instant::now());
    if let Some(stderr) = child.stderr.take() {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            count += u32::from(line.contains(mark));
            if told.elapsed() > QUIET {
                say(format!("{name}: {} {count}", mark.to_lowercase()));
                told = Instant::now();
            }
            log.push_str(&line);
            log.push('\n');
        }
    }
    let status = child
        .wait()
        .map_err(|error| cannot_start(command, &error))?;
    if status.success() {
        return Ok(());
    }
    eprint!("{log}");
    Err(Failure(format!("{name} failed ({status})")))
}

/// What a command prints, or `None` when it is missing or fails: the question "is it there, and which one".
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn cannot_start(command: &Command, error: &std::io::Error) -> Failure {
    Failure(format!(
        "cannot start {}: {error}",
        command.get_program().to_string_lossy()
    ))
}

fn started() -> &'static Instant {
    static STARTED: OnceLock<Instant> = OnceLock::new();
    STARTED.get_or_init(Instant::now)
}
