//! What each unit received and answered in a period, every number with its cases.

use super::{
    leadership_page::number,
    view::{ChosenPeriod, UnitRow},
};
use crate::{
    routes,
    ui::{Column, DataTable, text_cell},
};
use leptos::prelude::*;

/// What the columns of a unit's row count.
const COLUMNS: [&str; 4] = ["Đã nhận", "Đã trả lời", "Trả lời trễ", "Đang quá hạn"];

#[component]
pub(super) fn PeriodTable(
    period: String,
    days: String,
    rows: Vec<UnitRow>,
    open: bool,
) -> impl IntoView {
    let tabs = ChosenPeriod::ALL
        .map(|chosen| {
            let current = (chosen.code() == period).then_some("page");
            view! {
                <li>
                    <a href=routes::leadership(chosen.code()) aria-current=current>
                        {chosen.label()}
                    </a>
                </li>
            }
        })
        .collect_view();
    let columns: Vec<_> = std::iter::once(Column::row_head("Đơn vị"))
        .chain(COLUMNS.map(|heading| Column::named(heading).class("number")))
        .collect();
    let rows = rows.into_iter().map(|row| {
        let cells = row.numbers.into_iter().zip(COLUMNS);
        let cells = cells.map(|(n, what)| number(n, &format!("{what}, {}", row.name)));
        let mut cells: Vec<_> = cells.collect();
        cells.insert(0, text_cell(row.name));
        cells
    });
    let rows = rows.collect();
    let caption =
        format!("Hồ sơ nhận trong kỳ {days} và số đã trả lời; đang quá hạn tính đến hôm nay");
    view! {
        <details class="period" id="theo-ky" open=open>
            <summary>"Số nhận và trả lời theo kỳ"</summary>
            <nav class="tabs" aria-label="Kỳ">
                <ul>{tabs}</ul>
            </nav>
            <DataTable label="Số theo kỳ" caption columns rows />
        </details>
    }
}
