//! Openings in the database. Each step is one transaction: the opening, its event in the case's
//! history, its line in the audit log.

use super::apart::{demand_apart, stands_apart};
use crate::{
    accounts::ssr::authority::Authority,
    case::{CaseEvent, CaseId, CaseNumber, Confidentiality, OpeningId, ReplyBy, StaffId, UnitId},
    error::AppError,
    identity::{
        rule::{self, ALLOWED_FOR, Stage},
        ssr::witness,
        view::{OpeningState, OpeningView, PastOpening},
    },
    platform::{
        AppState,
        clock::{moment, random_id},
        vault::{
            SealContext,
            unsealer::{self, Proof},
        },
    },
    records::{AuditAction, AuditEntry, CaseRecord, audit},
    rights::Permission,
    routes,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// One opening as stored.
struct Row {
    opening_id: OpeningId,
    requested_by: StaffId,
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

/// The stage of a case's identity opening, as far as `authority` may know it.
///
/// # Errors
/// [`AppError::NotFound`] if there is no such case, or none for this person.
pub async fn view_by_number(
    state: &AppState,
    authority: &Authority,
    number: &str,
) -> Result<OpeningView, AppError> {
    let number = CaseNumber::parse(number).ok_or(AppError::NotFound)?;
    let now = state.clock.now();
    let mut tx = authority.begin(&state.db).await?;
    let row = sqlx::query!(
        r#"select case_id as "id: CaseId", number, secrecy as "secrecy: Confidentiality", is_lead,
            concerned_unit_id as "concerned: UnitId", reply_owed, reply_by as "reply_by: ReplyBy"
        from feedback_case where number = $1"#,
        number.as_str()
    )
    .fetch_one(&mut *tx)
    .await?;
    let case = Case {
        id: row.id,
        concerned: row.concerned,
    };
    let openings = openings(&mut tx, case.id).await?;
    let is_live = |opening: &&Row| matches!(opening.stage(now), Stage::Awaiting | Stage::Allowed);
    let live = openings.iter().find(is_live);
    let staff = authority.staff();
    Ok(OpeningView {
        number: row.number,
        kept_secret: row.secrecy != Confidentiality::Ordinary,
        is_lead: row.is_lead,
        may_ask: staff.may(Permission::RequestIdentity)
            && (case.concerned.is_none() || stands_apart(&mut tx, staff.staff_id, case.id).await?),
        recently_authenticated: staff.is_recently_authenticated(now),
        purpose: rule::purpose(row.reply_owed.then_some(row.reply_by)).to_owned(),
        past: openings.iter().filter_map(|o| o.past(now)).collect(),
        state: match live {
            Some(live) => live_state(state, &mut tx, authority, &case, live, now).await?,
            None => OpeningState::Sealed,
        },
    })
}

async fn live_state(
    state: &AppState,
    tx: &mut PgConnection,
    authority: &Authority,
    case: &Case,
    live: &Row,
    now: OffsetDateTime,
) -> Result<OpeningState, AppError> {
    let (staff, asked_by) = (authority.staff(), live.requested_by);
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
/// [`AppError::ReauthenticationRequired`] if the password is older than five minutes,
/// [`AppError::Forbidden`] for somebody of the unit concerned or below it, at `reason` if nobody
/// has said whom a matter of conduct is about, [`AppError::Conflict`] if an opening waits or runs
/// already.
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
    demand_apart(&mut tx, authority.staff_id(), case.id, case.concerned).await?;
    if openings(&mut tx, case.id)
        .await?
        .iter()
        .any(|o| matches!(o.stage(now), Stage::Awaiting | Stage::Allowed))
    {
        return Err(AppError::Conflict);
    }
    let opening = OpeningId(random_id());
    let record = CaseRecord::open(&mut tx, &state.vault, case.id).await?;
    sqlx::query!(
        "insert into identity_opening
            (opening_id, case_id, requested_by, requested_at, sealed_reason)
        values ($1, $2, $3, $4, $5)",
        opening as OpeningId,
        case.id as CaseId,
        authority.staff_id() as StaffId,
        now,
        record.key().seal(reason_of(opening), reason.as_bytes()),
    )
    .execute(&mut *tx)
    .await?;
    let step = (
        CaseEvent::IdentityRequested { opening },
        AuditAction::IdentityRequested,
    );
    record_step(&mut tx, &record, authority, step, opening, now).await?;
    tx.commit().await?;
    Ok(routes::OPENING.with(number.as_str()))
}

/// Has the unsealer write that this person allows an opening that somebody else asked for, and gives
/// the page to go to. The web may not write it.
///
/// # Errors
/// [`AppError::Invalid`] at the password, [`AppError::Forbidden`] for who asked and for somebody of
/// the unit concerned, [`AppError::Conflict`] if it is decided already.
pub async fn allow(
    state: &AppState,
    authority: &Authority,
    opening: &str,
    proof: Proof,
) -> Result<String, AppError> {
    let mut tx = authority.begin(&state.db).await?;
    let awaiting = awaiting(state, &mut tx, authority, opening).await?;
    // the unsealer locks the row itself
    tx.commit().await?;
    let unsealer = unsealer::Client::new(&state.config);
    let allowed = unsealer.approve(awaiting.opening, authority.staff_id(), proof);
    allowed.await.map_err(witness::told)?;
    Ok(routes::OPENING.with(&awaiting.number))
}

/// Refuses an opening that somebody else asked for, and gives the page to go to.
///
/// # Errors
/// [`AppError::Forbidden`] for who asked and for somebody of the unit concerned,
/// [`AppError::Conflict`] if it is decided already.
pub async fn refuse(
    state: &AppState,
    authority: &Authority,
    opening: &str,
) -> Result<String, AppError> {
    let now = state.clock.now();
    let mut tx = authority.begin(&state.db).await?;
    let Waiting {
        opening,
        case_id,
        number,
    } = awaiting(state, &mut tx, authority, opening).await?;
    sqlx::query!(
        "update identity_opening set refused_by = $2, refused_at = $3 where opening_id = $1",
        opening as OpeningId,
        authority.staff_id() as StaffId,
        now
    )
    .execute(&mut *tx)
    .await?;
    let record = CaseRecord::open(&mut tx, &state.vault, case_id).await?;
    let step = (
        CaseEvent::IdentityRefused { opening },
        AuditAction::IdentityRefused,
    );
    record_step(&mut tx, &record, authority, step, opening, now).await?;
    tx.commit().await?;
    Ok(routes::OPENING.with(&number))
}

/// An opening that waits for a decision.
struct Waiting {
    opening: OpeningId,
    case_id: CaseId,
    number: String,
}

/// The opening, held, if this person may decide it now.
async fn awaiting(
    state: &AppState,
    tx: &mut PgConnection,
    authority: &Authority,
    opening: &str,
) -> Result<Waiting, AppError> {
    authority.require(Permission::ApproveIdentity)?;
    let opening: OpeningId = opening.parse().map_err(|_| AppError::NotFound)?;
    let row = sqlx::query!(
        r#"select o.requested_by as "requested_by: StaffId", o.approved_at, o.refused_at,
            o.expires_at, c.case_id as "case_id: CaseId", c.number,
            c.concerned_unit_id as "concerned_unit: UnitId"
        from identity_opening o join feedback_case c using (case_id)
        where o.opening_id = $1 for update of o"#,
        opening as OpeningId,
    )
    .fetch_one(tx)
    .await?;
    let who = authority.staff();
    if !rule::may_decide(who.staff_id, who.unit, row.requested_by, row.concerned_unit) {
        return Err(AppError::Forbidden);
    }
    let now = state.clock.now();
    if rule::stage(row.approved_at, row.refused_at, row.expires_at, now) != Stage::Awaiting {
        return Err(AppError::Conflict);
    }
    Ok(Waiting {
        opening,
        case_id: row.case_id,
        number: row.number,
    })
}

/// The opening of a case that the person behind `authority` asked for and may use now.
///
/// # Errors
/// [`AppError::NotFound`] if there is none.
pub async fn usable(
    state: &AppState,
    authority: &Authority,
    number: &str,
) -> Result<OpeningId, AppError> {
    let now = state.clock.now();
    authority.require(Permission::RequestIdentity)?;
    let number = CaseNumber::parse(number).ok_or(AppError::NotFound)?;
    let mut tx = authority.begin(&state.db).await?;
    let opening = sqlx::query_scalar!(
        r#"select o.opening_id as "opening: OpeningId"
        from identity_opening o join feedback_case c using (case_id)
        where c.number = $1 and o.requested_by = $2 and o.approved_at is not null
            and o.refused_at is null
            and coalesce(o.expires_at, o.approved_at + interval '24 hours') > $3
        order by o.approved_at desc limit 1"#,
        number.as_str(),
        authority.staff_id() as StaffId,
        now,
    )
    .fetch_one(&mut *tx)
    .await?;
    Ok(opening)
}

/// Holds the case, so that two requests at once become one.
async fn lock(tx: &mut PgConnection, number: &str) -> Result<Case, AppError> {
    let row = sqlx::query!(
        r#"select case_id as "id: CaseId", concerned_unit_id as "concerned: UnitId"
        from feedback_case where number = $1 for update"#,
        number
    )
    .fetch_one(tx)
    .await?;
    Ok(Case {
        id: row.id,
        concerned: row.concerned,
    })
}

async fn openings(tx: &mut PgConnection, case: CaseId) -> Result<Vec<Row>, AppError> {
    let rows = sqlx::query_as!(
        Row,
        r#"select o.opening_id as "opening_id: OpeningId",
            o.requested_by as "requested_by: StaffId", o.requested_at, o.sealed_reason,
            o.approved_at, o.refused_at, o.opened_at, o.expires_at,
            r.display_name as requester, d.display_name as "decider?"
        from identity_opening o join staff r on r.staff_id = o.requested_by
        left join staff d on d.staff_id = coalesce(o.approved_by, o.refused_by)
        where o.case_id = $1 order by o.requested_at desc"#,
        case as CaseId
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
    let record = CaseRecord::open(tx, &state.vault, case).await?;
    let place = reason_of(opening.opening_id);
    let plain = record.key().open(place, &opening.sealed_reason)?;
    Ok(String::from_utf8_lossy(&plain).into_owned())
}

fn reason_of(opening: OpeningId) -> SealContext {
    SealContext {
        table: "identity_opening",
        row: opening.0,
        field: "reason",
    }
}

/// The event in the case's history and the line in the audit log.
async fn record_step(
    tx: &mut PgConnection,
    record: &CaseRecord,
    authority: &Authority,
    (event, action): (CaseEvent, AuditAction),
    opening: OpeningId,
    at: OffsetDateTime,
) -> Result<(), AppError> {
    record
        .add_event(&mut *tx, &event, authority.actor(), at, None)
        .await?;
    let entry = AuditEntry::by(authority.staff_id(), action, at).about(record.case_id);
    audit(tx, entry.with(serde_json::json!({ "opening": opening }))).await
}
