//! Approves the draft, seen as the letter it is: from now on the submitter reads it. "On time" is
//! measured here.

use super::{action_form::ActionForm, reply::REPLY};
use crate::{
    casework::case_page::CaseFile,
    error::AppError,
    ui::{FieldError, Letter},
};
use leptos::prelude::*;

pub const FORM: ActionForm = ActionForm::Fields {
    fields,
    check: |_| Ok(()),
};

/// The letter as the submitter will read it; nothing is asked.
fn fields(file: &CaseFile) -> AnyView {
    let letter = file.letter.clone();
    view! {
        <div class="field" id=REPLY tabindex="-1">
            <FieldError name=REPLY />
            <Letter letter />
        </div>
        <p class="muted">
            "Người phản ánh đọc được thư này ngay sau khi phê duyệt."
        </p>
    }
    .into_any()
}

/// Approves the draft; the submitter is answered.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); [`AppError::Conflict`] if
/// there is no draft, or another one than on the page; at `reply` if it is not finished.
#[server(endpoint = "quan-tri/ho-so/tra_loi")]
pub async fn answer(number: String, seen: i64) -> Result<(), AppError> {
    use crate::{
        case::{Action, BodyField, CaseEvent, CaseId},
        casework::ssr::Transition,
    };
    let mut transition = Transition::begin(Action::Answer, &number, seen).await?;
    let draft = transition.body(BodyField::Reply).await?;
    super::reply::parse(&draft.ok_or(AppError::Conflict)?)?;
    transition
        .refuse_newer(&[Action::SubmitForApproval.leaves()], seen)
        .await?;
    let today = transition.today();
    sqlx::query!(
        "update feedback_case set answered_on = $2 where case_id = $1",
        transition.case.id as CaseId,
        today
    )
    .execute(&mut *transition.tx)
    .await?;
    transition.commit(CaseEvent::Answered).await
}
