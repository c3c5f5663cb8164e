//! Staff administration: who has an account, closing and opening accounts, a new one.

use super::{
    form::NewStaffDraft,
    problem::Problem,
    queries::{DisableStaff, EnableStaff},
    view::{NewPassword, StaffRegister, StaffRow},
};
use crate::{
    error::AppError,
    rights::Role,
    ui::{
        CheckGroup, Choice, ErrorSummary, Errors, Notice, SelectField, StatusWord, TextField, Tone,
    },
};
use leptos::{form::ActionForm, prelude::*};

/// The page these parts stand on.
const HERE: &str = "/quan-tri/tai-khoan";

/// Everybody's accounts.
#[component]
pub fn Register(
    register: StaffRegister,
    disable: ServerAction<DisableStaff>,
    enable: ServerAction<EnableStaff>,
) -> impl IntoView {
    let StaffRegister {
        staff,
        units,
        draft,
        created,
    } = register;
    let failed = move || {
        [disable.value().get(), enable.value().get()]
            .into_iter()
            .flatten()
            .find_map(Result::err)
    };
    let rows = staff
        .into_iter()
        .map(|row| view! { <Row row disable enable /> })
        .collect_view();
    view! {
        <section class="stack">
            <h2>"Tài khoản cán bộ"</h2>
            {created.map(|created| view! { <Created created /> })}
            <div role="status">
                {move || failed().map(|error| view! { <Problem error here=HERE /> })}
            </div>
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
            <NewStaffForm draft units />
        </section>
    }
}

#[component]
fn Row(
    row: StaffRow,
    disable: ServerAction<DisableStaff>,
    enable: ServerAction<EnableStaff>,
) -> impl IntoView {
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
    let label = format!(
        "{} tài khoản {username}",
        if active { "Khóa" } else { "Mở lại" }
    );
    let button = match (me, active) {
        (true, _) => view! { <span class="muted">"Tài khoản của Ông/Bà"</span> }.into_any(),
        (false, true) => view! {
            <ActionForm action=disable>
                <input type="hidden" name="staff" value=staff />
                <button class="button button-quiet" type="submit" aria-label=label>
                    "Khóa"
                </button>
            </ActionForm>
        }
        .into_any(),
        (false, false) => view! {
            <ActionForm action=enable>
                <input type="hidden" name="staff" value=staff />
                <button class="button button-quiet" type="submit" aria-label=label>
                    "Mở lại"
                </button>
            </ActionForm>
        }
        .into_any(),
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
fn NewStaffForm(draft: NewStaffDraft, units: Vec<(String, String)>) -> impl IntoView {
    Errors::provide(
        draft
            .error
            .as_ref()
            .map(AppError::fields)
            .unwrap_or_default(),
    );
    let other = draft
        .error
        .clone()
        .filter(|error| error.fields().is_empty());
    let units = units
        .into_iter()
        .map(|(code, name)| Choice::new(code, name))
        .collect::<Vec<_>>();
    let roles = Role::ALL
        .into_iter()
        .map(|role| Choice::new(role.code(), role.label()))
        .collect::<Vec<_>>();
    view! {
        <form class="stack" method="post" action=HERE>
            <h3>"Thêm tài khoản"</h3>
            <ErrorSummary />
            {other.map(|error| view! { <Problem error here=HERE /> })}
            <TextField
                name="username"
                label="Tên đăng nhập"
                hint="Chữ thường không dấu và chữ số, ví dụ: vanphong3"
                value=draft.username
                autocomplete="off"
            />
            <TextField
                name="display_name"
                label="Họ và tên"
                value=draft.display_name
                autocomplete="off"
            />
            <SelectField name="unit" label="Đơn vị" choices=units value=draft.unit />
            <CheckGroup
                name="roles"
                legend="Vai trò"
                choices=roles
                values=draft.roles
                hint="Người kết luận không đồng thời là người phê duyệt; người quản trị hệ thống không xem hồ sơ."
            />
            <button class="button" type="submit">
                "Tạo tài khoản"
            </button>
        </form>
    }
}
