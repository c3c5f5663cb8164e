//! Taking the newest step back, within ten minutes and as long as it has reached nobody: the row of
//! the case is what it was before, the history gains an event.

use super::{notify::recall, transition::Transition};
use crate::{
    case::{Action, CaseId, StaffId, Status},
    error::{AppError, FieldErrors},
    platform::clock::VIETNAM,
    records::{LastStep, newest_event},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Restores the row of the case, and gives what was taken back.
///
/// # Errors
/// At `undo` if somebody was faster: who, and when.
pub(crate) async fn take_back(transition: &mut Transition, seen: i64) -> Result<Action, AppError> {
    let Some(step) = transition.case.last_step.clone() else {
        let reason = followed(transition).await?;
        return Err(FieldErrors::at("undo", &reason).into());
    };
    if let Some(reason) = too_late(transition, &step).await? {
        return Err(FieldErrors::at("undo", &reason).into());
    }
    // another window of the same person has gone on meanwhile
    if step.event != seen {
        return Err(AppError::Conflict);
    }
    let before = restore(transition, &step).await?;
    if let Some(notice) = step.notice {
        recall(&mut transition.tx, transition.case.id, notice).await?;
    }
    transition.lead_back_to(before);
    Ok(step.action)
}

/// Why the step stands, if it does.
async fn too_late(
    transition: &mut Transition,
    step: &LastStep,
) -> Result<Option<String>, AppError> {
    let newest = newest_event(&mut transition.tx, transition.case.id).await?;
    if newest.event_id != step.event {
        return followed(transition).await.map(Some);
    }
    if let Some(opened) = step.opened {
        let who = match opened.by {
            Some(staff) => name_of(&mut transition.tx, staff).await?,
            None => "Người phản ánh".to_owned(),
        };
        return Ok(Some(stands(&who, "đã mở hồ sơ", opened.at)));
    }
    if step.staff != transition.authority().staff_id() {
        let who = name_of(&mut transition.tx, step.staff).await?;
        let what = format!("đã ghi “{}”", step.action.label());
        return Ok(Some(stands(&who, &what, Some(step.at))));
    }
    let over = "Đã quá 10 phút nên không hoàn tác được nữa.".to_owned();
    Ok(step.is_over(transition.now()).then_some(over))
}

/// What followed the step, and by whom.
async fn followed(transition: &mut Transition) -> Result<String, AppError> {
    let newest = newest_event(&mut transition.tx, transition.case.id).await?;
    let what = Action::from_code(&newest.kind).map_or("việc khác", Action::label);
    let who = newest.staff.as_deref().unwrap_or("Người phản ánh");
    let at = newest.staff.as_ref().map(|_| newest.at.unix_timestamp());
    Ok(stands(who, &format!("đã ghi “{what}”"), at))
}

/// "Huỳnh Văn Mẫu đã mở hồ sơ lúc 16:42, nên không hoàn tác được nữa."; of the submitter without the
/// minute.
fn stands(who: &str, what: &str, at: Option<i64>) -> String {
    let at = at.and_then(|at| OffsetDateTime::from_unix_timestamp(at).ok());
    let at = at.map_or_else(String::new, |at| {
        let at = at.to_offset(VIETNAM);
        format!(" lúc {:02}:{:02}", at.hour(), at.minute())
    });
    format!("{who} {what}{at}, nên không hoàn tác được nữa.")
}

async fn name_of(tx: &mut PgConnection, staff: StaffId) -> Result<String, AppError> {
    Ok(sqlx::query_scalar!(
        "select display_name from staff where staff_id = $1",
        staff as StaffId
    )
    .fetch_one(tx)
    .await?)
}

/// Writes back everything of the row that a step may have changed; gives the status.
async fn restore(transition: &mut Transition, step: &LastStep) -> Result<Status, AppError> {
    Ok(sqlx::query_scalar!(
        r#"update feedback_case c
        set status = b.status, kind = b.kind, reasons = b.reasons, secrecy = b.secrecy,
            concerned_unit_id = b.concerned_unit_id, assigned_unit_id = b.assigned_unit_id,
            handler_id = b.handler_id, due_on = b.due_on, due_rule = b.due_rule,
            calendar_version = b.calendar_version, answered_on = b.answered_on,
            reply_owed = b.reply_owed, unread = b.unread, last_step = null
        from jsonb_populate_record(null::feedback_case, $2) b
        where c.case_id = $1 returning c.status as "status: Status""#,
        transition.case.id as CaseId,
        step.before
    )
    .fetch_one(&mut *transition.tx)
    .await?)
}
