//! Check digits: Damm's quasigroup (H. Michael Damm, "Total anti-symmetrische Quasigruppen",
//! Marburg 2004), which finds every single wrong digit and every swap of neighbours; and the same
//! idea over 32 letters for case numbers.

/// The totally anti-symmetric quasigroup of order 10 from Damm's thesis, row = interim digit,
/// column = next digit.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/// Digit that makes `damm(digits followed by it) == 0`.
pub(super) fn damm(digits: impl IntoIterator<Item = u8>) -> u8 {
    digits.into_iter().fold(0, |interim, digit| {
        DAMM[usize::from(interim)][usize::from(digit)]
    })
}

/// Crockford's alphabet: no I, L, O, U, so that a number survives being read aloud.
pub(super) const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Check value over GF(32), `x⁵ + x² + 1`: `cᵢ₊₁ = 2·(cᵢ + vᵢ)`, another totally anti-symmetric
/// rule (Damm, ch. 4).
pub(super) fn gf32(values: impl IntoIterator<Item = u8>) -> u8 {
    values
        .into_iter()
        .fold(0, |interim, value| double(interim ^ value))
}

fn double(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 0x20 == 0 {
        shifted
    } else {
        shifted ^ 0x25
    }
}
