//! What a person may do with a case now: what is their turn first, all else folded.

use super::{action_form::ActionForm, form};
use crate::{
    case::{Action, is_correction},
    casework::{
        case_page::{CaseFile, Waits},
        inbox::place::case_address,
    },
    routes::{self, Command},
    ui::{Form, FormContext, Notice, Tone},
};
use leptos::prelude::*;

/// Steps of the office that the one form of triage takes together.
const TRIAGED: [Action; 4] = [
    Action::Receive,
    Action::Classify,
    Action::WriteExtract,
    Action::Assign,
];

/// The person's own turn and everything else; or for whom the case waits.
#[component]
pub fn MyWork(
    /// The case.
    file: CaseFile,
) -> impl IntoView {
    let triages = file.actions.contains(&Action::Triage);
    let offered = file.actions.iter().copied();
    let offered = offered.filter(|action| !(triages && TRIAGED.contains(action)));
    let handed = file.waits.as_ref().is_some_and(|waits| waits.handed);
    let is_turn = |action: &Action| {
        let again =
            is_correction(file.status, *action) || (handed && *action == Action::ProposeConclusion);
        action.leads_on() && !again
    };
    let (turn, others): (Vec<_>, Vec<_>) = offered.partition(is_turn);
    let waits = file.waits.clone().filter(|_| turn.is_empty());
    let hands_over = turn.contains(&Action::ProposeConclusion);
    let head = file.waits.as_ref().map(|waits| waits.head.clone());
    let head = head.filter(|head| hands_over && !head.is_empty());
    let nothing = turn.is_empty() && others.is_empty() && waits.is_none();
    view! {
        <section class="card my-work" aria-labelledby="viec-cua-toi">
            <h2 id="viec-cua-toi">"Việc của tôi"</h2>
            {waits.map(|waits| view! { <WaitsFor waits /> })}
            {head.map(|head| view! { <p class="muted">"Người kết luận: " {head} "."</p> })}
            {nothing
                .then(|| ActionForm::line(
                    "Tài khoản này không cần làm gì với hồ sơ.",
                ))}
            <Actions actions=turn.clone() file=file.clone() open=true />
            {(triages && file.actions.contains(&Action::Receive))
                .then(|| view! { <ReceiveOnly file=file.clone() /> })}
            {(!others.is_empty())
                .then(|| view! { <Others actions=others file under_turn=!turn.is_empty() /> })}
        </section>
    }
}

/// Not this person's turn: whose, for what, since when.
#[component]
fn WaitsFor(waits: Waits) -> impl IntoView {
    let Waits {
        who, what, since, ..
    } = waits;
    let since = (!since.is_empty()).then(|| format!(" từ {since}"));
    view! {
        <Notice tone=Tone::Info>
            <p>"Chờ " <strong>{who}</strong> " " {what} {since} "."</p>
        </Notice>
    }
}

/// Keyed: when the case is read again after an action, no form may become another's.
#[component]
fn Actions(actions: Vec<Action>, file: CaseFile, open: bool) -> impl IntoView {
    let seen = file.seen;
    view! {
        <For
            each=move || actions.clone().into_iter().enumerate()
            key=move |(_, action)| (action.code(), seen)
            children=move |(at, action)| {
                let file = file.clone();
                view! { <ActionDisclosure action file open=open && at == 0 /> }
            }
        />
    }
}

/// What is done along the way; open where it is all there is, and where one of its forms holds
/// something.
#[component]
fn Others(actions: Vec<Action>, file: CaseFile, under_turn: bool) -> impl IntoView {
    let holds = actions.iter().any(|action| holds_something(*action, &file));
    let file_then = file.clone();
    view! {
        <details class="case-others" open=holds || !under_turn>
            <summary>"Việc khác"</summary>
            <Actions actions file=file_then open=false />
        </details>
    }
}

fn holds_something(action: Action, file: &CaseFile) -> bool {
    let command = Command::of(routes::CASE, action.code());
    let at = case_address(&file.number);
    let context = FormContext::of(&command.endpoint(), &command.at(&at), None);
    context.0.is_some()
}

/// One action opens in place with exactly its fields.
#[component]
fn ActionDisclosure(action: Action, file: CaseFile, open: bool) -> impl IntoView {
    let command = Command::of(routes::CASE, action.code());
    let at = case_address(&file.number);
    let open = open || holds_something(action, &file);
    let class = match action {
        Action::ApproveRefusal | Action::ProposeRefusal => "button button-danger",
        _ => "button",
    };
    let form = form(action);
    let button = form.as_ref().is_none_or(ActionForm::wants_button).then(|| {
        view! {
            <button class=class type="submit">
                {action.button()}
            </button>
        }
    });
    view! {
        <details class="action" open=open>
            <summary>{action.label()}</summary>
            <Form command at class="">
                <input type="hidden" name="seen" value=file.seen.to_string() />
                {form.map(|form| form.view(&file))}
                {button}
            </Form>
        </details>
    }
}

/// Beside triage: the receipt alone, for what is looked into later.
#[component]
fn ReceiveOnly(file: CaseFile) -> impl IntoView {
    let command = Command::of(routes::CASE, Action::Receive.code());
    view! {
        <Form command at=case_address(&file.number) class="receive-only">
            <input type="hidden" name="seen" value=file.seen.to_string() />
            <button class="button button-secondary" type="submit">
                "Chỉ tiếp nhận"
            </button>
        </Form>
    }
}
