//! What the slices stand on, on the server only: database, vault, files, mail, jobs, the web's small tools. Knows no slice.

pub mod clock;
pub mod config;
pub mod database;
pub mod files;
pub mod http;
pub mod jobs;
pub mod mail;
pub mod shutdown;
mod state;
pub mod telemetry;
pub mod vault;

pub use state::AppState;
