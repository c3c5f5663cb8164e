//! The draft reply goes to the leader, once it was seen as the letter it will be.

use super::{
    action_form::ActionForm,
    reply::{self, REPLY},
};
use crate::{
    case::Action,
    casework::{case_page::CaseFile, inbox::place::case_address},
    error::{AppError, FieldErrors},
    routes::{self, Command},
    ui::{
        FormContext, Letter, LetterSheet, TextArea,
        form::{Fields, control, enhance, value},
    },
};
use leptos::{ev, prelude::*};

pub const FORM: ActionForm = ActionForm::Whole { fields, check };

/// What the button that only shows the letter sends.
const STEP: &str = "buoc";
const LOOK: &str = "xem";

fn fields(file: &CaseFile) -> AnyView {
    let file = file.clone();
    view! { <ReplyEditor file /> }.into_any()
}

/// The text, and the letter that it makes. It goes out of hand from below the letter only; with the
/// program the letter is drawn here, without it the server draws the page with it.
#[component]
fn ReplyEditor(file: CaseFile) -> impl IntoView {
    let written = reply::drafted(&file);
    let typed = FormContext::value(REPLY, written.clone());
    let looked = FormContext::value(STEP, String::new()) == LOOK && !FormContext::came_back();
    let letter = RwSignal::new(looked.then_some(typed));
    let look = move |event: ev::MouseEvent| {
        event.prevent_default();
        letter.set(readable(control::text(REPLY)));
    };
    let sheet = file.letter.clone();
    let here = Command::of(routes::CASE, Action::SubmitForApproval.code());
    let here = here.at(&case_address(&file.number));
    view! {
        <div on:input=move |_| letter.set(None)>
            <TextArea
                name=REPLY
                label="Nội dung trả lời"
                hint="Người phản ánh đọc đúng văn bản này."
                value=written
                rows=12
            />
        </div>
        {move || {
            letter
                .get()
                .map(|text| {
                    let letter = LetterSheet {
                        text,
                        ..sheet.clone()
                    };
                    view! {
                        <Letter letter />
                        <button class="button" type="submit">
                            {Action::SubmitForApproval.label()}
                        </button>
                    }
                })
        }}
        <button
            class="button button-secondary"
            type="submit"
            formaction=here
            name=STEP
            value=LOOK
            on:click=look
            hidden=move || letter.with(Option::is_some)
        >
            "Xem thư trước khi trình"
        </button>
    }
}

/// The text if it may go out; else its field says why not. Runs in the browser only.
fn readable(typed: Option<String>) -> Option<String> {
    let judged = reply::parse(&typed?);
    let message = judged.as_ref().err().and_then(|errors| errors.get(REPLY));
    enhance::set_message(REPLY, message);
    judged.ok()
}

fn check(fields: &Fields) -> Result<(), FieldErrors> {
    reply::parse(value(fields, REPLY)).map(drop)
}

/// Submits the draft reply; with [`LOOK`] it only comes back with the letter.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at `reply` if it is empty, too
/// long or not finished; without a message if only the letter was asked for.
#[server(endpoint = "quan-tri/ho-so/trinh_phe_duyet")]
pub async fn submit_for_approval(
    number: String,
    seen: i64,
    #[server(default)] reply: String,
    #[server(default)] buoc: String,
) -> Result<(), AppError> {
    use crate::{
        case::{BodyField, CaseEvent},
        casework::ssr::Transition,
    };
    let mut transition = Transition::begin(Action::SubmitForApproval, &number, seen).await?;
    let text = reply::parse(&reply)?;
    if buoc == LOOK {
        return Err(FieldErrors::default().into());
    }
    transition.write_body(BodyField::Reply, &text).await?;
    transition.commit(CaseEvent::DraftSubmitted).await
}
