//! Every job there is, and how it is run.

use super::purge::PurgeExpired;
use crate::{
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
}

type Runner =
    for<'a> fn(&'a AppState, &'a mut PgConnection, Value) -> BoxFuture<'a, anyhow::Result<()>>;

struct Registration {
    kind: &'static str,
    run: Runner,
}

impl Registration {
    const fn of<J: Run + 'static>() -> Self {
        Self {
            kind: J::KIND,
            run: |state, connection, payload| {
                async move {
                    // the cause would quote the payload
                    let job: J = serde_json::from_value(payload)
                        .ok()
                        .context("malformed payload")?;
                    job.run(state, connection).await
                }
                .boxed()
            },
        }
    }
}

/// A new job is registered here.
const JOBS: &[Registration] = &[
    Registration::of::<AcknowledgeReceipt>(),
    Registration::of::<PurgeExpired>(),
];

/// Runs a job from the queue.
#[tracing::instrument(skip_all, name = "job", fields(id = job.job_id, kind = job.kind))]
pub(super) async fn run(
    state: &AppState,
    connection: &mut PgConnection,
    job: &QueuedJob,
) -> anyhow::Result<()> {
    let registered = JOBS.iter().find(|known| known.kind == job.kind);
    let registered = registered.context("no job of this kind is known")?;
    (registered.run)(state, connection, job.payload.clone()).await
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
        let payload = json!({
            "outbox_id": "00000000-0000-0000-0000-000000000007",
            "number": "PA26-7K3M9Q-X",
        });
        let job: AcknowledgeReceipt = serde_json::from_value(payload.clone()).unwrap();
        assert_eq!(serde_json::to_value(&job).unwrap(), payload);
        assert_eq!(AcknowledgeReceipt::KIND, "acknowledge");
        let purge: PurgeExpired = serde_json::from_value(json!({})).unwrap();
        assert_eq!(serde_json::to_value(&purge).unwrap(), json!({}));
        assert_eq!(PurgeExpired::KIND, "purge");
    }
}
