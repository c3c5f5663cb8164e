//! Staff: inbox, case page, transitions, assignment, replies.
//! One action is one event in one transaction; the state machine of `case` decides what may follow what.

mod actions;
mod conflict;
mod due;
mod failed;
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

pub use inbox_page::InboxPage;
