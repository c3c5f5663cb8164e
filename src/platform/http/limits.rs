//! How much, how many and how slow: every bound of the web in one place, so that tests can scale it down.

use std::time::Duration;

const MIB: usize = 1024 * 1024;

/// The bounds of this process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Connections at once; one more is told to come again.
    pub connections: usize,
    /// Of these, connections from one network that is no trusted proxy; of a whole /48 of IPv6, a quarter of all.
    pub connections_per_network: usize,
    /// How long a connection may take for the head of a request, and how long it may be idle before one. A proxy that
    /// keeps connections to this process should let go of them sooner.
    pub head: Duration,
    /// The body of a request.
    pub plain: BodyLimit,
    /// The body of a request that may bring files ([`crate::routes::UPLOADS`]).
    pub upload: BodyLimit,
    /// Forms whose files are being received at once; with one more, the slowest gives way.
    pub forms: usize,
    /// Of these, forms from one network that is no trusted proxy; of a whole /48 of IPv6, a quarter of all.
    pub forms_per_network: usize,
    /// How long nobody who has begun to send a file is too slow.
    pub grace: Duration,
    /// Bytes of forms held at once, files included; those may take three quarters.
    pub held: usize,
    /// How long a form waits for its turn, or for room.
    pub wait: Duration,
    /// What one network that is no trusted proxy may send in a day.
    pub daily: DailyLimit,
    /// Bytes free on the disk of the attachments below which no file is taken.
    pub min_free: u64,
}

/// What one network may send in a day without an account.
///
/// A network may be an office, or all the phones of a region behind one address of their carrier. A
/// whole department receives some dozens of sendings a day, so no honest network comes near.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DailyLimit {
    /// So many sendings go without waiting; each further one waits longer, up to eight seconds.
    pub free: i32,
    /// So many are taken in all.
    pub most: i32,
    /// So many megabytes of files are taken with them.
    pub megabytes: i32,
}

/// How a body may arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyLimit {
    /// Most bytes.
    pub bytes: usize,
    /// Longest silence between two pieces; also what a slow start is given before `rate` counts.
    pub idle: Duration,
    /// Bytes a second on the average, at least.
    pub rate: u32,
    /// Time in all.
    pub whole: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let plain = BodyLimit {
            bytes: super::form_data::MAX_PLAIN_BYTES,
            idle: Duration::from_secs(30),
            rate: 4096,
            whole: Duration::from_secs(120),
        };
        Self {
            connections: 4096,
            connections_per_network: 512,
            head: Duration::from_secs(60),
            plain,
            // a film chosen by mistake is passed over to its end, so that the fields after it are not lost
            upload: BodyLimit {
                bytes: 256 * MIB,
                whole: Duration::from_secs(15 * 60),
                ..plain
            },
            forms: 512,
            forms_per_network: 32,
            grace: Duration::from_secs(1),
            held: 96 * MIB,
            wait: Duration::from_secs(20),
            daily: DailyLimit {
                free: 60,
                most: 300,
                megabytes: 2048,
            },
            min_free: 1024 * MIB as u64,
        }
    }
}
