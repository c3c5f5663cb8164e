//! Work done after a change: enqueued in the change's own transaction, tried again, never lost. The queue is a table.
//! A worker holds a row's lock while it works, so a worker that dies lets go of it.

use crate::error::AppError;
use serde_json::Value;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// Acknowledges a feedback by mail: payload `{"outbox_id": uuid, "number": "PA26-…"}`.
pub const ACKNOWLEDGE: &str = "acknowledge";
/// Removes what has expired; comes back every hour.
pub const PURGE: &str = "purge";

/// Tries before a job is left for a person to look at.
pub const MOST_ATTEMPTS: i16 = 10;

/// A job that is due, locked by this transaction.
pub struct Job {
    /// Number in the queue.
    pub job_id: i64,
    /// [`ACKNOWLEDGE`] or [`PURGE`].
    pub kind: String,
    /// Ids and codes.
    pub payload: Value,
    /// Tries so far.
    pub attempts: i16,
}

/// Puts a job into the queue, in the transaction of the change it follows. The payload holds ids and codes, never words.
///
/// # Errors
/// [`AppError::Unavailable`] where the database is away.
pub async fn enqueue(
    connection: &mut PgConnection,
    kind: &str,
    payload: &Value,
    run_at: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into job (kind, payload, run_at) values ($1, $2, $3)",
        kind,
        payload,
        run_at
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Locks the next job due at `now` that no other worker holds.
pub async fn claim(
    connection: &mut PgConnection,
    now: OffsetDateTime,
) -> Result<Option<Job>, AppError> {
    Ok(sqlx::query_as!(
        Job,
        "select job_id, kind, payload, attempts from job where run_at <= $1 and attempts < $2
        order by run_at, job_id limit 1 for update skip locked",
        now,
        MOST_ATTEMPTS
    )
    .fetch_optional(connection)
    .await?)
}

/// Forgets a job that is done.
pub async fn finish(connection: &mut PgConnection, job_id: i64) -> Result<(), AppError> {
    sqlx::query!("delete from job where job_id = $1", job_id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Puts a job that failed back, for later: 10 s, 40 s, 90 s … after `MOST_ATTEMPTS` it stays, and no worker takes it.
pub async fn put_back(
    connection: &mut PgConnection,
    job: &Job,
    error: &str,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let attempts = job.attempts + 1;
    let run_at = now + Duration::seconds(10 * i64::from(attempts) * i64::from(attempts));
    sqlx::query!(
        "update job set attempts = $2, last_error = $3, run_at = $4 where job_id = $1",
        job.job_id,
        attempts,
        error,
        run_at
    )
    .execute(connection)
    .await?;
    if attempts >= MOST_ATTEMPTS {
        tracing::error!(
            job = job.job_id,
            kind = job.kind,
            "a job failed for good and waits for a person"
        );
    }
    Ok(())
}

/// Makes sure that a job of `kind` that comes back by itself is in the queue.
pub async fn ensure(
    connection: &mut PgConnection,
    kind: &str,
    run_at: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into job (kind, payload, run_at) select $1, '{}', $2 where not exists (select from job where kind = $1)",
        kind,
        run_at
    )
    .execute(connection)
    .await?;
    Ok(())
}
