//! The case beside the list, on wide screens: what it says, and the way to its next step.

use super::{
    keys,
    view::{Row, short_status},
};
use crate::{casework::case_page::FeedbackText, routes, ui::DeadlineView};
use leptos::prelude::*;

/// The case in focus.
#[component]
pub fn Preview(
    /// Its row.
    row: Row,
    /// What it says, as far as this person may read it.
    text: FeedbackText,
    /// The view it is opened from.
    view: String,
    /// The list without it.
    close: String,
) -> impl IntoView {
    let address = routes::case_in_view(&row.number, &view);
    let step = match row.next.filter(|_| row.mine) {
        Some(action) => action.label(),
        None => "Mở hồ sơ",
    };
    Effect::new(|_| keys::stay_at_the_row());
    let facts = [
        ("Số hồ sơ", row.number.clone()),
        ("Loại", row.kind.short().to_owned()),
        ("Nhận ngày", row.received.clone()),
        ("Đơn vị", row.unit.clone()),
        ("Đang ở", short_status(row.status).to_owned()),
        ("Người xử lý", row.holder.clone()),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let facts = facts.map(|(label, value)| {
        view! {
            <dt>{label}</dt>
            <dd>{value}</dd>
        }
    });
    view! {
        <aside class="inbox-preview" aria-labelledby="xem-nhanh">
            <p class="inbox-preview-close">
                <a href=close>"Đóng"</a>
            </p>
            <h2 id="xem-nhanh">{row.matter.line().to_owned()}</h2>
            {row
                .due
                .map(|due| {
                    view! {
                        <p>
                            <DeadlineView due />
                        </p>
                    }
                })}
            <p>
                <a class="button" href=address>
                    {step}
                </a>
            </p>
            <dl class="inbox-facts">{facts.collect_view()}</dl>
            <Words text />
        </aside>
    }
}

#[component]
fn Words(text: FeedbackText) -> impl IntoView {
    match text {
        FeedbackText::Original(facts) => facts
            .into_iter()
            .map(|fact| {
                view! {
                    <h3>{fact.label}</h3>
                    <p class="story">{fact.value}</p>
                }
            })
            .collect_view()
            .into_any(),
        FeedbackText::Extract(extract) => view! {
            <h3>"Bản trích"</h3>
            <p class="story">{extract}</p>
        }
        .into_any(),
        FeedbackText::Sealed => view! {
            <p class="muted">
                "Nội dung gốc được giữ kín; bản trích sẽ hiện ở đây khi Văn phòng viết xong."
            </p>
        }
        .into_any(),
        FeedbackText::Erased(day) => {
            view! { <p class="muted">{format!("Nội dung đã xóa ngày {day}.")}</p> }.into_any()
        }
    }
}
