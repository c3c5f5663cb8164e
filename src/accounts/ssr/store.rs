//! Accounts in the database: checking a sign-in, and the own account.

use crate::{
    accounts::{
        ssr::{
            password,
            session::{self, CurrentStaff, IDLE},
            strength, totp,
        },
        view::{AccountView, SessionRow},
    },
    case::StaffId,
    error::AppError,
    platform::{AppState, clock::moment, database::Db},
    records::{AuditAction, AuditEntry, audit},
};

/// Identifier and password hash of an open account.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn by_username(db: &Db, username: &str) -> Result<Option<(StaffId, String)>, AppError> {
    let row = sqlx::query!(
        r#"select staff_id as "staff_id: StaffId", password_hash from staff
        where username = $1 and active"#,
        username
    )
    .fetch_optional(db.pool())
    .await?;
    Ok(row.map(|row| (row.staff_id, row.password_hash)))
}

/// User name and password hash of a member of staff.
///
/// # Errors
/// [`AppError::NotFound`] if there is none.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn credentials_of(db: &Db, staff: StaffId) -> Result<(String, String), AppError> {
    let row = sqlx::query!(
        "select username, password_hash from staff where staff_id = $1 and active",
        staff as StaffId
    )
    .fetch_one(db.pool())
    .await?;
    Ok((row.username, row.password_hash))
}

/// The account of `staff`, whose present session is `here`.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, fields(staff = %staff.staff_id), err(level = "debug"))]
pub async fn account(
    state: &AppState,
    staff: &CurrentStaff,
    here: Option<[u8; 32]>,
) -> Result<AccountView, AppError> {
    let row = sqlx::query!(
        r#"select s.username, u.name as "unit?"
        from staff s left join unit u using (unit_id) where s.staff_id = $1"#,
        staff.staff_id as StaffId
    )
    .fetch_one(state.db.pool())
    .await?;
    let mut connection = state.db.pool().acquire().await?;
    Ok(AccountView {
        viewer: session::viewer(staff),
        username: row.username,
        unit: row.unit.unwrap_or_default(),
        roles: staff
            .roles
            .iter()
            .map(|role| role.label().to_owned())
            .collect(),
        sessions: sessions(state, staff.staff_id, here).await?,
        second_factor: totp::summary(&mut connection, staff.staff_id, &staff.roles).await?,
    })
}

async fn sessions(
    state: &AppState,
    staff: StaffId,
    here: Option<[u8; 32]>,
) -> Result<Vec<SessionRow>, AppError> {
    let now = state.clock.now();
    let rows = sqlx::query!(
        "select token_hash, created_at, last_seen_at from session
         where staff_id = $1 and expires_at > $2 and last_seen_at > $3 order by last_seen_at desc",
        staff as StaffId,
        now,
        now - IDLE,
    )
    .fetch_all(state.db.pool())
    .await?;
    let row = |token: &[u8], since, seen| SessionRow {
        since: moment(since),
        last_seen: moment(seen),
        here: here.is_some_and(|here| here.as_slice() == token),
    };
    Ok(rows
        .iter()
        .map(|r| row(&r.token_hash, r.created_at, r.last_seen_at))
        .collect())
}

/// Gives `staff` a password of their own choice and ends their other sessions.
///
/// # Errors
/// [`AppError::ReauthenticationRequired`] if the present password was not given within five
/// minutes, [`AppError::Invalid`] if the new one can be guessed.
#[tracing::instrument(skip_all, fields(staff = %staff.staff_id), err(level = "debug"))]
pub async fn change_password(
    state: &AppState,
    staff: &CurrentStaff,
    here: Option<[u8; 32]>,
    new: String,
) -> Result<(), AppError> {
    let now = state.clock.now();
    if !staff.is_recently_authenticated(now) {
        return Err(AppError::ReauthenticationRequired);
    }
    let who = staff.staff_id;
    let mut tx = state.db.pool().begin().await?;
    let around = strength::words_around(&mut tx, who).await?;
    let hash = password::chosen(new, around, "secret_new_password").await?;
    sqlx::query!(
        "update staff set password_hash = $2 where staff_id = $1",
        who as StaffId,
        hash
    )
    .execute(&mut *tx)
    .await?;
    session::end_others(&mut tx, who, here).await?;
    audit(
        &mut tx,
        AuditEntry::by(who, AuditAction::PasswordChanged, now),
    )
    .await?;
    Ok(tx.commit().await?)
}
