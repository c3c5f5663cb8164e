//! The slip of a receipt, as a browser holds it: its cookie has the key, the database the sealed
//! words. Whoever ends a visit or a session ends it too, so it lies below them all.

use crate::{
    error::AppError,
    platform::{
        AppState,
        http::cookies::{Cookie, SameSite},
    },
};
use axum::http::HeaderMap;

/// Lets a browser see the receipt of what it has just submitted.
pub const SLIP_COOKIE: Cookie = Cookie {
    name: "phieu",
    same_site: SameSite::Lax,
    max_age: Some(900),
};

/// Makes the receipt that a request's cookie opens unreadable for good; the submission is still
/// recognised. The cookie itself is for the caller to remove.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn destroy_slip(state: &AppState, headers: &HeaderMap) -> Result<(), AppError> {
    let Some(key) = SLIP_COOKIE.read(&state.config, headers) else {
        return Ok(());
    };
    let key_hmac = state.vault.keyed_hash("submission", key.as_bytes());
    sqlx::query!(
        "update submission set slip = null where key_hmac = $1",
        &key_hmac[..]
    )
    .execute(state.db.pool())
    .await?;
    Ok(())
}
