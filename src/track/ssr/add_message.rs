//! A message of the reporter with its files; the supplement where one was asked for.

use super::{
    actions::{Done, Standing, lock, record},
    begin, case_key,
};
use crate::{
    case::{Action, CaseId, Status},
    error::AppError,
    platform::{
        AppState,
        clock::random_id,
        files::CleanFile,
        vault::{CaseKey, SealContext},
    },
};
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

/// Takes a message with its files: the supplement where one was asked for, a message otherwise. `send_key` makes it one sending.
///
/// # Errors
/// [`AppError::Unavailable`] where the database or the file store is away: nothing was written.
pub async fn write(
    state: &AppState,
    case: CaseId,
    text: &str,
    files: &[CleanFile],
    send_key: &str,
) -> Result<Done, AppError> {
    let key = {
        let mut tx = begin(state, case).await?;
        case_key(state, &mut tx, case).await?
    };
    let message_id = message_id(state, case, send_key);
    let ids = put_files(state, &key, files).await?;
    let result = write_message(state, case, &key, message_id, text, files, &ids).await;
    if !matches!(result, Ok(Done::Message | Done::Supplement)) {
        remove_files(state, &ids).await;
    }
    result
}

/// The same sending has the same id, so a second one meets the first one's row.
fn message_id(state: &AppState, case: CaseId, send_key: &str) -> u128 {
    if send_key.is_empty() {
        return random_id();
    }
    let fingerprint = state.vault.keyed_hash(
        "tin-nhan",
        &[&case.0.to_be_bytes(), send_key.as_bytes()].concat(),
    );
    fingerprint[..16]
        .iter()
        .fold(0, |id, byte| id << 8 | u128::from(*byte))
}

async fn put_files(
    state: &AppState,
    key: &CaseKey,
    files: &[CleanFile],
) -> Result<Vec<u128>, AppError> {
    let mut ids = Vec::with_capacity(files.len());
    for file in files {
        let id = random_id();
        ids.push(id);
        if let Err(error) = state.files.put(id, key, &file.bytes).await {
            remove_files(state, &ids).await;
            return Err(error);
        }
    }
    Ok(ids)
}

async fn remove_files(state: &AppState, ids: &[u128]) {
    for id in ids {
        if state.files.remove(*id).await.is_err() {
            tracing::warn!("a file without a case stayed behind");
        }
    }
}

async fn write_message(
    state: &AppState,
    case: CaseId,
    key: &CaseKey,
    message_id: u128,
    text: &str,
    files: &[CleanFile],
    ids: &[u128],
) -> Result<Done, AppError> {
    let (mut tx, standing) = lock(state, case).await?;
    if is_written(&mut tx, message_id).await? {
        return Ok(Done::Already);
    }
    let (action, done) = match standing.status {
        Status::AwaitingInfo => (Action::Supplement, Done::Supplement),
        _ => (Action::Message, Done::Message),
    };
    let Some(next) = standing.status.after(action) else {
        return Ok(Done::TooLate);
    };
    insert_message(state, &mut tx, case, key, message_id, text).await?;
    for (position, (file, id)) in files.iter().zip(ids).enumerate() {
        insert_attachment(&mut tx, case, key, message_id, position, file, *id).await?;
    }
    if action == Action::Supplement {
        resume(state, &mut tx, case, &standing, next).await?;
    }
    let data = json!({ "huong": "den", "tin": Uuid::from_u128(message_id), "tep": files.len() });
    record(state, &mut tx, case, action.code(), data, None).await?;
    tx.commit().await?;
    Ok(done)
}

async fn is_written(tx: &mut PgConnection, message_id: u128) -> Result<bool, AppError> {
    let id = Uuid::from_u128(message_id);
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from case_message where message_id = $1) as "found!""#,
        id
    )
    .fetch_one(tx)
    .await?)
}

async fn insert_message(
    state: &AppState,
    tx: &mut PgConnection,
    case: CaseId,
    key: &CaseKey,
    message_id: u128,
    text: &str,
) -> Result<(), AppError> {
    let sealed = key.seal(
        SealContext {
            table: "case_message",
            row: message_id,
            field: "text",
        },
        text.as_bytes(),
    );
    sqlx::query!(
        "insert into case_message (message_id, case_id, direction, at, sealed) values ($1, $2, 'in', $3, $4)",
        Uuid::from_u128(message_id),
        Uuid::from_u128(case.0),
        state.clock.now(),
        sealed
    )
    .execute(tx)
    .await?;
    Ok(())
}

async fn insert_attachment(
    tx: &mut PgConnection,
    case: CaseId,
    key: &CaseKey,
    message_id: u128,
    position: usize,
    file: &CleanFile,
    id: u128,
) -> Result<(), AppError> {
    let number = |n: usize| i32::try_from(n).map_err(|_| AppError::Internal);
    sqlx::query!(
        "insert into attachment (attachment_id, case_id, message_id, position, media_type, size_bytes, sealed_name)
         values ($1, $2, $3, $4::int::smallint, $5, $6, $7)",
        Uuid::from_u128(id),
        Uuid::from_u128(case.0),
        Uuid::from_u128(message_id),
        number(position)?,
        file.media_type,
        number(file.bytes.len())?,
        key.seal(SealContext { table: "attachment", row: id, field: "name" }, file.name.as_bytes()),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The clock runs again: the deadline moves by the working days it stood still.
async fn resume(
    state: &AppState,
    tx: &mut PgConnection,
    case: CaseId,
    standing: &Standing,
    next: Status,
) -> Result<(), AppError> {
    let calendar = crate::directory::ssr::calendar(&mut *tx).await?;
    let due_on = match (standing.due_on, standing.paused_on) {
        (Some(due), Some(paused_on)) => Some(crate::calendar::resumed(
            &calendar,
            due,
            paused_on,
            state.clock.today(),
        )),
        (due, _) => due,
    };
    sqlx::query!(
        "update feedback_case set status = $2, due_on = $3, paused_on = null,
             calendar_version = case when $3::date is null then calendar_version else $4 end
         where case_id = $1",
        Uuid::from_u128(case.0),
        next.code(),
        due_on,
        calendar.version,
    )
    .execute(tx)
    .await?;
    Ok(())
}
