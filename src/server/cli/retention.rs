//! Erasing: what has been kept long enough, and single cases on request.
//!
//! What an operator erased on request is also written down beside the database, in the file
//! `erased` of the data folder: a backup that is restored brings such a case back, and the next
//! `retention run` erases it again.

use super::installation::{Installation, LOGIN};
use crate::{
    case::CaseNumber,
    error::AppError,
    platform::{clock::Clock, config::Config, database::Db, files::FileStore},
    records::{self, Erasure},
};
use anyhow::{Context as _, bail};
use clap::Subcommand;
use std::{
    fs,
    io::{ErrorKind, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::PathBuf,
};
use uuid::Uuid;

/// What can be done about how long things are kept.
#[derive(Subcommand)]
pub(super) enum RetentionCommand {
    /// Counts what is due to be erased, and erases nothing.
    Preview,
    /// Erases what is due. May be stopped and run again; two at once share the work.
    Run,
    /// Keeps a case from erasure while an inspection, an investigation or a court needs it.
    Hold {
        /// The number of the case, `PA26-…`.
        number: String,
    },
    /// Lets a case that was held go again.
    Release {
        /// The number of the case, `PA26-…`.
        number: String,
    },
}

/// Runs the command as the owner of the tables.
pub(super) async fn run(command: RetentionCommand, config: &Config) -> anyhow::Result<()> {
    let installation = Installation::open(config).await?;
    installation.prepare().await?;
    let db = Db::connect(installation.owner(), LOGIN, 2).await?;
    let ended = match command {
        RetentionCommand::Preview => preview(&db).await,
        RetentionCommand::Run => apply(&db, config).await,
        RetentionCommand::Hold { number } => hold(&db, &number, true).await,
        RetentionCommand::Release { number } => hold(&db, &number, false).await,
    };
    db.pool().close().await;
    installation.stop();
    ended
}

/// Erases one case, after a question unless `yes`.
pub(super) async fn erase(number: &str, yes: bool, config: &Config) -> anyhow::Result<()> {
    let number = parse(number)?;
    if !yes && !confirmed(&number)? {
        bail!("nothing was erased");
    }
    let installation = Installation::open(config).await?;
    installation.prepare().await?;
    let db = Db::connect(installation.owner(), LOGIN, 2).await?;
    let ended = erase_one(&db, config, &number).await;
    db.pool().close().await;
    installation.stop();
    ended
}

async fn erase_one(db: &Db, config: &Config, number: &CaseNumber) -> anyhow::Result<()> {
    let files = FileStore::open(config)?;
    let note = |case| note_erased(config, case).map_err(|_| AppError::Internal);
    let erased = records::erase_case(db, &files, number, note).await;
    match erased {
        Ok(Erasure::Done(count)) => println!(
            "{number} is erased: its key, its texts, its identity and {count} files. A backup \
             made before still holds them; it has to go within its own time."
        ),
        Ok(Erasure::Before) => println!("{number} was erased before."),
        Ok(Erasure::Held) => bail!("{number} is held; `retention release {number}` lets it go"),
        Err(AppError::NotFound) => bail!("there is no case {number}"),
        Err(error) => bail!("{number} could not be erased: {error}"),
    }
    Ok(())
}

async fn preview(db: &Db) -> anyhow::Result<()> {
    let due = records::retention_due(db).await?;
    let (cases, identities) = (due.cases, due.identities);
    println!("Due now: {cases} whole cases, and {identities} names with their contact.");
    Ok(())
}

async fn apply(db: &Db, config: &Config) -> anyhow::Result<()> {
    let files = FileStore::open(config)?;
    let again = records::erase_again(db, &files, &erased_on_request(config)?).await?;
    if again > 0 {
        println!("{again} cases came back with a restored backup and were erased again.");
    }
    let due = records::retention_due(db).await?;
    let of = due.cases + due.identities;
    let erased = records::apply_retention(db, &files, |so_far| {
        let done = so_far.cases + so_far.identities;
        println!("{done} of {of}");
    })
    .await?;
    let (cases, identities) = (erased.cases, erased.identities);
    println!("Erased: {cases} whole cases, and {identities} names with their contact.");
    Ok(())
}

async fn hold(db: &Db, number: &str, held: bool) -> anyhow::Result<()> {
    let number = parse(number)?;
    let since = held.then(|| Clock::system().today());
    if !records::hold_case(db, &number, since).await? {
        bail!("there is no case {number}");
    }
    match held {
        true => println!("{number} is held: nothing of it is erased until it is released."),
        false => println!("{number} is held no more."),
    }
    Ok(())
}

fn parse(number: &str) -> anyhow::Result<CaseNumber> {
    CaseNumber::parse(number).with_context(|| format!("{number} is no number of a case"))
}

fn confirmed(number: &CaseNumber) -> anyhow::Result<bool> {
    print!("Erase {number} for good? Nobody can bring it back. Type its number: ");
    std::io::stdout().flush()?;
    let mut typed = String::new();
    std::io::stdin().read_line(&mut typed)?;
    Ok(CaseNumber::parse(typed.trim()).is_some_and(|typed| typed.as_str() == number.as_str()))
}

fn ledger(config: &Config) -> PathBuf {
    config.data_dir.join("erased")
}

/// Written before the erasure is final, so that it cannot be forgotten.
fn note_erased(config: &Config, case: Uuid) -> std::io::Result<()> {
    let mut file = fs::OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        // the folder is the web's: what it put there in place of the file is not followed
        .custom_flags(rustix::fs::OFlags::NOFOLLOW.bits() as i32)
        .open(ledger(config))?;
    writeln!(file, "{case}")?;
    file.sync_all()
}

fn erased_on_request(config: &Config) -> anyhow::Result<Vec<Uuid>> {
    match fs::read_to_string(ledger(config)) {
        Ok(text) => Ok(text.lines().filter_map(|line| line.parse().ok()).collect()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error).context("the file `erased` of the data folder cannot be read"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser as _;

    #[derive(clap::Parser)]
    struct Cli {
        #[command(flatten)]
        config: Config,
    }

    #[test]
    fn what_was_erased_on_request_is_remembered_beside_the_database() {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Cli::parse_from(["lang-nghe"]).config;
        config.data_dir = folder.path().to_owned();
        assert!(erased_on_request(&config).unwrap().is_empty());
        let cases = [Uuid::from_u128(7), Uuid::from_u128(8)];
        for case in cases {
            note_erased(&config, case).unwrap();
        }
        assert_eq!(erased_on_request(&config).unwrap(), cases);
    }
}
