//! Links to a new password. A link opens with its code only: one half is shown to whoever asked for
//! the account, the other to whoever confirmed it, and the person alone gets both.

use super::{password, session, strength, totp};
use crate::{
    accounts::{form::plain_code, view::LinkView},
    case::StaffId,
    error::{AppError, FieldErrors},
    platform::{AppState, clock::random_bytes, config::Config},
    records::{AuditAction, AuditEntry, audit},
    routes,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};
use time::Duration;
use uuid::Uuid;

/// How long a link opens after it was confirmed.
pub const OPENS_FOR: Duration = Duration::hours(72);

/// A new link.
pub struct Link {
    /// The whole address, shown once.
    pub address: String,
    /// What is stored of it.
    pub hash: [u8; 32],
}

impl Link {
    /// A link with 128 random bits.
    pub fn new(config: &Config) -> Self {
        let token: [u8; 16] = random_bytes();
        let path = routes::NEW_PASSWORD.with(URL_SAFE_NO_PAD.encode(token));
        Self {
            address: format!("{}{path}", config.public_url),
            hash: Sha256::digest(token).into(),
        }
    }
}

/// What is stored of the code to the link of `request`.
pub fn code_hash(request: Uuid, code: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(request.as_bytes());
    hash.update(plain_code(code));
    hash.finalize().into()
}

/// What a link opens.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn look(state: &AppState, link: &str) -> Result<LinkView, AppError> {
    let Some(hash) = hash_of(link) else {
        return Ok(LinkView::Dead);
    };
    let row = sqlx::query!(
        "select s.username, r.decided_at, r.expires_at
         from account_request r join staff s using (staff_id) where r.link_hash = $1",
        hash.as_slice()
    )
    .fetch_optional(state.db.pool())
    .await?;
    Ok(match row {
        Some(row) if row.decided_at.is_none() => LinkView::Waiting,
        Some(row)
            if row
                .expires_at
                .is_some_and(|until| until > state.clock.now()) =>
        {
            LinkView::Open(row.username)
        }
        _ => LinkView::Dead,
    })
}

/// Sets the password of whoever holds link and code. Sessions, second proof and recovery codes of
/// before end with it, and so does the link.
///
/// # Errors
/// [`AppError::Invalid`] at `secret_code` if the two do not belong together or the link is dead, at
/// `secret_password` if the password can be guessed.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn set_password(
    state: &AppState,
    link: &str,
    code: &str,
    chosen: String,
) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.db.pool().begin().await?;
    let row = sqlx::query!(
        r#"select r.request_id, r.staff_id as "staff: StaffId", r.code_hash
        from account_request r join staff s using (staff_id)
        where r.link_hash = $1 and r.expires_at > $2 and s.active for update of r"#,
        hash_of(link).map(Vec::from),
        now
    )
    .fetch_optional(&mut *tx)
    .await?;
    let row = row
        .filter(|row| row.code_hash.as_deref() == Some(&code_hash(row.request_id, code)[..]))
        .ok_or_else(wrong_code)?;
    let around = strength::words_around(&mut tx, row.staff).await?;
    let hash = password::chosen(chosen, around, "secret_password").await?;
    sqlx::query!(
        "update staff set password_hash = $2 where staff_id = $1",
        row.staff as StaffId,
        hash
    )
    .execute(&mut *tx)
    .await?;
    session::end_others(&mut tx, row.staff, None).await?;
    totp::forget(&mut tx, row.staff).await?;
    sqlx::query!(
        "update account_request set expires_at = null, link_hash = null, code_hash = null
         where request_id = $1",
        row.request_id
    )
    .execute(&mut *tx)
    .await?;
    audit(
        &mut tx,
        AuditEntry::by(row.staff, AuditAction::PasswordSet, now),
    )
    .await?;
    Ok(tx.commit().await?)
}

fn wrong_code() -> FieldErrors {
    FieldErrors::at(
        "secret_code",
        "Mã chưa đúng, hoặc liên kết không còn dùng được. Vui lòng nhập lại mã lãnh đạo đã giao.",
    )
}

fn hash_of(link: &str) -> Option<[u8; 32]> {
    let token: [u8; 16] = URL_SAFE_NO_PAD.decode(link).ok()?.try_into().ok()?;
    Some(Sha256::digest(token).into())
}
