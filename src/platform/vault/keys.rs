//! `lang-nghe keys …`: makes, renews, deposits and checks the keys.

pub use super::check::{Finding, check};
pub use super::escrow::{restore, write_escrow};
pub use super::fingerprints::{Holder, demand, settle};
pub use super::rotate::{Progress, begin_rotation, finish_rotation, rewrap_case_keys};
use super::{
    Vault, escrow,
    key_files::{self, Kind},
    unsealer,
};
use crate::platform::{config::Config, database::Db};
use anyhow::{Context as _, ensure};
use clap::Subcommand;
use std::path::{Path, PathBuf};

/// What can be done with the keys.
#[derive(Clone, Debug, Subcommand)]
pub enum KeyCommand {
    /// Makes the first keys; keys that exist stay.
    Init,
    /// Makes new versions and wraps the key of every case again; may be interrupted and run again.
    Rotate,
    /// Seals identities again to the new key, if `rotate` could not read the private ones.
    Reseal,
    /// Writes every key into one file, sealed under a passphrase, to be kept in a safe.
    Escrow {
        /// The file to write.
        out: PathBuf,
    },
    /// Writes the keys of a deposit back; a key that exists is never replaced.
    Restore {
        /// The deposit.
        from: PathBuf,
    },
    /// Tries every version of every key, and looks at who may read the files.
    Check,
}

/// Makes the missing keys of the first set; `true` if any was missing.
///
/// # Errors
/// If the folder may not be written.
pub fn init(config: &Config) -> anyhow::Result<bool> {
    let dir = config.keys_dir();
    key_files::create_dir(&dir)?;
    let private_dir = config.unsealer_keys();
    key_files::create_dir(&private_dir)?;
    let mut made = false;
    for kind in Kind::ALL {
        if key_files::versions(&dir, kind.name(), ".key")?.is_empty() {
            key_files::create_symmetric(&dir, kind, 1)?;
            made = true;
        }
    }
    if key_files::versions(&dir, "identity", ".pub")?.is_empty() {
        key_files::create_identity(&dir, &private_dir, next_identity(config)?)?;
        made = true;
    }
    Ok(made)
}

/// The version after the last one of which either half exists.
pub(super) fn next_identity(config: &Config) -> anyhow::Result<i16> {
    let last = |dir: &Path, suffix| {
        anyhow::Ok(
            key_files::versions(dir, "identity", suffix)?
                .pop()
                .unwrap_or(0),
        )
    };
    let public = last(&config.keys_dir(), ".pub")?;
    Ok(public.max(last(&config.unsealer_keys(), ".key")?) + 1)
}

/// Runs one command and reports to the terminal.
///
/// `Init`, `Rotate` and `Reseal` need `db`; its login must own the tables and be entitled to take
/// the roles `app_web` and `app_unseal` (`set local role`), whatever role its connections start
/// with.
///
/// # Errors
/// What failed and what to do. Every command may be run again.
pub async fn run(command: KeyCommand, config: &Config, db: Option<Db>) -> anyhow::Result<()> {
    let db = db.context("this command needs the database");
    match command {
        KeyCommand::Init => run_init(config, &db?).await,
        KeyCommand::Rotate => run_rotate(config, &db?).await,
        KeyCommand::Reseal => run_reseal(config, &db?).await,
        KeyCommand::Escrow { out } => escrow::run(config, &out),
        KeyCommand::Restore { from } => escrow::run_restore(config, &from),
        KeyCommand::Check => run_check(config),
    }
}

async fn run_init(config: &Config, db: &Db) -> anyhow::Result<()> {
    let dir = config.keys_dir();
    if settle(db, config).await? {
        println!("The keys are in {}.", dir.display());
        println!(
            "Next: `lang-nghe keys escrow FILE`; keep the file and its passphrase in two places. \
             Without the keys every case is lost."
        );
    } else {
        println!("The keys in {} are those of the database.", dir.display());
    }
    Ok(())
}

async fn run_rotate(config: &Config, db: &Db) -> anyhow::Result<()> {
    settle(db, config).await?;
    let resumed = begin_rotation(config)?;
    // noted before anything is sealed under them
    settle(db, config).await?;
    println!(
        "{}",
        if resumed {
            "Going on with the rotation that was interrupted."
        } else {
            "New versions of the keys are made."
        }
    );
    let vault = Vault::load(config)?;
    let progress = rewrap_case_keys(db, &vault, |now| {
        eprint!("\r{} keys of cases wrapped again…", now.done)
    })
    .await?;
    eprintln!();
    println!(
        "Keys of cases: {} wrapped again, {} do not open.",
        progress.done, progress.failed
    );
    ensure!(
        progress.failed == 0,
        "some keys of cases do not open; keep all old keys, bring back the missing one, and run \
         this again"
    );
    if std::fs::read_dir(config.unsealer_keys()).is_ok() {
        run_reseal(config, db).await?;
    } else {
        println!("Identities: run `lang-nghe keys reseal` where the private keys can be read.");
    }
    finish_rotation(config)?;
    println!(
        "Done. Old keys stay, for old backups; run `lang-nghe keys escrow` once more and lock it \
         away."
    );
    Ok(())
}

async fn run_reseal(config: &Config, db: &Db) -> anyhow::Result<()> {
    let progress = unsealer::reseal(config, db, |now| {
        eprint!("\r{} identities sealed again…", now.done)
    })
    .await?;
    eprintln!();
    println!(
        "Identities: {} sealed again, {} do not open.",
        progress.done, progress.failed
    );
    ensure!(
        progress.failed == 0,
        "some identities do not open; keep all old keys"
    );
    Ok(())
}

fn run_check(config: &Config) -> anyhow::Result<()> {
    let findings = check(config)?;
    for finding in &findings {
        match &finding.fault {
            None => println!("good      {}", finding.what),
            Some(fault) => println!("BROKEN    {}: {fault}", finding.what),
        }
    }
    let faults = findings
        .iter()
        .filter(|finding| finding.fault.is_some())
        .count();
    ensure!(faults == 0, "{faults} keys need care");
    Ok(())
}
