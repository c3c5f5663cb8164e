//! The own account: who one is, where one is signed in, and for administrators everybody's accounts.

use super::{
    problem::Problem,
    server_fns::{self, DisableStaff, EnableStaff},
    staff_register::Register,
    view::{AccountView, SessionRow},
};
use crate::ui::{StaffLayout, Title};
use leptos::prelude::*;

/// `/quan-tri/tai-khoan`
#[component]
pub fn AccountPage() -> impl IntoView {
    let (disable, enable) = (ServerAction::<DisableStaff>::new(), ServerAction::<EnableStaff>::new());
    let page = Resource::new(move || (disable.version().get(), enable.version().get()), |_| server_fns::account_page());
    let body = move || {
        Suspend::new(async move {
            match page.await {
                Ok(view) => view! { <Account view disable enable/> }.into_any(),
                Err(error) => view! { <main class="page"><Problem error here="/quan-tri/tai-khoan"/></main> }.into_any(),
            }
        })
    };
    view! { <Title text="Tài khoản"/><Transition>{body}</Transition> }.into_any()
}

#[component]
fn Account(view: AccountView, disable: ServerAction<DisableStaff>, enable: ServerAction<EnableStaff>) -> impl IntoView {
    let AccountView { viewer, username, unit, roles, sessions, register } = view;
    let name = viewer.name.clone();
    view! {
        <StaffLayout viewer>
            <h1>"Tài khoản"</h1>
            <dl class="meta-list">
                <dt>"Họ và tên"</dt><dd>{name}</dd>
                <dt>"Tên đăng nhập"</dt><dd>{username}</dd>
                <dt>"Đơn vị"</dt><dd>{if unit.is_empty() { "Chưa gắn đơn vị".to_owned() } else { unit }}</dd>
                <dt>"Vai trò"</dt><dd>{roles.join(", ")}</dd>
            </dl>
            <Sessions sessions/>
            {register.map(|register| view! { <Register register disable enable/> })}
        </StaffLayout>
    }
}

#[component]
fn Sessions(sessions: Vec<SessionRow>) -> impl IntoView {
    let rows = sessions
        .into_iter()
        .map(|session| {
            let which = if session.here { "Phiên này" } else { "Phiên khác" };
            view! { <tr><th scope="row">{which}</th><td class="tabular">{session.since}</td><td class="tabular">{session.last_seen}</td></tr> }
        })
        .collect_view();
    view! {
        <section class="stack">
            <h2>"Các phiên đang đăng nhập"</h2>
            <p class="muted">"Phiên tự kết thúc sau 30 phút không sử dụng và chậm nhất sau 12 giờ. Hệ thống không lưu nơi đăng nhập."</p>
            <div class="table-wrap">
                <table class="table">
                    <thead><tr><th scope="col">"Phiên"</th><th scope="col">"Đăng nhập lúc"</th><th scope="col">"Dùng lần cuối"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <div class="cluster">
                <form method="post" action="/quan-tri/dang-xuat">
                    <button class="button button-secondary" type="submit">"Đăng xuất"</button>
                </form>
                <form method="post" action="/quan-tri/dang-xuat-moi-noi">
                    <button class="button button-quiet" type="submit">"Đăng xuất mọi nơi"</button>
                </form>
            </div>
        </section>
    }
}
