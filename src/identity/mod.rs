//! Opening an identity: requested with a reason, allowed by a second leader, visible for a day,
//! reported to the submitter.
//! The web process never holds the key: the unsealer opens, after its own look at the record.

mod commands;
pub mod form;
mod page;
mod panel;
pub mod queries;
pub mod rule;
#[cfg(feature = "ssr")]
pub mod ssr;
mod view;

pub use commands::check;
pub use page::OpeningPage;
pub use panel::OpeningPanel;
pub use view::{OpeningPageView, OpeningState, OpeningView, PastOpening, Revealed};
