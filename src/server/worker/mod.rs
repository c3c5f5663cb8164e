//! The worker: takes due jobs one by one. [`run_pending`] is the single step that tests drive.

mod acknowledge;
mod figures;
mod letter;
mod notify;
mod purge;
mod registry;
mod retention;
mod sweep;

use crate::platform::{AppState, jobs::QueuedJob, shutdown::Shutdown, telemetry::metrics};
use anyhow::anyhow;
use futures::FutureExt as _;
use sqlx::{Acquire as _, PgConnection};
use std::{panic::AssertUnwindSafe, time::Duration};

/// How long an idle worker waits before it looks again.
const PAUSE: Duration = Duration::from_secs(2);

/// Does every job that is due now; how many were tried.
///
/// # Errors
/// If the database is unreachable; a job's own failure puts it back into the queue instead.
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
        match AssertUnwindSafe(pass(&state)).catch_unwind().await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the worker could not reach its queue"),
            Err(_) => {
                metrics::count_panic();
                tracing::error!("the worker panicked and begins anew");
            }
        }
        if shutdown.or(tokio::time::sleep(PAUSE)).await.is_none() {
            return;
        }
    }
}

async fn pass(state: &AppState) -> anyhow::Result<u32> {
    let mut connection = state.db.pool().acquire().await?;
    registry::ensure_recurring(&mut connection, state.clock.now()).await?;
    drop(connection);
    run_pending(state).await
}

/// Tries the next due job, its work in a savepoint of the transaction that holds its lock; `false` if none is due.
async fn run_one(state: &AppState) -> anyhow::Result<bool> {
    let mut tx = state.db.pool().begin().await?;
    let Some(job) = QueuedJob::dequeue(&mut tx, state.clock.now()).await? else {
        return Ok(false);
    };
    let mut work = tx.begin().await?;
    let done = or_panic(registry::run(state, &mut work, &job)).await;
    match &done {
        Ok(()) => {
            work.commit().await?;
            match registry::next_run(&job, state.clock.now()) {
                Some(next) => job.put_forward(&mut tx, next).await?,
                None => job.delete(&mut tx).await?,
            }
        }
        Err(error) => {
            work.rollback().await?;
            tracing::warn!(
                job = job.job_id,
                kind = job.kind,
                %error,
                "a job failed and will be tried again"
            );
            if job.is_last_try() {
                give_up(&mut tx, &job).await?;
            }
            job.put_back(&mut tx, &error.to_string(), state.clock.now())
                .await?;
        }
    }
    tx.commit().await?;
    metrics::count_job(done.is_ok());
    Ok(true)
}

/// A job that panics has failed like any other, and ends no worker. What it said at its end is not
/// kept: it may quote what it worked on.
async fn or_panic(work: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    AssertUnwindSafe(work)
        .catch_unwind()
        .await
        .unwrap_or_else(|_| {
            metrics::count_panic();
            Err(anyhow!("it panicked"))
        })
}

/// Lets a job that is not tried again put away what it was to use.
async fn give_up(tx: &mut PgConnection, job: &QueuedJob) -> anyhow::Result<()> {
    let mut work = tx.begin().await?;
    match or_panic(registry::give_up(&mut work, job)).await {
        Ok(()) => work.commit().await?,
        Err(error) => {
            work.rollback().await?;
            tracing::error!(job = job.job_id, %error, "a job could not be given up cleanly");
        }
    }
    Ok(())
}
