//! Everybody's accounts: who is there, what waits for a second person, and adding somebody.

use super::{
    issued::Shown,
    queries,
    staff_commands::CREATE,
    staff_register::{NewStaffForm, Register},
    staff_requests::{Decided, Waiting},
    view::StaffView,
};
use crate::{
    routes,
    ui::{ClosedLayout, FormState, Notice, PageError, StaffLayout, Title, Tone},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/quan-tri/nguoi-dung`
#[component]
pub fn StaffPage() -> impl IntoView {
    let query = use_query_map();
    let value = move |name| query.with(|query| query.get(name).unwrap_or_default());
    let page = Resource::new(move || value("tim"), queries::staff_page);
    let body = move || {
        let done = value("xong");
        Suspend::new(async move {
            match page.await {
                Ok(view) => view! { <Staff view done /> }.into_any(),
                Err(error) => view! {
                    <ClosedLayout>
                        <PageError error here=routes::STAFF.path />
                    </ClosedLayout>
                }
                .into_any(),
            }
        })
    };
    view! {
        <Title text="Người dùng và quyền" />
        <Suspense>{body}</Suspense>
    }
    .into_any()
}

#[component]
fn Staff(view: StaffView, done: String) -> impl IntoView {
    let StaffView {
        viewer,
        manages,
        confirms,
        waiting,
        decided,
        words,
        staff,
        found,
        units,
        issued,
    } = view;
    let adding = manages.then(|| {
        let open = FormState::is_returned(CREATE);
        view! {
            <details class="card" open=open>
                <summary>"Thêm người"</summary>
                <NewStaffForm units />
            </details>
        }
    });
    view! {
        <StaffLayout viewer>
            <h1>"Người dùng và quyền"</h1>
            <p class="lede">
                "Người quản trị đề nghị, lãnh đạo Sở xác nhận. Không ai một mình đổi được quyền."
            </p>
            <Done done />
            {issued.map(|issued| view! { <Shown issued /> })}
            <Waiting rows=waiting confirms />
            {adding}
            <Register staff found words />
            {(!decided.is_empty()).then(|| view! { <Decided rows=decided /> })}
        </StaffLayout>
    }
}

/// What was done just now.
#[component]
pub(super) fn Done(done: String) -> impl IntoView {
    let told = told(&done).map(|sentence| {
        view! {
            <Notice tone=Tone::Success>
                <p>{sentence}</p>
            </Notice>
        }
    });
    view! { <div role="status">{told}</div> }
}

fn told(done: &str) -> Option<&'static str> {
    Some(match done {
        "doi_quyen" => {
            "Đã ghi đề nghị đổi vai trò, đơn vị. Quyền mới có hiệu lực khi lãnh đạo xác nhận."
        }
        "mo_lai" => "Đã ghi đề nghị mở lại tài khoản. Tài khoản hoạt động khi lãnh đạo xác nhận.",
        "khoa" => "Đã khóa tài khoản: các phiên đăng nhập đã kết thúc, hồ sơ đang giữ đã bàn giao.",
        "rut" => "Đã rút đề nghị.",
        "xac_nhan" => "Đã xác nhận.",
        "tu_choi" => "Đã ghi ý kiến không đồng ý; đề nghị không có hiệu lực.",
        _ => return None,
    })
}
