//! What the following page shows, part by part.

use super::view::{Ending, FollowedCase, Said};
use crate::{
    routes,
    ui::{Baton, EmptyState, Letter, LetterSheet, Notice, Tone},
};
use leptos::prelude::*;

/// The matter, where it stands in a sentence and as a baton, and on request how the deadline was
/// counted.
#[component]
pub fn Head(case: FollowedCase) -> impl IntoView {
    let FollowedCase {
        number,
        mark,
        matter,
        sentence,
        legs,
        due,
        why,
        is_lead,
        facts,
        ..
    } = case;
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
            <h1 class="track-matter">{matter}</h1>
            <p class="track-status">{sentence}</p>
            {(!legs.is_empty()).then(|| view! { <Baton legs due /> })}
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
            <dl class="meta-list">
                <dt>"Số hồ sơ"</dt>
                <dd class="tabular">{number}</dd>
                {facts}
            </dl>
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

/// Every answer, the newest first; one that the case was opened again after is folded.
#[component]
pub fn Answers(answers: Vec<LetterSheet>, is_answered: bool, rated: String) -> impl IntoView {
    let count = answers.len();
    let rated =
        (!rated.is_empty()).then(|| view! { <p class="muted">"Ông/Bà đã đánh giá: "{rated}</p> });
    let letters = answers.into_iter().enumerate().rev().map(|(at, letter)| {
        let round = at + 1;
        if is_answered && round == count {
            let title = match count {
                1 => "Trả lời của Sở".to_owned(),
                _ => format!("Trả lời lần {round}"),
            };
            view! {
                <section class="stack">
                    <h2>{title}</h2>
                    <Letter letter />
                    {rated.clone()}
                </section>
            }
            .into_any()
        } else {
            view! { <EarlierAnswer letter round /> }.into_any()
        }
    });
    letters.collect_view()
}

#[component]
fn EarlierAnswer(letter: LetterSheet, round: usize) -> impl IntoView {
    let when = match letter.date.as_str() {
        "" => String::new(),
        date => format!(", {date}"),
    };
    view! {
        <details class="track-more">
            <summary>{format!("Trả lời lần {round}{when}")}</summary>
            <Letter letter />
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
