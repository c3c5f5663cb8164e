//! Drafts the public figures of a month on its fixed day, and audits the draft; a person answers for
//! it, and a second one publishes it.

use super::registry::Run;
use crate::{
    platform::{AppState, jobs::Job},
    statistics::{
        catalogue::FIXED_DAY,
        ssr::publishing::steps::{self, By},
    },
};
use anyhow::ensure;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::Duration;

/// Drafts what is ripe; comes back every day.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct DraftFigures {}

impl Job for DraftFigures {
    const KIND: &'static str = "draft_figures";
    const EVERY: Option<Duration> = Some(Duration::DAY);
}

impl Run for DraftFigures {
    /// Building and auditing are transactions of their own: a draft that is built stays.
    async fn run(self, state: &AppState, _connection: &mut PgConnection) -> anyhow::Result<()> {
        let now = state.clock.now();
        if now.day() < FIXED_DAY {
            return Ok(());
        }
        let built = steps::build(&state.db, By::Job, now).await?;
        if built.is_empty() {
            return Ok(());
        }
        let offences = steps::audit(&state.db, By::Job, now).await?;
        ensure!(
            offences.is_empty(),
            "{} cells may not be published",
            offences.len()
        );
        tracing::info!(
            drafts = built.len(),
            "public figures were drafted and await approval"
        );
        Ok(())
    }
}
