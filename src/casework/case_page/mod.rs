//! The page of one case: what was said, what happened, what is due.

pub mod deadline;
mod page;
pub mod sentences;
pub mod view;

pub use page::CasePage;
