//! Slow-down under guessing.

use super::database::Db;
use crate::error::AppError;
use std::time::Duration;
use time::OffsetDateTime;

/// Counts one more hit of a bucket in the current window and gives how many there are.
///
/// # Errors
/// [`AppError::Unavailable`] where the database is away.
pub async fn count(db: &Db, bucket: [u8; 32], window: Duration, now: OffsetDateTime) -> Result<i32, AppError> {
    let seconds = i64::try_from(window.as_secs().max(1)).map_err(|_| AppError::Internal)?;
    let start = OffsetDateTime::from_unix_timestamp(now.unix_timestamp().div_euclid(seconds) * seconds).map_err(|_| AppError::Internal)?;
    Ok(sqlx::query_scalar!(
        "insert into rate_counter (bucket, window_start, hits) values ($1, $2, 1)
         on conflict (bucket, window_start) do update set hits = rate_counter.hits + 1 returning hits",
        bucket.as_slice(),
        start
    )
    .fetch_one(db.pool())
    .await?)
}

/// The wait after this many hits: none for the first three, then doubling from a quarter of a second to five seconds.
pub fn delay_for(hits: i32) -> Duration {
    match u32::try_from(hits).unwrap_or(0) {
        0..=3 => Duration::ZERO,
        more => Duration::from_millis(250 << (more - 4).min(5)).min(Duration::from_secs(5)),
    }
}
