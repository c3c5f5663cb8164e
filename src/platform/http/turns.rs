//! Whose files are being received now. When all turns are taken, who is slowest loses theirs, and never who has just come: a flood
//! that says nothing more stops nobody.

use super::limits::Limits;
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};
use tokio::{
    sync::Notify,
    time::{Instant, timeout},
};

/// Over how long a pace is looked at, in seconds.
const LOOK: f32 = 5.0;

/// The turns of this process.
#[derive(Debug)]
pub(super) struct Turns {
    taken: Mutex<HashMap<u64, Taken>>,
    next: AtomicU64,
    freed: Notify,
    /// Most in all.
    all: usize,
    /// Most of a household's network, and of the site it is in.
    of_networks: [usize; 2],
    grace: Duration,
    /// Bytes a second below which nobody goes on.
    slow: f32,
}

/// One form's turn; it ends when this is dropped, or when another needs it more.
#[derive(Debug)]
pub(super) struct Turn {
    turns: Arc<Turns>,
    number: u64,
    lost: Arc<Notify>,
}

#[derive(Debug)]
struct Taken {
    networks: Vec<String>,
    since: Instant,
    pace: Pace,
    /// Whether it waits for room, which is no fault of the sender.
    waits: bool,
    lost: Arc<Notify>,
}

impl Turns {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            taken: Mutex::default(),
            next: AtomicU64::default(),
            freed: Notify::new(),
            all: limits.forms,
            of_networks: [limits.forms_per_network, (limits.forms / 4).max(1)],
            grace: limits.grace,
            slow: limits.upload.rate as f32,
        }
    }

    /// A turn for a form from `networks`; `None` if none comes within `wait`.
    pub(super) async fn take(
        self: &Arc<Self>,
        networks: &[String],
        wait: Duration,
    ) -> Option<Turn> {
        let turn = async {
            loop {
                let freed = self.freed.notified();
                if let Some(turn) = self.try_take(networks) {
                    break turn;
                }
                // freed, or somebody has become old enough to be slow
                let _either = timeout(self.grace / 4, freed).await;
            }
        };
        timeout(wait, turn).await.ok()
    }

    fn try_take(self: &Arc<Self>, networks: &[String]) -> Option<Turn> {
        let mut taken = self.lock();
        let of_networks = networks.iter().map(Some).zip(self.of_networks);
        for (network, most) in of_networks.chain([(None, self.all)]) {
            let of = |turn: &Taken| network.is_none_or(|name| turn.networks.contains(name));
            if taken.values().filter(|turn| of(turn)).count() >= most {
                self.end_slowest(&mut taken, f32::INFINITY, of)
                    .then_some(())?;
            }
        }
        let (number, lost) = (self.next.fetch_add(1, Relaxed), Arc::default());
        let turn = Taken {
            networks: networks.to_vec(),
            since: Instant::now(),
            pace: Pace::new(Instant::now()),
            waits: false,
            lost: Arc::clone(&lost),
        };
        taken.insert(number, turn);
        let turns = Arc::clone(self);
        Some(Turn {
            turns,
            number,
            lost,
        })
    }

    /// Ends the turn of whoever is slower than a body may be, if anybody is: others wait for the room.
    pub(super) fn end_who_stalls(&self) {
        self.end_slowest(&mut self.lock(), self.slow, |_| true);
    }

    /// Ends the slowest turn of those that have had a fair start and are slower than `pace`. Whether there was one.
    fn end_slowest(
        &self,
        taken: &mut HashMap<u64, Taken>,
        pace: f32,
        of: impl Fn(&Taken) -> bool,
    ) -> bool {
        let now = Instant::now();
        let started = |turn: &Taken| !turn.waits && now - turn.since >= self.grace;
        let slowest = taken
            .iter()
            .filter(|(_, turn)| of(turn) && started(turn))
            .map(|(number, turn)| (*number, turn.pace.now(now)))
            .filter(|(_, found)| *found < pace)
            .min_by(|one, other| one.1.total_cmp(&other.1));
        let ended = slowest.and_then(|(number, _)| taken.remove(&number));
        let Some(ended) = ended else { return false };
        tracing::warn!("a slow form gives way");
        ended.lost.notify_one();
        true
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<u64, Taken>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    /// So many bytes came.
    pub(super) fn advance(&self, bytes: usize) {
        self.change(|turn| turn.pace.add(bytes, Instant::now()));
    }

    /// Whether it waits for room now.
    pub(super) fn waits(&self, waits: bool) {
        self.change(|turn| turn.waits = waits);
    }

    fn change(&self, change: impl FnOnce(&mut Taken)) {
        if let Some(turn) = self.turns.lock().get_mut(&self.number) {
            change(turn);
        }
    }

    /// Told once, when the turn is lost.
    pub(super) fn lost(&self) -> Arc<Notify> {
        Arc::clone(&self.lost)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.turns.lock().remove(&self.number);
        self.turns.freed.notify_one();
    }
}

/// Bytes of late, older ones weighing less and less.
#[derive(Debug)]
struct Pace {
    amount: f32,
    at: Instant,
}

impl Pace {
    fn new(at: Instant) -> Self {
        Self { amount: 0.0, at }
    }

    fn add(&mut self, bytes: usize, at: Instant) {
        self.amount = self.now(at) * LOOK + bytes as f32;
        self.at = at;
    }

    /// In bytes a second.
    fn now(&self, at: Instant) -> f32 {
        let age = at.saturating_duration_since(self.at).as_secs_f32();
        self.amount / LOOK * (-age / LOOK).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_soon_slower_than_a_steady_sender() {
        let start = Instant::now();
        let later = |seconds: u64| start + Duration::from_secs(seconds);
        let (mut burst, mut steady) = (Pace::new(start), Pace::new(start));
        burst.add(10_000_000, start);
        for second in 0..60 {
            steady.add(20_000, later(second));
        }
        assert!(burst.now(later(1)) > steady.now(later(60)));
        assert!(burst.now(later(60)) < steady.now(later(60)));
        let pace = steady.now(later(60));
        assert!((15_000.0..25_000.0).contains(&pace), "{pace}");
    }
}
