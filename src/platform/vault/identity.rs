//! The submitter's identity, sealed with HPKE (RFC 9180, X25519-HKDF-SHA256, ChaCha20-Poly1305) to
//! a public key. Only the unsealer holds the private half.

use super::{
    SealContext, UnsealError,
    padding::{pad, unpad},
    seal::{self, Key},
};
use crate::{case::CaseId, platform::clock::random_bytes};
use hpke::{
    Deserializable as _, Kem as _, OpModeR, OpModeS, Serializable as _, aead::ChaCha20Poly1305,
    kdf::HkdfSha256, kem::X25519HkdfSha256,
};
use serde::{Deserialize, Serialize};
use std::fmt;
use zeroize::Zeroizing;

type Public = <X25519HkdfSha256 as hpke::Kem>::PublicKey;
type Private = <X25519HkdfSha256 as hpke::Kem>::PrivateKey;
type Encapsulated = <X25519HkdfSha256 as hpke::Kem>::EncappedKey;

const INFO: &[u8] = b"lang-nghe identity v1";
/// Header, encapsulated key, tag.
const OVERHEAD: usize = 3 + 32 + 16;
/// Smallest size of a sealed identity, so that all identities of ordinary length look the same.
const FLOOR: usize = 1024;

/// Name, address and contact of the submitter: everything that identifies them.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Person's name, or the organisation's.
    pub name: String,
    /// The person who represents an organisation, and their position; empty for a person.
    pub representative: String,
    /// Ward and detail.
    pub address: String,
    /// As normalised, or empty.
    pub phone: String,
    /// As typed, or empty.
    pub email: String,
}

/// An identity sealed to the vault's public key.
#[derive(Clone)]
pub struct SealedIdentity {
    /// Version of the identity key pair.
    pub key_version: i16,
    /// Encapsulated key and ciphertext (HPKE, RFC 9180).
    pub bytes: Vec<u8>,
}

/// The half of an identity key pair that seals.
#[derive(Clone)]
pub struct IdentityPublicKey {
    version: i16,
    key: Public,
}

/// The half of an identity key pair that opens; the web process never holds one.
pub struct IdentityPrivateKey {
    version: i16,
    key: Private,
}

impl IdentityPublicKey {
    /// The key of 32 stored bytes; `None` if they are not one.
    pub(super) fn from_bytes(version: i16, bytes: &[u8; 32]) -> Option<Self> {
        Some(Self {
            version,
            key: Public::from_bytes(bytes).ok()?,
        })
    }

    /// Version of the key pair.
    pub(super) const fn version(&self) -> i16 {
        self.version
    }

    /// As stored.
    pub(super) fn bytes(&self) -> [u8; 32] {
        self.key.to_bytes().into()
    }

    /// Seals an identity. Without the private key, only its size bucket can be seen.
    #[expect(
        clippy::expect_used,
        reason = "a public key that was read is valid, and the text is of bounded length"
    )]
    pub(super) fn seal(&self, case: CaseId, identity: &Identity) -> SealedIdentity {
        let json = Zeroizing::new(serde_json::to_vec(identity).expect("strings become JSON"));
        let header = seal::header(self.version);
        let padded = pad(&json, OVERHEAD, FLOOR);
        let (encapsulated, ciphertext) =
            hpke::single_shot_seal::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
                &OpModeS::Base,
                &self.key,
                INFO,
                &padded,
                &SealContext::identity(case).associated_data(&header),
            )
            .expect("seals");
        SealedIdentity {
            key_version: self.version,
            bytes: [&header[..], &encapsulated.to_bytes(), &ciphertext].concat(),
        }
    }
}

impl IdentityPrivateKey {
    /// A fresh key pair's private half.
    pub fn generate(version: i16) -> Self {
        let (key, _) = X25519HkdfSha256::derive_keypair(&random_bytes::<32>());
        Self { version, key }
    }

    /// The key of 32 stored bytes; `None` if they are not one.
    pub(super) fn from_bytes(version: i16, bytes: &[u8; 32]) -> Option<Self> {
        Some(Self {
            version,
            key: Private::from_bytes(bytes).ok()?,
        })
    }

    /// As stored.
    pub(super) fn bytes(&self) -> Key {
        Zeroizing::new(self.key.to_bytes().into())
    }

    /// The other half.
    pub fn public(&self) -> IdentityPublicKey {
        IdentityPublicKey {
            version: self.version,
            key: X25519HkdfSha256::sk_to_pk(&self.key),
        }
    }

    /// Opens an identity sealed to this key for `case`.
    ///
    /// # Errors
    /// [`UnsealError`] if the key, the case or a bit of the blob is another.
    pub fn open(&self, case: CaseId, sealed: &SealedIdentity) -> Result<Identity, UnsealError> {
        let (version, rest) = seal::split(&sealed.bytes)?;
        let (encapsulated, ciphertext) = rest.split_first_chunk::<32>().ok_or(UnsealError)?;
        if version != self.version || version != sealed.key_version {
            return Err(UnsealError);
        }
        let padded = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.key,
            &Encapsulated::from_bytes(encapsulated).map_err(|_| UnsealError)?,
            INFO,
            ciphertext,
            &SealContext::identity(case).associated_data(&seal::header(version)),
        )
        .map_err(|_| UnsealError)?;
        let json = unpad(&Zeroizing::new(padded))?;
        serde_json::from_slice(&json).map_err(|_| UnsealError)
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(…)")
    }
}

impl fmt::Debug for SealedIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealedIdentity(v{})", self.key_version)
    }
}

impl fmt::Debug for IdentityPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdentityPublicKey(v{})", self.version)
    }
}

impl fmt::Debug for IdentityPrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdentityPrivateKey(v{}, …)", self.version)
    }
}
