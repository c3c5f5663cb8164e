//! Connects the command line with the vault's keys.

use super::installation::{Installation, LOGIN};
use crate::platform::{
    config::Config,
    database::Db,
    vault::{Vault, keys},
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

/// Makes the keys on the first start; `true` if it made them.
pub(super) fn ensure(config: &Config) -> anyhow::Result<bool> {
    keys::init(config).context("the keys could not be made")
}

/// The keys of the web process.
pub(super) fn load(config: &Config) -> anyhow::Result<Vault> {
    Vault::load(config).context("the keys could not be read; `lang-nghe keys check` tells more")
}
