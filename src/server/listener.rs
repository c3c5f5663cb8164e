//! The loop of connections: how many, from whom, and how long a request's head may take.

use super::bare::{self, Worded};
use crate::platform::{
    config::Config,
    http::client_ip::{TrustedProxies, networks},
    shutdown::Shutdown,
    telemetry::metrics,
};
use axum::{Extension, Router, extract::ConnectInfo, http::StatusCode, middleware::AddExtension};
use hyper::server::conn::http1;
use hyper_util::{rt::TokioTimer, service::TowerToHyperService};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, mpsc},
    time::{sleep, timeout},
};
use tower::Layer as _;

/// Most bytes of a request's head.
const MAX_HEAD: usize = 64 * 1024;
/// Connections that are being told to come again, at once; more are closed without a word.
const TURNED_AWAY: usize = 64;
/// How long one of them is listened to before it is told.
const PATIENCE: Duration = Duration::from_secs(2);
/// Descriptors that files, the database and the unsealer need besides the connections.
const OWN_DESCRIPTORS: u64 = 256;

/// Takes connections until the shutdown begins, then lets running requests finish.
pub async fn serve(listener: TcpListener, router: Router, config: &Config, shutdown: &Shutdown) {
    let doors = Arc::new(Doors::new(config));
    let turns = Arc::new(Semaphore::new(TURNED_AWAY));
    // nothing is ever sent: it closes when the last connection has ended
    let (running, mut all_ended) = mpsc::channel::<()>(1);
    while let Some(accepted) = shutdown.or(listener.accept()).await {
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(fault) => {
                pause_after(&fault).await;
                continue;
            }
        };
        let Some(place) = enter(&doors, peer) else {
            metrics::count_turned_away();
            if let Ok(turn) = Arc::clone(&turns).try_acquire_owned() {
                tokio::spawn(turn_away(stream, turn));
            }
            continue;
        };
        // without it, small answers wait for the peer's acknowledgement: 470 instead of 22 700
        // requests/s
        let _set = stream.set_nodelay(true);
        let service = Extension(ConnectInfo(peer)).layer(router.clone());
        let conversation = converse(stream, service, config.limits.head, shutdown.clone());
        let running = running.clone();
        tokio::spawn(async move {
            let _until_the_end = (place, running);
            conversation.await;
        });
    }
    drop((running, listener));
    let _closed = all_ended.recv().await;
}

/// One request after the other, until either side has had enough or the shutdown begins.
async fn converse(
    stream: TcpStream,
    service: AddExtension<Router, ConnectInfo<SocketAddr>>,
    head: Duration,
    shutdown: Shutdown,
) {
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head)
        .max_buf_size(MAX_HEAD)
        .max_header_size(MAX_HEAD)
        .serve_connection(Worded::new(stream), TowerToHyperService::new(service));
    let ended = tokio::select! {
        ended = &mut connection => ended,
        () = shutdown.wait() => {
            std::pin::Pin::new(&mut connection).graceful_shutdown();
            (&mut connection).await
        }
    };
    let Err(broken) = ended else { return };
    tracing::debug!(cause = %broken, "a connection ended early");
    let rest = connection.into_parts();
    // who has said nothing since the last answer asks for none
    if broken.is_timeout() && !rest.read_buf.is_empty() {
        let _told = timeout(PATIENCE, bare::tell_too_slow(rest.io.into_stream())).await;
    }
}

/// A connection that was gone before it was taken is nothing; without descriptors, some connections have to end first.
async fn pause_after(fault: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(
        fault.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    ) {
        tracing::error!(cause = %fault, "no connection can be taken");
        sleep(Duration::from_millis(200)).await;
    }
}

/// Who is inside.
struct Doors {
    all: Arc<Semaphore>,
    /// Most of a household's network, and of the /48 around it.
    of_networks: [usize; 2],
    proxies: TrustedProxies,
    inside: Mutex<HashMap<String, usize>>,
}

/// One connection inside; it leaves when this is dropped.
struct Place {
    _of_all: OwnedSemaphorePermit,
    doors: Arc<Doors>,
    networks: Vec<String>,
}

impl Doors {
    fn new(config: &Config) -> Self {
        let limits = &config.limits;
        let most = usize::try_from(descriptors().saturating_sub(OWN_DESCRIPTORS));
        let connections = limits.connections.min(most.unwrap_or(usize::MAX)).max(1);
        Self {
            all: Arc::new(Semaphore::new(connections)),
            of_networks: [limits.connections_per_network, (connections / 4).max(1)],
            proxies: config.trusted_proxies.clone(),
            inside: Mutex::default(),
        }
    }

    fn inside(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place for a connection of `peer`; `None` if all are taken, or all of its network.
fn enter(doors: &Arc<Doors>, peer: SocketAddr) -> Option<Place> {
    let of_all = Arc::clone(&doors.all).try_acquire_owned().ok()?;
    let peer = peer.ip().to_canonical();
    // anybody may be behind a proxy
    let networks = match doors.proxies.contains(peer) {
        true => Vec::new(),
        false => networks(peer),
    };
    let mut inside = doors.inside();
    let mut bounds = networks.iter().zip(doors.of_networks);
    if bounds.any(|(network, most)| inside.get(network).is_some_and(|count| *count >= most)) {
        return None;
    }
    for network in &networks {
        *inside.entry(network.clone()).or_default() += 1;
    }
    drop(inside);
    Some(Place {
        _of_all: of_all,
        doors: Arc::clone(doors),
        networks,
    })
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut inside = self.doors.inside();
        for network in &self.networks {
            if let Some(count) = inside.get_mut(network) {
                *count -= 1;
                if *count == 0 {
                    inside.remove(network);
                }
            }
        }
    }
}

/// How many descriptors this process may hold, after asking for all that it may have.
fn descriptors() -> u64 {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: maximum,
        maximum,
    };
    match setrlimit(Resource::Nofile, raised) {
        Ok(()) => maximum,
        Err(_) => current,
    }
    .unwrap_or(u64::MAX)
}

/// Tells a connection that there is no place to come again. It is heard out a little: a connection that is closed with
/// something unread takes the answer with it.
async fn turn_away(mut stream: TcpStream, _turn: OwnedSemaphorePermit) {
    let message = "Đang có quá nhiều kết nối cùng lúc. Vui lòng chờ một phút rồi tải lại trang này; \
                   nếu vừa gửi một biểu mẫu thì chưa có gì được ghi.";
    let answer = bare::answer(StatusCode::SERVICE_UNAVAILABLE, message);
    let told = async {
        let mut heard = [0; 4096];
        let _read = stream.read(&mut heard).await?;
        stream.write_all(&answer).await?;
        stream.shutdown().await?;
        while stream.read(&mut heard).await? > 0 {}
        io::Result::Ok(())
    };
    // who does not listen is not told
    let _told = timeout(PATIENCE, told).await;
}
