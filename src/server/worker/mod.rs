//! The worker: takes due jobs one by one. [`run_pending`] is the single step that tests drive.

mod acknowledge;
mod purge;

use crate::{
    error::AppError,
    platform::{
        AppState,
        jobs::{self, ACKNOWLEDGE, PURGE},
        shutdown::Shutdown,
        telemetry::metrics,
    },
};
use sqlx::{Acquire as _, PgConnection};
use std::time::Duration;

/// How long an idle worker waits before it looks again.
const PAUSE: Duration = Duration::from_secs(2);

/// Does every job that is due now; how many were tried.
///
/// # Errors
/// Where the database is away; a job's own failure puts it back into the queue instead.
pub async fn run_pending(state: &AppState) -> anyhow::Result<u32> {
    let mut tried = 0;
    while run_one(state).await? {
        tried += 1;
    }
    Ok(tried)
}

/// Works until the process is to stop; a job under way is finished.
pub async fn run(state: AppState, shutdown: Shutdown) {
    loop {
        if let Err(error) = pass(&state).await {
            tracing::warn!(%error, "the worker could not reach its queue");
        }
        if shutdown.or(tokio::time::sleep(PAUSE)).await.is_none() {
            return;
        }
    }
}

async fn pass(state: &AppState) -> anyhow::Result<u32> {
    jobs::ensure(
        &mut *state.db.pool().acquire().await?,
        PURGE,
        state.clock.now(),
    )
    .await?;
    run_pending(state).await
}

/// Tries the next due job, its work in a savepoint of the transaction that holds its lock; `false` where none is due.
async fn run_one(state: &AppState) -> anyhow::Result<bool> {
    let mut tx = state.db.pool().begin().await?;
    let Some(job) = jobs::claim(&mut tx, state.clock.now()).await? else {
        return Ok(false);
    };
    let mut work = tx.begin().await?;
    let done = perform(state, &mut work, &job).await;
    match &done {
        Ok(()) => {
            work.commit().await?;
            jobs::finish(&mut tx, job.job_id).await?;
        }
        Err(error) => {
            work.rollback().await?;
            tracing::warn!(job = job.job_id, kind = job.kind, %error, "a job failed and will be tried again");
            jobs::put_back(&mut tx, &job, &error.to_string(), state.clock.now()).await?;
        }
    }
    tx.commit().await?;
    metrics::count_job(done.is_ok());
    Ok(true)
}

async fn perform(
    state: &AppState,
    connection: &mut PgConnection,
    job: &jobs::Job,
) -> anyhow::Result<()> {
    match job.kind.as_str() {
        ACKNOWLEDGE => acknowledge::perform(state, connection, job.payload.clone()).await,
        PURGE => purge::perform(connection, state.clock.now()).await,
        _ => Err(AppError::NotFound.into()),
    }
}
