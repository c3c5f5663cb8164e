//! Renewal of the identity key: opens every identity and seals it again to the newest public key.
//! It runs as the unsealer's user because it needs the private keys; the plain text never leaves
//! the process.

use crate::{
    case::CaseId,
    platform::{
        config::Config,
        database::Db,
        vault::{
            IdentityPrivateKey, IdentityPublicKey, SealedIdentity, key_files, keys::Progress,
            rotate::BATCH,
        },
    },
};
use anyhow::Context as _;
use sqlx::Executor as _;
use std::{collections::BTreeMap, path::Path};
use uuid::Uuid;

/// Seals again every identity that is under an older key, and calls `report` after each
/// transaction. It may be interrupted and run again. The login of `db` must be entitled to take the
/// role `app_unseal`.
///
/// # Errors
/// If the database is unreachable, a key cannot be read, or a public key lies there whose private half does not.
/// Completed transactions stay.
pub async fn reseal(
    config: &Config,
    db: &Db,
    mut report: impl FnMut(Progress),
) -> anyhow::Result<Progress> {
    key_files::demand_pairs(config)?;
    let private = read_private(&config.unsealer_keys())?;
    // what lies in the folder of the web is the web's word; the newest key is the one held here
    let (_, newest) = private
        .last_key_value()
        .context("the private key identity-v*.key is missing")?;
    let target = newest.public();
    let mut progress = Progress::default();
    loop {
        let (before, mut last) = (progress.done, Some(Uuid::nil()));
        progress.failed = 0;
        while let Some(after) = last {
            last = batch(db, &private, &target, after, &mut progress).await?;
            report(progress);
        }
        if progress.done == before {
            return Ok(progress);
        }
    }
}

fn read_private(dir: &Path) -> anyhow::Result<BTreeMap<i16, IdentityPrivateKey>> {
    let versions = key_files::versions(dir, "identity", ".key")?;
    versions
        .into_iter()
        .map(|version| Ok((version, key_files::read_private(dir, version)?)))
        .collect()
}

/// One transaction over the rows after `after`. Returns the last id it looked at, or `None` at the
/// end.
async fn batch(
    db: &Db,
    private: &BTreeMap<i16, IdentityPrivateKey>,
    target: &IdentityPublicKey,
    after: Uuid,
    progress: &mut Progress,
) -> anyhow::Result<Option<Uuid>> {
    let mut tx = db.pool().begin().await?;
    tx.execute("set local role app_unseal").await?;
    let rows = sqlx::query!(
        "select case_id, key_version, sealed from case_identity
        where key_version < $1 and case_id > $2 order by case_id limit $3 for update",
        target.version(),
        after,
        BATCH
    )
    .fetch_all(&mut *tx)
    .await?;
    let last = rows.last().map(|row| row.case_id);
    let (mut ids, mut sealed) = (
        Vec::with_capacity(rows.len()),
        Vec::with_capacity(rows.len()),
    );
    for row in rows {
        let case = CaseId(row.case_id.as_u128());
        let old = SealedIdentity {
            key_version: row.key_version,
            bytes: row.sealed,
        };
        match private
            .get(&row.key_version)
            .map(|key| key.open(case, &old))
        {
            Some(Ok(identity)) => {
                ids.push(row.case_id);
                sealed.push(target.seal(case, &identity).bytes);
            }
            _ => progress.failed += 1,
        }
    }
    sqlx::query!(
        "update case_identity i set key_version = $1, sealed = n.sealed
        from unnest($2::uuid[], $3::bytea[]) as n(case_id, sealed) where i.case_id = n.case_id",
        target.version(),
        &ids,
        &sealed
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    progress.done += ids.len() as u64;
    Ok(last)
}
