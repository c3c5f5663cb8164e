//! What a submitter does on the two pages; each command is mounted under its page's address.

use super::form;
use crate::{
    error::{AppError, FieldErrors},
    routes::{self, Command},
    ui::form::{Fields, value},
};
use leptos::prelude::*;

/// Opens the case of a receipt code.
pub const LOOK_UP: Command = Command::only(routes::LOOK_UP);
/// Writes, with evidence or without; the supplement if one was asked for.
pub const WRITE: Command = Command::of(routes::FOLLOW, "nhan");
/// Rates the answer.
pub const RATE: Command = Command::of(routes::FOLLOW, "danh_gia");
/// Says that the answer does not satisfy.
pub const REOPEN: Command = Command::of(routes::FOLLOW, "chua_thoa_dang");
/// Says what the department may do beyond handling the case.
pub const CONSENT: Command = Command::of(routes::FOLLOW, "dong_y");
/// Withdraws the case.
pub const WITHDRAW: Command = Command::of(routes::FOLLOW, "rut");

/// The rules of these forms that need no server.
///
/// # Errors
/// At the fields of the form `command`.
pub fn check(command: &str, fields: &Fields) -> Result<(), FieldErrors> {
    if command == LOOK_UP.endpoint() {
        form::read_code(value(fields, "ma")).map(drop)
    } else if command == RATE.endpoint() {
        form::read_rating(value(fields, "muc")).map(drop)
    } else if command == REOPEN.endpoint() {
        form::read_reason(value(fields, "ly_do")).map(drop)
    } else {
        Ok(())
    }
}

/// A right code opens its case for half an hour. The code travels in the body only.
#[server(endpoint = "tra-cuu")]
pub async fn look_up(#[server(default)] ma: String) -> Result<(), AppError> {
    super::ssr::handlers::open_case(&ma).await?;
    leptos_axum::redirect(routes::FOLLOW.path);
    Ok(())
}

/// Sends a message and the files of the form.
#[server(endpoint = "tra-cuu/ho-so/nhan")]
pub async fn write(
    #[server(default)] tin_nhan: String,
    #[server(default)] khoa: String,
) -> Result<(), AppError> {
    use super::ssr::handlers;
    handlers::lead_back(handlers::write(&tin_nhan, &khoa).await?);
    Ok(())
}

/// Rates the answer once.
#[server(endpoint = "tra-cuu/ho-so/danh_gia")]
pub async fn rate(#[server(default)] muc: String) -> Result<(), AppError> {
    use super::ssr::{self, handlers};
    let (state, case) = handlers::identify().await?;
    handlers::lead_back(ssr::rate(&state, case, form::read_rating(&muc)?).await?);
    Ok(())
}

/// Asks to look at the case once more.
#[server(endpoint = "tra-cuu/ho-so/chua_thoa_dang")]
pub async fn reopen(#[server(default)] ly_do: String) -> Result<(), AppError> {
    use super::ssr::{self, handlers};
    let (state, case) = handlers::identify().await?;
    let reason = form::read_reason(&ly_do)?;
    let done = ssr::reopen(&state, case, &reason).await?;
    handlers::lead_back(handlers::in_time("ly_do", done)?);
    Ok(())
}

/// Keeps what the submitter allows.
#[server(endpoint = "tra-cuu/ho-so/dong_y")]
pub async fn choose(
    #[server(default)] dong_y_lien_he: String,
    #[server(default)] dong_y_cong_bo: String,
) -> Result<(), AppError> {
    use super::ssr::{self, handlers};
    use crate::case::Consent;
    let (state, case) = handlers::identify().await?;
    let chosen = Consent::ticked(&dong_y_lien_he, &dong_y_cong_bo);
    handlers::lead_back(ssr::choose(&state, case, chosen).await?);
    Ok(())
}

/// Withdraws the case, if the box that confirms it was ticked.
#[server(endpoint = "tra-cuu/ho-so/rut")]
pub async fn withdraw(#[server(default)] xac_nhan: String) -> Result<(), AppError> {
    use super::ssr::{self, handlers};
    let (state, case) = handlers::identify().await?;
    form::read_confirmation(&xac_nhan)?;
    handlers::lead_back(ssr::withdraw(&state, case).await?);
    Ok(())
}
