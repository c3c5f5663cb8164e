//! How guessing at passwords is slowed down.
//!
//! A device from which somebody signed in before is counted by itself. Everybody else is counted by
//! network and account together, so that one attacker in an office shuts nobody but themselves out;
//! and an account under attack from many networks takes one try at a time, ever more slowly.

use crate::{
    error::AppError,
    platform::{
        AppState,
        database::Db,
        http::rate_limit::{self, Limit},
    },
};
use axum::http::request::Parts;
use std::time::Duration;
use time::OffsetDateTime;

const QUARTER: Duration = Duration::from_secs(15 * 60);

/// Wrong passwords for one account from a device that its owner signed in from before.
const DEVICE: Limit = Limit {
    window: QUARTER,
    free: 5,
    ceiling: Some(20),
};
/// Wrong passwords for one account from one network.
const PAIR: Limit = Limit {
    window: QUARTER,
    free: 10,
    ceiling: Some(10),
};
/// Wrong passwords for one account from everywhere; beyond the free ones they take turns.
const ACCOUNT: Limit = Limit {
    window: QUARTER,
    free: 20,
    ceiling: None,
};
/// Wrong passwords for all accounts from one network; a whole office may share it.
const ADDRESS: Limit = Limit {
    window: QUARTER,
    free: 40,
    ceiling: None,
};
/// Wrong passwords from everywhere.
const ALL: Limit = Limit {
    window: Duration::from_secs(60),
    free: 200,
    ceiling: None,
};
/// Wrong second proofs of one account, or one device of it, in a day. Six digits are few: fifty of a
/// million, and only for somebody who has the password.
const PROOF: Limit = Limit {
    window: Duration::from_secs(24 * 60 * 60),
    free: 50,
    ceiling: Some(50),
};
/// Nobody waits longer than this for a turn; whoever would is told to come back.
const LONGEST_QUEUE: Duration = Duration::from_secs(16);

/// One try, counted before it is checked so that tries at the same moment count too.
#[must_use]
pub struct Try(Vec<([u8; 32], Limit)>, OffsetDateTime);

impl Try {
    /// Counts a try at the password of `username`, and waits for its turn. `device` is the name of
    /// a known one.
    ///
    /// # Errors
    /// [`AppError::TooManyRequests`]; [`AppError::Unavailable`] if the database is unreachable.
    pub async fn password(
        state: &AppState,
        parts: &Parts,
        username: &str,
        device: Option<&str>,
    ) -> Result<Self, AppError> {
        let mut tried = Self(Vec::new(), state.clock.now());
        if let Some(device) = device {
            let bucket = rate_limit::bucket(
                state,
                "rate sign-in device",
                &format!("{device}|{username}"),
            );
            tried.slow_down(&state.db, bucket, DEVICE).await?;
            return Ok(tried);
        }
        let address = rate_limit::address_bucket(state, "rate sign-in address", parts);
        let pair = [&address[..], username.as_bytes()].concat();
        let pair = state.vault.keyed_hash("rate sign-in pair", &pair);
        // first: a try refused here costs nobody else anything
        tried.slow_down(&state.db, pair, PAIR).await?;
        let account = rate_limit::bucket(state, "rate sign-in account", username);
        tried.take_turn(&state.db, account).await?;
        tried.slow_down(&state.db, address, ADDRESS).await?;
        let all = rate_limit::bucket(state, "rate sign-in all", "");
        tried.slow_down(&state.db, all, ALL).await?;
        Ok(tried)
    }

    /// Counts a try of somebody who is signed in at their own password.
    ///
    /// # Errors
    /// As [`Try::password`].
    pub async fn own_password(state: &AppState, username: &str) -> Result<Self, AppError> {
        let mut tried = Self(Vec::new(), state.clock.now());
        let bucket = rate_limit::bucket(state, "rate reauthentication", username);
        tried.slow_down(&state.db, bucket, DEVICE).await?;
        Ok(tried)
    }

    /// Counts a try at the second proof of `staff`.
    ///
    /// # Errors
    /// As [`Try::password`].
    pub async fn proof(
        state: &AppState,
        staff: crate::case::StaffId,
        device: Option<&str>,
    ) -> Result<Self, AppError> {
        let mut tried = Self(Vec::new(), state.clock.now());
        let subject = format!("{staff}|{}", device.unwrap_or_default());
        let bucket = rate_limit::bucket(state, "rate second proof", &subject);
        tried.slow_down(&state.db, bucket, PROOF).await?;
        Ok(tried)
    }

    /// Takes it back: it was the right one.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    pub async fn forgive(self, db: &Db) -> Result<(), AppError> {
        for (bucket, limit) in self.0 {
            rate_limit::forgive(db, bucket, limit.window, self.1).await?;
        }
        Ok(())
    }

    async fn slow_down(&mut self, db: &Db, bucket: [u8; 32], limit: Limit) -> Result<(), AppError> {
        self.0.push((bucket, limit));
        rate_limit::slow_down(db, bucket, limit, self.1).await
    }

    async fn take_turn(&mut self, db: &Db, bucket: [u8; 32]) -> Result<(), AppError> {
        self.0.push((bucket, ACCOUNT));
        let hits = rate_limit::count(db, bucket, ACCOUNT.window, self.1).await?;
        let apart = rate_limit::delay_for(hits.saturating_sub(ACCOUNT.free));
        if apart.is_zero() {
            return Ok(());
        }
        tokio::time::sleep(turn(db, bucket, apart, self.1).await?).await;
        Ok(())
    }
}

/// How long to wait so that tries in `bucket` are `apart` from one another, in the order in which
/// they came, over all processes.
///
/// # Errors
/// [`AppError::TooManyRequests`] if too many wait already, [`AppError::Unavailable`] if the database
/// is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn turn(
    db: &Db,
    bucket: [u8; 32],
    apart: Duration,
    now: OffsetDateTime,
) -> Result<Duration, AppError> {
    let next = sqlx::query_scalar!(
        "insert into sign_in_turn as turn (bucket, next_at)
         values ($1, $2::timestamptz + make_interval(secs => $3))
         on conflict (bucket) do update
            set next_at = greatest(turn.next_at, $2) + make_interval(secs => $3)
            where turn.next_at <= $2 + make_interval(secs => $4)
         returning next_at",
        bucket.as_slice(),
        now,
        apart.as_secs_f64(),
        LONGEST_QUEUE.as_secs_f64(),
    )
    .fetch_optional(db.pool())
    .await?
    .ok_or(AppError::TooManyRequests)?;
    let wait = Duration::try_from(next - now).unwrap_or_default();
    Ok(wait.saturating_sub(apart))
}
