//! Accounts in the database: checking a sign-in, the own account, staff administration.

use crate::{
    accounts::{
        form::NewStaff,
        ssr::{
            authority::Authority,
            password,
            session::{self, CurrentStaff, IDLE},
        },
        view::{AccountView, NewPassword, SessionRow, StaffRegister, StaffRow},
    },
    case::StaffId,
    error::{AppError, FieldErrors},
    platform::{
        AppState,
        clock::{moment, random_id},
        database::Db,
        http::error_response::OnConstraint as _,
    },
    records::{AuditAction, AuditEntry, audit},
    rights::{Permission, Role},
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

/// The account of `staff`, whose present session is `here`; with the register if they administer
/// it.
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
    let manager = Authority::of(staff.clone(), Permission::ManageStaff).ok();
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
        register: match manager {
            Some(authority) => Some(register(state, &authority).await?),
            None => None,
        },
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

async fn register(state: &AppState, authority: &Authority) -> Result<StaffRegister, AppError> {
    let rows = sqlx::query!(
        r#"select s.staff_id as "staff_id: StaffId", s.username, s.display_name, s.active,
            u.name as "unit?", array(
                select r.role from staff_role r where r.staff_id = s.staff_id order by r.role
            ) as "roles!: Vec<Role>"
        from staff s left join unit u using (unit_id) order by s.active desc, s.username"#
    )
    .fetch_all(state.db.pool())
    .await?;
    let today = state.clock.today();
    let units = sqlx::query!(
        "select code, name from unit
        where valid_from <= $1 and (valid_to is null or valid_to > $1) order by unit_id",
        today
    )
    .fetch_all(state.db.pool())
    .await?;
    let staff = rows.into_iter().map(|row| StaffRow {
        staff: row.staff_id.to_string(),
        username: row.username,
        name: row.display_name,
        unit: row.unit.unwrap_or_default(),
        roles: row
            .roles
            .iter()
            .map(|role| role.label())
            .collect::<Vec<_>>()
            .join(", "),
        active: row.active,
        me: row.staff_id == authority.staff_id(),
    });
    Ok(StaffRegister {
        staff: staff.collect(),
        units: units.into_iter().map(|u| (u.code, u.name)).collect(),
        ..StaffRegister::default()
    })
}

/// Opens an account with a random password, which is shown once and stored only as a hash.
///
/// # Errors
/// [`AppError::Invalid`] if the user name is taken or the unit unknown,
/// [`AppError::ReauthenticationRequired`] if the administrator's password was not given within five
/// minutes.
#[tracing::instrument(skip_all, fields(by = %authority.staff_id()), err(level = "debug"))]
pub async fn create(
    state: &AppState,
    authority: &Authority,
    new: &NewStaff,
) -> Result<NewPassword, AppError> {
    let now = state.clock.now();
    authority
        .require(Permission::ManageStaff)?
        .require_recent_password(now)?;
    let word = password::random();
    let hash = password::make(word.clone()).await?;
    let mut tx = state.db.pool().begin().await?;
    let unit = sqlx::query_scalar!("select unit_id from unit where code = $1", new.unit)
        .fetch_optional(&mut *tx)
        .await?;
    let unit =
        unit.ok_or_else(|| FieldErrors::at("unit", "Không có đơn vị này trong danh mục."))?;
    let staff = StaffId(random_id());
    sqlx::query!(
        "insert into staff (staff_id, username, display_name, unit_id, password_hash, active, created_at)
         values ($1, $2, $3, $4, $5, true, $6)",
        staff as StaffId,
        new.username,
        new.display_name,
        unit,
        hash,
        now,
    )
    .execute(&mut *tx)
    .await
    .on_constraint("staff_username_key", || {
        FieldErrors::at(
            "username",
            "Tên đăng nhập này đã có người dùng. Vui lòng chọn tên khác.",
        )
        .into()
    })?;
    sqlx::query!(
        "insert into staff_role (staff_id, role)
        select $1, unnest($2::text[]) on conflict do nothing",
        staff as StaffId,
        &new.roles as &[Role]
    )
    .execute(&mut *tx)
    .await?;
    let roles: Vec<_> = new.roles.iter().map(|role| role.code()).collect();
    let detail = serde_json::json!({ "can_bo": staff, "vai_tro": roles });
    let entry = AuditEntry::by(authority.staff_id(), AuditAction::AccountCreated, now);
    audit(&mut tx, entry.with(detail)).await?;
    tx.commit().await?;
    Ok(NewPassword {
        username: new.username.clone(),
        password: word,
    })
}

/// Gives `staff` a password of their own choice and ends their other sessions.
///
/// # Errors
/// [`AppError::ReauthenticationRequired`] if the present password was not given within five
/// minutes.
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
    let hash = password::make(new).await?;
    let (who, here) = (staff.staff_id, here.map(Vec::from));
    let mut tx = state.db.pool().begin().await?;
    sqlx::query!(
        "update staff set password_hash = $2 where staff_id = $1",
        who as StaffId,
        hash
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "delete from session where staff_id = $1 and token_hash is distinct from $2",
        who as StaffId,
        here
    )
    .execute(&mut *tx)
    .await?;
    audit(
        &mut tx,
        AuditEntry::by(who, AuditAction::PasswordChanged, now),
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Opens or closes an account; closing ends its sessions in the same transaction.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown account, [`AppError::Forbidden`] for one's own.
#[tracing::instrument(skip_all, fields(by = %authority.staff_id()), err(level = "debug"))]
pub async fn set_active(
    state: &AppState,
    authority: &Authority,
    staff: &str,
    active: bool,
) -> Result<(), AppError> {
    authority.require(Permission::ManageStaff)?;
    let staff: StaffId = staff.parse().map_err(|_| AppError::NotFound)?;
    if staff == authority.staff_id() {
        return Err(AppError::Forbidden);
    }
    let mut tx = state.db.pool().begin().await?;
    let done = sqlx::query!(
        "update staff set active = $2 where staff_id = $1",
        staff as StaffId,
        active
    )
    .execute(&mut *tx)
    .await?;
    if done.rows_affected() == 0 {
        return Err(AppError::NotFound);
    }
    if !active {
        sqlx::query!("delete from session where staff_id = $1", staff as StaffId)
            .execute(&mut *tx)
            .await?;
    }
    let action = match active {
        true => AuditAction::AccountEnabled,
        false => AuditAction::AccountDisabled,
    };
    let entry = AuditEntry::by(authority.staff_id(), action, state.clock.now());
    audit(&mut tx, entry.with(serde_json::json!({ "can_bo": staff }))).await?;
    Ok(tx.commit().await?)
}
