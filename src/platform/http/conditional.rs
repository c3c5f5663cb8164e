//! Validators: what a client has already is not sent again (RFC 9110 §13).

use super::encoding::Encoding;
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use base64::Engine as _;
use sha2::{Digest as _, Sha256};

/// The validator of a content as it is: strong, for what is the same content is the same bytes.
pub fn entity_tag(content: &[u8]) -> HeaderValue {
    let hash = Sha256::digest(content);
    let short = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&hash[..12]);
    quoted(&short)
}

/// The validator of the same content in a coding, which are other bytes.
pub fn in_coding(tag: &HeaderValue, coding: Encoding) -> HeaderValue {
    let opaque = tag.to_str().unwrap_or_default().trim_matches('"');
    let coding = coding.name();
    match coding.as_ref().and_then(|name| name.to_str().ok()) {
        Some(name) => quoted(&format!("{opaque}-{name}")),
        None => tag.clone(),
    }
}

fn quoted(opaque: &str) -> HeaderValue {
    HeaderValue::try_from(format!("\"{opaque}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

/// Whether the client has the content with this validator.
pub fn has_already(request: &HeaderMap, tag: &HeaderValue) -> bool {
    let Ok(tag) = tag.to_str() else { return false };
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let known = request.get_all(header::IF_NONE_MATCH).iter();
    let mut known = known.filter_map(|tags| tags.to_str().ok());
    known.any(|tags| tags.trim() == "*" || tags.split(',').any(|one| opaque(one) == opaque(tag)))
}

/// The answer that sends nothing again. It keeps the headers of the whole one, its policy above all: a browser takes
/// them for those of what it has.
pub fn not_modified(headers: &HeaderMap) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    *response.headers_mut() = headers.clone();
    for name in [
        header::CONTENT_TYPE,
        header::CONTENT_LENGTH,
        header::CONTENT_ENCODING,
    ] {
        response.headers_mut().remove(name);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_alone_in_a_list_and_under_a_star() {
        let (tag, other) = (entity_tag(b"a"), entity_tag(b"b"));
        let asked = |value: &str| {
            let value = HeaderValue::try_from(value).unwrap();
            [(header::IF_NONE_MATCH, value)].into_iter().collect()
        };
        let tag_text = tag.to_str().unwrap();
        for known in [
            "*",
            tag_text,
            &format!("W/{tag_text}"),
            &format!("\"x\", {tag_text}"),
        ] {
            assert!(has_already(&asked(known), &tag), "{known}");
        }
        assert!(!has_already(&asked(tag_text), &other));
        assert!(!has_already(&HeaderMap::new(), &tag));
    }

    #[test]
    fn other_bytes_have_another_tag() {
        let tag = entity_tag(b"a");
        let [plain, gzip, brotli] = [Encoding::Identity, Encoding::Gzip, Encoding::Brotli]
            .map(|coding| in_coding(&tag, coding));
        assert_eq!(plain, tag);
        assert!(gzip != tag && brotli != tag && gzip != brotli);
        assert!(brotli.to_str().unwrap().ends_with("-br\""));
    }
}
