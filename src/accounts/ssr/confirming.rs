//! What a leader confirms of what was asked for an account. The database refuses it too if the two
//! are one person, or the account is the leader's own (`account_request_two_people`).

use super::{
    asking::detail,
    authority::{self, Authority},
    leaders,
    links::{self, OPENS_FOR},
    password, session,
};
use crate::{
    accounts::{
        form::RequestKind,
        view::{Half, Issued},
    },
    case::{StaffId, UnitId},
    error::AppError,
    platform::AppState,
    records::{AuditAction, AuditEntry, audit},
    rights::{Permission, Role},
};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Proof that the person behind the command may confirm.
///
/// # Errors
/// Without the right or a session.
pub async fn confirmer() -> Result<Authority, AppError> {
    authority::require(Permission::ConfirmStaff).await
}

/// Something that waits for a second person.
pub(super) struct Waiting {
    pub(super) request: Uuid,
    pub(super) staff: StaffId,
    pub(super) kind: RequestKind,
    /// Unit and roles, if they change.
    pub(super) unit: Option<UnitId>,
    pub(super) roles: Vec<Role>,
}

/// Confirms a request: what was asked for holds now. If a password is to be set, its code is shown
/// to the leader once.
///
/// # Errors
/// [`AppError::Conflict`] if it does not wait any more, [`AppError::Forbidden`] if the leader asked
/// for it or it is about them, at the request if too few leaders would be left,
/// [`AppError::ReauthenticationRequired`] without a password given
/// within five minutes.
#[tracing::instrument(skip_all, fields(by = %leader.staff_id()), err(level = "debug"))]
pub async fn confirm(
    state: &AppState,
    leader: &Authority,
    request: &str,
) -> Result<Option<Issued>, AppError> {
    let now = state.clock.now();
    leader.require_recent_password(now)?;
    let mut tx = state.db.pool().begin().await?;
    let waiting = find(&mut tx, leader, request).await?;
    if waiting.kind == RequestKind::ChangeRoles {
        leaders::keep_enough(&mut tx, waiting.staff, &waiting.roles, request).await?;
    }
    let code = decide(&mut tx, &waiting, Some(leader.staff_id()), now).await?;
    let username = carry_out(&mut tx, &waiting).await?;
    let action = match waiting.kind {
        RequestKind::Create => AuditAction::AccountConfirmed,
        RequestKind::ChangeRoles => AuditAction::RolesChanged,
        RequestKind::ResetPassword => AuditAction::ResetConfirmed,
        RequestKind::Reopen => AuditAction::AccountEnabled,
    };
    let entry = AuditEntry::by(leader.staff_id(), action, now);
    audit(&mut tx, entry.with(detail(waiting.staff, &waiting.roles))).await?;
    tx.commit().await?;
    Ok(code.map(|code| Issued {
        username,
        half: Half::Code(code),
    }))
}

/// Refuses a request: nothing of it holds.
///
/// # Errors
/// As [`confirm`], but for the password.
#[tracing::instrument(skip_all, fields(by = %leader.staff_id()), err(level = "debug"))]
pub async fn refuse(state: &AppState, leader: &Authority, request: &str) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.db.pool().begin().await?;
    let waiting = find(&mut tx, leader, request).await?;
    sqlx::query!(
        "update account_request
         set approved = false, decided_by = $2, decided_at = $3, link_hash = null
         where request_id = $1",
        waiting.request,
        leader.staff_id() as StaffId,
        now
    )
    .execute(&mut *tx)
    .await?;
    let entry = AuditEntry::by(leader.staff_id(), AuditAction::RequestRefused, now);
    audit(&mut tx, entry.with(detail(waiting.staff, &waiting.roles))).await?;
    Ok(tx.commit().await?)
}

async fn find(
    tx: &mut PgConnection,
    leader: &Authority,
    request: &str,
) -> Result<Waiting, AppError> {
    leader.require(Permission::ConfirmStaff)?;
    let request = Uuid::parse_str(request).map_err(|_| AppError::Conflict)?;
    let row = sqlx::query!(
        r#"select staff_id as "staff: StaffId", kind, unit_id as "unit: UnitId",
            roles as "roles: Vec<Role>", requested_by as "by: StaffId"
        from account_request where request_id = $1 and decided_at is null for update"#,
        request
    )
    .fetch_optional(tx)
    .await?
    .ok_or(AppError::Conflict)?;
    let own = leader.staff_id();
    if row.by == Some(own) || row.staff == own {
        return Err(AppError::Forbidden);
    }
    Ok(Waiting {
        request,
        staff: row.staff,
        kind: RequestKind::from_code(&row.kind).ok_or(AppError::Internal)?,
        unit: row.unit,
        roles: row.roles,
    })
}

/// Notes who confirmed it (nobody: at the terminal). From now on its link opens, with the code given
/// here.
pub(super) async fn decide(
    tx: &mut PgConnection,
    waiting: &Waiting,
    by: Option<StaffId>,
    now: OffsetDateTime,
) -> Result<Option<String>, AppError> {
    let code = waiting.kind.sets_password().then(password::random);
    let code_hash = code
        .as_ref()
        .map(|code| links::code_hash(waiting.request, code).to_vec());
    // one link at a time opens an account
    sqlx::query!(
        "update account_request set expires_at = null, link_hash = null, code_hash = null
         where staff_id = $1 and request_id <> $2 and $3",
        waiting.staff as StaffId,
        waiting.request,
        code.is_some()
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "update account_request
         set approved = true, decided_by = $2, decided_at = $3, code_hash = $4, expires_at = $5
         where request_id = $1",
        waiting.request,
        by as Option<StaffId>,
        now,
        code_hash,
        code.as_ref().map(|_| now + OPENS_FOR)
    )
    .execute(tx)
    .await?;
    Ok(code)
}

/// Does what was asked for; gives the name the person signs in with.
pub(super) async fn carry_out(
    tx: &mut PgConnection,
    waiting: &Waiting,
) -> Result<String, AppError> {
    if waiting.unit.is_some() {
        sqlx::query!(
            "delete from staff_role where staff_id = $1",
            waiting.staff as StaffId
        )
        .execute(&mut *tx)
        .await?;
        sqlx::query!(
            "insert into staff_role (staff_id, role) select $1, unnest($2::text[])
             on conflict do nothing",
            waiting.staff as StaffId,
            &waiting.roles as &[Role]
        )
        .execute(&mut *tx)
        .await?;
        // the new post may ask for a second proof that the session never gave
        session::end_others(tx, waiting.staff, None).await?;
    }
    let wakes = matches!(waiting.kind, RequestKind::Create | RequestKind::Reopen);
    Ok(sqlx::query_scalar!(
        "update staff set active = active or $2, unit_id = coalesce($3, unit_id)
         where staff_id = $1 returning username",
        waiting.staff as StaffId,
        wakes,
        waiting.unit as Option<UnitId>
    )
    .fetch_one(tx)
    .await?)
}
