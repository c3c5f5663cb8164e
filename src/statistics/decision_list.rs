//! What waits for the reader's word: answers with their first lines, names that somebody asks to
//! open, proposals as one line.

use super::view::{Decision, Decisions};
use crate::ui::{ShortDeadline, thousands};
use leptos::prelude::*;

#[component]
pub(super) fn DecisionList(decisions: Decisions) -> impl IntoView {
    let Decisions {
        mine,
        total,
        answers,
        answers_total,
        closed,
        openings,
        proposals,
        proposals_href,
    } = decisions;
    let heading = if mine {
        "Cần tôi quyết định"
    } else {
        "Chờ lãnh đạo quyết định"
    };
    let shown = answers.len() as i64;
    let cards = answers
        .into_iter()
        .map(|decision| view! { <Card decision /> })
        .collect_view();
    let all = (answers_total.value > shown && !answers_total.href.is_empty()).then(|| {
        let text = format!(
            "Xem cả {} câu trả lời chờ duyệt",
            thousands(answers_total.value)
        );
        view! {
            <li>
                <a href=answers_total.href>{text}</a>
            </li>
        }
    });
    let closed = closed.into_iter().map(|found| {
        line(
            "Có dấu hiệu tố cáo, chỉ lãnh đạo Sở phân loại và giao: ",
            found,
        )
    });
    let closed = closed.collect_view();
    let openings = openings.into_iter();
    let openings = openings
        .map(|found| line("Đề nghị mở danh tính, hồ sơ ", found))
        .collect_view();
    let proposals = (!proposals.is_empty()).then(|| {
        let told = if proposals_href.is_empty() {
            proposals.into_any()
        } else {
            view! { <a href=proposals_href>{proposals}</a> }.into_any()
        };
        view! { <li>{told}</li> }
    });
    view! {
        <section class="decisions">
            <h2>{heading} " " <span class="muted tabular">{thousands(total)}</span></h2>
            {(total == 0).then(|| view! { <p>"Không có việc nào chờ quyết định."</p> })}
            {cards}
            <ul class="decision-lines">{closed} {all} {openings} {proposals}</ul>
        </section>
    }
}

/// A line that leads to one case.
fn line(what: &'static str, (number, href): (String, String)) -> impl IntoView {
    view! {
        <li>
            <a href=href>{what} <span class="tabular">{number}</span></a>
        </li>
    }
}

#[component]
fn Card(decision: Decision) -> impl IntoView {
    let Decision {
        number,
        href,
        matter,
        answer,
        who,
        due,
    } = decision;
    let due = due.map(|due| view! { <ShortDeadline due /> });
    let answer = (!answer.is_empty()).then(|| {
        view! { <p class="decision-answer">{format!("“{answer}”")}</p> }
    });
    let label = format!("Xem và duyệt hồ sơ {number}");
    view! {
        <article class="decision">
            <h3>{matter}</h3>
            {answer}
            <div class="decision-foot">
                <p>{due} <span class="decision-who muted">{who}</span></p>
                <a class="button button-secondary" href=href aria-label=label>
                    "Xem và duyệt"
                </a>
            </div>
        </article>
    }
}
