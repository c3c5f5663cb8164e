//! Every release as files, exactly as the public gets it.

use super::{
    store::Release,
    written::{hex, schema},
};
use anyhow::Context as _;
use serde_json::json;
use std::{fs, path::Path};

/// Writes the releases, a list of them with their hashes, and the schema into `dir`.
///
/// # Errors
/// If a file cannot be written.
pub fn export(dir: &Path, releases: &[Release]) -> anyhow::Result<()> {
    fs::create_dir_all(dir).with_context(|| format!("{} cannot be made", dir.display()))?;
    let write = |name: String, bytes: &[u8]| {
        let path = dir.join(name);
        fs::write(&path, bytes).with_context(|| format!("{} cannot be written", path.display()))
    };
    let mut list = Vec::new();
    for release in releases {
        let code = &release.document.code;
        let (json, csv) = (format!("{code}.json"), format!("{code}.csv"));
        write(json.clone(), &release.document.json()?)?;
        write(csv.clone(), &release.document.csv()?)?;
        list.push(json!({ "ma": code, "sha256": hex(&release.sha256), "json": json, "csv": csv }));
    }
    write(
        "danh-sach.json".to_owned(),
        &serde_json::to_vec_pretty(&list)?,
    )?;
    write(
        "luoc-do.json".to_owned(),
        &serde_json::to_vec_pretty(&schema())?,
    )
}
