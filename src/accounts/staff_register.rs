//! Staff administration: who has an account, closing and opening accounts, a new one.

use super::{
    commands::{CREATE, DISABLE, ENABLE},
    view::{NewPassword, StaffRegister, StaffRow},
};
use crate::{
    rights::Role,
    ui::{CheckGroup, Choice, Form, Notice, SelectField, StatusWord, TextField, Tone},
};
use leptos::prelude::*;

/// Everybody's accounts.
#[component]
pub fn Register(register: StaffRegister) -> impl IntoView {
    let StaffRegister {
        staff,
        units,
        created,
    } = register;
    let rows = staff
        .into_iter()
        .map(|row| view! { <Row row /> })
        .collect_view();
    view! {
        <section class="stack">
            <h2>"Tài khoản cán bộ"</h2>
            {created.map(|created| view! { <Created created /> })}
            <div class="table-wrap">
                <table class="table table-cards">
                    <thead>
                        <tr>
                            <th scope="col">"Tên đăng nhập"</th>
                            <th scope="col">"Họ và tên"</th>
                            <th scope="col">"Đơn vị"</th>
                            <th scope="col">"Vai trò"</th>
                            <th scope="col">"Tình trạng"</th>
                            <th scope="col">"Việc có thể làm"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <NewStaffForm units />
        </section>
    }
}

#[component]
fn Row(row: StaffRow) -> impl IntoView {
    let StaffRow {
        staff,
        username,
        name,
        unit,
        roles,
        active,
        me,
    } = row;
    let (word, tone) = if active {
        ("Đang hoạt động", "done")
    } else {
        ("Đã khóa", "stopped")
    };
    let (command, word_of) = if active {
        (DISABLE, "Khóa")
    } else {
        (ENABLE, "Mở lại")
    };
    let label = format!("{word_of} tài khoản {username}");
    let button = if me {
        view! { <span class="muted">"Tài khoản của Ông/Bà"</span> }.into_any()
    } else {
        view! {
            <Form command class="" subject=("staff", staff)>
                <button class="button button-quiet" type="submit" aria-label=label>
                    {word_of}
                </button>
            </Form>
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row">{username}</th>
            <td>{name}</td>
            <td data-label="Đơn vị">{unit}</td>
            <td data-label="Vai trò">{roles}</td>
            <td>
                <StatusWord word tone />
            </td>
            <td>{button}</td>
        </tr>
    }
}

#[component]
fn Created(created: NewPassword) -> impl IntoView {
    view! {
        <Notice tone=Tone::Success title="Đã tạo tài khoản">
            <p>"Tên đăng nhập: "<strong>{created.username}</strong></p>
            <p>"Mật khẩu: "<code class="code-block">{created.password}</code></p>
            <p>
                "Mật khẩu chỉ hiển thị một lần này. Vui lòng giao tận tay người sử dụng."
            </p>
        </Notice>
    }
}

#[component]
fn NewStaffForm(units: Vec<(String, String)>) -> impl IntoView {
    let units = units
        .into_iter()
        .map(|(code, name)| Choice::new(code, name))
        .collect::<Vec<_>>();
    let roles = Role::ALL
        .into_iter()
        .map(|role| Choice::new(role.code(), role.label()))
        .collect::<Vec<_>>();
    view! {
        <h3>"Thêm tài khoản"</h3>
        <Form command=CREATE plain=true>
            <TextField
                name="username"
                label="Tên đăng nhập"
                hint="Chữ thường không dấu và chữ số, ví dụ: vanphong3"
                autocomplete="off"
            />
            <TextField name="display_name" label="Họ và tên" autocomplete="off" />
            <SelectField name="unit" label="Đơn vị" choices=units />
            <CheckGroup
                name="roles[]"
                legend="Vai trò"
                choices=roles
                hint="Người kết luận không đồng thời là người phê duyệt; người quản trị hệ thống \
                không xem hồ sơ."
            />
            <button class="button" type="submit">
                "Tạo tài khoản"
            </button>
        </Form>
    }
}
