//! Behind the commands of the two pages: who asks, and for which case.

use super::{
    session::{current, open},
    throttle::LookUpThrottle,
};
use crate::{
    accounts::ssr::authority::state,
    case::CaseId,
    error::{AppError, FieldErrors},
    platform::{
        AppState,
        config::Config,
        http::{
            client_ip::client_ip,
            form_data::{self, SubmittedForm},
            rate_limit, reply,
        },
    },
    records::case_of,
    routes,
    track::{form, ssr::FollowOutcome},
    ui::FormState,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts};
use leptos::prelude::use_context;
use std::time::Duration;

/// One answer for every code that opens nothing, whatever the cause.
const UNKNOWN: &str = "Không tìm thấy phản ánh với mã đã nhập. Vui lòng kiểm tra lại mã tra cứu trên phiếu tiếp nhận.";
/// The answer to a wrong code while too many look-ups wait.
const BUSY: &str = "Hiện có quá nhiều lượt tra cứu. Vui lòng chờ một phút rồi thử lại.";
/// A form was drawn for one case, and another was opened in the same browser since.
const OF_ANOTHER: &str = "Nội dung này viết cho một hồ sơ khác với hồ sơ đang mở. Vui lòng nhập mã \
    tra cứu của hồ sơ đó rồi gửi; nội dung đã viết vẫn còn ở đây.";
/// What was written cannot be taken any more.
const TOO_LATE: &str = "Tình trạng hồ sơ đã thay đổi nên Sở không nhận được nội dung này ở đây nữa. Nội dung \
    đã viết vẫn còn bên dưới để Ông/Bà sao chép; nếu cần, vui lòng gửi phản ánh mới và nhắc số hồ sơ này.";
/// A submitter may write this often within an hour.
const MESSAGES_PER_HOUR: i32 = 30;

/// Opens a session with the case of a typed code.
///
/// # Errors
/// [`AppError::Invalid`] at `ma` if the code opens nothing; [`AppError::Unavailable`].
pub async fn open_case(typed: &str) -> Result<CaseId, AppError> {
    let (state, parts) = (state(), head()?);
    let code = form::read_code(typed)?;
    let buckets = LookUpThrottle::of(&state, &code, client_ip(&state.config, &parts));
    let delays = buckets.delays(&state).await?;
    delays.before().await;
    let mut connection = state.db.pool().acquire().await?;
    let found = case_of(&mut connection, &state.vault, &code).await?;
    drop(connection);
    let Some(case) = found else {
        buckets.failed(&state).await?;
        let waited = delays.after_a_wrong_code().await;
        return Err(FieldErrors::at("ma", if waited { UNKNOWN } else { BUSY }).into());
    };
    reply::set_cookie(open(&state, case).await?);
    Ok(case)
}

/// The case of the session, or of the code that was typed because the session had run out.
///
/// # Errors
/// [`AppError::Invalid`] at `ma` without either.
pub async fn identify() -> Result<(AppState, CaseId), AppError> {
    let (state, submitted) = (state(), SubmittedForm::current()?);
    let is_of = |case| ["", &mark(&state, case)].contains(&submitted.value(form::MARK));
    let open = current(&state, &head()?.headers).await?;
    let case = match (open, submitted.value("ma")) {
        (Some(case), _) if is_of(case) => case,
        (None, "") => {
            return Err(FieldErrors::at("ma", "Vui lòng nhập lại mã tra cứu.").into());
        }
        (Some(_), "") => return Err(FieldErrors::at("ma", OF_ANOTHER).into()),
        (_, typed) => open_case(typed).await?,
    };
    if is_of(case) {
        Ok((state, case))
    } else {
        Err(FieldErrors::at("ma", OF_ANOTHER).into())
    }
}

/// Tells a case from another in the same browser, and nothing else of it.
pub fn mark(state: &AppState, case: CaseId) -> String {
    let hash = state
        .vault
        .keyed_hash("tra-cuu-trang", &case.0.to_be_bytes());
    hash[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes a message with the files of the form.
///
/// # Errors
/// [`AppError::Invalid`] at `tin_nhan` or `tep`; [`AppError::TooManyRequests`] after thirty
/// messages in an hour; [`AppError::Busy`] if too many files of others wait.
pub async fn write(text: &str, key: &str) -> Result<FollowOutcome, AppError> {
    let (state, case) = identify().await?;
    let submitted = SubmittedForm::current()?;
    let text = form::read_message(text, submitted.files.len())?;
    form_data::check_files(&submitted.files).map_err(|message| FieldErrors::at("tep", &message))?;
    let bucket = state
        .vault
        .keyed_hash("tra-cuu-nhan", &case.0.to_be_bytes());
    let (hour, now) = (Duration::from_secs(3600), state.clock.now());
    if rate_limit::count(&state.db, bucket, hour, now).await? > MESSAGES_PER_HOUR {
        return Err(AppError::TooManyRequests);
    }
    let files = form_data::clean_files(&state, &submitted.files).await?;
    let key: String = key.chars().take(64).collect();
    in_time(
        "tin_nhan",
        super::add_message(&state, case, &text, &files, &key).await?,
    )
}

/// What was written for a case that has moved on comes back, with the newest status of the case.
///
/// # Errors
/// [`AppError::Invalid`] at `field` if it came too late.
pub fn in_time(field: &str, done: FollowOutcome) -> Result<FollowOutcome, AppError> {
    match done {
        FollowOutcome::TooLate => Err(FieldErrors::at(field, TOO_LATE).into()),
        done => Ok(done),
    }
}

/// Ends the session of a request.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn forget(state: &AppState, headers: &HeaderMap) -> Result<(), AppError> {
    super::session::close(state, headers).await
}

/// The header that takes the session's cookie from the browser.
///
/// # Errors
/// None in practice: the header is built from constants.
pub fn forget_cookie(config: &Config) -> Result<HeaderValue, AppError> {
    super::session::forget_cookie(config)
}

/// Leads back to the case and says how it went.
pub fn lead_back(done: FollowOutcome) {
    leptos_axum::redirect(&routes::done(routes::FOLLOW, word(done)));
}

/// Sends a visitor without a session from the following page to the look-up, and gives the failure
/// to answer with. A form that came back is rendered on the same address and keeps its words
/// instead.
pub fn lead_to_look_up() -> AppError {
    let on_page = head().is_ok_and(|parts| parts.uri.path() == routes::FOLLOW.path);
    if FormState::returned().is_some() {
        return AppError::SignInRequired;
    }
    match use_context::<leptos_axum::ResponseOptions>() {
        Some(response) if on_page => {
            response.set_status(StatusCode::SEE_OTHER);
            let look_up = HeaderValue::from_static(routes::LOOK_UP.path);
            response.insert_header(header::LOCATION, look_up);
        }
        Some(response) => {
            response.set_status(StatusCode::UNAUTHORIZED);
            leptos_axum::redirect(routes::LOOK_UP.path);
        }
        None => {}
    }
    AppError::SignInRequired
}

fn head() -> Result<Parts, AppError> {
    use_context::<Parts>().ok_or(AppError::Internal)
}

/// The word of the address that says how it went (`form::done_message`).
fn word(done: FollowOutcome) -> &'static str {
    match done {
        FollowOutcome::Message => "nhan",
        FollowOutcome::Supplement => "bo-sung",
        FollowOutcome::Withdrawn => "rut",
        FollowOutcome::Rated => "danh-gia",
        FollowOutcome::Reopened => "mo-lai",
        FollowOutcome::Chosen => "dong-y",
        FollowOutcome::Already => "da-co",
        FollowOutcome::TooLate => "khong-con",
    }
}
