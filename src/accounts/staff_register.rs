//! Who has an account, with what may be asked for it, and the two forms of administrators.

use super::{
    staff_commands::{CHANGE_ROLES, CLOSE, CREATE, REOPEN, RESET},
    view::{AccountState, StaffRow},
};
use crate::{
    rights::Role,
    routes::{self, Command},
    ui::{
        CheckGroup, Choice, Column, DataTable, Form, SelectField, StatusWord, TextField, text_cell,
    },
};
use leptos::prelude::*;

/// Everybody's accounts.
#[component]
pub(super) fn Register(staff: Vec<StaffRow>, manages: bool) -> impl IntoView {
    let mut columns = vec![
        Column::row_head("Tên đăng nhập"),
        Column::new("Họ và tên"),
        Column::named("Đơn vị"),
        Column::named("Vai trò"),
        Column::new("Tình trạng"),
    ];
    if manages {
        columns.push(Column::new("Việc có thể làm"));
    }
    let rows = staff.into_iter().map(|row| cells(row, manages)).collect();
    view! {
        <section class="stack">
            <h2>"Tài khoản cán bộ"</h2>
            <DataTable label="Tài khoản cán bộ" columns rows />
        </section>
    }
}

fn cells(row: StaffRow, manages: bool) -> Vec<AnyView> {
    let (word, tone) = match row.state {
        AccountState::Open => ("Đang hoạt động", "done"),
        AccountState::NoPassword => ("Chờ đặt mật khẩu", "active"),
        AccountState::Unconfirmed => ("Chờ xác nhận", "calm"),
        AccountState::Closed => ("Đã khóa", "stopped"),
    };
    let doing = manages.then(|| match row.me {
        true => view! { <span class="muted">"Tài khoản của Ông/Bà"</span> }.into_any(),
        false => view! { <Doing row=row.clone() /> }.into_any(),
    });
    let texts = [row.username, row.name, row.unit_name, row.role_names].map(text_cell);
    let state = view! { <StatusWord word tone /> }.into_any();
    texts.into_iter().chain([state]).chain(doing).collect()
}

/// What an administrator may ask for an account, or do with it.
#[component]
fn Doing(row: StaffRow) -> impl IntoView {
    let change = routes::staff_change(&row.username);
    let label = format!("Đổi quyền tài khoản {}", row.username);
    match row.state {
        AccountState::Closed => row_button(&row, REOPEN, "Mở lại"),
        AccountState::Unconfirmed => row_button(&row, CLOSE, "Khóa"),
        AccountState::Open | AccountState::NoPassword => view! {
            <div class="cluster">
                <a class="button button-quiet" href=change aria-label=label>
                    "Đổi quyền"
                </a>
                {row_button(&row, RESET, "Đặt lại mật khẩu")}
                {row_button(&row, CLOSE, "Khóa")}
            </div>
        }
        .into_any(),
    }
}

fn row_button(row: &StaffRow, command: Command, word: &'static str) -> AnyView {
    let label = format!("{word} tài khoản {}", row.username);
    let staff = row.staff.clone();
    view! {
        <Form command class="" subject=("staff", staff) plain=true>
            <button class="button button-quiet" type="submit" aria-label=label>
                {word}
            </button>
        </Form>
    }
    .into_any()
}

fn unit_choices(units: Vec<(String, String)>) -> Vec<Choice> {
    let choices = units.into_iter();
    choices
        .map(|(code, name)| Choice::new(code, name))
        .collect()
}

fn role_choices() -> Vec<Choice> {
    let roles = Role::ALL.into_iter();
    roles
        .map(|role| Choice::new(role.code(), role.label()))
        .collect()
}

const ROLES_HINT: &str = "Người kết luận không đồng thời là người phê duyệt; người quản trị hệ thống \
                          không xem hồ sơ.";

#[component]
pub(super) fn NewStaffForm(units: Vec<(String, String)>) -> impl IntoView {
    view! {
        <section class="stack">
            <h2>"Thêm tài khoản"</h2>
            <Form command=CREATE plain=true>
                <TextField
                    name="username"
                    label="Tên đăng nhập"
                    hint="Chữ thường không dấu và chữ số, ví dụ: vanphong3"
                    autocomplete="off"
                />
                <TextField name="display_name" label="Họ và tên" autocomplete="off" />
                <SelectField name="unit" label="Đơn vị" choices=unit_choices(units) />
                <CheckGroup
                    name="roles[]"
                    legend="Vai trò"
                    choices=role_choices()
                    hint=ROLES_HINT
                />
                <button class="button" type="submit">
                    "Đề nghị tạo tài khoản"
                </button>
            </Form>
        </section>
    }
}

#[component]
pub(super) fn ChangeForm(row: StaffRow, units: Vec<(String, String)>) -> impl IntoView {
    let at = routes::staff_change(&row.username);
    view! {
        <section class="stack">
            <h2>{format!("Đổi quyền của {} ({})", row.name, row.username)}</h2>
            <Form command=CHANGE_ROLES at subject=("staff", row.staff) plain=true>
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
                <div class="cluster">
                    <button class="button" type="submit">
                        "Đề nghị đổi quyền"
                    </button>
                    <a class="button button-quiet" href=routes::STAFF.path>
                        "Thôi"
                    </a>
                </div>
            </Form>
        </section>
    }
}
