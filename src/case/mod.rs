//! The kernel: what a case is, in pure Rust. No I/O, no clock, no randomness; everything else speaks in these terms.

mod check_digit;
mod content;
mod ids;
pub mod misdirected;
mod number;
mod receipt_code;
mod service_level;
mod status;
mod taxonomy;
#[cfg(test)]
mod tests;
mod text;

pub use content::Story;
pub use ids::{CaseId, StaffId, UnitId};
pub use misdirected::{Elsewhere, recognise};
pub use number::CaseNumber;
pub use receipt_code::{ReceiptCode, ReceiptFault};
pub use service_level::ServiceLevel;
pub use status::{Action, Finding, Status};
pub use taxonomy::{Channel, Kind, REASONS, Reason, Secrecy};
pub use text::{fold, group_digits, normalise};
