//! Slow-down under guessing: counters that all web processes share, delays that grow, and never a lock.
//!
//! A bucket is a keyed fingerprint (`vault.keyed_hash("rate …", …)`): the table holds no name, no address, no code. What is
//! stored of it is mixed with a random secret of the day, which is deleted with the day's counters (`worker/purge.rs`).

use crate::{
    error::AppError,
    platform::{
        AppState,
        clock::{VIETNAM, random_bytes},
        database::Db,
        http::client_ip::{client_ip, network},
    },
};
use axum::http::request::Parts;
use std::time::Duration;
use time::{Date, OffsetDateTime};

/// How many tries are free, how many wait, and how many are answered at all within a window.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Over what time tries are counted.
    pub window: Duration,
    /// This many go without waiting.
    pub free: i32,
    /// From here on the answer is "later", until the window ends; `None` if that would lock out the true owner.
    pub ceiling: Option<i32>,
}

/// Counts one try in `bucket` and gives the tries in the current window, this one included.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn count(
    db: &Db,
    bucket: [u8; 32],
    window: Duration,
    now: OffsetDateTime,
) -> Result<i32, AppError> {
    add(db, bucket, 1, window, now).await
}

/// Adds so many tries to `bucket` and gives those in the current window, these included.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn add(
    db: &Db,
    bucket: [u8; 32],
    tries: i32,
    window: Duration,
    now: OffsetDateTime,
) -> Result<i32, AppError> {
    let day = now.to_offset(VIETNAM).date();
    for _ in 0..2 {
        let hits = sqlx::query_scalar!(
            "insert into rate_counter as c (bucket, window_start, hits)
             select sha256(secret || $1), $2, $4 from rate_day where day = $3
             on conflict (bucket, window_start) do update
                set hits = c.hits + $4 returning hits",
            bucket.as_slice(),
            window_start(now, window),
            day,
            tries,
        )
        .fetch_optional(db.pool())
        .await?;
        match hits {
            Some(hits) => return Ok(hits),
            None => begin_day(db, day).await?,
        }
    }
    Err(AppError::Unavailable)
}

/// Makes the secret of a day; of two processes that try, one does.
async fn begin_day(db: &Db, day: Date) -> Result<(), AppError> {
    let secret: [u8; 32] = random_bytes();
    sqlx::query!(
        "insert into rate_day (day, secret) values ($1, $2) on conflict (day) do nothing",
        day,
        secret.as_slice(),
    )
    .execute(db.pool())
    .await?;
    Ok(())
}

/// The most tries in one window that began within `window` before now, bucket by bucket.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn recent<const N: usize>(
    db: &Db,
    buckets: [[u8; 32]; N],
    window: Duration,
    now: OffsetDateTime,
) -> Result<[i32; N], AppError> {
    let since = now - window;
    let rows = sqlx::query!(
        r#"select place as "place!", max(c.hits) as "hits!"
        from unnest($1::bytea[]) with ordinality as b(bucket, place)
            join rate_day d on d.day >= $2
            join rate_counter c on c.bucket = sha256(d.secret || b.bucket) and c.window_start > $3
        group by place"#,
        &buckets.map(Vec::from),
        since.to_offset(VIETNAM).date(),
        since,
    )
    .fetch_all(db.pool())
    .await?;
    let mut hits = [0; N];
    for row in rows {
        let place = usize::try_from(row.place - 1).ok();
        if let Some(of) = place.and_then(|place| hits.get_mut(place)) {
            *of = row.hits;
        }
    }
    Ok(hits)
}

/// Takes one try back: it was the right one, or came to nothing.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn forgive(
    db: &Db,
    bucket: [u8; 32],
    window: Duration,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!(
        "update rate_counter set hits = hits - 1 from rate_day
         where day = $3 and bucket = sha256(secret || $1) and window_start = $2 and hits > 0",
        bucket.as_slice(),
        window_start(now, window),
        now.to_offset(VIETNAM).date(),
    )
    .execute(db.pool())
    .await?;
    Ok(())
}

/// Counts one try and waits as long as the tries before it demand.
///
/// # Errors
/// [`AppError::TooManyRequests`] above the ceiling, [`AppError::Unavailable`] if the database is
/// unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn slow_down(
    db: &Db,
    bucket: [u8; 32],
    limit: Limit,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let hits = count(db, bucket, limit.window, now).await?;
    if limit.ceiling.is_some_and(|ceiling| hits > ceiling) {
        return Err(AppError::TooManyRequests);
    }
    tokio::time::sleep(delay_for(hits.saturating_sub(limit.free))).await;
    Ok(())
}

/// The wait for the `hits`-th try beyond the free ones: half a second, doubled each time, at most eight seconds.
pub fn delay_for(hits: i32) -> Duration {
    match u32::try_from(hits) {
        Err(_) | Ok(0) => Duration::ZERO,
        Ok(hits) => Duration::from_millis(500 << (hits - 1).min(4)),
    }
}

/// The bucket of the client's network for one purpose, e.g. `rate sign-in address`; another one each day, so that
/// days cannot be joined.
pub fn address_bucket(state: &AppState, purpose: &'static str, parts: &Parts) -> [u8; 32] {
    let network = client_ip(&state.config, parts).map(network);
    bucket(state, purpose, &network.unwrap_or_default())
}

/// The bucket of `subject` for one purpose; another one each day.
pub fn bucket(state: &AppState, purpose: &'static str, subject: &str) -> [u8; 32] {
    state.vault.keyed_hash(
        purpose,
        format!("{}|{subject}", state.clock.today()).as_bytes(),
    )
}

/// When the window began that `now` falls into.
fn window_start(now: OffsetDateTime, window: Duration) -> OffsetDateTime {
    let seconds = i64::try_from(window.as_secs()).unwrap_or(i64::MAX).max(1);
    let now = now.replace_nanosecond(0).unwrap_or(now);
    now - time::Duration::seconds(now.unix_timestamp().rem_euclid(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::datetime;

    #[test]
    fn waits_grow_and_stop_growing() {
        assert_eq!(delay_for(i32::MIN), Duration::ZERO);
        assert_eq!(delay_for(0), Duration::ZERO);
        assert_eq!(delay_for(1), Duration::from_millis(500));
        assert_eq!(delay_for(3), Duration::from_secs(2));
        assert_eq!(delay_for(5), Duration::from_secs(8));
        assert_eq!(delay_for(i32::MAX), Duration::from_secs(8));
    }

    #[test]
    fn a_window_is_the_same_for_every_moment_in_it() {
        let quarter = Duration::from_secs(900);
        assert_eq!(
            window_start(datetime!(2026-11-23 14:29:59.5 +7), quarter),
            datetime!(2026-11-23 14:15:00 +7)
        );
        assert_eq!(
            window_start(datetime!(2026-11-23 14:30:00 +7), quarter),
            datetime!(2026-11-23 14:30:00 +7)
        );
        assert_eq!(
            window_start(datetime!(2026-11-23 07:31:00 UTC), quarter),
            datetime!(2026-11-23 14:30:00 +7)
        );
    }

    #[test]
    fn one_household_is_one_network() {
        let of = |address: &str| network(address.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:203.0.113.7"), "203.0.113.7");
    }

    proptest! {
        #[test]
        fn a_later_try_never_waits_less(hits in any::<i32>()) {
            prop_assert!(delay_for(hits) <= delay_for(hits.saturating_add(1)));
        }
    }
}
