//! The case page: the matter, where it is, whose turn it is; then the feedback and its history.

use super::{
    copy::CopyNumber,
    done::Done,
    story::{Facts, Story},
    view::CaseFile,
};
use crate::{
    case::Action,
    casework::{Place, PlaceLinks, actions::MyWork, inbox::view::tone},
    routes::{self, Command},
    ui::{Baton, DeadlineView, Notice, StaffLayout, StatusWord, Title, Tone, TypedTexts},
};
use leptos::prelude::*;

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
    let next = place.as_ref().map(|place| place.next.clone());
    let next = next.unwrap_or_default();
    let command = |action: &Action| Command::of(routes::CASE, action.code());
    let offered = file.actions.iter().chain(&[Action::Undo]);
    let offered = offered.map(command).collect();
    view! {
        <StaffLayout viewer>
            // the browser keeps titles in its history: no word of the feedback stands in one
            <Title text=format!("Hồ sơ {}", file.number) />
            <PlaceLinks place />
            <Head file=file.clone() />
            <TypedTexts here=routes::CASE.with(&file.number) offered />
            <Done file=file.clone() done next />
            <div class="case-layout">
                <div class="case-turn">
                    <Waiting file=file.clone() />
                    <MyWork file=file.clone() />
                </div>
                <Story file=file.clone() />
                <aside class="case-about stack" aria-label="Thông tin hồ sơ">
                    <About file />
                    {identity}
                </aside>
            </div>
        </StaffLayout>
    }
}

/// The matter, the number as a quiet tag, where the case is and until when.
#[component]
fn Head(file: CaseFile) -> impl IntoView {
    let CaseFile {
        matter,
        number,
        status,
        legs,
        due,
        due_why,
        ..
    } = file;
    let why = match due {
        Some(_) => view! {
            <details class="case-why">
                <summary>"Hạn này tính thế nào"</summary>
                <p>{due_why}</p>
            </details>
        }
        .into_any(),
        None => view! { <p class="muted">{due_why}</p> }.into_any(),
    };
    let stands = match legs.is_empty() {
        true => due.map(|due| view! { <DeadlineView due /> }).into_any(),
        false => view! { <Baton legs due /> }.into_any(),
    };
    view! {
        <header class="case-head">
            <h1>{matter}</h1>
            <p class="case-tag">
                <span class="tabular">{number.clone()}</span>
                <CopyNumber number />
                <StatusWord word=status.label() tone=tone(status) />
            </p>
        </header>
        {stands}
        {why}
    }
}

/// What waits beside the person's own turn: a proposal, a call or a letter that is owed.
#[component]
fn Waiting(file: CaseFile) -> impl IntoView {
    let CaseFile {
        proposal,
        reply_task,
        reply_opens,
        number,
        ..
    } = file;
    let proposal = (!proposal.is_empty()).then(|| {
        view! {
            <Notice tone=Tone::Warning>
                <p>{proposal}</p>
            </Notice>
        }
    });
    let task =
        (!reply_task.is_empty()).then(|| view! { <ReplyTask reply_task reply_opens number /> });
    view! {
        {proposal}
        {task}
    }
}

#[component]
fn About(file: CaseFile) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="thong-tin">
            <h2 id="thong-tin">"Thông tin hồ sơ"</h2>
            <p>{file.kind.label()}</p>
            <p class="muted tabular">{format!("Số tiếp nhận {}", file.register_no)}</p>
            <Facts facts=file.facts />
        </section>
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
