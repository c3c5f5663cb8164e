//! What a browser submits: fields and files of one form, bounded, cleaned and composed to NFC.

use crate::{
    case::normalise,
    error::{AppError, FieldErrors},
    platform::{
        AppState,
        files::{self, CleanFile, FileError, MAX_FILE_BYTES, MAX_FILES},
    },
};
use axum::{
    body::Body,
    extract::{FromRequest as _, Multipart, Request, multipart::Field},
    http::{header, request::Parts},
};
use bytes::{Bytes, BytesMut};
use futures::{StreamExt as _, stream};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::{collections::HashSet, sync::Arc, task::Poll};
use unicode_normalization::UnicodeNormalization as _;

/// The most fields one form may hold.
const MAX_FIELDS: usize = 300;
/// The most bytes of one field: 10 000 characters of four bytes, and then some.
const MAX_FIELD_BYTES: usize = 64 * 1024;
/// The most bytes of a form without files.
pub const MAX_PLAIN_BYTES: usize = 256 * 1024;

/// The fields of a form, in order, and its files.
#[derive(Default)]
pub struct SubmittedForm {
    /// Name and value, the value already normalised (`case::normalise`) and NFC.
    pub fields: Vec<(String, String)>,
    /// Files that were chosen, in order; empty choices are left out.
    pub files: Vec<SubmittedFile>,
    /// Fields that were not valid UTF-8; their readable part is kept.
    pub unreadable: Vec<String>,
    /// Whether reading stopped at a limit: what came before is kept.
    pub truncated: bool,
}

/// One chosen file.
pub struct SubmittedFile {
    /// Name of the field.
    pub field: String,
    /// Name on the person's device.
    pub name: String,
    /// Content; `None` where it is over the limit, in which case the rest of the form was still read.
    pub bytes: Option<Bytes>,
}

impl SubmittedForm {
    /// The form behind the command that is being run.
    ///
    /// # Errors
    /// [`AppError::Internal`] if a command was called past the adapter.
    pub fn current() -> Result<Arc<Self>, AppError> {
        leptos::prelude::use_context::<Arc<Self>>().ok_or(AppError::Internal)
    }

    /// Name and value of each field.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The fields as a server function reads its arguments from them. A name that is not a list (`name[]`) counts once.
    pub fn encode(&self) -> String {
        let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let mut seen = HashSet::new();
        self.pairs()
            .filter(|(name, _)| name.ends_with("[]") || seen.insert(*name))
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect::<Vec<_>>()
            .join("&")
    }

    /// Field and name of each chosen file.
    pub fn file_names(&self) -> Vec<(String, String)> {
        self.files
            .iter()
            .map(|file| (file.field.clone(), file.name.clone()))
            .collect()
    }

    /// Puts the values of a page's path in place of what was sent under their names.
    pub fn set_parameters(&mut self, parameters: Vec<(&'static str, String)>) {
        for (name, value) in parameters {
            // `number[]` and `number[x]` as well
            let base = |sent: &str| sent.split('[').next() == Some(name);
            self.fields.retain(|(sent, _)| !base(sent));
            self.fields.push((name.to_owned(), value));
        }
    }

    /// The value of a field; "" where it was not sent.
    pub fn value(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|(n, _)| n == name)
            .map_or("", |(_, v)| v)
    }

    fn add(&mut self, name: String, raw: &[u8]) {
        let text = String::from_utf8_lossy(raw);
        if matches!(text, std::borrow::Cow::Owned(_)) {
            self.unreadable.push(name.clone());
        }
        let composed: String = text.nfc().collect();
        self.fields.push((name, normalise(&composed)));
    }
}

/// Checks and cleans every chosen file; a message for the person where one of them cannot be taken.
///
/// # Errors
/// The message, in the words the person reads.
pub async fn clean_files(files: &[SubmittedFile]) -> Result<Vec<CleanFile>, String> {
    if files.len() > MAX_FILES {
        return Err(format!(
            "Mỗi lần gửi tối đa {MAX_FILES} tệp. Vui lòng chọn lại các tệp."
        ));
    }
    let mut clean = Vec::with_capacity(files.len());
    for file in files {
        let result = match &file.bytes {
            Some(bytes) => files::clean(&file.name, bytes.clone()).await,
            None => Err(FileError::Size),
        };
        clean.push(result.map_err(|fault| format!("Tệp “{}”: {}", file.name, fault.message()))?);
    }
    Ok(clean)
}

/// Reads an urlencoded or multipart form.
///
/// # Errors
/// [`AppError::Invalid`] where the body is no form at all.
pub async fn read(state: &AppState, request: Request) -> Result<(Parts, SubmittedForm), AppError> {
    let (parts, body) = request.into_parts();
    let kind = parts
        .headers
        .get(header::CONTENT_TYPE)
        .map(|kind| kind.as_bytes().to_ascii_lowercase())
        .unwrap_or_default();
    let form = if kind.starts_with(b"multipart/form-data") {
        let multipart =
            Multipart::from_request(Request::from_parts(parts.clone(), in_pieces(body)), state)
                .await
                .map_err(|_| no_form())?;
        read_multipart(multipart).await
    } else if kind.starts_with(b"application/x-www-form-urlencoded") {
        read_plain(
            &axum::body::to_bytes(body, MAX_PLAIN_BYTES)
                .await
                .map_err(|_| no_form())?,
        )
    } else {
        return Err(no_form());
    };
    Ok((parts, form))
}

/// The body one piece at a time: the multipart reader takes whatever is ready into memory, and where all of a small form is ready between
/// two of its looks, it takes the form for one that broke off.
fn in_pieces(body: Body) -> Body {
    let (mut pieces, mut pause) = (body.into_data_stream(), false);
    Body::from_stream(stream::poll_fn(move |context| {
        if std::mem::take(&mut pause) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let piece = pieces.poll_next_unpin(context);
        pause = matches!(piece, Poll::Ready(Some(_)));
        piece
    }))
}

/// The answer to what is no form, or too large for one.
pub fn no_form() -> AppError {
    let mut errors = FieldErrors::default();
    errors.add(
        "gui",
        "Không đọc được dữ liệu gửi lên, hoặc dữ liệu quá lớn. Chưa có gì được ghi. Vui lòng quay lại trang trước rồi gửi lại.",
    );
    errors.into()
}

fn read_plain(bytes: &[u8]) -> SubmittedForm {
    let mut form = SubmittedForm::default();
    for pair in bytes.split(|b| *b == b'&').filter(|pair| !pair.is_empty()) {
        if form.fields.len() >= MAX_FIELDS {
            form.truncated = true;
            break;
        }
        let (name, value) =
            pair.split_at(pair.iter().position(|b| *b == b'=').unwrap_or(pair.len()));
        let name = String::from_utf8_lossy(&percent_decode(name)).into_owned();
        form.add(name, &percent_decode(value.get(1..).unwrap_or_default()));
    }
    form
}

/// application/x-www-form-urlencoded (WHATWG URL §5.1): `+` is a blank, `%hh` a byte.
fn percent_decode(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((first, tail)) = rest.split_first() {
        let byte = tail
            .get(..2)
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (first, byte) {
            (b'%', Some(byte)) => {
                out.push(byte);
                rest = &tail[2..];
                continue;
            }
            (b'+', _) => out.push(b' '),
            (other, _) => out.push(*other),
        }
        rest = tail;
    }
    out
}

async fn read_multipart(mut multipart: Multipart) -> SubmittedForm {
    let mut form = SubmittedForm::default();
    let mut text = 0;
    loop {
        let field = match multipart.next_field().await {
            Ok(Some(field)) if form.fields.len() + form.files.len() < MAX_FIELDS => field,
            Ok(None) => break,
            Ok(Some(_)) | Err(_) => {
                form.truncated = true;
                break;
            }
        };
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let limit = match file_name {
            // one file too many is refused whatever it holds
            Some(_) if form.files.len() >= MAX_FILES => 0,
            Some(_) => MAX_FILE_BYTES,
            None => MAX_FIELD_BYTES,
        };
        let Ok(bytes) = read_bounded(field, limit).await else {
            form.truncated = true;
            break;
        };
        match (file_name, bytes) {
            // all text together is no longer than a form without files may be
            (None, Some(bytes)) if text + bytes.len() > MAX_PLAIN_BYTES => form.truncated = true,
            (None, Some(bytes)) => {
                text += bytes.len();
                form.add(name, &bytes);
            }
            (None, None) => form.truncated = true,
            (Some(_), Some(bytes)) if bytes.is_empty() => {}
            (Some(file_name), bytes) => form.files.push(SubmittedFile {
                field: name,
                name: file_name.nfc().collect(),
                bytes,
            }),
        }
    }
    form
}

/// Reads a part to its end; `None` where it is longer than `limit`. The rest is passed over, so that one large file loses no other field.
async fn read_bounded(
    mut field: Field<'_>,
    limit: usize,
) -> Result<Option<Bytes>, axum::extract::multipart::MultipartError> {
    let mut kept = Some(BytesMut::new());
    while let Some(chunk) = field.chunk().await? {
        kept = kept.filter(|bytes| bytes.len() + chunk.len() <= limit);
        if let Some(bytes) = &mut kept {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok(kept.map(BytesMut::freeze))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decomposed_vietnamese_is_composed_and_line_ends_are_unix() {
        let form = read_plain("noi_dung=Bi%CC%80nh+Thu%E1%BB%B7%0D%0A%C3%90".as_bytes());
        assert_eq!(form.value("noi_dung"), "Bình Thuỷ\nĐ");
    }

    #[test]
    fn broken_utf8_is_noted_and_the_rest_kept() {
        let form = read_plain(b"a=x%FFy&b=2");
        assert_eq!(form.unreadable, ["a"]);
        assert_eq!((form.value("a"), form.value("b")), ("x\u{fffd}y", "2"));
    }

    #[test]
    fn a_thousand_fields_stop_at_the_limit() {
        let body = vec!["a=1"; 1000].join("&");
        let form = read_plain(body.as_bytes());
        assert!(form.truncated && form.fields.len() == MAX_FIELDS);
    }
}
