//! The native form posts: one POST with and without script, the page again with everything still typed, or the receipt.

use super::store::{self, Recorder};
use crate::{
    accounts::ssr::{authority::Authority, session},
    error::{AppError, FieldErrors},
    platform::{
        AppState,
        http::{
            cookies::{Cookie, SameSite},
            form_data::{self, Posted},
        },
        telemetry::metrics,
    },
    rights::Permission,
    server::render,
    submit::{FeedbackDraft, NewFeedback, entry_page::ENTRY_PATH, form_page::Returned},
};
use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse as _, Redirect, Response},
};
use leptos::prelude::*;

/// Lets a browser see the receipt of what it has just submitted.
const RECEIPT_COOKIE: Cookie = Cookie {
    name: "phieu",
    same_site: SameSite::Lax,
    max_age: Some(900),
};

/// `POST /gui-phan-anh`
pub async fn post_feedback(State(state): State<AppState>, request: Request) -> Response {
    receive(&state, request, Recorder(None), "/gui-phan-anh/da-nhan").await
}

/// `POST /quan-tri/tiep-nhan`: an officer, for a caller or visitor.
pub async fn post_entry(State(state): State<AppState>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let staff = session::from_parts(&state, &parts)
        .await
        .and_then(|staff| Authority::of(staff, Permission::EnterFeedback));
    let request = Request::from_parts(parts, body);
    match staff {
        Ok(authority) => {
            receive(
                &state,
                request,
                Recorder(Some(authority.staff_id())),
                &format!("{ENTRY_PATH}/da-nhan"),
            )
            .await
        }
        // the call was written down: the form comes back with everything in it, to be sent again after signing in
        Err(error) => match form_data::read(&state, request).await {
            Ok((parts, posted)) => refuse(&state, parts, &posted, draft(&posted), &error).await,
            Err(error) => crate::platform::http::error_response::plain_page(&error).into_response(),
        },
    }
}

async fn receive(state: &AppState, request: Request, recorder: Recorder, done: &str) -> Response {
    let (parts, posted) = match form_data::read(state, request).await {
        Ok(read) => read,
        Err(error) => {
            return crate::platform::http::error_response::plain_page(&error).into_response();
        }
    };
    let draft = draft(&posted);
    if !posted.value("doi_loai").is_empty() {
        let returned = Returned {
            draft,
            errors: FieldErrors::default(),
        };
        return render::again(state, parts, StatusCode::OK, move || {
            provide_context(returned.clone())
        })
        .await;
    }
    match accept(state, &posted, &draft, recorder).await {
        Ok(key) => {
            metrics::count_submission();
            receipt(state, &parts, &key, done)
        }
        Err(error) => refuse(state, parts, &posted, draft, &error).await,
    }
}

fn draft(posted: &Posted) -> FeedbackDraft {
    FeedbackDraft::from_pairs(
        posted
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str())),
    )
}

async fn accept(
    state: &AppState,
    posted: &Posted,
    draft: &FeedbackDraft,
    recorder: Recorder,
) -> Result<String, AppError> {
    let draft = match recorder.0 {
        Some(_) => draft.clone(),
        // only an officer's form may name another channel
        None => FeedbackDraft {
            channel: String::new(),
            call_time: String::new(),
            recorder_note: String::new(),
            ..draft.clone()
        },
    };
    let parsed = NewFeedback::try_from(draft);
    let mut errors = parsed.as_ref().err().cloned().unwrap_or_default();
    for name in &posted.unreadable {
        errors.add(
            name,
            "Phần này có ký tự không đọc được. Vui lòng gõ lại bằng bộ gõ Unicode.",
        );
    }
    if posted.truncated {
        errors.add(
            "tep",
            "Dữ liệu gửi lên vượt quá giới hạn. Vui lòng bớt tệp hoặc rút gọn rồi gửi lại.",
        );
    }
    let files = form_data::clean_files(&posted.files)
        .await
        .unwrap_or_else(|message| {
            errors.add("tep", &message);
            Vec::new()
        });
    match parsed {
        Ok(feedback) if errors.is_empty() => store::submit(state, feedback, files, recorder).await,
        _ => Err(errors.into()),
    }
}

fn wants_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .is_some_and(|accept| accept == "application/json")
}

/// The form again with everything typed; without script the chosen files must be chosen again, so their names are told.
async fn refuse(
    state: &AppState,
    parts: Parts,
    posted: &Posted,
    draft: FeedbackDraft,
    error: &AppError,
) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut errors = error.fields();
    if errors.is_empty() {
        errors.add("gui", error.message());
    }
    if wants_json(&parts.headers) {
        return (status, Json(serde_json::json!({ "errors": errors.all() }))).into_response();
    }
    if !posted.files.is_empty() {
        let names = posted
            .files
            .iter()
            .map(|file| file.name.as_str())
            .collect::<Vec<_>>()
            .join(", ");
        let choose =
            format!("Vui lòng chọn lại tệp: {names}. Trình duyệt không giữ tệp khi trang mở lại.");
        // besides what is wrong with one of them
        let message = errors
            .get("tep")
            .map_or_else(|| choose.clone(), |wrong| format!("{wrong} {choose}"));
        errors.set("tep", &message);
    }
    let returned = Returned { draft, errors };
    render::again(state, parts, status, move || {
        provide_context(returned.clone())
    })
    .await
}

fn receipt(state: &AppState, parts: &Parts, key: &str, done: &str) -> Response {
    let mut response = if wants_json(&parts.headers) {
        Json(serde_json::json!({ "next": done })).into_response()
    } else {
        Redirect::to(done).into_response()
    };
    if let Ok(cookie) = RECEIPT_COOKIE.set(&state.config, key) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// The key of the receipt the current request may see; "" if its cookie names none.
pub fn key_from_context() -> String {
    let (state, parts) = (use_context::<AppState>(), use_context::<Parts>());
    state
        .zip(parts)
        .and_then(|(state, parts)| {
            let key = RECEIPT_COOKIE.read(&state.config, &parts.headers)?;
            Some(key.to_owned())
        })
        .unwrap_or_default()
}
