//! The page of one case: what was said, what happened, what is due.

pub mod deadline;
mod failed;
mod page;
mod view;

pub use failed::Failed;
pub use page::{CasePage, Changes};
pub use view::{ActionChoices, CaseFile, Fact, FileLink, Said, Words};
