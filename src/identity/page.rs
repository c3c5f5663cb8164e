//! One case's opening on a page of its own: a request leads here, and an identity is shown here.

use super::{
    OpeningPanel, queries,
    view::{OpeningPageView, Revealed},
};
use crate::{
    routes,
    ui::{ClosedLayout, PageError, Revision, StaffLayout, Title, TypedTexts},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/quan-tri/ho-so/:number/danh-tinh`
#[component]
pub fn OpeningPage() -> impl IntoView {
    let params = use_params_map();
    let number = move || params.with(|p| p.get("number").unwrap_or_default());
    let page = Resource::new(
        move || (number(), Revision::get()),
        |(number, _)| queries::opening_page(number),
    );
    let body = move || {
        Suspend::new(async move {
            match page.await {
                Ok(view) => view! { <Opening view /> }.into_any(),
                Err(error) => view! {
                    <ClosedLayout>
                        <PageError error here=routes::OPENING.with(number()) />
                    </ClosedLayout>
                }
                .into_any(),
            }
        })
    };
    view! {
        <Title text="Danh tính người phản ánh" />
        <Transition>{body}</Transition>
    }
    .into_any()
}

#[component]
fn Opening(view: OpeningPageView) -> impl IntoView {
    let OpeningPageView {
        viewer,
        opening,
        revealed,
    } = view;
    let here = routes::OPENING.with(&opening.number);
    let (number, back) = (opening.number.clone(), routes::CASE.with(&opening.number));
    view! {
        <StaffLayout viewer>
            <p>
                <a href=back>"Về hồ sơ "<span class="tabular">{number.clone()}</span></a>
            </p>
            <h1>"Danh tính người phản ánh"</h1>
            <TypedTexts here />
            {revealed.map(|revealed| view! { <Identity revealed /> })}
            <OpeningPanel view=opening unfolded=true />
        </StaffLayout>
    }
}

#[component]
fn Identity(revealed: Revealed) -> impl IntoView {
    let Revealed {
        name,
        representative,
        address,
        phone,
        email,
    } = revealed;
    let line = |term: &'static str, value: String| {
        (!value.is_empty()).then(|| {
            view! {
                <dt>{term}</dt>
                <dd>{value}</dd>
            }
        })
    };
    view! {
        <section class="card stack" aria-labelledby="nguoi-phan-anh">
            <h2 id="nguoi-phan-anh">"Người phản ánh"</h2>
            <dl class="meta-list">
                {line("Họ và tên, tổ chức", name)}
                {line("Người đại diện", representative)} {line("Địa chỉ", address)}
                {line("Số điện thoại", phone)} {line("Email (thư điện tử)", email)}
            </dl>
            <p class="muted">
                "Thông tin chỉ hiển thị trong lần mở trang này; lần xem này đã được ghi lại. Vui \
                 lòng không chép vào ghi chú hay văn bản gửi đơn vị được phản ánh."
            </p>
        </section>
    }
}
