//! Submits feedback: a citizen's own, or an officer's entry for a caller or visitor.

use super::form::{FeedbackDraft, NewFeedback};
use crate::{
    error::{AppError, FieldErrors},
    routes::{self, Command},
    ui::form::Fields,
};
use leptos::prelude::*;

/// Sends feedback.
pub const SUBMIT: Command = Command::only(routes::FORM);
/// Enters it for a caller or visitor.
pub const ENTER: Command = Command::only(routes::ENTRY);

/// The rule of both forms, the same as on the server.
///
/// # Errors
/// At the fields of the form `command`.
pub fn check(command: &str, fields: &Fields) -> Result<(), FieldErrors> {
    if ![SUBMIT.endpoint(), ENTER.endpoint()].contains(&command.to_owned()) {
        return Ok(());
    }
    let pairs = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    NewFeedback::try_from(FeedbackDraft::from_pairs(pairs)).map(drop)
}

/// Sends the feedback of the form, and leads to its receipt.
#[server(endpoint = "gui-phan-anh")]
pub async fn submit_feedback() -> Result<(), AppError> {
    use super::ssr::{handlers, store::Recorder};
    handlers::receive(Recorder(None)).await?;
    leptos_axum::redirect(routes::RECEIPT.path);
    Ok(())
}

/// The same for a caller or visitor.
#[server(endpoint = "quan-tri/tiep-nhan")]
pub async fn enter_feedback() -> Result<(), AppError> {
    use super::ssr::{handlers, store::Recorder};
    use crate::{accounts::ssr::authority::require, rights::Permission};
    let officer = require(Permission::EnterFeedback).await?;
    handlers::receive(Recorder(Some(officer.staff_id()))).await?;
    leptos_axum::redirect(routes::ENTRY_RECEIPT.path);
    Ok(())
}
