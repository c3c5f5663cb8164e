//! What was just done to a case, the way to take it back, and the way on.

use super::view::CaseFile;
use crate::{
    case::{Action, Status},
    casework::inbox::place::case_address,
    routes::{self, Command},
    ui::{FieldError, Form, FormState, Notice, Tone},
};
use leptos::{html, prelude::*};

const UNDO: Command = Command::of(routes::CASE, Action::Undo.code());

/// Said after an action, and for as long as it can be taken back. After an action it takes the
/// focus, which the form that did it had.
#[component]
pub fn Done(
    file: CaseFile,
    done: Option<Action>,
    /// Address of the next case of the view it was opened from; or empty.
    next: String,
) -> impl IntoView {
    let notice = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(notice) = notice.get().filter(|_| done.is_some()) {
            // a notice that refuses the focus is read on the way through the page
            let _focused = notice.focus();
        }
    });
    let said = done.or_else(|| file.undo.as_ref().map(|undo| undo.action));
    let said = said.map(|action| format!("{}.", sentence(action, &file)));
    // a step that somebody else was faster than is still answered
    let offers = file.undo.is_some() || FormState::is_returned(UNDO);
    // opened from no view: the case that has waited longest
    let next = match (next.is_empty(), file.next.is_empty()) {
        (true, false) => routes::CASE.with(&file.next),
        _ => next,
    };
    let next = done.filter(|_| !next.is_empty()).map(|_| {
        view! {
            <a class="done-next" href=next>
                "Hồ sơ tiếp theo"
            </a>
        }
    });
    (said.is_some() || offers).then(|| {
        view! {
            <div class="done" node_ref=notice tabindex="-1">
                <Notice tone=Tone::Success>
                    <div class="done-line">
                        {said.map(|said| view! { <p>{said}</p> })}
                        {offers.then(|| view! { <Undo file=file.clone() /> })} {next}
                    </div>
                </Notice>
            </div>
        }
    })
}

/// "Đã giao Phạm Thị Mẫu – Văn phòng Đăng ký đất đai".
fn sentence(action: Action, file: &CaseFile) -> String {
    match (action, file.status) {
        (Action::Triage, Status::Received | Status::Classified) => {
            "Đã lưu phân loại và bản trích, chưa giao".to_owned()
        }
        (Action::Triage | Action::Assign, _) => format!("{} {}", action.done(), file.assigned_to)
            .trim_end()
            .to_owned(),
        _ => action.done().to_owned(),
    }
}

#[component]
fn Undo(file: CaseFile) -> impl IntoView {
    view! {
        <Form command=UNDO at=case_address(&file.number) class="done-undo">
            <input type="hidden" name="seen" value=file.seen.to_string() />
            <FieldError name="undo" />
            <button class="button button-quiet" type="submit" id="undo">
                "Hoàn tác"
            </button>
        </Form>
    }
}
