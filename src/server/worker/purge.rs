//! Removes what has expired: sessions, links to a new password, sealed receipts of past submissions,
//! counters of slow-downs and the secrets of their days, addresses whose mail never left, jobs that
//! were given up, steps that can be taken back no more.

use super::registry::Run;
use crate::{
    error::AppError,
    platform::{
        AppState,
        clock::VIETNAM,
        jobs::{Job, delete_dead_jobs},
    },
    records::{delete_expired_addresses, forget_last_steps},
};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// A form submitted again within this time still finds its first submission.
const SUBMISSIONS_KEPT: Duration = Duration::days(30);
/// No slow-down looks back further.
const COUNTERS_KEPT: Duration = Duration::days(2);

/// Removes what has expired; comes back every hour.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PurgeExpired {}

impl Job for PurgeExpired {
    const KIND: &'static str = "purge";
    const EVERY: Option<Duration> = Some(Duration::HOUR);
}

impl Run for PurgeExpired {
    async fn run(self, state: &AppState, connection: &mut PgConnection) -> anyhow::Result<()> {
        let now = state.clock.now();
        delete_expired(connection, now).await?;
        delete_expired_addresses(connection, now).await?;
        delete_dead_jobs(connection, now).await?;
        forget_last_steps(connection).await?;
        Ok(())
    }
}

#[tracing::instrument(skip_all, err(level = "debug"))]
async fn delete_expired(
    connection: &mut PgConnection,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!("delete from session where expires_at <= $1", now)
        .execute(&mut *connection)
        .await?;
    sqlx::query!("delete from sign_in_step where expires_at <= $1", now)
        .execute(&mut *connection)
        .await?;
    sqlx::query!(
        "delete from sign_in_turn where next_at <= $1",
        now - COUNTERS_KEPT
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "update account_request set expires_at = null, link_hash = null, code_hash = null
         where expires_at <= $1",
        now
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!("delete from track_session where expires_at <= $1", now)
        .execute(&mut *connection)
        .await?;
    sqlx::query!(
        "update submission set slip = null where expires_at <= $1 and slip is not null",
        now
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "delete from submission where expires_at <= $1",
        now - SUBMISSIONS_KEPT
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "delete from rate_counter where window_start <= $1",
        now - COUNTERS_KEPT
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "delete from rate_day where day <= $1",
        (now - COUNTERS_KEPT).to_offset(VIETNAM).date()
    )
    .execute(&mut *connection)
    .await?;
    Ok(())
}
