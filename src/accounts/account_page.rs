//! The own account: who one is, where one is signed in, and how one proves it.

use super::{
    commands::{CHANGE_PASSWORD, TURN_OFF},
    queries,
    view::{AccountView, SecondFactor, SessionRow},
};
use crate::{
    routes,
    ui::{
        ClosedLayout, Column, DataTable, Form, Notice, PageError, PasswordField, Revision,
        StaffLayout, Title, Tone, text_cell,
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
        second_factor,
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
            <SecondProof factor=second_factor turned_off=done == TURN_OFF.name />
            <OwnPassword changed=done == CHANGE_PASSWORD.name />
        </StaffLayout>
    }
}

const SESSIONS: [Column; 3] = [
    Column::row_head("Phiên"),
    Column::new("Đăng nhập lúc").class("tabular"),
    Column::new("Dùng lần cuối").class("tabular"),
];

#[component]
fn Sessions(sessions: Vec<SessionRow>) -> impl IntoView {
    let rows = sessions.into_iter().map(|session| {
        let which = match session.here {
            true => "Phiên này",
            false => "Phiên khác",
        };
        let cells = [which.to_owned(), session.since, session.last_seen];
        cells.map(text_cell).into()
    });
    view! {
        <section class="stack">
            <h2>"Các phiên đang đăng nhập"</h2>
            <p class="muted">
                "Phiên tự kết thúc sau 30 phút không sử dụng và chậm nhất sau 12 giờ. Hệ thống \
                 không lưu nơi đăng nhập."
            </p>
            <DataTable
                label="Các phiên đang đăng nhập"
                class=""
                columns=SESSIONS
                rows=rows.collect()
            />
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

/// Whether a code from the phone is asked for beside the password.
#[component]
fn SecondProof(factor: SecondFactor, turned_off: bool) -> impl IntoView {
    let told = turned_off.then(|| {
        view! {
            <Notice tone=Tone::Warning>
                <p>
                    "Đã tắt xác thực hai bước. Từ nay chỉ cần mật khẩu để đăng nhập."
                </p>
            </Notice>
        }
    });
    let (state, link) = if factor.on {
        let left = format!("Đang bật. Còn {} mã dự phòng chưa dùng.", factor.codes_left);
        (left, "Quản lý xác thực hai bước")
    } else {
        let why = "Chưa bật. Khi bật, mỗi lần đăng nhập cần thêm mã 6 chữ số trên điện thoại, nên \
                   người biết mật khẩu vẫn không vào được hồ sơ.";
        (why.to_owned(), "Bật xác thực hai bước")
    };
    view! {
        <section class="stack">
            <h2>"Xác thực hai bước"</h2>
            <div role="status">{told}</div>
            <p>{state}</p>
            <p>
                <a class="button button-secondary" href=routes::SECOND_FACTOR.path rel="external">
                    {link}
                </a>
            </p>
        </section>
    }
}

/// Another password of one's own.
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
                    hint="Ít nhất 12 ký tự; một câu dễ nhớ là tốt nhất. Không dùng họ tên, đơn vị \
                    hoặc năm. Cần xác nhận mật khẩu đang dùng trong vòng 5 phút trước khi đổi."
                />
                <button class="button button-secondary" type="submit">
                    "Đổi mật khẩu"
                </button>
            </Form>
        </section>
    }
}
