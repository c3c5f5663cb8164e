//! The case page: the feedback on the left, what is to be done on the right.

use super::view::{CaseFile, Fact, FeedbackText, FileLink, Said};
use crate::{
    case::Action,
    casework::{Place, PlaceLinks, actions::ActionForms, inbox::view::tone},
    routes::{self, Command},
    ui::{DeadlineView, Due, Notice, StaffLayout, StatusWord, Timeline, Title, Tone, TypedTexts},
};
use leptos::{html, prelude::*};

/// The page of one case; `done` is what was just done to it. `identity` is the panel of another room.
#[component]
pub fn CaseView(
    /// The case.
    file: CaseFile,
    /// Where it stands in the view it was opened from.
    place: Option<Place>,
    /// What was just done to it.
    done: Option<Action>,
    /// The sealed identity.
    identity: AnyView,
) -> impl IntoView {
    let viewer = file.viewer.clone();
    let command = |action: &Action| Command::of(routes::CASE, action.code());
    let offered = file.actions.iter().map(command).collect();
    view! {
        <StaffLayout viewer>
            <Title text=format!("Hồ sơ {}", file.number) />
            <PlaceLinks place />
            <h1>"Hồ sơ "<span class="tabular">{file.number.clone()}</span></h1>
            {done.map(|action| view! { <Done action /> })}
            <TypedTexts here=routes::CASE.with(&file.number) offered />
            <div class="case-layout">
                <StoryColumn file=file.clone() />
                <DutyColumn file identity />
            </div>
        </StaffLayout>
    }
}

/// What was just done; takes the focus, which the form that did it had.
#[component]
fn Done(action: Action) -> impl IntoView {
    let notice = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(notice) = notice.get() {
            // a notice that refuses the focus is read on the way through the page
            let _focused = notice.focus();
        }
    });
    view! {
        <div node_ref=notice tabindex="-1">
            <Notice tone=Tone::Success>
                <p>{format!("Đã ghi nhận: {}.", action.label())}</p>
            </Notice>
        </div>
    }
}

/// The feedback and its history.
#[component]
fn StoryColumn(file: CaseFile) -> impl IntoView {
    let conclusion = (file.finding.is_some() || !file.measures.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="ket-luan">
                <h2 id="ket-luan">"Kết luận"</h2>
                {file
                    .finding
                    .map(|finding| {
                        view! {
                            <p>
                                <strong>{finding.label()}</strong>
                            </p>
                        }
                    })}
                <Paragraphs text=file.measures />
            </section>
        }
    });
    let reply_title = if file.status.is_open() {
        "Dự thảo trả lời"
    } else {
        "Trả lời"
    };
    let reply = (!file.reply.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="tra-loi">
                <h2 id="tra-loi">{reply_title}</h2>
                <Paragraphs text=file.reply />
            </section>
        }
    });
    let first_reply = (!file.first_reply.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="tra-loi-truoc">
                <h2 id="tra-loi-truoc">"Trả lời lần trước"</h2>
                <Paragraphs text=file.first_reply />
            </section>
        }
    });
    let extract = (!file.extract.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="ban-trich">
                <h2 id="ban-trich">"Bản trích cho đơn vị"</h2>
                <Paragraphs text=file.extract />
            </section>
        }
    });
    let notes = (!file.notes.is_empty()).then(|| {
        view! {
            <section aria-labelledby="ghi-chu">
                <h2 id="ghi-chu">"Ghi chú nội bộ"</h2>
                <Conversation said=file.notes />
            </section>
        }
    });
    view! {
        <div class="story stack">
            <FeedbackTextView words=file.words />
            <Files files=file.files />
            {extract}
            {conclusion}
            {reply}
            {first_reply}
            <Messages said=file.conversation />
            {notes}
            <section aria-labelledby="dien-bien">
                <h2 id="dien-bien">"Diễn biến"</h2>
                <Timeline items=file.timeline />
            </section>
        </div>
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

#[component]
fn Facts(facts: Vec<Fact>) -> impl IntoView {
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

/// Status, deadline and why, holder, what may be done next, who speaks.
#[component]
fn DutyColumn(file: CaseFile, identity: AnyView) -> impl IntoView {
    let CaseFile {
        status,
        due,
        due_why,
        facts,
        proposal,
        reply_task,
        reply_opens,
        register_no,
        kind,
        number,
        ..
    } = file.clone();
    view! {
        <aside class="aside-duty stack" aria-label="Việc cần làm">
            <section class="card" aria-labelledby="tinh-trang">
                <h2 id="tinh-trang">"Tình trạng"</h2>
                <p>
                    <StatusWord word=status.label() tone=tone(status) />
                </p>
                <DueView due why=due_why />
                {(!proposal.is_empty())
                    .then(|| {
                        view! {
                            <Notice tone=Tone::Warning>
                                <p>{proposal}</p>
                            </Notice>
                        }
                    })}
                {(!reply_task.is_empty())
                    .then(|| view! { <ReplyTask reply_task reply_opens number /> })}
            </section>
            <ActionForms file=file.clone() />
            <section class="card" aria-labelledby="thong-tin">
                <h2 id="thong-tin">"Thông tin hồ sơ"</h2>
                <p>{kind.label()}</p>
                <p class="muted tabular">{format!("Số tiếp nhận {register_no}")}</p>
                <Facts facts />
            </section>
            {identity}
        </aside>
    }
}

/// A call or a letter that somebody has to make and then ticks.
#[component]
fn ReplyTask(reply_task: String, reply_opens: bool, number: String) -> impl IntoView {
    let way = match reply_opens {
        true => view! { <a href=routes::OPENING.with(&number)>"Mở danh tính cho việc này"</a> }
            .into_any(),
        false => {
            "Chánh Văn phòng hoặc lãnh đạo Sở mở danh tính cho việc này và liên hệ.".into_any()
        }
    };
    view! {
        <Notice tone=Tone::Warning>
            <p>{reply_task}</p>
            <p>{way}</p>
        </Notice>
    }
}

#[component]
fn DueView(due: Option<Due>, why: String) -> impl IntoView {
    match due {
        Some(due) => view! {
            <p>
                <DeadlineView due />
            </p>
            <details>
                <summary>"Hạn này tính thế nào"</summary>
                <p>{why}</p>
            </details>
        }
        .into_any(),
        None => view! { <p class="muted">{why}</p> }.into_any(),
    }
}
