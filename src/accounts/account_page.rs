//! The own account: who one is, where one is signed in, and for administrators everybody's
//! accounts.

use super::{
    commands::CHANGE_PASSWORD,
    queries,
    staff_register::Register,
    view::{AccountView, SessionRow},
};
use crate::{
    routes,
    ui::{
        ClosedLayout, Form, Notice, PageError, PasswordField, Revision, StaffLayout, Title, Tone,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/quan-tri/tai-khoan`
#[component]
pub fn AccountPage() -> impl IntoView {
    let query = use_query_map();
    let page = Resource::new(Revision::get, |_| queries::account_page());
    let body = move || {
        let done = query.with(|query| query.get("xong").unwrap_or_default());
        Suspend::new(async move {
            match page.await {
                Ok(view) => view! { <Account view done /> }.into_any(),
                Err(error) => view! {
                    <ClosedLayout>
                        <PageError error here=routes::ACCOUNT.path />
                    </ClosedLayout>
                }
                .into_any(),
            }
        })
    };
    view! {
        <Title text="Tài khoản" />
        <Transition>{body}</Transition>
    }
    .into_any()
}

#[component]
fn Account(view: AccountView, done: String) -> impl IntoView {
    let AccountView {
        viewer,
        username,
        unit,
        roles,
        sessions,
        register,
    } = view;
    let name = viewer.name.clone();
    view! {
        <StaffLayout viewer>
            <h1>"Tài khoản"</h1>
            <dl class="meta-list">
                <dt>"Họ và tên"</dt>
                <dd>{name}</dd>
                <dt>"Tên đăng nhập"</dt>
                <dd>{username}</dd>
                <dt>"Đơn vị"</dt>
                <dd>{if unit.is_empty() { "Chưa gắn đơn vị".to_owned() } else { unit }}</dd>
                <dt>"Vai trò"</dt>
                <dd>{roles.join(", ")}</dd>
            </dl>
            <Sessions sessions />
            <OwnPassword changed=done == CHANGE_PASSWORD.name />
            {register.map(|register| view! { <Register register /> })}
        </StaffLayout>
    }
}

#[component]
fn Sessions(sessions: Vec<SessionRow>) -> impl IntoView {
    let rows = sessions
        .into_iter()
        .map(|session| {
            let which = if session.here {
                "Phiên này"
            } else {
                "Phiên khác"
            };
            view! {
                <tr>
                    <th scope="row">{which}</th>
                    <td class="tabular">{session.since}</td>
                    <td class="tabular">{session.last_seen}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="stack">
            <h2>"Các phiên đang đăng nhập"</h2>
            <p class="muted">
                "Phiên tự kết thúc sau 30 phút không sử dụng và chậm nhất sau 12 giờ. Hệ thống \
                 không lưu nơi đăng nhập."
            </p>
            <div class="table-wrap">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"Phiên"</th>
                            <th scope="col">"Đăng nhập lúc"</th>
                            <th scope="col">"Dùng lần cuối"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <div class="cluster">
                <Form command=routes::SIGN_OUT class="" plain=true>
                    <button class="button button-secondary" type="submit">
                        "Đăng xuất"
                    </button>
                </Form>
                <Form command=routes::SIGN_OUT_EVERYWHERE class="" plain=true>
                    <button class="button button-quiet" type="submit">
                        "Đăng xuất mọi nơi"
                    </button>
                </Form>
            </div>
        </section>
    }
}

/// A password of one's own, in place of the one an administrator gave.
#[component]
fn OwnPassword(changed: bool) -> impl IntoView {
    let told = changed.then(|| {
        view! {
            <Notice tone=Tone::Success>
                <p>"Đã đổi mật khẩu. Các phiên khác đã kết thúc."</p>
            </Notice>
        }
    });
    view! {
        <section class="stack">
            <h2>"Đổi mật khẩu"</h2>
            <div role="status">{told}</div>
            <Form command=CHANGE_PASSWORD>
                <PasswordField
                    name="secret_new_password"
                    label="Mật khẩu mới"
                    autocomplete="new-password"
                    hint="Ít nhất 12 ký tự. Cần xác nhận mật khẩu đang dùng trong vòng 5 phút \
                    trước khi đổi."
                />
                <button class="button button-secondary" type="submit">
                    "Đổi mật khẩu"
                </button>
            </Form>
        </section>
    }
}
