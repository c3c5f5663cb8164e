//! Response headers, and the check that changes come from the product's own pages.

use crate::{error::AppError, platform::AppState};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

/// Refuses cross-site changes: `Sec-Fetch-Site` if the browser sends it, else `Origin`, else
/// `Referer` must match this site (OWASP CSRF prevention). Leptos server functions have no check of
/// their own.
pub async fn same_origin(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let reads = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if reads || is_ours(request.headers(), &state.config.public_url) {
        return next.run(request).await;
    }
    tracing::warn!(method = %request.method(), "change from another origin refused");
    AppError::Forbidden.into_response()
}

fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    let Some(from) = text(header::ORIGIN)
        .or_else(|| text(header::REFERER))
        .and_then(authority)
    else {
        return false;
    };
    Some(from) == text(header::HOST) || Some(from) == authority(public_url)
}

fn authority(url: &str) -> Option<&str> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    Some(rest.split(['/', '?', '#']).next().unwrap_or(rest))
}

/// Headers of every response, failures included.
pub async fn headers(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let set = response.headers_mut();
    let mut put = |name: &'static str, value: &'static str| {
        set.entry(HeaderName::from_static(name))
            .or_insert(HeaderValue::from_static(value));
    };
    put(
        "content-security-policy",
        "default-src 'none'; frame-ancestors 'none'",
    );
    put("x-content-type-options", "nosniff");
    // a failed form without script returns to the address in the referrer
    put("referrer-policy", "same-origin");
    put("x-frame-options", "DENY");
    put("cross-origin-opener-policy", "same-origin");
    put("cross-origin-resource-policy", "same-origin");
    put(
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    );
    if state.config.is_https() {
        put(
            "strict-transport-security",
            "max-age=31536000; includeSubDomains",
        );
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs
            .iter()
            .map(|(k, v)| (HeaderName::from_static(k), HeaderValue::from_static(v)))
            .collect();
        is_ours(&headers, "https://langnghe.example.vn")
    }

    #[test]
    fn a_change_from_another_site_is_refused() {
        assert!(!asked(&[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://langnghe.example.vn")
        ]));
        assert!(!asked(&[("sec-fetch-site", "same-site")]));
        assert!(!asked(&[
            ("origin", "https://evil.example"),
            ("host", "langnghe.example.vn")
        ]));
        assert!(!asked(&[
            ("origin", "null"),
            ("host", "langnghe.example.vn")
        ]));
        assert!(!asked(&[
            ("referer", "https://langnghe.example.vn.evil.example/x"),
            ("host", "langnghe.example.vn")
        ]));
        assert!(!asked(&[("host", "langnghe.example.vn")]));
    }

    #[test]
    fn a_change_from_our_own_pages_is_let_through() {
        assert!(asked(&[("sec-fetch-site", "same-origin")]));
        assert!(asked(&[
            ("origin", "http://127.0.0.1:3000"),
            ("host", "127.0.0.1:3000")
        ]));
        assert!(asked(&[
            ("origin", "https://langnghe.example.vn"),
            ("host", "10.0.0.5:3000")
        ]));
        assert!(asked(&[
            ("referer", "https://langnghe.example.vn/gui-phan-anh"),
            ("host", "langnghe.example.vn")
        ]));
    }
}
