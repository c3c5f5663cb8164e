//! The data key of one case. It seals every text of the case, and erasing the case erases it.

use super::{
    SealContext, UnsealError,
    seal::{self, Key},
};
use hkdf::Hkdf;
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

/// The generation of case keys, written into each blob as its key version. Case keys are never
/// renewed, only their wrapping.
const GENERATION: i16 = 1;

/// The data key of one case.
pub struct CaseKey(pub(super) Key);

/// A data key wrapped by a service key, as stored in `case_key`.
#[derive(Clone, PartialEq, Eq)]
pub struct WrappedKey {
    /// Version of the service key.
    pub kek_version: i16,
    /// Nonce and ciphertext.
    pub bytes: Vec<u8>,
}

impl CaseKey {
    /// A key derived from `secret` (HKDF-SHA256, RFC 5869), for what only the browser holding the
    /// secret may open.
    pub fn from_secret(secret: &[u8], purpose: &'static str) -> Self {
        let mut key = Key::default();
        // 32 bytes are within the limit of HKDF
        let _filled = Hkdf::<Sha256>::new(None, secret).expand(purpose.as_bytes(), &mut *key);
        Self(key)
    }

    /// Seals `plain` for `context`, padded to its size bucket.
    pub fn seal(&self, context: SealContext, plain: &[u8]) -> Vec<u8> {
        seal::seal(&self.0, GENERATION, context, plain)
    }

    /// Opens what [`CaseKey::seal`] sealed for the same context.
    ///
    /// # Errors
    /// [`UnsealError`] if the key or the context differs, or the blob was changed.
    pub fn open(
        &self,
        context: SealContext,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, UnsealError> {
        match seal::split(sealed)? {
            (GENERATION, _) => seal::open(&self.0, context, sealed),
            _ => Err(UnsealError),
        }
    }

    /// A key for one purpose within the case, e.g. for one attached file.
    pub fn derive(&self, salt: &[u8], purpose: &[u8]) -> Zeroizing<[u8; 32]> {
        seal::derive(&self.0, salt, purpose)
    }
}

impl fmt::Debug for CaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CaseKey(…)")
    }
}

impl fmt::Debug for WrappedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WrappedKey(v{})", self.kek_version)
    }
}
