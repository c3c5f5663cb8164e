//! `serve`: starts everything that the site needs, and listens.

use super::{
    installation::{Installation, LOGIN},
    keys,
    unsealer::keep_running,
};
use crate::{
    platform::{
        AppState,
        clock::Clock,
        config::Config,
        database::{Db, Embedded, Lifetime},
        shutdown::{GRACE, Shutdown},
        telemetry::metrics,
    },
    server::{demo, listener, router, worker},
};
use anyhow::Context as _;
use clap::{ArgAction, builder::BoolishValueParser};
use std::sync::Arc;
use tokio::{net::TcpListener, task::JoinSet, time::timeout};

/// How the site is served.
#[derive(clap::Args)]
pub(super) struct Options {
    /// Whether the first start on the embedded database makes believable demo data and people: `on`
    /// or `off`.
    #[arg(
        long,
        env = "LANG_NGHE_DEMO",
        default_value = "on",
        value_parser = BoolishValueParser::new(),
        action = ArgAction::Set,
        value_name = "SWITCH"
    )]
    demo: bool,
}

/// Serves until the process is asked to stop.
pub(super) async fn run(options: &Options, config: Config) -> anyhow::Result<()> {
    let shutdown = Shutdown::on_signals()?;
    // bound first: a second start should not wait for a database only to find the address taken
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("cannot listen on {}", config.listen))?;
    let installation = open(&config).await?;
    let ended = serve(&installation, options, config, listener, shutdown).await;
    installation.stop();
    ended
}

async fn open(config: &Config) -> anyhow::Result<Installation> {
    if let Some(url) = &config.database_url {
        println!("Using the database server of DATABASE_URL.");
        return Ok(Installation::External(url.clone()));
    }
    println!(
        "Starting the embedded PostgreSQL in {}.",
        config.data_dir.display()
    );
    Ok(Installation::Embedded(
        Embedded::start(&config.data_dir, Lifetime::Durable).await?,
    ))
}

async fn serve(
    installation: &Installation,
    options: &Options,
    config: Config,
    listener: TcpListener,
    shutdown: Shutdown,
) -> anyhow::Result<()> {
    installation.prepare().await?;
    let first_start = keys::ensure(&config)?;
    let state = installation.state(config.clone()).await?;
    let mut tasks = JoinSet::new();
    if let Installation::Embedded(_) = installation {
        tasks.spawn(keep_running(
            config.clone(),
            installation.url("app_unseal"),
            shutdown.clone(),
        ));
        seed_demo(installation, &state, first_start && options.demo).await?;
    }
    tasks.spawn(worker::run(state.clone(), shutdown.clone()));
    if let Some(address) = config.metrics_listen {
        let (db, shutdown) = (state.db.clone(), shutdown.clone());
        tasks.spawn(async move {
            if let Err(error) = metrics::serve(address, db, shutdown).await {
                tracing::error!(%error, "the metrics listener failed");
            }
        });
    }
    println!(
        "\nLắng Nghe is ready: {}\nSign in for staff: {}/quan-tri\nStop with Ctrl-C.",
        config.public_url, config.public_url
    );
    listen(listener, state, &shutdown).await?;
    // the worker, the unsealer and the metrics stop on the same signal
    let _ = timeout(GRACE, async { while tasks.join_next().await.is_some() {} }).await;
    println!("Stopped.");
    Ok(())
}

/// Fills a new installation with demo cases and staff on its first start.
async fn seed_demo(
    installation: &Installation,
    state: &AppState,
    first_start: bool,
) -> anyhow::Result<()> {
    let owner = Db::connect(installation.owner(), LOGIN, 2).await?;
    if first_start && demo::is_empty(&owner).await? {
        println!("First start: making believable demo data.");
        demo::start(&owner, &Arc::clone(&state.vault), &Clock::system())
            .await?
            .print();
    }
    owner.pool().close().await;
    Ok(())
}

/// Serves until the shutdown begins, then lets running requests finish.
async fn listen(listener: TcpListener, state: AppState, shutdown: &Shutdown) -> anyhow::Result<()> {
    let (config, until) = (Arc::clone(&state.config), shutdown.clone());
    let server = tokio::spawn(async move {
        listener::serve(listener, router::build(state), &config, &until).await;
    });
    shutdown.wait().await;
    println!("\nStopping: requests under way may end.");
    match timeout(GRACE, server).await {
        Ok(ended) => ended?,
        Err(_) => tracing::warn!("some requests did not end in time"),
    }
    Ok(())
}
