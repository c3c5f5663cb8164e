//! What the account pages ask for; each command is mounted under its page's address.

use super::{form, view::NewPassword};
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
/// Makes an account.
pub const CREATE: Command = Command::of(routes::ACCOUNT, "tao");
/// Closes an account.
pub const DISABLE: Command = Command::of(routes::ACCOUNT, "khoa");
/// Opens a closed account again.
pub const ENABLE: Command = Command::of(routes::ACCOUNT, "mo_lai");
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

/// Makes an account; its password is in this answer and nowhere else.
#[server(endpoint = "quan-tri/tai-khoan/tao")]
pub async fn create_staff(
    #[server(default)] username: String,
    #[server(default)] display_name: String,
    #[server(default)] unit: String,
    #[server(default)] roles: Vec<String>,
) -> Result<NewPassword, AppError> {
    use super::ssr::{authority, store};
    let authority = authority::require(crate::rights::Permission::ManageStaff).await?;
    let staff = form::NewStaff::parse(&username, &display_name, &unit, &roles)?;
    let made = store::create(&authority::state(), &authority, &staff).await?;
    crate::platform::http::reply::show_once(made.clone());
    Ok(made)
}

/// Closes an account: no more signing in, and every session of it ends now.
#[server(endpoint = "quan-tri/tai-khoan/khoa")]
pub async fn disable_staff(#[server(default)] staff: String) -> Result<(), AppError> {
    super::ssr::handlers::set_active(&staff, false).await
}

/// Opens a closed account again.
#[server(endpoint = "quan-tri/tai-khoan/mo_lai")]
pub async fn enable_staff(#[server(default)] staff: String) -> Result<(), AppError> {
    super::ssr::handlers::set_active(&staff, true).await
}

/// Changes one's own password, if the present one was given within five minutes; the other sessions
/// end.
#[server(endpoint = "quan-tri/tai-khoan/doi_mat_khau")]
pub async fn change_password(
    #[server(default)] secret_new_password: String,
) -> Result<(), AppError> {
    super::ssr::handlers::change_password(&secret_new_password).await
}
