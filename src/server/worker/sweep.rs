//! Removes files that no attachment names: those of a submission whose connection to the database
//! broke at the very end, and of one that a crash cut off.
//!
//! Nothing else may remove them. Whether a commit that got no answer took place is known to the
//! database alone, and a sender who tries again is told that it did.

use super::registry::Run;
use crate::platform::{AppState, jobs::Job};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::Duration;
use uuid::Uuid;

/// A file is left alone for so long: no transaction that could still name it lives half as long,
/// and who has to restore the database notices in time.
const LEFT_ALONE: Duration = Duration::days(7);
/// Files asked about in one statement.
const BATCH: usize = 1000;

/// Removes files that no attachment names; comes back every day.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SweepFiles {}

impl Job for SweepFiles {
    const KIND: &'static str = "sweep_files";
    const EVERY: Option<Duration> = Some(Duration::DAY);
}

impl Run for SweepFiles {
    async fn run(self, state: &AppState, connection: &mut PgConnection) -> anyhow::Result<()> {
        let old = state
            .files
            .written_before(state.clock.now() - LEFT_ALONE)
            .await?;
        let mut removed = 0;
        for batch in old.chunks(BATCH) {
            let ids: Vec<Uuid> = batch.iter().copied().map(Uuid::from_u128).collect();
            let orphans = sqlx::query_scalar!(r#"select files_without_row($1) as "id!""#, &ids)
                .fetch_all(&mut *connection)
                .await?;
            for id in orphans {
                state.files.remove(id.as_u128()).await?;
                removed += 1;
            }
        }
        if removed > 0 {
            tracing::info!(removed, "files without a case were removed");
        }
        Ok(())
    }
}
