//! Attachments: type by content, pictures decoded and re-encoded, sealed in chunks.
//!
//! `kind` what a file is · `picture`, `document`, `sound` the checks of each · `clean` the way in · `chunks` the sealed form · `store`
//! where it lies.

mod chunks;
mod clean;
mod document;
mod kind;
mod picture;
mod sound;
mod store;

#[cfg(test)]
mod tests;

pub use clean::{CleanFile, FileFault, clean};
pub use store::FileStore;

/// The most files one sending may hold.
pub const MAX_FILES: usize = 5;
/// The most bytes of one file: 10 MB.
pub const MAX_FILE_BYTES: usize = 10 * 1024 * 1024;
