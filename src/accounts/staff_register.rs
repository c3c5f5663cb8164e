//! Who has an account, and the form that asks for another.

use super::{
    staff_commands::CREATE,
    view::{AccountState, StaffRow},
};
use crate::{
    rights::Role,
    routes,
    ui::{
        CheckGroup, Choice, Column, DataTable, Form, SelectField, StatusWord, TextField, text_cell,
    },
};
use leptos::prelude::*;

/// The accounts that were looked for.
#[component]
pub(super) fn Register(staff: Vec<StaffRow>, found: usize, words: String) -> impl IntoView {
    let caption = match (found, words.is_empty()) {
        (0, _) => "Không tìm thấy ai. Vui lòng thử từ khác.".to_owned(),
        (found, _) if found > staff.len() => {
            format!(
                "{found} người; hiện {} người đầu, tìm để thu hẹp",
                staff.len()
            )
        }
        (found, _) => format!("{found} người"),
    };
    let columns = vec![
        Column::row_head("Họ và tên"),
        Column::named("Đơn vị"),
        Column::named("Vai trò"),
        Column::named("Đăng nhập gần nhất").class("tabular"),
        Column::new("Tình trạng"),
    ];
    let rows = staff.into_iter().map(cells).collect();
    view! {
        <section class="stack">
            <h2>"Người dùng"</h2>
            <form class="people-search" method="get" action=routes::STAFF.path role="search">
                <label class="visually-hidden" for="tim">
                    "Tìm theo tên, đơn vị, vai trò"
                </label>
                <input
                    class="control"
                    type="search"
                    id="tim"
                    name="tim"
                    value=words
                    maxlength="100"
                    placeholder="Tên, đơn vị, vai trò"
                />
                <button class="button button-secondary" type="submit">
                    "Tìm"
                </button>
            </form>
            <p>{caption}</p>
            <DataTable label="Người dùng" columns rows />
        </section>
    }
}

/// The word and the tone of an account's state.
pub(super) fn state_word(state: AccountState) -> (&'static str, &'static str) {
    match state {
        AccountState::Open => ("Đang hoạt động", "done"),
        AccountState::NoPassword => ("Chờ đặt mật khẩu", "active"),
        AccountState::Unconfirmed => ("Chờ xác nhận", "calm"),
        AccountState::Closed => ("Đã khóa", "stopped"),
    }
}

fn cells(row: StaffRow) -> Vec<AnyView> {
    let (word, tone) = state_word(row.state);
    let href = routes::PERSON.with(&row.username);
    let name = view! {
        <a class="row-link" href=href>
            {row.name}
        </a>
        " "
        <span class="muted person-username">{row.username}</span>
    };
    let last_used = match row.last_used.as_str() {
        "" => "chưa".to_owned(),
        day => day.to_owned(),
    };
    let texts = [row.unit_name, row.role_names, last_used].map(text_cell);
    let state = view! { <StatusWord word tone /> }.into_any();
    [name.into_any()]
        .into_iter()
        .chain(texts)
        .chain([state])
        .collect()
}

pub(super) fn unit_choices(units: Vec<(String, String)>) -> Vec<Choice> {
    let choices = units.into_iter();
    choices
        .map(|(code, name)| Choice::new(code, name))
        .collect()
}

pub(super) fn role_choices() -> Vec<Choice> {
    let roles = Role::ALL.into_iter();
    roles
        .map(|role| Choice::new(role.code(), role.label()).help(role.sight()))
        .collect()
}

pub(super) const ROLES_HINT: &str = "Người kết luận không đồng thời là người phê duyệt.";

#[component]
pub(super) fn NewStaffForm(units: Vec<(String, String)>) -> impl IntoView {
    view! {
        <Form command=CREATE plain=true>
            <TextField
                name="username"
                label="Tên đăng nhập"
                hint="Chữ thường không dấu và chữ số, ví dụ: vanphong3"
                autocomplete="off"
            />
            <TextField name="display_name" label="Họ và tên" autocomplete="off" />
            <SelectField name="unit" label="Đơn vị" choices=unit_choices(units) />
            <CheckGroup name="roles[]" legend="Vai trò" choices=role_choices() hint=ROLES_HINT />
            <button class="button" type="submit">
                "Đề nghị tạo tài khoản"
            </button>
        </Form>
    }
}
