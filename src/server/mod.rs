//! Everything that runs on the server only: processes, the web, the vault, the embedded database.

pub mod assets;
pub mod authority;
pub mod cli;
pub mod clock;
pub mod config;
pub mod database;
pub mod demo;
pub mod failure;
pub mod files;
pub mod jobs;
pub mod mail;
pub mod page_cache;
pub mod password;
pub mod plain_forms;
pub mod posted;
pub mod rate_limit;
pub mod render;
pub mod router;
pub mod security;
pub mod session;
pub mod shutdown;
pub mod telemetry;
pub mod vault;

use axum::extract::FromRef;
use std::sync::Arc;

/// What every request may reach for; cheap to clone. Also the Leptos context of every page and server function.
#[derive(Clone, FromRef)]
pub struct AppState {
    /// Where and how this process runs.
    pub config: Arc<config::Config>,
    /// Connections as `app_web`.
    pub db: database::Db,
    /// Seals and opens bodies; seals identities.
    pub vault: Arc<vault::Vault>,
    /// Sealed attachments.
    pub files: Arc<files::FileStore>,
    /// Outgoing mail.
    pub mail: mail::Mailer,
    /// The time of day.
    pub clock: clock::Clock,
    /// Names of the built script, module and stylesheet.
    pub assets: Arc<assets::Assets>,
    /// Rendered and compressed pages that are the same for all.
    pub pages: Arc<page_cache::PageCache>,
}
