//! 洗樓: a tower is walked door by door from the top, and every knock is written down (product.md §3.3, §5).

pub mod board;
pub mod building;
pub mod event;
pub mod floor;
pub mod plan;
pub mod results;
pub mod run;
pub mod tenants;
pub mod tower;
