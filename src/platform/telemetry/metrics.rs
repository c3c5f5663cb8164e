//! Counters in Prometheus' text format, on a private listener of their own.

use crate::platform::{database::Db, shutdown::Shutdown};
use axum::{
    Router, extract::Request, http::header::CONTENT_TYPE, middleware::Next, response::Response,
    routing::get,
};
use std::{
    fmt::Write as _,
    net::SocketAddr,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Instant,
};

/// Requests by status class, 1xx to 5xx.
static REQUESTS: [AtomicU64; 5] = [const { AtomicU64::new(0) }; 5];
/// Total milliseconds spent answering.
static REQUEST_MILLIS: AtomicU64 = AtomicU64::new(0);
/// Connections that found no place.
static TURNED_AWAY: AtomicU64 = AtomicU64::new(0);
static SUBMISSIONS: AtomicU64 = AtomicU64::new(0);
static JOBS_DONE: AtomicU64 = AtomicU64::new(0);
static JOBS_FAILED: AtomicU64 = AtomicU64::new(0);
/// Jobs, requests and passes of the worker that ended in a panic: faults of ours.
static PANICS: AtomicU64 = AtomicU64::new(0);

/// Counts a request and its answer; a layer of the public router. Paths are not kept, because they
/// may hold case numbers.
pub async fn count_request(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let response = next.run(request).await;
    let class = usize::from(response.status().as_u16() / 100).clamp(1, 5) - 1;
    REQUESTS[class].fetch_add(1, Relaxed);
    REQUEST_MILLIS.fetch_add(
        u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        Relaxed,
    );
    response
}

/// Counts a connection that found no place.
pub fn count_turned_away() {
    TURNED_AWAY.fetch_add(1, Relaxed);
}

/// Counts an accepted submission.
pub fn count_submission() {
    SUBMISSIONS.fetch_add(1, Relaxed);
}

/// Counts a finished job, successful or not.
pub fn count_job(done: bool) {
    if done { &JOBS_DONE } else { &JOBS_FAILED }.fetch_add(1, Relaxed);
}

/// Counts a panic that was caught.
pub fn count_panic() {
    PANICS.fetch_add(1, Relaxed);
}

/// The page a collector reads.
pub fn page(db: &Db) -> String {
    let mut text = String::new();
    let classes = ["1xx", "2xx", "3xx", "4xx", "5xx"];
    line(&mut text, "# TYPE langnghe_requests_total counter");
    for (class, count) in classes.iter().zip(&REQUESTS) {
        line(
            &mut text,
            &format!(
                "langnghe_requests_total{{class=\"{class}\"}} {}",
                count.load(Relaxed)
            ),
        );
    }
    for (name, count) in [
        ("langnghe_request_milliseconds_total", &REQUEST_MILLIS),
        ("langnghe_connections_turned_away_total", &TURNED_AWAY),
        ("langnghe_submissions_total", &SUBMISSIONS),
        ("langnghe_jobs_done_total", &JOBS_DONE),
        ("langnghe_jobs_failed_total", &JOBS_FAILED),
        ("langnghe_panics_total", &PANICS),
    ] {
        line(
            &mut text,
            &format!("# TYPE {name} counter\n{name} {}", count.load(Relaxed)),
        );
    }
    line(
        &mut text,
        &format!(
            "# TYPE langnghe_db_connections gauge\nlangnghe_db_connections {}",
            db.pool().size()
        ),
    );
    line(
        &mut text,
        &format!(
            "# TYPE langnghe_db_connections_idle gauge\nlangnghe_db_connections_idle {}",
            db.pool().num_idle()
        ),
    );
    text
}

fn line(text: &mut String, line: &str) {
    // writing to a string cannot fail
    let _ = writeln!(text, "{line}");
}

/// Serves [`page`] at `/metrics` until the process stops.
///
/// # Errors
/// If the address is taken.
pub async fn serve(address: SocketAddr, db: Db, shutdown: Shutdown) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind(address).await?;
    let answer = move || async move { ([(CONTENT_TYPE, "text/plain; version=0.0.4")], page(&db)) };
    axum::serve(listener, Router::new().route("/metrics", get(answer)))
        .with_graceful_shutdown(async move { shutdown.wait().await })
        .await?;
    Ok(())
}
