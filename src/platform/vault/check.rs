//! `keys check`: each key opens what it must, and nobody else can read it.

use super::{
    Identity, IdentityPrivateKey, SealContext, SealedIdentity,
    key_files::{self, Kind},
    seal::{self, Key},
};
use crate::{case::CaseId, platform::config::Config};
use anyhow::{Context as _, bail, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use std::{fs, path::Path};

/// The plain text of every canary.
pub(super) const CANARY: &[u8] = b"lang nghe";
/// The case id of an identity canary, used by no real case.
pub(super) const CANARY_CASE: CaseId = CaseId(0);

/// The context of a symmetric key's canary.
pub(super) const fn canary_context(kind: &'static str, version: i16) -> SealContext {
    SealContext {
        table: "canary",
        row: version as u128,
        field: kind,
    }
}

/// One line of the report.
#[derive(Debug)]
pub struct Finding {
    /// The file or folder.
    pub what: String,
    /// What is wrong and what to do; `None` if all is well.
    pub fault: Option<String>,
}

/// Checks every key of an installation.
///
/// # Errors
/// If the folder of keys cannot be read.
pub fn check(config: &Config) -> anyhow::Result<Vec<Finding>> {
    let dir = &config.keys_dir();
    let mut findings = vec![finding(
        format!("folder {}", dir.display()),
        key_files::demand_private(dir),
    )];
    for kind in Kind::ALL {
        let versions = key_files::versions(dir, kind.name(), ".key")?;
        if versions.is_empty() {
            findings.push(finding(
                format!("{}-v1.key", kind.name()),
                Err(anyhow::anyhow!(
                    "missing; run `lang-nghe keys init`, or restore it from the deposit"
                )),
            ));
        }
        findings.extend(versions.into_iter().map(|version| {
            finding(
                format!("{}-v{version}.key", kind.name()),
                symmetric(dir, kind, version),
            )
        }));
    }
    findings.extend(identities(dir, &config.unsealer_keys())?);
    Ok(findings)
}

fn finding(what: String, result: anyhow::Result<()>) -> Finding {
    Finding {
        what,
        fault: result.err().map(|error| format!("{error:#}")),
    }
}

fn symmetric(dir: &Path, kind: Kind, version: i16) -> anyhow::Result<()> {
    let path = kind.path(dir, version);
    let key: Key = key_files::read_all(dir, kind)?
        .remove(&version)
        .context("cannot be read")?;
    match seal::open(&key, canary_context(kind.name(), version), &canary(&path)?) {
        Ok(plain) if *plain == CANARY => Ok(()),
        _ => bail!("does not open its canary: the key was replaced"),
    }
}

fn identities(dir: &Path, private_dir: &Path) -> anyhow::Result<Vec<Finding>> {
    let public = key_files::versions(dir, "identity", ".pub")?;
    if public.is_empty() {
        return Ok(vec![finding(
            "identity-v1.pub".to_owned(),
            Err(anyhow::anyhow!("missing; run `lang-nghe keys init`")),
        )]);
    }
    if fs::read_dir(private_dir).is_err() {
        let what = format!(
            "identity-v*.pub, {} versions; this account does not read the private ones (right for \
             the web process)",
            public.len()
        );
        return Ok(vec![Finding { what, fault: None }]);
    }
    let mut findings = vec![finding(
        format!("folder {}", private_dir.display()),
        key_files::demand_private(private_dir),
    )];
    findings.extend(public.into_iter().map(|version| {
        finding(
            format!("identity-v{version}"),
            identity(dir, private_dir, version),
        )
    }));
    Ok(findings)
}

fn identity(dir: &Path, private_dir: &Path, version: i16) -> anyhow::Result<()> {
    let private: IdentityPrivateKey = key_files::read_private(private_dir, version)?;
    let public = key_files::read_public(dir)?
        .into_iter()
        .find(|key| key.version() == version)
        .context("cannot be read")?;
    ensure!(
        private.public().bytes() == public.bytes(),
        "the public key does not belong to the private one: take no feedback before it is restored"
    );
    let sealed = SealedIdentity {
        key_version: version,
        bytes: canary(&key_files::public_path(dir, version))?,
    };
    ensure!(
        private.open(CANARY_CASE, &sealed) == Ok(Identity::default()),
        "does not open its canary: the key was replaced"
    );
    Ok(())
}

fn canary(key: &Path) -> anyhow::Result<Vec<u8>> {
    let path = key.with_extension("canary");
    let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    BASE64
        .decode(text.trim_ascii())
        .with_context(|| format!("{} is damaged", path.display()))
}
