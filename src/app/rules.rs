//! The rules of forms that the browser runs before anything is sent: the very ones of the server. `ui` knows no slice, so they are
//! handed to it here.

use crate::{accounts, casework, error::FieldErrors, identity, submit, track, ui::form::Fields};

/// The rules of the public pages and of the doors to the console.
///
/// # Errors
/// At the fields of the form `command`.
pub fn site(command: &str, fields: &Fields) -> Result<(), FieldErrors> {
    submit::check(command, fields)?;
    track::check(command, fields)?;
    accounts::check(command, fields)
}

/// The rules of the console.
///
/// # Errors
/// At the fields of the form `command`.
pub fn console(command: &str, fields: &Fields) -> Result<(), FieldErrors> {
    accounts::check(command, fields)?;
    casework::check(command, fields)?;
    identity::check(command, fields)
}
