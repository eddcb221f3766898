//! 洗樓: towers, the walk through them, and what came of it.

mod floors;
mod form;
mod handover;
mod import;
mod list;
mod loaded;
mod lobby;
mod marks;
mod page;
mod results;
mod settings;
mod start;
mod tower_rows;
mod walk;

pub use floors::FloorsPage;
pub use form::{EditBuilding, NewBuilding};
pub use handover::{HandOverPage, ReceivePage};
pub use import::ImportTowers;
pub use list::TowerList;
pub use lobby::LobbyPage;
pub use page::BuildingPage;
pub use results::ResultsPage;
pub use settings::CanvassSettings;
pub use start::StartWalk;
pub use walk::WalkPage;
