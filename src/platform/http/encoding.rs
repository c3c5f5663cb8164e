//! Content codings: which one a client accepts, and what is written in it.

use axum::http::{HeaderMap, HeaderValue, header};
use std::io::{self, Write as _};

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
    /// The best coding the client accepts (RFC 9110 §12.5.3): names in any case, `*` for those not named, a weight of
    /// zero refuses. Of two with the same weight, the smaller result.
    pub fn accepted(headers: &HeaderMap) -> Self {
        let Some(accepts) = headers.get(header::ACCEPT_ENCODING) else {
            return Self::Identity;
        };
        let accepts = accepts.to_str().unwrap_or_default();
        let (brotli, gzip) = (weight(accepts, "br"), weight(accepts, "gzip"));
        match (brotli, gzip) {
            (0, 0) => Self::Identity,
            (brotli, gzip) if brotli >= gzip => Self::Brotli,
            _ => Self::Gzip,
        }
    }

    /// Its name in a header; `None` for what needs none.
    pub fn name(self) -> Option<HeaderValue> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some(HeaderValue::from_static("gzip")),
            Self::Brotli => Some(HeaderValue::from_static("br")),
        }
    }

    /// `plain` in this coding, quickly: what is written for one person is written once.
    ///
    /// # Errors
    /// None in practice: writing into memory does not fail.
    pub fn encode(self, plain: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Self::Identity => Ok(plain.to_vec()),
            Self::Gzip => gzip(plain, 5),
            Self::Brotli => brotli(plain, 4),
        }
    }
}

/// `plain` as one brotli stream; `quality` up to 11.
///
/// # Errors
/// None in practice: writing into memory does not fail.
pub fn brotli(plain: &[u8], quality: u32) -> io::Result<Vec<u8>> {
    let mut out = brotli::CompressorWriter::new(Vec::new(), 1 << 14, quality, 20);
    out.write_all(plain)?;
    Ok(out.into_inner())
}

/// `plain` as one gzip member; `level` up to 9.
///
/// # Errors
/// None in practice: writing into memory does not fail.
pub fn gzip(plain: &[u8], level: u32) -> io::Result<Vec<u8>> {
    let level = flate2::Compression::new(level);
    let mut out = flate2::write::GzEncoder::new(Vec::new(), level);
    out.write_all(plain)?;
    out.finish()
}

/// The weight of a coding in thousandths; that of `*` if it is not named.
fn weight(accepts: &str, name: &str) -> u16 {
    let of = |wanted: &str| {
        accepts.split(',').find_map(|part| {
            let (coding, parameters) = part.split_once(';').unwrap_or((part, ""));
            let is_meant = coding.trim().eq_ignore_ascii_case(wanted);
            is_meant.then(|| quality(parameters))
        })
    };
    of(name).or_else(|| of("*")).unwrap_or(0)
}

/// A weight as it is written, `q=0.8`; 1 where none is, 0 for what is none (RFC 9110 §12.4.2).
fn quality(parameters: &str) -> u16 {
    let Some((name, value)) = parameters.split_once('=') else {
        return 1000;
    };
    let value = value.trim().parse::<f32>().unwrap_or(0.0);
    if !name.trim().eq_ignore_ascii_case("q") || !(0.0..=1.0).contains(&value) {
        return 0;
    }
    (value * 1000.0) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_coding_is_the_best_that_the_client_accepts() {
        for (accepts, expected) in [
            ("br", Encoding::Brotli),
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("GZIP", Encoding::Gzip),
            ("Br", Encoding::Brotli),
            ("*", Encoding::Brotli),
            ("br;q=0, *", Encoding::Gzip),
            ("gzip;q=1.0, br;q=0.5", Encoding::Gzip),
            ("br;q=0.000", Encoding::Identity),
            ("br;Q=0", Encoding::Identity),
            ("br ; q=0 , gzip ; q=0.0", Encoding::Identity),
            ("br;q=x", Encoding::Identity),
            ("identity", Encoding::Identity),
            ("deflate", Encoding::Identity),
            ("", Encoding::Identity),
        ] {
            let value = HeaderValue::from_static(accepts);
            let headers = [(header::ACCEPT_ENCODING, value)].into_iter().collect();
            assert_eq!(Encoding::accepted(&headers), expected, "{accepts}");
        }
        assert_eq!(Encoding::accepted(&HeaderMap::new()), Encoding::Identity);
    }
}
