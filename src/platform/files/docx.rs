//! Word files: every part packed anew, its author's traces left out. The text stays as it is, and
//! so do remarks and tracked changes, without the names of who made them.

use super::{
    MAX_FILE_BYTES,
    clean::FileError,
    kind::{self, Kind},
    picture,
};
use std::io::{Cursor, Read as _, Write as _};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// Largest single part once unpacked.
const MAX_PART: u64 = 32 * 1024 * 1024;

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

/// Attributes that name a person, by their name without prefix: authors of remarks and changes,
/// their accounts, who saved last.
const PERSONAL: [&[u8]; 5] = [
    b"author",
    b"initials",
    b"userId",
    b"providerId",
    b"lastModifiedBy",
];

/// The same document, packed anew.
pub(super) fn repacked(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    pixels: &mut u64,
) -> Result<Vec<u8>, FileError> {
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| FileError::Broken)?;
        let name = part.name().to_owned();
        if part.is_dir() {
            continue;
        }
        let mut content = Vec::new();
        let read = part.take(MAX_PART + 1).read_to_end(&mut content);
        if read.map_err(|_| FileError::Broken)? as u64 > MAX_PART {
            return Err(FileError::Broken);
        }
        let content = cleaned(&name, content, pixels)?;
        copy.start_file(name, SimpleFileOptions::default())
            .and_then(|()| Ok(copy.write_all(&content)?))
            .map_err(|_| FileError::Document)?;
    }
    let copy = copy.finish().map_err(|_| FileError::Document)?;
    Ok(copy.into_inner())
}

fn cleaned(name: &str, content: Vec<u8>, pixels: &mut u64) -> Result<Vec<u8>, FileError> {
    let lower = name.to_ascii_lowercase();
    if let Some((_, empty)) = EMPTY_PROPERTIES
        .iter()
        .find(|(part, _)| lower == part.to_lowercase())
    {
        return Ok(empty.as_bytes().to_vec());
    }
    if lower.starts_with("docprops/thumbnail") {
        return Ok(Vec::new());
    }
    if lower.split('/').any(|folder| folder == "embeddings") {
        return Err(FileError::Document);
    }
    // wherever its writer put it, and whatever it is called
    if let Some(kind) = kind::of(&content).filter(|kind| kind.is_picture()) {
        return clean_picture(kind, &content, pixels);
    }
    if [".xml", ".rels", ".vml"]
        .iter()
        .any(|ending| lower.ends_with(ending))
    {
        return without_names(&content, lower.ends_with(".rels")).ok_or(FileError::Document);
    }
    if content.is_empty() || holds_no_place(&lower, &content) {
        return Ok(content);
    }
    Err(FileError::Document)
}

/// Fonts, and drawings of kinds that have no room for where and by whom they were made.
fn holds_no_place(name: &str, content: &[u8]) -> bool {
    let is_font = [".odttf", ".ttf", ".otf"]
        .iter()
        .any(|ending| name.ends_with(ending));
    let is_emf = content.starts_with(&[1, 0, 0, 0]) && content.get(40..44) == Some(b" EMF");
    let is_wmf = content.starts_with(&[0xd7, 0xcd, 0xc6, 0x9a])
        || content.starts_with(&[1, 0, 9, 0, 0])
        || content.starts_with(&[2, 0, 9, 0, 0]);
    is_font || is_emf || is_wmf || content.starts_with(b"BM")
}

/// Photographs become pixels only, as those sent by themselves do.
fn clean_picture(kind: Kind, content: &[u8], pixels: &mut u64) -> Result<Vec<u8>, FileError> {
    if content.len() > MAX_FILE_BYTES {
        return Err(FileError::Size);
    }
    picture::clean(kind, content, pixels).map(|(_, bytes)| bytes)
}

/// XML without comments, with the values of personal attributes emptied and paths on the author's
/// machine replaced. `None` if it is not UTF-8 or ends inside a tag.
fn without_names(xml: &[u8], is_relations: bool) -> Option<Vec<u8>> {
    std::str::from_utf8(xml).ok()?;
    let mut kept = Vec::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(open) = rest.iter().position(|byte| *byte == b'<') {
        kept.extend(&rest[..open]);
        rest = &rest[open..];
        let end = if rest.starts_with(b"<!--") {
            end_of(rest, b"-->")?
        } else if rest.starts_with(b"<![CDATA[") {
            end_of(rest, b"]]>")?
        } else {
            length_of_tag(rest)?
        };
        let (tag, after) = rest.split_at(end);
        if tag.starts_with(b"<![CDATA[") {
            kept.extend(tag);
        } else if !tag.starts_with(b"<!--") {
            write_tag(tag, is_relations, &mut kept);
        }
        rest = after;
    }
    kept.extend(rest);
    Some(kept)
}

fn end_of(text: &[u8], mark: &[u8]) -> Option<usize> {
    text.windows(mark.len())
        .position(|window| window == mark)
        .map(|at| at + mark.len())
}

/// A `>` inside quotes does not end a tag.
fn length_of_tag(text: &[u8]) -> Option<usize> {
    let mut quote = None;
    text.iter()
        .position(|byte| {
            match (quote, byte) {
                (None, b'>') => return true,
                (None, b'"' | b'\'') => quote = Some(*byte),
                (Some(open), byte) if open == *byte => quote = None,
                _ => {}
            }
            false
        })
        .map(|at| at + 1)
}

fn write_tag(tag: &[u8], is_relations: bool, kept: &mut Vec<u8>) {
    let mut rest = tag;
    while let Some(open) = rest.iter().position(|byte| matches!(byte, b'"' | b'\'')) {
        let quote = rest[open];
        let (before, value) = rest.split_at(open + 1);
        let close = value
            .iter()
            .position(|byte| *byte == quote)
            .unwrap_or(value.len());
        kept.extend(before);
        kept.extend(replaced(
            attribute(&before[..open]),
            &value[..close],
            is_relations,
        ));
        rest = &value[close..];
        // the closing quote
        if let Some((close, after)) = rest.split_first() {
            kept.push(*close);
            rest = after;
        }
    }
    kept.extend(rest);
}

/// The name, without prefix, that stands before `="`.
fn attribute(before: &[u8]) -> &[u8] {
    let name = before.trim_ascii_end();
    let name = name.strip_suffix(b"=").unwrap_or(name).trim_ascii_end();
    let start = name
        .iter()
        .rposition(|byte| byte.is_ascii_whitespace() || *byte == b':');
    &name[start.map_or(0, |at| at + 1)..]
}

fn replaced<'a>(name: &[u8], value: &'a [u8], is_relations: bool) -> &'a [u8] {
    let lower = value.to_ascii_lowercase();
    let names_a_folder = [b"file:".as_slice(), b":\\users\\", b":/users/", b"/home/"]
        .iter()
        .any(|mark| lower.windows(mark.len()).any(|window| window == *mark));
    match name {
        name if PERSONAL.contains(&name) => b"",
        // a template or picture on the author's machine, which nobody else has
        b"Target" if is_relations && names_a_folder => b"Normal.dotm",
        _ if names_a_folder => b"",
        _ => value,
    }
}
