//! `/lanh-dao/bao-cao`: the reports of a period as forms, to be read, printed and taken along.

use super::{
    index::UnitIndex,
    queries::statutory_reports,
    results::{FIRST, GROUPS, Line},
    view::{PeriodChoice, ReportsView},
};
use crate::{
    routes,
    ui::{
        Choice, ClosedLayout, Column, DataTable, EmptyState, Notice, PageError, SelectField,
        StaffLayout, TableRegion, Title, Tone, text_cell, thousands,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page of the reports.
#[component]
pub fn ReportsPage() -> impl IntoView {
    let query = use_query_map();
    let period = move || query.with(|query| query.get("ky").unwrap_or_default());
    let reports = Resource::new(period, statutory_reports);
    view! {
        <Title text="Báo cáo theo quy định" />
        <Suspense>
            {move || Suspend::new(async move {
                match reports.await {
                    Ok(view) => view! { <Reports view /> }.into_any(),
                    Err(error) => {
                        view! {
                            <ClosedLayout>
                                <PageError error here=routes::REPORTS.path />
                            </ClosedLayout>
                        }
                            .into_any()
                    }
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Reports(view: ReportsView) -> impl IntoView {
    let ReportsView {
        viewer,
        periods,
        chosen,
        days,
        submit_by,
        runs,
        broken,
        opens_cases,
        lines,
        indices,
    } = view;
    let sent = (!submit_by.is_empty()).then(|| format!(" Gửi trước hết ngày {submit_by}."));
    let open = runs.then(|| {
        view! {
            <Notice tone=Tone::Info>
                <p>
                    "Kỳ chưa kết thúc: số liệu tính đến hôm nay, chưa dùng để gửi."
                </p>
            </Notice>
        }
    });
    let body = match broken.is_empty() {
        true => {
            let period = chosen.code.clone();
            view! { <Forms period lines indices opens_cases /> }.into_any()
        }
        false => view! { <Stopped numbers=broken opens_cases /> }.into_any(),
    };
    view! {
        <StaffLayout viewer>
            <h1>"Báo cáo theo quy định"</h1>
            <Period periods chosen=chosen.clone() />
            <p class="lede">
                <strong>{chosen.name}</strong>
                {format!(": {days}.")}
                {sent}
                " Lưu hành nội bộ: số nhỏ có thể cho biết ai đã phản ánh."
            </p>
            {open}
            {body}
        </StaffLayout>
    }
}

#[component]
fn Period(periods: Vec<PeriodChoice>, chosen: PeriodChoice) -> impl IntoView {
    let choices = periods.into_iter().map(|period| {
        let how = match period.is_statutory {
            true => "từ ngày 15 đến ngày 14",
            false => "theo lịch",
        };
        Choice::new(period.code, format!("{}, {how}", period.name))
    });
    let choices: Vec<_> = choices.collect();
    view! {
        <form class="log-filters no-print" method="get" action=routes::REPORTS.path>
            <SelectField name="ky" label="Kỳ báo cáo" choices value=chosen.code />
            <button class="button button-secondary" type="submit">
                "Xem kỳ này"
            </button>
        </form>
    }
}

/// Why there is no report, and which cases are to be looked at.
#[component]
fn Stopped(numbers: Vec<String>, opens_cases: bool) -> impl IntoView {
    let cases = numbers.into_iter().map(move |number| {
        let told = match opens_cases {
            true => {
                let href = routes::CASE.with(&number);
                view! { <a href=href>{number}</a> }.into_any()
            }
            false => number.into_any(),
        };
        view! { <li class="tabular">{told}</li> }
    });
    view! {
        <Notice tone=Tone::Danger title="Báo cáo dừng lại vì số liệu không khớp">
            <p>
                "Ngày nhận, ngày kết thúc và trạng thái của các hồ sơ sau không khớp với nhau. Vui \
                 lòng báo người quản trị; báo cáo được lập lại khi số liệu khớp."
            </p>
            <ul>{cases.collect_view()}</ul>
        </Notice>
    }
}

#[component]
fn Forms(
    period: String,
    lines: Vec<Line>,
    indices: Vec<UnitIndex>,
    opens_cases: bool,
) -> impl IntoView {
    let register = opens_cases.then(|| {
        view! {
            <section>
                <h2>"Sổ tiếp nhận phản ánh, kiến nghị"</h2>
                <p>
                    "Mỗi hồ sơ nhận trong kỳ là một dòng; không có tên người gửi. Việc tải sổ được \
                     ghi vào nhật ký."
                </p>
                <p class="no-print">
                    <a class="button button-secondary" href=routes::REGISTER_XLSX.with(&period)>
                        "Tải sổ (XLSX)"
                    </a>
                </p>
            </section>
        }
    });
    view! {
        <div class="reports">
            <section>
                <h2>"Kết quả tiếp nhận, xử lý phản ánh, kiến nghị"</h2>
                <p class="figure-note">
                    "Số trong ngoặc là số cột của biểu. Cột 3 bằng cột 7 cộng cột 8, và bằng tổng các \
                     cột 9 đến 15; cột 16 (đăng tải công khai) do Sở ghi. Thông tin không có người \
                     gửi và việc có dấu hiệu tố cáo không nằm trong báo cáo này."
                </p>
                <Results lines />
                <p class="no-print">
                    <a class="button button-secondary" href=routes::RESULTS_XLSX.with(&period)>
                        "Tải biểu (XLSX)"
                    </a>
                </p>
            </section>
            {register}
            <Indices rows=indices />
        </div>
    }
}

#[component]
fn Results(lines: Vec<Line>) -> impl IntoView {
    if lines.len() < 2 {
        return view! {
            <EmptyState title="Không có phản ánh, kiến nghị trong kỳ này">
                <p>
                    "Không có hồ sơ nào được nhận, chuyển sang hoặc kết thúc trong những ngày này."
                </p>
            </EmptyState>
        }
        .into_any();
    }
    let last = lines.len() - 1;
    let rows = lines[..last].iter().map(row).collect_view();
    view! {
        <TableRegion label="Biểu kết quả">
            <table class="table report-table">
                <caption class="visually-hidden">
                    "Kết quả theo đơn vị được phản ánh"
                </caption>
                <Headings />
                <tbody>{rows}</tbody>
                <tfoot>{row(&lines[last])}</tfoot>
            </table>
        </TableRegion>
    }
    .into_any()
}

/// Two rows of headings, as on the form, each column with its number.
#[component]
fn Headings() -> impl IntoView {
    let mut number = FIRST;
    let mut numbered = |text: &'static str, rows: &'static str| {
        let told = format!("({number})");
        number += 1;
        view! {
            <th scope="col" class="number" rowspan=rows>
                {text}
                " "
                <span class="muted nowrap">{told}</span>
            </th>
        }
    };
    let mut below = Vec::new();
    let above = GROUPS.iter().map(|group| {
        if group.columns.is_empty() {
            return numbered(group.heading, "2").into_any();
        }
        below.extend(group.columns.iter().map(|text| numbered(text, "1")));
        view! {
            <th scope="colgroup" colspan=group.columns.len().to_string()>
                {group.heading}
            </th>
        }
        .into_any()
    });
    let above = above.collect_view();
    view! {
        <thead>
            <tr>
                <th scope="col" rowspan="2">
                    "Đơn vị được phản ánh"
                </th>
                {above}
            </tr>
            <tr>{below}</tr>
        </thead>
    }
}

fn row(line: &Line) -> impl IntoView + use<> {
    let cells = line.numbers().map(|n| {
        let class = if n == 0 { "number muted" } else { "number" };
        view! { <td class=class>{thousands(n)}</td> }
    });
    view! {
        <tr>
            <th scope="row">{line.unit.clone()}</th>
            {cells.collect_view()}
        </tr>
    }
}

const INDICES: [Column; 6] = [
    Column::row_head("Đơn vị"),
    Column::named("Phản ánh thái độ được kết luận đúng (chỉ số 7)").class("number"),
    Column::named("Đã kết thúc").class("number"),
    Column::named("Đúng hạn").class("number"),
    Column::named("Phải xem xét lại").class("number"),
    Column::named("Điểm chỉ số 8").class("number"),
];

#[component]
fn Indices(rows: Vec<UnitIndex>) -> impl IntoView {
    (!rows.is_empty()).then(|| {
        let rows = rows.into_iter().map(|row| {
            let points = i64::from(row.points());
            let numbers = [row.upheld, row.ended, row.in_time, row.protracted, points];
            let mut cells: Vec<_> = numbers.map(|n| text_cell(thousands(n))).into();
            cells.insert(0, text_cell(row.unit));
            cells
        });
        view! {
            <section>
                <h2>"Chỉ số 7 và 8 theo đơn vị"</h2>
                <p class="figure-note">
                    "Thông tư 01/2018/TT-VPCP, Điều 13. Chỉ số 8: 2 điểm nếu không có phản ánh hoặc xử lý \
                     đúng hạn tất cả; 1 điểm nếu đúng hạn từ 90%; 0 điểm nếu dưới 90% hoặc có việc kéo \
                     dài (phải xem xét lại). Phản ánh về thái độ được kết luận không đúng thì không tính."
                </p>
                <DataTable label="Chỉ số theo đơn vị" columns=INDICES rows=rows.collect() />
            </section>
        }
    })
}
