//! What the slices build on, on the server only: database, vault, files, mail, jobs and tools for
//! the web. It knows no slice.
#![warn(unreachable_pub)]

pub mod clock;
pub mod config;
pub mod database;
pub mod files;
pub mod http;
pub mod jobs;
pub mod mail;
pub mod password;
pub mod qr;
pub mod shutdown;
mod state;
pub mod telemetry;
pub mod terminal;
pub mod vault;

pub use state::AppState;
