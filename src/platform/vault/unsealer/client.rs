//! The asking side, in the web process.

use super::wire::{Act, MAX_REPLY, Proof, Refusal, Reply, Request};
use crate::{
    case::{OpeningId, StaffId},
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
    /// A client of this installation's unsealer; connects when asked.
    pub fn new(config: &Config) -> Self {
        Self {
            socket: config.unsealer_socket(),
        }
    }

    /// Has an opening that somebody else asked for allowed by `by`.
    ///
    /// # Errors
    /// The reason why it is not; [`Refusal::Unavailable`] if the unsealer cannot be reached.
    #[tracing::instrument(skip_all, err(level = "debug", Debug))]
    pub async fn approve(
        &self,
        opening: OpeningId,
        by: StaffId,
        proof: Proof,
    ) -> Result<(), Refusal> {
        match self.reply(Act::Approve, opening, by, proof).await? {
            Reply::Approved => Ok(()),
            _ => Err(Refusal::Unavailable),
        }
    }

    /// Opens the identity behind an allowed opening, for the person who asked for it. The look is
    /// on record before this returns.
    ///
    /// # Errors
    /// The reason why it stays sealed; [`Refusal::Unavailable`] if the unsealer cannot be reached.
    #[tracing::instrument(skip_all, err(level = "debug", Debug))]
    pub async fn open(
        &self,
        opening: OpeningId,
        by: StaffId,
        proof: Proof,
    ) -> Result<Identity, Refusal> {
        match self.reply(Act::Look, opening, by, proof).await? {
            Reply::Identity(identity) => Ok(identity),
            _ => Err(Refusal::Unavailable),
        }
    }

    async fn reply(
        &self,
        act: Act,
        opening: OpeningId,
        by: StaffId,
        proof: Proof,
    ) -> Result<Reply, Refusal> {
        let request = Request {
            act,
            opening: Uuid::from_u128(opening.0),
            by: Uuid::from_u128(by.0),
            proof,
        };
        let line = timeout(PATIENCE, self.ask(&request))
            .await
            .unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
        let line = line.map_err(|cause| {
            tracing::error!(%cause, "unsealer away");
            Refusal::Unavailable
        })?;
        match serde_json::from_slice(&line) {
            Ok(Reply::Refused(refusal)) => {
                tracing::warn!(%opening, ?refusal, "the unsealer refused");
                Err(refusal)
            }
            Ok(reply) => Ok(reply),
            // never the cause: it may quote the answer
            Err(_) => Err(Refusal::Unavailable),
        }
    }

    async fn ask(&self, request: &Request) -> io::Result<Zeroizing<Vec<u8>>> {
        let mut stream = UnixStream::connect(&self.socket).await?;
        let mut line = Zeroizing::new(serde_json::to_vec(request)?);
        line.push(b'\n');
        stream.write_all(&line).await?;
        stream.shutdown().await?;
        let mut answer = Zeroizing::new(Vec::with_capacity(4096));
        stream.take(MAX_REPLY).read_to_end(&mut answer).await?;
        Ok(answer)
    }
}
