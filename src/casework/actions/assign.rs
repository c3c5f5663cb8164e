//! Hands a case to a unit, or to one of its people. If the identity is kept secret, an extract must
//! have been written; if it is not, the words themselves become the extract.

use super::{
    action_form::ActionForm,
    conflict::{UnitNode, conflict},
};
use crate::{
    case::{Confidentiality, Kind, StaffId, UnitId},
    casework::case_page::{CaseFile, Receiver},
    error::{AppError, FieldErrors},
    ui::{
        Choice, ChoiceGroup, GroupedSelect,
        form::{Fields, value},
    },
};
use leptos::prelude::*;

pub const FORM: ActionForm = ActionForm::Fields { fields, check };

/// One list of units and their people; which units may not have it, and why.
fn fields(file: &CaseFile) -> AnyView {
    let receivers = file.choices.receivers.clone();
    let about = About::of(file);
    view! { <Receivers receivers about=Signal::derive(move || Some(about)) /> }.into_any()
}

/// What decides who may have a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// Kind of feedback.
    pub kind: Kind,
    /// The unit it is about, as far as that is known.
    pub concerned: Option<UnitId>,
    /// Signs of a denunciation.
    pub denunciation: bool,
}

impl About {
    /// As the case stands.
    pub fn of(file: &CaseFile) -> Self {
        Self {
            kind: file.kind,
            concerned: file.choices.concerned.parse().ok().map(UnitId),
            denunciation: file.choices.denunciation,
        }
    }

    /// Why a unit may not have it; `None` if it may.
    fn against(self, receivers: &[Receiver], unit: UnitId) -> Option<&'static str> {
        let secrecy = match self.denunciation {
            true => Confidentiality::Denunciation,
            false => Confidentiality::Ordinary,
        };
        let node = |receiver: &Receiver| UnitNode {
            unit: receiver.unit,
            parent: receiver.parent,
            verifies: receiver.verifies,
        };
        let units: Vec<_> = receivers.iter().map(node).collect();
        conflict(&units, self.concerned, unit, self.kind, secrecy)
    }
}

/// Units and their people in one list, without those that may not have the case; why not, below.
#[component]
pub fn Receivers(
    /// Every unit.
    receivers: Vec<Receiver>,
    /// What the case is about; `None` bars nobody yet.
    #[prop(into)]
    about: Signal<Option<About>>,
    /// Choices before the units.
    #[prop(optional)]
    first: Vec<Choice>,
) -> impl IntoView {
    let groups = receivers.iter().map(group).collect::<Vec<_>>();
    let barred = Signal::derive(move || {
        let about = about.get();
        let against = |receiver: &&Receiver| {
            about.is_some_and(|about| about.against(&receivers, receiver.unit).is_some())
        };
        let barred = receivers.iter().filter(against);
        barred
            .map(|receiver| (receiver.unit.0.to_string(), receiver.name.clone()))
            .collect::<Vec<_>>()
    });
    let keys = Signal::derive(move || barred.get().into_iter().map(|(key, _)| key).collect());
    let names = move || {
        let names = barred
            .get()
            .into_iter()
            .map(|(_, name)| name)
            .collect::<Vec<_>>();
        (!names.is_empty()).then(|| {
            view! {
                <p class="field-hint">
                    "Không giao được (là nơi được phản ánh, trực thuộc, hoặc chưa rõ nơi nào): "
                    {names.join("; ")} "."
                </p>
            }
        })
    };
    view! {
        <GroupedSelect name="unit" label="Giao cho" groups first barred=keys />
        {names}
    }
}

/// A unit, then its people.
fn group(receiver: &Receiver) -> ChoiceGroup {
    let unit = receiver.unit.0;
    let whole = Choice::new(
        unit.to_string(),
        format!("{}: để đơn vị phân công", receiver.name),
    );
    let people = receiver.people.iter();
    let people = people.map(|(id, name)| Choice::new(format!("{unit}.{id}"), name.as_str()));
    ChoiceGroup {
        key: unit.to_string(),
        label: receiver.name.clone(),
        choices: std::iter::once(whole).chain(people).collect(),
    }
}

/// Who is to handle a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The unit.
    pub unit: UnitId,
    /// A person of the unit.
    pub handler: Option<StaffId>,
}

impl Assignment {
    /// Reads the choice: a unit's id, and after a point the id of a person if one was chosen.
    ///
    /// # Errors
    /// At `unit`.
    pub fn parse(chosen: &str) -> Result<Self, FieldErrors> {
        let ask = || FieldErrors::at("unit", "Vui lòng chọn đơn vị hoặc người xử lý.");
        let (unit, handler) = match chosen.split_once('.') {
            Some((unit, handler)) => (unit, Some(handler)),
            None => (chosen, None),
        };
        let unit = unit.parse().map(UnitId).map_err(|_| ask())?;
        let handler = handler.map(str::parse::<StaffId>).transpose();
        Ok(Self {
            unit,
            handler: handler.map_err(|_| ask())?,
        })
    }
}

fn check(fields: &Fields) -> Result<(), FieldErrors> {
    Assignment::parse(value(fields, "unit")).map(drop)
}

/// Hands a case to a unit.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at `unit` if the unit may not
/// judge itself, nobody said whom a matter of conduct is about, the extract is missing, or the
/// person belongs elsewhere.
#[server(endpoint = "quan-tri/ho-so/giao_xu_ly")]
pub async fn assign(
    number: String,
    seen: i64,
    #[server(default)] unit: String,
) -> Result<(), AppError> {
    use crate::{
        case::Action,
        casework::ssr::{self, Transition},
    };
    let mut transition = Transition::begin(Action::Assign, &number, seen).await?;
    let event = ssr::assign(&mut transition, Assignment::parse(&unit)?).await?;
    transition.commit(event).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_handler_may_be_left_to_the_unit() {
        let unit = UnitId(3);
        let handler = None;
        assert_eq!(Assignment::parse("3"), Ok(Assignment { unit, handler }));
        let handler = Some(StaffId(255));
        assert_eq!(Assignment::parse("3.ff"), Ok(Assignment { unit, handler }));
        for nothing in ["", ".", "3.", "3.x", "x.ff"] {
            assert!(
                Assignment::parse(nothing)
                    .unwrap_err()
                    .get("unit")
                    .is_some()
            );
        }
    }

    #[test]
    fn a_unit_is_barred_by_what_is_said_of_the_case_now() {
        let receiver = |unit, parent, verifies| Receiver {
            unit: UnitId(unit),
            parent: Some(parent).filter(|parent| *parent > 0).map(UnitId),
            verifies,
            name: String::new(),
            people: Vec::new(),
        };
        let all = [
            receiver(1, 0, false),
            receiver(2, 1, false),
            receiver(3, 0, true),
        ];
        let about = |kind, concerned: Option<i16>, denunciation| About {
            kind,
            concerned: concerned.map(UnitId),
            denunciation,
        };
        let barred = |about: About| {
            let units = [1, 2, 3].into_iter();
            let barred = units.filter(|unit| about.against(&all, UnitId(*unit)).is_some());
            barred.collect::<Vec<_>>()
        };
        assert_eq!(barred(about(Kind::Conduct, Some(1), false)), [1, 2]);
        assert_eq!(barred(about(Kind::Conduct, None, false)), [1, 2]);
        assert!(barred(about(Kind::LateDossier, Some(1), false)).is_empty());
        assert_eq!(barred(about(Kind::LateDossier, Some(2), true)), [2]);
    }
}
