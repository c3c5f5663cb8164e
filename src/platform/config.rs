//! Configuration: environment and flags, read once at start.

use super::{
    database::{LONGEST_SOCKET_FOLDER, short_socket_folder},
    http::{client_ip::TrustedProxies, limits::Limits},
};
use std::{net::SocketAddr, path::PathBuf};

/// Settings of every process. Secrets are files below `keys_dir`, never values here.
#[derive(Clone, Debug, clap::Args)]
pub struct Config {
    /// A PostgreSQL server of yours, e.g. `postgres://owner@db.example/lang_nghe`; without it an
    /// embedded one runs in the data folder.
    #[arg(
        long,
        env = "DATABASE_URL",
        hide_env_values = true,
        global = true,
        value_name = "URL"
    )]
    pub database_url: Option<String>,
    /// Everything this installation keeps: database, keys, files, sockets.
    #[arg(
        long,
        env = "DATA_DIR",
        default_value = "data",
        global = true,
        value_name = "FOLDER"
    )]
    pub data_dir: PathBuf,
    /// Folder of the private identity keys; without it, `keys/unsealer` in the data folder. Apart
    /// from the web's keys, so that another user can own it.
    #[arg(long, env = "UNSEALER_KEYS", global = true, value_name = "FOLDER")]
    pub private_keys_dir: Option<PathBuf>,
    /// Where the unsealer listens; without it, `run/unsealer.sock` in the data folder.
    #[arg(long, env = "UNSEALER_SOCKET", global = true, value_name = "PATH")]
    pub socket: Option<PathBuf>,
    /// Address of the public listener.
    #[arg(
        long,
        env = "LISTEN",
        default_value = "127.0.0.1:3000",
        global = true,
        value_name = "ADDRESS"
    )]
    pub listen: SocketAddr,
    /// Address of the private listener for metrics; without it there is none.
    #[arg(long, env = "METRICS_LISTEN", global = true, value_name = "ADDRESS")]
    pub metrics_listen: Option<SocketAddr>,
    /// The site as visitors see it, e.g. `https://langnghe.example`; without it, the public
    /// listener.
    #[arg(
        long,
        env = "PUBLIC_URL",
        default_value = "",
        hide_default_value = true,
        global = true,
        value_name = "URL"
    )]
    pub public_url: String,
    /// Proxies whose `X-Forwarded-For` is believed, as addresses and networks, e.g. `10.0.0.5,10.1.0.0/16`; without
    /// it, those on this machine.
    #[arg(
        long,
        env = "TRUSTED_PROXIES",
        default_value = "",
        hide_default_value = true,
        global = true,
        value_name = "NETWORKS"
    )]
    pub trusted_proxies: TrustedProxies,
    /// Outgoing mail, e.g. `smtps://user:password@mail.example`; without it none is sent.
    #[arg(
        long,
        env = "SMTP_URL",
        hide_env_values = true,
        global = true,
        value_name = "URL"
    )]
    pub smtp_url: Option<String>,
    /// The built site: `pkg/` and the public files. If the default does not exist, `site` beside
    /// the program.
    #[arg(
        long,
        env = "SITE_ROOT",
        default_value = "target/site",
        global = true,
        value_name = "FOLDER"
    )]
    pub site_root: PathBuf,
    /// The bounds of the web; the tests scale them down.
    #[arg(skip)]
    pub limits: Limits,
}

impl Config {
    /// Derives missing settings from others, and treats empty ones as absent.
    pub fn settled(mut self) -> Self {
        self.database_url = self.database_url.filter(|url| !url.is_empty());
        self.smtp_url = self.smtp_url.filter(|url| !url.is_empty());
        if self.public_url.is_empty() {
            self.public_url = format!("http://{}", self.listen);
        }
        self.public_url
            .truncate(self.public_url.trim_end_matches('/').len());
        if !self.site_root.is_dir() {
            self.site_root = site_beside_program().unwrap_or(self.site_root);
        }
        self
    }

    /// The keys of the web process.
    pub fn keys_dir(&self) -> PathBuf {
        self.data_dir.join("keys")
    }

    /// The private identity keys, which only the unsealer reads.
    pub fn unsealer_keys(&self) -> PathBuf {
        let own = || self.keys_dir().join("unsealer");
        self.private_keys_dir.clone().unwrap_or_else(own)
    }

    /// The sealed attachments.
    pub fn files_dir(&self) -> PathBuf {
        self.data_dir.join("files")
    }

    /// The unsealer's socket: where it was set to be, else in the data folder, or below the
    /// temporary one if that path is too long for a socket.
    pub fn unsealer_socket(&self) -> PathBuf {
        if let Some(socket) = &self.socket {
            return socket.clone();
        }
        let run = self.data_dir.join("run");
        if run.as_os_str().len() <= LONGEST_SOCKET_FOLDER {
            return run.join("unsealer.sock");
        }
        short_socket_folder(&std::path::absolute(&run).unwrap_or(run)).join("unsealer.sock")
    }

    /// Whether visitors come over TLS, so that cookies can require it.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// An installed program has its site beside it.
fn site_beside_program() -> Option<PathBuf> {
    let site = std::env::current_exe().ok()?.parent()?.join("site");
    site.is_dir().then_some(site)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        config: Config,
    }

    #[test]
    fn the_public_url_follows_the_listener_and_loses_its_slash() {
        let read = |line: &[&str]| Cli::parse_from(line).config.settled();
        assert_eq!(
            read(&["x", "--listen", "127.0.0.1:4000"]).public_url,
            "http://127.0.0.1:4000"
        );
        assert_eq!(
            read(&["x", "--public-url", "https://langnghe.example/"]).public_url,
            "https://langnghe.example"
        );
    }
}
