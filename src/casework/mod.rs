//! Staff: inbox, case page, transitions, assignment, replies.
//! One action is one event in one transaction; the state machine of `case` decides what may follow
//! what.

pub mod actions;
pub mod case_page;
pub mod inbox;
mod queries;
#[cfg(feature = "ssr")]
pub mod ssr;

pub use case_page::{CaseFile, CaseView};
pub use inbox::{InboxPage, Place, PlaceLinks};

use crate::{error::FieldErrors, ui::form::Fields};

/// The rules of the forms of cases that need no server.
///
/// # Errors
/// At the fields of the form `command`.
pub fn check(command: &str, fields: &Fields) -> Result<(), FieldErrors> {
    actions::check(command, fields)?;
    inbox::many::check(command, fields)
}
