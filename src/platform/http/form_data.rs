//! What a browser submits: fields and files of one form, bounded, cleaned and composed to NFC.

use crate::{
    case::normalise,
    error::{AppError, FieldErrors},
    platform::{
        AppState,
        files::{self, CleanFile, FileError, Line, MAX_FILES, MAX_PIXELS_TOGETHER},
        http::{
            admission::Admitted, body::Watch, client_ip::widest_network, feed::Feed, multipart,
        },
    },
};
use axum::{
    body::Body,
    extract::{FromRequest as _, Multipart, Request},
    http::{HeaderMap, HeaderValue, header, request::Parts},
};
use bytes::Bytes;
use futures::StreamExt as _;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::{collections::HashSet, sync::Arc};
use unicode_normalization::UnicodeNormalization as _;

/// The most fields one form may hold.
pub(super) const MAX_FIELDS: usize = 300;
/// The most bytes of one field: 10 000 characters of four bytes, and then some.
pub(super) const MAX_FIELD_BYTES: usize = 64 * 1024;
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
    /// Whether more was sent than a form with every permitted file has.
    pub oversize: bool,
    /// Why it cannot be taken, whatever it says: what could be read is kept.
    pub refused: Option<AppError>,
    /// Its turn, and the room it takes.
    admitted: Option<Admitted>,
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

    pub(super) fn add(&mut self, name: String, raw: &[u8]) {
        let text = String::from_utf8_lossy(raw);
        if matches!(text, std::borrow::Cow::Owned(_)) {
            self.unreadable.push(name.clone());
        }
        let composed: String = text.nfc().collect();
        self.fields.push((name, normalise(&composed)));
    }
}

impl SubmittedForm {
    fn new(admitted: Admitted) -> Self {
        Self {
            admitted: Some(admitted),
            ..Self::default()
        }
    }

    /// Takes room for words; without it, notes why.
    pub(super) async fn hold_words(&mut self, bytes: usize) -> bool {
        let Some(admitted) = &mut self.admitted else {
            return true;
        };
        let room = admitted.hold_words(bytes).await;
        let has_room = room.is_ok();
        self.refused = self.refused.take().or(room.err());
        has_room
    }

    /// Takes room for bytes of a file; without it, notes why and keeps none.
    pub(super) async fn hold_file(&mut self, bytes: usize) -> bool {
        let Some(admitted) = &mut self.admitted else {
            return true;
        };
        let room = admitted.hold_file(bytes).await;
        self.refused = self.refused.take().or(room.err());
        self.refused.is_none()
    }

    pub(super) fn release_file(&mut self, bytes: usize) {
        if let Some(admitted) = &mut self.admitted {
            admitted.release_file(bytes);
        }
    }

    /// Ends when somebody faster needs the turn of this form.
    pub(super) fn overtaken(&self) -> impl Future<Output = ()> + use<> {
        let lost = self.admitted.as_ref().and_then(Admitted::overtaken);
        async move {
            match lost {
                Some(lost) => lost.notified().await,
                None => std::future::pending().await,
            }
        }
    }

    /// Lets go of every file: the form is refused, and others wait for its turn and its room.
    pub(super) fn give_way(&mut self, why: AppError) {
        self.refused.get_or_insert(why);
        let files = self.files.iter_mut();
        let bytes = files.filter_map(|file| file.bytes.take());
        let freed = bytes.map(|bytes| bytes.len()).sum();
        self.release_file(freed);
        self.arrived();
    }

    /// Nothing more of it is being received.
    fn arrived(&mut self) {
        if let Some(admitted) = &mut self.admitted {
            admitted.arrived();
        }
    }
}

/// Judges the chosen files by what needs no child: how many, how large, of what kind, how many pixels.
///
/// # Errors
/// The message, in the words the person reads.
pub fn check_files(files: &[SubmittedFile]) -> Result<(), String> {
    if files.len() > MAX_FILES {
        return Err(format!(
            "Mỗi lần gửi tối đa {MAX_FILES} tệp. Vui lòng chọn lại các tệp."
        ));
    }
    for file in files {
        let bytes = file.bytes.as_ref().ok_or(FileError::Size);
        bytes
            .and_then(|bytes| files::check_file(bytes))
            .map_err(|fault| of_file(file, fault))?;
    }
    match pixels_of_all(files) > MAX_PIXELS_TOGETHER {
        true => Err(FileError::Pixels.message().to_owned()),
        false => Ok(()),
    }
}

fn pixels_of_all(files: &[SubmittedFile]) -> u64 {
    let bytes = files.iter().filter_map(|file| file.bytes.as_ref());
    bytes.filter_map(|bytes| files::pixels_of(bytes)).sum()
}

fn of_file(file: &SubmittedFile, fault: FileError) -> String {
    format!("Tệp “{}”: {}", file.name, fault.message())
}

/// Checks and cleans every chosen file of the current request. It takes children that others wait for, so it comes last: after
/// the words are judged and the sending is counted.
///
/// # Errors
/// [`AppError::Invalid`] at `tep` where one of them cannot be taken; [`AppError::Busy`] where too many of others wait.
pub async fn clean_files(
    state: &AppState,
    files: &[SubmittedFile],
) -> Result<Vec<CleanFile>, AppError> {
    let at_files = |message: &str| AppError::from(FieldErrors::at("tep", message));
    check_files(files).map_err(|message| at_files(&message))?;
    let parts = leptos::prelude::use_context::<Parts>();
    let network = parts.and_then(|parts| widest_network(&state.config, &parts));
    let mut line = Line::new(network, state.config.limits.wait);
    // what photographs leave is for the pictures within documents
    let mut left = MAX_PIXELS_TOGETHER.saturating_sub(pixels_of_all(files));
    let mut clean = Vec::with_capacity(files.len());
    for file in files {
        let bytes = file.bytes.clone().unwrap_or_default();
        let mut own = files::pixels_of(&bytes);
        let pixels = own.as_mut().unwrap_or(&mut left);
        let result = state.cleaner.clean(&file.name, bytes, pixels, &mut line);
        clean.push(result.await.map_err(|fault| match fault {
            FileError::Busy => AppError::Busy,
            fault => at_files(&of_file(file, fault)),
        })?);
    }
    Ok(clean)
}

/// Reads an urlencoded or multipart form.
///
/// # Errors
/// [`AppError::Invalid`] where the body is no form at all, [`AppError::Busy`] where there is no room for its words, and what
/// its [`Watch`] says of a form without files.
pub async fn read(state: &AppState, request: Request) -> Result<(Parts, SubmittedForm), AppError> {
    let (parts, body) = request.into_parts();
    let watch = parts.extensions.get::<Watch>().cloned().unwrap_or_default();
    let mut form = SubmittedForm::new(state.admission.admit(&state.config, &parts));
    if has_parts(&parts.headers) {
        let feed = Feed::default();
        let request = Request::from_parts(parts.clone(), feed.through(body));
        let multipart = Multipart::from_request(request, state)
            .await
            .map_err(|_| no_form())?;
        multipart::read(multipart, &feed, &state.admission, &mut form).await;
        form.arrived();
        form.refused = form.refused.take().or(watch.refusal());
    } else if is_of_kind(&parts.headers, b"application/x-www-form-urlencoded") {
        let bytes = read_whole(body, &mut form).await;
        read_plain(
            &bytes.map_err(|error| watch.refusal().unwrap_or(error))?,
            &mut form,
        );
    } else {
        return Err(no_form());
    }
    Ok((parts, form))
}

/// Whether the body is a form in parts, which may be files.
pub fn has_parts(headers: &HeaderMap) -> bool {
    is_of_kind(headers, b"multipart/form-data")
}

fn is_of_kind(headers: &HeaderMap, kind: &[u8]) -> bool {
    let sent = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    let start = sent.and_then(|sent| sent.get(..kind.len()));
    start.is_some_and(|start| start.eq_ignore_ascii_case(kind))
}

/// A body without files.
async fn read_whole(body: Body, form: &mut SubmittedForm) -> Result<Vec<u8>, AppError> {
    let (mut whole, mut pieces) = (Vec::new(), body.into_data_stream());
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| no_form())?;
        if whole.len() + piece.len() > MAX_PLAIN_BYTES {
            return Err(AppError::TooLarge);
        }
        if !form.hold_words(piece.len()).await {
            return Err(AppError::Busy);
        }
        whole.extend_from_slice(&piece);
    }
    Ok(whole)
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

fn read_plain(bytes: &[u8], form: &mut SubmittedForm) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(bytes: &[u8]) -> SubmittedForm {
        let mut form = SubmittedForm::default();
        read_plain(bytes, &mut form);
        form
    }

    #[test]
    fn decomposed_vietnamese_is_composed_and_line_ends_are_unix() {
        let form = plain("noi_dung=Bi%CC%80nh+Thu%E1%BB%B7%0D%0A%C3%90".as_bytes());
        assert_eq!(form.value("noi_dung"), "Bình Thuỷ\nĐ");
    }

    #[test]
    fn broken_utf8_is_noted_and_the_rest_kept() {
        let form = plain(b"a=x%FFy&b=2");
        assert_eq!(form.unreadable, ["a"]);
        assert_eq!((form.value("a"), form.value("b")), ("x\u{fffd}y", "2"));
    }

    #[test]
    fn a_thousand_fields_stop_at_the_limit() {
        let body = vec!["a=1"; 1000].join("&");
        let form = plain(body.as_bytes());
        assert!(form.truncated && form.fields.len() == MAX_FIELDS);
    }
}
