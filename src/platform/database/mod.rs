//! Connections to PostgreSQL, each kind of process under its own role.

mod binaries;
mod embedded;
mod process;
mod scope;
mod self_test;
mod types;

pub use embedded::{DATABASE, Embedded, LONGEST_SOCKET_FOLDER, OWNER, short_socket_folder};
pub use process::Lifetime;
pub use scope::{Reader, Scope, Sight, restrict_to_case};
pub use self_test::{demand_plain_role, own_uid, runs_as_root};

use crate::error::AppError;
use sqlx::{
    Connection as _, Executor as _, PgPool, Postgres, Transaction,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{str::FromStr as _, time::Duration};

/// The founding schema and every change since.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// A connection that was idle longer may have died meanwhile.
const IDLE: Duration = Duration::from_millis(500);

/// A pool of connections under one role.
#[derive(Clone, Debug)]
pub struct Db(PgPool);

impl Db {
    /// Connects `options` as `role` with at most `size` connections.
    ///
    /// # Errors
    /// If the server cannot be reached or the role cannot be taken.
    pub async fn connect(
        options: PgConnectOptions,
        role: &'static str,
        size: u32,
    ) -> Result<Self, sqlx::Error> {
        let pool = PgPoolOptions::new()
            .max_connections(size)
            .acquire_timeout(Duration::from_secs(3))
            // connections are tested when they come back, and again on the way out only after being
            // idle
            .test_before_acquire(false)
            .before_acquire(|connection, meta| {
                Box::pin(async move {
                    if meta.idle_for > IDLE {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    // `role` is a constant of the code, never input
                    connection
                        .execute(sqlx::AssertSqlSafe(format!(
                            "set role {role}; set time zone 'UTC'"
                        )))
                        .await
                        .map(drop)
                })
            })
            .connect_with(options)
            .await?;
        Ok(Self(pool))
    }

    /// Connection options from a `DATABASE_URL`.
    ///
    /// # Errors
    /// If the URL is malformed.
    pub fn options(url: &str) -> Result<PgConnectOptions, sqlx::Error> {
        PgConnectOptions::from_str(url)
    }

    /// For statements on tables without row security.
    pub fn pool(&self) -> &PgPool {
        &self.0
    }

    /// Begins a transaction that sees only what `scope` allows.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    pub async fn begin(&self, scope: Scope) -> Result<Transaction<'static, Postgres>, AppError> {
        let mut tx = self.0.begin().await?;
        scope.apply(&mut tx).await?;
        Ok(tx)
    }

    /// Applies the pending migrations over an owner's connection.
    ///
    /// # Errors
    /// If a migration fails; those before it stay applied.
    pub async fn migrate(options: &PgConnectOptions) -> anyhow::Result<()> {
        let mut connection = sqlx::PgConnection::connect_with(options).await?;
        MIGRATOR.run(&mut connection).await?;
        connection.close().await?;
        Ok(())
    }
}
