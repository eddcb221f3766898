use super::*;
use crate::exchange::testing::decode_legacy;
use crate::exchange::text::{decode, detect};
use proptest::prelude::*;

fn read(text: &str) -> (Vec<Row>, Vec<Refused>) {
    let mut rows = Vec::new();
    let mut refused = Vec::new();
    for item in Reader::new(text.to_owned()) {
        match item {
            Ok(row) => rows.push(row),
            Err(row) => refused.push(row),
        }
    }
    (rows, refused)
}

fn cells(text: &str) -> Vec<(u32, Vec<String>)> {
    read(text)
        .0
        .into_iter()
        .map(|row| (row.line, row.cells))
        .collect()
}

#[test]
fn lines_are_those_of_the_file_whatever_ends_them() {
    for end in ["\n", "\r\n", "\r"] {
        let text = [
            "Company,Tel",
            "甲,1",
            "",
            ",",
            "\"乙\nb\",2",
            "丙,3,surplus",
            "丁",
        ]
        .join(end);
        let text = text.replace("乙\nb", &format!("乙{end}b"));
        let rows = cells(&text);
        let lines: Vec<u32> = rows.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [2, 5, 7, 8], "{end:?}");
        assert_eq!(rows[1].1, [format!("乙{end}b"), "2".into()]);
        assert_eq!(rows[2].1, ["丙", "3", "surplus"]);
        assert_eq!(rows[3].1, ["丁"]);
    }
}

#[test]
fn the_delimiter_is_found() {
    for (text, delimiter) in [
        ("Company;Tel\n甲, 乙;1\n丙;2\n", ';'),
        ("Company\tTel\n甲, 乙\t1\n", '\t'),
        ("Company,Tel\n\"甲; 乙\",1\n", ','),
        ("Company\n甲\n", ','),
        ("sep=;\r\nCompany;Tel\r\n甲;1\r\n", ';'),
    ] {
        let reader = Reader::new(text.to_owned());
        assert_eq!(reader.delimiter(), delimiter, "{text}");
        assert!(reader.header().is_some(), "{text}");
    }
    let declared = Reader::new("sep=;\r\nCompany;Tel\r\n甲;1\r\n".to_owned());
    assert_eq!(declared.header().map(|row| row.line), Some(2));
}

#[test]
fn headers_titles_and_their_absence_are_told_apart() {
    let (rows, refused) = read("客戶名單 2026\n\n公司名稱,電話\n甲有限公司,3000 0001\n");
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (refused[0].line, refused[0].problems.as_slice()),
        (1, [RowProblem::AboveHeader].as_slice())
    );
    assert!(
        Reader::new("甲有限公司,3000 0001\n乙有限公司,3000 0002\n".to_owned())
            .header()
            .is_none()
    );
    assert!(
        Reader::new("Gizmo,Widget\n甲有限公司,3000 0001\n".to_owned())
            .header()
            .is_some()
    );
}

#[test]
fn a_quote_that_never_closes_costs_one_line() {
    let text = "Company,Tel\n\"甲,1\n乙,2\n\"丙, 丁\",3\n戊,4\n";
    let (rows, refused) = read(text);
    assert_eq!(refused.iter().map(|row| row.line).collect::<Vec<_>>(), [2]);
    assert_eq!(refused[0].problems, [RowProblem::OpenQuote]);
    assert_eq!(refused[0].text, "\"甲,1");
    assert_eq!(
        rows.iter().map(|row| row.line).collect::<Vec<_>>(),
        [3, 4, 5]
    );
    let (rows, refused) = read("Company,Tel\n甲,1\n\"乙,2\n丙,3");
    assert_eq!((rows.len(), refused.len()), (2, 1));
}

#[test]
fn a_stray_quote_closed_by_chance_is_noticed() {
    let (rows, refused) = read("Company,Tel,Fax\n\"甲,1,2\n乙,2\",3\n丙,3,4\n");
    assert_eq!((rows.len(), refused.len()), (2, 1), "{rows:?}");
    // Words behind a quoted one on the same line are not a mistake worth a refusal.
    assert_eq!(
        read("Company,Tel\n\"Ace\" Ltd,1\n").0[0].cells,
        ["Ace Ltd", "1"]
    );
}

#[test]
fn rows_full_of_open_quotes_stay_linear() {
    let mut text = String::from("Company,Tel\n");
    for _ in 0..50_000 {
        text.push_str("a\",\"b\n");
    }
    let (rows, refused) = read(&text);
    assert_eq!(rows.len() + refused.len(), 50_000);
}

#[test]
fn the_directories_are_read_whole() {
    let companies = include_bytes!("../../../tests/fixtures/csv/listed-companies.csv");
    let text = decode(companies, detect(companies), &decode_legacy).unwrap();
    let (rows, refused) = read(&text);
    assert_eq!((rows.len(), refused.len()), (66, 0));
    assert_eq!(
        rows[53].cells[2],
        "Ping An Insurance (Group) Company of China, Ltd."
    );
    assert_eq!(rows[53].line, 55);
}

#[test]
fn reading_may_stop_and_go_on() {
    let mut text = String::from("Company,Tel\n");
    for n in 0..1_200 {
        text.push_str(&format!("公司{n},3000 {n:04}\n"));
    }
    let mut reader = Reader::new(text.clone());
    assert_eq!(reader.peek(3).len(), 3);
    let mut seen = 0;
    loop {
        let chunk: Vec<_> = reader.by_ref().take(500).collect();
        if chunk.is_empty() {
            break;
        }
        seen += chunk.len();
    }
    assert_eq!(seen, 1_200);
    assert_eq!(reader.progress(), (text.len(), text.len()));
}

proptest! {
    /// On anything the `csv` crate writes we read what it reads.
    #[test]
    fn well_formed_files_are_read_as_the_csv_crate_reads_them(
        table in proptest::collection::vec(proptest::collection::vec("[a-z甲\", ;\n\r]{0,6}", 1..5), 1..8)
    ) {
        let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for row in &table {
            writer.write_record(row).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let mut theirs = ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let theirs: Vec<Vec<String>> = theirs
            .records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
            .filter(|row: &Vec<String>| row.iter().any(|cell| !cell.trim().is_empty()))
            .collect();
        let mut scan = Scan::new(text, ',');
        scan.set_width(0);
        let mine: Vec<Vec<String>> = scan.map(|row| row.unwrap().cells).collect();
        prop_assert_eq!(mine, theirs);
    }

    #[test]
    fn no_text_panics_or_loses_a_line(text in "([a-z甲\",;\t\n\r]|公司|電話|sep=){0,80}") {
        let blank = |line: &&str| !line.trim_matches([',', ';', '\t', ' ', '"']).is_empty();
        let lines = text.split(['\n', '\r']).filter(blank).count();
        let mut reader = Reader::new(text.clone());
        let header = usize::from(reader.header().is_some());
        let mut last = 0;
        let mut covered = header;
        for item in reader.by_ref() {
            let (line, length) = match item {
                Ok(row) => (row.line, row.cells.iter().map(|cell| cell.split(['\n', '\r']).count() - 1).sum::<usize>() + 1),
                Err(row) => (row.line, 1),
            };
            prop_assert!(line > last);
            last = line;
            covered += length;
        }
        let declared = usize::from(text.trim_start_matches('"').starts_with("sep="));
        // A header over several lines counts as one, so only files without quotes can be counted exactly.
        if !text.contains('"') {
            prop_assert!(covered + declared >= lines, "{covered} of {lines}: {text:?}");
        }
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let text = decode(&bytes, detect(&bytes), &decode_legacy).unwrap();
        let _ = Reader::new(text).count();
    }
}
