//! Every job there is, and how it is run.

use super::{
    figures::DraftFigures, purge::PurgeExpired, retention::ApplyRetention, sweep::SweepFiles,
};
use crate::{
    casework::ssr::NotifyUpdate,
    error::AppError,
    platform::{
        AppState,
        jobs::{Job, QueuedJob},
    },
    submit::ssr::acknowledge::AcknowledgeReceipt,
};
use anyhow::Context as _;
use futures::future::{BoxFuture, FutureExt as _};
use serde_json::Value;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// A job that the worker knows how to run.
pub(super) trait Run: Job {
    /// Does the work over `connection`, in a savepoint that is rolled back if it fails.
    ///
    /// # Errors
    /// What is to be kept with the job and logged; never a person's words, never a row's.
    fn run(
        self,
        state: &AppState,
        connection: &mut PgConnection,
    ) -> impl Future<Output = anyhow::Result<()>> + Send;

    /// Puts away what the job was to use; it is not tried again.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    fn give_up(
        self,
        _connection: &mut PgConnection,
    ) -> impl Future<Output = Result<(), AppError>> + Send {
        async { Ok(()) }
    }
}

type Runner =
    for<'a> fn(&'a AppState, &'a mut PgConnection, Value) -> BoxFuture<'a, anyhow::Result<()>>;
type GiveUp = for<'a> fn(&'a mut PgConnection, Value) -> BoxFuture<'a, anyhow::Result<()>>;

struct Registration {
    kind: &'static str,
    every: Option<Duration>,
    run: Runner,
    give_up: GiveUp,
}

impl Registration {
    const fn of<J: Run + 'static>() -> Self {
        Self {
            kind: J::KIND,
            every: J::EVERY,
            run: |state, connection, payload| {
                async move { read::<J>(payload)?.run(state, connection).await }.boxed()
            },
            give_up: |connection, payload| {
                async move { Ok(read::<J>(payload)?.give_up(connection).await?) }.boxed()
            },
        }
    }
}

fn read<J: Job>(payload: Value) -> anyhow::Result<J> {
    // the cause would quote the payload
    serde_json::from_value(payload)
        .ok()
        .context("malformed payload")
}

/// A new job is registered here.
const JOBS: &[Registration] = &[
    Registration::of::<AcknowledgeReceipt>(),
    Registration::of::<NotifyUpdate>(),
    Registration::of::<PurgeExpired>(),
    Registration::of::<SweepFiles>(),
    Registration::of::<ApplyRetention>(),
    Registration::of::<DraftFigures>(),
];

/// Puts every job that comes back by itself into the queue, where it is not there.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(super) async fn ensure_recurring(
    connection: &mut PgConnection,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    PurgeExpired {}.ensure_enqueued(connection, now).await?;
    SweepFiles {}.ensure_enqueued(connection, now).await?;
    ApplyRetention {}.ensure_enqueued(connection, now).await?;
    DraftFigures {}.ensure_enqueued(connection, now).await
}

/// When a job that is done comes back; `None` for work that is done once.
pub(super) fn next_run(job: &QueuedJob, now: OffsetDateTime) -> Option<OffsetDateTime> {
    let registered = registered(job).ok()?;
    Some(now + registered.every.filter(|_| job.recurring)?)
}

/// Runs a job from the queue.
#[tracing::instrument(skip_all, name = "job", fields(id = job.job_id, kind = job.kind))]
pub(super) async fn run(
    state: &AppState,
    connection: &mut PgConnection,
    job: &QueuedJob,
) -> anyhow::Result<()> {
    (registered(job)?.run)(state, connection, job.payload.clone()).await
}

/// Puts away what a job that is not tried again was to use.
pub(super) async fn give_up(connection: &mut PgConnection, job: &QueuedJob) -> anyhow::Result<()> {
    match registered(job) {
        Ok(registered) => (registered.give_up)(connection, job.payload.clone()).await,
        // nobody knows what it was to use
        Err(_) => Ok(()),
    }
}

fn registered(job: &QueuedJob) -> anyhow::Result<&'static Registration> {
    let known = JOBS.iter().find(|known| known.kind == job.kind);
    known.context("no job of this kind is known")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::HashSet;

    #[test]
    fn every_kind_is_registered_once() {
        let kinds: HashSet<_> = JOBS.iter().map(|job| job.kind).collect();
        assert_eq!(kinds.len(), JOBS.len());
    }

    #[test]
    fn rows_of_earlier_releases_are_still_read() {
        let id = "00000000-0000-0000-0000-000000000007";
        // the number of the case was in it, and is not asked for any more
        let earlier = json!({ "outbox_id": id, "number": "PA26-7K3M9Q-X" });
        let job: AcknowledgeReceipt = serde_json::from_value(earlier).unwrap();
        assert_eq!(
            serde_json::to_value(&job).unwrap(),
            json!({ "outbox_id": id })
        );
        assert_eq!(AcknowledgeReceipt::KIND, "acknowledge");
        let payload = json!({ "outbox_id": id, "last": true });
        let notify: NotifyUpdate = serde_json::from_value(payload.clone()).unwrap();
        assert_eq!(serde_json::to_value(&notify).unwrap(), payload);
        assert_eq!(NotifyUpdate::KIND, "notify");
        let purge: PurgeExpired = serde_json::from_value(json!({})).unwrap();
        assert_eq!(serde_json::to_value(&purge).unwrap(), json!({}));
        assert_eq!(PurgeExpired::KIND, "purge");
    }
}
