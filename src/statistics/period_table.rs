//! What each unit received and answered in a period, every number with its cases.

use super::{
    leadership_page::number,
    view::{ChosenPeriod, UnitRow},
};
use crate::{routes, ui::TableRegion};
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
    let heads = COLUMNS
        .map(|head| {
            view! {
                <th scope="col" class="number">
                    {head}
                </th>
            }
        })
        .collect_view();
    let rows = rows
        .into_iter()
        .map(|row| {
            let cells = row.numbers.into_iter().zip(COLUMNS);
            let cells = cells
                .map(|(n, what)| {
                    view! {
                        <td class="number" data-label=what>
                            {number(n, &format!("{what}, {}", row.name))}
                        </td>
                    }
                })
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{row.name.clone()}</th>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    view! {
        <details class="period" id="theo-ky" open=open>
            <summary>"Số nhận và trả lời theo kỳ"</summary>
            <nav class="tabs" aria-label="Kỳ">
                <ul>{tabs}</ul>
            </nav>
            <TableRegion label="Số theo kỳ">
                <table class="table table-cards">
                    <caption>
                        {format!(
                            "Hồ sơ nhận trong kỳ {days} và số đã trả lời; đang quá hạn tính đến \
                             hôm nay",
                        )}
                    </caption>
                    <thead>
                        <tr>
                            <th scope="col">"Đơn vị"</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableRegion>
        </details>
    }
}
