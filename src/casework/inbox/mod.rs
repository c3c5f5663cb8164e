//! The inbox: views with counts, what each case is about, filters in the address, search, the same
//! for several cases, keys.

pub mod extra_filters;
mod filter_bar;
pub mod filters;
mod keys;
mod list;
pub(crate) mod many;
mod page;
pub mod place;
mod preview;
pub mod search;
mod tabs;
pub mod turn;
pub mod view;

pub use page::InboxPage;
pub use place::{Place, PlaceLinks};
