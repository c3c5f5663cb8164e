//! Where and how a process runs: environment and flags, read once at start.

use std::{net::SocketAddr, path::PathBuf};

/// Settings of every process. Secrets are files below `keys_dir`, never values here.
#[derive(Clone, Debug)]
pub struct Config {
    /// A server of the user's; absent means the embedded one in `data_dir`.
    pub database_url: Option<String>,
    /// Everything this installation keeps: database, keys, files, sockets.
    pub data_dir: PathBuf,
    /// Address of the public listener.
    pub listen: SocketAddr,
    /// Address of the private listener for metrics; absent means none.
    pub metrics_listen: Option<SocketAddr>,
    /// As visitors see the site, e.g. `https://langnghe.cantho.gov.vn`; decides cookies' `Secure` and the origin check.
    pub public_url: String,
    /// Outgoing mail; absent means none is sent.
    pub smtp_url: Option<String>,
    /// Built site: `pkg/` and the public files.
    pub site_root: PathBuf,
}

impl Config {
    /// Keys of the web process.
    pub fn keys_dir(&self) -> PathBuf {
        self.data_dir.join("keys")
    }

    /// Sealed attachments.
    pub fn files_dir(&self) -> PathBuf {
        self.data_dir.join("files")
    }

    /// Where the unsealer listens.
    pub fn unsealer_socket(&self) -> PathBuf {
        self.data_dir.join("run/unsealer.sock")
    }

    /// Whether visitors come over TLS, so that cookies may demand it.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
