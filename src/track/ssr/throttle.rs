//! Slows guessing down: failures are counted by code, by network and in total. Whoever shares a code or a network with failures waits
//! before a code is looked up, right or wrong; a right code never waits for the failures of the rest of the world, nor is it refused,
//! so nobody can lock its owner out.

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
/// Look-ups that wait at a time. More wait in a line before that, and codes known to be wrong not at all.
static WAITING: Semaphore = Semaphore::const_new(256);

/// What the failures so far demand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delays {
    /// Before the code is looked up, for failures of the same code or network.
    pub own: Duration,
    /// Besides, before a wrong code is called wrong, for failures of everybody.
    pub common: Duration,
}

/// The counters one look-up falls under; fingerprints only, no address and no code is stored.
pub struct LookUpThrottle {
    code: [u8; 32],
    address: [u8; 32],
    everybody: [u8; 32],
}

impl LookUpThrottle {
    /// The counters of a code tried from an address today. Without an address all such requests
    /// share one counter.
    pub fn of(state: &AppState, code: &ReceiptCode, address: Option<IpAddr>) -> Self {
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

    /// What the failures so far demand of a look-up now.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    pub async fn delays(&self, state: &AppState) -> Result<Delays, AppError> {
        let buckets = [self.code, self.address, self.everybody];
        let [code, address, everybody] =
            recent(&state.db, buckets, WINDOW, state.clock.now()).await?;
        Ok(delays_of(code, address, everybody))
    }

    /// Counts a failure.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    pub async fn failed(&self, state: &AppState) -> Result<(), AppError> {
        let now = state.clock.now();
        for bucket in [self.code, self.address, self.everybody] {
            count(&state.db, bucket, WINDOW, now).await?;
        }
        Ok(())
    }
}

impl Delays {
    /// Before the code is looked up: in a line, where too many wait.
    pub(crate) async fn before(self) {
        if !self.own.is_zero() {
            let _place = WAITING.acquire().await;
            tokio::time::sleep(self.own).await;
        }
    }

    /// Before a wrong code is called wrong. `false` if too many are waiting: it is then told to come again, at once.
    pub(crate) async fn after_a_wrong_code(self) -> bool {
        if self.common.is_zero() {
            return true;
        }
        let Ok(_place) = WAITING.try_acquire() else {
            return false;
        };
        tokio::time::sleep(self.common).await;
        true
    }
}

/// The waits that this many failures of a code, a network and everybody demand; one mistake is free.
pub(in crate::track) fn delays_of(code: i32, address: i32, everybody: i32) -> Delays {
    let delay = |failures: i32| delay_for(failures.saturating_sub(1)).min(LONGEST);
    let own = delay(code.max(address));
    Delays {
        own,
        common: delay(everybody / EVERYBODY).saturating_sub(own),
    }
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
