//! The format of every sealed text: format byte, key version, random nonce, XChaCha20-Poly1305 over
//! the padded text.

use super::{
    SealContext, UnsealError,
    padding::{pad, unpad},
};
use crate::platform::clock::random_bytes;
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// A symmetric key, zeroed when dropped.
pub(super) type Key = Zeroizing<[u8; 32]>;

/// The only format so far.
const FORMAT: u8 = 1;
const HEADER: usize = 3;
const NONCE: usize = 24;
/// What sealing adds to the padded text: header, nonce, tag.
const OVERHEAD: usize = HEADER + NONCE + 16;

/// Format byte and key version, the first bytes of every blob.
pub(super) fn header(version: i16) -> [u8; HEADER] {
    let [high, low] = version.to_be_bytes();
    [FORMAT, high, low]
}

/// Splits a blob into its key version and the rest.
pub(super) fn split(sealed: &[u8]) -> Result<(i16, &[u8]), UnsealError> {
    match sealed {
        [FORMAT, high, low, rest @ ..] => Ok((i16::from_be_bytes([*high, *low]), rest)),
        _ => Err(UnsealError),
    }
}

/// Seals `plain` for `context` under `key`, which is version `version` of its kind.
#[expect(clippy::expect_used, reason = "this cipher fails above 256 GiB only")]
pub(super) fn seal(key: &Key, version: i16, context: SealContext, plain: &[u8]) -> Vec<u8> {
    let header = header(version);
    let nonce: [u8; NONCE] = random_bytes();
    let padded = pad(plain, OVERHEAD, 0);
    let payload = Payload {
        msg: &padded,
        aad: &context.associated_data(&header),
    };
    let ciphertext = cipher(key)
        .encrypt(&XNonce::from(nonce), payload)
        .expect("text of bounded length");
    [&header[..], &nonce, &ciphertext].concat()
}

/// Opens a result of [`seal`] with the same key and context.
pub(super) fn open(
    key: &Key,
    context: SealContext,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, UnsealError> {
    let (version, rest) = split(sealed)?;
    let (nonce, ciphertext) = rest.split_first_chunk::<NONCE>().ok_or(UnsealError)?;
    let payload = Payload {
        msg: ciphertext,
        aad: &context.associated_data(&header(version)),
    };
    let padded = cipher(key)
        .decrypt(&XNonce::from(*nonce), payload)
        .map_err(|_| UnsealError)?;
    unpad(&Zeroizing::new(padded))
}

/// A key for one purpose, derived from `key` (HKDF-SHA256). Keys of different purposes are
/// independent.
#[expect(clippy::expect_used, reason = "32 bytes are within what HKDF gives")]
pub(super) fn derive(key: &[u8; 32], salt: &[u8], purpose: &[u8]) -> Key {
    let mut derived = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(Some(salt), key)
        .expand(purpose, &mut *derived)
        .expect("32 bytes");
    derived
}

/// A fresh random key.
pub(super) fn new_key() -> Key {
    Zeroizing::new(random_bytes())
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new((&**key).into())
}
