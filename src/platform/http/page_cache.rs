//! Rendered pages that are the same for everybody, kept as compressed bytes.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use bytes::Bytes;
use std::{
    collections::HashMap,
    io::Write as _,
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

/// How long a page is served before it is rendered again.
const FRESH: Duration = Duration::from_secs(60);
/// Pages kept at most: addresses with invented queries must not fill the memory.
const MOST_PAGES: usize = 64;

/// Content codings we answer in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As it is.
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

impl Encoding {
    /// The best coding the client accepts (RFC 9110 §12.5.3; a weight of zero refuses).
    pub fn accepted(headers: &HeaderMap) -> Self {
        let accepts = headers
            .get(header::ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let has = |name: &str| {
            accepts.split(',').any(|part| {
                let mut words = part.split(';').map(str::trim);
                words.next() == Some(name) && !words.any(|w| w == "q=0" || w == "q=0.0")
            })
        };
        if has("br") {
            Self::Brotli
        } else if has("gzip") {
            Self::Gzip
        } else {
            Self::Identity
        }
    }
}

/// A page as rendered: its bytes, its headers, and when that was.
#[derive(Debug)]
pub struct CachedPage {
    headers: HeaderMap,
    html: Kept,
    brotli: Kept,
    /// What ends the document: `</body>` and after.
    end: String,
    rendered: Instant,
}

/// A page in one coding, and how much of it stands before its end.
#[derive(Debug)]
struct Kept {
    whole: Bytes,
    open: usize,
}

impl CachedPage {
    /// Keeps `html` with `headers`, compressed once and well.
    pub fn new(headers: HeaderMap, html: &str) -> Self {
        let (body, end) = html.split_at(html.rfind("</body>").unwrap_or(html.len()));
        let mut brotli = compress_open(body.as_bytes());
        let open = brotli.len();
        brotli.extend(closing(end.as_bytes()));
        Self {
            headers,
            html: Kept {
                whole: Bytes::copy_from_slice(html.as_bytes()),
                open: body.len(),
            },
            brotli: Kept {
                whole: brotli.into(),
                open,
            },
            end: end.to_owned(),
            rendered: Instant::now(),
        }
    }

    /// Whether it may be served without rendering again.
    pub fn is_fresh(&self) -> bool {
        self.rendered.elapsed() < FRESH
    }

    /// The page in the coding the client accepts, with `own`, which is for this visitor alone, at the end of its body.
    pub fn respond(&self, request: &HeaderMap, own: &str) -> Response {
        let brotli = Encoding::accepted(request) == Encoding::Brotli;
        let kept = if brotli { &self.brotli } else { &self.html };
        let body = if own.is_empty() {
            kept.whole.clone()
        } else {
            let end = [own, &self.end].concat().into_bytes();
            [
                &kept.whole[..kept.open],
                &if brotli { closing(&end) } else { end },
            ]
            .concat()
            .into()
        };
        let mut response = Response::new(Body::from(body));
        *response.headers_mut() = self.headers.clone();
        if brotli {
            response
                .headers_mut()
                .insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
        response
    }
}

/// A brotli stream of `plain`, flushed to a whole byte and not ended.
fn compress_open(plain: &[u8]) -> Vec<u8> {
    let mut out =
        brotli::CompressorWriter::new(Vec::with_capacity(plain.len() / 4), 1 << 15, 11, 20);
    // writing into a Vec does not fail
    let _written = out.write_all(plain).and_then(|()| out.flush());
    out.get_ref().clone()
}

/// What ends an open brotli stream with `plain` as it is (RFC 7932 §9.2): meta-blocks of at most 65 536 bytes, each with no ISLAST, four
/// nibbles for its length less one, and ISUNCOMPRESSED; then the last, empty one (ISLAST, ISLASTEMPTY).
fn closing(plain: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(plain.len() + 4);
    for block in plain.chunks(1 << 16) {
        let header = (block.len() as u32 - 1) << 3 | 1 << 19;
        out.extend(&header.to_le_bytes()[..3]);
        out.extend(block);
    }
    out.push(0b11);
    out
}

/// The rendered pages of this process, by address.
#[derive(Debug, Default)]
pub struct PageCache {
    pages: RwLock<HashMap<String, Arc<CachedPage>>>,
}

impl PageCache {
    /// The page kept under `key`, fresh or not.
    pub fn get(&self, key: &str) -> Option<Arc<CachedPage>> {
        self.pages
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(key)
            .cloned()
    }

    /// Keeps a page under `key`.
    pub fn put(&self, key: String, page: Arc<CachedPage>) {
        let mut pages = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= MOST_PAGES {
            pages.clear();
        }
        pages.insert(key, page);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_compressed_for_all_and_what_is_for_one_read_as_one_page(body in ".{0,4000}", own in ".{0,400}", blocks in 0_usize..3) {
            let own = own + &"x".repeat(blocks * 40_000);
            let whole = [compress_open(body.as_bytes()), closing(own.as_bytes())].concat();
            let mut read = Vec::new();
            brotli::BrotliDecompress(&mut whole.as_slice(), &mut read).unwrap();
            prop_assert_eq!(read, [body.as_bytes(), own.as_bytes()].concat());
        }
    }
}
