//! The page of one case: the feedback, its history, what is due.

mod copy;
pub mod deadline;
mod done;
mod page;
mod story;
mod view;

pub use page::CaseView;
pub use view::{
    ActionChoices, CaseFile, Fact, FeedbackText, FileLink, Receiver, Said, UNKNOWN_UNIT, UndoOffer,
    Waits,
};
