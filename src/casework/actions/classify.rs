//! Says what and whom feedback is about, and counts the deadline again by the rule of its kind.

use super::{action_form::ActionForm, select_choices};
use crate::{
    case::{BRIBERY, Kind, Reason, UnitId},
    casework::case_page::{CaseFile, UNKNOWN_UNIT},
    error::{AppError, FieldErrors},
    ui::{
        CheckField, CheckSections, Choice, ChoiceSection, RadioGroup, SelectField,
        form::{Fields, value, values},
    },
};
use leptos::prelude::*;

pub const FORM: ActionForm = ActionForm::Fields { fields, check };

/// Kind, the reasons of that kind, whom it is about, and whether it is kept closer.
pub fn fields(file: &CaseFile) -> AnyView {
    let kinds = Kind::ALL.iter();
    let kinds = kinds
        .map(|kind| Choice::new(kind.code(), kind.short()))
        .collect::<Vec<_>>();
    let sections = Kind::ALL.iter().map(|kind| ChoiceSection {
        class: format!("reasons-of reasons-{}", kind.code()),
        choices: kind
            .reasons()
            .map(|reason| reason_choice(file, reason))
            .collect(),
    });
    let mut places = vec![Choice::new(UNKNOWN_UNIT, "Chưa xác định được")];
    places.extend(select_choices(&file.choices.places));
    let by = file.choices.classify_by.clone();
    view! {
        {(!by.is_empty())
            .then(|| view! { <p>"Phân loại chậm nhất "<strong>{by}</strong>"."</p> })}
        <div class="classify">
            <RadioGroup
                name="kind"
                legend="Loại"
                choices=kinds
                value=file.kind.code()
                class="chips"
            />
            <CheckSections
                name="reasons[]"
                legend="Lý do"
                hint="“Gợi ý” là đọc từ lời kể; vui lòng xem lại."
                sections=sections.collect()
                rest_is="Lý do khác"
                values=ticked(file)
            />
        </div>
        <SelectField
            name="concerned"
            label="Đơn vị được phản ánh"
            hint="Về hành vi, đơn vị này và nơi trực thuộc không tự xử lý."
            choices=places
            value=file.choices.concerned.clone()
        />
        <CheckField
            name="denunciation"
            label="Giữ kín, có dấu hiệu tố cáo"
            hint="Chỉ lãnh đạo Sở xem và giao việc. Nhũng nhiễu luôn giữ kín."
            checked=file.choices.denunciation
        />
    }
    .into_any()
}

fn reason_choice(file: &CaseFile, reason: &Reason) -> Choice {
    let choice = Choice::new(reason.code, reason.label);
    let is_likely = file.choices.likely.iter().any(|code| code == reason.code);
    match is_likely {
        true => choice.help("Gợi ý"),
        false => choice,
    }
}

/// What the submitter ticked, and what their words speak for; that a case is about bribery a person
/// says, since it closes the circle of those who see it.
fn ticked(file: &CaseFile) -> Vec<String> {
    let likely = file.choices.likely.iter().filter(|code| *code != BRIBERY);
    file.choices.reasons.iter().chain(likely).cloned().collect()
}

/// What feedback is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classification {
    /// Which family.
    pub kind: Kind,
    /// Codes of the reasons, at least one, all of the kind.
    pub reasons: Vec<String>,
    /// Signs of a denunciation: fewer people may see it.
    pub denunciation: bool,
    /// Whom it is about.
    pub concerned: Concerned,
}

/// What is said of the unit that feedback is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concerned {
    /// Nothing: it stays as it was.
    AsBefore,
    /// Nobody knows yet.
    Unknown,
    /// This one.
    Unit(UnitId),
}

impl Concerned {
    fn parse(typed: &str) -> Result<Self, FieldErrors> {
        match typed {
            "" => Ok(Self::AsBefore),
            UNKNOWN_UNIT => Ok(Self::Unknown),
            id => id
                .parse()
                .map(|id| Self::Unit(UnitId(id)))
                .map_err(|_| unknown_unit()),
        }
    }
}

/// No unit of the register was named.
pub fn unknown_unit() -> FieldErrors {
    FieldErrors::at("concerned", "Vui lòng chọn đơn vị trong danh sách.")
}

impl Classification {
    /// Reads the form. Reasons of another kind are dropped: the boxes of every kind are on the
    /// page.
    ///
    /// # Errors
    /// At `kind`, `reasons[]` or `concerned`.
    pub fn parse(
        kind: &str,
        reasons: &[String],
        denunciation: &str,
        concerned: &str,
    ) -> Result<Self, FieldErrors> {
        let kind = Kind::from_code(kind)
            .ok_or_else(|| FieldErrors::at("kind", "Vui lòng chọn loại phản ánh."))?;
        let of_kind = kind.reasons().map(|reason| reason.code.to_owned());
        let reasons: Vec<_> = of_kind.filter(|code| reasons.contains(code)).collect();
        if reasons.is_empty() {
            let message = "Vui lòng chọn ít nhất một lý do thuộc loại đã chọn.";
            return Err(FieldErrors::at("reasons[]", message));
        }
        Ok(Self {
            kind,
            denunciation: denunciation == "1" || reasons.iter().any(|code| code == BRIBERY),
            reasons,
            concerned: Concerned::parse(concerned)?,
        })
    }
}

fn check(fields: &Fields) -> Result<(), FieldErrors> {
    let (kind, reasons) = (value(fields, "kind"), values(fields, "reasons[]"));
    let (denunciation, concerned) = (value(fields, "denunciation"), value(fields, "concerned"));
    Classification::parse(kind, &reasons, denunciation, concerned).map(drop)
}

/// Classifies a case.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at `kind`, `reasons[]` or
/// `concerned`.
#[server(endpoint = "quan-tri/ho-so/phan_loai")]
pub async fn classify(
    number: String,
    seen: i64,
    #[server(default)] kind: String,
    #[server(default)] reasons: Vec<String>,
    #[server(default)] denunciation: String,
    #[server(default)] concerned: String,
) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent},
        casework::ssr::{self, Transition},
    };
    let mut transition = Transition::begin(Action::Classify, &number, seen).await?;
    let newer = [Action::Classify.leaves(), CaseEvent::CircleClosed.code()];
    transition.refuse_newer(&newer, seen).await?;
    let classification = Classification::parse(&kind, &reasons, &denunciation, &concerned)?;
    let event = ssr::classify(&mut transition, classification).await?;
    transition.commit(event).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_of_another_kind_do_not_count() {
        let ticked = ["HV_KHAC", "QD_KHAC", "<script>"].map(str::to_owned);
        let parsed = Classification::parse("quy_dinh", &ticked, "", "");
        let parsed = parsed.expect("one is of the kind");
        assert_eq!(parsed.reasons, ["QD_KHAC"]);
        assert!(!parsed.denunciation);
        let refused = |kind, unit| Classification::parse(kind, &ticked, "1", unit).unwrap_err();
        assert!(refused("tre_hen", "").get("reasons[]").is_some());
        assert!(refused("", "").get("kind").is_some());
        assert!(refused("quy_dinh", "x").get("concerned").is_some());
    }

    #[test]
    fn bribery_is_kept_closer_though_the_box_was_left_empty() {
        let ticked = ["HV_CHAM_TRE", BRIBERY].map(str::to_owned);
        let parsed = Classification::parse("hanh_vi", &ticked, "", "");
        assert!(parsed.is_ok_and(|parsed| parsed.denunciation));
    }

    #[test]
    fn what_is_not_said_of_the_unit_stays_and_not_known_is_said() {
        for (typed, said) in [
            ("", Concerned::AsBefore),
            (UNKNOWN_UNIT, Concerned::Unknown),
            ("7", Concerned::Unit(UnitId(7))),
        ] {
            assert_eq!(Concerned::parse(typed), Ok(said));
        }
    }
}
