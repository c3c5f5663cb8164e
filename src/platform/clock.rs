//! The time of day as a value, so that tests can choose it, and randomness from the operating
//! system.

use std::sync::Arc;
use time::{Date, OffsetDateTime, UtcOffset};

/// `Asia/Ho_Chi_Minh`: UTC+7 all year.
pub const VIETNAM: UtcOffset = time::macros::offset!(+7);

/// A source of the current time.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> OffsetDateTime + Send + Sync>);

impl Clock {
    /// The operating system's clock.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the system clock"
    )]
    pub fn system() -> Self {
        Self(Arc::new(OffsetDateTime::now_utc))
    }

    /// A clock that reads `time`.
    pub fn from_fn(time: impl Fn() -> OffsetDateTime + Send + Sync + 'static) -> Self {
        Self(Arc::new(time))
    }

    /// The current time, at Vietnam's offset.
    pub fn now(&self) -> OffsetDateTime {
        (self.0)().to_offset(VIETNAM)
    }

    /// The current date in Vietnam.
    pub fn today(&self) -> Date {
        self.now().date()
    }
}

/// `N` random bytes from the operating system.
///
/// # Panics
/// If the operating system has no randomness: nothing may be sealed then.
#[expect(
    clippy::expect_used,
    reason = "without randomness the process must stop"
)]
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// A random 128-bit identifier. It reveals neither order nor time.
pub fn random_id() -> u128 {
    u128::from_be_bytes(random_bytes())
}

/// "14:30, thứ Hai 23/11/2026", in Viet Nam.
pub fn moment(at: OffsetDateTime) -> String {
    let at = at.to_offset(VIETNAM);
    let day = crate::calendar::weekday_date(at.date());
    format!("{:02}:{:02}, {day}", at.hour(), at.minute())
}
