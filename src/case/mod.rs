//! The kernel: what a case is, in pure Rust. No I/O, no clock, no randomness; everything else
//! speaks in these terms.
#![warn(unreachable_pub)]

mod action_words;
mod check_digit;
pub(crate) mod codes;
mod consent;
mod content;
mod day;
mod event;
mod ids;
mod likely_reasons;
mod misdirected;
mod number;
mod privacy;
mod rating;
mod receipt_code;
mod record;
mod refusal;
mod service_level;
mod stage;
mod status;
mod taxonomy;
#[cfg(test)]
mod tests;
mod text;

pub use consent::Consent;
pub use content::{ContentReader, FeedbackContent, MATTER, matter_of};
pub use day::{day_month_year, long_date, read_day, weekday, weekday_date, write_day};
pub use event::{CaseEvent, EventNames};
pub use ids::{AttachmentId, CaseId, ExternalBodyId, MessageId, OpeningId, StaffId, UnitId};
pub use likely_reasons::likely_reasons;
pub use misdirected::{OtherProcedure, recognise};
pub use number::CaseNumber;
pub use privacy::cover_private;
pub use rating::Rating;
pub use receipt_code::{ReceiptCode, ReceiptCodeError};
pub use record::{BodyField, Direction, Proposal, ReplyBy};
pub use refusal::RefusalReason;
pub use service_level::ServiceLevel;
pub use stage::{Stage, Turn};
pub use status::{Action, Finding, Status, Waiting, allowed_actions, is_correction};
pub use taxonomy::{BRIBERY, Channel, Confidentiality, Kind, ProposalAim, REASONS, Reason};
pub use text::{first_line, fold, group_digits, normalise};
