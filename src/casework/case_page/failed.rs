//! What stands in place of a page of the console that could not be shown.

use crate::{
    error::AppError,
    ui::{ClosedLayout, Notice, Title, Tone, TypedTexts},
};
use leptos::prelude::*;

/// Says what happened and where to go; `back` is where signing in leads.
#[component]
pub fn Failed(error: AppError, back: String) -> impl IntoView {
    let (title, link) = match error {
        AppError::SignInRequired => (
            "Cần đăng nhập",
            (format!("/quan-tri/dang-nhap?tiep={back}"), "Đăng nhập"),
        ),
        AppError::NotFound => (
            "Không tìm thấy hồ sơ",
            ("/quan-tri".to_owned(), "Về danh sách hồ sơ"),
        ),
        AppError::Forbidden => ("Không có quyền xem", ("/".to_owned(), "Về trang đầu")),
        _ => ("Chưa mở được trang", (back, "Thử lại")),
    };
    view! {
        <ClosedLayout>
            <Title text=title />
            <h1>{title}</h1>
            <Notice tone=Tone::Warning>
                <p>{error.message()}</p>
            </Notice>
            <TypedTexts />
            <p>
                <a class="button" href=link.0 rel="external">
                    {link.1}
                </a>
            </p>
        </ClosedLayout>
    }
}
