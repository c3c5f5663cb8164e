//! The unsealer as a process, and how `serve` supervises it with the embedded database.

use super::installation::Installation;
use crate::platform::{
    clock::Clock,
    config::Config,
    database::Db,
    shutdown::Shutdown,
    vault::{
        keys::{self, Holder},
        unsealer,
    },
};
use std::{io::Read as _, process::Stdio, time::Duration};
use tokio::{
    process::{Child, Command},
    time::{sleep, timeout},
};

/// Pause before a dead unsealer is started again.
const PAUSE: Duration = Duration::from_secs(1);

/// How the unsealer runs.
#[derive(clap::Args)]
pub(super) struct Options {
    /// Stop when standard input ends: a child then never outlives its parent.
    #[arg(long, hide = true)]
    until_stdin_closes: bool,
}

/// Answers requests to open identities until the process is asked to stop.
pub(super) async fn run(options: &Options, config: Config) -> anyhow::Result<()> {
    let shutdown = Shutdown::on_signals()?;
    if options.until_stdin_closes {
        let parent_gone = shutdown.clone();
        // a thread of its own: a read that never ends must not block the runtime's shutdown
        std::thread::spawn(move || {
            // however the read ends, the parent no longer holds the other end
            let _ = std::io::stdin().read_to_end(&mut Vec::new());
            parent_gone.begin();
        });
    }
    let installation = Installation::open(&config).await?;
    if !options.until_stdin_closes {
        installation
            .demand_separation(&config, "app_unseal")
            .await?;
    }
    let db = Db::connect(installation.options("app_unseal"), "app_unseal", 4).await?;
    keys::demand(&db, &config, Holder::Unsealer).await?;
    let ended = unsealer::serve(&config, db, Clock::system(), async move {
        shutdown.wait().await
    })
    .await;
    installation.stop();
    ended
}

/// Runs the unsealer as a child that connects to `url`, and restarts it whenever it dies, until the
/// shutdown begins.
pub(super) async fn keep_running(config: Config, url: String, shutdown: Shutdown) {
    loop {
        match spawn(&config, &url) {
            Ok(mut child) => {
                // `wait` would close the pipe, and the child ends when it closes
                let pipe = child.stdin.take();
                if shutdown.or(child.wait()).await.is_none() {
                    drop(pipe);
                    return stop(child).await;
                }
                tracing::warn!("the unsealer ended and is started again");
            }
            Err(error) => tracing::error!(%error, "the unsealer could not be started"),
        }
        if shutdown.or(sleep(PAUSE)).await.is_none() {
            return;
        }
    }
}

fn spawn(config: &Config, url: &str) -> std::io::Result<Child> {
    Command::new(std::env::current_exe()?)
        .args(["unsealer", "--until-stdin-closes"])
        .env("DATABASE_URL", url)
        .env("DATA_DIR", &config.data_dir)
        .env("UNSEALER_KEYS", config.unsealer_keys())
        .env("UNSEALER_SOCKET", config.unsealer_socket())
        .stdin(Stdio::piped())
        // outside the terminal's group: Ctrl-C reaches the parent, which closes the pipe
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
}

async fn stop(mut child: Child) {
    if timeout(Duration::from_secs(5), child.wait()).await.is_err() {
        let _ = child.kill().await;
    }
}
