//! Cookies of ours: each described once, read from a request, set and removed by a response.

use crate::{error::AppError, platform::config::Config};
use axum::http::{HeaderMap, HeaderValue, header};

/// With which requests of other sites a cookie comes along (RFC 6265bis §5.6.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameSite {
    /// With links that lead here.
    Lax,
    /// With none.
    Strict,
}

/// A cookie for the whole site that no script reads; over TLS the browser itself holds it to this
/// host and channel (`__Host-`, RFC 6265bis §4.1.3.2).
#[derive(Clone, Copy, Debug)]
pub struct Cookie {
    /// Its name, without the prefix.
    pub name: &'static str,
    /// With which requests of other sites it comes along.
    pub same_site: SameSite,
    /// Lifetime in seconds; `None` ends it with the browser.
    pub max_age: Option<u32>,
}

impl Cookie {
    /// Its value in a request.
    pub fn read<'a>(&self, config: &Config, headers: &'a HeaderMap) -> Option<&'a str> {
        let name = self.full_name(config);
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|header| header.to_str().ok())
            .flat_map(|header| header.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find_map(|(key, value)| (key == name).then_some(value))
    }

    /// The `Set-Cookie` header that gives it `value`: letters, digits, `-` and `_`.
    ///
    /// # Errors
    /// [`AppError::Internal`] if `value` does not fit into a header.
    pub fn set(&self, config: &Config, value: &str) -> Result<HeaderValue, AppError> {
        self.header(config, value, self.max_age)
    }

    /// The `Set-Cookie` header that makes a browser forget it.
    ///
    /// # Errors
    /// None in practice: the header is built from constants.
    pub fn remove(&self, config: &Config) -> Result<HeaderValue, AppError> {
        self.header(config, "", Some(0))
    }

    fn header(
        &self,
        config: &Config,
        value: &str,
        max_age: Option<u32>,
    ) -> Result<HeaderValue, AppError> {
        let (name, same_site) = (self.full_name(config), self.same_site);
        let secure = if config.is_https() { "; Secure" } else { "" };
        let age = max_age
            .map(|seconds| format!("; Max-Age={seconds}"))
            .unwrap_or_default();
        HeaderValue::try_from(format!(
            "{name}={value}; Path=/; HttpOnly; SameSite={same_site:?}{secure}{age}"
        ))
        .map_err(|_| AppError::Internal)
    }

    /// The prefix demands `Secure`, which browsers accept over TLS only.
    fn full_name(&self, config: &Config) -> String {
        let prefix = if config.is_https() { "__Host-" } else { "" };
        format!("{prefix}{}", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    const COOKIE: Cookie = Cookie {
        name: "phien",
        same_site: SameSite::Lax,
        max_age: None,
    };

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        config: Config,
    }

    fn config(public_url: &str) -> Config {
        Cli::parse_from(["x", "--public-url", public_url])
            .config
            .settled()
    }

    fn headers(cookies: &[&str]) -> HeaderMap {
        cookies
            .iter()
            .map(|cookie| (header::COOKIE, cookie.parse().unwrap()))
            .collect()
    }

    #[test]
    fn over_tls_the_cookie_is_held_to_the_host() {
        let plain = config("http://127.0.0.1:3000");
        assert_eq!(
            COOKIE.set(&plain, "abc").unwrap(),
            "phien=abc; Path=/; HttpOnly; SameSite=Lax"
        );
        let tls = config("https://langnghe.example");
        let strict = Cookie {
            same_site: SameSite::Strict,
            max_age: Some(900),
            ..COOKIE
        };
        assert_eq!(
            strict.set(&tls, "abc").unwrap(),
            "__Host-phien=abc; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=900"
        );
        assert_eq!(
            COOKIE.remove(&plain).unwrap(),
            "phien=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
        );
        assert!(COOKIE.set(&plain, "a\r\nb").is_err());
    }

    #[test]
    fn the_cookie_is_found_among_others_by_its_whole_name() {
        let plain = config("http://127.0.0.1:3000");
        let read = |cookies: &[&str]| COOKIE.read(&plain, &headers(cookies)).map(str::to_owned);
        assert_eq!(read(&["a=b; phien=abc; c=d"]).as_deref(), Some("abc"));
        assert_eq!(read(&["a=b", "phien=abc"]).as_deref(), Some("abc"));
        for none in ["", "phien", "xphien=abc", "phienx=abc"] {
            assert_eq!(read(&[none]), None, "{none}");
        }
        let tls = config("https://langnghe.example");
        assert_eq!(
            COOKIE.read(&tls, &headers(&["phien=abc"])),
            None,
            "a plain cookie set by a neighbouring host is not accepted"
        );
    }
}
