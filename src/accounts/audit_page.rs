//! The audit log: who did what. Filters are a plain GET form, pages are links.

use super::{
    queries,
    view::{AuditRow, AuditView},
};
use crate::{
    routes,
    ui::{
        Choice, ClosedLayout, Column, DataTable, EmptyState, PageError, Pager, SelectField,
        StaffLayout, StatusWord, TextField, Title, text_cell,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/quan-tri/nhat-ky`
#[component]
pub fn AuditPage() -> impl IntoView {
    let query = use_query_map();
    let asked = move || {
        let value = |name| query.with(|query| query.get(name).unwrap_or_default());
        (value("ngay"), value("loai"), value("truoc"))
    };
    let page = Resource::new(asked, |(day, action, before)| {
        queries::audit_page(day, action, before)
    });
    let body = move || {
        Suspend::new(async move {
            match page.await {
                Ok(view) => view! { <Log view /> }.into_any(),
                Err(error) => view! {
                    <ClosedLayout>
                        <PageError error here=routes::AUDIT.path />
                    </ClosedLayout>
                }
                .into_any(),
            }
        })
    };
    view! {
        <Title text="Nhật ký hệ thống" />
        <Suspense>{body}</Suspense>
    }
    .into_any()
}

#[component]
fn Log(view: AuditView) -> impl IntoView {
    let AuditView {
        viewer,
        day,
        action,
        actions,
        rows,
        later,
        older,
    } = view;
    let of = |before: &str| routes::audit_of(&day, &action, before);
    let previous = Some(of("")).filter(|_| later);
    let next = Some(of(&older)).filter(|_| !older.is_empty());
    let pager = (previous.is_some() || next.is_some()).then(
        || view! { <Pager previous=previous.unwrap_or_default() next=next.unwrap_or_default() /> },
    );
    view! {
        <StaffLayout viewer>
            <h1>"Nhật ký hệ thống"</h1>
            <p class="lede">
                "Ai đã làm gì, lúc nào, với hồ sơ hoặc tài khoản nào. Nhật ký không có nội dung \
                 phản ánh và không có tên người phản ánh; không ai sửa hoặc xóa được từ đây."
            </p>
            <Filters day actions action />
            <Rows rows />
            {pager}
        </StaffLayout>
    }
}

#[component]
fn Filters(day: String, action: String, actions: Vec<(String, String)>) -> impl IntoView {
    let choices = actions
        .into_iter()
        .map(|(code, label)| Choice::new(code, label))
        .collect::<Vec<_>>();
    let narrowed = !day.is_empty() || !action.is_empty();
    view! {
        <form class="log-filters" method="get" action=routes::AUDIT.path role="search">
            <TextField name="ngay" label="Ngày" kind="date" value=day />
            <SelectField name="loai" label="Việc" choices value=action empty="Tất cả" />
            <div class="cluster">
                <button class="button button-secondary" type="submit">
                    "Lọc"
                </button>
                {narrowed
                    .then(|| {
                        view! {
                            <a class="button button-quiet" href=routes::AUDIT.path>
                                "Bỏ lọc"
                            </a>
                        }
                    })}
            </div>
        </form>
    }
}

#[component]
fn Rows(rows: Vec<AuditRow>) -> impl IntoView {
    if rows.is_empty() {
        return view! {
            <EmptyState title="Không có việc nào được ghi">
                <p>"Vui lòng chọn ngày khác hoặc bỏ bớt điều kiện lọc."</p>
            </EmptyState>
        }
        .into_any();
    }
    let columns = [
        Column::new("Lúc").class("tabular nowrap"),
        Column::new("Việc"),
        Column::named("Người làm"),
        Column::named("Hồ sơ").class("tabular"),
        Column::named("Tài khoản liên quan"),
    ];
    let rows = rows.into_iter().map(cells).collect();
    view! { <DataTable label="Nhật ký" columns rows /> }.into_any()
}

fn cells(row: AuditRow) -> Vec<AnyView> {
    let what = match row.stands_out {
        true => view! { <StatusWord word=row.what tone="active" /> }.into_any(),
        false => text_cell(row.what),
    };
    let (at, who) = (text_cell(row.at), text_cell(row.who));
    vec![at, what, who, text_cell(row.case), text_cell(row.about)]
}
