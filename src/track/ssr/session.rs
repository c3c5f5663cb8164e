//! Half an hour with one case: a random token in a cookie, its SHA-256 in the database.

use crate::{
    case::{CaseId, ReceiptCode},
    error::AppError,
    platform::{
        AppState,
        clock::random_bytes,
        config::Config,
        http::cookies::{Cookie, SameSite},
    },
};
use axum::http::{HeaderMap, HeaderValue};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};
use time::Duration;

/// No lifetime: the cookie goes with the browser, the row half an hour after the last use.
const COOKIE: Cookie = Cookie {
    name: "theo-doi",
    same_site: SameSite::Strict,
    max_age: None,
};
/// How long a session lives after its last use.
const LIFE: Duration = Duration::minutes(30);
/// A use within this long of the last one does not write.
const WRITE_EVERY: Duration = Duration::minutes(1);

/// The case of a receipt code; `None` if no case has it.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(crate) async fn case_of(
    state: &AppState,
    code: &ReceiptCode,
) -> Result<Option<CaseId>, AppError> {
    let hmacs = state.vault.receipt_hmacs(code);
    let found = sqlx::query_scalar!(
        r#"select case_id as "case_id: CaseId" from case_receipt where code_hmac = any($1)"#,
        &hmacs
    )
    .fetch_optional(state.db.pool())
    .await?;
    Ok(found)
}

/// Opens a session and gives the `Set-Cookie` header; sessions that are over go.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(crate) async fn open(state: &AppState, case: CaseId) -> Result<HeaderValue, AppError> {
    let now = state.clock.now();
    let token: [u8; 32] = random_bytes();
    let token_hash = hash(&token);
    sqlx::query!(
        "with over as (delete from track_session where expires_at <= $3)
         insert into track_session (token_hash, case_id, expires_at) values ($1, $2, $4)",
        token_hash.as_slice(),
        case as CaseId,
        now,
        now + LIFE,
    )
    .execute(state.db.pool())
    .await?;
    COOKIE.set(&state.config, &URL_SAFE_NO_PAD.encode(token))
}

/// The case of the request's live session, which lives on from now.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(crate) async fn current(
    state: &AppState,
    headers: &HeaderMap,
) -> Result<Option<CaseId>, AppError> {
    let Some(token) = token_hash(&state.config, headers) else {
        return Ok(None);
    };
    let now = state.clock.now();
    let row = sqlx::query!(
        r#"select case_id as "case_id: CaseId", expires_at from track_session
        where token_hash = $1 and expires_at > $2"#,
        token.as_slice(),
        now
    )
    .fetch_optional(state.db.pool())
    .await?;
    let Some(row) = row else { return Ok(None) };
    if row.expires_at < now + LIFE - WRITE_EVERY {
        sqlx::query!(
            "update track_session set expires_at = $2 where token_hash = $1",
            token.as_slice(),
            now + LIFE
        )
        .execute(state.db.pool())
        .await?;
    }
    Ok(Some(row.case_id))
}

/// Ends the request's session.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(crate) async fn close(state: &AppState, headers: &HeaderMap) -> Result<(), AppError> {
    if let Some(token) = token_hash(&state.config, headers) {
        sqlx::query!(
            "delete from track_session where token_hash = $1",
            token.as_slice()
        )
        .execute(state.db.pool())
        .await?;
    }
    Ok(())
}

/// The header that takes the cookie from the browser.
///
/// # Errors
/// None in practice: the header is built from constants.
pub(crate) fn forget_cookie(config: &Config) -> Result<HeaderValue, AppError> {
    COOKIE.remove(config)
}

fn token_hash(config: &Config, headers: &HeaderMap) -> Option<[u8; 32]> {
    let value = COOKIE.read(config, headers)?;
    let token: [u8; 32] = URL_SAFE_NO_PAD.decode(value).ok()?.try_into().ok()?;
    Some(hash(&token))
}

fn hash(token: &[u8; 32]) -> [u8; 32] {
    Sha256::digest(token).into()
}
