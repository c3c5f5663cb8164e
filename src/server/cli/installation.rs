//! What every command works on: the installation's database, embedded or external, and the state
//! built on it.

use super::keys;
use crate::{
    directory::ssr::seed,
    platform::{
        AppState,
        clock::Clock,
        config::Config,
        database::{DATABASE, Db, Embedded, OWNER, demand_plain_role, runs_as_root},
        files::{Cleaner, FileStore},
        http::{admission::Admission, assets::Assets, last_good::LastGood, page_cache::PageCache},
        mail::Mailer,
        vault::demand_no_private_key,
    },
    statistics::ssr::publishing::store,
};
use anyhow::{Context as _, ensure};
use sqlx::{Connection as _, PgConnection, postgres::PgConnectOptions};
use std::sync::Arc;

/// The role for maintenance: the one that the connection signed in as. On an external server the
/// owner may have any name.
pub(super) const LOGIN: &str = "none";

/// A running database.
pub(super) enum Installation {
    /// In the data folder, managed by this program.
    Embedded(Embedded),
    /// The URL of a server that the operator runs.
    External(String),
}

impl Installation {
    /// Opens the external database if one is configured. Else joins the embedded one if another
    /// process runs it, or starts it.
    pub(super) async fn open(config: &Config) -> anyhow::Result<Self> {
        match &config.database_url {
            Some(url) => Ok(Self::External(url.clone())),
            None => Ok(Self::Embedded(
                Embedded::join_or_start(&config.data_dir).await?,
            )),
        }
    }

    /// Connects as the owner of the tables, for migrations and maintenance.
    pub(super) fn owner(&self) -> PgConnectOptions {
        self.options(OWNER)
    }

    /// Connects as `role`. An external URL names the account: that of the owner for maintenance, that
    /// of the process for a process ([`Installation::demand_separation`]).
    pub(super) fn options(&self, role: &str) -> PgConnectOptions {
        match self {
            Self::Embedded(server) => server.options(role, DATABASE),
            // validated when the command began
            Self::External(url) => Db::options(url).unwrap_or_default(),
        }
    }

    /// The URL for a child process.
    pub(super) fn url(&self, role: &str) -> String {
        match self {
            Self::Embedded(server) => server.url(role),
            Self::External(url) => url.clone(),
        }
    }

    /// Applies pending migrations, fills in missing parts of the directory, and brings over what the
    /// first version published, which stays public.
    pub(super) async fn prepare(&self) -> anyhow::Result<()> {
        Db::migrate(&self.owner())
            .await
            .context("the database could not be brought up to date")?;
        let mut connection = PgConnection::connect_with(&self.owner()).await?;
        seed(&mut connection)
            .await
            .context("the directory could not be filled")?;
        let mut tx = connection.begin().await?;
        store::bring_over(&mut tx, Clock::system().now()).await?;
        tx.commit().await?;
        connection.close().await?;
        Ok(())
    }

    /// On the operator's own server: demands that a process which connects as `role` has no more
    /// power than its work needs, and changes nothing.
    pub(super) async fn demand_separation(
        &self,
        config: &Config,
        role: &'static str,
    ) -> anyhow::Result<()> {
        let Self::External(_) = self else {
            return Ok(());
        };
        ensure!(
            !runs_as_root()?,
            "running as root. Run it under a system user of its own; `lang-nghe install` makes them"
        );
        if role == "app_web" {
            demand_no_private_key(config)?;
        }
        demand_plain_role(&self.options(role), role).await
    }

    /// The state of a web or worker process, connected as `app_web`.
    pub(super) async fn state(&self, config: Config) -> anyhow::Result<AppState> {
        let db = Db::connect(self.options("app_web"), "app_web", 24)
            .await
            .context("cannot connect as app_web")?;
        Ok(AppState {
            db,
            vault: Arc::new(keys::load(&config)?),
            files: Arc::new(FileStore::open(&config)?),
            cleaner: Cleaner::default(),
            mail: Mailer::new(config.smtp_url.as_deref())?,
            clock: Clock::system(),
            assets: Arc::new(
                Assets::load(&config.site_root).context("cannot read the built site")?,
            ),
            pages: Arc::new(PageCache::default()),
            admission: Arc::new(Admission::new(&config)),
            last_good: Arc::new(LastGood::default()),
            config: Arc::new(config),
        })
    }

    /// Stops the server if this process started it.
    pub(super) fn stop(self) {
        if let Self::Embedded(server) = self {
            server.stop();
        }
    }
}
