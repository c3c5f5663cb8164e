//! A form in parts, files among them, read within bounds of size and memory.

use super::{
    admission::Admission,
    feed::Feed,
    form_data::{MAX_FIELD_BYTES, MAX_FIELDS, MAX_PLAIN_BYTES, SubmittedFile, SubmittedForm},
};
use crate::{
    error::AppError,
    platform::files::{MAX_FILE_BYTES, MAX_FILES},
};
use axum::extract::{
    Multipart,
    multipart::{Field, MultipartError},
};
use bytes::Bytes;
use unicode_normalization::UnicodeNormalization as _;

/// The most bytes of a form with files, and of what stands between them.
const MAX_UPLOAD_BYTES: usize = MAX_FILES * MAX_FILE_BYTES + 2 * MAX_PLAIN_BYTES;
/// A file is kept in pieces this large, so that it never stands in memory twice.
const STEP: usize = 256 * 1024;

/// Reads every part into `form`: what could be read is kept, whatever the rest is.
pub(super) async fn read(
    mut multipart: Multipart,
    feed: &Feed,
    admission: &Admission,
    form: &mut SubmittedForm,
) {
    let (mut text, mut passed) = (0, 0);
    loop {
        let next = loop {
            tokio::select! {
                () = form.overtaken() => form.give_way(AppError::Busy),
                next = feed.until(multipart.next_field()) => break next,
            }
        };
        let Some(next) = next else {
            form.truncated = true;
            form.give_way(AppError::TooLarge);
            break;
        };
        let field = match next {
            Ok(Some(field)) if form.fields.len() + form.files.len() < MAX_FIELDS => field,
            Ok(None) => break,
            Ok(Some(_)) | Err(_) => {
                form.truncated = true;
                break;
            }
        };
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        // a control without a file sends an empty one
        let is_file = file_name.as_ref().is_some_and(|name| !name.is_empty());
        if is_file && form.refused.is_none() && !admission.has_room_for_files() {
            form.refused = Some(AppError::StorageFull);
        }
        let limit = match file_name {
            // one file too many is refused whatever it holds
            Some(_) if form.files.len() >= MAX_FILES || form.refused.is_some() => 0,
            Some(_) => MAX_FILE_BYTES,
            None => MAX_FIELD_BYTES,
        };
        let Ok(bytes) = read_bounded(field, feed, limit, &mut passed, form).await else {
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
    if let Some(refused) = form.refused.clone() {
        form.give_way(refused);
    }
    form.oversize = passed > MAX_UPLOAD_BYTES;
}

/// Reads a part to its end; `None` where it is longer than `limit`, or there is no room for it. The rest is passed over, so that one
/// large file loses no other field. What was read of the body so far is added up in `passed`.
async fn read_bounded(
    mut field: Field<'_>,
    feed: &Feed,
    limit: usize,
    passed: &mut usize,
    form: &mut SubmittedForm,
) -> Result<Option<Bytes>, MultipartError> {
    let is_file = field.file_name().is_some();
    let mut kept = Some(Vec::new());
    loop {
        let chunk = tokio::select! {
            () = form.overtaken() => {
                // the rest is passed over, so that the words behind the file are kept
                form.release_file(kept.take().map_or(0, |bytes| bytes.len()));
                form.give_way(AppError::Busy);
                continue;
            }
            chunk = feed.until(field.chunk()) => chunk,
        };
        let Some(chunk) = chunk.transpose()?.flatten() else {
            return Ok(kept.map(Bytes::from));
        };
        *passed += chunk.len();
        let Some(bytes) = kept.as_mut().filter(|_| !chunk.is_empty()) else {
            continue;
        };
        let fits = bytes.len() + chunk.len() <= limit
            && match is_file {
                true => form.hold_file(chunk.len()).await,
                false => {
                    // without room they are kept for the refusal to show: they are few, and soon let go
                    form.hold_words(chunk.len()).await;
                    true
                }
            };
        if !fits {
            if is_file {
                form.release_file(bytes.len());
            }
            kept = None;
            continue;
        }
        if bytes.len() + chunk.len() > bytes.capacity() {
            bytes.reserve_exact(STEP.min(limit).max(chunk.len()));
        }
        bytes.extend_from_slice(&chunk);
    }
}
