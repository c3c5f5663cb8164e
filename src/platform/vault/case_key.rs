//! The data key of one case: every word of the case is sealed under it, and it goes when the case is erased.

use super::{
    SealContext, UnsealError,
    seal::{self, Key},
};
use hkdf::Hkdf;
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

/// The generation of case keys, written into each blob as its key version: a case keeps its key; only the wrapping is renewed.
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
    /// A key that only the holder of `secret` can make again (HKDF-SHA256, RFC 5869): for what a browser alone may open.
    pub fn from_secret(secret: &[u8], purpose: &'static str) -> Self {
        let mut key = Key::default();
        // 32 bytes are within what HKDF gives out
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
    /// [`UnsealError`] where the key, the context or a bit of the blob is another.
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
