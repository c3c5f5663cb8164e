//! A way to the database that breaks at the worst moment: the commit arrives, its answer does not.

use super::TestApp;
use lang_nghe::platform::database::Db;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{UnixListener, UnixStream},
};

/// The way; it breaks once after [`Lossy::arm`].
pub struct Lossy {
    /// Connections over it, as the web process.
    pub db: Db,
    armed: Arc<AtomicBool>,
    _folder: tempfile::TempDir,
}

impl Lossy {
    /// Opens it beside the app's own way.
    pub async fn open(app: &TestApp) -> Self {
        let options = app.owner_options();
        let real = options
            .get_socket()
            .expect("a socket")
            .join(".s.PGSQL.5432");
        let folder = tempfile::tempdir_in("/tmp").unwrap();
        let listener = UnixListener::bind(folder.path().join(".s.PGSQL.5432")).unwrap();
        let armed = Arc::new(AtomicBool::new(false));
        let breaks = Arc::clone(&armed);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = UnixStream::connect(&real).await.unwrap();
                tokio::spawn(carry(client, server, Arc::clone(&breaks)));
            }
        });
        let options = options.username("app_web").socket(folder.path());
        Self {
            db: Db::connect(options, "app_web", 4).await.unwrap(),
            armed,
            _folder: folder,
        }
    }

    /// The next commit gets no answer.
    pub fn arm(&self) {
        self.armed.store(true, Ordering::SeqCst);
    }

    /// Whether a commit got no answer.
    pub fn has_broken(&self) -> bool {
        !self.armed.load(Ordering::SeqCst)
    }
}

async fn carry(mut client: UnixStream, mut server: UnixStream, armed: Arc<AtomicBool>) {
    let (mut asked, mut told) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    loop {
        tokio::select! {
            read = client.read(&mut asked) => {
                let Ok(1..) = read else { return };
                let asked = &asked[..read.unwrap_or(0)];
                if server.write_all(asked).await.is_err() { return; }
                let commits = asked.windows(6).any(|word| word == b"COMMIT");
                if commits && armed.swap(false, Ordering::SeqCst) {
                    // done over there; nobody here hears of it
                    let _answer = server.read(&mut told).await;
                    return;
                }
            }
            read = server.read(&mut told) => {
                let Ok(length @ 1..) = read else { return };
                if client.write_all(&told[..length]).await.is_err() { return; }
            }
        }
    }
}
