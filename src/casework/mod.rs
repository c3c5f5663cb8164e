//! Staff: inbox, case page, transitions, assignment, replies.
//! One action is one event in one transaction; the state machine of `case` decides what may follow what.

mod action_forms;
mod actions;
pub mod case_file;
mod case_page;
pub mod conflict;
mod cut;
pub mod due;
mod failed;
#[cfg(feature = "ssr")]
pub mod files;
pub mod filters;
pub mod form;
mod inbox_page;
mod keys;
pub mod letters;
pub mod listing;
pub mod opening;
pub mod permitted;
pub mod refusal;
pub mod search;
pub mod sentences;
mod server_fns;
#[cfg(feature = "ssr")]
mod store;

pub use case_page::CasePage;
pub use inbox_page::InboxPage;
