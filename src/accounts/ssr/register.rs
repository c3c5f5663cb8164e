//! Everybody's accounts, what waits for a second person, and what was decided last.

use super::{authority::Authority, password, session};
use crate::{
    accounts::{
        form::RequestKind,
        view::{AccountState, DecidedRow, RequestRow, StaffRow, StaffView},
    },
    calendar::day_month_year,
    case::{StaffId, fold},
    directory,
    error::AppError,
    platform::{AppState, clock::moment},
    rights::{Permission, Role},
};
use time::OffsetDateTime;

/// Decided requests that the page shows.
const DECIDED: usize = 20;
/// Accounts that the page shows.
const SHOWN: usize = 100;

/// The page, as far as the one who looks may see and do; `words` narrow whom it lists.
///
/// # Errors
/// [`AppError::Forbidden`] if `authority` proves another right than to see it.
#[tracing::instrument(skip_all, fields(staff = %authority.staff_id()), err(level = "debug"))]
pub async fn page(
    state: &AppState,
    authority: &Authority,
    words: &str,
) -> Result<StaffView, AppError> {
    let staff = authority.require(Permission::SeeStaff)?.staff();
    let me = staff.staff_id;
    let (waiting, decided): (Vec<_>, Vec<_>) = requests(state)
        .await?
        .into_iter()
        .partition(|request| request.decided_at.is_none());
    let mut staff_rows = accounts(state, me, &unconfirmed(&waiting)).await?;
    let words: String = words.trim().chars().take(MOST).collect();
    staff_rows.retain(|row| is_meant(row, &words));
    let found = staff_rows.len();
    staff_rows.truncate(SHOWN);
    let manages = staff.may(Permission::ManageStaff);
    Ok(StaffView {
        viewer: session::viewer(staff),
        manages,
        confirms: staff.may(Permission::ConfirmStaff),
        staff: staff_rows,
        found,
        words,
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

/// Accounts that nobody has confirmed yet.
pub(super) fn unconfirmed(waiting: &[Request]) -> Vec<StaffId> {
    let new = waiting
        .iter()
        .filter(|request| request.kind == RequestKind::Create.code());
    new.map(|request| request.staff).collect()
}

/// The longest search, in characters.
const MOST: usize = 100;

/// Whether every word is somewhere in the row, with or without its accents.
fn is_meant(row: &StaffRow, words: &str) -> bool {
    let all = [&*row.name, &row.username, &row.unit_name, &row.role_names].join(" ");
    let all = fold(&all);
    fold(words)
        .split_whitespace()
        .all(|word| all.contains(word))
}

/// A request as it is stored.
pub(super) struct Request {
    id: uuid::Uuid,
    pub(super) staff: StaffId,
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
    pub(super) decided_at: Option<OffsetDateTime>,
}

impl Request {
    pub(super) fn what(&self) -> String {
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

    pub(super) fn decided(self) -> DecidedRow {
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
pub(super) async fn requests(state: &AppState) -> Result<Vec<Request>, AppError> {
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
pub(super) async fn accounts(
    state: &AppState,
    me: StaffId,
    unconfirmed: &[StaffId],
) -> Result<Vec<StaffRow>, AppError> {
    let rows = sqlx::query!(
        r#"select s.staff_id as "staff: StaffId", s.username, s.display_name, s.active,
            s.password_hash = $1 as "empty!", s.last_used_on, u.code as "unit?", u.name as "unit_name?", array(
                select r.role from staff_role r where r.staff_id = s.staff_id order by r.role
            ) as "roles!: Vec<Role>"
        from staff s left join unit u using (unit_id) order by s.active desc, s.display_name collate "vi-x-icu", s.username"#,
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
        last_used: row.last_used_on.map(day_month_year).unwrap_or_default(),
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

pub(super) async fn units(state: &AppState) -> Result<Vec<(String, String)>, AppError> {
    let mut connection = state.db.pool().acquire().await?;
    let units = directory::ssr::units_on(&mut connection, state.clock.today()).await?;
    Ok(units
        .into_iter()
        .map(|unit| (unit.code, unit.name))
        .collect())
}
