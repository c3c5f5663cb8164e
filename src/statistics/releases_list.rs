//! The end of the transparency page: every release with its day, its hash and its files.

use super::article::ReleaseView;
use crate::{
    routes,
    ui::{Column, DataTable, text_cell},
};
use leptos::prelude::*;

/// The releases of the page, newest first.
#[component]
pub(super) fn ReleasesList(releases: Vec<ReleaseView>) -> impl IntoView {
    let columns = [
        Column::row_head("Kỳ").class("nowrap"),
        Column::named("Ngày công bố").class("nowrap"),
        Column::named("Tệp").class("nowrap"),
        Column::named("SHA-256").class("hash"),
    ];
    let rows = releases.into_iter().map(row).collect();
    view! {
        <section class="releases" id="cac-lan-cong-bo">
            <h2>"Các lần công bố"</h2>
            <p>
                "Mỗi lần công bố là một tệp không bao giờ đổi. Mã SHA-256 là của tệp JSON: ai giữ một \
                 bản có thể kiểm lại từng chữ số."
            </p>
            <DataTable label="Các lần công bố" columns rows />
            <p>
                "Mọi lần công bố từ trước đến nay: "
                <a href=routes::figures_file(routes::FIGURES_LIST) rel="external">
                    "danh sách (JSON)"
                </a> "; giải thích các trường: "
                <a href=routes::figures_file(routes::FIGURES_SCHEMA) rel="external">
                    "lược đồ"
                </a> "."
            </p>
        </section>
    }
}

fn row(release: ReleaseView) -> Vec<AnyView> {
    let file = |form| routes::figures_file(&routes::release_file(&release.code, form));
    let (json, csv) = (file("json"), file("csv"));
    let day = match release.published_on.is_empty() {
        true => "phiên bản đầu".to_owned(),
        false => release.published_on,
    };
    let period = view! {
        {release.period}
        " "
        <small>{release.code}</small>
    };
    let files = view! {
        <a href=json download>
            "JSON"
        </a>
        " "
        <a href=csv download>
            "CSV"
        </a>
    };
    let hash = view! { <code>{release.sha256}</code> };
    vec![
        period.into_any(),
        text_cell(day),
        files.into_any(),
        hash.into_any(),
    ]
}
