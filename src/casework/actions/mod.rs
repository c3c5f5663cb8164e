//! What staff may do with a case: one file for each action, with its fields, its rules, what it
//! does, and its tests.
//!
//! A new action is a file here with its line below, an entry in `case/status.rs` (who may, and
//! where it leads), and one in `case/event.rs` (what is remembered of it).

mod answer;
mod approve_forward;
mod approve_refusal;
mod assign;
mod classify;
mod close;
mod conclude;
pub mod conflict;
pub mod letters;
mod message;
mod note;
mod propose_forward;
mod propose_refusal;
mod receive;
mod redirect;
mod reject_proposal;
mod request_info;
mod return_draft;
mod send_back;
mod start_verifying;
mod submit_for_approval;
mod text;
mod write_extract;

use super::case_page::CaseFile;
use crate::{
    case::Action,
    error::FieldErrors,
    routes::{self, Command},
    ui::{Choice, Form, FormState, form::enhance::Fields},
};
use leptos::prelude::*;

fn fields(action: Action, file: &CaseFile) -> AnyView {
    match action {
        Action::ApproveRefusal => approve_refusal::fields(file),
        Action::ApproveForward => approve_forward::fields(file),
        Action::RejectProposal => reject_proposal::fields(file),
        Action::Receive => receive::fields(file),
        Action::Classify => classify::fields(file),
        Action::WriteExtract => write_extract::fields(file),
        Action::Assign => assign::fields(file),
        Action::StartVerifying => start_verifying::fields(file),
        Action::Conclude => conclude::fields(file),
        Action::SubmitForApproval => submit_for_approval::fields(file),
        Action::Answer => answer::fields(file),
        Action::ReturnDraft => return_draft::fields(file),
        Action::Close => close::fields(file),
        Action::RequestInfo => request_info::fields(file),
        Action::SendBack => send_back::fields(file),
        Action::Message => message::fields(file),
        Action::Note => note::fields(file),
        Action::ProposeForward => propose_forward::fields(file),
        Action::Redirect => redirect::fields(file),
        Action::ProposeRefusal => propose_refusal::fields(file),
        Action::Supplement | Action::Reopen | Action::Withdraw => ().into_any(),
    }
}

/// The rules of the actions' forms that need no server.
///
/// # Errors
/// At the fields of the form `command`.
pub fn check(command: &str, fields: &Fields) -> Result<(), FieldErrors> {
    let is_it = |action: &&Action| Command::of(routes::CASE, action.code()).endpoint() == command;
    match Action::ALL.iter().find(is_it) {
        Some(Action::Classify) => classify::check(fields),
        Some(Action::WriteExtract) => write_extract::check(fields),
        Some(Action::Assign) => assign::check(fields),
        Some(Action::Conclude) => conclude::check(fields),
        Some(Action::SubmitForApproval) => submit_for_approval::check(fields),
        Some(Action::ReturnDraft) => return_draft::check(fields),
        Some(Action::RequestInfo) => request_info::check(fields),
        Some(Action::SendBack) => send_back::check(fields),
        Some(Action::Message) => message::check(fields),
        Some(Action::Note) => note::check(fields),
        Some(Action::ProposeForward) => propose_forward::check(fields),
        Some(Action::Redirect) => redirect::check(fields),
        Some(Action::ProposeRefusal) => propose_refusal::check(fields),
        Some(Action::RejectProposal) => reject_proposal::check(fields),
        _ => Ok(()),
    }
}

/// What this person may do now; the most likely is open.
#[component]
pub fn ActionForms(
    /// The case.
    file: CaseFile,
) -> impl IntoView {
    let (actions, seen) = (file.actions.clone(), file.seen);
    let body = if actions.is_empty() {
        note_line("Hiện không có việc nào tài khoản này cần làm với hồ sơ.")
    } else {
        // keyed: when the case is read again after an action, no text may stay behind in the form of another
        view! {
            <For
                each=move || actions.clone().into_iter().enumerate()
                key=move |(_, action)| (action.code(), seen)
                children=move |(at, action)| {
                    let file = file.clone();
                    view! { <ActionForm action file open=at == 0 /> }
                }
            />
        }
        .into_any()
    };
    view! {
        <section class="card case-actions" aria-labelledby="viec-tiep">
            <h2 id="viec-tiep">"Việc tiếp theo"</h2>
            {body}
        </section>
    }
}

/// One action opens in place with exactly its fields.
#[component]
fn ActionForm(action: Action, file: CaseFile, open: bool) -> impl IntoView {
    let command = Command::of(routes::CASE, action.code());
    let open = open || FormState::is_returned(command);
    let class = match action {
        Action::ApproveRefusal | Action::ProposeRefusal => "button button-danger",
        _ => "button",
    };
    view! {
        <details class="action" open=open>
            <summary>{action.label()}</summary>
            <Form command at=routes::CASE.with(&file.number) class="">
                <input type="hidden" name="seen" value=file.seen.to_string() />
                {fields(action, &file)}
                <button class=class type="submit">
                    {action.label()}
                </button>
            </Form>
        </details>
    }
}

/// A line in place of fields.
fn note_line(text: &'static str) -> AnyView {
    view! { <p class="muted">{text}</p> }.into_any()
}

fn select_choices(list: &[(String, String)]) -> Vec<Choice> {
    let choices = list.iter();
    let choices = choices.map(|(value, label)| Choice::new(value.as_str(), label.as_str()));
    choices.collect()
}
