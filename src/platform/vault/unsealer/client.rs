//! The asking side, in the web process.

use super::wire::{MAX_REPLY, Reply, Request};
use crate::{
    case::StaffId,
    error::AppError,
    platform::{config::Config, vault::Identity},
};
use std::{io, path::PathBuf, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::UnixStream,
    time::timeout,
};
use uuid::Uuid;
use zeroize::Zeroizing;

/// Longer than the other side may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Reaches the unsealer over its socket.
#[derive(Clone, Debug)]
pub struct Client {
    socket: PathBuf,
}

impl Client {
    /// A client of this installation's unsealer; connects when asked to open.
    pub fn new(config: &Config) -> Self {
        Self {
            socket: config.unsealer_socket(),
        }
    }

    /// Opens the identity behind an opening that was requested and approved, for the person who
    /// requested or approved it. The opening is on record before this returns.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the unsealer or its database is unreachable, else the error
    /// that corresponds to the [`Refusal`](crate::platform::vault::unsealer::Refusal).
    #[tracing::instrument(skip_all, err(level = "debug"))]
    pub async fn open(&self, opening: u128, by: StaffId) -> Result<Identity, AppError> {
        let request = Request {
            open: Uuid::from_u128(opening),
            by: Uuid::from_u128(by.0),
        };
        let line = timeout(PATIENCE, self.ask(&request))
            .await
            .unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
        let line = line.map_err(|cause| {
            tracing::error!(%cause, "unsealer away");
            AppError::Unavailable
        })?;
        match serde_json::from_slice(&line) {
            Ok(Reply::Identity(identity)) => Ok(identity),
            Ok(Reply::Refused(refusal)) => {
                tracing::warn!(opening = %request.open, ?refusal, "identity stays sealed");
                Err(refusal.into())
            }
            // never the cause: it may quote the answer
            Err(_) => Err(AppError::Unavailable),
        }
    }

    async fn ask(&self, request: &Request) -> io::Result<Zeroizing<Vec<u8>>> {
        let mut stream = UnixStream::connect(&self.socket).await?;
        let mut line = serde_json::to_vec(request)?;
        line.push(b'\n');
        stream.write_all(&line).await?;
        stream.shutdown().await?;
        let mut answer = Zeroizing::new(Vec::with_capacity(4096));
        stream.take(MAX_REPLY).read_to_end(&mut answer).await?;
        Ok(answer)
    }
}
