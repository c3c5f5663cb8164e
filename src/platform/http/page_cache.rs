//! Rendered pages that are the same for everybody, kept as compressed bytes.

use super::{
    conditional::{entity_tag, has_already, in_coding, not_modified},
    encoding::Encoding,
};
use axum::{
    body::Body,
    http::{HeaderMap, header},
    response::Response,
};
use bytes::Bytes;
use std::{
    collections::HashMap,
    io::Write as _,
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};
use tokio::sync::{Mutex, MutexGuard};

/// How long a page is served before it is rendered again.
const FRESH: Duration = Duration::from_secs(60);
/// Pages kept at most. Their addresses are made of known words, so there are fewer.
const MOST_PAGES: usize = 256;

/// A page as rendered: its bytes, its headers, and when that was.
#[derive(Debug)]
pub struct CachedPage {
    headers: HeaderMap,
    html: Kept,
    brotli: Kept,
    gzip: Kept,
    /// Of what stands open in `gzip`: its checksum.
    checksum: crc32fast::Hasher,
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
    /// Keeps `html` with `headers`, compressed once and well, which takes some time.
    pub fn new(mut headers: HeaderMap, html: &str) -> Self {
        headers.insert(header::ETAG, entity_tag(html.as_bytes()));
        let (body, end) = html.split_at(html.rfind("</body>").unwrap_or(html.len()));
        let mut checksum = crc32fast::Hasher::new();
        checksum.update(body.as_bytes());
        let kept = |open: Vec<u8>, closing: Vec<u8>| Kept {
            open: open.len(),
            whole: [open, closing].concat().into(),
        };
        Self {
            headers,
            html: kept(body.into(), end.into()),
            brotli: kept(brotli_open(body.as_bytes()), brotli_end(end.as_bytes())),
            gzip: kept(
                gzip_open(body.as_bytes()),
                gzip_end(checksum.clone(), body.len(), end.as_bytes()),
            ),
            checksum,
            end: end.to_owned(),
            rendered: Instant::now(),
        }
    }

    /// Whether it may be served without rendering again.
    pub fn is_fresh(&self) -> bool {
        self.rendered.elapsed() < FRESH
    }

    /// The page in the coding the client accepts, with `own`, which is for this visitor alone, at the end of its body. Such a page is
    /// nobody's twice, so it has no validator.
    pub fn respond(&self, request: &HeaderMap, own: &str) -> Response {
        let encoding = Encoding::accepted(request);
        let mut headers = self.headers.clone();
        if let Some(tag) = headers.get_mut(header::ETAG) {
            *tag = in_coding(tag, encoding);
            if own.is_empty() && has_already(request, tag) {
                return not_modified(&headers);
            }
        }
        let kept = match encoding {
            Encoding::Identity => &self.html,
            Encoding::Gzip => &self.gzip,
            Encoding::Brotli => &self.brotli,
        };
        let body = if own.is_empty() {
            kept.whole.clone()
        } else {
            let end = [own, &self.end].concat().into_bytes();
            let end = match encoding {
                Encoding::Identity => end,
                Encoding::Gzip => gzip_end(self.checksum.clone(), self.html.open, &end),
                Encoding::Brotli => brotli_end(&end),
            };
            [&kept.whole[..kept.open], &end].concat().into()
        };
        let mut response = Response::new(Body::from(body));
        *response.headers_mut() = headers;
        if !own.is_empty() {
            response.headers_mut().remove(header::ETAG);
        }
        if let Some(name) = encoding.name() {
            response
                .headers_mut()
                .insert(header::CONTENT_ENCODING, name);
        }
        response
    }
}

/// A brotli stream of `plain`, flushed to a whole byte and not ended.
fn brotli_open(plain: &[u8]) -> Vec<u8> {
    let mut out =
        brotli::CompressorWriter::new(Vec::with_capacity(plain.len() / 4), 1 << 15, 11, 20);
    // writing into a Vec does not fail
    let _written = out.write_all(plain).and_then(|()| out.flush());
    out.get_ref().clone()
}

/// What ends an open brotli stream with `plain` as it is (RFC 7932 §9.2): meta-blocks of at most 65 536 bytes, each with no ISLAST, four
/// nibbles for its length less one, and ISUNCOMPRESSED; then the last, empty one (ISLAST, ISLASTEMPTY).
fn brotli_end(plain: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(plain.len() + 4);
    for block in plain.chunks(1 << 16) {
        let header = (block.len() as u32 - 1) << 3 | 1 << 19;
        out.extend(&header.to_le_bytes()[..3]);
        out.extend(block);
    }
    out.push(0b11);
    out
}

/// A gzip member of `plain`, flushed to a whole byte and not ended (RFC 1952 §2.3: no name, no time, unknown system).
fn gzip_open(plain: &[u8]) -> Vec<u8> {
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255];
    let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    // writing into a Vec does not fail
    let _written = deflate.write_all(plain).and_then(|()| deflate.flush());
    out.extend(deflate.get_ref());
    out
}

/// What ends an open gzip member of `before` bytes with `plain` as it is (RFC 1951 §3.2.4): stored blocks of at most
/// 65 535 bytes, the last of them marked, then the checksum and the length of the whole.
fn gzip_end(mut checksum: crc32fast::Hasher, before: usize, plain: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(plain.len() + 16);
    let mut blocks = plain.chunks(0xffff).peekable();
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        out.push(u8::from(blocks.peek().is_none()));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    if plain.is_empty() {
        out.extend([1, 0, 0, 0xff, 0xff]);
    }
    checksum.update(plain);
    out.extend(checksum.finalize().to_le_bytes());
    out.extend(((before + plain.len()) as u32).to_le_bytes());
    out
}

/// The rendered pages of this process, by address.
#[derive(Debug, Default)]
pub struct PageCache {
    pages: RwLock<HashMap<String, Arc<CachedPage>>>,
    rendering: Mutex<()>,
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

    /// The turn to render one: a crowd at a page that has just aged renders it once.
    pub async fn turn(&self) -> MutexGuard<'_, ()> {
        self.rendering.lock().await
    }

    /// The turn, if nobody has it.
    pub fn free_turn(&self) -> Option<MutexGuard<'_, ()>> {
        self.rendering.try_lock().ok()
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
    use std::io::Read as _;

    proptest! {
        #[test]
        fn what_is_compressed_for_all_and_what_is_for_one_read_as_one_page(body in ".{0,4000}", own in ".{0,400}", blocks in 0_usize..3) {
            let own = own + &"x".repeat(blocks * 40_000);
            let whole = [brotli_open(body.as_bytes()), brotli_end(own.as_bytes())].concat();
            let mut read = Vec::new();
            brotli::BrotliDecompress(&mut whole.as_slice(), &mut read).unwrap();
            prop_assert_eq!(&read, &[body.as_bytes(), own.as_bytes()].concat());

            let mut checksum = crc32fast::Hasher::new();
            checksum.update(body.as_bytes());
            let whole = [gzip_open(body.as_bytes()), gzip_end(checksum, body.len(), own.as_bytes())].concat();
            let mut unpacked = Vec::new();
            flate2::read::GzDecoder::new(whole.as_slice()).read_to_end(&mut unpacked).unwrap();
            prop_assert_eq!(unpacked, read);
        }
    }
}
