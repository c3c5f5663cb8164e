//! What an officer wrote down, to be read aloud to the caller before it is kept (Decree 20/2008 art.
//! 7.2: the officer records truthfully).

use super::{
    FormChoices,
    commands::ENTER,
    enhance::{ChosenFiles, FormHelp},
    form::FeedbackDraft,
    form_page::{FORM_ID, Prefilled},
};
use crate::{
    case::{ContentReader, Kind},
    ui::{CheckField, FileField, Form, FormState, Title},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Sent by the page that is read aloud.
pub(super) const SHOWN: &str = "doc_lai";
/// The button that leads from it back to the form.
pub(super) const CORRECT: &str = "sua";
/// The box on it.
pub(super) const TICK: &str = "da_doc_lai";
/// What it asks for itself; everything else it only carries on.
const OWN_FIELDS: &[&str] = &[SHOWN, CORRECT, TICK, "tep"];

/// The form as written, if it is to be read aloud now: nothing is wrong but what the page itself asks
/// for.
pub(super) fn written() -> Option<Arc<FormState>> {
    let form = FormState::returned().filter(|form| form.command == ENTER.endpoint())?;
    let errors = form.errors.all().iter();
    let is_right = errors
        .map(|(name, _)| name.as_str())
        .all(|name| OWN_FIELDS.contains(&name));
    let was_shown = form.value(SHOWN).is_some();
    let is_wanted = form.value(CORRECT).is_none() && (form.notice.is_none() || was_shown);
    (is_right && is_wanted).then_some(form)
}

/// Everything in large letters, the tick, and the two ways on.
#[component]
pub(super) fn ReadBack(
    form: Arc<FormState>,
    choices: FormChoices,
    prefilled: Prefilled,
) -> impl IntoView {
    let at = prefilled.address(ENTER.page);
    let carried = form.values.iter();
    let carried = carried
        .filter(|(name, _)| !OWN_FIELDS.contains(&name.as_str()))
        .map(|(name, value)| {
            let (name, value) = (name.clone(), value.clone());
            view! { <input type="hidden" name=name value=value /> }
        })
        .collect_view();
    let lines = lines(&form, &choices).into_iter().map(|(term, text)| {
        view! {
            <dt>{term}</dt>
            <dd>{text}</dd>
        }
    });
    view! {
        <Title text="Đọc lại cho người phản ánh" />
        <h1>"Đọc lại cho người phản ánh"</h1>
        <FormHelp>
            <Form command=ENTER at=at.clone() class="read-back" id=FORM_ID files=true>
                {carried}
                <input type="hidden" name=SHOWN value="1" />
                <dl class="read-aloud">{lines.collect_view()}</dl>
                <CheckField
                    name=TICK
                    label="Đã đọc lại; người phản ánh xác nhận lời kể là đúng sự thật"
                    autofocus=true
                />
                <FileField label="Giấy tờ gửi kèm" />
                <ChosenFiles />
                <p class="cluster">
                    <button class="button" type="submit">
                        "Gửi phản ánh"
                    </button>
                    <button
                        class="button button-secondary"
                        type="submit"
                        name=CORRECT
                        value="1"
                        formaction=at
                        formnovalidate=true
                    >
                        "Sửa lại"
                    </button>
                </p>
            </Form>
        </FormHelp>
    }
}

/// What is read aloud: caption and words.
fn lines(form: &FormState, choices: &FormChoices) -> Vec<(&'static str, String)> {
    let pairs = form.values.iter();
    let pairs = pairs.map(|(name, value)| (name.as_str(), value.as_str()));
    let draft = FeedbackDraft::from_pairs(pairs);
    let unit = choices.units.iter().find(|(code, _)| *code == draft.unit);
    let kind = Kind::from_code(&draft.kind).map_or("", Kind::label);
    let mut lines = vec![
        ("Phản ánh về", kind.to_owned()),
        (
            "Đơn vị được phản ánh",
            unit.map_or("Không rõ", |(_, name)| name).to_owned(),
        ),
    ];
    lines.extend(draft.clone().into_story().facts(ContentReader::Submitter));
    lines.extend(draft.who_speaks());
    lines.retain(|(_, text)| !text.is_empty());
    lines
}
