//! Downloading an attachment: opened for those who may read along, never shown inside a page of
//! ours.

use super::{
    case_page::{audit_reading, reader},
    reading::{Reading, demand_sight},
};
use crate::{
    accounts::ssr::session,
    case::AttachmentId,
    error::AppError,
    platform::AppState,
    records::{AuditAction, read_attachment},
    routes,
};
use axum::{
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};

/// `GET /quan-tri/tep/{id}`
pub async fn download(
    State(state): State<AppState>,
    Path(id): Path<String>,
    parts: axum::http::request::Parts,
) -> Response {
    match open_file(&state, &id, &parts).await {
        Ok(file) => answer(file),
        Err(error) => error.into_response(),
    }
}

/// An opened attachment.
struct OpenFile {
    /// Name on the submitter's device.
    name: String,
    /// One of the accepted media types.
    media_type: String,
    bytes: Vec<u8>,
}

/// Opens an attachment. Leaves a row in the audit log before anything is opened.
async fn open_file(
    state: &AppState,
    id: &str,
    parts: &axum::http::request::Parts,
) -> Result<OpenFile, AppError> {
    let id: AttachmentId = id.parse().map_err(|_| AppError::NotFound)?;
    let authority = reader(session::from_parts(state, parts).await?)?;
    let mut tx = authority.begin(&state.db).await?;
    let (record, attachment, secrecy) = read_attachment(&mut tx, &state.vault, id).await?;
    demand_sight(&mut tx, &authority, record.case_id).await?;
    if Reading::of(authority.scope(), secrecy) != Reading::Whole {
        return Err(AppError::NotFound);
    }
    let action = AuditAction::AttachmentDownloaded;
    audit_reading(&mut tx, state, &authority, action, record.case_id).await?;
    tx.commit().await?;
    Ok(OpenFile {
        bytes: state.files.get(id.0, record.key()).await?,
        name: attachment.name,
        media_type: attachment.media_type,
    })
}

fn answer(file: OpenFile) -> Response {
    let mut response = file.bytes.into_response();
    let headers = response.headers_mut();
    let text = |value: &str| {
        HeaderValue::from_str(value).unwrap_or(HeaderValue::from_static("application/octet-stream"))
    };
    headers.insert(header::CONTENT_TYPE, text(&file.media_type));
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_str(&disposition(&file.name))
            .unwrap_or(HeaderValue::from_static("attachment")),
    );
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("sandbox; default-src 'none'"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// RFC 6266: a plain name for old browsers and the exact one for all others (RFC 8187).
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') {
                c
            } else {
                '_'
            }
        })
        .collect();
    format!(
        "attachment; filename=\"{plain}\"; filename*=UTF-8''{}",
        routes::encode(name)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        let header = disposition("ảnh \"1\"\r\nSet-Cookie: a=b.jpg");
        assert!(!header.contains('\r') && !header.contains('\n'));
        assert_eq!(header.matches('"').count(), 2);
        assert!(header.contains("filename*=UTF-8''%E1%BA%A3nh"));
    }

    #[test]
    fn a_download_is_never_a_page() {
        let response = answer(OpenFile {
            name: "a.pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            bytes: vec![1],
        });
        assert_eq!(
            response.headers()[header::CONTENT_SECURITY_POLICY],
            "sandbox; default-src 'none'"
        );
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        assert_eq!(
            response.headers()[header::X_CONTENT_TYPE_OPTIONS],
            "nosniff"
        );
    }
}
