//! Attachments: type by content, pictures decoded and re-encoded, sealed in chunks.
//!
//! `kind`: what a file is · `picture`, `document`, `sound`: the checks of each · `clean`: all of
//! them in order · `chunks`: the sealed format · `store`: reading and writing.

mod chunks;
mod clean;
mod document;
mod kind;
mod picture;
mod sound;
mod store;

#[cfg(test)]
mod tests;

pub use clean::{CleanFile, FileError, clean};
pub use store::FileStore;

/// Most files in one submission.
pub const MAX_FILES: usize = 5;
/// Largest file, in bytes: 10 MiB.
pub const MAX_FILE_BYTES: usize = 10 * 1024 * 1024;
