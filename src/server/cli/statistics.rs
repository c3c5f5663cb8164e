//! The figures for the public from the terminal: drafted, audited, published, and written out as the
//! public gets them. Whoever acts types their own password; rights are those of the site.

use super::installation::{Installation, LOGIN};
use crate::{
    accounts::ssr::{authority::Authority, terminal},
    directory,
    error::AppError,
    platform::{
        clock::Clock, config::Config, database::Db, password::Password, terminal::secret_line,
    },
    rights::Permission,
    statistics::{
        month::Month,
        ssr::publishing::{
            export::export,
            steps::{self, By},
            written::hex,
        },
    },
};
use anyhow::{Context as _, bail, ensure};
use clap::Subcommand;
use std::path::PathBuf;
use time::OffsetDateTime;

/// What can be done with the figures for the public.
#[derive(Subcommand)]
pub(super) enum StatisticsCommand {
    /// Counts the months that are over and drafts what may be told of them.
    Build {
        /// Demands the draft that tells of this month, `2026-11`.
        #[arg(long, value_name = "YYYY-MM")]
        month: Option<String>,
        /// The name by which the author signs in; asks for their password.
        #[arg(long, value_name = "USERNAME")]
        by: String,
    },
    /// Audits every draft with all that is out; drops one that would betray something.
    Audit {
        /// The name by which whoever answers for the drafts signs in; asks for their password.
        #[arg(long, value_name = "USERNAME")]
        by: String,
    },
    /// Publishes an audited draft of somebody else.
    Publish {
        /// The code of the release, `2026-11`.
        release: String,
        /// The name by which the approver signs in; asks for their password.
        #[arg(long, value_name = "USERNAME")]
        by: String,
    },
    /// Says how many officials a unit has: one of fewer than five is never published by itself.
    Officials {
        /// The code of the unit, `cn-o-mon`.
        unit: String,
        /// How many.
        #[arg(value_parser = clap::value_parser!(i16).range(0..))]
        officials: i16,
    },
    /// Writes every release exactly as the public gets it, JSON and CSV, with its schema.
    Export {
        /// The folder to write into; made if it is missing.
        #[arg(long)]
        dir: PathBuf,
    },
}

/// Runs the command as the owner of the tables.
pub(super) async fn run(command: StatisticsCommand, config: &Config) -> anyhow::Result<()> {
    let installation = Installation::open(config).await?;
    installation.prepare().await?;
    let db = Db::connect(installation.owner(), LOGIN, 2).await?;
    let done = perform(command, &db).await;
    db.pool().close().await;
    installation.stop();
    done
}

async fn perform(command: StatisticsCommand, db: &Db) -> anyhow::Result<()> {
    let now = Clock::system().now();
    match command {
        StatisticsCommand::Build { month, by } => {
            let author = authority(db, &by, Permission::DraftFigures, now).await?;
            build(db, month.as_deref(), By::Staff(&author), now).await
        }
        StatisticsCommand::Audit { by } => {
            let author = authority(db, &by, Permission::DraftFigures, now).await?;
            audit(db, By::Staff(&author), now).await
        }
        StatisticsCommand::Publish { release, by } => {
            let approver = authority(db, &by, Permission::ApproveFigures, now).await?;
            let out = steps::publish(db, &approver, &release, now)
                .await
                .map_err(told)?;
            println!("{} is published.  SHA-256 {}", release, hex(&out.sha256));
            Ok(())
        }
        StatisticsCommand::Officials { unit, officials } => {
            let mut owner = db.pool().acquire().await?;
            let known = directory::ssr::set_officials(&mut owner, &unit, officials).await?;
            ensure!(known, "there is no unit {unit}");
            println!("{unit} has {officials} officials, from the next month that is counted.");
            Ok(())
        }
        StatisticsCommand::Export { dir } => {
            let releases = steps::published(db).await?;
            export(&dir, &releases)?;
            println!("{} releases are in {}.", releases.len(), dir.display());
            Ok(())
        }
    }
}

async fn authority(
    db: &Db,
    username: &str,
    permission: Permission,
    now: OffsetDateTime,
) -> anyhow::Result<Authority> {
    let typed = secret_line(&format!("Password of {username} (not shown)"))?;
    let staff = terminal::present(db, username, &Password::new(&typed), now).await?;
    Authority::of(staff, permission).map_err(told)
}

async fn build(
    db: &Db,
    month: Option<&str>,
    by: By<'_>,
    now: OffsetDateTime,
) -> anyhow::Result<()> {
    if let Some(month) = month {
        let month = Month::parse(month).with_context(|| format!("{month} is no month"))?;
        let release = steps::build_month(db, by, month, now).await.map_err(told)?;
        let (code, state) = (&release.document.code, release.state.label());
        println!("{code}: {state}.  SHA-256 {}", hex(&release.sha256));
        return Ok(());
    }
    let built = steps::build(db, by, now).await.map_err(told)?;
    match built.is_empty() {
        true => println!("There is nothing new to draft."),
        false => println!("Drafted: {}.", built.join(", ")),
    }
    Ok(())
}

async fn audit(db: &Db, by: By<'_>, now: OffsetDateTime) -> anyhow::Result<()> {
    let offences = steps::audit(db, by, now).await.map_err(told)?;
    for offence in &offences {
        eprintln!("{}: {}", offence.cell, offence.why.label());
    }
    if !offences.is_empty() {
        bail!(
            "{} cells may not be published; the draft was dropped",
            offences.len()
        );
    }
    println!("Every draft may be published once a second person approves it.");
    Ok(())
}

/// What was refused, for the terminal.
fn told(error: AppError) -> anyhow::Error {
    match &error {
        AppError::Invalid(fields) => {
            let messages: Vec<_> = fields.all().iter().map(|(_, said)| said.as_str()).collect();
            anyhow::anyhow!(messages.join(" "))
        }
        other => anyhow::anyhow!(other.message()),
    }
}
