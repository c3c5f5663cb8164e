//! Who may be received now: forms at once, bytes held at once, and whether there is room for files on the disk.

use super::{client_ip::counted_network, limits::Limits};
use crate::{error::AppError, platform::config::Config};
use axum::http::request::Parts;
use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// What one permit of the memory stands for, in bytes.
const BLOCK: usize = 64 * 1024;

/// The forms that are being received.
#[derive(Debug)]
pub struct Admission {
    forms: Arc<Semaphore>,
    forms_per_network: usize,
    networks: Mutex<HashMap<String, Arc<Semaphore>>>,
    memory: Arc<Semaphore>,
    wait: Duration,
    min_free: u64,
    disk: PathBuf,
}

/// The right of one form to be received, with the bytes it holds; given back when it is dropped.
#[derive(Debug)]
pub struct Admitted {
    _form: OwnedSemaphorePermit,
    _of_network: Option<OwnedSemaphorePermit>,
    memory: Arc<Semaphore>,
    held: Vec<OwnedSemaphorePermit>,
    bytes: usize,
    wait: Duration,
}

impl Admission {
    /// Nothing is being received yet.
    pub fn new(config: &Config) -> Self {
        let Limits {
            forms,
            forms_per_network,
            held,
            wait,
            min_free,
            ..
        } = config.limits;
        Self {
            forms: Arc::new(Semaphore::new(forms)),
            forms_per_network,
            networks: Mutex::default(),
            memory: Arc::new(Semaphore::new(held / BLOCK)),
            wait,
            min_free,
            disk: config.files_dir(),
        }
    }

    /// Waits for the turn of a form.
    ///
    /// # Errors
    /// [`AppError::Busy`] if it does not come in time.
    pub async fn admit(&self, config: &Config, parts: &Parts) -> Result<Admitted, AppError> {
        let network = counted_network(config, parts).map(|network| self.of_network(network));
        let turn = async {
            // first that of the network, so that nobody waits in front of others with a place in hand
            let of_network = match network {
                Some(network) => Some(network.acquire_owned().await?),
                None => None,
            };
            Ok((of_network, Arc::clone(&self.forms).acquire_owned().await?))
        };
        let turn: Result<_, tokio::sync::AcquireError> =
            timeout(self.wait, turn).await.map_err(|_| {
                tracing::warn!("too many forms at once");
                AppError::Busy
            })?;
        let (of_network, form) = turn.map_err(|_| AppError::Busy)?;
        Ok(Admitted {
            _form: form,
            _of_network: of_network,
            memory: Arc::clone(&self.memory),
            held: Vec::new(),
            bytes: 0,
            wait: self.wait,
        })
    }

    fn of_network(&self, network: String) -> Arc<Semaphore> {
        let mut networks = self.networks.lock().unwrap_or_else(PoisonError::into_inner);
        // a permit holds its semaphore, so one that nobody else holds is not in use
        networks.retain(|_, forms| Arc::strong_count(forms) > 1);
        let fresh = || Arc::new(Semaphore::new(self.forms_per_network));
        Arc::clone(networks.entry(network).or_insert_with(fresh))
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
}

impl Admitted {
    /// Waits for room for so many bytes more.
    ///
    /// # Errors
    /// [`AppError::Busy`] if there is none in time.
    pub async fn hold(&mut self, bytes: usize) -> Result<(), AppError> {
        self.bytes += bytes;
        let missing = self.bytes.div_ceil(BLOCK).saturating_sub(self.held.len());
        for _ in 0..missing {
            let room = timeout(self.wait, Arc::clone(&self.memory).acquire_owned()).await;
            let Ok(Ok(room)) = room else {
                tracing::warn!("no room for what is being sent");
                return Err(AppError::Busy);
            };
            self.held.push(room);
        }
        Ok(())
    }

    /// Gives the room of so many bytes back.
    pub fn release(&mut self, bytes: usize) {
        self.bytes = self.bytes.saturating_sub(bytes);
        self.held.truncate(self.bytes.div_ceil(BLOCK));
    }
}
