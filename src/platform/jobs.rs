//! Work done after a change: enqueued in the change's own transaction, retried, never lost. The queue is a table.
//! A worker holds a row's lock while it works, so a worker that dies releases it.

use crate::error::AppError;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// Tries before a job is given up: the last one comes after not quite three days.
pub const MOST_ATTEMPTS: i16 = 13;
/// The longest wait between two tries.
const LONGEST_WAIT: Duration = Duration::hours(12);
/// A job that was given up is left for a person to look at for so long.
pub const DEAD_JOBS_KEPT: Duration = Duration::days(30);

/// A job: its fields are the payload, ids and codes only, never a person's words. Whoever enqueues it defines it;
/// `server::worker` says how it is run.
pub trait Job: Serialize + DeserializeOwned + Send + Sync {
    /// Its name in the queue. Rows outlive a release, so neither this nor the payload's keys change.
    const KIND: &'static str;

    /// How often it comes back by itself, which is never given up; `None` for work that is done once.
    const EVERY: Option<Duration> = None;

    /// Puts the job into the queue, in the transaction of the change it follows; gives its number there.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    fn enqueue(
        &self,
        connection: &mut PgConnection,
        run_at: OffsetDateTime,
    ) -> impl Future<Output = Result<i64, AppError>> + Send {
        async move {
            Ok(sqlx::query_scalar!(
                "insert into job (kind, payload, run_at) values ($1, $2, $3) returning job_id",
                Self::KIND,
                payload(self)?,
                run_at
            )
            .fetch_one(connection)
            .await?)
        }
    }

    /// Puts a job that comes back by itself into the queue, unless it is there. However many
    /// processes do so, it stands there once.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    fn ensure_enqueued(
        &self,
        connection: &mut PgConnection,
        run_at: OffsetDateTime,
    ) -> impl Future<Output = Result<(), AppError>> + Send {
        async move {
            sqlx::query!(
                "insert into job (kind, payload, run_at, recurring) values ($1, $2, $3, true)
                on conflict (kind) where recurring do nothing",
                Self::KIND,
                payload(self)?,
                run_at
            )
            .execute(connection)
            .await?;
            Ok(())
        }
    }
}

fn payload(job: &impl Job) -> Result<Value, AppError> {
    serde_json::to_value(job).map_err(|_| AppError::Internal)
}

/// A row of the queue that is due, locked by this transaction.
pub struct QueuedJob {
    /// Number in the queue.
    pub job_id: i64,
    /// [`Job::KIND`].
    pub kind: String,
    /// The fields of the job.
    pub payload: Value,
    /// Tries so far.
    pub attempts: i16,
    /// It comes back by itself.
    pub recurring: bool,
}

impl QueuedJob {
    /// Locks the next job due at `now` that no other worker holds.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    #[tracing::instrument(skip_all, err(level = "debug"))]
    pub async fn dequeue(
        connection: &mut PgConnection,
        now: OffsetDateTime,
    ) -> Result<Option<Self>, AppError> {
        Ok(sqlx::query_as!(
            Self,
            "select job_id, kind, payload, attempts, recurring from job
             where run_at <= $1 and attempts < $2
             order by run_at, job_id limit 1 for update skip locked",
            now,
            MOST_ATTEMPTS
        )
        .fetch_optional(connection)
        .await?)
    }

    /// Removes the job once it is done.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    #[tracing::instrument(skip_all, err(level = "debug"))]
    pub async fn delete(&self, connection: &mut PgConnection) -> Result<(), AppError> {
        sqlx::query!("delete from job where job_id = $1", self.job_id)
            .execute(connection)
            .await?;
        Ok(())
    }

    /// Puts a job that comes back by itself forward to its next time, once it is done.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    #[tracing::instrument(skip_all, err(level = "debug"))]
    pub async fn put_forward(
        &self,
        connection: &mut PgConnection,
        to: OffsetDateTime,
    ) -> Result<(), AppError> {
        sqlx::query!(
            "update job set run_at = $2, attempts = 0, last_error = null where job_id = $1",
            self.job_id,
            to
        )
        .execute(connection)
        .await?;
        Ok(())
    }

    /// Whether no try follows if this one fails.
    pub fn is_last_try(&self) -> bool {
        !self.recurring && self.attempts + 1 >= MOST_ATTEMPTS
    }

    /// Puts a job that failed back for later: after 30 s, 90 s, 4 min …, and every twelve hours in
    /// the end; after [`MOST_ATTEMPTS`] no worker takes it, unless it comes back by itself.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    #[tracing::instrument(skip_all, err(level = "debug"))]
    pub async fn put_back(
        &self,
        connection: &mut PgConnection,
        error: &str,
        now: OffsetDateTime,
    ) -> Result<(), AppError> {
        let attempts = match self.recurring {
            true => (self.attempts + 1).min(MOST_ATTEMPTS - 1),
            false => self.attempts + 1,
        };
        sqlx::query!(
            "update job set attempts = $2, last_error = $3, run_at = $4 where job_id = $1",
            self.job_id,
            attempts,
            error,
            now + wait_after(attempts)
        )
        .execute(connection)
        .await?;
        if attempts >= MOST_ATTEMPTS {
            tracing::error!(
                job = self.job_id,
                kind = self.kind,
                "a job failed for good and waits for a person"
            );
        }
        Ok(())
    }
}

/// Removes jobs that were given up long ago.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn delete_dead_jobs(
    connection: &mut PgConnection,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "delete from job where attempts >= $1 and run_at <= $2",
        MOST_ATTEMPTS,
        now - DEAD_JOBS_KEPT
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The wait after so many tries that failed.
fn wait_after(attempts: i16) -> Duration {
    let times = u32::from(attempts.unsigned_abs()).saturating_sub(1).min(8);
    Duration::seconds(30 * 3_i64.pow(times)).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tries_span_an_outage_of_almost_three_days() {
        let waits = (1..MOST_ATTEMPTS).map(wait_after);
        let all = waits.fold(Duration::ZERO, |all, wait| all + wait);
        assert!(
            all > Duration::hours(60) && all < Duration::hours(72),
            "{all}"
        );
        assert_eq!(wait_after(1), Duration::seconds(30));
    }
}
