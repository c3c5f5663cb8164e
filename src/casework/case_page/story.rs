//! What a case tells: the feedback, its files, what was said, found and answered, and what happened.

use super::view::{CaseFile, Fact, FeedbackText, FileLink, Said};
use crate::{
    case::Action,
    ui::{Letter, Timeline, TimelineItem},
};
use leptos::prelude::*;

/// Events shown before one asks for all.
const NEWEST: usize = 3;

/// The feedback and its history.
#[component]
pub fn Story(file: CaseFile) -> impl IntoView {
    // whoever decides on a draft reads it where they decide
    let decides = file.actions.contains(&Action::Answer);
    let reply = (!file.letter.text.is_empty() && !decides).then(|| {
        let title = if file.status.is_open() {
            "Dự thảo trả lời"
        } else {
            "Trả lời"
        };
        view! {
            <section aria-labelledby="tra-loi">
                <h2 id="tra-loi">{title}</h2>
                <Letter letter=file.letter.clone() />
            </section>
        }
    });
    view! {
        <div class="story stack">
            <FeedbackTextView words=file.words />
            <TextSection id="ban-trich" title="Bản trích cho đơn vị" text=file.extract />
            <Files files=file.files />
            <Conclusion
                finding=file.finding.map(|finding| finding.label())
                measures=file.measures
            />
            {reply}
            <TextSection
                id="tra-loi-truoc"
                title="Trả lời lần trước"
                text=file.first_reply
            />
            <Messages said=file.conversation />
            <Notes said=file.notes />
            <History items=file.timeline />
        </div>
    }
}

/// A text under its heading; nothing if there is none.
#[component]
fn TextSection(id: &'static str, title: &'static str, text: String) -> impl IntoView {
    (!text.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby=id>
                <h2 id=id>{title}</h2>
                <Paragraphs text />
            </section>
        }
    })
}

#[component]
fn Conclusion(finding: Option<&'static str>, measures: String) -> impl IntoView {
    (finding.is_some() || !measures.is_empty()).then(|| {
        let title = match finding {
            Some(_) => "Kết luận",
            None => "Kết quả xác minh",
        };
        view! {
            <section class="card" aria-labelledby="ket-luan">
                <h2 id="ket-luan">{title}</h2>
                {finding
                    .map(|finding| {
                        view! {
                            <p>
                                <strong>{finding}</strong>
                            </p>
                        }
                    })}
                <Paragraphs text=measures />
            </section>
        }
    })
}

#[component]
fn Notes(said: Vec<Said>) -> impl IntoView {
    (!said.is_empty()).then(|| {
        view! {
            <section aria-labelledby="ghi-chu">
                <h2 id="ghi-chu">"Ghi chú nội bộ"</h2>
                <Conversation said />
            </section>
        }
    })
}

/// What happened, the newest first, the rest folded.
#[component]
fn History(items: Vec<TimelineItem>) -> impl IntoView {
    let all = items.len();
    let mut newest = items;
    let older = newest.split_off(all.min(NEWEST));
    view! {
        <section aria-labelledby="dien-bien">
            <h2 id="dien-bien">"Diễn biến"</h2>
            <Timeline items=newest />
            {(!older.is_empty())
                .then(|| {
                    view! {
                        <details class="case-history">
                            <summary>{format!("Xem cả {all}")}</summary>
                            <Timeline items=older />
                        </details>
                    }
                })}
        </section>
    }
}

#[component]
fn FeedbackTextView(words: FeedbackText) -> impl IntoView {
    let (title, body) = match words {
        FeedbackText::Original(facts) => {
            ("Nội dung phản ánh", view! { <Facts facts /> }.into_any())
        }
        FeedbackText::Extract(text) => (
            "Bản trích nội dung phản ánh",
            view! { <Paragraphs text /> }.into_any(),
        ),
        FeedbackText::Erased(day) => {
            let line = format!(
                "Nội dung, tệp và danh tính của hồ sơ này đã được xóa ngày {day}, theo thời hạn \
                 lưu giữ hoặc theo yêu cầu."
            );
            ("Nội dung đã được xóa", view! { <p>{line}</p> }.into_any())
        }
        FeedbackText::Sealed => {
            let line = "Nội dung gốc được giữ kín để bảo vệ người phản ánh. Văn phòng Sở viết \
                bản trích khi giao hồ sơ cho đơn vị.";
            (
                "Nội dung được giữ kín",
                view! {
                    <div class="sealed-block">
                        <p>{line}</p>
                    </div>
                }
                .into_any(),
            )
        }
    };
    view! {
        <section class="card" aria-labelledby="noi-dung-phan-anh">
            <h2 id="noi-dung-phan-anh">{title}</h2>
            {body}
        </section>
    }
}

/// Captions and values.
#[component]
pub fn Facts(facts: Vec<Fact>) -> impl IntoView {
    let rows = facts
        .into_iter()
        .map(|fact| {
            view! {
                <div>
                    <dt>{fact.label}</dt>
                    <dd>
                        <Paragraphs text=fact.value />
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="meta-list">{rows}</dl> }
}

/// Lines as typed, each a paragraph.
#[component]
fn Paragraphs(text: String) -> impl IntoView {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| view! { <p>{line.to_owned()}</p> })
        .collect_view()
}

#[component]
fn Files(files: Option<Vec<FileLink>>) -> impl IntoView {
    let body = match files {
        None => view! {
            <div class="sealed-block">
                <p>
                    "Tệp của người phản ánh được giữ kín vì có thể cho biết ai là người gửi."
                </p>
            </div>
        }
        .into_any(),
        Some(files) if files.is_empty() => {
            view! { <p class="muted">"Không có tệp kèm theo."</p> }.into_any()
        }
        Some(files) => {
            let item = |file: FileLink| {
                view! {
                    <li>
                        <a href=file.href rel="external" download="">
                            {file.name}
                        </a>
                        " "
                        <span class="muted">{file.about}</span>
                    </li>
                }
            };
            view! { <ul class="case-files">{files.into_iter().map(item).collect_view()}</ul> }
                .into_any()
        }
    };
    view! {
        <section aria-labelledby="tep-kem">
            <h2 id="tep-kem">"Tệp kèm theo"</h2>
            {body}
        </section>
    }
}

#[component]
fn Messages(said: Option<Vec<Said>>) -> impl IntoView {
    let body = match said {
        None => view! {
            <div class="sealed-block">
                <p>"Trao đổi với người phản ánh do Văn phòng Sở thực hiện."</p>
            </div>
        }
        .into_any(),
        Some(said) if said.is_empty() => {
            view! { <p class="muted">"Chưa có tin nhắn nào."</p> }.into_any()
        }
        Some(said) => view! { <Conversation said /> }.into_any(),
    };
    view! {
        <section aria-labelledby="trao-doi">
            <h2 id="trao-doi">"Trao đổi với người phản ánh"</h2>
            {body}
        </section>
    }
}

#[component]
fn Conversation(said: Vec<Said>) -> impl IntoView {
    let item = |said: Said| {
        let class = if said.incoming {
            "case-message case-message-in"
        } else {
            "case-message"
        };
        view! {
            <li class=class>
                <p class="muted">{said.who}" · "{said.when}</p>
                <Paragraphs text=said.text />
            </li>
        }
    };
    view! { <ol class="case-messages">{said.into_iter().map(item).collect_view()}</ol> }
}
