//! Documents: a PDF that is one from end to end, or a Word file without macros. The text stays as
//! it is; the properties of a Word file, which name its author and their office, are emptied.

use super::clean::FileError;
use bytes::Bytes;
use std::io::{Cursor, Read as _, Write as _};
use zip::{ZipArchive, ZipWriter, result::ZipResult, write::SimpleFileOptions};

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

/// Properties of a Word file, and what replaces them (ECMA-376, part 2 and §22.2).
const EMPTY_PROPERTIES: [(&str, &str); 3] = [
    (
        "docProps/core.xml",
        concat!(
            "<cp:coreProperties xmlns:cp=\"",
            "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
            "\"/>"
        ),
    ),
    (
        "docProps/app.xml",
        concat!(
            "<Properties xmlns=\"",
            "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
            "\"/>"
        ),
    ),
    (
        "docProps/custom.xml",
        concat!(
            "<Properties xmlns=\"",
            "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
            "\"/>"
        ),
    ),
];

/// A PDF that begins and ends as one and is not an archive at the same time.
pub(super) fn pdf(bytes: Bytes) -> Result<Bytes, FileError> {
    let tail = &bytes[bytes.len().saturating_sub(2048)..];
    match () {
        () if !bytes.starts_with(b"%PDF-1.") && !bytes.starts_with(b"%PDF-2.") => {
            Err(FileError::Kind)
        }
        () if !holds(tail, b"%%EOF") => Err(FileError::Broken),
        () if ends_as_archive(&bytes) => Err(FileError::Kind),
        () => Ok(bytes),
    }
}

/// A Word file: an archive with the right parts, within bounds, without macros or programs.
pub(super) fn docx(bytes: Bytes) -> Result<Bytes, FileError> {
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
    without_properties(&mut archive)
        .map(Bytes::from)
        .map_err(|_| FileError::Broken)
}

/// The same archive with empty properties; every other part is copied without unpacking it.
fn without_properties(archive: &mut ZipArchive<Cursor<&[u8]>>) -> ZipResult<Vec<u8>> {
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    for part in 0..archive.len() {
        let part = archive.by_index_raw(part)?;
        match EMPTY_PROPERTIES
            .iter()
            .find(|(name, _)| part.name() == *name)
        {
            None => copy.raw_copy_file(part)?,
            Some((name, empty)) => {
                copy.start_file(*name, SimpleFileOptions::default())?;
                copy.write_all(empty.as_bytes())?;
            }
        }
    }
    Ok(copy.finish()?.into_inner())
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
