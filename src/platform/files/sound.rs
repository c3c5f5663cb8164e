//! Recordings: recognised by their frames and tracks; tags that may name the speaker or the
//! location are removed.

use super::{
    clean::FileError,
    document::{ends_as_archive, holds},
};
use bytes::Bytes;

/// Deepest nesting of boxes searched for tags; a recording needs no more.
const MAX_DEPTH: usize = 4;
const MAX_BOXES: usize = 10_000;

/// An MP3 without its ID3 tags.
pub(super) fn mp3(bytes: &Bytes) -> Result<Bytes, FileError> {
    let mut start = 0;
    while let Some(length) = bytes.get(start..).and_then(id3_length) {
        start += length;
    }
    let end = match bytes.len().checked_sub(128) {
        Some(tag) if tag >= start && bytes[tag..].starts_with(b"TAG") => tag,
        _ => bytes.len(),
    };
    let frames = bytes.get(start..end).ok_or(FileError::Broken)?;
    let frames = &frames[..frames.len() - ape_length(frames)];
    // some writers leave zeros between tag and sound
    let blank = frames
        .iter()
        .take(64 * 1024)
        .take_while(|byte| **byte == 0)
        .count();
    let frames = &frames[blank..];
    if !starts_with_frames(frames) {
        return Err(FileError::Kind);
    }
    if ends_as_archive(frames) {
        Err(FileError::Kind)
    } else {
        Ok(bytes.slice_ref(frames))
    }
}

/// Length of the APE tag these bytes end with.
fn ape_length(bytes: &[u8]) -> usize {
    let footer = bytes
        .last_chunk::<32>()
        .filter(|footer| footer.starts_with(b"APETAGEX"));
    let Some(footer) = footer else { return 0 };
    let size = u32::from_le_bytes([footer[12], footer[13], footer[14], footer[15]]) as usize;
    let header = if footer[23] & 0x80 == 0 { 0 } else { 32 };
    (size + header).clamp(32, bytes.len())
}

/// Length of the `ID3v2` tag these bytes start with.
fn id3_length(bytes: &[u8]) -> Option<usize> {
    let header = bytes.get(..10)?;
    if !header.starts_with(b"ID3") || header[6..].iter().any(|byte| *byte >= 0x80) {
        return None;
    }
    let size = header[6..]
        .iter()
        .fold(0, |size, byte| size << 7 | usize::from(*byte));
    let footer = if header[5] & 0x10 == 0 { 0 } else { 10 };
    Some(10 + size + footer)
}

/// Looks for three frames in a row, which noise does not have. A shorter recording is refused.
fn starts_with_frames(mut bytes: &[u8]) -> bool {
    (0..3).all(|_| match frame_length(bytes) {
        Some(length) if length <= bytes.len() => {
            bytes = &bytes[length..];
            true
        }
        _ => false,
    })
}

/// Length of the MPEG audio frame (layer III) these bytes start with.
fn frame_length(bytes: &[u8]) -> Option<usize> {
    const FULL: [usize; 15] = [
        0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
    ];
    const HALF: [usize; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    let [0xff, second, third, _] = *bytes.first_chunk::<4>()? else {
        return None;
    };
    let (version, layer) = (second >> 3 & 3, second >> 1 & 3);
    let (rates, samples, divisor) = match version {
        3 => (FULL, 144, 1),
        2 => (HALF, 72, 2),
        0 => (HALF, 72, 4),
        _ => return None,
    };
    let kilobits = rates
        .get(usize::from(third >> 4))
        .copied()
        .filter(|rate| *rate > 0)?;
    let hertz = [44_100, 48_000, 32_000].get(usize::from(third >> 2 & 3))? / divisor;
    (second & 0xe0 == 0xe0 && layer == 1)
        .then(|| samples * kilobits * 1000 / hertz + usize::from(third >> 1 & 1))
}

/// An MP4 file with sound and without moving pictures, its tags overwritten in place so that
/// offsets stay right.
pub(super) fn m4a(bytes: Bytes) -> Result<Bytes, FileError> {
    let mut file = Vec::from(bytes);
    if file.get(4..8) != Some(b"ftyp") || ends_as_archive(&file) {
        return Err(FileError::Kind);
    }
    let boxes = boxes(&file, 0, file.len()).ok_or(FileError::Broken)?;
    let movie = boxes
        .iter()
        .find(|b| &b.name == b"moov")
        .ok_or(FileError::Broken)?;
    let tracks = &file[movie.start..movie.end];
    if !holds(tracks, b"soun") || holds(tracks, b"vide") {
        return Err(FileError::Kind);
    }
    blank_tags(&mut file, &boxes, 0).ok_or(FileError::Broken)?;
    Ok(Bytes::from(file))
}

/// A JPEG 2000 picture, which is made of the same boxes, without XML and foreign notes; a bare code
/// stream as it is. `None` if the boxes do not fit.
pub(super) fn without_notes(picture: &[u8]) -> Option<Vec<u8>> {
    let mut file = picture.to_vec();
    if file.starts_with(b"\xff\x4f\xff\x51") {
        return Some(file);
    }
    for found in boxes(picture, 0, picture.len())? {
        if matches!(&found.name, b"uuid" | b"xml " | b"uinf") {
            file[found.name_at..found.name_at + 4].copy_from_slice(b"free");
            file[found.start..found.end].fill(0);
        }
    }
    Some(file)
}

/// One box of an MP4 file: its name and the range of its content.
struct Mp4Box {
    name: [u8; 4],
    /// Offset of the name.
    name_at: usize,
    start: usize,
    end: usize,
}

/// The boxes between two offsets; `None` if they do not fill the range exactly.
fn boxes(file: &[u8], mut at: usize, end: usize) -> Option<Vec<Mp4Box>> {
    let mut found = Vec::new();
    while at < end {
        let size = u32::from_be_bytes(*file.get(at..end)?.first_chunk()?) as usize;
        let name = *file.get(at + 4..end)?.first_chunk()?;
        let (header, size) = match size {
            0 => (8, end - at),
            1 => (
                16,
                usize::try_from(u64::from_be_bytes(*file.get(at + 8..end)?.first_chunk()?)).ok()?,
            ),
            size => (8, size),
        };
        let next = at
            .checked_add(size)
            .filter(|next| size >= header && *next <= end && found.len() < MAX_BOXES)?;
        found.push(Mp4Box {
            name,
            name_at: at + 4,
            start: at + header,
            end: next,
        });
        at = next;
    }
    Some(found)
}

/// Turns every box of tags into free space; recorders write location and device there.
fn blank_tags(file: &mut [u8], among: &[Mp4Box], depth: usize) -> Option<()> {
    for found in among {
        match &found.name {
            b"udta" | b"meta" | b"uuid" | b"Xtra" => {
                file[found.name_at..found.name_at + 4].copy_from_slice(b"free");
                file[found.start..found.end].fill(0);
            }
            b"free" | b"skip" | b"wide" => file[found.start..found.end].fill(0),
            b"moov" | b"trak" | b"mdia" | b"minf" if depth < MAX_DEPTH => {
                let inner = boxes(file, found.start, found.end)?;
                blank_tags(file, &inner, depth + 1)?;
            }
            _ => {}
        }
    }
    Some(())
}
