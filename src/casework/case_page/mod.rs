//! The page of one case: what was said, what happened, what is due.

pub mod deadline;
mod page;
mod view;

pub use page::CaseView;
pub use view::{ActionChoices, CaseFile, Fact, FileLink, Said, Words};
