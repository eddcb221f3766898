use crate::exchange::csv::RowProblem;
use crate::exchange::towers::{Remark, TowerProblem};
use crate::i18n::buildings::Buildings;
use crate::ui::words::text;

/// Why a row is left out.
pub fn problem(problem: &TowerProblem) -> String {
    let t = text::<Buildings>();
    match problem {
        TowerProblem::Row(RowProblem::OpenQuote) => t.why_quote().to_owned(),
        TowerProblem::Row(RowProblem::AboveHeader) => t.why_above().to_owned(),
        TowerProblem::Row(_) => t.why_row().to_owned(),
        TowerProblem::NoName => t.why_no_name().to_owned(),
        TowerProblem::NoFloors => t.why_no_floors().to_owned(),
        TowerProblem::NotAFloor(piece) => t.why_floor(piece.clone()),
        TowerProblem::NotADoor(piece) => t.why_door(piece.clone()),
        TowerProblem::NotStoreys(words) => t.why_storeys(words.clone()),
        TowerProblem::TooMany => t.why_many().to_owned(),
        TowerProblem::SurplusCells => t.why_surplus().to_owned(),
    }
}

/// What to know about a building that is taken.
pub fn remark(remark: &Remark) -> String {
    let t = text::<Buildings>();
    match remark {
        Remark::Counted => t.counted().to_owned(),
        Remark::WholeFloors => t.whole_floors().to_owned(),
        Remark::ZonesUnread(piece) => t.zones_unread(piece.clone()),
        Remark::OutsideZones(floors) => t.outside_zones(*floors),
        Remark::Unreadable => t.gaps().to_owned(),
    }
}
