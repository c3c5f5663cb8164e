//! What a page says in place of its content when that could not be shown.

use super::{
    Title,
    form::{TypedTexts, door},
    notices::{Notice, Tone},
};
use crate::{error::AppError, routes};
use leptos::prelude::*;

/// Says what happened and where to go on; `here` is the page's own address, to return to after
/// signing in. Rendered inside the frame of the page.
#[component]
pub fn PageError(error: AppError, #[prop(into)] here: String) -> impl IntoView {
    let title = match error {
        AppError::SignInRequired => "Cần đăng nhập",
        AppError::ReauthenticationRequired => "Cần xác nhận mật khẩu",
        AppError::NotFound => "Không tìm thấy hồ sơ",
        AppError::Forbidden => "Không có quyền xem",
        _ => "Chưa mở được trang",
    };
    let (href, text) = door(&error, &here).unwrap_or_else(|| match error {
        AppError::NotFound => (routes::INBOX.path.to_owned(), "Về danh sách hồ sơ"),
        AppError::Forbidden => (routes::HOME.path.to_owned(), "Về trang đầu"),
        _ => (here.clone(), "Thử lại"),
    });
    view! {
        <Title text=title />
        <h1>{title}</h1>
        <Notice tone=Tone::Warning>
            <p>{error.message()}</p>
        </Notice>
        <TypedTexts here />
        <p>
            <a class="button" href=href rel="external">
                {text}
            </a>
        </p>
    }
}
