//! Attachments: type by content, pictures decoded and re-encoded, sealed in chunks.

use super::vault::CaseKey;
use crate::error::AppError;
use bytes::Bytes;

/// The most files one sending may hold.
pub const MAX_FILES: usize = 5;
/// The most bytes of one file: 10 MB.
pub const MAX_FILE_BYTES: usize = 10 * 1024 * 1024;

/// A file that passed every check, ready to seal. Pictures are already without EXIF and GPS.
pub struct CleanFile {
    /// Name as the person's device gave it, NFC, without path.
    pub name: String,
    /// One of the accepted media types.
    pub media_type: &'static str,
    /// The bytes to keep.
    pub bytes: Bytes,
}

/// Why a file is refused, in the words the person reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFault {
    /// Not one of the accepted kinds, judged by content.
    Kind,
    /// Over [`MAX_FILE_BYTES`].
    Size,
    /// Says it is a picture and cannot be read, or is too large in pixels.
    Broken,
}

/// Checks and cleans one uploaded file. CPU-bound: runs off the async threads.
#[expect(clippy::unimplemented, clippy::unused_async, unused_variables, clippy::missing_errors_doc, reason = "signatures first")]
pub async fn clean(name: &str, bytes: Bytes) -> Result<CleanFile, FileFault> {
    unimplemented!()
}

/// Where sealed files lie.
pub struct FileStore {}

#[expect(clippy::unimplemented, clippy::unused_async, unused_variables, clippy::missing_errors_doc, reason = "signatures first")]
impl FileStore {
    /// Seals and writes a file under its attachment id; durable when this returns.
    pub async fn put(&self, id: u128, key: &CaseKey, bytes: &[u8]) -> Result<(), AppError> {
        unimplemented!()
    }
    /// Reads and opens a file.
    pub async fn get(&self, id: u128, key: &CaseKey) -> Result<Vec<u8>, AppError> {
        unimplemented!()
    }
    /// Removes a file whose case was never written.
    pub async fn remove(&self, id: u128) -> Result<(), AppError> {
        unimplemented!()
    }
}
