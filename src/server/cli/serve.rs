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
        database::{Db, Embedded, Lifetime, runs_as_root},
        shutdown::{GRACE, Shutdown},
        telemetry::metrics,
    },
    server::{
        demo::{self, DemoCredentials},
        listener, router, worker,
    },
};
use anyhow::Context as _;
use clap::{ArgAction, builder::BoolishValueParser};
use std::{io::IsTerminal as _, sync::Arc};
use tokio::{net::TcpListener, task::JoinSet, time::timeout};

/// How the site is served.
#[derive(clap::Args)]
pub(super) struct Options {
    /// Whether an empty embedded database gets believable demo data and people: `on` or `off`.
    #[arg(
        long,
        env = "LANG_NGHE_DEMO",
        default_value = "off",
        value_parser = BoolishValueParser::new(),
        action = ArgAction::Set,
        value_name = "SWITCH"
    )]
    demo: bool,
    #[command(flatten)]
    show: ShowPasswords,
}

/// Whether passwords are printed elsewhere than at a terminal.
#[derive(clap::Args)]
pub(super) struct ShowPasswords {
    /// Print the passwords of demo people even if this is no terminal, where a log may keep them:
    /// `on` or `off`.
    #[arg(
        long,
        env = "LANG_NGHE_SHOW_PASSWORDS",
        default_value = "off",
        value_parser = BoolishValueParser::new(),
        action = ArgAction::Set,
        value_name = "SWITCH"
    )]
    show_passwords: bool,
}

impl ShowPasswords {
    /// Prints the demo's sign-ins and codes, or where to get them.
    pub(super) fn print(&self, credentials: &DemoCredentials) {
        if self.show_passwords || std::io::stdout().is_terminal() {
            credentials.print();
        } else {
            println!(
                "The passwords of the demo people are printed at a terminal only; `lang-nghe admin \
                 reset NAME` prints a link and a code for a new one."
            );
        }
    }
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
    match installation {
        Installation::Embedded(_) => {
            say_what_is_not_separate()?;
            installation.prepare().await?;
        }
        Installation::External(_) => installation.demand_separation(&config, "app_web").await?,
    }
    if keys::ensure(installation, &config).await? {
        println!("First start: the keys are made. Deposit them: `lang-nghe keys escrow FILE`.");
    }
    let state = installation.state(config.clone()).await?;
    let mut tasks = JoinSet::new();
    if let Installation::Embedded(_) = installation {
        tasks.spawn(keep_running(
            config.clone(),
            installation.url("app_unseal"),
            shutdown.clone(),
        ));
        if options.demo {
            seed_demo(installation, &state, &options.show).await?;
        }
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

/// The embedded default is one user on one machine. Who relies on it must know what that means.
fn say_what_is_not_separate() -> anyhow::Result<()> {
    println!(
        "One machine, one user: whoever acts as this user reads the whole database and every key, \
         the private identity key too. For service, split the processes (docs/operations.md)."
    );
    if runs_as_root()? {
        println!("Running as root: only PostgreSQL runs under another user. For trying out alone.");
    }
    Ok(())
}

/// Fills an empty installation with demo cases and staff.
async fn seed_demo(
    installation: &Installation,
    state: &AppState,
    show: &ShowPasswords,
) -> anyhow::Result<()> {
    let owner = Db::connect(installation.owner(), LOGIN, 2).await?;
    if demo::is_empty(&owner).await? {
        println!("Making believable demo data.");
        show.print(&demo::start(&owner, &Arc::clone(&state.vault), &Clock::system()).await?);
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
