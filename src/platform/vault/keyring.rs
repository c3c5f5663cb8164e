//! The keys of the web process, by version. It notices a rotation when it meets a version that it
//! does not know.

use super::{
    CaseKey, Identity, IdentityPrivateKey, IdentityPublicKey, SealContext, SealedIdentity,
    UnsealError, WrappedKey,
    key_files::{self, Kind},
    seal::{self, Key},
};
use crate::{
    case::{CaseId, ReceiptCode},
    platform::config::Config,
};
use anyhow::{Context as _, bail};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};
use zeroize::Zeroizing;

/// Keys of one kind by version; the highest is the current one.
pub(super) type Versions = BTreeMap<i16, Key>;

/// The keys of the web process.
pub struct Vault {
    keys: RwLock<Arc<Keyring>>,
    /// The folder to read again when an unknown version turns up; `None` in tests.
    dir: Option<PathBuf>,
}

/// A consistent set of keys; replaced as a whole after a rotation.
struct Keyring {
    service: Versions,
    receipt: Versions,
    blind: Versions,
    identity: IdentityPublicKey,
}

impl Keyring {
    fn read(dir: &Path) -> anyhow::Result<Self> {
        let read = |kind| key_files::read_all(dir, kind);
        let identity = key_files::read_public(dir)?
            .pop()
            .context("the public key identity-v*.pub is missing")?;
        let keyring = Self {
            service: read(Kind::Service)?,
            receipt: read(Kind::Receipt)?,
            blind: read(Kind::Blind)?,
            identity,
        };
        for (kind, versions) in [
            ("service", &keyring.service),
            ("receipt", &keyring.receipt),
            ("blind", &keyring.blind),
        ] {
            if versions.is_empty() {
                bail!(
                    "{kind}-v1.key is missing in {}; run `lang-nghe keys init`, or `lang-nghe keys \
                     restore` if the database has cases",
                    dir.display()
                );
            }
        }
        Ok(keyring)
    }
}

/// The current version of a kind; every keyring has at least one of each.
#[expect(clippy::expect_used, reason = "checked where the keyring is made")]
fn current(versions: &Versions) -> (i16, &Key) {
    versions
        .last_key_value()
        .map(|(version, key)| (*version, key))
        .expect("at least one key of each kind")
}

/// HMAC-SHA256 under a key derived for `purpose`.
#[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
pub(super) fn hmac_for(key: &Key, purpose: &[u8], data: &[u8]) -> [u8; 32] {
    let key = seal::derive(key, b"lang-nghe hmac", purpose);
    let mut mac = Hmac::<Sha256>::new_from_slice(&*key).expect("any length");
    mac.update(data);
    mac.finalize().into_bytes().into()
}

/// The part of a service key that wraps case keys.
fn wrapping(key: &Key) -> Key {
    seal::derive(key, b"lang-nghe service", b"wrap case key")
}

/// The part of a service key that seals data outside any case.
fn outbox(key: &Key) -> Key {
    seal::derive(key, b"lang-nghe service", b"seal without case")
}

impl Vault {
    /// Reads the keys of the web process from `Config::keys_dir()`; never the unsealer's.
    ///
    /// # Errors
    /// If a key is missing, unreadable, or open to other users.
    pub fn load(config: &Config) -> anyhow::Result<Self> {
        let dir = config.keys_dir();
        Ok(Self {
            keys: RwLock::new(Arc::new(Keyring::read(&dir)?)),
            dir: Some(dir),
        })
    }

    /// Random keys in memory, and the private key to open identities sealed by this vault.
    pub fn for_tests() -> (Self, IdentityPrivateKey) {
        let private = IdentityPrivateKey::generate(1);
        let one = || Versions::from([(1, seal::new_key())]);
        let keyring = Keyring {
            service: one(),
            receipt: one(),
            blind: one(),
            identity: private.public(),
        };
        (
            Self {
                keys: RwLock::new(Arc::new(keyring)),
                dir: None,
            },
            private,
        )
    }

    /// Looks for new key versions on disk. If it fails, the known keys stay in use.
    ///
    /// # Errors
    /// If the key files cannot be read.
    pub fn reload(&self) -> anyhow::Result<()> {
        if let Some(dir) = &self.dir {
            let keyring = Arc::new(Keyring::read(dir)?);
            *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keyring;
        }
        Ok(())
    }

    /// Version of the service key that wraps new case keys.
    pub fn service_version(&self) -> i16 {
        current(&self.keys().service).0
    }

    /// A fresh data key.
    pub fn new_case_key(&self) -> CaseKey {
        CaseKey(seal::new_key())
    }

    /// Wraps a data key under the current service key.
    pub fn wrap(&self, case: CaseId, key: &CaseKey) -> WrappedKey {
        let keys = self.keys();
        let (kek_version, kek) = current(&keys.service);
        WrappedKey {
            kek_version,
            bytes: seal::seal(
                &wrapping(kek),
                kek_version,
                SealContext::wrapped_key(case),
                &*key.0,
            ),
        }
    }

    /// Unwraps a data key.
    ///
    /// # Errors
    /// [`UnsealError`] if the service key is missing, or the row was changed or belongs to another
    /// case.
    pub fn unwrap(&self, case: CaseId, wrapped: &WrappedKey) -> Result<CaseKey, UnsealError> {
        if seal::split(&wrapped.bytes)?.0 != wrapped.kek_version {
            return Err(UnsealError);
        }
        let kek = self.service_key(wrapped.kek_version)?;
        let plain = seal::open(
            &wrapping(&kek),
            SealContext::wrapped_key(case),
            &wrapped.bytes,
        )?;
        Ok(CaseKey(Zeroizing::new(
            plain.as_slice().try_into().map_err(|_| UnsealError)?,
        )))
    }

    /// Seals an identity to the unsealer.
    pub fn seal_identity(&self, case: CaseId, identity: &Identity) -> SealedIdentity {
        self.keys().identity.seal(case, identity)
    }

    /// The stored form of a receipt code under the current key, with the key's version.
    pub fn receipt_hmac(&self, code: &ReceiptCode) -> (i16, [u8; 32]) {
        let keys = self.keys();
        let (version, key) = current(&keys.receipt);
        (version, receipt(key, code))
    }

    /// The stored forms of a receipt code under every key in use, to look it up by.
    pub fn receipt_hmacs(&self, code: &ReceiptCode) -> Vec<Vec<u8>> {
        self.keys()
            .receipt
            .values()
            .map(|key| receipt(key, code).to_vec())
            .collect()
    }

    /// A keyed fingerprint of `data`, different for each `purpose`: idempotency keys, rate buckets,
    /// session tokens.
    pub fn keyed_hash(&self, purpose: &'static str, data: &[u8]) -> [u8; 32] {
        hmac_for(current(&self.keys().blind).1, purpose.as_bytes(), data)
    }

    /// Seals data that belongs to no case, such as an address to acknowledge to, under the current
    /// service key.
    pub fn seal_service(&self, context: SealContext, plain: &[u8]) -> Vec<u8> {
        let keys = self.keys();
        let (version, key) = current(&keys.service);
        seal::seal(&outbox(key), version, context, plain)
    }

    /// Opens what [`Vault::seal_service`] sealed.
    ///
    /// # Errors
    /// [`UnsealError`] if the key or the context differs, or the blob was changed.
    pub fn open_service(
        &self,
        context: SealContext,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, UnsealError> {
        let (version, _) = seal::split(sealed)?;
        seal::open(&outbox(&self.service_key(version)?), context, sealed)
    }

    fn keys(&self) -> Arc<Keyring> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// A service key by version. An unknown one is looked for on disk once: a rotation may have
    /// just made it.
    fn service_key(&self, version: i16) -> Result<Key, UnsealError> {
        if let Some(key) = self.keys().service.get(&version) {
            return Ok(key.clone());
        }
        if let Err(cause) = self.reload() {
            tracing::error!(%cause, version, "keys could not be read again");
        }
        self.keys()
            .service
            .get(&version)
            .cloned()
            .ok_or(UnsealError)
    }
}

fn receipt(key: &Key, code: &ReceiptCode) -> [u8; 32] {
    hmac_for(
        key,
        b"receipt code",
        Zeroizing::new(code.digits()).as_bytes(),
    )
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(…)")
    }
}
