//! Setting a password of one's own: the link from whoever asked for the account, and the code from
//! the leader who confirmed it.

use super::{commands::SET_PASSWORD, queries, view::LinkView};
use crate::{
    routes,
    ui::{EmptyState, Form, Notice, PageError, PasswordField, PublicLayout, Title, Tone},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/quan-tri/mat-khau-moi/:link`
#[component]
pub fn NewPasswordPage() -> impl IntoView {
    let params = use_params_map();
    let link = move || params.with(|map| map.get("link").unwrap_or_default());
    let page = Resource::new(link, queries::new_password_page);
    let body = move || {
        let link = link();
        Suspend::new(async move {
            match page.await {
                Ok(LinkView::Open(username)) => view! { <Choose link username /> }.into_any(),
                Ok(LinkView::Waiting) => view! { <Waiting /> }.into_any(),
                Ok(LinkView::Dead) => view! { <Dead /> }.into_any(),
                Err(error) => {
                    view! { <PageError error here=routes::NEW_PASSWORD.with(link) /> }.into_any()
                }
            }
        })
    };
    view! {
        <Title text="Đặt mật khẩu" />
        <PublicLayout>
            <Suspense>{body}</Suspense>
        </PublicLayout>
    }
    .into_any()
}

#[component]
fn Choose(link: String, username: String) -> impl IntoView {
    view! {
        <h1>"Đặt mật khẩu"</h1>
        <p class="lede">
            "Tên đăng nhập của Ông/Bà: "<strong>{username}</strong>
            ". Mật khẩu do Ông/Bà tự đặt và không ai khác biết, kể cả người quản trị hệ thống."
        </p>
        <Form command=SET_PASSWORD at=routes::NEW_PASSWORD.with(link) plain=true autocomplete="off">
            <PasswordField
                name="secret_code"
                label="Mã xác nhận"
                autocomplete="one-time-code"
                hint="Mã gồm bốn nhóm chữ và số do lãnh đạo xác nhận tài khoản giao cho Ông/Bà."
            />
            <PasswordField
                name="secret_password"
                label="Mật khẩu mới"
                autocomplete="new-password"
                hint="Ít nhất 12 ký tự; một câu dễ nhớ là tốt nhất. Không dùng họ tên, đơn vị hoặc \
                năm."
            />
            <PasswordField
                name="secret_again"
                label="Nhập lại mật khẩu mới"
                autocomplete="new-password"
            />
            <button class="button" type="submit">
                "Đặt mật khẩu"
            </button>
        </Form>
    }
}

#[component]
fn Waiting() -> impl IntoView {
    view! {
        <h1>"Đặt mật khẩu"</h1>
        <EmptyState title="Đang chờ lãnh đạo xác nhận">
            <p>
                "Liên kết này dùng được trong 72 giờ sau khi lãnh đạo xác nhận. Lãnh đạo sẽ giao \
                 cho Ông/Bà một mã xác nhận; khi có mã, vui lòng mở lại liên kết."
            </p>
        </EmptyState>
    }
}

#[component]
fn Dead() -> impl IntoView {
    view! {
        <h1>"Liên kết không còn dùng được"</h1>
        <Notice tone=Tone::Warning>
            <p>
                "Mỗi liên kết dùng được một lần, trong 72 giờ. Nếu Ông/Bà đã đặt mật khẩu, mời đăng \
                 nhập; nếu chưa, vui lòng liên hệ người quản trị hệ thống của Sở để được cấp liên \
                 kết mới."
            </p>
        </Notice>
        <p>
            <a class="button" href=routes::SIGN_IN.path>
                "Đến trang đăng nhập"
            </a>
        </p>
    }
}
