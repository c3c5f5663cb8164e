//! One account: who it is, its unit and roles, its password, its end with what it had in hand, and
//! what was decided about it.

use super::{
    issued::Shown,
    queries,
    staff_commands::{CHANGE_ROLES, CLOSE, REOPEN, RESET},
    staff_page::Done,
    staff_register::{ROLES_HINT, role_choices, state_word, unit_choices},
    staff_requests::Decided,
    view::{AccountState, PersonView, StaffRow},
};
use crate::{
    routes,
    ui::{
        CheckGroup, Choice, ClosedLayout, Form, FormState, Notice, PageError, SelectField,
        StaffLayout, StatusWord, Title, Tone,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/quan-tri/nguoi-dung/:username`
#[component]
pub fn PersonPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let username = move || params.with(|params| params.get("username").unwrap_or_default());
    let page = Resource::new(username, queries::person_page);
    let body = move || {
        let done = query.with(|query| query.get("xong").unwrap_or_default());
        let here = routes::PERSON.with(username());
        Suspend::new(async move {
            match page.await {
                Ok(view) => view! { <Person view done here /> }.into_any(),
                Err(error) => view! {
                    <ClosedLayout>
                        <PageError error here />
                    </ClosedLayout>
                }
                .into_any(),
            }
        })
    };
    view! {
        <Title text="Người dùng" />
        <Suspense>{body}</Suspense>
    }
    .into_any()
}

#[component]
fn Person(view: PersonView, done: String, here: String) -> impl IntoView {
    let PersonView {
        viewer,
        manages,
        row,
        waits,
        held,
        colleagues,
        units,
        decided,
        issued,
    } = view;
    let waits = (!waits.is_empty()).then(|| {
        view! {
            <Notice tone=Tone::Info>
                <p>"Đang chờ lãnh đạo xác nhận: "{waits}"."</p>
            </Notice>
        }
    });
    let doing = manages.then(|| {
        view! { <Doing row=row.clone() held colleagues units here /> }
    });
    view! {
        <StaffLayout viewer>
            <p>
                <a href=routes::STAFF.path>"‹ Người dùng và quyền"</a>
            </p>
            <h1>{row.name.clone()}</h1>
            <Done done />
            {issued.map(|issued| view! { <Shown issued /> })}
            {waits}
            <Facts row />
            {doing}
            {(!decided.is_empty()).then(|| view! { <Decided rows=decided /> })}
        </StaffLayout>
    }
}

#[component]
fn Facts(row: StaffRow) -> impl IntoView {
    let (word, tone) = state_word(row.state);
    let last_used = match row.last_used.as_str() {
        "" => "chưa đăng nhập".to_owned(),
        day => day.to_owned(),
    };
    let me = row
        .me
        .then(|| view! { <p>"Đây là tài khoản của Ông/Bà."</p> });
    view! {
        <dl class="meta-list">
            <dt>"Tên đăng nhập"</dt>
            <dd>{row.username}</dd>
            <dt>"Đơn vị"</dt>
            <dd>{row.unit_name}</dd>
            <dt>"Vai trò"</dt>
            <dd>{row.role_names}</dd>
            <dt>"Đăng nhập gần nhất"</dt>
            <dd class="tabular">{last_used}</dd>
            <dt>"Tình trạng"</dt>
            <dd>
                <StatusWord word tone />
            </dd>
        </dl>
        {me}
    }
}

/// What an administrator may ask for an account, or do with it.
#[component]
fn Doing(
    row: StaffRow,
    held: Vec<String>,
    colleagues: Vec<(String, String)>,
    units: Vec<(String, String)>,
    here: String,
) -> impl IntoView {
    let staff = row.staff.clone();
    let open = matches!(row.state, AccountState::Open | AccountState::NoPassword);
    let change = open.then(|| {
        view! { <ChangeForm row=row.clone() units here=here.clone() /> }
    });
    let reset = open.then(|| {
        view! {
            <section class="stack">
                <h2>"Mật khẩu"</h2>
                <p>"Người dùng tự đặt, bằng liên kết và mã của lãnh đạo."</p>
                <Form command=RESET at=here.clone() subject=("staff", staff.clone()) plain=true>
                    <button class="button button-secondary" type="submit">
                        "Đặt lại mật khẩu"
                    </button>
                </Form>
            </section>
        }
    });
    let closed = row.state == AccountState::Closed;
    let reopen = closed.then(|| {
        view! {
            <section class="stack">
                <h2>"Mở lại"</h2>
                <Form command=REOPEN at=here.clone() subject=("staff", staff.clone()) plain=true>
                    <button class="button button-secondary" type="submit">
                        "Đề nghị mở lại tài khoản"
                    </button>
                </Form>
            </section>
        }
    });
    let closing = (!closed || !held.is_empty()).then(|| {
        view! { <CloseForm staff closed held colleagues here=here.clone() /> }
    });
    view! {
        {change}
        {reset}
        {reopen}
        {closing}
    }
}

#[component]
fn ChangeForm(row: StaffRow, units: Vec<(String, String)>, here: String) -> impl IntoView {
    let open = FormState::is_returned(CHANGE_ROLES);
    view! {
        <details class="card" open=open>
            <summary>"Đổi đơn vị, vai trò"</summary>
            <Form command=CHANGE_ROLES at=here subject=("staff", row.staff) plain=true>
                <SelectField
                    name="unit"
                    label="Đơn vị"
                    choices=unit_choices(units)
                    value=row.unit
                />
                <CheckGroup
                    name="roles[]"
                    legend="Vai trò"
                    choices=role_choices()
                    values=row.roles
                    hint=ROLES_HINT
                />
                <button class="button" type="submit">
                    "Đề nghị đổi quyền"
                </button>
            </Form>
        </details>
    }
}

/// Closes the account; of a closed one, hands over what it still has in hand.
#[component]
fn CloseForm(
    staff: String,
    closed: bool,
    held: Vec<String>,
    colleagues: Vec<(String, String)>,
    here: String,
) -> impl IntoView {
    let (heading, button) = match closed {
        true => ("Bàn giao", "Bàn giao hồ sơ"),
        false => ("Khóa tài khoản", "Khóa ngay"),
    };
    let ends = (!closed).then(|| {
        view! {
            <p>
                "Các phiên đăng nhập kết thúc ngay; liên kết đã gửi không dùng được nữa."
            </p>
        }
    });
    let held = (!held.is_empty()).then(|| {
        view! { <HandOver held colleagues /> }
    });
    view! {
        <section class="stack">
            <h2>{heading}</h2>
            {ends}
            <Form command=CLOSE at=here subject=("staff", staff) plain=true>
                {held}
                <button class="button button-danger" id="khoa" type="submit">
                    {button}
                </button>
            </Form>
        </section>
    }
}

/// What the account has in hand, by number, and who is to have it.
#[component]
fn HandOver(held: Vec<String>, colleagues: Vec<(String, String)>) -> impl IntoView {
    let count = held.len();
    let numbers = held
        .into_iter()
        .map(|number| view! { <li class="tabular">{number}</li> })
        .collect_view();
    let choices = colleagues
        .into_iter()
        .map(|(id, name)| Choice::new(id, name))
        .collect::<Vec<_>>();
    view! {
        <p>{format!("Đang giữ {count} hồ sơ, bàn giao cùng lúc:")}</p>
        <ul class="held-numbers">{numbers}</ul>
        <SelectField
            name="to"
            label="Bàn giao cho"
            choices
            empty="Để lãnh đạo đơn vị phân công"
            hint="Chỉ người xử lý cùng đơn vị."
            optional=true
        />
    }
}
