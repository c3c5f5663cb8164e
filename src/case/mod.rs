//! The kernel: what a case is, in pure Rust. No I/O, no clock, no randomness; everything else speaks in these terms.

mod check;
mod ids;
mod number;
mod receipt;
mod status;
mod story;
mod taxonomy;
#[cfg(test)]
mod tests;
mod text;

pub use ids::{CaseId, StaffId, UnitId};
pub use number::CaseNumber;
pub use receipt::{ReceiptCode, ReceiptFault};
pub use status::{Action, Finding, Status};
pub use story::Story;
pub use taxonomy::{Channel, Kind, REASONS, Reason, Secrecy};
pub use text::{fold, group_digits, normalise};
