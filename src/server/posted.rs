//! What a browser posts: fields and files of one form, bounded, cleaned and composed to NFC.

use super::AppState;
use crate::error::AppError;
use axum::{extract::Request, http::request::Parts};
use bytes::Bytes;

/// The fields of a form, in order, and its files.
#[derive(Default)]
pub struct Posted {
    /// Name and value, the value already normalised (`case::normalise`) and NFC.
    pub fields: Vec<(String, String)>,
    /// Files that were chosen, in order; empty choices are left out.
    pub files: Vec<PostedFile>,
}

/// One chosen file.
pub struct PostedFile {
    /// Name of the field.
    pub field: String,
    /// Name on the person's device.
    pub name: String,
    /// Content.
    pub bytes: Bytes,
}

impl Posted {
    /// The value of a field; "" where it was not sent.
    pub fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }

    /// Every value of a field that may be sent several times.
    pub fn values(&self, name: &str) -> Vec<String> {
        self.fields.iter().filter(|(n, _)| n == name).map(|(_, v)| v.clone()).collect()
    }
}

/// Reads an urlencoded or multipart form.
///
/// # Errors
/// [`AppError::Invalid`] with a message under the field `tep` where the body is over the limits or not a form.
#[expect(clippy::unimplemented, clippy::unused_async, reason = "signatures first")]
pub async fn read(_state: &AppState, _request: Request) -> Result<(Parts, Posted), AppError> {
    unimplemented!()
}
