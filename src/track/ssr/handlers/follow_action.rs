//! What is posted from the following page: read, done, and led back to the page.

use super::{enter, messages, no_store, read, status, with_cookie, with_header};
use crate::{
    case::CaseId,
    error::{AppError, FieldErrors},
    platform::{
        AppState,
        http::{
            form_data::{self, Posted, PostedFile},
            rate_limit,
        },
    },
    server::render,
    track::{
        form::{self, Deed, FollowDraft},
        ssr::{self, FollowOutcome, session},
    },
};
use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header, request::Parts},
    response::{IntoResponse as _, Redirect, Response},
};
use leptos::prelude::provide_context;
use std::time::Duration;

/// A reporter may write this often within an hour.
const MESSAGES_PER_HOUR: i32 = 30;

/// `POST /tra-cuu/ho-so`: does what the hidden field `viec` says, or comes back with everything typed. A session that ran out in the
/// meantime is opened again by the code in `ma`, so that nothing has to be written twice.
pub async fn act(State(state): State<AppState>, request: Request) -> Response {
    let (parts, posted) = read(&state, request).await;
    let posted = match posted {
        Ok(posted) => posted,
        Err(error) => return again(&state, parts, FollowDraft::default(), &error).await,
    };
    let Some(deed) = Deed::from_code(posted.value("viec")) else {
        return no_store(Redirect::to("/tra-cuu/ho-so").into_response()).await;
    };
    if deed == Deed::Leave {
        return leave(&state, &parts).await;
    }
    let draft = draft(&posted);
    let (case, cookie) = match identify(&state, &parts, &posted).await {
        Ok(found) => found,
        Err(error) => return again(&state, parts, draft, &error).await,
    };
    let response = match perform(&state, case, deed, &draft, posted.files).await {
        Ok(done) => {
            no_store(Redirect::to(&format!("/tra-cuu/ho-so?xong={}", word(done))).into_response())
                .await
        }
        Err(error) => again(&state, with_session(parts, cookie.as_ref()), draft, &error).await,
    };
    match cookie {
        Some(cookie) => with_cookie(response, cookie),
        None => response,
    }
}

/// The case of the session, or of the code that was typed because the session had run out.
async fn identify(
    state: &AppState,
    parts: &Parts,
    posted: &Posted,
) -> Result<(CaseId, Option<HeaderValue>), AppError> {
    if let Some(case) = session::current(state, &parts.headers).await? {
        return Ok((case, None));
    }
    match posted.value("ma") {
        "" => Err(form::at("ma", "Phiên xem hồ sơ đã hết. Vui lòng nhập lại mã tra cứu rồi gửi; nội dung đã viết vẫn còn ở đây.").into()),
        typed => enter(state, parts, typed).await.map(|(case, cookie)| (case, Some(cookie))),
    }
}

async fn perform(
    state: &AppState,
    case: CaseId,
    deed: Deed,
    draft: &FollowDraft,
    files: Vec<PostedFile>,
) -> Result<FollowOutcome, AppError> {
    match deed {
        Deed::Write => write(state, case, draft, files).await,
        Deed::Withdraw if draft.confirmed => ssr::withdraw(state, case).await,
        Deed::Withdraw => Err(form::at(
            "xac-nhan",
            "Vui lòng đánh dấu xác nhận trước khi rút phản ánh.",
        )
        .into()),
        Deed::Rate => ssr::rate(state, case, form::read_rating(&draft.rating)?).await,
        Deed::Reopen => ssr::reopen(state, case, &form::read_reason(&draft.reason)?).await,
        Deed::Leave => Ok(FollowOutcome::Already),
    }
}

async fn write(
    state: &AppState,
    case: CaseId,
    draft: &FollowDraft,
    files: Vec<PostedFile>,
) -> Result<FollowOutcome, AppError> {
    let text = form::read_message(&draft.text, files.len())?;
    let files = form_data::clean_files(&files)
        .await
        .map_err(|message: String| form::at("tep", &message))?;
    let bucket = state
        .vault
        .keyed_hash("tra-cuu-nhan", &case.0.to_be_bytes());
    if rate_limit::count(
        &state.db,
        bucket,
        Duration::from_secs(3600),
        state.clock.now(),
    )
    .await?
        > MESSAGES_PER_HOUR
    {
        return Err(AppError::TooManyRequests);
    }
    ssr::add_message(state, case, &text, &files, &draft.key).await
}

async fn leave(state: &AppState, parts: &Parts) -> Response {
    if let Err(error) = session::close(state, &parts.headers).await {
        return again(state, parts.clone(), FollowDraft::default(), &error).await;
    }
    let response = no_store(Redirect::to("/tra-cuu").into_response()).await;
    let response = match session::forget_cookie(&state.config) {
        Ok(cookie) => with_cookie(response, cookie),
        Err(_) => response,
    };
    with_header(
        response,
        HeaderName::from_static("clear-site-data"),
        "\"cache\"",
    )
}

fn draft(posted: &Posted) -> FollowDraft {
    let value = |name: &str| posted.value(name).to_owned();
    let deed = value("viec");
    // the form of a session that ran out has one text field for whatever was being written
    let reason = if deed == "chua_thoa_dang" && posted.value("ly-do").is_empty() {
        value("noi-dung")
    } else {
        value("ly-do")
    };
    FollowDraft {
        text: value("noi-dung"),
        rating: value("muc"),
        confirmed: posted.value("xac-nhan") == "1",
        key: value("khoa").chars().take(64).collect(),
        errors: FieldErrors::default(),
        reason,
        deed,
    }
}

async fn again(state: &AppState, parts: Parts, draft: FollowDraft, error: &AppError) -> Response {
    let field = match draft.deed.as_str() {
        "rut" => "xac-nhan",
        "danh_gia" => "muc",
        "chua_thoa_dang" => "ly-do",
        _ => "noi-dung",
    };
    let draft = FollowDraft {
        errors: messages(error, field),
        ..draft
    };
    let provide = move || provide_context(draft.clone());
    no_store(render::again(state, parts, status(error), provide).await).await
}

/// The request as if it had carried the session that was just opened, so that the page renders with it.
fn with_session(mut parts: Parts, cookie: Option<&HeaderValue>) -> Parts {
    if let Some(value) = cookie
        .and_then(|cookie| cookie.to_str().ok()?.split(';').next())
        .and_then(|pair| pair.parse().ok())
    {
        parts.headers.insert(header::COOKIE, value);
    }
    parts
}

/// The word of the address that says how it went (`form::done_message`).
fn word(done: FollowOutcome) -> &'static str {
    match done {
        FollowOutcome::Message => "nhan",
        FollowOutcome::Supplement => "bo-sung",
        FollowOutcome::Withdrawn => "rut",
        FollowOutcome::Rated => "danh-gia",
        FollowOutcome::Reopened => "mo-lai",
        FollowOutcome::Already => "da-co",
        FollowOutcome::TooLate => "khong-con",
    }
}
