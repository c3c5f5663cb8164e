//! The built site in memory: hashed script, module and stylesheet, and the public files, each with
//! its precompressed forms.

use super::{
    conditional::{entity_tag, has_already, in_coding, not_modified},
    encoding::{self, Encoding},
};
use crate::{error::AppError, routes};
use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use bytes::Bytes;
use std::{collections::HashMap, fs, io, path::Path as FsPath, sync::Arc};

/// Starts the program in the browser when it is idle; written for the oldest engines we promise.
const LOADER: &str = include_str!("loader.js");

/// Every file of the built site.
#[derive(Debug, Default)]
pub struct Assets {
    files: HashMap<String, Asset>,
    /// Address of the script that `wasm-bindgen` made; empty where nothing was built.
    pub js: String,
    /// Address of the module.
    pub wasm: String,
    /// Address of the style sheet of every page.
    pub css: String,
    /// Addresses of the second ones, by name; none where all were built as one.
    second_css: HashMap<&'static str, String>,
}

#[derive(Debug, Default)]
struct Asset {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    tag: Option<HeaderValue>,
}

impl Assets {
    /// Reads the site below `root`; a root that is not there gives a site without script.
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub fn load(root: &FsPath) -> io::Result<Self> {
        let mut assets = Self::default();
        if root.is_dir() {
            assets.read_folder(root, "")?;
        }
        assets.files.insert(
            routes::LOADER.path.to_owned(),
            Asset {
                plain: Bytes::from_static(LOADER.as_bytes()),
                brotli: Some(encoding::brotli(LOADER.as_bytes(), 11)?.into()),
                gzip: Some(encoding::gzip(LOADER.as_bytes(), 9)?.into()),
                tag: None,
            },
        );
        for asset in assets.files.values_mut() {
            asset.tag = Some(entity_tag(&asset.plain));
        }
        let built = routes::PACKAGE.with("lang-nghe.");
        assets.js = assets.address(&built, ".js");
        assets.wasm = assets.address(&built, ".wasm");
        assets.css = assets.address(&built, ".css");
        for name in routes::SECOND_SHEETS {
            let address = assets.address(&routes::PACKAGE.with(format!("{name}.")), ".css");
            assets.second_css.insert(name, address);
        }
        Ok(assets)
    }

    /// Address of the second style sheet of the page at `path`; "" if it has none.
    pub fn second_css(&self, path: &str) -> String {
        let sheet = routes::second_sheet(path).and_then(|name| self.second_css.get(name));
        sheet.cloned().unwrap_or_default()
    }

    fn read_folder(&mut self, folder: &FsPath, prefix: &str) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let address = format!("{prefix}/{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                self.read_folder(&entry.path(), &address)?;
                continue;
            }
            let bytes = Bytes::from(fs::read(entry.path())?);
            match address.rsplit_once('.') {
                Some((_, "ts")) => {}
                Some((plain, "br")) => {
                    self.files.entry(plain.to_owned()).or_default().brotli = Some(bytes)
                }
                Some((plain, "gz")) => {
                    self.files.entry(plain.to_owned()).or_default().gzip = Some(bytes)
                }
                _ => self.files.entry(address).or_default().plain = bytes,
            }
        }
        Ok(())
    }

    fn address(&self, start: &str, end: &str) -> String {
        let mut found: Vec<&String> = self
            .files
            .keys()
            .filter(|name| name.starts_with(start) && name.ends_with(end))
            .collect();
        found.sort();
        found
            .first()
            .map(|name| (*name).clone())
            .unwrap_or_default()
    }

    fn serve(&self, address: &str, headers: &HeaderMap) -> Response {
        let Some(asset) = self.files.get(address) else {
            return AppError::NotFound.into_response();
        };
        let encoding = Encoding::accepted(headers);
        let (bytes, encoding) = match (encoding, &asset.brotli, &asset.gzip) {
            (Encoding::Brotli, Some(bytes), _) => (bytes, Encoding::Brotli),
            (Encoding::Gzip, _, Some(bytes)) => (bytes, Encoding::Gzip),
            _ => (&asset.plain, Encoding::Identity),
        };
        let mut response = Response::new(Body::from(bytes.clone()));
        let set = response.headers_mut();
        set.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(media_type(address)),
        );
        set.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        if let Some(name) = encoding.name() {
            set.insert(header::CONTENT_ENCODING, name);
        }
        // names below pkg carry a hash of their content
        let cache = if routes::PACKAGE.matches(address) {
            "public, max-age=31536000, immutable"
        } else {
            "public, max-age=3600"
        };
        set.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        if let Some(tag) = &asset.tag {
            let tag = in_coding(tag, encoding);
            set.insert(header::ETAG, tag.clone());
            if has_already(headers, &tag) {
                return not_modified(response.headers());
            }
        }
        response
    }
}

/// Serves a file of the built site below `/pkg`.
pub async fn package(
    State(assets): State<Arc<Assets>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    assets.serve(&routes::PACKAGE.with(name), &headers)
}

/// Serves a public file of the site's root, such as `/favicon.svg`.
pub async fn public(
    State(assets): State<Arc<Assets>>,
    request: axum::extract::Request,
) -> Response {
    assets.serve(request.uri().path(), request.headers())
}

fn media_type(address: &str) -> &'static str {
    match address.rsplit_once('.').map(|(_, end)| end) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(headers: &[(header::HeaderName, &HeaderValue)]) -> Response {
        let assets = Assets::load(FsPath::new("there is no such folder")).unwrap();
        let headers = headers.iter();
        let headers = headers.map(|(name, value)| (name.clone(), (*value).clone()));
        assets.serve(routes::LOADER.path, &headers.collect())
    }

    #[test]
    fn a_file_goes_out_in_the_coding_asked_for_and_only_once() {
        for coding in ["br", "gzip"] {
            let coded = (header::ACCEPT_ENCODING, &HeaderValue::from_static(coding));
            let answer = asked(std::slice::from_ref(&coded));
            assert_eq!(answer.headers()[header::CONTENT_ENCODING], coding);
            let tag = &answer.headers()[header::ETAG];
            let again = asked(&[coded, (header::IF_NONE_MATCH, tag)]);
            assert_eq!(again.status(), 304);
            let plain = asked(&[(header::IF_NONE_MATCH, tag)]);
            assert_eq!(plain.status(), 200, "other bytes have another tag");
            for name in [header::ETAG, header::CACHE_CONTROL, header::VARY] {
                assert_eq!(again.headers()[&name], answer.headers()[&name]);
            }
        }
    }
}
