//! Logs and metrics. Neither holds a word a person wrote, a receipt code or an address.

pub mod metrics;

use std::io::IsTerminal as _;
use tracing_subscriber::{EnvFilter, fmt};

/// Starts logging to standard error: lines at a terminal, JSON elsewhere. `RUST_LOG` chooses what; `fallback` where it says nothing.
pub fn start(fallback: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(fallback));
    let lines = fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false);
    // a second start, as in tests, keeps the first
    let _ = if std::io::stderr().is_terminal() {
        lines.try_init()
    } else {
        lines.json().try_init()
    };
}
