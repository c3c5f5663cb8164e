//! Every release as files, exactly as the public gets it.

use super::{files::files, store::Release};
use anyhow::Context as _;
use std::{fs, path::Path};

/// Writes the releases, their tables, a list of them with their hashes, and the schema into `dir`,
/// under the names that they have below the address of the figures.
///
/// # Errors
/// If a file cannot be written.
pub fn export(dir: &Path, releases: &[Release]) -> anyhow::Result<()> {
    for (name, bytes) in files(releases)? {
        let path = dir.join(name);
        let folder = path.parent().unwrap_or(dir);
        fs::create_dir_all(folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
        fs::write(&path, bytes).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}
