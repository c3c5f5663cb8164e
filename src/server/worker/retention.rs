//! Erases what has been kept for as long as the public page says, a batch at a time.

use super::registry::Run;
use crate::{
    platform::{AppState, jobs::Job},
    records::apply_retention,
};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::Duration;

/// Erases what is due; comes back every day.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ApplyRetention {}

impl Job for ApplyRetention {
    const KIND: &'static str = "retention";
    const EVERY: Option<Duration> = Some(Duration::DAY);
}

impl Run for ApplyRetention {
    /// Every batch is a transaction of its own: what is erased stays so if the next one fails.
    async fn run(self, state: &AppState, _connection: &mut PgConnection) -> anyhow::Result<()> {
        let erased = apply_retention(&state.db, &state.files, |_| ()).await?;
        if erased.cases + erased.identities > 0 {
            let (cases, identities) = (erased.cases, erased.identities);
            tracing::info!(cases, identities, "what was kept long enough was erased");
        }
        Ok(())
    }
}
