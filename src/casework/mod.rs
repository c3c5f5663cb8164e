//! Staff: inbox, case page, transitions, assignment, replies.
//! One action is one event in one transaction; the state machine of `case` decides what may follow what.

mod due;
mod failed;
mod filters;
mod inbox_page;
mod keys;
mod listing;
mod search;
mod server_fns;
#[cfg(feature = "ssr")]
mod store;

pub use inbox_page::InboxPage;
