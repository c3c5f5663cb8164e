//! What staff may enter with an action, parsed the same on both sides.

use super::{letters::Door, refusal::refusal_label};
use crate::{
    case::{Finding, Kind, Reason, normalise},
    error::FieldErrors,
};

/// The longest text of one entry, in characters.
pub const MAX_TEXT: usize = 20_000;

fn error(field: &str, message: &str) -> FieldErrors {
    let mut errors = FieldErrors::default();
    errors.add(field, message);
    errors
}

/// A text that must be there.
///
/// # Errors
/// At `field`: `ask` where it is empty; where it is longer than [`MAX_TEXT`].
pub fn text(field: &str, typed: &str, ask: &str) -> Result<String, FieldErrors> {
    match optional_text(field, typed)? {
        empty if empty.is_empty() => Err(error(field, ask)),
        text => Ok(text),
    }
}

/// A text that may be left out.
///
/// # Errors
/// At `field` where it is longer than [`MAX_TEXT`].
pub fn optional_text(field: &str, typed: &str) -> Result<String, FieldErrors> {
    let text = normalise(typed);
    if text.chars().count() > MAX_TEXT {
        Err(error(
            field,
            "Nội dung dài quá 20.000 ký tự. Vui lòng viết gọn lại.",
        ))
    } else {
        Ok(text)
    }
}

/// What feedback is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classification {
    /// Which family.
    pub kind: Kind,
    /// Codes of the reasons, at least one, all of the kind.
    pub reasons: Vec<&'static str>,
    /// Signs of a denunciation: fewer people may see it.
    pub denunciation: bool,
}

impl Classification {
    /// Reads the form. Reasons of another kind are dropped: the boxes of every kind stand on the page.
    ///
    /// # Errors
    /// At `kind` or `reasons[]`.
    pub fn parse(kind: &str, reasons: &[String], denunciation: &str) -> Result<Self, FieldErrors> {
        let kind =
            Kind::from_code(kind).ok_or_else(|| error("kind", "Vui lòng chọn loại phản ánh."))?;
        let reasons: Vec<_> = kind
            .reasons()
            .map(|reason: &Reason| reason.code)
            .filter(|code| reasons.iter().any(|r| r == code))
            .collect();
        if reasons.is_empty() {
            return Err(error(
                "reasons[]",
                "Vui lòng chọn ít nhất một lý do thuộc loại đã chọn.",
            ));
        }
        Ok(Self {
            kind,
            reasons,
            denunciation: denunciation == "1",
        })
    }
}

/// Who is to handle a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The unit.
    pub unit: i16,
    /// A person of the unit.
    pub handler: Option<u128>,
}

impl Assignment {
    /// Reads the form: unit id, and 32 hexadecimal digits of a person or nothing.
    ///
    /// # Errors
    /// At `unit` or `handler`.
    pub fn parse(unit: &str, handler: &str) -> Result<Self, FieldErrors> {
        let unit = unit
            .parse()
            .map_err(|_| error("unit", "Vui lòng chọn đơn vị xử lý."))?;
        let person = u128::from_str_radix(handler, 16)
            .map_err(|_| error("handler", "Vui lòng chọn lại người xử lý."));
        Ok(Self {
            unit,
            handler: if handler.is_empty() {
                None
            } else {
                Some(person?)
            },
        })
    }
}

/// The findings possible for a kind (Decree 20/2008 art. 14.2; `docs/law.md#findings`).
pub fn findings(kind: Kind) -> &'static [Finding] {
    let (conduct, regulation) = Finding::ALL.split_at(5);
    if kind == Kind::Regulation {
        regulation
    } else {
        conduct
    }
}

/// What was found.
///
/// # Errors
/// At `finding` where none was chosen, or one of another kind.
pub fn finding(kind: Kind, code: &str) -> Result<Finding, FieldErrors> {
    let of_kind = Finding::from_code(code).filter(|finding| findings(kind).contains(finding));
    of_kind.ok_or_else(|| error("finding", "Vui lòng chọn kết luận."))
}

/// Why feedback is not to be accepted.
///
/// # Errors
/// At `refusal_reason` where none was chosen.
pub fn refusal_reason(code: &str) -> Result<&str, FieldErrors> {
    refusal_label(code)
        .map(|_| code)
        .ok_or_else(|| error("refusal_reason", "Vui lòng chọn lý do không tiếp nhận."))
}

/// The body a case is to be forwarded to, by id.
///
/// # Errors
/// At `external_body` where none was chosen.
pub fn external_body(typed: &str) -> Result<i16, FieldErrors> {
    typed
        .parse()
        .map_err(|_| error("external_body", "Vui lòng chọn cơ quan có thẩm quyền."))
}

/// Where the submitter is guided.
///
/// # Errors
/// At `door` where nothing was chosen.
pub fn door(code: &str) -> Result<Door, FieldErrors> {
    Door::from_code(code).ok_or_else(|| error("door", "Vui lòng chọn nội dung hướng dẫn."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reasons_of_another_kind_do_not_count() {
        let ticked = [
            "HV_KHAC".to_owned(),
            "QD_KHAC".to_owned(),
            "<script>".to_owned(),
        ];
        let parsed =
            Classification::parse("quy_dinh", &ticked, "").expect("one reason is of the kind");
        assert_eq!(
            (parsed.reasons.as_slice(), parsed.denunciation),
            (["QD_KHAC"].as_slice(), false)
        );
        assert!(
            Classification::parse("tre_hen", &ticked, "")
                .is_err_and(|e| e.get("reasons[]").is_some())
        );
        assert!(Classification::parse("", &ticked, "1").is_err_and(|e| e.get("kind").is_some()));
    }

    #[test]
    fn a_finding_belongs_to_its_kind() {
        assert_eq!(finding(Kind::LateDossier, "dung"), Ok(Finding::True));
        assert!(finding(Kind::Regulation, "dung").is_err());
        assert_eq!(
            finding(Kind::Regulation, "chua_du_co_so"),
            Ok(Finding::NotYetGrounded)
        );
        assert!(finding(Kind::Conduct, "chua_du_co_so").is_err());
    }

    #[test]
    fn the_handler_may_be_left_to_the_unit() {
        assert_eq!(
            Assignment::parse("3", ""),
            Ok(Assignment {
                unit: 3,
                handler: None
            })
        );
        assert_eq!(
            Assignment::parse("3", "ff"),
            Ok(Assignment {
                unit: 3,
                handler: Some(255)
            })
        );
        assert!(Assignment::parse("", "").is_err_and(|e| e.get("unit").is_some()));
    }

    proptest! {
        #[test]
        fn a_text_is_kept_or_asked_for(typed in "\\PC{0,80}") {
            match text("note", &typed, "Vui lòng ghi nội dung.") {
                Ok(kept) => prop_assert!(!kept.trim().is_empty()),
                Err(errors) => prop_assert!(errors.get("note").is_some()),
            }
        }
    }
}
