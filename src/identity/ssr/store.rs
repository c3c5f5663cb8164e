//! Openings in the database. Each step is one transaction: the opening, its event in the case's
//! history, its line in the audit log.

use super::{
    apart::{demand_apart, standing},
    reading::openings,
};
use crate::{
    accounts::ssr::authority::Authority,
    case::{CaseEvent, CaseId, CaseNumber, OpeningId, StaffId, UnitId},
    error::AppError,
    identity::{
        form::PASSWORD,
        rule::{self, Stage},
        ssr::witness,
    },
    platform::{
        AppState,
        clock::random_id,
        vault::unsealer::{self, Proof},
    },
    records::{AuditAction, AuditEntry, CaseRecord, audit},
    rights::Permission,
    routes,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Asks for the identity of a case to be opened, and gives the page to go to.
///
/// # Errors
/// [`AppError::ReauthenticationRequired`] if the password is older than five minutes,
/// at `reason` for whoever does not stand apart from the matter, [`AppError::Conflict`] if an
/// opening waits or runs already.
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
    let (case, concerned) = lock(&mut tx, number.as_str()).await?;
    let standing = standing(&mut tx, authority.staff_id(), case, concerned).await?;
    demand_apart(standing, "reason")?;
    if openings(&mut tx, case)
        .await?
        .iter()
        .any(|o| matches!(o.stage(now), Stage::Awaiting | Stage::Allowed))
    {
        return Err(AppError::Conflict);
    }
    let opening = OpeningId(random_id());
    let record = CaseRecord::open(&mut tx, &state.vault, case).await?;
    sqlx::query!(
        "insert into identity_opening
            (opening_id, case_id, requested_by, requested_at, sealed_reason)
        values ($1, $2, $3, $4, $5)",
        opening as OpeningId,
        case as CaseId,
        authority.staff_id() as StaffId,
        now,
        record.sealed_reason(opening, reason),
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
/// [`AppError::Invalid`] at the password, also for whoever does not stand apart from the matter,
/// [`AppError::Forbidden`] for who asked, [`AppError::Conflict`] if it is decided already.
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
/// [`AppError::Forbidden`] for who asked, [`AppError::Invalid`] for whoever does not stand apart
/// from the matter, [`AppError::Conflict`] if it is decided already.
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
    .fetch_one(&mut *tx)
    .await?;
    let who = authority.staff_id();
    let standing = standing(tx, who, row.case_id, row.concerned_unit).await?;
    demand_apart(standing, PASSWORD)?;
    if !rule::may_decide(who, row.requested_by, standing) {
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

/// Holds the case, so that two requests at once become one; its id, and the unit it concerns.
async fn lock(tx: &mut PgConnection, number: &str) -> Result<(CaseId, Option<UnitId>), AppError> {
    let row = sqlx::query!(
        r#"select case_id as "id: CaseId", concerned_unit_id as "concerned: UnitId"
        from feedback_case where number = $1 for update"#,
        number
    )
    .fetch_one(tx)
    .await?;
    Ok((row.id, row.concerned))
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
