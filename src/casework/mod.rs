//! Staff: inbox, case page, transitions, assignment, replies.
//! One action is one event in one transaction; the state machine of `case` decides what may follow what.

mod action_forms;
mod actions;
mod case_file;
mod case_page;
mod conflict;
mod due;
mod failed;
#[cfg(feature = "ssr")]
pub mod files;
mod filters;
mod form;
mod inbox_page;
mod keys;
mod letters;
mod listing;
mod permitted;
mod refusal;
mod search;
mod sentences;
mod server_fns;
#[cfg(feature = "ssr")]
mod store;

pub use case_page::CasePage;
pub use inbox_page::InboxPage;
