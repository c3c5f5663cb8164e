//! The store of sealed files: a folder now, any object store later. Names are random ids, and
//! contents are already sealed.

use super::chunks::FileKey;
use crate::{
    error::AppError,
    platform::{config::Config, vault::CaseKey},
};
use anyhow::Context as _;
use futures::TryStreamExt as _;
use object_store::{
    Error, ObjectMeta, ObjectStore, ObjectStoreExt as _, PutPayload, local::LocalFileSystem,
    path::Path,
};
use std::{fs::DirBuilder, os::unix::fs::DirBuilderExt as _, sync::Arc};
use time::OffsetDateTime;

/// The store of sealed files.
#[derive(Clone, Debug)]
pub struct FileStore {
    store: Arc<dyn ObjectStore>,
}

impl FileStore {
    /// The folder of this installation, made if it is not there.
    ///
    /// # Errors
    /// If the folder cannot be made or entered.
    pub fn open(config: &Config) -> anyhow::Result<Self> {
        let dir = config.files_dir();
        if !dir.is_dir() {
            DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(&dir)
                .with_context(|| format!("không tạo được {}", dir.display()))?;
        }
        let store = LocalFileSystem::new_with_prefix(&dir)
            .with_context(|| format!("không mở được {}", dir.display()))?;
        Ok(Self {
            store: Arc::new(store.with_fsync(true)),
        })
    }

    /// Seals a file and writes it under its attachment id, durably.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if it could not be written; no partial file remains.
    #[tracing::instrument(skip_all, err(level = "debug"))]
    pub async fn put(&self, id: u128, key: &CaseKey, bytes: &[u8]) -> Result<(), AppError> {
        let (key, plain) = (
            FileKey::fresh(id, key),
            zeroize::Zeroizing::new(bytes.to_vec()),
        );
        let sealed = tokio::task::spawn_blocking(move || key.seal(&plain))
            .await
            .map_err(|_| AppError::Internal)?;
        self.store
            .put(&path(id), PutPayload::from(sealed))
            .await
            .map(drop)
            .map_err(|error| fault(id, &error))
    }

    /// Reads and opens a file.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there is none, [`AppError::Internal`] if it does not open,
    /// [`AppError::Unavailable`] if the store is unreachable.
    #[tracing::instrument(skip_all, err(level = "debug"))]
    pub async fn get(&self, id: u128, key: &CaseKey) -> Result<Vec<u8>, AppError> {
        let found = self
            .store
            .get(&path(id))
            .await
            .map_err(|error| fault(id, &error))?;
        let stored = found.bytes().await.map_err(|error| fault(id, &error))?;
        let key = FileKey::of(id, key, &stored)?;
        Ok(tokio::task::spawn_blocking(move || key.open(&stored))
            .await
            .map_err(|_| AppError::Internal)??)
    }

    /// The ids of the files that were written before `time`, for the sweep.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the store is unreachable.
    pub async fn written_before(&self, time: OffsetDateTime) -> Result<Vec<u128>, AppError> {
        let before = |file: &ObjectMeta| file.last_modified.timestamp() < time.unix_timestamp();
        let listed = self.store.list(None).try_collect::<Vec<_>>().await;
        let files = listed.map_err(|error| fault(0, &error))?;
        let old = files.into_iter().filter(before);
        Ok(old.filter_map(|file| id(&file.location)).collect())
    }

    /// Removes a file whose case was never written, or is no more. Succeeds if there is none.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the store is unreachable.
    #[tracing::instrument(skip_all, err(level = "debug"))]
    pub async fn remove(&self, id: u128) -> Result<(), AppError> {
        match self.store.delete(&path(id)).await {
            Err(Error::NotFound { .. }) | Ok(()) => Ok(()),
            Err(error) => Err(fault(id, &error)),
        }
    }
}

/// Two letters of the id as a folder keep listings short.
fn path(id: u128) -> Path {
    let name = format!("{id:032x}");
    Path::from(format!("{}/{name}", &name[..2]))
}

/// The id under which [`path`] stores a file; `None` for what is no file of ours.
fn id(path: &Path) -> Option<u128> {
    let name = path.filename().filter(|name| name.len() == 32)?;
    u128::from_str_radix(name, 16).ok()
}

fn fault(id: u128, error: &Error) -> AppError {
    if let Error::NotFound { .. } = error {
        tracing::error!(
            attachment = format!("{id:032x}"),
            "a sealed file is missing"
        );
        return AppError::NotFound;
    }
    tracing::error!(attachment = format!("{id:032x}"), cause = %error, "the file store failed");
    AppError::Unavailable
}
