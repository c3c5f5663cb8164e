//! Public: give feedback, leave with a receipt. Staff: enter it for a caller or visitor.
//! The same form, the same rules, in the browser and on the server.

mod browser_form;
mod choices;
mod commands;
mod contact;
mod drafts;
mod enhance;
mod entry_page;
mod fields;
mod form;
mod form_page;
#[cfg(test)]
mod form_tests;
mod other_doors;
mod photos;
mod queries;
mod read_back;
mod receipt_page;
mod slip_tools;
mod speaker;
#[cfg(feature = "ssr")]
pub mod ssr;
mod who_sees;

pub use choices::FormChoices;
pub use commands::check;
pub use drafts::{forget_all as forget_drafts, forget_old as forget_old_drafts};
pub use entry_page::EntryPage;
pub use form::{FeedbackDraft, NewFeedback, Submitter};
pub use form_page::{FormPage, SubmissionKey, key_field};
pub use other_doors::Contacts;
pub use receipt_page::ReceiptPage;
