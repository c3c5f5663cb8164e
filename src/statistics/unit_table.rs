//! How each unit stands today, a row each, with its numbers drawn in their cells.

use super::{
    leadership_page::number,
    view::{Linked, UnitState},
};
use crate::ui::TableRegion;
use leptos::prelude::*;

#[component]
pub(super) fn UnitTable(rows: Vec<UnitState>) -> impl IntoView {
    let full = rows.iter().map(|row| row.held.value).max().unwrap_or(0);
    let rows = rows
        .into_iter()
        .map(|row| view! { <Row row full /> })
        .collect_view();
    view! {
        <section>
            <h2>"Đơn vị"</h2>
            <TableRegion label="Đơn vị hôm nay">
                <table class="table unit-table">
                    <caption>
                        "Trung bình ngày trả lời, kể cả ngày nghỉ: ba tháng gần đây so với chín tháng \
                         trước đó"
                    </caption>
                    <thead>
                        <tr>
                            <th scope="col">"Đơn vị"</th>
                            <th scope="col">"Đang giữ"</th>
                            <th scope="col">"Quá hạn"</th>
                            <th scope="col">"TB ngày"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableRegion>
        </section>
    }
}

#[component]
fn Row(row: UnitState, full: i64) -> impl IntoView {
    let UnitState {
        name,
        held,
        late,
        days,
        change,
    } = row;
    let held = drawn(held, full, &format!("Đang giữ, {name}"));
    let late = drawn(late, full, &format!("Quá hạn, {name}"));
    let days = if days.is_empty() {
        "–".to_owned()
    } else {
        days
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>{held}</td>
            <td>{late}</td>
            <td>
                <span class="tabular">{days}</span>
                " "
                <span class="muted">{change}</span>
            </td>
        </tr>
    }
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
