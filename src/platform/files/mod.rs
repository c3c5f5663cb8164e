//! Attachments: type by content, pictures decoded and re-encoded, sealed in chunks.
//!
//! `kind`, `heads`: what a file is, and how large a picture · `picture`, `document`, `docx`, `pdf`, `jpeg`, `sound`: what each may
//! hold, and what is taken out · `clean`: all of
//! them in order · `cleaner`: the child process they do it in · `chunks`: the sealed format · `store`: reading and writing.

mod chunks;
mod clean;
mod cleaner;
mod document;
mod docx;
mod heads;
mod jpeg;
mod kind;
mod pdf;
mod picture;
mod sound;
mod store;

#[cfg(test)]
mod tests;

pub use chunks::size_bucket;
pub use clean::{CleanFile, FileError};
pub use cleaner::{Cleaner, Line, check_file, clean_standard_input};
pub use heads::pixels_of;
pub use store::FileStore;

/// Most files in one submission.
pub const MAX_FILES: usize = 5;
/// Largest file, in bytes: 10 MiB.
pub const MAX_FILE_BYTES: usize = 10 * 1024 * 1024;
/// Most pixels of all pictures of one submission, those in Word files too: five photographs of 24 megapixels, or three of the largest.
pub const MAX_PIXELS_TOGETHER: u64 = 120_000_000;
