//! The list: what each case is about, in one line of 40 px; on phones the rows are cards.

use super::{
    filters::Filters,
    many::ChooseCase,
    view::{Matter, Row, short_status},
};
use crate::{
    case::CaseNumber,
    routes,
    ui::{ShortDeadline, TableRegion},
};
use leptos::prelude::*;

/// One page of cases.
#[component]
pub fn Cases(
    rows: Vec<Row>,
    filters: Filters,
    /// Whether several can be chosen.
    chooses: bool,
) -> impl IntoView {
    let view = filters.as_view();
    let rows = rows.into_iter().map(|row| {
        let focus = Filters {
            focus: CaseNumber::parse(&row.number),
            ..filters.clone()
        };
        let shown = filters.focus.is_some() && focus.focus == filters.focus;
        let address = routes::case_in_view(&row.number, &view);
        view! { <Case row address peek=focus.href() shown chooses /> }
    });
    let rows = rows.collect_view();
    view! {
        <TableRegion label="Danh sách hồ sơ">
            <table class="table table-cards inbox-table">
                <thead>
                    <tr>
                        {chooses
                            .then(|| {
                                view! {
                                    <td class="inbox-box">
                                        <span class="visually-hidden">"Chọn"</span>
                                    </td>
                                }
                            })} <th scope="col">"Vụ việc"</th>
                        <th scope="col" class="inbox-unit">
                            "Đơn vị"
                        </th> <th scope="col" class="inbox-status">
                            "Đang ở"
                        </th> <th scope="col" class="inbox-due">
                            "Hạn"
                        </th> <th scope="col" class="inbox-holder">
                            "Người xử lý"
                        </th> <td class="inbox-peek">
                            <span class="visually-hidden">"Xem nhanh"</span>
                        </td>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableRegion>
    }
}

/// One row: the matter is the link.
#[component]
fn Case(row: Row, address: String, peek: String, shown: bool, chooses: bool) -> impl IntoView {
    let tone = format!("status status-{}", row.tone());
    let flags = flags(&row);
    let line = row.matter.line().to_owned();
    let title = line.clone();
    let known = matches!(row.matter, Matter::Words(_));
    let matter = match known {
        true => "inbox-link row-link",
        false => "inbox-link row-link inbox-unknown",
    };
    let or_dash = |text: String| match text.is_empty() {
        true => "–".to_owned(),
        false => text,
    };
    let due = match row.due {
        Some(due) => view! { <ShortDeadline due /> }.into_any(),
        None => view! { <span class="muted">"không tính"</span> }.into_any(),
    };
    let (unit, holder) = (or_dash(row.unit), or_dash(row.holder));
    let whole_name = holder.clone();
    let looks = format!("Xem nhanh hồ sơ {}", row.number);
    view! {
        <tr class=shown
            .then_some(
                "inbox-shown",
            )>
            {chooses
                .then(|| {
                    let number = row.number.clone();
                    view! {
                        <td class="inbox-box">
                            <ChooseCase number />
                        </td>
                    }
                })} <th scope="row">
                <span class="inbox-matter">
                    <a class=matter href=address title=title>
                        {line}
                    </a>
                    <span class="inbox-number tabular">{row.number}</span>
                    {flags}
                </span>
            </th> <td class="inbox-unit">{unit}</td> <td class="inbox-status">
                <span class=tone>{short_status(row.status)}</span>
            </td> <td class="inbox-due">{due}</td> <td class="inbox-holder" title=whole_name>
                {holder}
            </td> <td class="inbox-peek">
                <a href=peek aria-label=looks aria-current=shown.then_some("true")>
                    "›"
                </a>
            </td>
        </tr>
    }
}

/// What is to be known of a case besides its status.
fn flags(row: &Row) -> AnyView {
    let flags = [
        (row.reminded, "được nhắc"),
        (row.unread, "tin mới"),
        (row.proposed, "có đề xuất"),
        (row.reply_owed, "chờ gọi, gửi thư"),
        (row.denunciation, "dấu hiệu tố cáo"),
        (row.is_lead, "tham khảo"),
    ];
    let raised = flags.into_iter().filter(|flag| flag.0);
    raised
        .map(|flag| view! { <span class="inbox-flag">{flag.1}</span> })
        .collect_view()
        .into_any()
}
