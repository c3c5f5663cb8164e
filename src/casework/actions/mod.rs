//! What staff may do with a case: one file for each action, with its fields, its rules, what it
//! does, and its tests. Beside them what several share: `action_form`, `letters`, and
//! `conflict` (who may not have a case).
//!
//! A new action is a file here with its two lines below, an entry in `case/status.rs` (who may, and
//! where it leads), and one in `case/event.rs` (what is remembered of it).

mod action_form;
mod answer;
mod approve_forward;
mod approve_refusal;
mod assign;
mod call;
mod classify;
mod close;
mod conclude;
pub mod conflict;
mod extract_reopening;
pub mod letters;
mod message;
mod note;
mod offered;
mod propose_conclusion;
mod propose_forward;
mod propose_refusal;
mod receive;
mod recuse;
mod redirect;
mod reject_proposal;
mod remind;
mod reply;
mod request_info;
mod return_draft;
mod send_back;
mod send_letter;
mod start_verifying;
mod submit_for_approval;
mod triage;
mod undo;
mod write_extract;

use crate::{
    case::Action,
    error::FieldErrors,
    routes::{self, Command},
    ui::{Choice, form::Fields},
};
use action_form::ActionForm;

pub use assign::Assignment;
pub use classify::{Classification, Concerned, unknown_unit};
pub use offered::MyWork;
pub use triage::FirstSteps;

/// What staff enter to take an action; `None` for what only the submitter does.
fn form(action: Action) -> Option<ActionForm> {
    Some(match action {
        Action::ApproveRefusal => approve_refusal::FORM,
        Action::ApproveForward => approve_forward::FORM,
        Action::RejectProposal => reject_proposal::FORM,
        Action::Triage => triage::FORM,
        Action::Undo => undo::FORM,
        Action::ProposeConclusion => propose_conclusion::FORM,
        Action::Receive => receive::FORM,
        Action::Classify => classify::FORM,
        Action::WriteExtract => write_extract::FORM,
        Action::ExtractReopening => extract_reopening::FORM,
        Action::Assign => assign::FORM,
        Action::StartVerifying => start_verifying::FORM,
        Action::Conclude => conclude::FORM,
        Action::SubmitForApproval => submit_for_approval::FORM,
        Action::Answer => answer::FORM,
        Action::ReturnDraft => return_draft::FORM,
        Action::Call => call::FORM,
        Action::SendLetter => send_letter::FORM,
        Action::Close => close::FORM,
        Action::RequestInfo => request_info::FORM,
        Action::SendBack => send_back::FORM,
        Action::Message => message::FORM,
        Action::Note => note::FORM,
        Action::Remind => remind::FORM,
        Action::Recuse => recuse::FORM,
        Action::ProposeForward => propose_forward::FORM,
        Action::Redirect => redirect::FORM,
        Action::ProposeRefusal => propose_refusal::FORM,
        Action::Supplement | Action::Reopen | Action::Withdraw => return None,
    })
}

/// The rules of the actions' forms that need no server.
///
/// # Errors
/// At the fields of the form `command`.
pub fn check(command: &str, fields: &Fields) -> Result<(), FieldErrors> {
    let is_it = |action: &&Action| Command::of(routes::CASE, action.code()).endpoint() == command;
    let action = Action::ALL.iter().find(is_it);
    let entered = action.and_then(|action| form(*action));
    entered.map_or(Ok(()), |form| form.check(fields))
}

fn select_choices(list: &[(String, String)]) -> Vec<Choice> {
    let choices = list.iter();
    let choices = choices.map(|(value, label)| Choice::new(value.as_str(), label.as_str()));
    choices.collect()
}
