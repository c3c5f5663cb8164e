//! A form in parts, files among them, read within bounds of size and memory.

use super::{
    admission::Admission,
    form_data::{MAX_FIELD_BYTES, MAX_FIELDS, MAX_PLAIN_BYTES, SubmittedFile, SubmittedForm},
};
use crate::{
    error::AppError,
    platform::files::{MAX_FILE_BYTES, MAX_FILES},
};
use axum::{
    body::Body,
    extract::{
        Multipart,
        multipart::{Field, MultipartError},
    },
};
use bytes::Bytes;
use futures::{StreamExt as _, stream};
use std::task::Poll;
use unicode_normalization::UnicodeNormalization as _;

/// The most bytes of a form with files, and of what stands between them.
const MAX_UPLOAD_BYTES: usize = MAX_FILES * MAX_FILE_BYTES + 2 * MAX_PLAIN_BYTES;
/// A file is kept in pieces this large, so that it never stands in memory twice.
const STEP: usize = 256 * 1024;

/// The body one piece at a time: the multipart reader takes whatever is ready into memory, and where all of a small form is ready between
/// two of its looks, it takes the form for one that broke off.
pub(super) fn in_pieces(body: Body) -> Body {
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

/// Reads every part into `form`: what could be read is kept, whatever the rest is.
pub(super) async fn read(
    mut multipart: Multipart,
    admission: &Admission,
    form: &mut SubmittedForm,
) {
    let (mut text, mut passed) = (0, 0);
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
        let Ok(bytes) = read_bounded(field, limit, &mut passed, form).await else {
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
    if form.refused.is_some() {
        form.drop_files();
    }
    form.oversize = passed > MAX_UPLOAD_BYTES;
}

/// Reads a part to its end; `None` where it is longer than `limit`, or there is no room for it. The rest is passed over, so that one
/// large file loses no other field. What was read of the body so far is added up in `passed`.
async fn read_bounded(
    mut field: Field<'_>,
    limit: usize,
    passed: &mut usize,
    form: &mut SubmittedForm,
) -> Result<Option<Bytes>, MultipartError> {
    let mut kept = Some(Vec::new());
    while let Some(chunk) = field.chunk().await? {
        *passed += chunk.len();
        let Some(bytes) = &mut kept else { continue };
        let length = bytes.len() + chunk.len();
        // words without room are kept for the refusal to show: they are few, and soon let go
        let fits = length <= limit && (form.hold(chunk.len()).await || limit < MAX_FILE_BYTES);
        if !fits {
            form.release(bytes.len());
            kept = None;
            continue;
        }
        if length > bytes.capacity() {
            bytes.reserve_exact(STEP.min(limit).max(chunk.len()));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(kept.map(Bytes::from))
}
