//! The page of one case: the feedback, its history, what is due.

pub mod deadline;
mod page;
mod view;

pub use page::CaseView;
pub use view::{ActionChoices, CaseFile, Fact, FeedbackText, FileLink, Said, UNKNOWN_UNIT};
