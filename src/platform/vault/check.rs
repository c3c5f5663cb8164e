//! `keys check`: each key opens what it must, and nobody else can read it.

use super::{
    Identity, IdentityPrivateKey, SealContext, SealedIdentity,
    key_files::{self, Kind},
    seal::{self, Key},
};
use crate::case::CaseId;
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
pub fn check(dir: &Path) -> anyhow::Result<Vec<Finding>> {
    let mut findings = vec![finding(
        format!("thư mục {}", dir.display()),
        key_files::demand_private(dir),
    )];
    for kind in Kind::ALL {
        let versions = key_files::versions(dir, kind.name(), ".key")?;
        if versions.is_empty() {
            findings.push(finding(
                format!("{}-v1.key", kind.name()),
                Err(anyhow::anyhow!(
                    "không có; chạy `lang-nghe keys init` hoặc khôi phục từ bản ký gửi"
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
    findings.extend(identities(dir)?);
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
        .context("không đọc được")?;
    match seal::open(&key, canary_context(kind.name(), version), &canary(&path)?) {
        Ok(plain) if *plain == CANARY => Ok(()),
        _ => bail!("không mở được bản thử: khóa đã bị thay"),
    }
}

fn identities(dir: &Path) -> anyhow::Result<Vec<Finding>> {
    let public = key_files::versions(dir, "identity", ".pub")?;
    if public.is_empty() {
        return Ok(vec![finding(
            "identity-v1.pub".to_owned(),
            Err(anyhow::anyhow!("không có; chạy `lang-nghe keys init`")),
        )]);
    }
    let private_dir = key_files::private_dir(dir);
    if fs::read_dir(&private_dir).is_err() {
        let what = format!(
            "identity-v*.pub có {} phiên bản; khóa riêng không ở tài khoản này (đúng với tiến \
             trình web)",
            public.len()
        );
        return Ok(vec![Finding { what, fault: None }]);
    }
    let mut findings = vec![finding(
        format!("thư mục {}", private_dir.display()),
        key_files::demand_private(&private_dir),
    )];
    findings.extend(
        public
            .into_iter()
            .map(|version| finding(format!("identity-v{version}"), identity(dir, version))),
    );
    Ok(findings)
}

fn identity(dir: &Path, version: i16) -> anyhow::Result<()> {
    let private: IdentityPrivateKey = key_files::read_private(dir, version)?;
    let public = key_files::read_public(dir)?
        .into_iter()
        .find(|key| key.version() == version)
        .context("không đọc được")?;
    ensure!(
        private.public().bytes() == public.bytes(),
        "khóa công khai không khớp khóa riêng: đừng nhận phản ánh cho tới khi khôi phục"
    );
    let sealed = SealedIdentity {
        key_version: version,
        bytes: canary(&key_files::public_path(dir, version))?,
    };
    ensure!(
        private.open(CANARY_CASE, &sealed) == Ok(Identity::default()),
        "không mở được bản thử: khóa đã bị thay"
    );
    Ok(())
}

fn canary(key: &Path) -> anyhow::Result<Vec<u8>> {
    let path = key.with_extension("canary");
    let text = fs::read(&path).with_context(|| format!("không đọc được {}", path.display()))?;
    BASE64
        .decode(text.trim_ascii())
        .with_context(|| format!("{} hỏng", path.display()))
}
