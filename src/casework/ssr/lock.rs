//! The row of a case, locked for one request, and what forbids an action beside the person's rights.

use crate::{
    case::{
        Action, CaseId, CaseNumber, Confidentiality, Kind, Proposal, ReplyBy, StaffId, Status,
        UnitId, Waiting,
    },
    error::AppError,
    records::{LastStep, has_happened_since},
};
use serde_json::Value;
use sqlx::PgConnection;
use time::Date;

/// What an action needs to know of its case.
pub(crate) struct LockedCase {
    /// Which.
    pub id: CaseId,
    /// Kind of feedback.
    pub kind: Kind,
    /// Who may know of it.
    pub secrecy: Confidentiality,
    /// An information lead: no deadline runs.
    pub is_lead: bool,
    /// The day of receipt.
    pub received_on: Date,
    /// The unit the feedback is about.
    pub concerned_unit: Option<UnitId>,
    /// Who takes no part.
    pub recused: Vec<StaffId>,
    /// Codes of the reasons.
    pub reasons: Vec<String>,
    /// The step before, if it can perhaps be taken back.
    pub last_step: Option<LastStep>,
    /// Everything of the row that a step changes and taking it back restores.
    pub(super) before: Value,
    pub(super) status: Status,
    pub(super) waiting: Waiting,
}

/// Reads the row of the case and locks it.
///
/// # Errors
/// [`AppError::NotFound`] if the transaction sees no such case.
pub(super) async fn lock_case(
    tx: &mut PgConnection,
    number: &CaseNumber,
    by: StaffId,
    today: Date,
) -> Result<LockedCase, AppError> {
    let row = sqlx::query!(
        r#"select case_id as "case_id: CaseId", kind as "kind: Kind",
            secrecy as "secrecy: Confidentiality", status as "status: Status", is_lead, received_on,
            concerned_unit_id as "concerned_unit: UnitId", proposal as "proposal: Proposal",
            proposed_by as "proposed_by: StaffId", supplement_asked, reopened, reply_owed,
            reply_by as "reply_by: ReplyBy", recused as "recused: Vec<StaffId>", reasons, last_step, reminded_on,
            jsonb_build_object('status', status, 'kind', kind, 'reasons', reasons,
                'secrecy', secrecy, 'concerned_unit_id', concerned_unit_id,
                'assigned_unit_id', assigned_unit_id, 'handler_id', handler_id, 'due_on', due_on,
                'due_rule', due_rule, 'calendar_version', calendar_version,
                'answered_on', answered_on, 'reply_owed', reply_owed, 'unread', unread
            ) as "before!"
        from feedback_case where number = $1 for update"#,
        number.as_str()
    )
    .fetch_optional(tx)
    .await?
    .ok_or(AppError::NotFound)?;
    let last_step = LastStep::read(row.last_step);
    Ok(LockedCase {
        reasons: row.reasons,
        recused: row.recused,
        before: row.before,
        id: row.case_id,
        kind: row.kind,
        secrecy: row.secrecy,
        is_lead: row.is_lead,
        received_on: row.received_on,
        concerned_unit: row.concerned_unit,
        status: row.status,
        waiting: Waiting {
            proposal: row.proposal,
            proposed_by_self: row.proposed_by == Some(by),
            supplement_asked: row.supplement_asked,
            reopening_kept: row.reopened && row.secrecy != Confidentiality::Ordinary,
            reply_owed: row.reply_owed.then_some(row.reply_by),
            undoable: last_step.is_some(),
            reminded: row.reminded_on == Some(today),
        },
        last_step,
    })
}

/// Whether nothing but the status forbids the action.
///
/// # Errors
/// [`AppError::Forbidden`] for one's own proposal, else [`AppError::Conflict`].
pub(super) fn check_allowed(action: Action, waiting: Waiting) -> Result<(), AppError> {
    let by_somebody_else = Waiting {
        proposed_by_self: false,
        ..waiting
    };
    match (
        action.is_allowed(waiting),
        action.is_allowed(by_somebody_else),
    ) {
        (true, _) => Ok(()),
        (false, true) => Err(AppError::Forbidden),
        (false, false) => Err(AppError::Conflict),
    }
}

/// Refuses an action that the same person has taken since the page they act from was drawn.
///
/// # Errors
/// [`AppError::Conflict`].
pub(super) async fn refuse_second_click(
    tx: &mut PgConnection,
    case: CaseId,
    action: Action,
    by: StaffId,
    seen: i64,
) -> Result<(), AppError> {
    match has_happened_since(tx, case, seen, action.leaves(), Some(by)).await? {
        true => Err(AppError::Conflict),
        false => Ok(()),
    }
}
