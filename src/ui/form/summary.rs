//! What is wrong with a form: the message at each field, and the summary at its top.
//!
//! Both are set as inner HTML, never as children: a refusal in the browser writes into the same
//! elements (`ui::form::enhance`), on pages of islands and in the hydrated console alike, and
//! nothing that Leptos keeps track of is touched by it.

use super::state::FormContext;
use crate::{
    error::{AppError, FieldErrors},
    routes,
};
use leptos::prelude::*;

/// The message paragraph of a field; always there, empty if nothing is wrong.
#[component]
pub fn FieldError(name: &'static str) -> impl IntoView {
    let message = escape(&FormContext::message(name));
    view! { <p class="field-error" id=format!("{name}-loi") inner_html=message></p> }
}

/// What is wrong, at the top of a form, with links to the fields; takes the focus after a refusal.
#[component]
pub fn ErrorSummary(
    /// The page of the form, to come back to after signing in.
    here: String,
    /// Some of what was asked for went through.
    partly: bool,
) -> impl IntoView {
    let form = use_context::<FormContext>().and_then(|form| form.0);
    let html = form
        .map(|form| summary_html(form.notice.as_ref(), &form.errors, &here, title(partly)))
        .unwrap_or_default();
    view! {
        <div
            class="error-summary"
            role="alert"
            tabindex="-1"
            autofocus=!html.is_empty()
            hidden=html.is_empty()
            inner_html=html
        ></div>
    }
}

/// What a summary says that is about fields, or about some of several things asked for.
pub const fn title(partly: bool) -> &'static str {
    match partly {
        true => "Có hồ sơ chưa làm được",
        false => "Có chỗ cần xem lại trước khi gửi",
    }
}

/// The inside of a summary; "" if nothing is wrong. `title` stands over messages about fields.
pub fn summary_html(
    notice: Option<&AppError>,
    errors: &FieldErrors,
    here: &str,
    title: &'static str,
) -> String {
    if notice.is_none() && errors.is_empty() {
        return String::new();
    }
    let title = notice.map_or(title, AppError::message);
    let way_on = notice
        .and_then(|error| way_on(error, here))
        .map(|(href, text)| {
            let href = escape(&href);
            // in a window of its own: what was typed stays in this one
            format!("<li><a href=\"{href}\" target=\"_blank\" rel=\"external\">{text}</a></li>")
        });
    let links = errors.all().iter().map(|(name, message)| {
        let (name, message) = (escape(name), escape(message));
        format!("<li><a href=\"#{name}\" rel=\"external\">{message}</a></li>")
    });
    let items: String = way_on.into_iter().chain(links).collect();
    let class = "error-summary-title";
    format!("<p class=\"{class}\">{}</p><ul>{items}</ul>", escape(title))
}

/// Target and text of the link that would help with the failure.
pub fn way_on(error: &AppError, here: &str) -> Option<(String, &'static str)> {
    match error {
        AppError::SignInRequired => Some((routes::sign_in(here), "Đăng nhập")),
        AppError::ReauthenticationRequired => {
            Some((routes::reauthentication(here), "Xác nhận mật khẩu"))
        }
        AppError::DailyLimit => Some((
            routes::HOME.path.to_owned(),
            "Xem đường dây nóng, địa chỉ và giờ làm việc",
        )),
        AppError::Conflict => Some((here.to_owned(), "Xem tình trạng mới nhất")),
        _ => None,
    }
}

/// Text as HTML, in an element or an attribute.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}
