//! The inbox: views with counts, filters in the address, search, keys.

pub mod extra_filters;
pub mod filters;
mod page;
pub mod search;
mod shortcuts;
pub mod view;

pub use page::InboxPage;
