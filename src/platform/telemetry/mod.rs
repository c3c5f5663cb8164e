//! Logs and metrics. Neither contains text that a person wrote, a receipt code or an address.

pub mod metrics;

use std::io::IsTerminal as _;
use tracing_subscriber::{EnvFilter, fmt};

/// Starts logging to standard error: lines at a terminal, JSON elsewhere. `RUST_LOG` filters;
/// without it, `fallback` does.
pub fn start(fallback: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(fallback));
    let lines = fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false);
    // fails if logging has started already, as in tests: the first one stays
    let _ = if std::io::stderr().is_terminal() {
        lines.try_init()
    } else {
        lines.json().try_init()
    };
}
