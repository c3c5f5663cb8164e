//! Which keys belong to a database. The owner notes a fingerprint of each version in it; a process
//! whose keys are missing, older or others does not start, because what it sealed under them could
//! never be read together with the rest.

use super::{
    Vault, WrappedKey,
    key_files::{self, Kind},
    keyring::hmac_for,
    keys,
};
use crate::{
    case::CaseId,
    platform::{clock::Clock, config::Config, database::Db},
};
use anyhow::{bail, ensure};
use sha2::{Digest as _, Sha256};
use sqlx::{Executor as _, PgConnection};
use std::collections::BTreeMap;

/// The kind of the identity keys, of which the web has the public and the unsealer the private half.
const IDENTITY: &str = "identity";

/// The process whose keys are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The web or the worker.
    Web,
    /// The unsealer.
    Unsealer,
}

/// Fingerprints by kind and version.
type Fingerprints = BTreeMap<(String, i16), Vec<u8>>;

/// Demands that the keys of a process are those of the database, before it seals or opens anything.
///
/// # Errors
/// What differs and what to do.
pub async fn demand(db: &Db, config: &Config, holder: Holder) -> anyhow::Result<()> {
    let noted = noted(&mut *db.pool().acquire().await?).await?;
    ensure!(
        !noted.is_empty(),
        "this database knows no keys yet; run `lang-nghe keys init` as its owner"
    );
    compare(&noted, config, holder)
}

/// Brings keys and database together, as the database's owner: makes the first keys for an empty
/// database, notes those of a database from before fingerprints if they open it, notes new versions.
/// Returns whether keys were made.
///
/// # Errors
/// If the database belongs to keys that are not here. Then nothing was changed.
pub async fn settle(db: &Db, config: &Config) -> anyhow::Result<bool> {
    let mut tx = db.pool().begin().await?;
    // whatever role the connection took, only its login owns the table
    tx.execute("set local role none").await?;
    let noted = noted(&mut tx).await?;
    let made = if !noted.is_empty() {
        compare(&noted, config, Holder::Web)?;
        false
    } else if holds_sealed(&mut tx).await? {
        demand_that_they_open(&mut tx, config).await?;
        false
    } else {
        keys::init(config)?
    };
    let is_new = |key: &(String, i16)| key.0 == IDENTITY && !noted.contains_key(key);
    if held(config, Holder::Web)?.keys().any(is_new) {
        key_files::demand_pairs(config)?;
    }
    note(&mut tx, config).await?;
    tx.commit().await?;
    Ok(made)
}

async fn noted(connection: &mut PgConnection) -> anyhow::Result<Fingerprints> {
    let rows = sqlx::query!("select kind, version, fingerprint from key_fingerprint")
        .fetch_all(connection)
        .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|row| ((row.kind, row.version), row.fingerprint))
        .collect())
}

async fn note(connection: &mut PgConnection, config: &Config) -> anyhow::Result<()> {
    for ((kind, version), fingerprint) in held(config, Holder::Web)? {
        sqlx::query!(
            "insert into key_fingerprint (kind, version, fingerprint, noted_at)
            values ($1, $2, $3, $4) on conflict (kind, version) do nothing",
            kind,
            version,
            fingerprint,
            Clock::system().now()
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

fn compare(noted: &Fingerprints, config: &Config, holder: Holder) -> anyhow::Result<()> {
    let held = held(config, holder)?;
    let dir = match holder {
        Holder::Web => config.keys_dir(),
        Holder::Unsealer => config.unsealer_keys(),
    };
    let of_holder = |kind: &str| holder == Holder::Web || kind == IDENTITY;
    for ((kind, version), fingerprint) in noted.iter().filter(|((kind, _), _)| of_holder(kind)) {
        let name = format!("{kind}-v{version}");
        match held.get(&(kind.clone(), *version)) {
            Some(of_file) if of_file == fingerprint => {}
            Some(_) => bail!(
                "{name} in {} is not the key of this database. Use the database these keys belong \
                 to, or bring back its own with `lang-nghe keys restore`. Nothing was changed.",
                dir.display()
            ),
            None => bail!(
                "{name} is missing in {}: the keys are gone, or older than the database. Is the \
                 folder mounted? Else bring them back with `lang-nghe keys restore`. Nothing was \
                 changed.",
                dir.display()
            ),
        }
    }
    Ok(())
}

fn held(config: &Config, holder: Holder) -> anyhow::Result<Fingerprints> {
    let dir = config.keys_dir();
    let mut held = Fingerprints::new();
    let mut add = |kind: &str, version, fingerprint: [u8; 32]| {
        held.insert((kind.to_owned(), version), fingerprint.to_vec());
    };
    let of_public = |bytes: [u8; 32]| Sha256::digest(bytes).into();
    match holder {
        Holder::Web => {
            for kind in Kind::ALL {
                for (version, key) in key_files::read_all(&dir, kind)? {
                    let purpose = format!("fingerprint {}", kind.name());
                    add(
                        kind.name(),
                        version,
                        hmac_for(&key, purpose.as_bytes(), b""),
                    );
                }
            }
            for key in key_files::read_public(&dir)? {
                add(IDENTITY, key.version(), of_public(key.bytes()));
            }
        }
        Holder::Unsealer => {
            let dir = config.unsealer_keys();
            for version in key_files::versions(&dir, IDENTITY, ".key")? {
                let public = key_files::read_private(&dir, version)?.public();
                add(IDENTITY, version, of_public(public.bytes()));
            }
        }
    }
    Ok(held)
}

/// Whether anything is sealed under keys already.
async fn holds_sealed(connection: &mut PgConnection) -> anyhow::Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from case_key) or exists (select from case_receipt)
            or exists (select from case_identity) as "any!""#
    )
    .fetch_one(connection)
    .await?)
}

/// A database from before fingerprints: one case of each version of the service key must open.
async fn demand_that_they_open(
    connection: &mut PgConnection,
    config: &Config,
) -> anyhow::Result<()> {
    const FOREIGN: &str = "the database has cases that the keys here do not open; bring its keys \
                           back with `lang-nghe keys restore`. Nothing was changed.";
    let Ok(vault) = Vault::load(config) else {
        bail!(
            "the database has cases, and its keys are not in {}; bring them back with `lang-nghe \
             keys restore`. Nothing was changed.",
            config.keys_dir().display()
        );
    };
    let rows = sqlx::query!(
        "select distinct on (kek_version) case_id, kek_version, wrapped from case_key
        order by kek_version, case_id"
    )
    .fetch_all(connection)
    .await?;
    for row in rows {
        let wrapped = WrappedKey {
            kek_version: row.kek_version,
            bytes: row.wrapped,
        };
        let case = CaseId(row.case_id.as_u128());
        ensure!(vault.unwrap(case, &wrapped).is_ok(), FOREIGN);
    }
    Ok(())
}
