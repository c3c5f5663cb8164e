//! A browser without a script, and what it gets.

use super::ORIGIN;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use futures::{StreamExt as _, stream};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};
use tower::ServiceExt as _;

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The status as a number.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// A header, where there is one and it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The body, which must be text.
    pub fn body(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("a body of text")
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The page with its entities resolved, for what was typed and comes back in it.
    pub fn unescaped(&self) -> String {
        unescaped(self.body())
    }

    /// The words of the page as its reader sees them: no tags, no comments.
    pub fn words(&self) -> String {
        let scripts = self.body().split("<script").enumerate();
        let shown = scripts.map(|(at, piece)| match at {
            0 => piece,
            _ => piece.split_once("</script").map_or("", |(_, rest)| rest),
        });
        let shown = shown.collect::<String>();
        let pieces = shown.split('<');
        let outside = |piece: &str| {
            piece
                .split_once('>')
                .map_or("", |(_, text)| text)
                .to_owned()
        };
        unescaped(&pieces.map(outside).collect::<String>())
    }

    /// Where it redirects to; "" where it does not.
    pub fn location(&self) -> &str {
        self.header("location").unwrap_or("")
    }
}

/// A browser without a script: keeps cookies, does not follow redirects.
#[derive(Clone)]
pub struct Client {
    router: Router,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
    /// Sent as `Origin` with every post.
    pub origin: String,
}

impl Client {
    pub(super) fn new(router: Router) -> Self {
        Self {
            router,
            cookies: Arc::default(),
            origin: ORIGIN.to_owned(),
        }
    }

    /// Whether a cookie was kept.
    pub fn has_cookies(&self) -> bool {
        !self.cookies.lock().unwrap().is_empty()
    }

    /// The value of a cookie; "" if it was not kept.
    pub fn cookie(&self, name: &str) -> String {
        let cookies = self.cookies.lock().unwrap();
        cookies.get(name).cloned().unwrap_or_default()
    }

    /// Keeps a cookie, as if a page had set it.
    pub fn put_cookie(&self, name: &str, value: &str) {
        let mut cookies = self.cookies.lock().unwrap();
        cookies.insert(name.to_owned(), value.to_owned());
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(
            Request::get(path).header(header::ACCEPT, "text/html"),
            Body::empty(),
        )
        .await
    }

    /// An urlencoded POST, as a form without files sends it.
    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_raw(
            path,
            "application/x-www-form-urlencoded",
            urlencoded(fields),
        )
        .await
    }

    /// A query, as the script of a page sends it.
    pub async fn query(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = Request::get(format!("{path}?{}", urlencoded(fields)));
        let request = request.header(header::ACCEPT, "application/json");
        self.send(request, Body::empty()).await
    }

    /// A command, as the script of a page sends it to the page's address.
    pub async fn call(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self
            .post_as(path, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(urlencoded(fields))).await
    }

    /// A POST of a body as it is.
    pub async fn post_raw(&self, path: &str, content_type: &str, body: impl Into<Body>) -> Answer {
        self.send(
            self.post(path).header(header::CONTENT_TYPE, content_type),
            body.into(),
        )
        .await
    }

    /// A multipart POST; files are field, name, media type, content.
    pub async fn post_multipart(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &str, &[u8])],
    ) -> Answer {
        let (kind, body) = multipart(fields, files);
        let request = self.post(path).header(header::CONTENT_TYPE, kind);
        // in pieces with pauses between, as it comes over a network
        let pieces: Vec<_> = body
            .chunks(16 * 1024)
            .map(|piece| Ok::<_, std::convert::Infallible>(piece.to_vec()))
            .collect();
        self.send(
            request,
            Body::from_stream(stream::iter(pieces).then(async |piece| {
                tokio::task::yield_now().await;
                piece
            })),
        )
        .await
    }

    fn post(&self, path: &str) -> axum::http::request::Builder {
        self.post_as(path, "text/html")
    }

    fn post_as(&self, path: &str, accept: &str) -> axum::http::request::Builder {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::ACCEPT, accept);
        let request = request.header(header::REFERER, format!("{ORIGIN}{path}"));
        if self.origin.is_empty() {
            request
        } else {
            request.header(header::ORIGIN, &self.origin)
        }
    }

    /// Any request, with the cookies kept so far.
    pub async fn send(&self, request: axum::http::request::Builder, body: Body) -> Answer {
        let cookies: Vec<String> = self
            .cookies
            .lock()
            .unwrap()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = request
            .header(header::HOST, "localhost")
            .header(header::COOKIE, cookies.join("; "))
            .body(body)
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        self.keep(&parts.headers);
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes,
        }
    }

    fn keep(&self, headers: &HeaderMap) {
        let mut cookies = self.cookies.lock().unwrap();
        for line in headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let Some((name, value)) = line.split(';').next().and_then(|pair| pair.split_once('='))
            else {
                continue;
            };
            let gone = value.is_empty() || line.to_ascii_lowercase().contains("max-age=0");
            if gone {
                cookies.remove(name)
            } else {
                cookies.insert(name.to_owned(), value.to_owned())
            };
        }
    }
}

fn unescaped(html: &str) -> String {
    let quotes = html.replace("&quot;", "\"").replace("&#x27;", "'");
    let tags = quotes.replace("&lt;", "<").replace("&gt;", ">");
    tags.replace("&amp;", "&")
}

/// A form in parts as browsers write it: its kind, with the boundary, and its body.
pub fn multipart(
    fields: &[(&str, &str)],
    files: &[(&str, &str, &str, &[u8])],
) -> (String, Vec<u8>) {
    const BOUNDARY: &str = "----lang-nghe-boundary";
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )
            .bytes(),
        );
    }
    for (name, file, media_type, content) in files {
        let head = format!(
            "Content-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: {media_type}"
        );
        body.extend(format!("--{BOUNDARY}\r\n{head}\r\n\r\n").bytes());
        body.extend_from_slice(content);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

/// Fields as a form without files sends them.
pub fn urlencoded(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}
