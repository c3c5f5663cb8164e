//! Slows guessing down: failures are counted by code, by address and in total; while they
//! go on, right and wrong codes wait alike. A right code is never refused, so nobody can lock its
//! owner out.

use crate::{
    case::ReceiptCode,
    error::AppError,
    platform::{
        AppState,
        http::rate_limit::{count, delay_for, recent},
    },
};
use std::{net::IpAddr, time::Duration};
use tokio::sync::Semaphore;

/// Failures older than this are forgotten.
const WINDOW: Duration = Duration::from_secs(15 * 60);
/// The longest wait.
const LONGEST: Duration = Duration::from_secs(5);
/// Everybody's failures weigh this much less than those of one address: mistyped codes of others
/// must not slow a whole city.
const EVERYBODY: i32 = 50;
/// Waiting costs memory and a connection, so only so many look-ups wait at a time.
static WAITING: Semaphore = Semaphore::const_new(256);

/// The counters one look-up falls under; fingerprints only, no address and no code is stored.
pub(crate) struct LookUpThrottle {
    code: [u8; 32],
    address: [u8; 32],
    everybody: [u8; 32],
}

impl LookUpThrottle {
    /// The counters of a code tried from an address today. Without an address all such requests
    /// share one counter.
    pub(crate) fn of(state: &AppState, code: &ReceiptCode, address: Option<IpAddr>) -> Self {
        let day = state.clock.today().to_julian_day().to_be_bytes();
        let address = [day.as_slice(), &network(address)].concat();
        Self {
            code: state
                .vault
                .keyed_hash("tra-cuu-ma", code.digits().as_bytes()),
            address: state.vault.keyed_hash("tra-cuu-dia-chi", &address),
            everybody: state.vault.keyed_hash("tra-cuu-chung", &day),
        }
    }

    /// Waits as long as the failures so far demand. `false` if too many are waiting already: the
    /// look-up then goes on at once, and the caller answers a wrong code with "later" instead of
    /// "wrong".
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    pub(crate) async fn wait(&self, state: &AppState) -> Result<bool, AppError> {
        let delay = self.delay(state).await?;
        if delay.is_zero() {
            return Ok(true);
        }
        let Ok(_place) = WAITING.try_acquire() else {
            return Ok(false);
        };
        tokio::time::sleep(delay).await;
        Ok(true)
    }

    /// Counts a failure.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    pub(crate) async fn failed(&self, state: &AppState) -> Result<(), AppError> {
        let now = state.clock.now();
        for bucket in [self.code, self.address, self.everybody] {
            count(&state.db, bucket, WINDOW, now).await?;
        }
        Ok(())
    }

    async fn delay(&self, state: &AppState) -> Result<Duration, AppError> {
        let buckets = [self.code, self.address, self.everybody];
        let [code, address, everybody] =
            recent(&state.db, buckets, WINDOW, state.clock.now()).await?;
        Ok(delay_of(code, address, everybody))
    }
}

/// The wait that this many failures of a code, an address and everybody demand; one mistake is
/// free.
pub(in crate::track) fn delay_of(code: i32, address: i32, everybody: i32) -> Duration {
    delay_for(
        code.max(address)
            .max(everybody / EVERYBODY)
            .saturating_sub(1),
    )
    .min(LONGEST)
}

/// The bytes that identify a visitor's network: all of IPv4, the first 64 bits of IPv6 (one line,
/// one household).
pub(in crate::track) fn network(address: Option<IpAddr>) -> Vec<u8> {
    match address.map(|address| address.to_canonical()) {
        Some(IpAddr::V4(v4)) => v4.octets().to_vec(),
        Some(IpAddr::V6(v6)) => v6.octets()[..8].to_vec(),
        None => Vec::new(),
    }
}
