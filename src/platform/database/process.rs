//! The process of the embedded server: started, signalled, waited for, and restarted if it dies
//! unexpectedly.

use anyhow::Context as _;
use std::{
    fs::File,
    os::unix::process::CommandExt as _,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc},
    time::Duration,
};

/// Pause before a crashed server is started again.
const PAUSE: Duration = Duration::from_millis(300);

/// What the cluster's data is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// Real data: every commit reaches the disk.
    Durable,
    /// A test's data: fast, and lost in a power cut.
    Ephemeral,
}

/// The server process. A thread owns it as long as it lives, and restarts it once it has been
/// ready.
#[derive(Debug)]
pub(super) struct Server {
    watch: Arc<Mutex<Watch>>,
    ended: Mutex<mpsc::Receiver<ExitStatus>>,
}

/// State shared between that thread and its user.
#[derive(Debug, Default)]
struct Watch {
    pid: u32,
    /// Whether a server that ends is restarted.
    keep: bool,
}

impl Server {
    /// Spawns the server from a thread that lives until it ends: the death signal follows the
    /// spawning thread, not the process.
    pub(super) fn spawn(
        mut command: Command,
        sockets: &Path,
        cluster: &Path,
        log: &Path,
        lifetime: Lifetime,
    ) -> anyhow::Result<Self> {
        for setting in settings(lifetime) {
            command.args(["-c", setting]);
        }
        command
            .arg("-c")
            .arg(format!("unix_socket_directories={}", sockets.display()))
            .arg("-D")
            .arg(cluster);
        let log = File::create(log).context("cannot write the log of PostgreSQL")?;
        command
            .current_dir("/")
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        let (started, start) = mpsc::channel();
        let (end, ended) = mpsc::channel();
        let watch = Arc::new(Mutex::new(Watch::default()));
        let watched = Arc::clone(&watch);
        std::thread::Builder::new()
            .name("postgres".to_owned())
            .spawn(move || match command.spawn() {
                Ok(child) => {
                    watched.lock().unwrap_or_else(PoisonError::into_inner).pid = child.id();
                    let _ = started.send(Ok(()));
                    if let Some(status) = keep_running(child, &mut command, &watched) {
                        let _ = end.send(status);
                    }
                }
                Err(error) => drop(started.send(Err(error))),
            })?;
        start
            .recv()?
            .context("cannot run postgres (is setpriv of util-linux there?)")?;
        Ok(Self {
            watch,
            ended: Mutex::new(ended),
        })
    }

    /// The server's exit status, if it ends within `patience`.
    pub(super) fn ended_within(&self, patience: Duration) -> Option<ExitStatus> {
        self.ended
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv_timeout(patience)
            .ok()
    }

    /// Sends a signal by its name.
    pub(super) fn signal(&self, name: &str) {
        let pid = self.pid().to_string();
        // the shell's own kill: needs no crate and no unsafe code
        let _ = Command::new("sh")
            .args(["-c", "kill -s \"$0\" \"$1\" 2>/dev/null", name, &pid])
            .status();
    }

    /// Its process.
    pub(super) fn pid(&self) -> u32 {
        self.watch().pid
    }

    /// Whether it is started again when it ends.
    pub(super) fn keep(&self, keep: bool) {
        self.watch().keep = keep;
    }

    fn watch(&self) -> MutexGuard<'_, Watch> {
        self.watch.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits for the server's end and restarts it unless it was told to stop. It keeps trying: after a
/// crash the dead server's lock and memory are in the way for a moment, and a full disk ends every
/// start.
fn keep_running(
    mut child: Child,
    command: &mut Command,
    watch: &Mutex<Watch>,
) -> Option<ExitStatus> {
    let locked = || watch.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        let status = child.wait().ok()?;
        if !locked().keep {
            return Some(status);
        }
        tracing::error!(%status, "the embedded database ended and is started again");
        child = loop {
            std::thread::park_timeout(PAUSE);
            // held while starting, so that a stop signals the server that runs
            let mut watch = locked();
            if !watch.keep {
                return Some(status);
            }
            match command.spawn() {
                Ok(again) => {
                    watch.pid = again.id();
                    break again;
                }
                Err(error) => {
                    tracing::error!(%error, "the embedded database could not be started again")
                }
            }
        };
    }
}

/// The server's settings. No statement, parameter or row reaches its log.
fn settings(lifetime: Lifetime) -> Vec<&'static str> {
    let mut settings = vec![
        "listen_addresses=",
        "port=5432",
        "unix_socket_permissions=0700",
        "cluster_name=lang_nghe",
        "timezone=UTC",
        "log_timezone=UTC",
        "logging_collector=off",
        "log_statement=none",
        "log_min_duration_statement=-1",
        "log_min_error_statement=panic",
        "log_error_verbosity=terse",
        "log_parameter_max_length=0",
        "log_parameter_max_length_on_error=0",
        "jit=off",
    ];
    settings.extend_from_slice(match lifetime {
        Lifetime::Durable => &[
            "fsync=on",
            "full_page_writes=on",
            "synchronous_commit=on",
            "max_connections=100",
            "max_wal_size=2GB",
        ],
        Lifetime::Ephemeral => &[
            "fsync=off",
            "full_page_writes=off",
            "synchronous_commit=off",
            "max_connections=400",
            "autovacuum=off",
        ],
    });
    settings
}
