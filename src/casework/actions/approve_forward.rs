//! Approves a forwarding that somebody else proposed, and informs the submitter of the recipient and
//! of the document that went there.

use super::{
    action_form::{ActionForm, required_text},
    propose_forward::ForwardBy,
};
use crate::{
    case::read_day,
    casework::case_page::CaseFile,
    error::{AppError, FieldErrors},
    ui::{
        TextField,
        form::{Fields, value},
    },
};
use leptos::prelude::*;
use time::Date;

pub const FORM: ActionForm = ActionForm::Fields { fields, check };

/// The longest number of a document, in characters.
const MAX_NUMBER: usize = 100;

/// Number and date of the document.
fn fields(file: &CaseFile) -> AnyView {
    view! {
        <p class="muted">
            "Người phản ánh được báo cơ quan tiếp nhận và văn bản chuyển."
        </p>
        <ForwardBy day=file.choices.forward_by.clone() />
        <TextField name="document_number" label="Số, ký hiệu văn bản chuyển" />
        <TextField name="document_date" label="Ngày văn bản" kind="date" />
    }
    .into_any()
}

fn parse(number: &str, date: &str) -> Result<(String, Date), FieldErrors> {
    let ask = "Vui lòng ghi số, ký hiệu văn bản chuyển.";
    let number = required_text("document_number", number, ask).and_then(|number| {
        match number.chars().count() {
            0..=MAX_NUMBER => Ok(number),
            _ => Err(FieldErrors::at(
                "document_number",
                "Số, ký hiệu dài quá 100 ký tự.",
            )),
        }
    });
    let date = read_day(date)
        .ok_or_else(|| FieldErrors::at("document_date", "Vui lòng ghi ngày của văn bản."));
    match (number, date) {
        (Ok(number), Ok(date)) => Ok((number, date)),
        (number, date) => {
            let mut errors = number.err().unwrap_or_default();
            for (field, message) in date.err().iter().flat_map(FieldErrors::all) {
                errors.add(field, message);
            }
            Err(errors)
        }
    }
}

fn check(fields: &Fields) -> Result<(), FieldErrors> {
    parse(
        value(fields, "document_number"),
        value(fields, "document_date"),
    )
    .map(drop)
}

/// Approves a forwarding.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); [`AppError::Forbidden`] for
/// one's own proposal; at `document_number` or `document_date`, which may not lie ahead.
#[server(endpoint = "quan-tri/ho-so/duyet_chuyen")]
pub async fn approve_forward(
    number: String,
    seen: i64,
    #[server(default)] document_number: String,
    #[server(default)] document_date: String,
) -> Result<(), AppError> {
    use crate::{
        calendar::day_month_year,
        case::{Action, CaseEvent, Direction, Proposal},
        casework::{actions::letters, ssr::Transition},
        directory,
    };
    let mut transition = Transition::begin(Action::ApproveForward, &number, seen).await?;
    let (document, date) = parse(&document_number, &document_date)?;
    if date > transition.today() {
        return Err(FieldErrors::at("document_date", "Ngày văn bản chưa đến.").into());
    }
    let proposed = transition.last_event(Action::ProposeForward.code()).await?;
    let (CaseEvent::ForwardProposed { body: Some(body) }, words) = proposed else {
        return Err(AppError::Conflict);
    };
    let name = directory::ssr::external_body_name(&mut transition.tx, body).await?;
    let name = name.ok_or(AppError::Internal)?;
    transition.clear_proposal(Proposal::Forward).await?;
    let document = format!(
        "Văn bản chuyển số {document} ngày {}.",
        day_month_year(date)
    );
    let letter = letters::forwarded(&name, &document, &words);
    transition.add_message(Direction::Out, &letter).await?;
    let body = Some(body);
    let event = CaseEvent::ForwardApproved { body };
    transition.commit_with(event, &document).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_and_date_are_both_asked_for() {
        assert_eq!(parse("", "").unwrap_err().all().len(), 2, "in one round");
        assert!(parse("12/SNNMT-VP", "2026-11-24").is_ok());
        assert!(parse("12/SNNMT-VP", "mai").is_err());
    }
}
