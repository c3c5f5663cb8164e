//! Hands a case to a unit. If the identity is kept secret, an extract must have been written; if it
//! is not, the words themselves become the extract.

use super::{action_form::ActionForm, select_choices};
use crate::{
    case::{StaffId, UnitId},
    casework::case_page::CaseFile,
    error::{AppError, FieldErrors},
    ui::{
        SelectField,
        form::{Fields, value},
    },
};
use leptos::prelude::*;

pub const FORM: ActionForm = ActionForm::Fields { fields, check };

/// Unit and person; which units may not have it, and why.
fn fields(file: &CaseFile) -> AnyView {
    let choices = &file.choices;
    let barred = choices.barred.iter();
    let barred = barred.map(|reason| view! { <li>{reason.clone()}</li> });
    let barred = (!choices.barred.is_empty()).then(|| {
        view! {
            <details class="case-barred">
                <summary>"Đơn vị không giao được, và vì sao"</summary>
                <ul>{barred.collect_view()}</ul>
            </details>
        }
    });
    view! {
        <SelectField
            name="unit"
            label="Đơn vị xử lý"
            choices=select_choices(&choices.units)
        />
        {barred}
        <SelectField
            name="handler"
            label="Người xử lý"
            choices=select_choices(&choices.handlers)
            empty="Để đơn vị phân công"
            optional=true
        />
    }
    .into_any()
}

/// Who is to handle a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Assignment {
    unit: UnitId,
    /// A person of the unit.
    handler: Option<StaffId>,
}

impl Assignment {
    /// Reads the form: the unit's id, and the id of a person or nothing.
    ///
    /// # Errors
    /// At `unit` or `handler`.
    fn parse(unit: &str, handler: &str) -> Result<Self, FieldErrors> {
        let unit = unit.parse().map(UnitId);
        let unit = unit.map_err(|_| FieldErrors::at("unit", "Vui lòng chọn đơn vị xử lý."))?;
        let person = || {
            let id = handler.parse::<StaffId>();
            id.map_err(|_| FieldErrors::at("handler", "Vui lòng chọn lại người xử lý."))
        };
        let handler = (!handler.is_empty()).then(person).transpose()?;
        Ok(Self { unit, handler })
    }
}

fn check(fields: &Fields) -> Result<(), FieldErrors> {
    Assignment::parse(value(fields, "unit"), value(fields, "handler")).map(drop)
}

/// Hands a case to a unit.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at `unit` or `handler` if the
/// unit may not judge itself, nobody said whom a matter of conduct is about, the extract is missing, or the person belongs elsewhere.
#[server(endpoint = "quan-tri/ho-so/giao_xu_ly")]
pub async fn assign(
    number: String,
    seen: i64,
    #[server(default)] unit: String,
    #[server(default)] handler: String,
) -> Result<(), AppError> {
    use crate::{
        case::Action,
        casework::ssr::{Transition, hand_over},
    };
    let mut transition = Transition::begin(Action::Assign, &number, seen).await?;
    let Assignment { unit, handler } = Assignment::parse(&unit, &handler)?;
    let event = hand_over(&mut transition, unit, handler).await?;
    transition.commit(event).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_handler_may_be_left_to_the_unit() {
        let unit = UnitId(3);
        assert_eq!(
            Assignment::parse("3", ""),
            Ok(Assignment {
                unit,
                handler: None
            })
        );
        let handler = Some(StaffId(255));
        assert_eq!(
            Assignment::parse("3", "ff"),
            Ok(Assignment { unit, handler })
        );
        assert!(Assignment::parse("", "").unwrap_err().get("unit").is_some());
        assert!(
            Assignment::parse("3", "x")
                .unwrap_err()
                .get("handler")
                .is_some()
        );
    }
}
