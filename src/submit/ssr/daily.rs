//! What one network may send in a day without an account: room enough for an office or a carrier,
//! and an end to whoever fills the inbox or the disk.

use crate::{
    error::AppError,
    platform::{
        AppState,
        http::{
            client_ip::widest_network,
            form_data::SubmittedFile,
            rate_limit::{self, Limit},
        },
    },
};
use axum::http::request::Parts;
use leptos::prelude::use_context;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 3600);
const MEGABYTE: usize = 1024 * 1024;

/// One sending, counted for its network; `None` behind a trusted proxy that names nobody.
pub(super) struct Sending(Option<[u8; 32]>);

impl Sending {
    /// Counts a sending with its files, and waits if many came before it.
    ///
    /// # Errors
    /// [`AppError::DailyLimit`] if too many did, [`AppError::StorageFull`] if too many files did,
    /// [`AppError::Unavailable`] if the database is unreachable.
    pub(super) async fn count(state: &AppState, files: &[SubmittedFile]) -> Result<Self, AppError> {
        let parts = use_context::<Parts>();
        let Some(network) = parts.and_then(|parts| widest_network(&state.config, &parts)) else {
            return Ok(Self(None));
        };
        let (daily, now) = (state.config.limits.daily, state.clock.now());
        let limit = Limit {
            window: DAY,
            free: daily.free,
            ceiling: Some(daily.most),
        };
        let bucket = rate_limit::bucket(state, "rate submission network", &network);
        let counted = rate_limit::slow_down(&state.db, bucket, limit, now).await;
        counted.map_err(|error| match error {
            AppError::TooManyRequests => AppError::DailyLimit,
            other => other,
        })?;
        let sending = Self(Some(bucket));
        let taken = sending.count_files(state, &network, files).await;
        match taken {
            Ok(()) => Ok(sending),
            Err(error) => {
                sending.forgive(state).await;
                Err(error)
            }
        }
    }

    async fn count_files(
        &self,
        state: &AppState,
        network: &str,
        files: &[SubmittedFile],
    ) -> Result<(), AppError> {
        let sent = files.iter().filter_map(|file| file.bytes.as_ref());
        let bytes: usize = sent.map(|bytes| bytes.len()).sum();
        if bytes == 0 {
            return Ok(());
        }
        let megabytes = i32::try_from(bytes.div_ceil(MEGABYTE)).unwrap_or(i32::MAX);
        let bucket = rate_limit::bucket(state, "rate submission files", network);
        let now = state.clock.now();
        let taken = rate_limit::add(&state.db, bucket, megabytes, DAY, now).await?;
        match taken <= state.config.limits.daily.megabytes {
            true => Ok(()),
            false => Err(AppError::StorageFull),
        }
    }

    /// Takes it back: nothing was written.
    pub(super) async fn forgive(self, state: &AppState) {
        let Some(bucket) = self.0 else { return };
        let back = rate_limit::forgive(&state.db, bucket, DAY, state.clock.now()).await;
        if back.is_err() {
            tracing::warn!("a sending that came to nothing stays counted");
        }
    }
}
