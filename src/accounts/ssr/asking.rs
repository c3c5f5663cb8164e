//! What an administrator asks for an account. Nothing of it holds before a leader confirmed it
//! (`confirming`); closing an account holds at once (`closing`).

use super::{
    authority::{self, Authority},
    leaders,
    links::Link,
    password,
};
use crate::{
    accounts::{
        form::{NewStaff, Post, RequestKind},
        view::{Half, Issued},
    },
    case::{StaffId, UnitId},
    directory,
    error::{AppError, FieldErrors},
    platform::{AppState, clock::random_id},
    records::{AuditAction, AuditEntry, audit},
    rights::{Permission, Role},
};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Proof that the person behind the command administers accounts.
///
/// # Errors
/// Without the right or a session.
pub async fn asker() -> Result<Authority, AppError> {
    authority::require(Permission::ManageStaff).await
}

/// Something asked for, before it is written down.
pub(super) struct Asked<'a> {
    pub(super) request: Uuid,
    pub(super) staff: StaffId,
    pub(super) kind: RequestKind,
    /// Unit and roles, if they change.
    pub(super) post: Option<(UnitId, &'a [Role])>,
    /// Nobody if it was at the terminal.
    pub(super) by: Option<StaffId>,
    pub(super) at: OffsetDateTime,
    pub(super) link: Option<&'a Link>,
}

impl Asked<'_> {
    /// Writes it down, in place of what waited for this account.
    pub(super) async fn insert(&self, tx: &mut PgConnection) -> Result<(), AppError> {
        take_back(tx, self.staff).await?;
        let (unit, roles) = self.post.unzip();
        sqlx::query!(
            "insert into account_request
                (request_id, staff_id, kind, unit_id, roles, requested_by, requested_at, link_hash)
            values ($1, $2, $3, $4, $5, $6, $7, $8)",
            self.request,
            self.staff as StaffId,
            self.kind.code(),
            unit as Option<UnitId>,
            roles.unwrap_or_default() as &[Role],
            self.by as Option<StaffId>,
            self.at,
            self.link.map(|link| link.hash.to_vec()),
        )
        .execute(&mut *tx)
        .await?;
        let action = match self.kind {
            RequestKind::Create => AuditAction::AccountCreated,
            RequestKind::ChangeRoles => AuditAction::RolesAsked,
            RequestKind::ResetPassword => AuditAction::ResetAsked,
            RequestKind::Reopen => AuditAction::ReopenAsked,
        };
        let entry = match self.by {
            Some(staff) => AuditEntry::by(staff, action, self.at),
            None => AuditEntry::at_terminal(action, self.at),
        };
        audit(
            tx,
            entry.with(detail(self.staff, roles.unwrap_or_default())),
        )
        .await
    }
}

/// Particulars of an entry about an account.
pub(super) fn detail(staff: StaffId, roles: &[Role]) -> serde_json::Value {
    match roles {
        [] => serde_json::json!({ "can_bo": staff }),
        roles => {
            let codes: Vec<_> = roles.iter().map(|role| role.code()).collect();
            serde_json::json!({ "can_bo": staff, "vai_tro": codes })
        }
    }
}

pub(super) async fn take_back(tx: &mut PgConnection, staff: StaffId) -> Result<(), AppError> {
    sqlx::query!(
        "delete from account_request where staff_id = $1 and decided_at is null",
        staff as StaffId
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Asks for an account; shows its link.
///
/// # Errors
/// [`AppError::Invalid`] if the user name is taken or the unit unknown,
/// [`AppError::ReauthenticationRequired`] if the administrator's password was not given within five
/// minutes.
#[tracing::instrument(skip_all, fields(by = %asker.staff_id()), err(level = "debug"))]
pub async fn create(
    state: &AppState,
    asker: &Authority,
    new: &NewStaff,
) -> Result<Issued, AppError> {
    let now = state.clock.now();
    let by = entitled(asker, now)?;
    let link = Link::new(&state.config);
    let mut tx = state.db.pool().begin().await?;
    let (staff, unit) = insert_asleep(&mut tx, new, now).await?;
    let asked = Asked {
        request: Uuid::from_u128(random_id()),
        staff,
        kind: RequestKind::Create,
        post: Some((unit, &new.post.roles)),
        by: Some(by),
        at: now,
        link: Some(&link),
    };
    asked.insert(&mut tx).await?;
    tx.commit().await?;
    Ok(Issued {
        username: new.username.clone(),
        half: Half::Link(link.address),
    })
}

/// Adds a member of staff who can do nothing yet: closed, without a role, with a hash that no
/// password has. Somebody of that name whom nobody ever confirmed is taken up again.
pub(super) async fn insert_asleep(
    tx: &mut PgConnection,
    new: &NewStaff,
    now: OffsetDateTime,
) -> Result<(StaffId, UnitId), AppError> {
    let unit = unit_id(tx, &new.post.unit).await?;
    let staff = sqlx::query_scalar!(
        r#"insert into staff
            (staff_id, username, display_name, unit_id, password_hash, active, created_at)
        values ($1, $2, $3, $4, $5, false, $6)
        on conflict (username) do update
            set display_name = excluded.display_name, unit_id = excluded.unit_id
            where not staff.active
                and not exists (select from staff_role r where r.staff_id = staff.staff_id)
        returning staff_id as "staff: StaffId""#,
        StaffId(random_id()) as StaffId,
        new.username,
        new.display_name,
        unit as UnitId,
        password::NOBODY,
        now,
    )
    .fetch_optional(tx)
    .await?;
    let taken = || {
        FieldErrors::at(
            "username",
            "Tên đăng nhập này đã có người dùng. Vui lòng chọn tên khác.",
        )
    };
    Ok((staff.ok_or_else(taken)?, unit))
}

/// Asks for other roles or another unit; gives the name of the account.
///
/// # Errors
/// As [`create`]; at `roles[]` if too few leaders would be left; [`AppError::NotFound`] for an
/// unknown or closed account, [`AppError::Forbidden`] for one's own.
#[tracing::instrument(skip_all, fields(by = %asker.staff_id()), err(level = "debug"))]
pub async fn change_roles(
    state: &AppState,
    asker: &Authority,
    staff: &str,
    post: &Post,
) -> Result<String, AppError> {
    let mut tx = state.db.pool().begin().await?;
    let subject = Subject::find(&mut tx, asker, staff).await?.open()?;
    leaders::keep_enough(&mut tx, subject.staff, &post.roles, "roles[]").await?;
    let unit = unit_id(&mut tx, &post.unit).await?;
    let post = Some((unit, &post.roles[..]));
    subject
        .ask(state, &mut tx, asker, RequestKind::ChangeRoles, post, None)
        .await?;
    tx.commit().await?;
    Ok(subject.username)
}

/// Asks for a password to be set anew; shows the link. The old password stays until then.
///
/// # Errors
/// As [`change_roles`].
#[tracing::instrument(skip_all, fields(by = %asker.staff_id()), err(level = "debug"))]
pub async fn reset(state: &AppState, asker: &Authority, staff: &str) -> Result<Issued, AppError> {
    let link = Link::new(&state.config);
    let mut tx = state.db.pool().begin().await?;
    let subject = Subject::find(&mut tx, asker, staff).await?.open()?;
    let kind = RequestKind::ResetPassword;
    subject
        .ask(state, &mut tx, asker, kind, None, Some(&link))
        .await?;
    tx.commit().await?;
    Ok(Issued {
        username: subject.username,
        half: Half::Link(link.address),
    })
}

/// Asks for a closed account to be opened again; gives its name.
///
/// # Errors
/// As [`change_roles`]; [`AppError::Conflict`] if it is open, or nobody ever confirmed it.
#[tracing::instrument(skip_all, fields(by = %asker.staff_id()), err(level = "debug"))]
pub async fn reopen(state: &AppState, asker: &Authority, staff: &str) -> Result<String, AppError> {
    let mut tx = state.db.pool().begin().await?;
    let subject = Subject::find(&mut tx, asker, staff).await?;
    if subject.active || !subject.has_roles {
        return Err(AppError::Conflict);
    }
    subject
        .ask(state, &mut tx, asker, RequestKind::Reopen, None, None)
        .await?;
    tx.commit().await?;
    Ok(subject.username)
}

/// Takes back what one asked for oneself.
///
/// # Errors
/// [`AppError::Conflict`] if it does not wait any more, or somebody else asked for it.
#[tracing::instrument(skip_all, fields(by = %asker.staff_id()), err(level = "debug"))]
pub async fn withdraw(state: &AppState, asker: &Authority, request: &str) -> Result<(), AppError> {
    asker.require(Permission::ManageStaff)?;
    let request = Uuid::parse_str(request).map_err(|_| AppError::Conflict)?;
    let mut tx = state.db.pool().begin().await?;
    let staff = sqlx::query_scalar!(
        r#"delete from account_request
        where request_id = $1 and requested_by = $2 and decided_at is null
        returning staff_id as "staff: StaffId""#,
        request,
        asker.staff_id() as StaffId
    )
    .fetch_optional(&mut *tx)
    .await?
    .ok_or(AppError::Conflict)?;
    let entry = AuditEntry::by(
        asker.staff_id(),
        AuditAction::RequestWithdrawn,
        state.clock.now(),
    );
    audit(&mut tx, entry.with(detail(staff, &[]))).await?;
    Ok(tx.commit().await?)
}

/// The right, and a password given just now.
fn entitled(asker: &Authority, now: OffsetDateTime) -> Result<StaffId, AppError> {
    let asker = asker.require(Permission::ManageStaff)?;
    Ok(asker.require_recent_password(now)?.staff_id())
}

async fn unit_id(tx: &mut PgConnection, code: &str) -> Result<UnitId, AppError> {
    let unit = directory::ssr::unit_of(tx, code).await?;
    Ok(unit.ok_or_else(|| FieldErrors::at("unit", "Không có đơn vị này trong danh mục."))?)
}

/// The account that something is asked for.
pub(super) struct Subject {
    pub(super) staff: StaffId,
    pub(super) username: String,
    active: bool,
    has_roles: bool,
    /// Their unit.
    pub(super) unit: Option<UnitId>,
}

impl Subject {
    /// Finds and locks it; nobody asks anything for themselves.
    pub(super) async fn find(
        tx: &mut PgConnection,
        asker: &Authority,
        staff: &str,
    ) -> Result<Self, AppError> {
        asker.require(Permission::ManageStaff)?;
        let staff: StaffId = staff.parse().map_err(|_| AppError::NotFound)?;
        if staff == asker.staff_id() {
            return Err(AppError::Forbidden);
        }
        let row = sqlx::query!(
            r#"select s.username, s.active, s.unit_id as "unit: UnitId",
                exists (select from staff_role r where r.staff_id = s.staff_id) as "has_roles!"
            from staff s where s.staff_id = $1 for update"#,
            staff as StaffId
        )
        .fetch_one(tx)
        .await?;
        Ok(Self {
            staff,
            username: row.username,
            active: row.active,
            has_roles: row.has_roles,
            unit: row.unit,
        })
    }

    fn open(self) -> Result<Self, AppError> {
        match self.active {
            true => Ok(self),
            false => Err(AppError::NotFound),
        }
    }

    async fn ask(
        &self,
        state: &AppState,
        tx: &mut PgConnection,
        asker: &Authority,
        kind: RequestKind,
        post: Option<(UnitId, &[Role])>,
        link: Option<&Link>,
    ) -> Result<(), AppError> {
        let now = state.clock.now();
        let asked = Asked {
            request: Uuid::from_u128(random_id()),
            staff: self.staff,
            kind,
            post,
            by: Some(entitled(asker, now)?),
            at: now,
            link,
        };
        asked.insert(tx).await
    }
}
