//! The listening side.

use super::{
    opening,
    wire::{Act, MAX_REQUEST, Refusal, Reply, Request},
};
use crate::platform::{clock::Clock, config::Config, database::Db, vault::key_files};
use anyhow::{Context as _, bail, ensure};
use std::{
    fs, io,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{UnixListener, UnixStream},
    sync::Semaphore,
    time::timeout,
};
use zeroize::Zeroizing;

/// Questions answered at a time.
const AT_ONCE: usize = 4;
/// For one question and its answer.
const PATIENCE: Duration = Duration::from_secs(8);

/// What answers a question needs.
pub(super) struct Unsealer {
    /// The folder of the private keys.
    pub(super) private_keys: PathBuf,
    pub(super) db: Db,
    pub(super) clock: Clock,
}

/// Answers requests to open identities until `shutdown` ends. `db` is connected as `app_unseal`.
///
/// # Errors
/// If the private keys are missing or readable by others, or the socket cannot be made.
pub async fn serve(
    config: &Config,
    db: Db,
    clock: Clock,
    shutdown: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let private_keys = config.unsealer_keys();
    demand_keys(&private_keys)?;
    let path = config.unsealer_socket();
    let listener = listen(&path).await?;
    let unsealer = Arc::new(Unsealer {
        private_keys,
        db,
        clock,
    });
    let slots = Arc::new(Semaphore::new(AT_ONCE));
    tracing::info!(socket = %path.display(), "unsealer listens");
    tokio::pin!(shutdown);
    loop {
        let stream = tokio::select! {
            () = &mut shutdown => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(cause) => {
                    tracing::error!(%cause, "unsealer could not accept");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
        };
        let Ok(slot) = Arc::clone(&slots).acquire_owned().await else {
            break;
        };
        let unsealer = Arc::clone(&unsealer);
        tokio::spawn(async move {
            if let Ok(Err(cause)) = timeout(PATIENCE, converse(&unsealer, stream)).await {
                tracing::warn!(%cause, "unsealer's connection broke");
            }
            drop(slot);
        });
    }
    // let running answers finish
    let _ = timeout(PATIENCE, slots.acquire_many(AT_ONCE as u32)).await;
    let _ = fs::remove_file(&path);
    Ok(())
}

fn demand_keys(dir: &Path) -> anyhow::Result<()> {
    let versions = key_files::versions(dir, "identity", ".key")?;
    ensure!(
        !versions.is_empty(),
        "there is no private key in {}; run `lang-nghe keys init`, or `lang-nghe keys restore` if \
         the database has cases",
        dir.display()
    );
    key_files::demand_private(dir)?;
    for version in versions {
        key_files::read_private(dir, version)?;
    }
    Ok(())
}

/// Makes the socket in a folder closed to strangers. If the operator opened the folder to a group
/// (for a web process under another user), the group may connect too.
async fn listen(path: &Path) -> anyhow::Result<UnixListener> {
    let dir = path.parent().context("the socket has no folder")?;
    key_files::create_dir(dir)?;
    let mode = fs::metadata(dir)?.permissions().mode();
    ensure!(
        mode & 0o007 == 0,
        "other users may enter {}; run `chmod 0700 {}`",
        dir.display(),
        dir.display()
    );
    if UnixStream::connect(path).await.is_ok() {
        bail!("another unsealer listens at {} already", path.display());
    }
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let listener =
        UnixListener::bind(path).with_context(|| format!("cannot listen at {}", path.display()))?;
    let socket_mode = if mode & 0o010 == 0 { 0o600 } else { 0o660 };
    fs::set_permissions(path, fs::Permissions::from_mode(socket_mode))?;
    Ok(listener)
}

/// Reads one question, answers it, closes.
async fn converse(unsealer: &Unsealer, mut stream: UnixStream) -> io::Result<()> {
    let (read, mut write) = stream.split();
    // larger than the question from the start: growing would leave copies of a password behind
    let mut line = Zeroizing::new(Vec::with_capacity(2 * MAX_REQUEST as usize));
    read.take(MAX_REQUEST).read_to_end(&mut line).await?;
    let reply = match serde_json::from_slice::<Request>(line.trim_ascii_end()) {
        Ok(request) => answer(unsealer, &request).await,
        Err(_) => Reply::Refused(Refusal::Malformed),
    };
    let mut answer = Zeroizing::new(Vec::with_capacity(4096));
    serde_json::to_writer(&mut *answer, &reply)?;
    answer.push(b'\n');
    write.write_all(&answer).await?;
    write.shutdown().await
}

async fn answer(unsealer: &Unsealer, request: &Request) -> Reply {
    let (opening, by) = (request.opening, request.by);
    match opening::conduct(unsealer, request).await {
        Ok(reply) => {
            let act = match request.act {
                Act::Approve => "opening approved",
                Act::Look => "identity opened",
            };
            tracing::info!(%opening, %by, act);
            reply
        }
        Err(refusal) => {
            tracing::warn!(%opening, %by, ?refusal, "identity stays sealed");
            Reply::Refused(refusal)
        }
    }
}
