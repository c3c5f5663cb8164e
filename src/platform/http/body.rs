//! Every body within its bounds: size, silence, pace, time. What reads it learns from the [`Watch`] beside it why it ended.

use super::{
    form_data,
    limits::{BodyLimit, Limits},
};
use crate::{error::AppError, platform::AppState, routes};
use axum::{
    body::{Body, BodyDataStream, HttpBody as _},
    extract::{Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use bytes::Bytes;
use futures::{Stream, StreamExt as _, stream};
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering::Relaxed},
    },
    time::Duration,
};
use tokio::time::{Instant, timeout};

/// Whoever is answered before all was read goes on sending, and would not hear the answer through a closed connection: the rest is
/// read and thrown away, within these bounds.
const REST: BodyLimit = BodyLimit {
    bytes: 256 * 1024 * 1024,
    idle: Duration::from_secs(2),
    rate: 64 * 1024,
    whole: Duration::from_secs(30),
};

/// Why a body was cut short, if it was.
#[derive(Clone, Debug, Default)]
pub struct Watch(Arc<AtomicU8>);

impl Watch {
    const TOO_SLOW: u8 = 1;
    const TOO_LARGE: u8 = 2;

    /// [`AppError::TooSlow`] or [`AppError::TooLarge`].
    pub fn refusal(&self) -> Option<AppError> {
        match self.0.load(Relaxed) {
            Self::TOO_SLOW => Some(AppError::TooSlow),
            Self::TOO_LARGE => Some(AppError::TooLarge),
            _ => None,
        }
    }
}

/// A layer over the site: gives each request with a body its bounds, and refuses one that says itself that it is too long.
pub async fn within_limits(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let limit = limit_of(&state.config.limits, &request);
    let is_too_long = declared(request.headers()).is_some_and(|length| length > limit.bytes);
    let watch = Watch::default();
    let body = std::mem::take(request.body_mut());
    *request.body_mut() = bounded(body, limit, watch.clone());
    if is_too_long {
        return AppError::TooLarge.into_response();
    }
    request.extensions_mut().insert(watch);
    next.run(request).await
}

/// Only a form with files may be long, and only where files are taken.
fn limit_of(limits: &Limits, request: &Request) -> BodyLimit {
    let path = request.uri().path();
    let takes_files = routes::UPLOADS.iter().any(|page| page.matches(path));
    if takes_files && form_data::has_parts(request.headers()) {
        limits.upload
    } else {
        limits.plain
    }
}

fn declared(headers: &HeaderMap) -> Option<usize> {
    let length = headers.get(header::CONTENT_LENGTH)?.to_str().ok()?;
    // more digits than a number holds are more bytes than anybody takes
    Some(length.parse().unwrap_or(usize::MAX))
}

/// `body` within `limit`: cut short with an error, and `watch` says why.
fn bounded(body: Body, limit: BodyLimit, watch: Watch) -> Body {
    Body::from_stream(pieces(Reading::new(body, limit, watch)))
}

fn pieces(reading: Reading) -> impl Stream<Item = io::Result<Bytes>> {
    stream::unfold(reading, |mut reading| async move {
        let piece = reading.next().await?;
        Some((piece, reading))
    })
}

struct Reading {
    /// `None` once it ended.
    rest: Option<BodyDataStream>,
    limit: BodyLimit,
    watch: Watch,
    read: usize,
    /// Spent waiting for the sender; what the reader did meanwhile does not count.
    waited: Duration,
    /// Whether what it leaves unread is thrown away in the background.
    lingers: bool,
}

impl Reading {
    fn new(body: Body, limit: BodyLimit, watch: Watch) -> Self {
        Self {
            rest: Some(body.into_data_stream()),
            limit,
            watch,
            read: 0,
            waited: Duration::ZERO,
            lingers: true,
        }
    }

    async fn next(&mut self) -> Option<io::Result<Bytes>> {
        let patience = self.patience();
        let began = Instant::now();
        let Ok(piece) = timeout(patience, self.rest.as_mut()?.next()).await else {
            return Some(Err(self.refuse(Watch::TOO_SLOW)));
        };
        self.waited += began.elapsed();
        match piece {
            Some(Ok(piece)) => {
                self.read += piece.len();
                if self.read > self.limit.bytes {
                    return Some(Err(self.refuse(Watch::TOO_LARGE)));
                }
                Some(Ok(piece))
            }
            Some(Err(broken)) => {
                self.rest = None;
                Some(Err(io::Error::other(broken)))
            }
            None => {
                self.rest = None;
                None
            }
        }
    }

    /// How long the next piece may take.
    fn patience(&self) -> Duration {
        let BodyLimit {
            idle, rate, whole, ..
        } = self.limit;
        let earned = idle + Duration::from_secs_f64(self.read as f64 / f64::from(rate.max(1)));
        idle.min(whole.min(earned).saturating_sub(self.waited))
    }

    fn refuse(&self, why: u8) -> io::Error {
        // the first reason stays
        let _kept = self.watch.0.compare_exchange(0, why, Relaxed, Relaxed);
        io::ErrorKind::Other.into()
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        let (Some(rest), Ok(runtime)) = (self.rest.take(), tokio::runtime::Handle::try_current())
        else {
            return;
        };
        if self.lingers {
            let mut reading = Reading::new(Body::from_stream(rest), REST, Watch::default());
            reading.lingers = false;
            runtime.spawn(async move { while let Some(Ok(_)) = reading.next().await {} });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: BodyLimit = BodyLimit {
        bytes: 1000,
        idle: Duration::from_secs(30),
        rate: 10,
        whole: Duration::from_secs(120),
    };

    /// Seconds the next piece may take after so many bytes in so many seconds.
    fn patience(read: usize, waited: u64) -> u64 {
        let mut reading = Reading::new(Body::empty(), LIMIT, Watch::default());
        (reading.read, reading.waited) = (read, Duration::from_secs(waited));
        reading.patience().as_secs()
    }

    #[test]
    fn silence_a_trickle_and_a_long_time_end_a_body() {
        assert_eq!(patience(0, 0), 30, "silence");
        assert_eq!(patience(900, 60), 30, "steady");
        assert_eq!(patience(100, 35), 5, "ten bytes a second are 40 seconds");
        assert_eq!(patience(100, 41), 0, "a trickle");
        assert_eq!(patience(1000, 115), 5, "the end of all");
    }

    #[tokio::test]
    async fn a_byte_too_much_ends_a_body_and_says_so() {
        for (size, count, refusal) in [(500, 2, None), (501, 1, Some(AppError::TooLarge))] {
            let pieces = stream::iter(0..2).map(move |_| Ok::<_, io::Error>(vec![b'x'; size]));
            let watch = Watch::default();
            let body = bounded(Body::from_stream(pieces), LIMIT, watch.clone());
            let came = body
                .into_data_stream()
                .take_while(|piece| futures::future::ready(piece.is_ok()));
            assert_eq!(came.count().await, count);
            assert_eq!(watch.refusal(), refusal);
        }
    }
}
