//! What the pages of accounts ask for: one person asks, another confirms.

use crate::{
    error::AppError,
    routes::{self, Command},
};
use leptos::prelude::*;

/// Asks for an account.
pub(super) const CREATE: Command = Command::of(routes::STAFF, "tao");
/// Asks for other roles or another unit.
pub(super) const CHANGE_ROLES: Command = Command::of(routes::PERSON, "doi_quyen");
/// Asks for a password to be set anew.
pub(super) const RESET: Command = Command::of(routes::PERSON, "cap_lai");
/// Asks for a closed account to be opened again.
pub(super) const REOPEN: Command = Command::of(routes::PERSON, "mo_lai");
/// Closes an account.
pub(super) const CLOSE: Command = Command::of(routes::PERSON, "khoa");
/// Takes back what one asked for oneself.
pub(super) const WITHDRAW: Command = Command::of(routes::STAFF, "rut");
/// Confirms what somebody else asked for.
pub(super) const CONFIRM: Command = Command::of(routes::STAFF, "xac_nhan");
/// Refuses what somebody else asked for.
pub(super) const REFUSE: Command = Command::of(routes::STAFF, "tu_choi");

/// Asks for an account; half of what sets its password is in this answer and nowhere else.
#[server(endpoint = "quan-tri/nguoi-dung/tao")]
pub async fn create_staff(
    #[server(default)] username: String,
    #[server(default)] display_name: String,
    #[server(default)] unit: String,
    #[server(default)] roles: Vec<String>,
) -> Result<(), AppError> {
    use super::{
        form::NewStaff,
        ssr::{asking, authority},
    };
    let asker = asking::asker().await?;
    let staff = NewStaff::parse(&username, &display_name, &unit, &roles)?;
    let state = authority::state();
    crate::platform::http::reply::show_once(asking::create(&state, &asker, &staff).await?);
    Ok(())
}

/// Asks for other roles or another unit.
#[server(endpoint = "quan-tri/nguoi-dung/doi_quyen")]
pub async fn change_roles(
    #[server(default)] staff: String,
    #[server(default)] unit: String,
    #[server(default)] roles: Vec<String>,
) -> Result<(), AppError> {
    use super::{
        form::Post,
        ssr::{asking, authority},
    };
    let asker = asking::asker().await?;
    let post = Post::parse(&unit, &roles)?;
    let who = asking::change_roles(&authority::state(), &asker, &staff, &post).await?;
    leptos_axum::redirect(&routes::person_after(&who, CHANGE_ROLES.name));
    Ok(())
}

/// Asks for a password to be set anew; half of what sets it is in this answer and nowhere else.
#[server(endpoint = "quan-tri/nguoi-dung/cap_lai")]
pub async fn reset_password(#[server(default)] staff: String) -> Result<(), AppError> {
    use super::ssr::{asking, authority};
    let asker = asking::asker().await?;
    let state = authority::state();
    crate::platform::http::reply::show_once(asking::reset(&state, &asker, &staff).await?);
    Ok(())
}

/// Asks for a closed account to be opened again.
#[server(endpoint = "quan-tri/nguoi-dung/mo_lai")]
pub async fn reopen(#[server(default)] staff: String) -> Result<(), AppError> {
    use super::ssr::{asking, authority};
    let asker = asking::asker().await?;
    let who = asking::reopen(&authority::state(), &asker, &staff).await?;
    leptos_axum::redirect(&routes::person_after(&who, REOPEN.name));
    Ok(())
}

/// Closes an account: no more signing in, every session of it ends now, nothing asked for it
/// remains, and what it had in hand goes to `to`, or waits for the head of the unit.
#[server(endpoint = "quan-tri/nguoi-dung/khoa")]
pub async fn close_account(
    #[server(default)] staff: String,
    #[server(default)] to: String,
) -> Result<(), AppError> {
    use super::ssr::{asking, authority, closing};
    let asker = asking::asker().await?;
    let who = closing::close(&authority::state(), &asker, &staff, &to).await?;
    leptos_axum::redirect(&routes::person_after(&who, CLOSE.name));
    Ok(())
}

/// Takes back what one asked for oneself.
#[server(endpoint = "quan-tri/nguoi-dung/rut")]
pub async fn withdraw(#[server(default)] request: String) -> Result<(), AppError> {
    use super::ssr::{asking, authority};
    let asker = asking::asker().await?;
    asking::withdraw(&authority::state(), &asker, &request).await?;
    leptos_axum::redirect(&routes::done(routes::STAFF, WITHDRAW.name));
    Ok(())
}

/// Confirms what somebody else asked for; if a password is to be set, its code is in this answer
/// and nowhere else.
#[server(endpoint = "quan-tri/nguoi-dung/xac_nhan")]
pub async fn confirm(#[server(default)] request: String) -> Result<(), AppError> {
    use super::ssr::{authority, confirming};
    let leader = confirming::confirmer().await?;
    match confirming::confirm(&authority::state(), &leader, &request).await? {
        Some(issued) => crate::platform::http::reply::show_once(issued),
        None => leptos_axum::redirect(&routes::done(routes::STAFF, CONFIRM.name)),
    }
    Ok(())
}

/// Refuses what somebody else asked for.
#[server(endpoint = "quan-tri/nguoi-dung/tu_choi")]
pub async fn refuse(#[server(default)] request: String) -> Result<(), AppError> {
    use super::ssr::{authority, confirming};
    let leader = confirming::confirmer().await?;
    confirming::refuse(&authority::state(), &leader, &request).await?;
    leptos_axum::redirect(&routes::done(routes::STAFF, REFUSE.name));
    Ok(())
}
