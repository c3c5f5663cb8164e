//! The office's four first steps in one form and one request: received, classified, extract written,
//! assigned. Each of them is still an event of its own; one refused leaves none.

use super::{
    action_form::{ActionForm, optional_text},
    assign::{About, Assignment, Receivers},
    classify::{self, Classification},
    write_extract,
};
use crate::{
    case::{BRIBERY, Kind, UnitId},
    casework::case_page::CaseFile,
    error::{AppError, FieldErrors},
    ui::{
        Choice, FormContext,
        form::{Fields, value, values},
    },
};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast as _;

pub const FORM: ActionForm = ActionForm::Fields { fields, check };

/// What is chosen in place of a unit to save the rest without handing the case on.
const LATER: &str = "chua_giao";

fn fields(file: &CaseFile) -> AnyView {
    let file = file.clone();
    view! { <TriageFields file /> }.into_any()
}

/// What is chosen in the form now, as far as it decides who may have the case.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Chosen {
    kind: String,
    concerned: String,
    denunciation: bool,
    bribery: bool,
    /// Whether somebody said that nobody knows whom it is about.
    unknown_is_meant: bool,
}

impl Chosen {
    fn before(file: &CaseFile) -> Self {
        let reasons = FormContext::values("reasons[]", file.choices.reasons.clone());
        let concerned = FormContext::value("concerned", file.choices.concerned.clone());
        Self {
            kind: FormContext::value("kind", file.kind.code().to_owned()),
            unknown_is_meant: concerned != file.choices.concerned,
            concerned,
            denunciation: FormContext::is_ticked("denunciation", file.choices.denunciation),
            bribery: reasons.iter().any(|code| code == BRIBERY),
        }
    }

    /// Hears a control of the form.
    fn hear(&mut self, name: &str, value: String, checked: bool) {
        match name {
            "kind" => self.kind = value,
            "concerned" => (self.concerned, self.unknown_is_meant) = (value, true),
            "denunciation" => self.denunciation = checked,
            "reasons[]" if value == BRIBERY => self.bribery = checked,
            _ => {}
        }
    }

    /// `None` while the unit is unknown and nobody has said that it stays so: then the list is whole
    /// and the server judges.
    fn about(&self) -> Option<About> {
        let concerned = self.concerned.parse().ok().map(UnitId);
        (concerned.is_some() || self.unknown_is_meant).then_some(About {
            kind: Kind::from_code(&self.kind)?,
            concerned,
            denunciation: self.denunciation || self.bribery,
        })
    }
}

/// Classification, extract, receiver: whoever the first rules out is ruled out in the last at once.
#[component]
fn TriageFields(file: CaseFile) -> impl IntoView {
    let chosen = RwSignal::new(Chosen::before(&file));
    let hear = move |event: ev::Event| {
        let control = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let name = control.and_then(|control| control.get_attribute("name"));
        if let Some(name) = name {
            let (value, checked) = (event_target_value(&event), event_target_checked(&event));
            chosen.update(|chosen| chosen.hear(&name, value, checked));
        }
    };
    let about = Signal::derive(move || chosen.with(Chosen::about));
    let later = vec![Choice::new(LATER, "Chưa giao, chỉ lưu lại")];
    let receivers = file.choices.receivers.clone();
    view! {
        <div class="triage" on:change=hear>
            {classify::fields(&file)}
            {write_extract::TEXT.view(&file)}
            <Receivers receivers about first=later />
        </div>
    }
}

/// What the form says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstSteps {
    /// What and whom it is about.
    pub classification: Classification,
    /// The extract; "" only if it is not handed on.
    pub extract: String,
    /// To whom it goes; `None` to save the rest.
    pub assignment: Option<Assignment>,
}

impl FirstSteps {
    /// Reads the form.
    ///
    /// # Errors
    /// At each field that is wrong, in one round. What is kept closer needs no receiver: whoever may
    /// see it hands it on.
    pub fn parse(
        classification: Result<Classification, FieldErrors>,
        extract: &str,
        unit: &str,
    ) -> Result<Self, FieldErrors> {
        let kept_closer = classification.as_ref().is_ok_and(|said| said.denunciation);
        let assignment = match unit {
            LATER => Ok(None),
            "" if kept_closer => Ok(None),
            chosen => Assignment::parse(chosen).map(Some),
        };
        let extract = match unit {
            LATER => optional_text("extract", extract),
            _ => write_extract::TEXT.parse(extract),
        };
        let mut errors = FieldErrors::default();
        let refused = [
            classification.as_ref().err(),
            extract.as_ref().err(),
            assignment.as_ref().err(),
        ];
        for (field, message) in refused.into_iter().flatten().flat_map(FieldErrors::all) {
            errors.add(field, message);
        }
        match (classification, extract, assignment) {
            (Ok(classification), Ok(extract), Ok(assignment)) => Ok(Self {
                classification,
                extract,
                assignment,
            }),
            _ => Err(errors),
        }
    }
}

/// Reads the form as it was sent, in the browser and on the server.
fn parse(fields: &Fields) -> Result<FirstSteps, FieldErrors> {
    let (kind, reasons) = (value(fields, "kind"), values(fields, "reasons[]"));
    let (denunciation, concerned) = (value(fields, "denunciation"), value(fields, "concerned"));
    let classification = Classification::parse(kind, &reasons, denunciation, concerned);
    let (extract, unit) = (value(fields, "extract"), value(fields, "unit"));
    FirstSteps::parse(classification, extract, unit)
}

fn check(fields: &Fields) -> Result<(), FieldErrors> {
    parse(fields).map(drop)
}

/// Receives, classifies, writes the extract and assigns: whichever of these is still to be done.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at the fields. Nothing is
/// written then.
#[server(endpoint = "quan-tri/ho-so/luu_va_giao")]
pub async fn triage(number: String, seen: i64) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent},
        casework::ssr::{self, Transition},
        platform::http::form_data::SubmittedForm,
    };
    let mut transition = Transition::begin(Action::Triage, &number, seen).await?;
    // a colleague's extract, or a circle that words have closed since, is not written over unseen
    let steps = [Action::Classify, Action::WriteExtract, Action::Assign].map(Action::leaves);
    let newer = [&steps[..], &[CaseEvent::CircleClosed.code()]].concat();
    transition.refuse_newer(&newer, seen).await?;
    let steps = parse(&SubmittedForm::current()?.fields)?;
    ssr::triage(&mut transition, steps).await?;
    transition.finish().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::casework::case_page::UNKNOWN_UNIT;

    fn parsed(reason: &str, extract: &str, unit: &str) -> Result<FirstSteps, FieldErrors> {
        let reasons = [reason.to_owned()];
        FirstSteps::parse(
            Classification::parse("hanh_vi", &reasons, "", UNKNOWN_UNIT),
            extract,
            unit,
        )
    }

    #[test]
    fn everything_missing_is_said_in_one_round() {
        let errors = parsed("", "", "").unwrap_err();
        let fields: Vec<_> = errors
            .all()
            .iter()
            .map(|(field, _)| field.as_str())
            .collect();
        assert_eq!(fields, ["reasons[]", "extract", "unit"]);
    }

    #[test]
    fn it_can_be_saved_without_being_handed_on() {
        let saved = parsed("HV_KHAC", "", LATER).unwrap();
        assert_eq!((saved.assignment, saved.extract.as_str()), (None, ""));
        let handed = parsed("HV_KHAC", "Chậm.", "3").unwrap();
        assert_eq!(handed.assignment.map(|to| to.unit), Some(UnitId(3)));
    }

    #[test]
    fn what_is_kept_closer_is_handed_on_by_whoever_may_see_it() {
        assert_eq!(parsed(BRIBERY, "Chậm.", "").unwrap().assignment, None);
        assert!(
            parsed(BRIBERY, "", "")
                .unwrap_err()
                .get("extract")
                .is_some()
        );
    }

    #[test]
    fn nobody_is_barred_until_it_is_said_whom_it_is_about() {
        let mut chosen = Chosen {
            kind: "hanh_vi".to_owned(),
            concerned: UNKNOWN_UNIT.to_owned(),
            denunciation: false,
            bribery: false,
            unknown_is_meant: false,
        };
        assert_eq!(chosen.about(), None);
        chosen.hear("concerned", "7".to_owned(), false);
        chosen.hear("reasons[]", BRIBERY.to_owned(), true);
        let about = About {
            kind: Kind::Conduct,
            concerned: Some(UnitId(7)),
            denunciation: true,
        };
        assert_eq!(chosen.about(), Some(about));
        chosen.hear("concerned", UNKNOWN_UNIT.to_owned(), false);
        assert_eq!(chosen.about().and_then(|about| about.concerned), None);
        assert!(chosen.about().is_some(), "now it is meant");
    }
}
