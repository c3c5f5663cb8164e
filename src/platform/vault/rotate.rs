//! Renewal of the service and identity keys while the service runs.
//!
//! New versions come first, then every `case_key` row is wrapped again in small transactions. Old
//! versions stay on disk, so that rows not reached yet, rows that a running process still writes
//! under the old key, and old backups all open. A running process reads the folder again when it
//! meets the first row of the new version.

use super::{
    Vault, WrappedKey,
    key_files::{self, Kind},
    keys,
};
use crate::{
    case::CaseId,
    platform::{
        config::Config,
        database::{Db, Scope},
    },
};
use sqlx::{Executor as _, Postgres, Transaction};
use std::{fs, io::ErrorKind};
use uuid::Uuid;

/// Rows in one transaction: few enough that nothing else waits long.
pub(super) const BATCH: i64 = 500;

/// Progress of a rotation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Rows that this run brought under the new key.
    pub done: u64,
    /// Rows that no available key opens; they are left unchanged.
    pub failed: u64,
}

/// Beside the private keys: whoever may write there may read them.
fn marker(config: &Config) -> std::path::PathBuf {
    config.unsealer_keys().join("rotation-under-way")
}

/// Makes the next key versions, or continues with those of an interrupted rotation: `true` if there
/// was one.
///
/// # Errors
/// If a folder may not be written.
pub fn begin_rotation(config: &Config) -> anyhow::Result<bool> {
    let dir = config.keys_dir();
    let marker = marker(config);
    let targets = match fs::read_to_string(&marker) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let service = key_files::versions(&dir, Kind::Service.name(), ".key")?
                .pop()
                .unwrap_or(0)
                + 1;
            let text = format!("{service} {}\n", keys::next_identity(config)?);
            // written before the keys, so that a second run does not make a third version
            key_files::write_new(&marker, text.as_bytes(), 0o600, false)?;
            make(config, &text)?;
            return Ok(false);
        }
        Err(error) => return Err(error.into()),
    };
    make(config, &targets)?;
    Ok(true)
}

fn make(config: &Config, targets: &str) -> anyhow::Result<()> {
    let (dir, private_dir) = (config.keys_dir(), config.unsealer_keys());
    let (service, identity) = targets
        .trim()
        .split_once(' ')
        .ok_or_else(|| anyhow::anyhow!("the file rotation-under-way is damaged"))?;
    let (service, identity): (i16, i16) = (service.parse()?, identity.parse()?);
    if !Kind::Service.path(&dir, service).exists() {
        key_files::create_symmetric(&dir, Kind::Service, service)?;
    }
    if !key_files::public_path(&dir, identity).exists() {
        // a private half without its public half comes from an interrupted run and was never used
        match fs::remove_file(key_files::private_path(&private_dir, identity)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
            _ => key_files::create_identity(&dir, &private_dir, identity)?,
        }
    }
    Ok(())
}

/// Marks the rotation as complete; the next one makes new versions.
///
/// # Errors
/// If the folder may not be written.
pub fn finish_rotation(config: &Config) -> anyhow::Result<()> {
    match fs::remove_file(marker(config)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Wraps again every data key that is under an older service key, and calls `report` after each
/// transaction. Passes repeat until one finds nothing, because a running process may have written
/// under the old key meanwhile.
///
/// # Errors
/// If the database is unreachable, or its login may not take the role `app_web`. Completed
/// transactions stay.
pub async fn rewrap_case_keys(
    db: &Db,
    vault: &Vault,
    mut report: impl FnMut(Progress),
) -> anyhow::Result<Progress> {
    let mut progress = Progress::default();
    loop {
        let (before, mut last) = (progress.done, Some(Uuid::nil()));
        progress.failed = 0;
        while let Some(after) = last {
            last = rewrap_batch(db, vault, after, &mut progress).await?;
            report(progress);
        }
        if progress.done == before {
            return Ok(progress);
        }
    }
}

/// One transaction over the rows after `after`. Returns the last id it looked at, or `None` at the
/// end.
async fn rewrap_batch(
    db: &Db,
    vault: &Vault,
    after: Uuid,
    progress: &mut Progress,
) -> anyhow::Result<Option<Uuid>> {
    let target = vault.service_version();
    let mut tx = as_web(db).await?;
    let rows = sqlx::query!(
        "select case_id, kek_version, wrapped from case_key
        where kek_version < $1 and case_id > $2 order by case_id limit $3 for update",
        target,
        after,
        BATCH
    )
    .fetch_all(&mut *tx)
    .await?;
    let last = rows.last().map(|row| row.case_id);
    let (mut ids, mut wrapped) = (
        Vec::with_capacity(rows.len()),
        Vec::with_capacity(rows.len()),
    );
    for row in rows {
        let case = CaseId(row.case_id.as_u128());
        match vault.unwrap(
            case,
            &WrappedKey {
                kek_version: row.kek_version,
                bytes: row.wrapped,
            },
        ) {
            Ok(key) => {
                ids.push(row.case_id);
                wrapped.push(vault.wrap(case, &key).bytes);
            }
            Err(_) => progress.failed += 1,
        }
    }
    sqlx::query!(
        "update case_key k set kek_version = $1, wrapped = n.wrapped
        from unnest($2::uuid[], $3::bytea[]) as n(case_id, wrapped) where k.case_id = n.case_id",
        target,
        &ids,
        &wrapped
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    progress.done += ids.len() as u64;
    Ok(last)
}

async fn as_web(db: &Db) -> anyhow::Result<Transaction<'static, Postgres>> {
    let mut tx = db
        .begin(Scope::All {
            reader: None,
            denunciations: true,
            original: false,
        })
        .await?;
    tx.execute("set local role app_web").await?;
    Ok(tx)
}
