//! The body of a form in parts, handed to its reader one piece at a time, and only when it cannot go on without.
//!
//! The reader takes whatever is ready into memory and looks through all of it again and again; where it finds no mark between parts, or
//! the head of one without end, it would do so with the whole body.

use axum::body::Body;
use bytes::Bytes;
use futures::{StreamExt as _, stream};
use std::{
    future::poll_fn,
    mem,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
    },
    task::{Poll, ready},
};

/// The most that the reader is given at once.
const PIECE: usize = 16 * 1024;
/// The most that it is given before it says what it is: what stands before the first part, or the head of one.
const MAX_UNTOLD: usize = 64 * 1024;

/// Between a body and its reader.
#[derive(Clone, Default)]
pub(super) struct Feed(Arc<State>);

#[derive(Default)]
struct State {
    /// Whether the reader may have a piece now.
    is_open: AtomicBool,
    /// Bytes that it took since it last told of a part or of some of its content.
    untold: AtomicUsize,
}

impl Feed {
    /// What the reader reads in place of `body`.
    pub(super) fn through(&self, body: Body) -> Body {
        let state = Arc::clone(&self.0);
        let (mut pieces, mut rest) = (body.into_data_stream(), Bytes::new());
        Body::from_stream(stream::poll_fn(move |context| {
            if !state.is_open.load(Relaxed) {
                // asked again by `until`
                return Poll::Pending;
            }
            let mut piece = match rest.is_empty() {
                true => ready!(pieces.poll_next_unpin(context)),
                false => Some(Ok(mem::take(&mut rest))),
            };
            if let Some(Ok(piece)) = &mut piece {
                rest = piece.split_off(piece.len().min(PIECE));
                state.untold.fetch_add(piece.len(), Relaxed);
            }
            state.is_open.store(false, Relaxed);
            Poll::Ready(piece)
        }))
    }

    /// What the reader tells next; `None` if it took too much without telling anything.
    pub(super) async fn until<T>(&self, told: impl Future<Output = T>) -> Option<T> {
        let state = &self.0;
        let mut told = pin!(told);
        state.untold.store(0, Relaxed);
        poll_fn(|context| {
            loop {
                if let Poll::Ready(told) = told.as_mut().poll(context) {
                    state.is_open.store(false, Relaxed);
                    return Poll::Ready(Some(told));
                }
                if state.untold.load(Relaxed) > MAX_UNTOLD {
                    return Poll::Ready(None);
                }
                if state.is_open.swap(true, Relaxed) {
                    // it could have had a piece: there is none yet
                    return Poll::Pending;
                }
            }
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{
        extract::{FromRequest as _, Multipart},
        http::{Request, header::CONTENT_TYPE},
    };
    use std::convert::Infallible;

    /// How many bytes of a body are taken before the first part is told, or given up.
    async fn taken(start: &'static str) -> (usize, bool) {
        let taken = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&taken);
        let filling = stream::repeat(Bytes::from_static(&[b'x'; 100_000]));
        let body = stream::iter([Bytes::from(start)]).chain(filling.take(100));
        let body = body.inspect(move |piece| {
            count.fetch_add(piece.len(), Relaxed);
        });
        let feed = Feed::default();
        let body = feed.through(Body::from_stream(body.map(Ok::<_, Infallible>)));
        let request = Request::builder().header(CONTENT_TYPE, "multipart/form-data; boundary=x");
        let request = request.body(body).unwrap();
        let mut parts = Multipart::from_request(request, &()).await.unwrap();
        let told = feed.until(parts.next_field()).await;
        (taken.load(Relaxed), told.is_some_and(|part| part.is_ok()))
    }

    #[tokio::test]
    async fn what_has_no_mark_or_no_end_of_its_head_is_given_up_early() {
        let head = "--x\r\nContent-Disposition: form-data; name=\"a";
        for start in ["x", head] {
            let (taken, told) = taken(start).await;
            assert!(taken < 200_000 && !told, "{taken}");
        }
        let whole = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n";
        let (taken, told) = taken(whole).await;
        assert!(
            taken == whole.len() && told,
            "no more than is needed: {taken}"
        );
    }
}
