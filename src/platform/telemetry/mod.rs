//! Logs and metrics. Neither contains text that a person wrote, a receipt code or an address.

pub mod metrics;

use std::io::IsTerminal as _;
use tracing::{Subscriber, subscriber::set_global_default};
use tracing_subscriber::{EnvFilter, fmt, fmt::MakeWriter};

/// Starts logging to standard error: lines at a terminal, JSON elsewhere. `RUST_LOG` chooses what; `fallback` if it
/// says nothing.
pub fn start(fallback: &str) {
    log_panics();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(fallback));
    // a second start, as in tests, keeps the first
    let _started = if std::io::stderr().is_terminal() {
        let lines = fmt().with_env_filter(filter).with_target(false);
        set_global_default(lines.with_writer(std::io::stderr).finish())
    } else {
        set_global_default(json_lines(filter, std::io::stderr))
    };
}

/// Has a panic say where it happened and nothing else: its message may quote what was worked on, as
/// that of a slice cut within a letter does.
pub fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string);
        tracing::error!(at, "panicked");
    }));
}

/// One JSON object a line, with the spans an event happened in.
pub fn json_lines<W>(filter: EnvFilter, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    fmt()
        .with_env_filter(filter)
        .with_target(false)
        .json()
        .with_writer(writer)
        .finish()
}
