//! The shared state of requests.

use super::{
    clock, config, database, files,
    http::{admission, assets, last_good, page_cache},
    mail, vault,
};
use axum::extract::FromRef;
use std::sync::Arc;

/// The shared state of requests, cheap to clone; also in the Leptos context of every page and
/// server function.
#[derive(Clone, FromRef)]
pub struct AppState {
    /// The settings of this process.
    pub config: Arc<config::Config>,
    /// Connections as `app_web`.
    pub db: database::Db,
    /// Seals and opens bodies; seals identities.
    pub vault: Arc<vault::Vault>,
    /// Sealed attachments.
    pub files: Arc<files::FileStore>,
    /// Cleans files before they are kept.
    pub cleaner: files::Cleaner,
    /// Outgoing mail.
    pub mail: mail::Mailer,
    /// The time of day.
    pub clock: clock::Clock,
    /// Names of the built script, module and stylesheet.
    pub assets: Arc<assets::Assets>,
    /// Rendered and compressed pages that are the same for all.
    pub pages: Arc<page_cache::PageCache>,
    /// The forms that are being received.
    pub admission: Arc<admission::Admission>,
    /// Values that public pages fall back on while the database is unreachable.
    pub last_good: Arc<last_good::LastGood>,
}
