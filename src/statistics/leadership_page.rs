//! `/lanh-dao`, read on a phone between two meetings: what is late, what waits for the reader's
//! word, where cases wait, how the units are doing. Exact figures, for staff.

use super::{
    decision_list::DecisionList,
    period_table::PeriodTable,
    queries::leadership_figures,
    unit_table::UnitTable,
    view::{Headline, Late, LeadershipView, Linked},
};
use crate::{
    case::{Action, CaseNumber},
    routes,
    ui::{
        Baton, BatonLeg, ChartColumn, ClosedLayout, Column, ColumnChart, DataTable, Figure, Notice,
        PageError, StaffLayout, Stat, Title, Tone, text_cell, thousands,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The leadership page.
#[component]
pub fn LeadershipPage() -> impl IntoView {
    let query = use_query_map();
    let value = move |name| query.with(|query| query.get(name).unwrap_or_default());
    let figures = Resource::new(move || value("ky"), leadership_figures);
    let decided = move || decided(&value("xong"), &value("ho-so"));
    view! {
        <Title text="Điều hành" />
        <Transition>
            {move || Suspend::new(async move {
                match figures.await {
                    Ok(view) => view! { <Dashboard view decided=decided() /> }.into_any(),
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

/// The decision that led back here, if the address names one.
fn decided(action: &str, number: &str) -> Option<(Action, CaseNumber)> {
    Action::from_code(action).zip(CaseNumber::parse(number))
}

#[component]
fn Dashboard(view: LeadershipView, decided: Option<(Action, CaseNumber)>) -> impl IntoView {
    let LeadershipView {
        viewer,
        late,
        headlines,
        decisions,
        waiting,
        finding,
        trend,
        units,
        period,
        period_chosen,
        days,
        period_units,
    } = view;
    view! {
        <StaffLayout viewer>
            <h1 class="lead-title">"Điều hành"</h1>
            <Decided decided />
            <div class="lead-grid">
                <div>
                    <LateBand late headlines />
                    <DecisionList decisions />
                </div>
                <div>
                    <WaitingList legs=waiting />
                    <Trend finding columns=trend />
                    <UnitTable rows=units />
                </div>
            </div>
            <PeriodTable period days rows=period_units open=period_chosen />
            <p class="no-print">
                <a href=routes::REPORTS.path>"Báo cáo theo quy định"</a>
            </p>
        </StaffLayout>
    }
}

/// What was decided just now, and the way back to it: the next decision is the first of the list.
#[component]
fn Decided(decided: Option<(Action, CaseNumber)>) -> impl IntoView {
    let told = decided.map(|(action, number)| {
        let case = routes::case_after(number.as_str(), action, "");
        view! {
            <Notice tone=Tone::Success>
                <p>
                    {format!("{}, hồ sơ ", action.done())} <a href=case class="tabular">
                        {number.as_str().to_owned()}
                    </a> ". Việc tiếp theo đứng đầu “Cần tôi quyết định”."
                </p>
            </Notice>
        }
    });
    view! { <div role="status">{told}</div> }
}

/// What is late, in one band with the plain figures.
#[component]
fn LateBand(late: Late, headlines: Vec<Headline>) -> impl IntoView {
    let figures = headlines
        .into_iter()
        .map(|figure| {
            let Headline {
                label,
                value,
                href,
                course,
            } = figure;
            view! {
                <li>
                    <Stat label value href course />
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="late-band" aria-label="Tình hình hôm nay">
            <LateWords late />
            <ul class="stats">{figures}</ul>
        </section>
    }
}

#[component]
fn LateWords(late: Late) -> impl IntoView {
    if late.count.value == 0 {
        return view! { <p class="late-none">"Không có hồ sơ nào quá hạn."</p> }.into_any();
    }
    let count = number(late.count, "hồ sơ quá hạn");
    view! {
        <div>
            <p class="late-count">
                <strong>{count}</strong>
                " hồ sơ quá hạn"
            </p>
            <p class="late-oldest">{late.oldest}</p>
            <p>{late.places}</p>
            <p class="muted">"Vì: "{late.reasons}</p>
        </div>
    }
    .into_any()
}

/// A number, linked to its cases if there are any to open.
pub(super) fn number(linked: Linked, what: &str) -> AnyView {
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

#[component]
fn WaitingList(legs: Vec<BatonLeg>) -> impl IntoView {
    view! {
        <section>
            <h2>"Chờ ở đâu"</h2>
            <Baton legs label="Hồ sơ chờ ở đâu" />
        </section>
    }
}

/// The series of the trend.
const TREND: [&str; 3] = ["Đã trả lời", "Đang xử lý", "Kết thúc khác"];

#[component]
fn Trend(finding: String, columns: Vec<ChartColumn>) -> impl IntoView {
    let table = view! { <TrendTable columns=columns.clone() /> };
    view! {
        <Figure title="Mười hai tháng" reading=finding table=table.into_any()>
            <ColumnChart
                label="Hồ sơ nhận theo tháng trong mười hai tháng, và đến nay ra sao"
                series=TREND.to_vec()
                columns
            />
        </Figure>
    }
}

#[component]
fn TrendTable(columns: Vec<ChartColumn>) -> impl IntoView {
    let heads: Vec<_> = std::iter::once(Column::row_head("Tháng nhận"))
        .chain(TREND.map(|heading| Column::new(heading).class("number")))
        .collect();
    let rows = columns.into_iter().map(|month| {
        let counts = month.values.iter().map(|n| text_cell(thousands(*n)));
        std::iter::once(text_cell(month.name()))
            .chain(counts)
            .collect()
    });
    view! {
        <DataTable
            label="Bảng mười hai tháng"
            caption="Hồ sơ theo tháng nhận. “Kết thúc khác”: không tiếp nhận, chuyển cơ quan khác, hướng \
            dẫn, rút."
            class=""
            columns=heads
            rows=rows.collect()
        />
    }
}
