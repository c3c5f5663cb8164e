//! Sealing and opening. The web process can seal everything and open bodies; identities open in the unsealer only.

pub mod unsealer;

use crate::case::{CaseId, ReceiptCode};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// Which cell of the database a sealed text belongs to; bound into the seal, so that a text moved elsewhere does not open.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Table name.
    pub table: &'static str,
    /// Row: the id of the case, message, event or attachment.
    pub row: u128,
    /// Field within the row.
    pub field: &'static str,
}

/// The data key of one case.
pub struct CaseKey(pub(super) Zeroizing<[u8; 32]>);

/// A data key wrapped by a service key, as stored in `case_key`.
pub struct WrappedKey {
    /// Version of the service key.
    pub kek_version: i16,
    /// Nonce and ciphertext.
    pub bytes: Vec<u8>,
}

/// Name, address and ways to answer: everything that tells who speaks.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Person's name, or the organisation's.
    pub name: String,
    /// For an organisation: who speaks for it, and their position.
    pub representative: String,
    /// Ward and detail.
    pub address: String,
    /// As normalised, or empty.
    pub phone: String,
    /// As typed, or empty.
    pub email: String,
}

/// An identity sealed to the vault's public key.
pub struct SealedIdentity {
    /// Version of the identity key pair.
    pub key_version: i16,
    /// Encapsulated key and ciphertext (HPKE, RFC 9180).
    pub bytes: Vec<u8>,
}

/// A sealed text did not open: wrong key, wrong place, or changed. Says nothing more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CannotOpen;

/// The keys of the web process.
pub struct Vault {}

#[expect(unused_variables, clippy::unimplemented, clippy::missing_errors_doc, reason = "signatures first")]
impl Vault {
    /// A fresh data key.
    pub fn new_case_key(&self) -> CaseKey {
        unimplemented!()
    }
    /// Wraps a data key under the current service key.
    pub fn wrap(&self, case: CaseId, key: &CaseKey) -> WrappedKey {
        unimplemented!()
    }
    /// Unwraps a data key.
    pub fn unwrap(&self, case: CaseId, wrapped: &WrappedKey) -> Result<CaseKey, CannotOpen> {
        unimplemented!()
    }
    /// Seals an identity to the unsealer.
    pub fn seal_identity(&self, case: CaseId, identity: &Identity) -> SealedIdentity {
        unimplemented!()
    }
    /// The stored form of a receipt code under the current key, with the key's version.
    pub fn receipt_hmac(&self, code: &ReceiptCode) -> (i16, [u8; 32]) {
        unimplemented!()
    }
    /// The stored forms of a receipt code under every key still in use, for look-up.
    pub fn receipt_hmacs(&self, code: &ReceiptCode) -> Vec<Vec<u8>> {
        unimplemented!()
    }
    /// A keyed fingerprint of `data`, different for each `purpose`: idempotency keys, rate buckets, session tokens.
    pub fn blind(&self, purpose: &'static str, data: &[u8]) -> [u8; 32] {
        unimplemented!()
    }
    /// Seals under the current service key what belongs to no case (an address to acknowledge to).
    pub fn seal_service(&self, place: Place, plain: &[u8]) -> Vec<u8> {
        unimplemented!()
    }
    /// Opens what [`Vault::seal_service`] sealed.
    pub fn open_service(&self, place: Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, CannotOpen> {
        unimplemented!()
    }
}

#[expect(unused_variables, clippy::unimplemented, clippy::missing_errors_doc, reason = "signatures first")]
impl CaseKey {
    /// Seals `plain` for `place`, padded to its size bucket.
    pub fn seal(&self, place: Place, plain: &[u8]) -> Vec<u8> {
        unimplemented!()
    }
    /// Opens what [`CaseKey::seal`] sealed for the same place.
    pub fn open(&self, place: Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, CannotOpen> {
        unimplemented!()
    }
}

impl From<CannotOpen> for crate::error::AppError {
    fn from(_: CannotOpen) -> Self {
        tracing::error!("a sealed text did not open");
        Self::Internal
    }
}
