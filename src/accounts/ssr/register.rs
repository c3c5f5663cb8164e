//! Everybody's accounts, what waits for a second person, and what was decided last.

use super::{authority::Authority, password, session};
use crate::{
    accounts::{
        form::RequestKind,
        view::{AccountState, DecidedRow, RequestRow, StaffRow, StaffView},
    },
    case::StaffId,
    error::AppError,
    platform::{AppState, clock::moment},
    rights::{Permission, Role},
};
use time::OffsetDateTime;

/// Decided requests that the page shows.
const DECIDED: usize = 20;

/// The page, as far as the one who looks may see and do.
///
/// # Errors
/// [`AppError::Forbidden`] if `authority` proves another right than to see it.
#[tracing::instrument(skip_all, fields(staff = %authority.staff_id()), err(level = "debug"))]
pub async fn page(state: &AppState, authority: &Authority) -> Result<StaffView, AppError> {
    let staff = authority.require(Permission::SeeStaff)?.staff();
    let me = staff.staff_id;
    let (waiting, decided): (Vec<_>, Vec<_>) = requests(state)
        .await?
        .into_iter()
        .partition(|request| request.decided_at.is_none());
    let unconfirmed: Vec<StaffId> = waiting
        .iter()
        .filter(|request| request.kind == RequestKind::Create.code())
        .map(|request| request.staff)
        .collect();
    let manages = staff.may(Permission::ManageStaff);
    Ok(StaffView {
        viewer: session::viewer(staff),
        manages,
        confirms: staff.may(Permission::ConfirmStaff),
        staff: accounts(state, me, &unconfirmed).await?,
        waiting: waiting.into_iter().rev().map(|row| row.waits(me)).collect(),
        decided: decided
            .into_iter()
            .take(DECIDED)
            .map(Request::decided)
            .collect(),
        units: match manages {
            true => units(state).await?,
            false => Vec::new(),
        },
        issued: None,
    })
}

/// A request as it is stored.
struct Request {
    id: uuid::Uuid,
    staff: StaffId,
    name: String,
    username: String,
    kind: String,
    unit: Option<String>,
    roles: Vec<Role>,
    requested_by: Option<StaffId>,
    by: Option<String>,
    requested_at: OffsetDateTime,
    approved: Option<bool>,
    decider: Option<String>,
    decided_at: Option<OffsetDateTime>,
}

impl Request {
    fn what(&self) -> String {
        let kind = RequestKind::from_code(&self.kind);
        kind.map_or_else(String::new, |kind| kind.label().to_owned())
    }

    fn who(&self) -> String {
        format!("{} ({})", self.name, self.username)
    }

    fn becomes(&self) -> String {
        let unit = self.unit.as_deref().unwrap_or_default();
        match self.roles.as_slice() {
            [] => String::new(),
            roles => format!("{}; {unit}", labels(roles)),
        }
    }

    fn waits(self, me: StaffId) -> RequestRow {
        RequestRow {
            request: self.id.to_string(),
            what: self.what(),
            who: self.who(),
            becomes: self.becomes(),
            at: moment(self.requested_at),
            mine: self.requested_by == Some(me),
            about_me: self.staff == me,
            by: named(self.by),
        }
    }

    fn decided(self) -> DecidedRow {
        DecidedRow {
            what: self.what(),
            who: self.who(),
            becomes: self.becomes(),
            at: self.decided_at.map(moment).unwrap_or_default(),
            approved: self.approved == Some(true),
            by: named(self.by),
            decided_by: named(self.decider),
        }
    }
}

/// Nobody's name is the server's terminal.
pub(super) fn named(name: Option<String>) -> String {
    name.unwrap_or_else(|| "Dòng lệnh trên máy chủ".to_owned())
}

/// Labels of roles, joined.
pub(super) fn labels(roles: &[Role]) -> String {
    let labels: Vec<_> = roles.iter().map(|role| role.label()).collect();
    labels.join(", ")
}

/// What waits, the latest first, then what was decided, the latest first.
async fn requests(state: &AppState) -> Result<Vec<Request>, AppError> {
    Ok(sqlx::query_as!(
        Request,
        r#"select r.request_id as id, r.staff_id as "staff: StaffId", s.display_name as name,
            s.username, r.kind, u.name as "unit?", r.roles as "roles: Vec<Role>",
            r.requested_by as "requested_by: StaffId", a.display_name as "by?", r.requested_at,
            r.approved, d.display_name as "decider?", r.decided_at
        from account_request r join staff s using (staff_id)
            left join unit u on u.unit_id = r.unit_id
            left join staff a on a.staff_id = r.requested_by
            left join staff d on d.staff_id = r.decided_by
        order by r.decided_at desc nulls first, r.requested_at desc limit 200"#
    )
    .fetch_all(state.db.pool())
    .await?)
}

/// Everybody but those whom nobody ever confirmed and for whom nothing waits.
async fn accounts(
    state: &AppState,
    me: StaffId,
    unconfirmed: &[StaffId],
) -> Result<Vec<StaffRow>, AppError> {
    let rows = sqlx::query!(
        r#"select s.staff_id as "staff: StaffId", s.username, s.display_name, s.active,
            s.password_hash = $1 as "empty!", u.code as "unit?", u.name as "unit_name?", array(
                select r.role from staff_role r where r.staff_id = s.staff_id order by r.role
            ) as "roles!: Vec<Role>"
        from staff s left join unit u using (unit_id) order by s.active desc, s.username"#,
        password::NOBODY
    )
    .fetch_all(state.db.pool())
    .await?;
    let rows = rows.into_iter().map(|row| StaffRow {
        staff: row.staff.to_string(),
        username: row.username,
        name: row.display_name,
        unit: row.unit.unwrap_or_default(),
        unit_name: row.unit_name.unwrap_or_default(),
        role_names: match row.roles.as_slice() {
            [] => "chưa có".to_owned(),
            roles => labels(roles),
        },
        roles: row
            .roles
            .iter()
            .map(|role| role.code().to_owned())
            .collect(),
        state: match (row.active, unconfirmed.contains(&row.staff)) {
            (true, _) if row.empty => AccountState::NoPassword,
            (true, _) => AccountState::Open,
            (false, true) => AccountState::Unconfirmed,
            (false, false) => AccountState::Closed,
        },
        me: row.staff == me,
    });
    let lived = |row: &StaffRow| !row.roles.is_empty() || row.state != AccountState::Closed;
    Ok(rows.filter(lived).collect())
}

async fn units(state: &AppState) -> Result<Vec<(String, String)>, AppError> {
    let units = sqlx::query!(
        "select code, name from unit
        where valid_from <= $1 and (valid_to is null or valid_to > $1) order by unit_id",
        state.clock.today()
    )
    .fetch_all(state.db.pool())
    .await?;
    Ok(units
        .into_iter()
        .map(|unit| (unit.code, unit.name))
        .collect())
}
