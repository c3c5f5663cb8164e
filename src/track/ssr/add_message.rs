//! A message of the submitter with its files; the supplement if one was asked for.

use super::{
    actions::{FollowOutcome, OwnCase},
    begin,
    closing::close_circle,
};
use crate::{
    case::{Action, CaseEvent, CaseId, Direction, MessageId, Status},
    error::AppError,
    platform::{AppState, clock::random_id, files::CleanFile},
    records::{CaseRecord, NewMessage, StoredFiles, moved_by_pause},
};

/// Takes a message with its files: the supplement if one was asked for, a message otherwise.
/// `form_key` makes two clicks one message; other words under the same key, as after going back in
/// the browser, are a message of their own.
///
/// # Errors
/// [`AppError::Unavailable`] if the database or the file store is unreachable: nothing was written.
#[tracing::instrument(skip_all, fields(case_id = %case))]
pub(crate) async fn add_message(
    state: &AppState,
    case: CaseId,
    text: &str,
    files: &[CleanFile],
    form_key: &str,
) -> Result<FollowOutcome, AppError> {
    let record = {
        let mut tx = begin(state, case).await?;
        CaseRecord::open(&mut tx, &state.vault, case).await?
    };
    let id = message_id(state, case, form_key, text, files);
    let mut stored = StoredFiles::put(&state.files, record.key(), files).await?;
    let result = write_message(state, &record, id, text, &mut stored).await;
    if !matches!(
        result,
        Ok(FollowOutcome::Message | FollowOutcome::Supplement)
    ) {
        stored.remove(&state.files).await;
    }
    result
}

/// The same submission has the same id, so that a second one meets the first one's row.
fn message_id(
    state: &AppState,
    case: CaseId,
    form_key: &str,
    text: &str,
    files: &[CleanFile],
) -> MessageId {
    if form_key.is_empty() {
        return MessageId(random_id());
    }
    let hash = |content: &[u8]| state.vault.keyed_hash("tin-nhan-noi-dung", content);
    let mut submission = [
        &case.0.to_be_bytes(),
        form_key.as_bytes(),
        &hash(text.as_bytes()),
    ]
    .concat();
    submission.extend(files.iter().flat_map(|file| hash(&file.bytes)));
    let fingerprint = state.vault.keyed_hash("tin-nhan", &submission);
    let bytes = fingerprint[..16].iter();
    MessageId(bytes.fold(0, |id, byte| id << 8 | u128::from(*byte)))
}

async fn write_message(
    state: &AppState,
    record: &CaseRecord,
    id: MessageId,
    text: &str,
    files: &mut StoredFiles,
) -> Result<FollowOutcome, AppError> {
    let mut locked = OwnCase::lock(state, record.case_id).await?;
    let supplements = locked.status == Status::AwaitingInfo;
    let action = match supplements {
        true => Action::Supplement,
        false => Action::Message,
    };
    let message = NewMessage {
        id,
        direction: Direction::In,
        staff: None,
        at: state.clock.now(),
        text,
    };
    if !record.add_message(&mut locked.tx, message).await? {
        return Ok(FollowOutcome::Already);
    }
    let Some(next) = locked.status.after(action) else {
        return Ok(FollowOutcome::TooLate);
    };
    record
        .add_attachments(&mut locked.tx, Some(id), files)
        .await?;
    sqlx::query!(
        "update feedback_case set unread = true where case_id = $1",
        locked.id as CaseId
    )
    .execute(&mut *locked.tx)
    .await?;
    close_circle(state, &mut locked, record, text).await?;
    let (event, outcome) = match supplements {
        true => {
            resume(state, &mut locked, next).await?;
            let event = CaseEvent::Supplemented {
                files: files.count(),
            };
            (event, FollowOutcome::Supplement)
        }
        false => {
            let event = CaseEvent::Messaged {
                direction: Direction::In,
                files: files.count(),
            };
            (event, FollowOutcome::Message)
        }
    };
    locked.commit(state, record, event, None).await?;
    Ok(outcome)
}

/// The clock runs again: the deadline moves by the working days it stood still.
async fn resume(state: &AppState, locked: &mut OwnCase, next: Status) -> Result<(), AppError> {
    let calendar = crate::directory::ssr::calendar(&mut locked.tx).await?;
    let today = state.clock.today();
    let due_on = match locked.due_on {
        Some(due) => Some(moved_by_pause(&mut locked.tx, locked.id, &calendar, due, today).await?),
        None => None,
    };
    sqlx::query!(
        "update feedback_case
        set status = $2, due_on = $3, paused_on = null,
            calendar_version = case when $3::date is null then calendar_version else $4 end
        where case_id = $1",
        locked.id as CaseId,
        next as Status,
        due_on,
        calendar.version,
    )
    .execute(&mut *locked.tx)
    .await?;
    Ok(())
}
