//! `/minh-bach`: an article with figures. A sentence states the finding, the chart shows it, the
//! table proves it, the link downloads it.

use super::{
    queries::released_figures,
    view::{AnsweredRow, ReceivedRow, TransparencyView},
};
use crate::{
    case::Kind,
    routes,
    ui::{
        Axis, ChartColumn, ColumnChart, EmptyState, Figure, Notice, PublicLayout, TableRegion,
        Title, Tone, thousands,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// What is not shown kind by kind.
const REST: &str = "Các loại còn lại";

/// The transparency page.
#[component]
pub fn TransparencyPage() -> impl IntoView {
    let query = use_query_map();
    let year = move || {
        query.with(|query| {
            query
                .get_str("nam")
                .and_then(|year| year.parse().ok())
                .unwrap_or(0)
        })
    };
    let figures = Resource::new(year, released_figures);
    view! {
        <Title text="Số liệu công khai" />
        <PublicLayout>
            <h1>"Số liệu công khai"</h1>
            <p class="lede">
                "Sở đã nhận bao nhiêu phản ánh, kiến nghị, về việc gì, và trả lời ra sao. Chỉ gồm \
                 các tháng đã kết thúc; không số nào dưới 5 được nêu riêng, để không ai bị nhận \
                 ra."
            </p>
            <Suspense>
                {move || Suspend::new(async move {
                    match figures.await {
                        Ok(view) => view! { <Article view /> }.into_any(),
                        Err(error) => {
                            view! {
                                <Notice tone=Tone::Danger>
                                    <p>{error.message()}</p>
                                </Notice>
                            }
                                .into_any()
                        }
                    }
                })}
            </Suspense>
            <Definitions />
        </PublicLayout>
    }
    .into_any()
}

#[component]
fn Article(view: TransparencyView) -> impl IntoView {
    if view.received.is_empty() && view.answered.is_empty() {
        return view! {
            <EmptyState title="Chưa có số liệu cho kỳ này">
                <p>
                    "Số liệu của một tháng được công bố khi tháng đó kết thúc và đủ 5 phản ánh; ít \
                     hơn thì gộp với tháng sau."
                </p>
            </EmptyState>
        }
        .into_any();
    }
    // one axis for both: what was answered is measured against what was received
    let received: Vec<ChartColumn> = view.received.iter().map(|row| row.column.clone()).collect();
    let answered: Vec<ChartColumn> = view.answered.iter().map(|row| row.column.clone()).collect();
    let axis = Axis::over(received.iter().chain(&answered));
    let table = view! { <ReceivedTable rows=view.received total=view.total /> };
    let answers = view! { <AnsweredTable rows=view.answered total=view.answered_total /> };
    view! {
        <Years years=view.years chosen=view.year />
        <Figure
            title="Đã nhận"
            reading=view.finding
            table=table.into_any()
            download=routes::FIGURES_CSV.path
        >
            <ReceivedChart columns=received axis />
        </Figure>
        <Figure
            title="Đã trả lời"
            reading=view.answered_finding
            table=answers.into_any()
            download=routes::FIGURES_CSV.path
        >
            <ColumnChart
                id="tra-loi"
                label="Số phản ánh, kiến nghị đã trả lời theo tháng"
                columns=answered
                axis=Some(axis)
            />
        </Figure>
    }
    .into_any()
}

/// What was received: by kind if every period shown may tell all of them, otherwise together.
#[component]
fn ReceivedChart(columns: Vec<ChartColumn>, axis: Axis) -> impl IntoView {
    let told = columns
        .iter()
        .all(|column| column.values.len() == Kind::ALL.len());
    let (series, columns) = if told {
        (Kind::ALL.iter().map(|kind| kind.short()).collect(), columns)
    } else {
        let together = |column: ChartColumn| ChartColumn {
            values: vec![column.total()],
            ..column
        };
        (vec![], columns.into_iter().map(together).collect())
    };
    view! {
        <ColumnChart
            id="nhan"
            label="Số phản ánh, kiến nghị đã nhận theo tháng"
            series
            columns
            axis=Some(axis)
        />
    }
}

#[component]
fn Years(years: Vec<i32>, chosen: i32) -> impl IntoView {
    let link = move |href: String, text: String, year: i32| {
        view! {
            <li>
                <a href=href aria-current=(year == chosen).then_some("page")>
                    {text}
                </a>
            </li>
        }
    };
    let years = years
        .into_iter()
        .map(|year| link(routes::figures_of(year), year.to_string(), year))
        .collect_view();
    view! {
        <nav class="tabs" aria-label="Kỳ số liệu">
            <ul>
                {link(routes::TRANSPARENCY.path.to_owned(), "Gần đây".to_owned(), 0)}{years}
            </ul>
        </nav>
    }
}

#[component]
fn ReceivedTable(rows: Vec<ReceivedRow>, total: i64) -> impl IntoView {
    let heads = Kind::ALL
        .iter()
        .map(|kind| {
            view! {
                <th scope="col" class="number">
                    {kind.short()}
                </th>
            }
        })
        .collect_view();
    let rows = rows
        .into_iter()
        .map(|row| {
            let last = row.cells.len().saturating_sub(1);
            let cell = move |(i, cell): (usize, Option<i64>)| {
                let text =
                    cell.map_or_else(|| if i == last { "–" } else { "gộp" }.to_owned(), thousands);
                view! { <td class="number">{text}</td> }
            };
            let cells = row.cells.into_iter().enumerate().map(cell).collect_view();
            view! {
                <tr>
                    <th scope="row">{row.column.name()}</th>
                    {cells}
                    <td class="number">{thousands(row.total)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <TableRegion label="Bảng số đã nhận">
            <table class="table">
                <caption>"Số phản ánh, kiến nghị đã nhận"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Tháng"</th>
                        {heads}
                        <th scope="col" class="number">
                            {REST}
                        </th>
                        <th scope="col" class="number">
                            "Cộng"
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">"Cộng"</th>
                        <td colspan="4"></td>
                        <td class="number">{thousands(total)}</td>
                    </tr>
                </tfoot>
            </table>
        </TableRegion>
    }
}

#[component]
fn AnsweredTable(rows: Vec<AnsweredRow>, total: i64) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|row| {
            view! {
                <tr>
                    <th scope="row">{row.column.name()}</th>
                    <td class="number">{thousands(row.column.total())}</td>
                    <td>{row.share}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <TableRegion label="Bảng số đã trả lời">
            <table class="table">
                <caption>"Số phản ánh, kiến nghị đã trả lời"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Tháng"</th>
                        <th scope="col" class="number">
                            "Đã trả lời"
                        </th>
                        <th scope="col">"Đúng hạn"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">"Cộng"</th>
                        <td class="number">{thousands(total)}</td>
                        <td></td>
                    </tr>
                </tfoot>
            </table>
        </TableRegion>
    }
}

#[component]
fn Definitions() -> impl IntoView {
    view! {
        <section>
            <h2>"Cách tính"</h2>
            <dl class="definitions">
                <dt>"Đã nhận"</dt>
                <dd>
                    "Số phản ánh, kiến nghị đến Sở trong tháng, tính theo ngày gửi. Không gồm \
                     thông tin không có người gửi và việc có dấu hiệu tố cáo."
                </dd>
                <dt>"Loại"</dt>
                <dd>
                    "Hành vi: thái độ, cách làm việc. Quy định: cơ chế, chính sách, thủ tục. Trễ \
                     hẹn: hồ sơ quá ngày hẹn trả."
                </dd>
                <dt>"Gộp, các loại còn lại"</dt>
                <dd>
                    "Số quá nhỏ (dưới 5) được cộng chung với loại khác hoặc tháng sau, để không ai bị \
                     nhận ra."
                </dd>
                <dt>"Đã trả lời, đúng hạn"</dt>
                <dd>
                    "Số đã trả lời trong tháng, dù nhận từ khi nào, nên số đã nhận trừ đi số đã trả \
                     lời không phải là số đang xử lý; đúng hạn là trả lời không muộn \
                     hơn ngày hạn tính theo ngày làm việc. Dưới 20 câu trả lời thì không tính tỷ lệ; \
                     khi số trễ hạn quá nhỏ, tỷ lệ được nêu là “từ …% trở lên”."
                </dd>
                <dt>"Không thay đổi về sau"</dt>
                <dd>
                    "Số liệu của một tháng được chốt khi công bố lần đầu và giữ nguyên."
                </dd>
            </dl>
        </section>
    }
}
