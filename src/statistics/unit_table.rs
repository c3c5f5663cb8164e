//! How each unit stands today, a row each, with its numbers drawn in their cells.

use super::{
    leadership_page::number,
    view::{Linked, UnitState},
};
use crate::ui::{Column, DataTable, text_cell};
use leptos::prelude::*;

#[component]
pub(super) fn UnitTable(rows: Vec<UnitState>) -> impl IntoView {
    let full = rows.iter().map(|row| row.held.value).max().unwrap_or(0);
    let rows = rows.into_iter().map(|row| cells(row, full)).collect();
    view! {
        <section>
            <h2>"Đơn vị"</h2>
            <DataTable
                label="Đơn vị hôm nay"
                caption="Trung bình ngày trả lời, kể cả ngày nghỉ: ba tháng gần đây so với chín \
                tháng trước đó"
                class="unit-table"
                columns=COLUMNS
                rows
            />
        </section>
    }
}

const COLUMNS: [Column; 4] = [
    Column::row_head("Đơn vị"),
    Column::new("Đang giữ"),
    Column::new("Quá hạn"),
    Column::new("TB ngày"),
];

fn cells(row: UnitState, full: i64) -> Vec<AnyView> {
    let held = drawn(row.held, full, &format!("Đang giữ, {}", row.name));
    let late = drawn(row.late, full, &format!("Quá hạn, {}", row.name));
    let days = match row.days.is_empty() {
        true => "–".to_owned(),
        false => row.days,
    };
    let days = view! {
        <span class="tabular">{days}</span>
        " "
        <span class="muted">{row.change}</span>
    };
    vec![text_cell(row.name), held, late, days.into_any()]
}

/// A number and, beside it, a bar as long as it is of `full`.
fn drawn(count: Linked, full: i64, what: &str) -> AnyView {
    let width = format!("{}%", count.value * 100 / full.max(1));
    let bar = (count.value > 0).then(|| {
        view! {
            <svg class="bar" width="100%" height="8" aria-hidden="true">
                <rect width=width height="8"></rect>
            </svg>
        }
    });
    view! {
        <span class="cell-bar">
            <span class="cell-number tabular">{number(count, what)}</span>
            {bar}
        </span>
    }
    .into_any()
}
