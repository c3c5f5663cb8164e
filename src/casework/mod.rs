//! Staff: inbox, case page, transitions, assignment, replies.
//! One action is one event in one transaction; the state machine of `case` decides what may follow
//! what.

pub mod actions;
pub mod case_page;
pub mod inbox;
mod queries;
#[cfg(feature = "ssr")]
pub mod ssr;

pub use actions::check;
pub use case_page::{CaseFile, CaseView};
pub use inbox::InboxPage;
