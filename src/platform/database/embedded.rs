//! An embedded PostgreSQL server: found on the machine, kept in the data folder, reached by a Unix
//! socket only, stopped with the program.
//!
//! For root it runs as `postgres` (or `nobody`). It has a process group of its own, and gets SIGINT
//! however the program ends.

use super::{
    binaries::{Account, Binaries},
    process::{Lifetime, Server},
};
use anyhow::{Context as _, bail};
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use sha2::{Digest as _, Sha256};
use sqlx::{Connection as _, PgConnection, postgres::PgConnectOptions};
use std::{
    fs,
    os::unix::{fs::MetadataExt as _, fs::PermissionsExt as _},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use tokio::time::sleep;

/// The database of the product.
pub const DATABASE: &str = "lang_nghe";
/// The superuser of the cluster, who owns and migrates the tables.
pub const OWNER: &str = "owner";

/// How long a server may take to answer: replaying the log after a crash is work.
const PATIENCE: Duration = Duration::from_secs(300);
/// How long a dead server's lock file may stay: the kernel clears a killed process within seconds.
const LOCK_PATIENCE: Duration = Duration::from_secs(20);
/// `sun_path` holds 107 bytes; the socket's own name takes 16.
pub const LONGEST_SOCKET_FOLDER: usize = 88;

/// A cluster in a data folder, running.
#[derive(Debug)]
pub struct Embedded {
    socket_folder: PathBuf,
    server: Option<Server>,
}

/// The folders of a cluster.
struct Folders {
    cluster: PathBuf,
    sockets: PathBuf,
    log: PathBuf,
    /// Exists while `initdb` works: what an interrupted one left is removed.
    marker: PathBuf,
}

impl Embedded {
    /// Starts the cluster of `data_dir`, creating it if there is none. It accepts connections when
    /// this returns.
    ///
    /// # Errors
    /// Without PostgreSQL 15 or newer, if the folder cannot be used, or if another process runs it
    /// already.
    pub async fn start(data_dir: &Path, lifetime: Lifetime) -> anyhow::Result<Self> {
        let account = Account::for_server()?;
        let folders = Folders::prepare(data_dir, &account)?;
        let binaries = Binaries::find(folders.major()?)?;
        if folders.marker.exists() || !folders.cluster.join("PG_VERSION").exists() {
            initialise(&binaries, &account, &folders, lifetime)?;
        }
        let server = start_patiently(&binaries, &account, &folders, lifetime).await?;
        server.keep(true);
        let embedded = Self {
            socket_folder: folders.sockets,
            server: Some(server),
        };
        embedded.ensure_database().await?;
        Ok(embedded)
    }

    /// Joins the cluster of `data_dir` if another process runs it, else starts it.
    ///
    /// # Errors
    /// As [`Embedded::start`].
    pub async fn join_or_start(data_dir: &Path) -> anyhow::Result<Self> {
        let account = Account::for_server()?;
        let folders = Folders::prepare(data_dir, &account)?;
        let running = Self {
            socket_folder: folders.sockets,
            server: None,
        };
        match PgConnection::connect_with(&running.options(OWNER, "postgres")).await {
            Ok(connection) => {
                connection.close().await?;
                Ok(running)
            }
            Err(_) => Self::start(data_dir, Lifetime::Durable).await,
        }
    }

    /// How `role` connects to `database`.
    pub fn options(&self, role: &str, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(&self.socket_folder)
            .port(5432)
            .username(role)
            .database(database)
    }

    /// The same as a URL, for a child process.
    pub fn url(&self, role: &str) -> String {
        format!(
            "postgres://{role}@localhost/{DATABASE}?host={}",
            percent_encode(
                self.socket_folder.as_os_str().as_encoded_bytes(),
                NON_ALPHANUMERIC
            )
        )
    }

    /// Stops the server if it was started here, and waits until it has ended.
    pub fn stop(mut self) {
        self.stop_server();
    }

    fn stop_server(&mut self) {
        let Some(server) = self.server.take() else {
            return;
        };
        server.keep(false);
        for (signal, patience) in [("INT", 60), ("QUIT", 10), ("KILL", 5)] {
            server.signal(signal);
            if server.ended_within(Duration::from_secs(patience)).is_some() {
                return;
            }
        }
    }

    async fn ensure_database(&self) -> anyhow::Result<()> {
        let mut connection = PgConnection::connect_with(&self.options(OWNER, "postgres")).await?;
        let there = sqlx::query_scalar!(
            r#"select exists (select from pg_database where datname = $1) as "there!""#,
            DATABASE
        )
        .fetch_one(&mut connection)
        .await?;
        if !there {
            // `create database` takes no parameter; the name is a constant
            sqlx::raw_sql(sqlx::AssertSqlSafe(format!("create database {DATABASE}")))
                .execute(&mut connection)
                .await?;
        }
        connection.close().await?;
        Ok(())
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        self.stop_server();
    }
}

impl Folders {
    fn prepare(data_dir: &Path, account: &Account) -> anyhow::Result<Self> {
        fs::create_dir_all(data_dir)
            .with_context(|| format!("cannot create {}", data_dir.display()))?;
        let data_dir = data_dir.canonicalize()?;
        // another user's server may pass through, but sees nothing
        fs::set_permissions(
            &data_dir,
            fs::Permissions::from_mode(if account.is_other() { 0o711 } else { 0o700 }),
        )?;
        // not inside `run`, where the unsealer's socket is closed to others
        let sockets = socket_folder(&data_dir.join("postgres-run"), account)?;
        let cluster = cluster_folder(&data_dir, account)?;
        Ok(Self {
            cluster,
            sockets,
            log: data_dir.join("postgres.log"),
            marker: data_dir.join("postgres.initialising"),
        })
    }

    /// The major version that made the cluster; only the same one can run it.
    fn major(&self) -> anyhow::Result<Option<u32>> {
        match fs::read_to_string(self.cluster.join("PG_VERSION")) {
            Ok(version) if !self.marker.exists() => Ok(Some(version.trim().parse()?)),
            _ => Ok(None),
        }
    }
}

/// The folder of the cluster. Inside a home that other users may not enter, it is a link to a
/// folder in `/var/lib`.
fn cluster_folder(data_dir: &Path, account: &Account) -> anyhow::Result<PathBuf> {
    let folder = data_dir.join("postgres");
    if let Ok(elsewhere) = fs::read_link(&folder) {
        return Ok(elsewhere);
    }
    let folder = if account.is_other() && !enterable(data_dir) {
        let elsewhere =
            Path::new("/var/lib/lang-nghe").join(hex(&crate::platform::clock::random_bytes::<8>()));
        fs::create_dir_all(&elsewhere)?;
        std::os::unix::fs::symlink(&elsewhere, &folder)?;
        elsewhere
    } else {
        folder
    };
    make_folder(&folder, 0o700)?;
    account.own(&folder)?;
    Ok(folder)
}

/// `wanted`, or a folder below the temporary one if its path is too long for a socket or closed to
/// the server.
fn socket_folder(wanted: &Path, account: &Account) -> anyhow::Result<PathBuf> {
    let long = wanted.as_os_str().len() > LONGEST_SOCKET_FOLDER;
    let closed = account.is_other() && wanted.parent().is_some_and(|run| !enterable(run));
    let folder = if long || closed {
        short_socket_folder(wanted)
    } else {
        wanted.to_owned()
    };
    make_folder(&folder, 0o700)?;
    let owner = fs::symlink_metadata(&folder)?;
    if !owner.is_dir() || (owner.uid() != account.uid && owner.uid() != Account::own_uid()?) {
        bail!("{} belongs to somebody else", folder.display());
    }
    account.own(&folder)?;
    Ok(folder)
}

/// The short folder that replaces `wanted`: always the same for the same path, below the user's
/// runtime folder or the temporary one.
pub fn short_socket_folder(wanted: &Path) -> PathBuf {
    let name = format!(
        "lang-nghe-{}",
        hex(&Sha256::digest(wanted.as_os_str().as_encoded_bytes())[..8])
    );
    std::env::var_os("XDG_RUNTIME_DIR")
        .map_or_else(std::env::temp_dir, PathBuf::from)
        .join(name)
}

fn make_folder(folder: &Path, mode: u32) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    fs::set_permissions(folder, fs::Permissions::from_mode(mode))
        .with_context(|| format!("cannot protect {}", folder.display()))
}

/// Whether other users may pass through every folder of the path.
fn enterable(folder: &Path) -> bool {
    folder
        .ancestors()
        .all(|part| fs::metadata(part).is_ok_and(|data| data.mode() & 0o001 != 0))
}

fn initialise(
    binaries: &Binaries,
    account: &Account,
    folders: &Folders,
    lifetime: Lifetime,
) -> anyhow::Result<()> {
    if folders.marker.exists() {
        for entry in fs::read_dir(&folders.cluster)? {
            let path = entry?.path();
            if path.is_dir() {
                fs::remove_dir_all(path)?
            } else {
                fs::remove_file(path)?
            }
        }
    }
    fs::write(&folders.marker, "")?;
    let mut command = account.command(&binaries.initdb());
    command.args([
        "--username",
        OWNER,
        "--encoding",
        "UTF8",
        "--locale",
        "C.UTF-8",
        "--data-checksums",
    ]);
    command
        .args(["--auth-local", "trust", "--auth-host", "reject", "--pgdata"])
        .arg(&folders.cluster);
    if lifetime == Lifetime::Ephemeral {
        command.arg("--no-sync");
    }
    let output = command
        .current_dir("/")
        .output()
        .context("cannot run initdb")?;
    if !output.status.success() {
        bail!(
            "initdb failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    fs::remove_file(&folders.marker)?;
    Ok(())
}

/// Starts the server; waits if one that was killed has left its lock.
async fn start_patiently(
    binaries: &Binaries,
    account: &Account,
    folders: &Folders,
    lifetime: Lifetime,
) -> anyhow::Result<Server> {
    let began = Instant::now();
    loop {
        let server = Server::spawn(
            account.command(&binaries.postgres()),
            &folders.sockets,
            &folders.cluster,
            &folders.log,
            lifetime,
        )?;
        match wait_ready(&server, folders).await {
            Ok(()) => return Ok(server),
            Err(error) => {
                let log = tail(&folders.log);
                if !log.contains("already exists") && !log.contains("still in use") {
                    return Err(error.context(format!(
                        "PostgreSQL did not start; its log {} ends:\n{log}",
                        folders.log.display()
                    )));
                }
                if began.elapsed() > LOCK_PATIENCE {
                    bail!(
                        "another process already runs the database in {}",
                        folders.cluster.display()
                    );
                }
                sleep(Duration::from_millis(300)).await;
            }
        }
    }
}

async fn wait_ready(server: &Server, folders: &Folders) -> anyhow::Result<()> {
    let began = Instant::now();
    let options = PgConnectOptions::new_without_pgpass()
        .socket(&folders.sockets)
        .port(5432)
        .username(OWNER)
        .database("postgres");
    while began.elapsed() < PATIENCE {
        if let Some(status) = server.ended_within(Duration::ZERO) {
            bail!("ended with {status}");
        }
        if let Ok(connection) = PgConnection::connect_with(&options).await {
            connection.close().await?;
            // a server that is still dying may answer on the old socket
            let holder =
                fs::read_to_string(folders.cluster.join("postmaster.pid")).unwrap_or_default();
            if holder.lines().next() == Some(server.pid().to_string().as_str()) {
                return Ok(());
            }
        }
        sleep(Duration::from_millis(40)).await;
    }
    server.signal("INT");
    bail!("did not answer within {} s", PATIENCE.as_secs())
}

fn tail(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(8)..].join("\n")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
