//! The newest step of a case that whoever took it may take back for a few minutes: kept beside the
//! case, while its history stays append-only.

use crate::{
    case::{Action, CaseId, StaffId},
    error::AppError,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// How long a step may be taken back.
pub const UNDO_WITHIN: Duration = Duration::minutes(10);

/// A step as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LastStep {
    /// What was done.
    #[serde(rename = "viec")]
    pub action: Action,
    /// Who did it.
    #[serde(rename = "nguoi")]
    pub staff: StaffId,
    /// When, in seconds of the Unix clock.
    #[serde(rename = "luc")]
    pub at: i64,
    /// Its newest event: a later one means that the case went on.
    #[serde(rename = "su_kien")]
    pub event: i64,
    /// The row of the case before it; null once the case has gone on.
    #[serde(default, rename = "truoc")]
    pub before: Value,
    /// Who has opened the case since, and who was to be reached by the step.
    #[serde(default, rename = "da_mo")]
    pub opened: Option<Opened>,
    /// The notice of an answer, if one was queued.
    #[serde(default, rename = "bao_tin")]
    pub notice: Option<Notice>,
}

/// A notice to the submitter that has not gone out yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Its number in the queue.
    #[serde(rename = "hang_doi")]
    pub job: i64,
    /// Until when the address was kept before, in seconds of the Unix clock.
    #[serde(rename = "giu_den")]
    pub kept_until: i64,
}

/// Somebody has read what the step brought them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// A member of staff; `None` for the submitter.
    #[serde(rename = "nguoi")]
    pub by: Option<StaffId>,
    /// When, in seconds of the Unix clock; of the submitter it is not kept.
    #[serde(rename = "luc")]
    pub at: Option<i64>,
}

impl LastStep {
    /// Reads the column; `None` also for a step that this version does not understand, which then
    /// stands.
    pub fn read(column: Option<Value>) -> Option<Self> {
        serde_json::from_value(column?).ok()
    }

    /// Whether its time is over.
    pub fn is_over(&self, now: OffsetDateTime) -> bool {
        now.unix_timestamp() - self.at >= UNDO_WITHIN.whole_seconds()
    }

    /// Keeps the step in place of the one before.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    pub async fn keep(&self, tx: &mut PgConnection, case: CaseId) -> Result<(), AppError> {
        let step = serde_json::to_value(self).map_err(|_| AppError::Internal)?;
        sqlx::query!(
            "update feedback_case set last_step = $2 where case_id = $1",
            case as CaseId,
            step
        )
        .execute(tx)
        .await?;
        Ok(())
    }
}

/// Notes that somebody whom the newest step was to reach has opened the case, the unit what it was
/// given, the submitter the answer: from now on it cannot be taken back. It waits for a step that is
/// being taken back right now, so it goes before reading.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn note_opened(
    tx: &mut PgConnection,
    cases: &[CaseId],
    by: Option<StaffId>,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let at = now.unix_timestamp();
    let reaching: &[Action] = match by {
        Some(_) => &[Action::Triage, Action::Assign],
        None => &[Action::Answer],
    };
    let reaching: Vec<String> = reaching
        .iter()
        .map(|action| action.code().to_owned())
        .collect();
    let opened = Opened {
        at: by.map(|_| at),
        by,
    };
    let opened = serde_json::to_value(opened).map_err(|_| AppError::Internal)?;
    sqlx::query!(
        "update feedback_case set last_step = jsonb_set(last_step, '{da_mo}', $2)
        where case_id = any ($1) and last_step->>'viec' = any ($4) and last_step->'da_mo' is not distinct from 'null'
            and (last_step->>'luc')::bigint > $3",
        cases as &[CaseId],
        opened,
        at - UNDO_WITHIN.whole_seconds(),
        &reaching
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Forgets every step whose time is over.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn forget_last_steps(connection: &mut PgConnection) -> Result<(), AppError> {
    sqlx::query!("select from forget_last_steps()")
        .execute(connection)
        .await?;
    Ok(())
}
