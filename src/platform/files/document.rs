//! Archives: a Word file that is one from end to end, within bounds, without macros or programs.

use super::{clean::FileError, docx};
use bytes::Bytes;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// Most parts of a Word file; a long one with pictures has some hundreds.
const MAX_PARTS: usize = 2_000;
/// Largest declared size of all parts together; a zip bomb declares more.
const MAX_UNPACKED: u128 = 200 * 1024 * 1024;
const MAX_CONTENT_TYPES: u64 = 1024 * 1024;
/// Bytes at the end of a zip archive that hold its end record with the longest comment.
const ZIP_TAIL: usize = 22 + 65_535;

/// Endings of programs, which no letter contains.
const PROGRAMS: [&str; 14] = [
    ".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf",
    ".msi", ".jar",
];

/// A Word file: an archive with the right parts, within bounds, without macros or programs. Its pictures are taken off `pixels`.
pub(super) fn docx(bytes: Bytes, pixels: &mut u64) -> Result<Bytes, FileError> {
    if !bytes.starts_with(b"PK\x03\x04")
        || declared_parts(&bytes).is_none_or(|parts| parts > MAX_PARTS)
    {
        return Err(FileError::Kind);
    }
    let mut archive = ZipArchive::new(Cursor::new(&bytes[..])).map_err(|_| FileError::Broken)?;
    let unpacked = archive.decompressed_size();
    let overlapping = archive
        .has_overlapping_files()
        .map_err(|_| FileError::Broken)?;
    if archive.offset() != 0
        || archive.len() > MAX_PARTS
        || overlapping
        || unpacked.is_none_or(|size| size > MAX_UNPACKED)
    {
        return Err(FileError::Broken);
    }
    let has = |name: &str| archive.file_names().any(|part| part == name);
    if !has("[Content_Types].xml")
        || !has("word/document.xml")
        || archive.file_names().any(forbidden)
    {
        return Err(FileError::Kind);
    }
    for part in 0..archive.len() {
        if archive
            .by_index_raw(part)
            .map_err(|_| FileError::Broken)?
            .encrypted()
        {
            return Err(FileError::Broken);
        }
    }
    let mut types = Vec::new();
    let part = archive
        .by_name("[Content_Types].xml")
        .map_err(|_| FileError::Broken)?;
    part.take(MAX_CONTENT_TYPES)
        .read_to_end(&mut types)
        .map_err(|_| FileError::Broken)?;
    let types = types.to_ascii_lowercase();
    if holds(&types, b"macroenabled")
        || holds(&types, b"vbaproject")
        || !holds(&types, b"wordprocessingml.document.main")
    {
        return Err(FileError::Kind);
    }
    docx::repacked(&mut archive, pixels).map(Bytes::from)
}

fn forbidden(part: &str) -> bool {
    let part = part.to_ascii_lowercase();
    let outside = part.starts_with('/') || part.contains("..") || part.contains('\\');
    let macros = part.ends_with("vbaproject.bin")
        || part.ends_with("vbadata.xml")
        || part.contains("/activex/");
    outside || macros || PROGRAMS.iter().any(|ending| part.ends_with(ending))
}

/// The number of parts that an archive declares, read before anything is allocated for them.
fn declared_parts(bytes: &[u8]) -> Option<usize> {
    let tail = &bytes[bytes.len().saturating_sub(ZIP_TAIL)..];
    let record = tail
        .windows(4)
        .rposition(|window| window == b"PK\x05\x06")?;
    let parts = tail.get(record + 10..record + 12)?;
    Some(usize::from(u16::from_le_bytes([parts[0], parts[1]])))
}

/// Whether a file ends like a zip archive; a PDF that does is two things at once.
pub(super) fn ends_as_archive(bytes: &[u8]) -> bool {
    holds(
        &bytes[bytes.len().saturating_sub(ZIP_TAIL)..],
        b"PK\x05\x06\0\0\0\0",
    )
}

/// Whether `part` occurs in `bytes`.
pub(super) fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
