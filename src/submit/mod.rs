//! Public: give feedback, leave with a receipt. Staff: enter it for a caller or visitor.
//! The same form, the same rules, in the browser and on the server.

mod assistance;
mod choices;
mod contact;
mod entry_page;
mod fields;
mod form;
mod form_page;
#[cfg(test)]
mod form_tests;
#[cfg(feature = "ssr")]
mod idempotency;
mod page_form;
mod photos;
mod receipt_page;
mod recognise;
#[cfg(feature = "ssr")]
mod rules;
#[cfg(feature = "ssr")]
pub mod sending;
mod server_fns;
#[cfg(feature = "ssr")]
pub mod store;
mod upload;

pub use choices::FormChoices;
pub use entry_page::EntryPage;
pub use form::{FeedbackDraft, NewFeedback, Submitter};
pub use form_page::{FormKey, FormPage, key_field};
pub use receipt_page::ReceiptPage;
pub use recognise::{Elsewhere, recognise};
