//! Half an hour with one case, and as long again with each use, up to four hours: a random token in a
//! cookie, its SHA-256 in the database. The token says itself when it ends for good: under another
//! moment its hash is another.

use crate::{
    case::CaseId,
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
use time::{Duration, OffsetDateTime};

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
/// How long a session lives, however often it is used.
const LONGEST: Duration = Duration::hours(4);

/// What the cookie holds: a secret, and the second since 1970 after which it opens nothing.
struct Token {
    secret: [u8; 32],
    ends: OffsetDateTime,
}

impl Token {
    fn read(config: &Config, headers: &HeaderMap) -> Option<Self> {
        let value = COOKIE.read(config, headers)?;
        let bytes: [u8; 40] = URL_SAFE_NO_PAD.decode(value).ok()?.try_into().ok()?;
        let (secret, ends) = bytes.split_at(32);
        let ends = i64::from_be_bytes(ends.try_into().ok()?);
        Some(Self {
            secret: secret.try_into().ok()?,
            ends: OffsetDateTime::from_unix_timestamp(ends).ok()?,
        })
    }

    fn bytes(&self) -> Vec<u8> {
        let ends = self.ends.unix_timestamp().to_be_bytes();
        [&self.secret[..], &ends].concat()
    }

    fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.bytes()).into()
    }
}

/// Opens a session and gives the `Set-Cookie` header; sessions that are over go.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(crate) async fn open(state: &AppState, case: CaseId) -> Result<HeaderValue, AppError> {
    let now = state.clock.now();
    let token = Token {
        secret: random_bytes(),
        ends: now + LONGEST,
    };
    let token_hash = token.hash();
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
    COOKIE.set(&state.config, &URL_SAFE_NO_PAD.encode(token.bytes()))
}

/// The case of the request's live session, which lives on from now.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(crate) async fn current(
    state: &AppState,
    headers: &HeaderMap,
) -> Result<Option<CaseId>, AppError> {
    let now = state.clock.now();
    let token = Token::read(&state.config, headers).filter(|token| now < token.ends);
    let Some(token) = token.map(|token| token.hash()) else {
        return Ok(None);
    };
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
    if let Some(token) = Token::read(&state.config, headers) {
        let token_hash = token.hash();
        sqlx::query!(
            "delete from track_session where token_hash = $1",
            token_hash.as_slice()
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
