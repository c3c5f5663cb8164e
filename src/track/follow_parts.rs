//! What the following page shows, part by part.

use super::view::{Earlier, Ending, Said};
use crate::{
    routes,
    ui::{EmptyState, Notice, Tone},
};
use leptos::prelude::*;

/// The status sentence, and on request how the deadline was counted.
#[component]
pub fn Head(
    number: String,
    mark: String,
    sentence: String,
    why: String,
    is_lead: bool,
    facts: Vec<(String, String)>,
) -> impl IntoView {
    let facts = facts
        .into_iter()
        .map(|(label, value)| {
            view! {
                <dt>{label}</dt>
                <dd>{value}</dd>
            }
        })
        .collect_view();
    view! {
        <header class="stack" data-whose=mark>
            <p class="muted">"Số hồ sơ "<span class="tabular">{number}</span></p>
            <h1 class="track-status">{sentence}</h1>
            {(!why.is_empty())
                .then(|| {
                    view! {
                        <details class="track-more">
                            <summary>"Vì sao là ngày đó"</summary>
                            <p>{why}</p>
                        </details>
                    }
                })}
            {is_lead.then(|| view! { <LeadNotice /> })}
            <dl class="meta-list">{facts}</dl>
        </header>
    }
}

/// What an information lead means.
#[component]
fn LeadNotice() -> impl IntoView {
    view! {
        <Notice tone=Tone::Info title="Không tính thời hạn trả lời">
            <p>
                "Phản ánh không có tên hoặc cách liên hệ được ghi nhận làm thông tin để Sở xem \
                 xét. Ông/Bà vẫn theo dõi và nhắn cho Sở tại trang này."
            </p>
        </Notice>
    }
}

/// What the department needs to know before it goes on.
#[component]
pub fn Asked(asked: String) -> impl IntoView {
    view! {
        <Notice tone=Tone::Warning title="Sở kính đề nghị Ông/Bà bổ sung">
            <p class="story">{asked}</p>
            <p>
                <a href="#trao-doi" rel="external">
                    "Bổ sung ngay bên dưới"
                </a>
            </p>
        </Notice>
    }
}

/// Why the case ended without an answer of the department, and what to do next.
#[component]
pub fn EndingNotice(ending: Ending) -> impl IntoView {
    let Ending {
        title,
        reason,
        detail,
        next_step,
    } = ending;
    let line = |text: String| (!text.is_empty()).then(|| view! { <p class="story">{text}</p> });
    view! {
        <Notice tone=Tone::Info title>
            {line(reason)}
            {line(detail)}
            <p>{next_step}" "<a href=routes::GUIDE.path>"Mở trang Hướng dẫn"</a></p>
        </Notice>
    }
}

/// The answer, and how it was rated.
#[component]
pub fn Reply(reply: String, rated: String) -> impl IntoView {
    view! {
        <section class="card stack">
            <h2>"Trả lời của Sở"</h2>
            <p class="story">{reply}</p>
            {(!rated.is_empty())
                .then(|| view! { <p class="muted">"Ông/Bà đã đánh giá: "{rated}</p> })}
        </section>
    }
}

/// The answer that did not satisfy, after the case was opened again.
#[component]
pub fn FirstReply(first: Earlier) -> impl IntoView {
    view! {
        <details class="track-more">
            <summary>{format!("Câu trả lời trước của Sở, {}", first.when)}</summary>
            <p class="story">{first.text}</p>
        </details>
    }
}

/// The conversation, oldest first; the submitter is "Ông/Bà", the department "Sở".
#[component]
pub fn Conversation(words: Vec<Said>) -> impl IntoView {
    if words.is_empty() {
        return view! {
            <EmptyState title="Chưa có tin nhắn">
                <p>
                    "Ông/Bà có thể nhắn cho Sở ở đây mà không cần cho biết mình là ai."
                </p>
            </EmptyState>
        }
        .into_any();
    }
    let items = words
        .into_iter()
        .map(|words| view! { <Message words /> })
        .collect_view();
    view! { <ol class="track-talk">{items}</ol> }.into_any()
}

#[component]
fn Message(words: Said) -> impl IntoView {
    let (who, class) = if words.ours {
        ("Sở", "track-word track-word-ours")
    } else {
        ("Ông/Bà", "track-word")
    };
    view! {
        <li class=class>
            <p class="muted">
                <strong>{who}</strong>
                " · "
                {words.when}
            </p>
            {(!words.text.is_empty()).then(|| view! { <p class="story">{words.text}</p> })}
            <FileNames names=words.files />
        </li>
    }
}

#[component]
fn FileNames(names: Vec<String>) -> impl IntoView {
    (!names.is_empty()).then(|| {
        let items = names
            .into_iter()
            .map(|name| view! { <li>{name}</li> })
            .collect_view();
        view! {
            <p class="muted">"Tệp đã gửi:"</p>
            <ul class="track-files">{items}</ul>
        }
    })
}

/// What the submitter sent first; folded, so that a glance over the shoulder sees nothing.
#[component]
pub fn Sent(story: Vec<(String, String)>, files: Vec<String>) -> impl IntoView {
    let parts = story
        .into_iter()
        .map(|(label, text)| {
            view! {
                <h3>{label}</h3>
                <p class="story">{text}</p>
            }
        })
        .collect_view();
    view! {
        <details class="track-more">
            <summary>"Nội dung Ông/Bà đã gửi"</summary>
            <div class="stack">{parts}<FileNames names=files /></div>
        </details>
    }
}

/// Who has opened the identity, by role.
#[component]
pub fn Identity(openings: Vec<String>) -> impl IntoView {
    let body = if openings.is_empty() {
        view! { <p>"Chưa ai mở danh tính của Ông/Bà."</p> }.into_any()
    } else {
        let items = openings
            .into_iter()
            .map(|opening| view! { <li>{opening}</li> })
            .collect_view();
        view! { <ul>{items}</ul> }.into_any()
    };
    view! {
        <section class="stack">
            <h2>"Danh tính của Ông/Bà"</h2>
            {body}
            <p class="muted">
                "Danh tính được niêm phong. Muốn xem, một lãnh đạo phải nêu lý do và một lãnh đạo \
                 khác đồng ý; ngày xem và chức vụ người xem hiện ở đây."
            </p>
        </section>
    }
}
