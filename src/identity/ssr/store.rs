//! Openings in the database. Each step is one transaction: the opening, its event in the case's history, its line in the audit log.

use crate::{
    accounts::ssr::authority::Authority,
    calendar::weekday_date,
    case::{CaseId, CaseNumber, StaffId, UnitId},
    error::AppError,
    identity::{
        rule::{self, ALLOWED_FOR, Stage},
        view::{OpeningState, OpeningView, PastOpening},
    },
    platform::{
        AppState,
        clock::{VIETNAM, random_id},
        vault::{CaseKey, Place, WrappedKey},
    },
    rights::Permission,
};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// One opening as stored.
struct Row {
    opening_id: Uuid,
    requested_by: Uuid,
    requested_at: OffsetDateTime,
    sealed_reason: Vec<u8>,
    approved_at: Option<OffsetDateTime>,
    refused_at: Option<OffsetDateTime>,
    opened_at: Option<OffsetDateTime>,
    expires_at: Option<OffsetDateTime>,
    requester: String,
    decider: Option<String>,
}

impl Row {
    fn stage(&self, now: OffsetDateTime) -> Stage {
        rule::stage(self.approved_at, self.refused_at, self.expires_at, now)
    }

    fn past(&self, now: OffsetDateTime) -> Option<PastOpening> {
        let decider = self.decider.as_deref().unwrap_or_default();
        let end = match self.stage(now) {
            Stage::Refused => format!("{decider} không đồng ý"),
            Stage::Over if self.opened_at.is_some() => {
                format!("{decider} đồng ý; đã xem; đã hết hạn")
            }
            Stage::Over => format!("{decider} đồng ý; chưa xem; đã hết hạn"),
            Stage::Awaiting | Stage::Allowed => return None,
        };
        Some(PastOpening {
            when: moment(self.requested_at),
            what: format!("{} đề nghị; {end}.", self.requester),
        })
    }
}

/// The case an opening is about.
struct Case {
    id: CaseId,
    concerned: Option<UnitId>,
}

/// Where the identity of a case stands for the person behind `authority`, within their transaction.
///
/// # Errors
/// [`AppError::NotFound`] where the case is not theirs to see.
pub async fn view(
    state: &AppState,
    tx: &mut PgConnection,
    authority: &Authority,
    case: CaseId,
) -> Result<OpeningView, AppError> {
    let now = state.clock.now();
    let row = sqlx::query!(
        "select number, secrecy, is_lead, concerned_unit_id from feedback_case where case_id = $1",
        Uuid::from_u128(case.0)
    )
    .fetch_one(&mut *tx)
    .await?;
    let case = Case {
        id: case,
        concerned: row.concerned_unit_id.map(UnitId),
    };
    let openings = openings(tx, case.id).await?;
    let live = openings
        .iter()
        .find(|o| matches!(o.stage(now), Stage::Awaiting | Stage::Allowed));
    let staff = authority.staff();
    Ok(OpeningView {
        number: row.number,
        kept_secret: row.secrecy != "thuong",
        is_lead: row.is_lead,
        may_ask: staff.may(Permission::RequestIdentity)
            && rule::may_ask(staff.unit, case.concerned),
        fresh: staff.is_recently_authenticated(now),
        past: openings.iter().filter_map(|o| o.past(now)).collect(),
        state: match live {
            Some(live) => live_state(state, tx, authority, &case, live, now).await?,
            None => OpeningState::Sealed,
        },
    })
}

/// [`view`] of the case of that number, in a transaction of its own.
///
/// # Errors
/// [`AppError::NotFound`] where there is none, or none for this person.
pub async fn view_by_number(
    state: &AppState,
    authority: &Authority,
    number: &str,
) -> Result<OpeningView, AppError> {
    let number = CaseNumber::parse(number).ok_or(AppError::NotFound)?;
    let mut tx = authority.begin(&state.db).await?;
    let case = sqlx::query_scalar!(
        "select case_id from feedback_case where number = $1",
        number.as_str()
    )
    .fetch_one(&mut *tx)
    .await?;
    view(state, &mut tx, authority, CaseId(case.as_u128())).await
}

async fn live_state(
    state: &AppState,
    tx: &mut PgConnection,
    authority: &Authority,
    case: &Case,
    live: &Row,
    now: OffsetDateTime,
) -> Result<OpeningState, AppError> {
    let (staff, asked_by) = (authority.staff(), StaffId(live.requested_by.as_u128()));
    let mine = staff.staff_id == asked_by;
    if live.stage(now) == Stage::Allowed {
        let until = live
            .expires_at
            .or(live.approved_at.map(|at| at + ALLOWED_FOR))
            .map(moment)
            .unwrap_or_default();
        let allowed_by = live.decider.clone().unwrap_or_default();
        return Ok(OpeningState::Allowed {
            asked_by: live.requester.clone(),
            allowed_by,
            until,
            mine,
        });
    }
    let decides = staff.may(Permission::ApproveIdentity)
        && rule::may_decide(staff.staff_id, staff.unit, asked_by, case.concerned);
    let reason = if mine || decides {
        reason(state, tx, case.id, live).await?
    } else {
        String::new()
    };
    Ok(OpeningState::Awaiting {
        opening: live.opening_id.to_string(),
        asked_by: live.requester.clone(),
        asked_at: moment(live.requested_at),
        reason,
        mine,
        may_decide: decides,
    })
}

/// Asks for the identity of a case to be opened, and gives the page to go to.
///
/// # Errors
/// [`AppError::ReauthenticationRequired`] where the password is older than five minutes, [`AppError::Forbidden`] for somebody of the
/// unit concerned, [`AppError::Conflict`] where an opening waits or runs already.
pub async fn request(
    state: &AppState,
    authority: &Authority,
    number: &str,
    reason: &str,
) -> Result<String, AppError> {
    let now = state.clock.now();
    authority
        .require(Permission::RequestIdentity)?
        .require_recent_password(now)?;
    let number = CaseNumber::parse(number).ok_or(AppError::NotFound)?;
    let mut tx = authority.begin(&state.db).await?;
    let case = lock(&mut tx, number.as_str()).await?;
    if !rule::may_ask(authority.staff().unit, case.concerned) {
        return Err(AppError::Forbidden);
    }
    if openings(&mut tx, case.id)
        .await?
        .iter()
        .any(|o| matches!(o.stage(now), Stage::Awaiting | Stage::Allowed))
    {
        return Err(AppError::Conflict);
    }
    let opening = random_id();
    let sealed = key(state, &mut tx, case.id)
        .await?
        .seal(place(opening), reason.as_bytes());
    sqlx::query!(
        "insert into identity_opening (opening_id, case_id, requested_by, requested_at, sealed_reason) values ($1, $2, $3, $4, $5)",
        Uuid::from_u128(opening),
        Uuid::from_u128(case.id.0),
        Uuid::from_u128(authority.staff_id().0),
        now,
        sealed,
    )
    .execute(&mut *tx)
    .await?;
    record(
        &mut tx,
        authority,
        case.id,
        opening,
        "mo_danh_tinh_yeu_cau",
        now,
    )
    .await?;
    tx.commit().await?;
    Ok(page_of(number.as_str()))
}

/// Allows or refuses an opening that somebody else asked for, and gives the page to go to.
///
/// # Errors
/// [`AppError::ReauthenticationRequired`] where the password is older than five minutes, [`AppError::Forbidden`] for who asked and for
/// somebody of the unit concerned, [`AppError::Conflict`] where it is decided already.
pub async fn decide(
    state: &AppState,
    authority: &Authority,
    opening: &str,
    allow: bool,
) -> Result<String, AppError> {
    let now = state.clock.now();
    authority
        .require(Permission::ApproveIdentity)?
        .require_recent_password(now)?;
    let opening = Uuid::parse_str(opening).map_err(|_| AppError::NotFound)?;
    let mut tx = authority.begin(&state.db).await?;
    let row = sqlx::query!(
        "select o.requested_by, o.approved_at, o.refused_at, o.expires_at, c.case_id, c.number, c.concerned_unit_id
         from identity_opening o join feedback_case c using (case_id) where o.opening_id = $1 for update of o",
        opening,
    )
    .fetch_one(&mut *tx)
    .await?;
    let who = authority.staff();
    if !rule::may_decide(
        who.staff_id,
        who.unit,
        StaffId(row.requested_by.as_u128()),
        row.concerned_unit_id.map(UnitId),
    ) {
        return Err(AppError::Forbidden);
    }
    if rule::stage(row.approved_at, row.refused_at, row.expires_at, now) != Stage::Awaiting {
        return Err(AppError::Conflict);
    }
    write_decision(
        &mut tx,
        opening,
        Uuid::from_u128(who.staff_id.0),
        allow,
        now,
    )
    .await?;
    let kind = if allow {
        "mo_danh_tinh_duyet"
    } else {
        "mo_danh_tinh_tu_choi"
    };
    record(
        &mut tx,
        authority,
        CaseId(row.case_id.as_u128()),
        opening.as_u128(),
        kind,
        now,
    )
    .await?;
    tx.commit().await?;
    Ok(page_of(&row.number))
}

async fn write_decision(
    tx: &mut PgConnection,
    opening: Uuid,
    by: Uuid,
    allow: bool,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    if allow {
        sqlx::query!(
            // only the unsealer may write when it was opened and until when it may be
            "update identity_opening set approved_by = $2, approved_at = $3 where opening_id = $1",
            opening,
            by,
            now,
        )
        .execute(tx)
        .await?;
    } else {
        sqlx::query!(
            "update identity_opening set refused_by = $2, refused_at = $3 where opening_id = $1",
            opening,
            by,
            now
        )
        .execute(tx)
        .await?;
    }
    Ok(())
}

/// The opening of a case that the person behind `authority` asked for and may use now.
///
/// # Errors
/// [`AppError::ReauthenticationRequired`] where the password is older than five minutes, [`AppError::NotFound`] where there is none.
pub async fn usable(
    state: &AppState,
    authority: &Authority,
    number: &str,
) -> Result<u128, AppError> {
    let now = state.clock.now();
    authority.require(Permission::RequestIdentity)?;
    let number = CaseNumber::parse(number).ok_or(AppError::NotFound)?;
    let mut tx = authority.begin(&state.db).await?;
    let opening = sqlx::query_scalar!(
        "select o.opening_id from identity_opening o join feedback_case c using (case_id)
         where c.number = $1 and o.requested_by = $2 and o.approved_at is not null and o.refused_at is null
            and coalesce(o.expires_at, o.approved_at + interval '24 hours') > $3
         order by o.approved_at desc limit 1",
        number.as_str(),
        Uuid::from_u128(authority.staff_id().0),
        now,
    )
    .fetch_one(&mut *tx)
    .await?;
    authority.require_recent_password(now)?;
    Ok(opening.as_u128())
}

/// Holds the case, so that two requests at once become one.
async fn lock(tx: &mut PgConnection, number: &str) -> Result<Case, AppError> {
    let row = sqlx::query!(
        "select case_id, concerned_unit_id from feedback_case where number = $1 for update",
        number
    )
    .fetch_one(tx)
    .await?;
    Ok(Case {
        id: CaseId(row.case_id.as_u128()),
        concerned: row.concerned_unit_id.map(UnitId),
    })
}

async fn openings(tx: &mut PgConnection, case: CaseId) -> Result<Vec<Row>, AppError> {
    let rows = sqlx::query_as!(
        Row,
        r#"select o.opening_id, o.requested_by, o.requested_at, o.sealed_reason, o.approved_at, o.refused_at, o.opened_at, o.expires_at,
            r.display_name as requester, d.display_name as "decider?"
        from identity_opening o join staff r on r.staff_id = o.requested_by
        left join staff d on d.staff_id = coalesce(o.approved_by, o.refused_by)
        where o.case_id = $1 order by o.requested_at desc"#,
        Uuid::from_u128(case.0)
    )
    .fetch_all(tx)
    .await?;
    Ok(rows)
}

async fn reason(
    state: &AppState,
    tx: &mut PgConnection,
    case: CaseId,
    opening: &Row,
) -> Result<String, AppError> {
    let plain = key(state, tx, case)
        .await?
        .open(place(opening.opening_id.as_u128()), &opening.sealed_reason)?;
    Ok(String::from_utf8_lossy(&plain).into_owned())
}

async fn key(state: &AppState, tx: &mut PgConnection, case: CaseId) -> Result<CaseKey, AppError> {
    let row = sqlx::query!(
        "select kek_version, wrapped from case_key where case_id = $1",
        Uuid::from_u128(case.0)
    )
    .fetch_one(tx)
    .await?;
    Ok(state.vault.unwrap(
        case,
        &WrappedKey {
            kek_version: row.kek_version,
            bytes: row.wrapped,
        },
    )?)
}

fn place(opening: u128) -> Place {
    Place {
        table: "identity_opening",
        row: opening,
        field: "reason",
    }
}

/// The event in the case's history and the line in the audit log.
async fn record(
    tx: &mut PgConnection,
    authority: &Authority,
    case: CaseId,
    opening: u128,
    kind: &str,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let (case, staff) = (
        Uuid::from_u128(case.0),
        Uuid::from_u128(authority.staff_id().0),
    );
    let data = serde_json::json!({ "opening": Uuid::from_u128(opening) });
    sqlx::query!(
        "insert into case_event (case_id, at, kind, staff_id, role, data) values ($1, $2, $3, $4, $5, $6)",
        case,
        now,
        kind,
        staff,
        authority.role_code(),
        data,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into audit_log (at, staff_id, action, case_id, detail) values ($1, $2, $3, $4, $5)",
        now,
        staff,
        kind,
        case,
        data
    )
    .execute(tx)
    .await?;
    Ok(())
}

fn page_of(number: &str) -> String {
    format!("/quan-tri/ho-so/{number}/danh-tinh")
}

/// `14:30, thứ Hai 23/11/2026`.
fn moment(at: OffsetDateTime) -> String {
    let at = at.to_offset(VIETNAM);
    format!(
        "{:02}:{:02}, {}",
        at.hour(),
        at.minute(),
        weekday_date(at.date())
    )
}
