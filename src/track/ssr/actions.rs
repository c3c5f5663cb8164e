//! What a submitter changes: each action is one transaction with one event, and pressing twice does
//! it once.

use super::{begin, closing::close_circle};
use crate::{
    case::{
        Action, BodyField, CaseEvent, CaseId, Confidentiality, Consent, Kind, Rating, ServiceLevel,
        StaffId, Status,
    },
    error::AppError,
    platform::AppState,
    records::{Actor, CaseRecord, keep_address_until},
};
use sqlx::{PgConnection, Postgres, Transaction};
use time::{Date, Duration};

/// An address for notices is kept so long after a case was opened again, at the most.
const ADDRESS_KEPT: Duration = Duration::days(366);

/// How an action of the submitter went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowOutcome {
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
    /// What they allow was kept.
    Chosen,
    /// It had been done before; nothing was doubled.
    Already,
    /// The case has moved on and this cannot be done any more.
    TooLate,
}

/// The case of a submitter who changes it; its row stays locked until the transaction ends.
pub(super) struct OwnCase {
    pub(super) tx: Transaction<'static, Postgres>,
    pub(super) id: CaseId,
    pub(super) status: Status,
    pub(super) due_on: Option<Date>,
    pub(super) kind: Kind,
    pub(super) secrecy: Confidentiality,
    /// Who takes no part in it.
    pub(super) recused: Vec<StaffId>,
    reopened: bool,
    rating: Option<Rating>,
}

impl OwnCase {
    /// Locks a case.
    pub(super) async fn lock(state: &AppState, case: CaseId) -> Result<Self, AppError> {
        let mut tx = begin(state, case).await?;
        let row = sqlx::query!(
            r#"select status as "status: Status", due_on, reopened,
                satisfaction as "rating: Rating", kind as "kind: Kind",
                secrecy as "secrecy: Confidentiality", recused as "recused: Vec<StaffId>"
            from feedback_case where case_id = $1 for update"#,
            case as CaseId
        )
        .fetch_one(&mut *tx)
        .await?;
        Ok(Self {
            tx,
            id: case,
            status: row.status,
            due_on: row.due_on,
            kind: row.kind,
            secrecy: row.secrecy,
            recused: row.recused,
            reopened: row.reopened,
            rating: row.rating,
        })
    }

    /// Appends the event and commits.
    pub(super) async fn commit(
        mut self,
        state: &AppState,
        record: &CaseRecord,
        event: CaseEvent,
        words: Option<&str>,
    ) -> Result<(), AppError> {
        let at = state.clock.now();
        record
            .add_event(&mut self.tx, &event, Actor::SUBMITTER, at, words)
            .await?;
        Ok(self.tx.commit().await?)
    }
}

/// Withdraws a case that nobody has received yet.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, fields(case_id = %case))]
pub(crate) async fn withdraw(state: &AppState, case: CaseId) -> Result<FollowOutcome, AppError> {
    let mut locked = OwnCase::lock(state, case).await?;
    if locked.status == Status::Withdrawn {
        return Ok(FollowOutcome::Already);
    }
    let Some(next) = locked.status.after(Action::Withdraw) else {
        return Ok(FollowOutcome::TooLate);
    };
    sqlx::query!(
        "update feedback_case
        set status = $2, closed_on = $3, proposal = null, proposed_by = null
        where case_id = $1",
        case as CaseId,
        next as Status,
        state.clock.today()
    )
    .execute(&mut *locked.tx)
    .await?;
    keep_address_until(&mut locked.tx, case, state.clock.now()).await?;
    let record = CaseRecord::open(&mut locked.tx, &state.vault, case).await?;
    locked
        .commit(state, &record, CaseEvent::Withdrawn, None)
        .await?;
    Ok(FollowOutcome::Withdrawn)
}

/// Rates the answer, once.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, fields(case_id = %case))]
pub(crate) async fn rate(
    state: &AppState,
    case: CaseId,
    rating: Rating,
) -> Result<FollowOutcome, AppError> {
    let mut locked = OwnCase::lock(state, case).await?;
    if locked.rating.is_some() {
        return Ok(FollowOutcome::Already);
    }
    if !matches!(locked.status, Status::Answered | Status::Closed) {
        return Ok(FollowOutcome::TooLate);
    }
    sqlx::query!(
        "update feedback_case set satisfaction = $2 where case_id = $1",
        case as CaseId,
        rating as Rating
    )
    .execute(&mut *locked.tx)
    .await?;
    let record = CaseRecord::open(&mut locked.tx, &state.vault, case).await?;
    let event = CaseEvent::Rated { rating };
    locked.commit(state, &record, event, None).await?;
    Ok(FollowOutcome::Rated)
}

/// Keeps what the submitter allows.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, fields(case_id = %case))]
pub(crate) async fn choose(
    state: &AppState,
    case: CaseId,
    chosen: Consent,
) -> Result<FollowOutcome, AppError> {
    let mut tx = begin(state, case).await?;
    let record = CaseRecord::open(&mut tx, &state.vault, case).await?;
    let at = state.clock.now();
    let is_new = record.choose(&mut tx, chosen, Actor::SUBMITTER, at).await?;
    tx.commit().await?;
    Ok(match is_new {
        true => FollowOutcome::Chosen,
        false => FollowOutcome::Already,
    })
}

/// Opens an answered case once more, with a deadline of its own ([`ServiceLevel::AnswerReopened`]).
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, fields(case_id = %case))]
pub(crate) async fn reopen(
    state: &AppState,
    case: CaseId,
    reason: &str,
) -> Result<FollowOutcome, AppError> {
    let rule = ServiceLevel::AnswerReopened;
    let mut locked = OwnCase::lock(state, case).await?;
    if locked.reopened {
        return Ok(FollowOutcome::Already);
    }
    let Some(next) = locked.status.after(Action::Reopen) else {
        return Ok(FollowOutcome::TooLate);
    };
    let today = state.clock.today();
    let calendar = crate::directory::ssr::calendar(&mut locked.tx).await?;
    let days = crate::directory::ssr::service_level(&mut locked.tx, rule, today).await?;
    sqlx::query!(
        "update feedback_case
        set status = $2, reopened = true, answered_on = null, due_on = $3, due_rule = $4,
            calendar_version = $5, reply_owed = false
        where case_id = $1",
        case as CaseId,
        next as Status,
        calendar.add_working_days(today, days),
        rule.code(),
        calendar.version,
    )
    .execute(&mut *locked.tx)
    .await?;
    let until = state.clock.now() + ADDRESS_KEPT;
    keep_address_until(&mut locked.tx, case, until).await?;
    let record = CaseRecord::open(&mut locked.tx, &state.vault, case).await?;
    keep_first_answer(&mut locked.tx, &record).await?;
    close_circle(state, &mut locked, &record, reason).await?;
    locked
        .commit(state, &record, CaseEvent::Reopened, Some(reason))
        .await?;
    Ok(FollowOutcome::Reopened)
}

/// The answer that did not satisfy stays beside the next one, which begins as its copy.
async fn keep_first_answer(tx: &mut PgConnection, record: &CaseRecord) -> Result<(), AppError> {
    let bodies = record.bodies(tx, &[BodyField::Reply]).await?;
    match bodies.get(BodyField::Reply) {
        Some(reply) => record.write_body(tx, BodyField::FirstReply, reply).await,
        None => Ok(()),
    }
}
