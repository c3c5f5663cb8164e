//! PDF files: read within bounds, written again with what is on the pages and nothing about who
//! made them: no document information, no XMP, no comment's author, no signature, no attached
//! file, no script, no place in an embedded photograph.

use super::{
    MAX_FILE_BYTES,
    clean::FileError,
    document::{ends_as_archive, holds},
    jpeg, sound,
};
use bytes::Bytes;
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Stream};
use std::{cell::Cell, collections::HashSet};

/// Most objects; a long scanned contract has some thousands.
const MAX_OBJECTS: usize = 100_000;
/// Largest stream of packed objects. A parsed object takes many times its bytes.
const MAX_PACKED: usize = 4 * 1024 * 1024;
/// All of them together.
const MAX_PACKED_TOTAL: usize = 24 * 1024 * 1024;
/// Largest photograph once the packing around it is taken off.
const MAX_PHOTOGRAPH: usize = 2 * MAX_FILE_BYTES;

/// Keys that lead away from the page: to authors, private data, attached files, scripts.
const DROPPED: [&[u8]; 8] = [
    b"Metadata",
    b"PieceInfo",
    b"LastModified",
    b"Thumb",
    b"AF",
    b"AA",
    b"OpenAction",
    b"FS",
];
/// Such keys in the tree of names, whose dictionary has no type.
const DROPPED_NAMES: [&[u8]; 2] = [b"EmbeddedFiles", b"JavaScript"];
/// Objects that name a person or hold another file; what refers to them refers to nothing.
const DROPPED_TYPES: [&[u8]; 4] = [b"Metadata", b"EmbeddedFile", b"Sig", b"DocTimeStamp"];
/// Of the remarks on a page: author, identifier, days. A form's field has its name under `T`.
const REMARK_KEYS: [&[u8]; 4] = [b"T", b"NM", b"M", b"CreationDate"];
/// Annotations that are no remarks.
const NO_REMARKS: [&[u8]; 2] = [b"Widget", b"Link"];

thread_local! {
    /// Packed bytes that the document being read may still unpack to.
    static PACKED_LEFT: Cell<usize> = const { Cell::new(0) };
}

/// The same pages, without what is about their author.
pub(super) fn clean(bytes: &Bytes) -> Result<Bytes, FileError> {
    let tail = &bytes[bytes.len().saturating_sub(2048)..];
    if !bytes.starts_with(b"%PDF-1.") && !bytes.starts_with(b"%PDF-2.") {
        return Err(FileError::Kind);
    }
    if !holds(tail, b"%%EOF") {
        return Err(FileError::Broken);
    }
    if ends_as_archive(bytes) {
        return Err(FileError::Kind);
    }
    if has_length_that_is_no_number(bytes) {
        return Err(FileError::Broken);
    }
    let mut document = read(bytes)?;
    let pages = document.get_pages().len();
    scrub(&mut document)?;
    let written = write(&mut document)?;
    // what does not open any more is not kept
    if pages == 0 || read(&written)?.get_pages().len() != pages {
        return Err(FileError::Document);
    }
    Ok(Bytes::from(written))
}

/// Whether the length of a stream stands in an object that is no number: the reader would read that object first, and what its
/// length stands in before it, as deep as the file says. Only what is written plainly is seen; the child's bounds end the rest.
fn has_length_that_is_no_number(bytes: &[u8]) -> bool {
    let lengths: HashSet<&[u8]> = places(bytes, b"/Length").filter_map(referred).collect();
    places(bytes, b" obj").any(|(before, content)| {
        // `7 0 obj <<`
        let number = without_number(before).trim_ascii_end();
        let number = &number[without_number(number).len()..];
        lengths.contains(number) && content.trim_ascii_start().starts_with(b"<<")
    })
}

/// The number of the object that a `7 0 R` refers to.
fn referred<'a>((_, text): (&[u8], &'a [u8])) -> Option<&'a [u8]> {
    let text = text.trim_ascii_start();
    let (number, rest) = text.split_at(digits(text.iter()));
    let rest = rest.trim_ascii_start();
    let rest = rest[digits(rest.iter())..].trim_ascii_start();
    (!number.is_empty() && rest.starts_with(b"R")).then_some(number)
}

fn without_number(text: &[u8]) -> &[u8] {
    &text[..text.len() - digits(text.iter().rev())]
}

fn digits<'a>(text: impl Iterator<Item = &'a u8>) -> usize {
    text.take_while(|byte| byte.is_ascii_digit()).count()
}

/// What stands before and after each `part`.
fn places<'a>(bytes: &'a [u8], part: &[u8]) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
    let at = bytes.windows(part.len()).enumerate();
    at.filter(move |(_, window)| *window == part)
        .map(move |(at, window)| (&bytes[..at], &bytes[at + window.len()..]))
}

fn read(bytes: &[u8]) -> Result<Document, FileError> {
    PACKED_LEFT.set(MAX_PACKED_TOTAL);
    let options = LoadOptions {
        filter: Some(within_bounds),
        max_decompressed_size: Some(MAX_PACKED),
        ..LoadOptions::default()
    };
    let document = Document::load_mem_with_options(bytes, options);
    let document = document.map_err(|_| FileError::Document)?;
    // an empty password opens some locked files; their pages are another's to unlock
    let is_locked = document.is_encrypted() || document.was_encrypted();
    if is_locked || PACKED_LEFT.get() == 0 || document.objects.len() > MAX_OBJECTS {
        return Err(FileError::Document);
    }
    Ok(document)
}

/// Lets an object through while the bytes that packed objects unpack to are within bounds.
fn within_bounds(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    if let Object::Stream(stream) = object
        && stream.dict.has_type(b"ObjStm")
    {
        let unpacked = stream.get_plain_content_with_limit(MAX_PACKED);
        let size = unpacked.map_or(usize::MAX, |bytes| bytes.len());
        PACKED_LEFT.set(PACKED_LEFT.get().saturating_sub(size));
        if PACKED_LEFT.get() == 0 {
            return None;
        }
    }
    Some((id, object.clone()))
}

fn scrub(document: &mut Document) -> Result<(), FileError> {
    for key in [b"Info".as_slice(), b"ID", b"Prev", b"XRefStm"] {
        document.trailer.remove(key);
    }
    document.objects.retain(|_, object| !is_dropped(object));
    for object in document.objects.values_mut() {
        scrub_object(object);
        if let Object::Stream(stream) = object {
            scrub_photograph(stream)?;
        }
    }
    // earlier versions of the document, and what has just lost its last reference
    document.prune_objects();
    Ok(())
}

fn is_dropped(object: &Object) -> bool {
    let dictionary = match object {
        Object::Dictionary(dictionary) => dictionary,
        Object::Stream(stream) => &stream.dict,
        _ => return false,
    };
    DROPPED_TYPES.iter().any(|name| dictionary.has_type(name))
}

fn scrub_object(object: &mut Object) {
    match object {
        Object::Array(items) => items.iter_mut().for_each(scrub_object),
        Object::Dictionary(dictionary) => scrub_dictionary(dictionary),
        Object::Stream(stream) => scrub_dictionary(&mut stream.dict),
        _ => {}
    }
}

fn scrub_dictionary(dictionary: &mut Dictionary) {
    // a dictionary without a type may be a list of fonts or pictures, which may bear any name
    if dictionary.has(b"Type") || dictionary.has(b"Subtype") {
        for key in DROPPED {
            dictionary.remove(key);
        }
    }
    for key in DROPPED_NAMES {
        dictionary.remove(key);
    }
    let subtype = dictionary.get(b"Subtype").and_then(Object::as_name);
    let is_remark =
        dictionary.has(b"Rect") && subtype.is_ok_and(|name| !NO_REMARKS.contains(&name));
    if is_remark {
        for key in REMARK_KEYS {
            dictionary.remove(key);
        }
    }
    let action = dictionary.get(b"S").and_then(Object::as_name);
    if action.is_ok_and(|name| matches!(name, b"JavaScript" | b"Launch")) {
        *dictionary = Dictionary::new();
    }
    for (_, value) in dictionary.iter_mut() {
        if !matches!(value, Object::Reference(_)) {
            scrub_object(value);
        }
    }
}

/// Takes what a camera wrote out of an embedded photograph; its pixels are not touched.
fn scrub_photograph(stream: &mut Stream) -> Result<(), FileError> {
    let filters: Vec<Vec<u8>> = stream
        .filters()
        .map(|filters| filters.into_iter().map(<[u8]>::to_vec).collect())
        .unwrap_or_default();
    let filters: Vec<&[u8]> = filters.iter().map(Vec::as_slice).collect();
    let clean = match filters[..] {
        [b"DCTDecode" | b"DCT"] => jpeg::without_metadata(&stream.content),
        [b"JPXDecode"] => sound::without_notes(&stream.content),
        [b"FlateDecode" | b"Fl", b"DCTDecode" | b"DCT"] => {
            let mut packed = Stream::new(Dictionary::new(), stream.content.clone());
            packed.dict.set("Filter", "FlateDecode");
            let unpacked = packed.decompressed_content_with_limit(MAX_PHOTOGRAPH);
            stream.dict.set("Filter", "DCTDecode");
            stream.dict.remove(b"DecodeParms");
            jpeg::without_metadata(&unpacked.map_err(|_| FileError::Document)?)
        }
        _ if filters
            .iter()
            .any(|name| matches!(*name, b"DCTDecode" | b"DCT" | b"JPXDecode")) =>
        {
            None
        }
        _ => return Ok(()),
    };
    stream.set_content(clean.ok_or(FileError::Document)?);
    Ok(())
}

/// Written plainly, and packed only if it would outgrow the limit that the submitter respected.
fn write(document: &mut Document) -> Result<Vec<u8>, FileError> {
    let mut plain = Vec::new();
    document
        .save_to(&mut plain)
        .map_err(|_| FileError::Document)?;
    if plain.len() <= MAX_FILE_BYTES {
        return Ok(plain);
    }
    let mut packed = Vec::new();
    document.compress();
    document
        .save_modern(&mut packed)
        .map_err(|_| FileError::Document)?;
    Ok(packed)
}
