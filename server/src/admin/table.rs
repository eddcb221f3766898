//! Lists as text in columns, and times as people read them.

use time::OffsetDateTime;

/// Columns as wide as their widest cell; the last is not filled up.
pub fn print(rows: &[Vec<String>]) {
    print!("{}", columns(rows));
}

fn columns(rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            line.push_str(cell);
            let fill = width(column).saturating_sub(cell.chars().count()) + 2;
            line.extend(std::iter::repeat_n(' ', fill));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// `2026-07-28 09:30:00` in UTC.
pub fn time(unix_ms: i64) -> String {
    match OffsetDateTime::from_unix_timestamp(unix_ms.div_euclid(1000)) {
        Ok(at) => {
            let ((year, month, day), (hour, minute, second)) =
                (at.date().to_calendar_date(), at.to_hms());
            let month = u8::from(month);
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
        }
        Err(_) => unix_ms.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_times_are_read() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        assert_eq!(
            columns(&[row(["a", "b"]), row(["ccc", "d"])]),
            "a    b\nccc  d\n"
        );
        assert_eq!(time(0), "1970-01-01 00:00:00");
        assert_eq!(time(1_790_000_000_999), "2026-09-21 14:13:20");
        assert_eq!(time(i64::MAX), i64::MAX.to_string());
    }
}
