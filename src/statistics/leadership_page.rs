//! `/lanh-dao`: four figures, what needs a decision, where cases wait, how the units are doing.
//! Exact figures, for staff.

use super::{
    queries::leadership_figures,
    view::{ChosenPeriod, Decision, LeadershipView, Linked, UnitRow, Waiting},
};
use crate::{
    routes,
    ui::{
        Bar, BarChart, ClosedLayout, DeadlineView, EmptyState, PageError, StaffLayout, Stat,
        TableRegion, Title, thousands,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The leadership page.
#[component]
pub fn LeadershipPage() -> impl IntoView {
    let query = use_query_map();
    let period = move || query.with(|query| query.get("ky").unwrap_or_default());
    let figures = Resource::new(period, leadership_figures);
    view! {
        <Title text="Điều hành" />
        <Transition>
            {move || Suspend::new(async move {
                match figures.await {
                    Ok(view) => view! { <Dashboard view /> }.into_any(),
                    Err(error) => {
                        view! {
                            <ClosedLayout>
                                <PageError error here=routes::LEADERSHIP.path />
                            </ClosedLayout>
                        }
                            .into_any()
                    }
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Dashboard(view: LeadershipView) -> impl IntoView {
    let stats = view
        .headlines
        .into_iter()
        .map(|h| {
            view! {
                <li>
                    <Stat label=h.label value=thousands(h.value) href=h.href note=h.note />
                </li>
            }
        })
        .collect_view();
    view! {
        <StaffLayout viewer=view.viewer>
            <h1>"Điều hành"</h1>
            <ul class="stats">{stats}</ul>
            <Decisions rows=view.decisions total=view.decisions_total />
            <Units period=view.period days=view.days rows=view.units />
            <WaitingTable rows=view.waiting />
            <Trend bars=view.trend />
        </StaffLayout>
    }
}

#[component]
fn Decisions(rows: Vec<Decision>, total: i64) -> impl IntoView {
    let body = if total == 0 {
        view! {
            <EmptyState title="Không có việc chờ quyết định">
                <p>"Dự thảo trình duyệt và đề xuất sẽ hiện ở đây."</p>
            </EmptyState>
        }
        .into_any()
    } else if rows.is_empty() {
        view! { <p>{format!("{} hồ sơ chờ lãnh đạo quyết định.", thousands(total))}</p> }.into_any()
    } else {
        view! { <DecisionTable rows total /> }.into_any()
    };
    view! {
        <section>
            <h2>"Cần quyết định"</h2>
            {body}
        </section>
    }
}

#[component]
fn DecisionTable(rows: Vec<Decision>, total: i64) -> impl IntoView {
    let caption = format!("{} hồ sơ, hạn gần nhất trước", thousands(total));
    let more =
        (total > rows.len() as i64).then(|| format!("Hiện {} hồ sơ đầu. Xem tất cả: ", rows.len()));
    let rows = rows
        .into_iter()
        .map(|row| {
            let due = row.due.map_or_else(
                || "Không tính hạn".into_any(),
                |due| view! { <DeadlineView due /> }.into_any(),
            );
            view! {
                <tr>
                    <th scope="row">
                        <a class="row-link tabular" href=row.href>
                            {row.number}
                        </a>
                    </th>
                    <td>{row.what}</td>
                    <td>{row.unit}</td>
                    <td>{due}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <TableRegion label=caption.clone()>
            <table class="table table-cards">
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Số hồ sơ"</th>
                        <th scope="col">"Việc"</th>
                        <th scope="col">"Đơn vị"</th>
                        <th scope="col">"Hạn"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </TableRegion>
        {more
            .map(|more| {
                view! {
                    <p>
                        {more}<a href=routes::inbox_view("cho-duyet")>"chờ phê duyệt"</a>", "
                        <a href=routes::inbox_view("de-xuat")>"đề xuất chờ duyệt"</a>"."
                    </p>
                }
            })}
    }
}

/// A number, linked to its cases if there are any to open.
fn number(linked: Linked, what: &str) -> AnyView {
    let text = thousands(linked.value);
    if linked.href.is_empty() {
        text.into_any()
    } else {
        let label = format!("{text} {what}");
        view! {
            <a href=linked.href aria-label=label>
                {text}
            </a>
        }
        .into_any()
    }
}

/// What the columns of a unit's row count.
const COLUMNS: [&str; 4] = ["Đã nhận", "Đã trả lời", "Trả lời trễ", "Đang quá hạn"];

#[component]
fn Units(period: String, days: String, rows: Vec<UnitRow>) -> impl IntoView {
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
        <section>
            <h2>"Theo đơn vị"</h2>
            <nav class="tabs" aria-label="Kỳ">
                <ul>{tabs}</ul>
            </nav>
            <TableRegion label="Theo đơn vị">
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
        </section>
    }
}

#[component]
fn WaitingTable(rows: Vec<Waiting>) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|row| {
            let count = number(row.count, &row.label);
            view! {
                <tr>
                    <th scope="row">{row.label}</th>
                    <td class="number">{count}</td>
                    <td class="nowrap">{row.oldest}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>"Hồ sơ đang chờ ở đâu"</h2>
            <TableRegion label="Hồ sơ đang chờ ở đâu">
                <table class="table">
                    <caption>"Hồ sơ chưa trả lời, theo tình trạng"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Tình trạng"</th>
                            <th scope="col" class="number">
                                "Số hồ sơ"
                            </th>
                            <th scope="col">"Nhận sớm nhất"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableRegion>
        </section>
    }
}

/// The series of the trend.
const TREND: [&str; 3] = ["Đã trả lời", "Kết thúc khác", "Đang xử lý"];

#[component]
fn Trend(bars: Vec<Bar>) -> impl IntoView {
    let heads = TREND
        .map(|head| {
            view! {
                <th scope="col" class="number">
                    {head}
                </th>
            }
        })
        .collect_view();
    let rows = bars
        .iter()
        .map(|bar| {
            let cells = bar
                .values
                .iter()
                .map(|n| view! { <td class="number">{n.map(thousands)}</td> })
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{bar.name.clone()}</th>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="figure">
            <h2>"Mười hai tháng"</h2>
            <p class="figure-reading">
                "Hồ sơ theo tháng nhận, và đến nay đã ra sao. “Kết thúc khác” gồm không tiếp nhận, \
                 chuyển cơ quan khác, hướng dẫn, rút."
            </p>
            <BarChart
                label="Hồ sơ nhận theo tháng trong mười hai tháng"
                series=TREND.map(str::to_owned).to_vec()
                bars=bars
            />
            <div class="figure-tools">
                <details>
                    <summary>"Xem bảng số liệu"</summary>
                    <TableRegion label="Bảng mười hai tháng">
                        <table class="table">
                            <caption>"Hồ sơ theo tháng nhận"</caption>
                            <thead>
                                <tr>
                                    <th scope="col">"Tháng nhận"</th>
                                    {heads}
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </TableRegion>
                </details>
            </div>
        </section>
    }
}
