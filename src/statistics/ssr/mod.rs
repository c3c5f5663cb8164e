//! Counting. What the public reads comes from releases only; leadership figures are live.
#![warn(unreachable_pub)]

mod dashboard;
mod decisions;
pub mod leadership;
mod months;
mod open_cases;
pub mod public;
pub mod publishing;
pub mod reports;
mod speed;

pub use dashboard::leading;
