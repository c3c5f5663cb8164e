//! Clean shutdown: one signal (SIGTERM or Ctrl-C), broadcast to every task.

use std::{future::Future, sync::Arc, time::Duration};
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
};

/// How long running requests may take to finish.
pub const GRACE: Duration = Duration::from_secs(20);

/// A handle on the shutdown signal; cheap to clone.
#[derive(Clone, Debug)]
pub struct Shutdown {
    stopping: watch::Receiver<bool>,
    sender: Arc<watch::Sender<bool>>,
}

impl Default for Shutdown {
    fn default() -> Self {
        let (sender, stopping) = watch::channel(false);
        Self {
            stopping,
            sender: Arc::new(sender),
        }
    }
}

impl Shutdown {
    /// Listens for SIGTERM and SIGINT from now on.
    ///
    /// # Errors
    /// If the signal handlers cannot be installed.
    pub fn on_signals() -> std::io::Result<Self> {
        let shutdown = Self::default();
        let (mut terminate, mut interrupt) = (
            signal(SignalKind::terminate())?,
            signal(SignalKind::interrupt())?,
        );
        let signalled = shutdown.clone();
        tokio::spawn(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            signalled.begin();
        });
        Ok(shutdown)
    }

    /// Begins the shutdown.
    pub fn begin(&self) {
        self.sender.send_replace(true);
    }

    /// Waits until the shutdown begins.
    pub async fn wait(&self) {
        let mut stopping = self.stopping.clone();
        // `self` keeps the sender alive, so this cannot end by its being dropped
        let _ = stopping.wait_for(|stop| *stop).await;
    }

    /// Runs `work` until it ends or the shutdown begins; `None` if it was cut short.
    pub async fn or<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            done = work => Some(done),
            () = self.wait() => None,
        }
    }
}
