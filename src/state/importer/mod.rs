//! An import from the file to the undo, as the import page drives it. It belongs to the app and not to the page: it goes
//! on while a person looks at something else. Long work is cut into slices, so that no tap waits for it.

mod check;
mod read;
mod undo;
mod write;

use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use leptos::prelude::*;

use super::Book;
use crate::domain::id::Id;
use crate::domain::import::{Decision, Import, Target};
use crate::exchange::csv::{self, RowProblem};
use crate::exchange::mapping::Mapping;
use crate::exchange::plan::{Checked, Decisions, Planner, Tally};
use crate::exchange::text::Encoding;
use crate::exchange::vcard::{self, RefusedReason, WarningKind};
use crate::i18n::exchange::Exchange as Words;
use crate::platform::clock;
use crate::platform::files::PickedFile;
use crate::platform::share;
use crate::storage::{Store, StoreError};

pub use read::{Cards, Review, Table};
pub use undo::{Kept, TakenBack, take_back};

/// What the import page shows.
#[derive(Clone)]
pub enum Stage {
    Pick,
    Working(Work),
    /// The file is not taken; nothing was changed.
    Refused {
        file: String,
        why: Fault,
    },
    /// What was recognised, and where each column goes.
    Review,
    /// What is alike what, and what to do with it.
    Decide,
    Report(Rc<Report>),
    TakenBack(Rc<TakenBack>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    Reading,
    /// The book's own records are still being read.
    Waiting,
    Checking,
    Writing,
    Undoing,
}

/// Why a file is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    Unreadable,
    Empty,
    NotText,
    /// A backup goes another way.
    Backup,
}

/// What came of an import.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    pub import: Import,
    pub refused: Vec<Left>,
    /// Line and what is worth knowing about a row that was taken.
    pub warnings: Vec<(u32, Why)>,
}

/// Lines of a file that become nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Left {
    /// 1-based line of the file.
    pub line: u32,
    pub why: Vec<Why>,
    /// As it stands in the file, cut, for the report.
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    Row(RowProblem),
    Card(RefusedReason),
    OfCard(WarningKind),
}

impl From<csv::Refused> for Left {
    fn from(refused: csv::Refused) -> Self {
        let why = refused.problems.into_iter().map(Why::Row).collect();
        Self {
            line: refused.line,
            why,
            text: refused.text,
        }
    }
}

impl From<vcard::Refused> for Left {
    fn from(refused: vcard::Refused) -> Self {
        Self {
            line: refused.line,
            why: vec![Why::Card(refused.reason)],
            text: refused.text,
        }
    }
}

/// Names of the counts kept with an import.
pub mod count {
    pub const CLIENTS: &str = "clients";
    pub const PEOPLE: &str = "people";
    pub const LEADS: &str = "leads";
    pub const FILLED: &str = "filled";
    pub const SKIPPED: &str = "skipped";
    pub const REFUSED: &str = "refused";
    pub const OPTED_OUT: &str = "opted_out";
    pub const PHOTOS_LEFT: &str = "photos_left";
}

#[derive(Clone, Copy)]
pub struct Importer {
    pub stage: RwSignal<Stage, LocalStorage>,
    /// Done and total of the work at hand.
    pub progress: RwSignal<(usize, usize)>,
    pub review: RwSignal<Option<Review>, LocalStorage>,
    pub mapping: RwSignal<Mapping, LocalStorage>,
    pub decisions: RwSignal<Decisions, LocalStorage>,
    /// Files that wait behind the one at hand.
    pub waiting: RwSignal<Vec<String>>,
    /// Grows whenever the list of imports changed.
    pub changed: RwSignal<u64>,
    /// The import this tab is writing or taking back now.
    pub running: RwSignal<Option<Id>>,
    job: StoredValue<Job, LocalStorage>,
    /// Counts pieces of work; one whose number is no longer the newest was cancelled.
    turn: StoredValue<u64>,
    book: Book,
}

#[derive(Default)]
struct Job {
    queue: VecDeque<PickedFile>,
    files: Vec<PickedFile>,
    planner: Option<Planner>,
    refused: Vec<Left>,
    warnings: Vec<(u32, Why)>,
    /// The share the files came with, forgotten when the last of them is done.
    share: Option<String>,
}

impl Importer {
    pub fn new(book: Book) -> Self {
        Self {
            stage: RwSignal::new_local(Stage::Pick),
            progress: RwSignal::new((0, 0)),
            review: RwSignal::new_local(None),
            mapping: RwSignal::new_local(empty_mapping()),
            decisions: RwSignal::new_local(default_decisions(Target::Clients)),
            waiting: RwSignal::new(Vec::new()),
            changed: RwSignal::new(0),
            running: RwSignal::new(None),
            job: StoredValue::new_local(Job::default()),
            turn: StoredValue::new(0),
            book,
        }
    }

    /// Whether the next file may be shown: nothing is at work, and none waits to be decided.
    fn is_free(self) -> bool {
        !matches!(
            self.stage.get_untracked(),
            Stage::Working(_) | Stage::Review | Stage::Decide
        )
    }

    /// Takes files that were picked, dropped or handed over. `share` is what to forget once they are imported.
    pub fn take(self, files: Vec<PickedFile>, share: Option<String>) {
        if files.is_empty() {
            return;
        }
        self.job.update_value(|job| {
            job.queue.extend(files);
            job.share = share.or(job.share.take());
        });
        if self.is_free() {
            self.next_file();
        } else {
            self.tell_waiting();
        }
    }

    /// Goes on with the next file, or back to the choice of files.
    pub fn next_file(self) {
        self.forget_file();
        let files = self.job.try_update_value(|job| {
            let first = job.queue.pop_front();
            let mut files: Vec<PickedFile> = first.into_iter().collect();
            // Address books are often many files of one card: they are one import.
            if files.first().is_some_and(read::is_card_name) {
                let (cards, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut job.queue)
                    .into_iter()
                    .partition(read::is_card_name);
                job.queue = rest.into();
                files.extend(cards);
            }
            job.files.clone_from(&files);
            files
        });
        self.tell_waiting();
        if files.is_none_or(|files| files.is_empty()) {
            self.stage.set(Stage::Pick);
        } else {
            self.read(None, None);
        }
    }

    /// Drops the file at hand and those behind it.
    pub fn start_over(self) {
        self.cancel();
        self.forget_file();
        self.job.update_value(|job| {
            job.queue.clear();
            job.share = None;
        });
        self.tell_waiting();
        self.stage.set(Stage::Pick);
    }

    /// Reads the file at hand, by the encoding and separator a person chose or by what is recognised.
    pub fn read(self, encoding: Option<Encoding>, delimiter: Option<char>) {
        let turn = self.begin(Work::Reading);
        let files = self.job.with_value(|job| job.files.clone());
        leptos::task::spawn_local(async move {
            let name = read::title(&files);
            let result = read::read(self, turn, &files, encoding, delimiter).await;
            if !self.is_current(turn) {
                return;
            }
            match result {
                Ok(Some(review)) => {
                    if let Review::Table(table) = &review {
                        self.mapping
                            .set(Mapping::guess(table.header.as_ref(), &table.sample()));
                    }
                    self.review.set(Some(review));
                    self.stage.set(Stage::Review);
                }
                Ok(None) => {}
                Err(why) => self.stage.set(Stage::Refused { file: name, why }),
            }
        });
    }

    /// What the rows become.
    pub fn target(self) -> Target {
        self.review.with(|review| match review {
            Some(Review::Cards(_)) => Target::People,
            _ => self.mapping.with(|mapping| mapping.target),
        })
    }

    /// Compares the rows with the book and with each other.
    pub fn check(self) {
        let turn = self.begin(Work::Waiting);
        let target = untrack(|| self.target());
        leptos::task::spawn_local(async move {
            let Some(found) = check::check(self, turn, target).await else {
                return;
            };
            self.decisions.set(default_decisions(target));
            self.job.update_value(|job| {
                job.planner = Some(found.planner);
                job.refused = found.refused;
                job.warnings = found.warnings;
            });
            self.stage.set(Stage::Decide);
        });
    }

    /// Back to the columns.
    pub fn review_again(self) {
        self.job.update_value(|job| job.planner = None);
        self.stage.set(Stage::Review);
    }

    pub fn tally(self) -> Tally {
        self.job
            .with_value(|job| job.planner.as_ref().map(Planner::tally))
            .unwrap_or_default()
    }

    /// How many rows bring something, as decided now.
    pub fn taken(self) -> usize {
        let decisions = self.decisions.get();
        self.job.with_value(|job| {
            job.planner
                .as_ref()
                .map_or(0, |planner| planner.taken(&decisions))
        })
    }

    /// Rows that pass a test, with their positions; at most `limit`.
    pub fn rows(self, limit: usize, test: impl Fn(&Checked) -> bool) -> Vec<(usize, Checked)> {
        self.job.with_value(|job| {
            let rows = job
                .planner
                .iter()
                .flat_map(|planner| planner.rows.iter().enumerate());
            rows.filter(|(_, row)| test(row))
                .take(limit)
                .map(|(at, row)| (at, row.clone()))
                .collect()
        })
    }

    pub fn row(self, at: usize) -> Option<Checked> {
        self.job.with_value(|job| {
            job.planner
                .as_ref()
                .and_then(|planner| planner.rows.get(at).cloned())
        })
    }

    pub fn decision(self, at: usize) -> Decision {
        let decisions = self.decisions.get();
        self.job
            .with_value(|job| {
                job.planner
                    .as_ref()
                    .map(|planner| planner.decision(at, &decisions))
            })
            .unwrap_or(Decision::Skip)
    }

    pub fn refused(self) -> Vec<Left> {
        self.job.with_value(|job| job.refused.clone())
    }

    /// Writes what was decided.
    pub fn write(self) {
        let Some(planner) = self
            .job
            .try_update_value(|job| job.planner.take())
            .flatten()
        else {
            return;
        };
        let turn = self.begin(Work::Writing);
        let decisions = self.decisions.get_untracked();
        let (refused, warnings) = self
            .job
            .try_update_value(|job| {
                (
                    std::mem::take(&mut job.refused),
                    std::mem::take(&mut job.warnings),
                )
            })
            .unwrap_or_default();
        let name = read::title(&self.job.with_value(|job| job.files.clone()));
        leptos::task::spawn_local(async move {
            let outcome =
                write::write(self, turn, planner, decisions, name, refused, warnings).await;
            self.written(outcome);
        });
    }

    /// Goes on with an import that a kill interrupted.
    pub fn resume(self, id: Id) {
        let turn = self.begin(Work::Writing);
        leptos::task::spawn_local(async move {
            let outcome = write::resume(self, turn, id).await;
            self.written(outcome);
        });
    }

    /// Takes an import back, finished or not.
    pub fn undo(self, import: Import) {
        self.begin(Work::Undoing);
        leptos::task::spawn_local(async move {
            let outcome = undo::undo(self, import, false).await;
            self.undone(outcome);
        });
    }

    /// Stops the work at hand. What an unfinished import had written is taken back.
    pub fn cancel(self) {
        self.turn.update_value(|turn| *turn += 1);
        let stage = match self.stage.get_untracked() {
            // Writing notices after the chunk at hand, and takes back.
            Stage::Working(Work::Writing | Work::Undoing) => return,
            Stage::Working(Work::Waiting | Work::Checking) => Stage::Review,
            Stage::Working(Work::Reading) => Stage::Pick,
            stage => stage,
        };
        self.stage.set(stage);
    }

    fn written(self, outcome: Result<write::Outcome, StoreError>) {
        self.running.set(None);
        self.changed.update(|n| *n += 1);
        match outcome {
            Ok(write::Outcome::Written(report)) => {
                self.forget_share();
                self.announce(report.import.clone());
                self.stage.set(Stage::Report(Rc::new(report)));
            }
            Ok(write::Outcome::TakenBack(taken)) => {
                self.stage.set(Stage::TakenBack(Rc::new(taken)))
            }
            Err(error) => self.stopped(&error),
        }
    }

    fn undone(self, outcome: Result<TakenBack, StoreError>) {
        self.running.set(None);
        self.changed.update(|n| *n += 1);
        match outcome {
            Ok(taken) => self.stage.set(Stage::TakenBack(Rc::new(taken))),
            Err(error) => self.stopped(&error),
        }
    }

    /// Says so on whatever screen the person is by now, with the way back.
    fn announce(self, import: Import) {
        let app = super::app();
        let words = Words(app.settings.lang.get_untracked());
        app.notices
            .done_with_undo(words.finished(), move || self.undo(import.clone()));
    }

    /// The store refused. What was written stays hidden, and the list of imports offers to go on.
    fn stopped(self, error: &StoreError) {
        self.book.report(error, super::app().settings);
        self.stage.set(Stage::Pick);
    }

    fn begin(self, work: Work) -> u64 {
        self.turn.update_value(|turn| *turn += 1);
        self.progress.set((0, 0));
        self.stage.set(Stage::Working(work));
        self.turn.get_value()
    }

    fn is_current(self, turn: u64) -> bool {
        self.turn.try_get_value() == Some(turn)
    }

    fn forget_file(self) {
        self.review.set(None);
        self.job.update_value(|job| {
            job.files.clear();
            job.planner = None;
            job.refused.clear();
            job.warnings.clear();
        });
    }

    /// The share is done with its last file.
    fn forget_share(self) {
        let share = self
            .job
            .try_update_value(|job| {
                if job.queue.is_empty() {
                    job.share.take()
                } else {
                    None
                }
            })
            .flatten();
        if let Some(key) = share {
            leptos::task::spawn_local(async move { share::forget_incoming(&key).await });
        }
    }

    fn tell_waiting(self) {
        self.waiting.set(
            self.job
                .with_value(|job| job.queue.iter().map(|file| file.name.clone()).collect()),
        );
    }
}

/// Shows what an import or a restore changed, everywhere at once.
pub async fn refresh(book: Book, store: &Store) {
    if let Ok(head) = store.head().await {
        book.outbox.set(head.outbox);
    }
    book.reload();
    // What asks the store itself, such as the day's list, asks again.
    book.revision.update(|n| *n += 1);
}

/// Lets others work when a slice of the time is used up.
struct Pace(f64);

/// Short enough that a tap never waits, long enough that the waiting itself costs little.
const SLICE_MS: f64 = 24.0;

impl Pace {
    fn new() -> Self {
        Self(clock::perf_ms())
    }

    async fn breathe(&mut self, tell: impl FnOnce()) {
        if clock::perf_ms() - self.0 > SLICE_MS {
            tell();
            clock::yield_now().await;
            self.0 = clock::perf_ms();
        }
    }
}

fn empty_mapping() -> Mapping {
    Mapping::guess(None, &[])
}

/// Filling gaps overwrites nothing and loses nothing; a directory's lead that is there already needs no second one.
fn default_decisions(target: Target) -> Decisions {
    let usual = if target == Target::Leads {
        Decision::Skip
    } else {
        Decision::Fill
    };
    Decisions {
        book: usual,
        twins: usual,
        single: HashMap::new(),
    }
}
