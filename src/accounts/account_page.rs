//! The own account: who one is, where one is signed in, and for administrators everybody's accounts.

use super::{
    problem::Problem,
    queries::{self, ChangePassword, DisableStaff, EnableStaff},
    staff_register::Register,
    view::{AccountView, SessionRow},
};
use crate::{
    error::{AppError, FieldErrors},
    ui::{ClosedLayout, Errors, Notice, StaffLayout, TextField, Title, Tone},
};
use leptos::{form::ActionForm, prelude::*};

/// `/quan-tri/tai-khoan`
#[component]
pub fn AccountPage() -> impl IntoView {
    let (disable, enable) = (
        ServerAction::<DisableStaff>::new(),
        ServerAction::<EnableStaff>::new(),
    );
    let password = ServerAction::<ChangePassword>::new();
    let changes = move || (disable.version().get(), enable.version().get());
    let page = Resource::new(changes, |_| queries::account_page());
    let body = move || {
        Suspend::new(async move {
            match page.await {
                Ok(view) => view! { <Account view disable enable password /> }.into_any(),
                Err(error) => view! {
                    <ClosedLayout>
                        <Problem error here="/quan-tri/tai-khoan" />
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
fn Account(
    view: AccountView,
    disable: ServerAction<DisableStaff>,
    enable: ServerAction<EnableStaff>,
    password: ServerAction<ChangePassword>,
) -> impl IntoView {
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
            <OwnPassword action=password />
            {register.map(|register| view! { <Register register disable enable /> })}
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
                "Phiên tự kết thúc sau 30 phút không sử dụng và chậm nhất sau 12 giờ. Hệ thống không lưu nơi đăng nhập."
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
                <form method="post" action="/quan-tri/dang-xuat">
                    <button class="button button-secondary" type="submit">
                        "Đăng xuất"
                    </button>
                </form>
                <form method="post" action="/quan-tri/dang-xuat-moi-noi">
                    <button class="button button-quiet" type="submit">
                        "Đăng xuất mọi nơi"
                    </button>
                </form>
            </div>
        </section>
    }
}

/// A password of one's own, in place of the one an administrator gave.
#[component]
fn OwnPassword(action: ServerAction<ChangePassword>) -> impl IntoView {
    let failed = move || action.value().get().and_then(Result::err);
    let fields = |error: Option<AppError>| error.map_or_else(FieldErrors::default, |e| e.fields());
    let errors = Errors::provide(fields(action.value().get_untracked().and_then(Result::err)));
    Effect::new(move || errors.0.set(fields(failed())));
    let told = move || match action.value().get() {
        Some(Ok(())) => Some(
            view! {
                <Notice tone=Tone::Success>
                    <p>"Đã đổi mật khẩu. Các phiên khác đã kết thúc."</p>
                </Notice>
            }
            .into_any(),
        ),
        Some(Err(error)) if error.fields().is_empty() => {
            Some(view! { <Problem error here="/quan-tri/tai-khoan" /> }.into_any())
        }
        _ => None,
    };
    view! {
        <section class="stack">
            <h2>"Đổi mật khẩu"</h2>
            <div role="status">{told}</div>
            <ActionForm action=action attr:class="stack">
                <TextField
                    name="new_password"
                    label="Mật khẩu mới"
                    kind="password"
                    autocomplete="new-password"
                    hint="Ít nhất 12 ký tự. Cần xác nhận mật khẩu đang dùng trong vòng 5 phút trước khi đổi."
                />
                <button class="button button-secondary" type="submit">
                    "Đổi mật khẩu"
                </button>
            </ActionForm>
        </section>
    }
}
