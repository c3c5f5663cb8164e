//! Validators: what a client has already is not sent again (RFC 9110 §13).

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use base64::Engine as _;
use sha2::{Digest as _, Sha256};

/// The validator of a content, the same in every coding, therefore weak.
pub fn entity_tag(content: &[u8]) -> HeaderValue {
    let hash = Sha256::digest(content);
    let short = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&hash[..12]);
    HeaderValue::try_from(format!("W/\"{short}\"")).unwrap_or(HeaderValue::from_static("W/\"\""))
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
            tag_text.trim_start_matches("W/"),
            &format!("\"x\", {tag_text}"),
        ] {
            assert!(has_already(&asked(known), &tag), "{known}");
        }
        assert!(!has_already(&asked(tag_text), &other));
        assert!(!has_already(&HeaderMap::new(), &tag));
    }
}
