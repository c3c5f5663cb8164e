//! What the account pages ask for; each command is mounted under its page's address.

use super::form;
use crate::{
    error::{AppError, FieldErrors},
    routes::{self, Command},
    ui::form::{Fields, value},
};
use leptos::prelude::*;

/// Signs in.
pub const SIGN_IN: Command = Command::only(routes::SIGN_IN);
/// Gives the password once more.
pub const REAUTHENTICATE: Command = Command::only(routes::REAUTHENTICATION);
/// Sets a password of one's own, with a link and a code.
pub const SET_PASSWORD: Command = Command::only(routes::NEW_PASSWORD);
/// Gives the second proof at sign-in.
pub const PROVE: Command = Command::of(routes::SECOND_FACTOR, "ma");
/// Ends the setting up of an app with its first code.
pub const SET_UP: Command = Command::of(routes::SECOND_FACTOR, "bat");
/// Makes new recovery codes.
pub const RENEW_CODES: Command = Command::of(routes::SECOND_FACTOR, "ma_du_phong");
/// Does without the second proof.
pub const TURN_OFF: Command = Command::of(routes::SECOND_FACTOR, "tat");
/// Changes one's own password.
pub const CHANGE_PASSWORD: Command = Command::of(routes::ACCOUNT, "doi_mat_khau");

/// The rules of these forms that need no server.
///
/// # Errors
/// At the fields of the form `command`.
pub fn check(command: &str, fields: &Fields) -> Result<(), FieldErrors> {
    let password = value(fields, "secret_password");
    if command == SIGN_IN.endpoint() {
        form::credentials(value(fields, "username"), password).map(drop)
    } else if command == CHANGE_PASSWORD.endpoint() {
        form::new_password(value(fields, "secret_new_password")).map(drop)
    } else {
        Ok(())
    }
}

/// Begins a session and leads to the page that was asked for.
#[server(endpoint = "quan-tri/dang-nhap")]
pub async fn sign_in(
    #[server(default)] username: String,
    #[server(default)] secret_password: String,
) -> Result<(), AppError> {
    super::ssr::handlers::sign_in(&username, &secret_password).await
}

/// Notes that the password was given once more.
#[server(endpoint = "quan-tri/xac-nhan")]
pub async fn reauthenticate(#[server(default)] secret_password: String) -> Result<(), AppError> {
    super::ssr::handlers::reauthenticate(&secret_password).await
}

/// Ends this session.
#[server(endpoint = "quan-tri/tai-khoan/dang_xuat")]
pub async fn sign_out() -> Result<(), AppError> {
    super::ssr::handlers::sign_out(false).await
}

/// Ends every session of the account.
#[server(endpoint = "quan-tri/tai-khoan/dang_xuat_moi_noi")]
pub async fn sign_out_everywhere() -> Result<(), AppError> {
    super::ssr::handlers::sign_out(true).await
}

/// Sets a password of one's own; the link and the code together say whose.
#[server(endpoint = "quan-tri/mat-khau-moi")]
pub async fn set_password(
    #[server(default)] link: String,
    #[server(default)] secret_code: String,
    #[server(default)] secret_password: String,
    #[server(default)] secret_again: String,
) -> Result<(), AppError> {
    let password = form::chosen_password(&secret_password, &secret_again)?;
    super::ssr::handlers::set_password(&link, &secret_code, password).await
}

/// Gives the second proof at sign-in: a code of the app, or a recovery code.
#[server(endpoint = "quan-tri/ma-xac-thuc/ma")]
pub async fn prove(#[server(default)] secret_code: String) -> Result<(), AppError> {
    super::ssr::second_step::prove(&secret_code).await
}

/// Ends the setting up of an app; the recovery codes are in this answer and nowhere else.
#[server(endpoint = "quan-tri/ma-xac-thuc/bat")]
pub async fn set_up(#[server(default)] secret_code: String) -> Result<(), AppError> {
    super::ssr::second_step::set_up(&secret_code).await
}

/// Makes new recovery codes in place of the old ones.
#[server(endpoint = "quan-tri/ma-xac-thuc/ma_du_phong")]
pub async fn renew_codes() -> Result<(), AppError> {
    super::ssr::second_step::renew_codes().await
}

/// Does without the second proof, if no role demands it.
#[server(endpoint = "quan-tri/ma-xac-thuc/tat")]
pub async fn turn_off() -> Result<(), AppError> {
    super::ssr::second_step::turn_off().await
}

/// Changes one's own password, if the present one was given within five minutes; the other sessions
/// end.
#[server(endpoint = "quan-tri/tai-khoan/doi_mat_khau")]
pub async fn change_password(
    #[server(default)] secret_new_password: String,
) -> Result<(), AppError> {
    super::ssr::handlers::change_password(&secret_new_password).await
}
