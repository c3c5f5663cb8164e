//! Rendered pages that are the same for all, kept as compressed bytes; and the last good value of what pages need from the database,
//! so that a form can still be shown while the database is away.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use bytes::Bytes;
use std::{
    any::{Any, TypeId},
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
        let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
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
    /// The HTML.
    pub html: Bytes,
    brotli: Bytes,
    rendered: Instant,
}

impl CachedPage {
    /// Keeps `html` with `headers`, compressed once and well.
    pub fn new(headers: HeaderMap, html: Bytes) -> Self {
        let brotli = compress(&html, 11);
        let rendered = Instant::now();
        Self { headers, html, brotli, rendered }
    }

    /// Whether it may be served without rendering again.
    pub fn is_fresh(&self) -> bool {
        self.rendered.elapsed() < FRESH
    }

    /// The headers it was rendered with.
    pub fn headers(&self) -> HeaderMap {
        self.headers.clone()
    }

    /// The page in the coding the client accepts.
    pub fn respond(&self, request: &HeaderMap) -> Response {
        let brotli = Encoding::accepted(request) == Encoding::Brotli;
        let mut response = Response::new(Body::from(if brotli { self.brotli.clone() } else { self.html.clone() }));
        *response.headers_mut() = self.headers.clone();
        if brotli {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
        response
    }
}

/// Compresses with brotli; quality 11 for what is kept, 4 for what is made on the way out.
pub fn compress(plain: &[u8], quality: u32) -> Bytes {
    let mut out = brotli::CompressorWriter::new(Vec::with_capacity(plain.len() / 4), 1 << 15, quality, 20);
    // writing into a Vec does not fail
    let _written = out.write_all(plain);
    out.into_inner().into()
}

/// The pages and last good values of this process.
#[derive(Debug, Default)]
pub struct PageCache {
    pages: RwLock<HashMap<String, Arc<CachedPage>>>,
    latest: RwLock<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
}

impl PageCache {
    /// The page kept under `key`, fresh or not.
    pub fn get(&self, key: &str) -> Option<Arc<CachedPage>> {
        self.pages.read().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    /// Keeps a page under `key`.
    pub fn put(&self, key: String, page: Arc<CachedPage>) {
        let mut pages = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= MOST_PAGES {
            pages.clear();
        }
        pages.insert(key, page);
    }

    /// Remembers the last good value of its type.
    pub fn remember<T: Any + Send + Sync>(&self, value: T) -> Arc<T> {
        let value = Arc::new(value);
        self.latest.write().unwrap_or_else(PoisonError::into_inner).insert(TypeId::of::<T>(), Arc::<T>::clone(&value));
        value
    }

    /// The last good value of this type.
    pub fn latest<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        let value = self.latest.read().unwrap_or_else(PoisonError::into_inner).get(&TypeId::of::<T>()).cloned()?;
        value.downcast().ok()
    }
}
