//! Removes what has expired: sessions, sealed receipts of past submissions, counters of slow-downs.

use crate::platform::jobs::{self, PURGE};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// A form that is sent again within this time still finds its first sending.
const SUBMISSIONS_KEPT: Duration = Duration::days(30);
/// No slow-down looks back further.
const COUNTERS_KEPT: Duration = Duration::days(2);

/// Purges as of `now` and asks to be called again in an hour.
pub(super) async fn perform(
    connection: &mut PgConnection,
    now: OffsetDateTime,
) -> anyhow::Result<()> {
    sqlx::query!("delete from session where expires_at <= $1", now)
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
    jobs::enqueue(
        connection,
        PURGE,
        &serde_json::json!({}),
        now + Duration::HOUR,
    )
    .await?;
    Ok(())
}
