//! What a reporter changes: each deed is one transaction with one event, and pressing twice does it once.

use super::{begin, case_key};
use crate::{
    case::{Action, CaseId, ServiceLevel, Status},
    error::AppError,
    platform::{AppState, vault::SealContext},
};
use serde_json::{Value, json};
use sqlx::{PgConnection, Postgres, Transaction};
use time::Date;
use uuid::Uuid;

/// How a deed went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// A message arrived.
    Message,
    /// The supplement arrived and the clock runs again.
    Supplement,
    /// Withdrawn.
    Withdrawn,
    /// Rated.
    Rated,
    /// Open again.
    Reopened,
    /// It had been done before; nothing was doubled.
    Already,
    /// The case stands where this cannot be done any more.
    TooLate,
}

/// What a deed must know of the case; the row stays locked until the transaction ends.
pub(super) struct Standing {
    pub(super) status: Status,
    pub(super) due_on: Option<Date>,
    pub(super) paused_on: Option<Date>,
    reopened: bool,
    satisfaction: Option<i16>,
}

/// Withdraws a case that nobody has received yet.
///
/// # Errors
/// [`AppError::Unavailable`] where the database is away.
pub async fn withdraw(state: &AppState, case: CaseId) -> Result<Done, AppError> {
    let (mut tx, standing) = lock(state, case).await?;
    if standing.status == Status::Withdrawn {
        return Ok(Done::Already);
    }
    let Some(next) = standing.status.after(Action::Withdraw) else {
        return Ok(Done::TooLate);
    };
    sqlx::query!(
        "update feedback_case set status = $2, closed_on = $3, proposal = null, proposed_by = null where case_id = $1",
        Uuid::from_u128(case.0),
        next.code(),
        state.clock.today()
    )
    .execute(&mut *tx)
    .await?;
    record(
        state,
        &mut tx,
        case,
        Action::Withdraw.code(),
        json!({}),
        None,
    )
    .await?;
    tx.commit().await?;
    Ok(Done::Withdrawn)
}

/// Rates the answer once: 1 (very satisfied) to 4 (not satisfied).
///
/// # Errors
/// [`AppError::Unavailable`] where the database is away.
pub async fn rate(state: &AppState, case: CaseId, level: i16) -> Result<Done, AppError> {
    let (mut tx, standing) = lock(state, case).await?;
    if standing.satisfaction.is_some() {
        return Ok(Done::Already);
    }
    if !matches!(standing.status, Status::Answered | Status::Closed) {
        return Ok(Done::TooLate);
    }
    sqlx::query!(
        "update feedback_case set satisfaction = $2 where case_id = $1",
        Uuid::from_u128(case.0),
        level
    )
    .execute(&mut *tx)
    .await?;
    record(
        state,
        &mut tx,
        case,
        "danh_gia",
        json!({ "muc": level }),
        None,
    )
    .await?;
    tx.commit().await?;
    Ok(Done::Rated)
}

/// Opens an answered case once more, with a deadline of its own (service level `phan_hoi_khong_hai_long`).
///
/// # Errors
/// [`AppError::Unavailable`] where the database is away.
pub async fn reopen(state: &AppState, case: CaseId, reason: &str) -> Result<Done, AppError> {
    const LEVEL: ServiceLevel = ServiceLevel::AnswerReopened;
    let (mut tx, standing) = lock(state, case).await?;
    if standing.reopened {
        return Ok(Done::Already);
    }
    let Some(next) = standing.status.after(Action::Reopen) else {
        return Ok(Done::TooLate);
    };
    let today = state.clock.today();
    let calendar = crate::directory::ssr::calendar(&mut tx).await?;
    let days = crate::directory::ssr::service_level(&mut tx, LEVEL, today).await?;
    sqlx::query!(
        "update feedback_case set status = $2, reopened = true, answered_on = null, due_on = $3, due_rule = $4, calendar_version = $5
         where case_id = $1",
        Uuid::from_u128(case.0),
        next.code(),
        calendar.add_working_days(today, days),
        LEVEL.code(),
        calendar.version,
    )
    .execute(&mut *tx)
    .await?;
    let kind = Action::Reopen.code();
    let key = case_key(state, &mut tx, case).await?;
    let sealed = key.seal(
        SealContext {
            table: "case_event",
            row: case.0,
            field: kind,
        },
        reason.as_bytes(),
    );
    record(state, &mut tx, case, kind, json!({}), Some(sealed)).await?;
    tx.commit().await?;
    Ok(Done::Reopened)
}

/// Locks the row of the case and tells where it stands.
pub(super) async fn lock(
    state: &AppState,
    case: CaseId,
) -> Result<(Transaction<'static, Postgres>, Standing), AppError> {
    let mut tx = begin(state, case).await?;
    let row = sqlx::query!(
        "select status, due_on, paused_on, reopened, satisfaction from feedback_case where case_id = $1 for update",
        Uuid::from_u128(case.0)
    )
    .fetch_one(&mut *tx)
    .await?;
    let standing = Standing {
        status: Status::from_code(&row.status).ok_or(AppError::Internal)?,
        due_on: row.due_on,
        paused_on: row.paused_on,
        reopened: row.reopened,
        satisfaction: row.satisfaction,
    };
    Ok((tx, standing))
}

/// Writes the event of a deed. `data` holds codes, ids and counts only.
pub(super) async fn record(
    state: &AppState,
    tx: &mut PgConnection,
    case: CaseId,
    kind: &str,
    data: Value,
    sealed: Option<Vec<u8>>,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into case_event (case_id, at, kind, data, sealed) values ($1, $2, $3, $4, $5)",
        Uuid::from_u128(case.0),
        state.clock.now(),
        kind,
        data,
        sealed
    )
    .execute(tx)
    .await?;
    Ok(())
}
