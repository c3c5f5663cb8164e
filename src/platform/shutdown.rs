//! Stopping cleanly: SIGTERM or Ctrl-C is told once and heard everywhere.

use std::{future::Future, sync::Arc, time::Duration};
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
};

/// How long requests under way may take to end.
pub const GRACE: Duration = Duration::from_secs(20);

/// Hears when the process is to stop; cheap to clone.
#[derive(Clone, Debug)]
pub struct Shutdown {
    stopping: watch::Receiver<bool>,
    tell: Arc<watch::Sender<bool>>,
}

impl Default for Shutdown {
    fn default() -> Self {
        let (tell, stopping) = watch::channel(false);
        Self {
            stopping,
            tell: Arc::new(tell),
        }
    }
}

impl Shutdown {
    /// Listens for SIGTERM and SIGINT from now on.
    ///
    /// # Errors
    /// Where the operating system refuses to tell us.
    pub fn on_signals() -> std::io::Result<Self> {
        let shutdown = Self::default();
        let (mut terminate, mut interrupt) = (
            signal(SignalKind::terminate())?,
            signal(SignalKind::interrupt())?,
        );
        let told = shutdown.clone();
        tokio::spawn(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            told.begin();
        });
        Ok(shutdown)
    }

    /// Tells everybody to stop.
    pub fn begin(&self) {
        self.tell.send_replace(true);
    }

    /// Waits until the process is to stop.
    pub async fn wait(&self) {
        let mut stopping = self.stopping.clone();
        // the sender lives in `self`, so this ends with the word and not before
        let _ = stopping.wait_for(|stop| *stop).await;
    }

    /// Runs `work` until it ends or the process is to stop; `None` where it was cut short.
    pub async fn or<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            done = work => Some(done),
            () = self.wait() => None,
        }
    }
}
