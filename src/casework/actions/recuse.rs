//! Says who takes no part in a case: whoever the feedback names, their relatives, whoever has an
//! interest in it. They do not see it any more.

use super::{action_form::ActionForm, select_choices};
use crate::{
    case::StaffId,
    casework::case_page::CaseFile,
    error::{AppError, FieldErrors},
    ui::{
        CheckGroup,
        form::{Fields, values},
    },
};
use leptos::prelude::*;

pub const FORM: ActionForm = ActionForm::Fields { fields, check };

/// Everybody who may know of cases; ticked are those who take no part.
fn fields(file: &CaseFile) -> AnyView {
    view! {
        <CheckGroup
            name="recused[]"
            legend="Những người không tham gia"
            hint="Đánh dấu người được nêu trong phản ánh, người thân của họ, hoặc người có lợi ích \
            liên quan. Người được đánh dấu không còn thấy hồ sơ này; bỏ dấu thì thấy lại."
            choices=select_choices(&file.choices.people)
            values=file.choices.recused.clone()
        />
    }
    .into_any()
}

/// Reads the ids of the people.
///
/// # Errors
/// At `recused[]` if one is none.
fn parse(recused: &[String]) -> Result<Vec<StaffId>, FieldErrors> {
    let ids = recused.iter().map(|id| id.parse::<StaffId>());
    let ids = ids.collect::<Result<Vec<_>, _>>();
    ids.map_err(|_| FieldErrors::at("recused[]", "Vui lòng chọn người trong danh sách."))
}

fn check(fields: &Fields) -> Result<(), FieldErrors> {
    parse(&values(fields, "recused[]")).map(drop)
}

/// Says who takes no part.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at `recused[]` if somebody is
/// not of the staff, or no leader would be left who sees the case.
#[server(endpoint = "quan-tri/ho-so/khong_tham_gia")]
pub async fn recuse(
    number: String,
    seen: i64,
    #[server(default)] recused: Vec<String>,
) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent},
        casework::ssr::{Transition, recuse_staff},
    };
    let mut transition = Transition::begin(Action::Recuse, &number, seen).await?;
    // the list replaces the one before: whoever was named meanwhile must be on the page
    let newer = [Action::Recuse.leaves()];
    transition.refuse_newer(&newer, seen).await?;
    let staff = parse(&recused)?;
    recuse_staff(&mut transition, &staff).await?;
    transition.commit(CaseEvent::Recused { staff }).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_or_several_may_be_ticked_and_nothing_else() {
        assert_eq!(parse(&[]), Ok(vec![]));
        let two = ["ff", "1"].map(str::to_owned);
        assert_eq!(parse(&two), Ok(vec![StaffId(255), StaffId(1)]));
        let refused = parse(&["ai-do".to_owned()]).unwrap_err();
        assert!(refused.get("recused[]").is_some());
    }
}
