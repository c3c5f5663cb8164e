//! Staff sessions: a random token in a cookie, its SHA-256 in the database, idle and absolute
//! expiry.

use crate::{
    accounts::form::sees_inbox,
    case::{StaffId, UnitId},
    error::AppError,
    platform::{
        AppState,
        config::Config,
        database::Reader,
        http::cookies::{Cookie, SameSite},
    },
    records::{AuditAction, AuditEntry, audit},
    rights::{Permission, Role},
    ui::Viewer,
};
use axum::http::{HeaderMap, HeaderValue, request::Parts};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// A session ends after this long without a request.
pub const IDLE: Duration = Duration::minutes(30);
/// A session ends this long after signing in, whatever happens.
pub const ABSOLUTE: Duration = Duration::hours(12);
/// How long a password counts as just given.
pub const REAUTH_WINDOW: Duration = Duration::minutes(5);
/// The session's cookie, without a lifetime: closing the browser at a shared desk ends it.
const COOKIE: Cookie = Cookie {
    name: "phien",
    same_site: SameSite::Lax,
    max_age: None,
};
/// Being seen is written down at most this often.
const SEEN_EVERY: Duration = Duration::minutes(1);

/// The member of staff behind a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrentStaff {
    /// Who.
    pub staff_id: StaffId,
    /// The unit they belong to.
    pub unit: Option<UnitId>,
    /// As shown on the page.
    pub display_name: String,
    /// Their roles.
    pub roles: Vec<Role>,
    /// When they last gave their password in this session.
    pub authenticated_at: OffsetDateTime,
    /// When this was read: the moment of the request.
    pub read_at: OffsetDateTime,
}

impl CurrentStaff {
    /// Whether one of the roles grants `permission`.
    pub fn may(&self, permission: Permission) -> bool {
        self.roles.iter().any(|role| role.grants(permission))
    }

    /// They as the reader of cases.
    pub fn reader(&self) -> Reader {
        Reader {
            staff: self.staff_id,
            unit: self.unit,
            leads: self.roles.iter().any(|role| role.leads()),
        }
    }

    /// Whether the password was given within [`REAUTH_WINDOW`].
    pub fn is_recently_authenticated(&self, now: OffsetDateTime) -> bool {
        now - self.authenticated_at <= REAUTH_WINDOW
    }
}

/// What the frame of staff pages shows of a member of staff.
pub fn viewer(staff: &CurrentStaff) -> Viewer {
    Viewer {
        id: staff.staff_id.to_string(),
        name: staff.display_name.clone(),
        role: staff
            .roles
            .first()
            .map(|role| role.label().to_owned())
            .unwrap_or_default(),
        leads: staff.may(Permission::SeeFigures),
        enters: staff.may(Permission::EnterFeedback),
        works: sees_inbox(&staff.roles),
        sees_staff: staff.may(Permission::SeeStaff),
        audits: staff.may(Permission::ReadAudit),
    }
}

/// The member of staff behind the current page or server function.
///
/// # Errors
/// [`AppError::SignInRequired`] without a live session, [`AppError::Unavailable`] if the database
/// is unreachable.
pub async fn current() -> Result<CurrentStaff, AppError> {
    let parts = leptos::prelude::use_context::<Parts>().ok_or(AppError::SignInRequired)?;
    from_parts(&crate::accounts::ssr::authority::state(), &parts).await
}

/// The member of staff behind a request.
///
/// # Errors
/// [`AppError::SignInRequired`] without a live session, [`AppError::Unavailable`] if the database
/// is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn from_parts(state: &AppState, parts: &Parts) -> Result<CurrentStaff, AppError> {
    let token = token_hash(&state.config, &parts.headers).ok_or(AppError::SignInRequired)?;
    let now = state.clock.now();
    let row = sqlx::query!(
        r#"select s.staff_id as "staff_id: StaffId", s.authenticated_at, s.last_seen_at,
            p.display_name, p.unit_id as "unit: UnitId",
            array(select r.role from staff_role r where r.staff_id = s.staff_id)
                as "roles!: Vec<Role>"
        from session s join staff p using (staff_id)
        where s.token_hash = $1 and p.active and s.expires_at > $2 and s.last_seen_at > $3"#,
        token.as_slice(),
        now,
        now - IDLE,
    )
    .fetch_optional(state.db.pool())
    .await?
    .ok_or(AppError::SignInRequired)?;
    if now - row.last_seen_at >= SEEN_EVERY {
        seen(state, &token, now).await?;
    }
    let mut roles = row.roles;
    roles.sort_unstable();
    Ok(CurrentStaff {
        staff_id: row.staff_id,
        unit: row.unit,
        display_name: row.display_name,
        roles,
        authenticated_at: row.authenticated_at,
        read_at: now,
    })
}

/// The roles of a member of staff; none if the account is closed.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn roles_of(
    connection: &mut PgConnection,
    staff: StaffId,
) -> Result<Vec<Role>, AppError> {
    let mut roles = sqlx::query_scalar!(
        r#"select r.role as "role: Role" from staff_role r join staff s using (staff_id)
        where r.staff_id = $1 and s.active"#,
        staff as StaffId
    )
    .fetch_all(connection)
    .await?;
    roles.sort_unstable();
    Ok(roles)
}

async fn seen(state: &AppState, token: &[u8; 32], now: OffsetDateTime) -> Result<(), AppError> {
    sqlx::query!(
        "update session set last_seen_at = $2 where token_hash = $1 and last_seen_at < $2",
        token.as_slice(),
        now
    )
    .execute(state.db.pool())
    .await?;
    Ok(())
}

/// Begins a session in place of the one the request came with, and gives the cookie for it. The
/// token is never seen again here.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn begin(
    state: &AppState,
    parts: &Parts,
    staff: StaffId,
) -> Result<HeaderValue, AppError> {
    let token: [u8; 32] = crate::platform::clock::random_bytes();
    let stored = digest(&token);
    let now = state.clock.now();
    let mut tx = state.db.pool().begin().await?;
    let before = token_hash(&state.config, &parts.headers).map(Vec::from);
    sqlx::query!(
        "delete from session where token_hash = $1 or expires_at <= $2 or last_seen_at <= $3",
        before,
        now,
        now - IDLE
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into session
            (token_hash, staff_id, created_at, authenticated_at, last_seen_at, expires_at)
        values ($1, $2, $3, $3, $3, $4)",
        stored.as_slice(),
        staff as StaffId,
        now,
        now + ABSOLUTE,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "update staff set last_used_on = $2 where staff_id = $1 and last_used_on is distinct from $2",
        staff as StaffId,
        state.clock.today()
    )
    .execute(&mut *tx)
    .await?;
    audit(&mut tx, AuditEntry::by(staff, AuditAction::SignIn, now)).await?;
    tx.commit().await?;
    COOKIE.set(&state.config, &URL_SAFE_NO_PAD.encode(token))
}

/// Ends the session of the request, or every session of its member of staff; gives the cookie that
/// forgets it.
///
/// # Errors
/// [`AppError::SignInRequired`] if there is none to end, [`AppError::Unavailable`] if the database
/// is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn end(
    state: &AppState,
    parts: &Parts,
    everywhere: bool,
) -> Result<HeaderValue, AppError> {
    let staff = from_parts(state, parts).await?.staff_id;
    let token = token_hash(&state.config, &parts.headers).map(Vec::from);
    let mut tx = state.db.pool().begin().await?;
    sqlx::query!(
        "delete from session where staff_id = $1 and ($2 or token_hash = $3)",
        staff as StaffId,
        everywhere,
        token,
    )
    .execute(&mut *tx)
    .await?;
    let action = match everywhere {
        true => AuditAction::SignOutEverywhere,
        false => AuditAction::SignOut,
    };
    audit(&mut tx, AuditEntry::by(staff, action, state.clock.now())).await?;
    tx.commit().await?;
    COOKIE.remove(&state.config)
}

/// Ends every session of a member of staff but the one `here`, and whatever sign-in of theirs waits
/// for its second step: none of them outlives the password, the post or the account it rests on.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn end_others(
    connection: &mut PgConnection,
    staff: StaffId,
    here: Option<[u8; 32]>,
) -> Result<(), AppError> {
    sqlx::query!(
        "delete from session where staff_id = $1 and token_hash is distinct from $2",
        staff as StaffId,
        here.map(Vec::from)
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "delete from sign_in_step where staff_id = $1",
        staff as StaffId
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that the password was given again in the session of the request.
///
/// # Errors
/// [`AppError::SignInRequired`] without a token, [`AppError::Unavailable`] if the database is
/// unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn authenticated_again(
    state: &AppState,
    parts: &Parts,
    staff: StaffId,
) -> Result<(), AppError> {
    let token = token_hash(&state.config, &parts.headers).ok_or(AppError::SignInRequired)?;
    let now = state.clock.now();
    let mut tx = state.db.pool().begin().await?;
    sqlx::query!(
        "update session set authenticated_at = $2, last_seen_at = $2 where token_hash = $1",
        token.as_slice(),
        now
    )
    .execute(&mut *tx)
    .await?;
    let entry = AuditEntry::by(staff, AuditAction::PasswordConfirmed, now);
    audit(&mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// What is stored of the token that a request shows.
pub fn token_hash(config: &Config, headers: &HeaderMap) -> Option<[u8; 32]> {
    COOKIE.read(config, headers).and_then(hash_of)
}

fn hash_of(token: &str) -> Option<[u8; 32]> {
    let token: [u8; 32] = URL_SAFE_NO_PAD.decode(token).ok()?.try_into().ok()?;
    Some(digest(&token))
}

fn digest(token: &[u8; 32]) -> [u8; 32] {
    Sha256::digest(token).into()
}

/// The cookie that makes a browser forget its session.
///
/// # Errors
/// None in practice: the header is built from constants.
pub fn forget_cookie(config: &Config) -> Result<HeaderValue, AppError> {
    COOKIE.remove(config)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn only_a_whole_token_is_one_and_its_digest_is_stored() {
        let token = URL_SAFE_NO_PAD.encode([7; 32]);
        let stored = hash_of(&token).unwrap();
        assert_eq!(stored, digest(&[7; 32]));
        assert_ne!(stored, [7; 32]);
        for other in ["", "abc", "%%%", &format!("{token}A")] {
            assert_eq!(hash_of(other), None, "{other}");
        }
    }

    #[test]
    fn a_password_is_recently_authenticated_for_five_minutes() {
        let staff = CurrentStaff {
            staff_id: StaffId(1),
            unit: None,
            display_name: String::new(),
            roles: vec![Role::Leader],
            authenticated_at: datetime!(2026-11-23 08:00 +7),
            read_at: datetime!(2026-11-23 08:00 +7),
        };
        assert!(staff.is_recently_authenticated(datetime!(2026-11-23 08:05 +7)));
        assert!(!staff.is_recently_authenticated(datetime!(2026-11-23 08:05:01 +7)));
        assert_eq!(viewer(&staff).role, Role::Leader.label());
        assert!(viewer(&staff).leads);
    }
}
