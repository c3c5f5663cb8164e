//! The sealed format of a file: 64 KiB chunks, each bound to the file, to its position and to being
//! the last or not. A file that was cut, reordered or mixed with another does not open. The length
//! reveals only the number of chunks.

use crate::platform::{
    clock::random_bytes,
    vault::{CaseKey, UnsealError},
};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use zeroize::Zeroizing;

const FORMAT: u8 = 1;
/// Generation of the case key, as in every other blob.
const KEY_VERSION: i16 = 1;
const SALT: usize = 16;
const HEADER: usize = 3 + SALT;
/// Plain bytes of a chunk.
pub(super) const CHUNK: usize = 64 * 1024;
/// Bytes of a sealed chunk.
pub(super) const SEALED_CHUNK: usize = CHUNK + 16;
/// Bytes that hold the true length, before the content.
const PREFIX: usize = 8;

/// What the sealed form of `length` bytes reveals of them: full chunks.
pub fn size_bucket(length: usize) -> usize {
    (PREFIX + length).div_ceil(CHUNK) * CHUNK
}

/// The key of one stored file. It is fresh for each writing, so that a chunk's number can serve as
/// its nonce.
pub(super) struct FileKey {
    id: u128,
    header: [u8; HEADER],
    cipher: XChaCha20Poly1305,
}

impl FileKey {
    /// A key to seal the file `id` with.
    pub(super) fn fresh(id: u128, case: &CaseKey) -> Self {
        Self::derive(id, case, random_bytes())
    }

    /// The key that sealed `stored`.
    pub(super) fn of(id: u128, case: &CaseKey, stored: &[u8]) -> Result<Self, UnsealError> {
        let key = |salt: &[u8; SALT]| Self::derive(id, case, *salt);
        let key = stored
            .get(3..HEADER)
            .and_then(|salt| salt.try_into().ok())
            .map(key)
            .ok_or(UnsealError)?;
        if stored.starts_with(&key.header) {
            Ok(key)
        } else {
            Err(UnsealError)
        }
    }

    fn derive(id: u128, case: &CaseKey, salt: [u8; SALT]) -> Self {
        let key = case.derive(
            &salt,
            &[b"lang-nghe attachment".as_slice(), &id.to_be_bytes()].concat(),
        );
        let mut header = [FORMAT; HEADER];
        header[1..3].copy_from_slice(&KEY_VERSION.to_be_bytes());
        header[3..].copy_from_slice(&salt);
        Self {
            id,
            header,
            cipher: XChaCha20Poly1305::new((&*key).into()),
        }
    }

    fn associated_data(&self, index: u64, last: bool) -> Vec<u8> {
        [
            b"attachment".as_slice(),
            &self.header,
            &self.id.to_be_bytes(),
            &index.to_be_bytes(),
            &[u8::from(last)],
        ]
        .concat()
    }

    fn nonce(index: u64) -> XNonce {
        let mut nonce = [0; 24];
        nonce[16..].copy_from_slice(&index.to_be_bytes());
        XNonce::from(nonce)
    }

    /// Seals the whole content.
    #[expect(clippy::expect_used, reason = "this cipher fails above 256 GiB only")]
    pub(super) fn seal(&self, plain: &[u8]) -> Vec<u8> {
        let count = (PREFIX + plain.len()).div_ceil(CHUNK);
        let mut padded = Zeroizing::new(Vec::with_capacity(count * CHUNK));
        padded.extend_from_slice(&(plain.len() as u64).to_be_bytes());
        padded.extend_from_slice(plain);
        padded.resize(count * CHUNK, 0);
        let mut sealed = Vec::with_capacity(HEADER + count * SEALED_CHUNK);
        sealed.extend_from_slice(&self.header);
        for (index, chunk) in (0..).zip(padded.chunks(CHUNK)) {
            let aad = self.associated_data(index, index + 1 == count as u64);
            let payload = Payload {
                msg: chunk,
                aad: &aad,
            };
            sealed.extend(
                self.cipher
                    .encrypt(&Self::nonce(index), payload)
                    .expect("a chunk of bounded length"),
            );
        }
        sealed
    }

    /// Opens the whole content or fails.
    pub(super) fn open(&self, stored: &[u8]) -> Result<Vec<u8>, UnsealError> {
        let body = stored
            .get(HEADER..)
            .filter(|body| !body.is_empty() && body.len().is_multiple_of(SEALED_CHUNK))
            .ok_or(UnsealError)?;
        let count = (body.len() / SEALED_CHUNK) as u64;
        let mut plain = Vec::with_capacity(body.len());
        for (index, chunk) in (0..).zip(body.chunks(SEALED_CHUNK)) {
            let aad = self.associated_data(index, index + 1 == count);
            let opened = self.cipher.decrypt(
                &Self::nonce(index),
                Payload {
                    msg: chunk,
                    aad: &aad,
                },
            );
            plain.extend_from_slice(&Zeroizing::new(opened.map_err(|_| UnsealError)?));
        }
        let length = u64::from_be_bytes(*plain.first_chunk::<PREFIX>().ok_or(UnsealError)?);
        let length = usize::try_from(length)
            .ok()
            .filter(|length| PREFIX + length <= plain.len())
            .ok_or(UnsealError)?;
        plain.drain(..PREFIX);
        plain.truncate(length);
        Ok(plain)
    }
}
