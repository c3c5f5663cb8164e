//! The segments of a JPEG file, for photographs inside documents: what the camera wrote goes, the
//! pixels stay as they are (ITU-T T.81, annex B).

const START: [u8; 2] = [0xff, 0xd8];
const END: [u8; 2] = [0xff, 0xd9];

/// The same picture without EXIF, XMP, comments and whatever follows its end; `None` if it is not
/// made of segments to its end. Kept of the applications' segments are those that decide about
/// colours: JFIF, ICC, Adobe.
pub(super) fn without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut kept = Vec::with_capacity(bytes.len());
    let mut rest = bytes.strip_prefix(&START)?;
    kept.extend(START);
    loop {
        // markers may be preceded by fill bytes
        let fill = rest.iter().take_while(|byte| **byte == 0xff).count();
        if fill == 0 {
            return None;
        }
        let marker = *rest.get(fill)?;
        rest = &rest[fill + 1..];
        match marker {
            0xd9 => {
                kept.extend(END);
                return Some(kept);
            }
            0x01 | 0xd0..=0xd7 => kept.extend([0xff, marker]),
            _ => {
                let length = usize::from(u16::from_be_bytes(*rest.first_chunk()?));
                let segment = rest.get(..length).filter(|_| length >= 2)?;
                rest = &rest[length..];
                if is_kept(marker, &segment[2..]) {
                    kept.extend([0xff, marker]);
                    kept.extend(segment);
                }
                if marker == 0xda {
                    let scan = length_of_scan(rest);
                    kept.extend(&rest[..scan]);
                    rest = &rest[scan..];
                }
            }
        }
    }
}

fn is_kept(marker: u8, content: &[u8]) -> bool {
    match marker {
        0xe0 => content.starts_with(b"JFIF\0"),
        0xe2 => content.starts_with(b"ICC_PROFILE\0"),
        0xee => content.starts_with(b"Adobe"),
        0xe1 | 0xe3..=0xed | 0xef | 0xfe => false,
        _ => true,
    }
}

/// Compressed pixels reach to the next marker; a stuffed zero or a restart is none.
fn length_of_scan(bytes: &[u8]) -> usize {
    bytes
        .windows(2)
        .position(|pair| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7 | 0xff))
        .unwrap_or(bytes.len())
}
