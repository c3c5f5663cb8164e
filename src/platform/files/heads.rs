//! The size of a picture, read from its first bytes by hand: no decoder runs in the process that holds the keys.

use super::{
    kind::{self, Kind},
    picture::MAX_PIXELS,
};

/// How many pixels a picture says it has; `None` for what is no picture, or will be refused. The decoder's word counts, later.
pub fn pixels_of(bytes: &[u8]) -> Option<u64> {
    let (width, height) = match kind::of(bytes)? {
        Kind::Png => (be(bytes, 16, 4)?, be(bytes, 20, 4)?),
        Kind::Jpeg => jpeg(bytes)?,
        Kind::Webp => webp(bytes)?,
        _ => return None,
    };
    Some(width * height).filter(|pixels| *pixels <= MAX_PIXELS)
}

/// Width and height in the first start of a frame (ITU T.81, B.2.2).
fn jpeg(bytes: &[u8]) -> Option<(u64, u64)> {
    let mut at = 2;
    loop {
        let marker = bytes.get(at..at + 2)?;
        let length = be(bytes, at + 2, 2)? as usize;
        match marker {
            // filling
            [0xff, 0xff] => at += 1,
            [0xff, 0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf] => {
                return Some((be(bytes, at + 7, 2)?, be(bytes, at + 5, 2)?));
            }
            [0xff, _] => at += 2 + length,
            _ => return None,
        }
    }
}

/// Width and height in the first chunk (RFC 9649).
fn webp(bytes: &[u8]) -> Option<(u64, u64)> {
    match bytes.get(12..16)? {
        b"VP8X" => Some((le(bytes, 24, 3)? + 1, le(bytes, 27, 3)? + 1)),
        b"VP8L" => {
            let bits = le(bytes, 21, 4)?;
            Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
        }
        b"VP8 " => Some((le(bytes, 26, 2)? & 0x3fff, le(bytes, 28, 2)? & 0x3fff)),
        _ => None,
    }
}

fn be(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let digits = bytes.get(at..at + length)?.iter();
    Some(digits.fold(0, |number, digit| (number << 8) | u64::from(*digit)))
}

fn le(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let digits = bytes.get(at..at + length)?.iter().rev();
    Some(digits.fold(0, |number, digit| (number << 8) | u64::from(*digit)))
}
