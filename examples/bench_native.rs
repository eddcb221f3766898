//! Measures search, duplicate check and index build on the host: `cargo run --release --example bench_native`.
//! 50,000 invented clients with one person each and 20,000 notes, always the same. It prints; it judges nothing.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use topfloor::domain::han::HanTable;
use topfloor::domain::id::Id;
use topfloor::domain::matching::{Candidate, DuplicateFinder, Kind};
use topfloor::domain::sample::Generator;
use topfloor::domain::search::{Doc, DocKind, Field, FieldRole, Index, Query};

const CLIENTS: usize = 50_000;
const NOTES: usize = 20_000;

/// What is typed, key by key, in each way of searching.
const TYPED: &[(&str, &[&str])] = &[
    (
        "Chinese",
        &[
            "曜川貿易",
            "澄岸",
            "觀塘",
            "公司",
            "有限公司",
            "陳志明",
            "跟進",
        ],
    ),
    ("Simplified", &["澄岚电子", "陈国华", "观塘"]),
    (
        "pinyin",
        &["yaochuan", "chenzhiming", "youxiangongsi", "zhong d"],
    ),
    ("initials", &["yxgs", "czm", "ldkg"]),
    (
        "Cantonese",
        &["jiucyun", "chan chi ming", "cheung ka", "szeto"],
    ),
    (
        "Latin",
        &[
            "limited",
            "yiuchuen",
            "hong kong",
            "trading co",
            "peter",
            "chan",
            "info",
        ],
    ),
    ("digits", &["0123", "5555 0123", "+852 0456 7", "100"]),
    ("mixed", &["A座", "曜chuan", "chan 觀塘", "貿易 limited 0"]),
    ("nothing", &["xqzj", "龘靐", "0000000000"]),
];

fn main() {
    let bytes = std::fs::read("public/data/han.bin").unwrap_or_default();
    let start = Instant::now();
    let han = Arc::new(HanTable::parse(&bytes).unwrap_or_default());
    println!(
        "character table: {} bytes read in {:.1} ms",
        bytes.len(),
        ms(start.elapsed())
    );

    let docs = docs();
    let text: usize = docs
        .iter()
        .flat_map(|doc| &doc.fields)
        .map(|field| field.text.len())
        .sum();
    let start = Instant::now();
    let mut index = Index::with_han(han.clone());
    docs.iter().cloned().for_each(|doc| index.upsert(doc));
    println!(
        "index: {} records built in {:.0} ms; {:.1} MB for {:.1} MB of text, {} bytes a record beside it",
        index.len(),
        ms(start.elapsed()),
        index.bytes() as f64 / 1e6,
        text as f64 / 1e6,
        (index.bytes().saturating_sub(text)) / index.len()
    );
    let start = Instant::now();
    docs.iter()
        .step_by(50)
        .cloned()
        .for_each(|doc| index.upsert(doc));
    println!(
        "change of a record: {:.1} µs",
        ms(start.elapsed()) * 1e3 / (docs.len() as f64 / 50.0)
    );

    println!(
        "\n{:<12}{:>8}{:>10}{:>10}{:>10}   slowest",
        "search", "keys", "p50 ms", "p95 ms", "max ms"
    );
    for (class, typed) in TYPED {
        let mut times: Vec<(Duration, String)> = Vec::new();
        for query in *typed {
            for (end, c) in query.char_indices() {
                let key = &query[..end + c.len_utf8()];
                // The fastest of three, so that another program's turn is not counted.
                let time = (0..3)
                    .map(|_| time(|| index.search(&Query::new(key))))
                    .min();
                times.push((time.unwrap_or_default(), key.to_owned()));
            }
        }
        times.sort();
        let at = |part: f64| {
            times
                .get(((times.len() - 1) as f64 * part) as usize)
                .map_or(0.0, |(time, _)| ms(*time))
        };
        let slowest = times.last().map_or("", |(_, key)| key);
        println!(
            "{class:<12}{:>8}{:>10.3}{:>10.3}{:>10.3}   {slowest}",
            times.len(),
            at(0.5),
            at(0.95),
            at(1.0)
        );
    }
    duplicates(&han);
}

/// A warning while typing, and an import of as many firms as there are.
fn duplicates(han: &HanTable) {
    let firms = |seed| {
        let mut generator = Generator::new(seed);
        let company = |_| {
            let company = generator.company();
            Candidate {
                kind: Kind::Company,
                names: vec![company.zh, company.en],
                phones: vec![company.phone],
                emails: vec![company.email],
                codes: Vec::new(),
            }
        };
        (0..CLIENTS).map(company).collect::<Vec<_>>()
    };
    let start = Instant::now();
    let mut finder = DuplicateFinder::default();
    for (firm, number) in firms(1).iter().zip(0u128..) {
        finder.put(Id::from_bits(number), firm, han);
    }
    println!(
        "\nduplicates: {} firms known in {:.0} ms",
        finder.len(),
        ms(start.elapsed())
    );
    let mut times = Vec::new();
    let mut suspects = 0;
    for firm in firms(2) {
        let start = Instant::now();
        suspects += usize::from(!finder.find(&firm, han).is_empty());
        times.push(start.elapsed());
    }
    let all: Duration = times.iter().sum();
    times.sort();
    println!(
        "{} others checked in {:.0} ms, {suspects} with suspects; one: p50 {:.3} ms, p95 {:.3} ms, max {:.3} ms",
        times.len(),
        ms(all),
        ms(times[times.len() / 2]),
        ms(times[times.len() * 19 / 20]),
        times.last().map_or(0.0, |time| ms(*time))
    );
}

fn docs() -> Vec<Doc> {
    let mut generator = Generator::new(1);
    let mut docs = Vec::new();
    let field = |role, text: &str| Field {
        role,
        text: text.to_owned(),
    };
    for nth in 0..CLIENTS {
        let company = generator.company();
        let person = generator.person();
        let mut code = String::new();
        // Writing to a string cannot fail.
        let _ = write!(code, "C{nth:05}");
        docs.push(Doc {
            id: nth as u128,
            kind: DocKind::Organisation,
            boost: generator.below(256) as u8,
            fields: vec![
                field(FieldRole::Name, &company.zh),
                field(FieldRole::OtherName, &company.en),
                field(FieldRole::Phone, &company.phone),
                field(FieldRole::Email, &company.email),
                field(FieldRole::Address, &company.address),
                field(FieldRole::Code, &code),
                field(FieldRole::OtherName, &person.zh),
                field(FieldRole::OtherName, &person.en),
                field(FieldRole::Phone, &person.mobile),
            ],
        });
    }
    for nth in 0..NOTES {
        let fields = vec![field(FieldRole::Text, &generator.note())];
        docs.push(Doc {
            id: (CLIENTS + nth) as u128,
            kind: DocKind::Note,
            fields,
            boost: 0,
        });
    }
    docs
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
