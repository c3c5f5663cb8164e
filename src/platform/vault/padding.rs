//! Size buckets: the length of a sealed text reveals only the bucket of its plain text.

use super::UnsealError;
use zeroize::Zeroizing;

/// Lengths of whole blobs, chosen so that the largest texts reach the column limits of the schema
/// exactly.
const BUCKETS: [usize; 5] = [256, 1024, 4096, 16 * 1024, 64 * 1024];

/// Bytes that hold the true length, before the text.
const PREFIX: usize = 4;

/// The smallest bucket of at least `floor` bytes that holds `length` bytes; above 64 KiB, steps of
/// 64 KiB.
pub(super) fn bucket(length: usize, floor: usize) -> usize {
    let length = length.max(floor);
    BUCKETS
        .into_iter()
        .find(|bucket| length <= *bucket)
        .unwrap_or_else(|| length.next_multiple_of(64 * 1024))
}

/// `plain` after its length, filled with zeros, so that with `overhead` bytes of sealing it fills
/// its bucket.
pub(super) fn pad(plain: &[u8], overhead: usize, floor: usize) -> Zeroizing<Vec<u8>> {
    let total = bucket(PREFIX + plain.len() + overhead, floor) - overhead;
    let mut padded = Zeroizing::new(Vec::with_capacity(total));
    padded.extend_from_slice(&(plain.len() as u32).to_be_bytes());
    padded.extend_from_slice(plain);
    padded.resize(total, 0);
    padded
}

/// The text inside a result of [`pad`].
pub(super) fn unpad(padded: &[u8]) -> Result<Zeroizing<Vec<u8>>, UnsealError> {
    let (prefix, rest) = padded.split_first_chunk::<PREFIX>().ok_or(UnsealError)?;
    let plain = rest
        .get(..u32::from_be_bytes(*prefix) as usize)
        .ok_or(UnsealError)?;
    Ok(Zeroizing::new(plain.to_vec()))
}
