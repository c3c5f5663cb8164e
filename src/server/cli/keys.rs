//! Connects the command line with the vault's keys.

use super::installation::{Installation, LOGIN};
use crate::platform::{
    config::Config,
    database::Db,
    vault::{
        Vault,
        keys::{self, Holder},
    },
};
use anyhow::Context as _;

pub(super) use crate::platform::vault::keys::KeyCommand;

/// Runs a key command. Commands that touch stored rows get the owner's connection.
pub(super) async fn run(command: KeyCommand, config: &Config) -> anyhow::Result<()> {
    if !matches!(
        command,
        KeyCommand::Init | KeyCommand::Rotate | KeyCommand::Reseal
    ) {
        return keys::run(command, config, None).await;
    }
    let installation = Installation::open(config).await?;
    installation.prepare().await?;
    let db = Db::connect(installation.owner(), LOGIN, 2).await?;
    let ended = keys::run(command, config, Some(db.clone())).await;
    db.pool().close().await;
    installation.stop();
    ended
}

/// Makes the keys of a new installation, or demands that those here are the database's: `true` if it
/// made them. On a server of the operator's only `keys init` makes any.
pub(super) async fn ensure(installation: &Installation, config: &Config) -> anyhow::Result<bool> {
    let Installation::Embedded(_) = installation else {
        let db = Db::connect(installation.options("app_web"), "app_web", 1).await?;
        keys::demand(&db, config, Holder::Web).await?;
        db.pool().close().await;
        return Ok(false);
    };
    let db = Db::connect(installation.owner(), LOGIN, 1).await?;
    let made = keys::settle(&db, config).await?;
    keys::demand(&db, config, Holder::Unsealer).await?;
    db.pool().close().await;
    Ok(made)
}

/// The keys of the web process.
pub(super) fn load(config: &Config) -> anyhow::Result<Vault> {
    Vault::load(config).context("the keys could not be read; `lang-nghe keys check` tells more")
}
