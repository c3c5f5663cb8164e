//! Work done after a change: enqueued in the change's own transaction, retried, never lost. The queue is a table.
//! A worker holds a row's lock while it works, so a worker that dies releases it.

use crate::error::AppError;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// Tries before a job is left for a person to look at.
pub const MOST_ATTEMPTS: i16 = 10;

/// A job: its fields are the payload, ids and codes only, never a person's words. Whoever enqueues it defines it;
/// `server::worker` says how it is run.
pub trait Job: Serialize + DeserializeOwned + Send + Sync {
    /// Its name in the queue. Rows outlive a release, so neither this nor the payload's keys change.
    const KIND: &'static str;

    /// Puts the job into the queue, in the transaction of the change it follows.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    fn enqueue(
        &self,
        connection: &mut PgConnection,
        run_at: OffsetDateTime,
    ) -> impl Future<Output = Result<(), AppError>> + Send {
        async move {
            sqlx::query!(
                "insert into job (kind, payload, run_at) values ($1, $2, $3)",
                Self::KIND,
                payload(self)?,
                run_at
            )
            .execute(connection)
            .await?;
            Ok(())
        }
    }

    /// Puts the job into the queue unless one of its kind is there: for jobs that come back by themselves.
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
                "insert into job (kind, payload, run_at)
                 select $1, $2, $3 where not exists (select from job where kind = $1)",
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
            "select job_id, kind, payload, attempts from job
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

    /// Puts a job that failed back for later: 10 s, 40 s, 90 s …; after [`MOST_ATTEMPTS`] no worker takes it.
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
        let attempts = self.attempts + 1;
        let run_at = now + Duration::seconds(10 * i64::from(attempts) * i64::from(attempts));
        sqlx::query!(
            "update job set attempts = $2, last_error = $3, run_at = $4 where job_id = $1",
            self.job_id,
            attempts,
            error,
            run_at
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
