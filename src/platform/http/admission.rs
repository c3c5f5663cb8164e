//! Who may be received now: forms with files at once, bytes held at once, and whether there is room for files on the disk.

use super::{
    client_ip::counted_networks,
    limits::Limits,
    turns::{Turn, Turns},
};
use crate::{error::AppError, platform::config::Config};
use axum::http::request::Parts;
use std::{path::PathBuf, sync::Arc, time::Duration};
use tokio::{
    sync::{Notify, OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// What one permit of the memory stands for, in bytes.
const BLOCK: usize = 16 * 1024;

/// The forms that are being received.
#[derive(Debug)]
pub struct Admission {
    turns: Arc<Turns>,
    memory: Arc<Semaphore>,
    /// Of the memory, what files may take: where they fill it, words still find room.
    for_files: Arc<Semaphore>,
    wait: Duration,
    grace: Duration,
    min_free: u64,
    disk: PathBuf,
}

/// What one form takes: room for its words, and from its first file on a turn and room for files. Given back when it is dropped.
#[derive(Debug)]
pub struct Admitted {
    admission: Arc<Admission>,
    networks: Vec<String>,
    turn: Option<Turn>,
    words: Room,
    /// No room was found for some of its words; the rest does not wait for any.
    is_full: bool,
    files: Room,
}

/// Room for some bytes.
#[derive(Debug, Default)]
struct Room {
    bytes: usize,
    held: Vec<Vec<OwnedSemaphorePermit>>,
}

impl Admission {
    /// Nothing is being received yet.
    pub fn new(config: &Config) -> Self {
        let Limits {
            held,
            wait,
            grace,
            min_free,
            ..
        } = config.limits;
        Self {
            turns: Arc::new(Turns::new(&config.limits)),
            memory: Arc::new(Semaphore::new(held / BLOCK)),
            for_files: Arc::new(Semaphore::new(held / BLOCK / 4 * 3)),
            wait,
            grace,
            min_free,
            disk: config.files_dir(),
        }
    }

    /// A form begins to arrive; it takes nothing yet.
    pub fn admit(self: &Arc<Self>, config: &Config, parts: &Parts) -> Admitted {
        Admitted {
            admission: Arc::clone(self),
            networks: counted_networks(config, parts),
            turn: None,
            words: Room::default(),
            is_full: false,
            files: Room::default(),
        }
    }

    /// Whether the disk of the attachments has room for more files. A disk that cannot be asked is asked again by the
    /// writing itself.
    pub fn has_room_for_files(&self) -> bool {
        let Ok(disk) = rustix::fs::statvfs(&self.disk) else {
            return true;
        };
        let free = disk.f_bavail.saturating_mul(disk.f_frsize);
        if free < self.min_free {
            tracing::error!(free, "the disk of the attachments is nearly full");
        }
        free >= self.min_free
    }

    /// One block out of each of `pools`, waiting while there is none; who stalls meanwhile makes room.
    async fn block(
        &self,
        pools: &[&Arc<Semaphore>],
    ) -> Result<Vec<OwnedSemaphorePermit>, AppError> {
        let mut block = Vec::with_capacity(pools.len());
        let taking = async {
            for pool in pools {
                block.push(loop {
                    match timeout(self.grace, Arc::clone(pool).acquire_owned()).await {
                        Ok(permit) => break permit.map_err(|_| AppError::Busy)?,
                        Err(_) => self.turns.end_who_stalls(),
                    }
                });
            }
            Ok::<(), AppError>(())
        };
        timeout(self.wait, taking).await.map_err(|_| {
            tracing::warn!("no room for what is being sent");
            AppError::Busy
        })??;
        Ok(block)
    }
}

impl Room {
    async fn hold(
        &mut self,
        bytes: usize,
        admission: &Admission,
        pools: &[&Arc<Semaphore>],
    ) -> Result<(), AppError> {
        self.bytes += bytes;
        while self.held.len() < self.bytes.div_ceil(BLOCK) {
            match admission.block(pools).await {
                Ok(block) => self.held.push(block),
                Err(error) => {
                    self.release(bytes);
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    fn release(&mut self, bytes: usize) {
        self.bytes = self.bytes.saturating_sub(bytes);
        self.held.truncate(self.bytes.div_ceil(BLOCK));
    }
}

impl Admitted {
    /// Waits for room for so many bytes of words more.
    ///
    /// # Errors
    /// [`AppError::Busy`] if there is none in time.
    pub async fn hold_words(&mut self, bytes: usize) -> Result<(), AppError> {
        if self.is_full {
            return Err(AppError::Busy);
        }
        let admission = Arc::clone(&self.admission);
        let pools = [&admission.memory];
        let held = self.words.hold(bytes, &admission, &pools);
        held.await.inspect_err(|_| self.is_full = true)
    }

    /// Waits for the turn of the form, if it has none yet, and for room for so many bytes of files more.
    ///
    /// # Errors
    /// [`AppError::Busy`] if either does not come in time.
    pub async fn hold_file(&mut self, bytes: usize) -> Result<(), AppError> {
        let admission = Arc::clone(&self.admission);
        if self.turn.is_none() {
            let turn = admission.turns.take(&self.networks, admission.wait).await;
            self.turn = Some(turn.ok_or(AppError::Busy)?);
        }
        let Some(turn) = &self.turn else {
            return Err(AppError::Busy);
        };
        turn.advance(bytes);
        turn.waits(true);
        let pools = [&admission.for_files, &admission.memory];
        let held = self.files.hold(bytes, &admission, &pools).await;
        turn.waits(false);
        held
    }

    /// Gives the room of so many bytes of files back.
    pub fn release_file(&mut self, bytes: usize) {
        self.files.release(bytes);
    }

    /// Nothing more arrives: the turn is another's, the room stays.
    pub fn arrived(&mut self) {
        self.turn = None;
    }

    /// Told once, if the turn is lost to somebody faster.
    pub fn overtaken(&self) -> Option<Arc<Notify>> {
        self.turn.as_ref().map(Turn::lost)
    }
}
