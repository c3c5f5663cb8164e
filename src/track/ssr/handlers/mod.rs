//! Native form posts of the two pages. Routes: `POST /tra-cuu` → [`look_up`], `POST /tra-cuu/ho-so` → [`act`]; both paths under [`no_store`].

mod follow_action;

pub use follow_action::act;

use super::{
    session::{case_of, open},
    throttle::Buckets,
};
use crate::{
    case::CaseId,
    error::{AppError, FieldErrors},
    platform::{
        AppState,
        http::{
            client_ip::client_ip,
            form_data::{self, Posted},
        },
    },
    server::render,
    track::form::{self, LookUpDraft},
};
use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse as _, Redirect, Response},
};

/// One answer for every code that opens nothing, whatever the cause.
const UNKNOWN: &str =
    "Không tìm thấy phản ánh với mã đã nhập. Vui lòng kiểm tra lại mã tra cứu trên biên nhận.";
/// The answer to a wrong code while too many look-ups wait.
const BUSY: &str = "Hiện có quá nhiều lượt tra cứu. Vui lòng chờ một phút rồi thử lại.";

/// `POST /tra-cuu`: a right code opens its case for half an hour; anything else comes back with what was typed and a message.
pub async fn look_up(State(state): State<AppState>, request: Request) -> Response {
    let (parts, posted) = read(&state, request).await;
    let posted = match posted {
        Ok(posted) => posted,
        Err(error) => return look_up_again(&state, parts, LookUpDraft::default(), error).await,
    };
    let code = posted.value("ma").to_owned();
    match enter(&state, &parts, &code).await {
        Ok((_, cookie)) => with_cookie(Redirect::to("/tra-cuu/ho-so").into_response(), cookie),
        Err(error) => {
            look_up_again(
                &state,
                parts,
                LookUpDraft {
                    code,
                    errors: FieldErrors::default(),
                },
                error,
            )
            .await
        }
    }
}

/// Lets nobody keep a page of this slice: not the browser, not a proxy.
pub async fn no_store(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Sends a visitor without a session from the following page to the look-up, and gives the failure to answer with. A refused post is
/// rendered on the same address and keeps its words instead.
pub fn lead_to_look_up() -> AppError {
    use leptos::prelude::use_context;
    let on_page = use_context::<Parts>().is_some_and(|parts| parts.uri.path() == "/tra-cuu/ho-so");
    if use_context::<form::FollowDraft>().is_some() {
        return AppError::SignInRequired;
    }
    match use_context::<leptos_axum::ResponseOptions>() {
        Some(response) if on_page => {
            response.set_status(StatusCode::SEE_OTHER);
            response.insert_header(header::LOCATION, HeaderValue::from_static("/tra-cuu"));
        }
        Some(response) => {
            response.set_status(StatusCode::UNAUTHORIZED);
            leptos_axum::redirect("/tra-cuu");
        }
        None => {}
    }
    AppError::SignInRequired
}

/// Opens a session with the case of a typed code; the case and the `Set-Cookie` value.
async fn enter(
    state: &AppState,
    parts: &Parts,
    typed: &str,
) -> Result<(CaseId, HeaderValue), AppError> {
    let code = form::read_code(typed)?;
    let buckets = Buckets::of(state, &code, client_ip(&state.config, parts));
    let waited = buckets.wait(state).await?;
    match case_of(state, &code).await? {
        Some(case) => Ok((case, open(state, case).await?)),
        None => {
            buckets.failed(state).await?;
            Err(form::at("ma", if waited { UNKNOWN } else { BUSY }).into())
        }
    }
}

/// Reads the form and keeps the head of the request, which rendering the page again needs.
async fn read(state: &AppState, request: Request) -> (Parts, Result<Posted, AppError>) {
    let (parts, body) = request.into_parts();
    let read = form_data::read(state, Request::from_parts(parts.clone(), body)).await;
    (parts, read.map(|(_, posted)| posted))
}

async fn look_up_again(
    state: &AppState,
    parts: Parts,
    draft: LookUpDraft,
    error: AppError,
) -> Response {
    let draft = LookUpDraft {
        errors: messages(&error, "ma"),
        ..draft
    };
    let provide = move || leptos::prelude::provide_context(draft.clone());
    no_store(render::again(state, parts, status(&error), provide).await).await
}

fn status(error: &AppError) -> StatusCode {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// The messages of a failure; what belongs to no field stands at `field`.
fn messages(error: &AppError, field: &str) -> FieldErrors {
    match error {
        AppError::Invalid(errors) if !errors.is_empty() => errors.clone(),
        other => form::at(field, other.message()),
    }
}

fn with_cookie(mut response: Response, cookie: HeaderValue) -> Response {
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}

fn with_header(mut response: Response, name: HeaderName, value: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().append(name, value);
    }
    response
}
