//! A table pasted from a spreadsheet: its header says which column is which.

use super::cells::{Cell, table_cells};
use super::floors::Floors;
use super::line::Line;
use super::named::tidy;
use super::place::{Place, whole};
use super::text::Text;
use crate::domain::canvass::floor::floor_key;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Floor,
    Door,
    Name,
    Other,
}

/// The columns of a table and where its header stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    separator: char,
    columns: Vec<Column>,
    /// The number of the header's line.
    pub header: usize,
}

impl Table {
    /// The first line that names columns, if the lines behind it are a table.
    pub fn find(lines: &[(usize, &str)]) -> Option<Self> {
        const HEADER_WITHIN: usize = 15;
        let separator = ['\t', ','].into_iter().find(|c| {
            let with = lines.iter().filter(|(_, line)| line.contains(*c)).count();
            with * 2 > lines.len()
        })?;
        lines.iter().take(HEADER_WITHIN).find_map(|(number, line)| {
            let text = Text::new(line);
            let columns: Vec<Column> = table_cells(&text, separator)
                .iter()
                .map(|cell| column(&text.plain(cell.from, cell.to)))
                .collect();
            let known = |column: Column| columns.contains(&column);
            (known(Column::Name) && (known(Column::Floor) || known(Column::Door))).then_some(Self {
                separator,
                columns,
                header: *number,
            })
        })
    }

    pub fn read(&self, number: usize, raw: &str) -> Line {
        let text = Text::new(raw);
        let mut line = Line {
            number,
            raw: raw.trim_end().to_owned(),
            table: true,
            ..Line::default()
        };
        let cells = table_cells(&text, self.separator);
        // A row with more cells than the header is shifted somewhere.
        line.name_unclear = cells
            .iter()
            .skip(self.columns.len())
            .any(|cell| cell.from < cell.to);
        for (cell, column) in cells.into_iter().zip(&self.columns) {
            if cell.from >= cell.to {
                continue;
            }
            match column {
                Column::Floor => self.place(&mut line, floor(&text, cell)),
                Column::Door => self.place(&mut line, whole(&text, cell.from, cell.to)),
                Column::Name => line.names.push(tidy(&text.raw(cell.from, cell.to))),
                Column::Other => {}
            }
        }
        line.names.retain(|name| !name.is_empty());
        line
    }

    fn place(&self, line: &mut Line, place: Option<Place>) {
        match (place, &mut line.place) {
            (None, _) => line.place_unclear = true,
            (Some(place), None) => line.place = Some(place),
            (Some(place), Some(mine)) => {
                if !mine.merge(place) {
                    line.place_unclear = true;
                }
            }
        }
    }
}

/// In a column of floors a bare number is one.
pub fn floor(text: &Text, cell: Cell) -> Option<Place> {
    if let Some(key) = floor_key(&text.raw(cell.from, cell.to)) {
        return Some(Place {
            floors: Some(Floors {
                keys: vec![key],
                firm: true,
                unclear: false,
            }),
            ..Place::default()
        });
    }
    whole(text, cell.from, cell.to)
}

fn column(header: &str) -> Column {
    let plain: String = header
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | ':' | '(' | ')' | '_' | '/'))
        .collect();
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    let other = has(&[
        "電話", "电话", "TEL", "PHONE", "FAX", "傳真", "行業", "行业", "INDUSTRY", "備註", "备注",
        "REMARK", "EMAIL", "序",
    ]);
    if other || plain.chars().count() > 24 {
        Column::Other
    } else if has(&[
        "公司", "租戶", "租户", "名稱", "名称", "商戶", "商户", "COMPANY", "TENANT", "NAME",
        "OCCUPANT",
    ]) {
        Column::Name
    } else if has(&["樓層", "楼层", "層數", "层数", "FLOOR", "LEVEL"])
        || ["樓", "楼", "層", "层"].contains(&plain.as_str())
    {
        Column::Floor
    } else if has(&[
        "單位", "单位", "單元", "单元", "房", "室", "舖", "鋪", "UNIT", "ROOM", "SUITE", "SHOP",
        "位置", "LOCATION",
    ]) {
        Column::Door
    } else {
        Column::Other
    }
}
