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
/// Says, on the receipt, what the department may do beyond handling the case.
pub const CONSENT: Command = Command::of(routes::RECEIPT, "dong_y");
/// The same for a caller or visitor.
pub const ENTRY_CONSENT: Command = Command::of(routes::ENTRY_RECEIPT, "dong_y");

/// What the address of a receipt says once that was kept.
pub const CHOSEN: &str = "dong-y";

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

/// Keeps what the sender allows.
#[server(endpoint = "gui-phan-anh/da-nhan/dong_y")]
pub async fn choose(
    #[server(default)] dong_y_lien_he: String,
    #[server(default)] dong_y_cong_bo: String,
) -> Result<(), AppError> {
    use super::ssr::receipt;
    use crate::{accounts::ssr::authority::state, case::Consent, records::Actor};
    let chosen = Consent::ticked(&dong_y_lien_he, &dong_y_cong_bo);
    receipt::choose(&state(), chosen, Actor::SUBMITTER).await?;
    leptos_axum::redirect(&routes::done(routes::RECEIPT, CHOSEN));
    Ok(())
}

/// Keeps what a caller or visitor allows, as they say it.
#[server(endpoint = "quan-tri/tiep-nhan/da-nhan/dong_y")]
pub async fn choose_for(
    #[server(default)] dong_y_lien_he: String,
    #[server(default)] dong_y_cong_bo: String,
) -> Result<(), AppError> {
    use super::ssr::receipt;
    use crate::{
        accounts::ssr::authority::{require, state},
        case::Consent,
        rights::Permission,
    };
    let officer = require(Permission::EnterFeedback).await?;
    let chosen = Consent::ticked(&dong_y_lien_he, &dong_y_cong_bo);
    receipt::choose(&state(), chosen, officer.actor()).await?;
    leptos_axum::redirect(&routes::done(routes::ENTRY_RECEIPT, CHOSEN));
    Ok(())
}
