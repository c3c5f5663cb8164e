//! Keys on disk: one file for each version, readable by one user only, never overwritten.
//!
//! `service-v1.key`, `receipt-v1.key`, `blind-v1.key` and `identity-v1.pub` belong to the web
//! process, `identity-v1.key` in a folder of its own to the unsealer alone. Each holds 32 bytes in base64. Beside
//! each there is a canary, a sealed text that only the right key opens.

use super::{
    IdentityPrivateKey, IdentityPublicKey,
    keyring::Versions,
    seal::{self, Key},
};
use crate::platform::config::Config;
use anyhow::{Context as _, bail};
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use std::{
    fs,
    io::Write as _,
    os::unix::fs::{
        DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _, fchown,
        lchown,
    },
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// The symmetric keys of the web process.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Wraps case keys.
    Service,
    /// Hashes receipt codes.
    Receipt,
    /// Hashes everything else.
    Blind,
}

impl Kind {
    /// All of them.
    pub(super) const ALL: [Self; 3] = [Self::Service, Self::Receipt, Self::Blind];

    /// The first part of the file's name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Receipt => "receipt",
            Self::Blind => "blind",
        }
    }

    /// The path of a version.
    pub(super) fn path(self, dir: &Path, version: i16) -> PathBuf {
        dir.join(format!("{}-v{version}.key", self.name()))
    }
}

/// The path of a version of the public identity key.
pub(super) fn public_path(keys_dir: &Path, version: i16) -> PathBuf {
    keys_dir.join(format!("identity-v{version}.pub"))
}

/// The path of a version of the private identity key in the folder of the private keys.
pub(super) fn private_path(private_dir: &Path, version: i16) -> PathBuf {
    private_dir.join(format!("identity-v{version}.key"))
}

/// The versions of a key in a folder, ascending; empty if there is no folder.
///
/// # Errors
/// If the folder cannot be read.
pub(super) fn versions(dir: &Path, name: &str, suffix: &str) -> anyhow::Result<Vec<i16>> {
    let entries = match fs::read_dir(dir) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => {
            entries.with_context(|| format!("cannot read the folder of keys {}", dir.display()))?
        }
    };
    let mut found = Vec::new();
    for entry in entries {
        let file = entry?.file_name();
        let number = |file: &str| {
            file.strip_prefix(name)?
                .strip_prefix("-v")?
                .strip_suffix(suffix)?
                .parse::<i16>()
                .ok()
        };
        found.extend(
            file.to_str()
                .and_then(number)
                .filter(|version| *version > 0),
        );
    }
    found.sort_unstable();
    Ok(found)
}

/// Every version of a kind.
///
/// # Errors
/// If a file is unreadable, not a key, or readable by other users.
pub(super) fn read_all(dir: &Path, kind: Kind) -> anyhow::Result<Versions> {
    versions(dir, kind.name(), ".key")?
        .into_iter()
        .map(|version| Ok((version, read_secret(&kind.path(dir, version))?)))
        .collect()
}

/// Every public identity key, ascending.
///
/// # Errors
/// If a file is unreadable or not a key.
pub(super) fn read_public(dir: &Path) -> anyhow::Result<Vec<IdentityPublicKey>> {
    let read = |version| {
        let path = public_path(dir, version);
        IdentityPublicKey::from_bytes(version, &*decode(&path)?)
            .with_context(|| format!("{} is no key", path.display()))
    };
    versions(dir, "identity", ".pub")?
        .into_iter()
        .map(read)
        .collect()
}

/// A private identity key of a folder; only the unsealer and the key commands call this.
///
/// # Errors
/// If the file is missing, unreadable, not a key, or readable by other users.
pub(super) fn read_private(dir: &Path, version: i16) -> anyhow::Result<IdentityPrivateKey> {
    let path = private_path(dir, version);
    IdentityPrivateKey::from_bytes(version, &*read_secret(&path)?)
        .with_context(|| format!("{} is no key", path.display()))
}

/// Demands that every public identity key has its private half: to one without, only a stranger
/// could open what was sealed. For commands that may read both folders.
///
/// # Errors
/// Names the public key that does not belong here.
pub(super) fn demand_pairs(config: &Config) -> anyhow::Result<()> {
    let private = config.unsealer_keys();
    for public in read_public(&config.keys_dir())? {
        let version = public.version();
        let own = read_private(&private, version).map(|key| key.public().bytes());
        if !own.is_ok_and(|own| own == public.bytes()) {
            bail!(
                "{} has no private half in {}: it was not made here, and what is sealed to it could \
                 not be opened. Find out who wrote it, and remove it. Nothing was changed.",
                public_path(&config.keys_dir(), version).display(),
                private.display()
            );
        }
    }
    Ok(())
}

/// Demands that this process cannot read the private identity keys, nor help itself to them: for a
/// web process beside an unsealer of another user.
///
/// # Errors
/// Names the folder and the commands that close it.
pub fn demand_no_private_key(config: &Config) -> anyhow::Result<()> {
    let dir = config.unsealer_keys();
    let Ok(folder) = fs::metadata(&dir) else {
        return Ok(());
    };
    let own = folder.uid() == crate::platform::database::own_uid()?;
    let listed = versions(&dir, "identity", ".key").unwrap_or_default();
    let known = versions(&config.keys_dir(), "identity", ".pub")?;
    let opens = |version: &i16| fs::File::open(private_path(&dir, *version)).is_ok();
    if own || listed.iter().chain(&known).any(opens) {
        bail!(
            "this process could read the unsealer's private keys in {}. Give them to the unsealer's \
             user alone (chown -R, chmod 0700), or name their place by UNSEALER_KEYS",
            dir.display()
        );
    }
    Ok(())
}

/// Refuses a file or folder that other users may read.
///
/// # Errors
/// Names the file or folder and the command that fixes it.
pub(super) fn demand_private(path: &Path) -> anyhow::Result<()> {
    let metadata = fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?;
    if metadata.permissions().mode() & 0o077 != 0 {
        let mode = if metadata.is_dir() { "0700" } else { "0400" };
        bail!(
            "other users may read {}; run `chmod {mode} {}`",
            path.display(),
            path.display()
        );
    }
    Ok(())
}

fn read_secret(path: &Path) -> anyhow::Result<Key> {
    demand_private(path)?;
    decode(path)
}

fn decode(path: &Path) -> anyhow::Result<Key> {
    let text =
        Zeroizing::new(fs::read(path).with_context(|| format!("cannot read {}", path.display()))?);
    let bytes = Zeroizing::new(BASE64.decode(text.trim_ascii()).unwrap_or_default());
    let key: [u8; 32] = bytes
        .as_slice()
        .try_into()
        .ok()
        .with_context(|| format!("{} is no key", path.display()))?;
    Ok(Zeroizing::new(key))
}

/// Writes a fresh symmetric key and its canary.
///
/// # Errors
/// If the version exists already or the folder may not be written.
pub(super) fn create_symmetric(dir: &Path, kind: Kind, version: i16) -> anyhow::Result<()> {
    let key = seal::new_key();
    let canary = seal::seal(
        &key,
        version,
        crate::platform::vault::check::canary_context(kind.name(), version),
        crate::platform::vault::check::CANARY,
    );
    let path = kind.path(dir, version);
    write_text(
        &path.with_extension("canary"),
        canary.as_slice(),
        0o444,
        true,
    )?;
    write_text(&path, &*key, 0o400, false)
}

/// Writes a fresh identity key pair and its canary. The public half comes last, so that no key is
/// in use without its private half.
///
/// # Errors
/// If the version exists already or a folder may not be written.
pub(super) fn create_identity(dir: &Path, private_dir: &Path, version: i16) -> anyhow::Result<()> {
    let private = IdentityPrivateKey::generate(version);
    let canary = private.public().seal(
        crate::platform::vault::check::CANARY_CASE,
        &crate::platform::vault::Identity::default(),
    );
    write_text(
        &private_path(private_dir, version),
        &*private.bytes(),
        0o400,
        false,
    )?;
    let path = public_path(dir, version);
    write_text(&path.with_extension("canary"), &canary.bytes, 0o444, true)?;
    write_text(&path, &private.public().bytes(), 0o444, false)
}

/// Makes a folder that only its user may enter.
///
/// # Errors
/// If its parent may not be written.
pub(super) fn create_dir(dir: &Path) -> anyhow::Result<()> {
    if !dir.is_dir() {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(dir)
            .with_context(|| format!("cannot create {}", dir.display()))?;
        if let Some((user, group)) = owner_beside(dir) {
            // not through a link that was put in its place meanwhile
            told(lchown(dir, Some(user), Some(group)));
        }
    }
    Ok(())
}

fn write_text(path: &Path, bytes: &[u8], mode: u32, replace: bool) -> anyhow::Result<()> {
    let text = Zeroizing::new(BASE64.encode(bytes) + "\n");
    write_new(path, text.as_bytes(), mode, replace)
}

/// Writes a file completely or not at all, durably. An existing file stays unless `replace`.
///
/// # Errors
/// If the file exists or the folder may not be written.
pub(super) fn write_new(
    path: &Path,
    content: &[u8],
    mode: u32,
    replace: bool,
) -> anyhow::Result<()> {
    let dir = path.parent().context("the path has no folder")?;
    let staged = path.with_extension(format!(
        "new-{:016x}",
        crate::platform::clock::random_id() as u64
    ));
    let write = || -> std::io::Result<()> {
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(mode)
            .open(&staged)?;
        file.write_all(content)?;
        file.sync_all()?;
        if let Some((user, group)) = owner_beside(&staged) {
            told(fchown(&file, Some(user), Some(group)));
        }
        // a hard link fails if the name is taken: no key is ever overwritten
        if replace {
            fs::rename(&staged, path)
        } else {
            fs::hard_link(&staged, path).and_then(|()| fs::remove_file(&staged))
        }?;
        fs::File::open(dir)?.sync_all()
    };
    let written = write().with_context(|| format!("cannot write {}", path.display()));
    if written.is_err() {
        // report the first failure, not that of the cleaning up
        let _ = fs::remove_file(&staged);
    }
    written
}

/// User and group of the folder around `path`: what root makes in a folder of somebody's is theirs.
fn owner_beside(path: &Path) -> Option<(u32, u32)> {
    let parent = fs::metadata(path.parent()?).ok()?;
    Some((parent.uid(), parent.gid()))
}

/// Whoever is not root owns the file already and may not give it away.
fn told(given: std::io::Result<()>) {
    if let Err(cause) = given {
        tracing::debug!(%cause, "owner left as it is");
    }
}
