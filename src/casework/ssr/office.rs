//! What the office does to a case before a unit has it: each is a part of one transition, for a
//! form of its own and for the one form of triage.

use super::{
    assignment::{check_unit, is_unit, provide_extract},
    deadline::count_deadline,
    recusal::leave_out_named,
    transition::Transition,
};
use crate::{
    case::{Action, BodyField, CaseEvent, CaseId, Confidentiality, Kind, StaffId, Status, UnitId},
    casework::actions::{Assignment, Classification, Concerned, FirstSteps, unknown_unit},
    error::AppError,
    rights::Permission,
};

/// The first steps, one after the other, each with its own event; those that are done already and
/// would change nothing are left out. What is kept closer from here on goes no further by the hands
/// of somebody who may not see it.
///
/// # Errors
/// As each of the steps.
pub(crate) async fn triage(
    transition: &mut Transition,
    triage: FirstSteps,
) -> Result<(), AppError> {
    if transition.status() == Status::Submitted {
        transition.go_on(Action::Receive)?;
        transition.record(&CaseEvent::Received, "").await?;
    }
    if !is_classified_so(transition, &triage.classification) {
        transition.go_on(Action::Classify)?;
        let event = classify(transition, triage.classification).await?;
        transition.record(&event, "").await?;
    }
    let written = transition.body(BodyField::Extract).await?;
    if !triage.extract.is_empty() && written.as_deref() != Some(triage.extract.as_str()) {
        transition.go_on(Action::WriteExtract)?;
        let extract = &triage.extract;
        transition.write_body(BodyField::Extract, extract).await?;
        transition.record(&CaseEvent::ExtractWritten, "").await?;
    }
    let staff = transition.authority().staff();
    let sees = transition.case.secrecy != Confidentiality::Denunciation
        || staff.may(Permission::SeeDenunciations);
    if let Some(assignment) = triage.assignment.filter(|_| sees) {
        transition.go_on(Action::Assign)?;
        let event = assign(transition, assignment).await?;
        transition.record(&event, "").await?;
    }
    Ok(())
}

/// Whether the case was classified before and just so.
fn is_classified_so(transition: &Transition, said: &Classification) -> bool {
    let case = &transition.case;
    let concerned = match said.concerned {
        Concerned::AsBefore => case.concerned_unit,
        Concerned::Unknown => None,
        Concerned::Unit(unit) => Some(unit),
    };
    let closed = case.secrecy == Confidentiality::Denunciation;
    let same = (case.kind, &case.reasons, case.concerned_unit, closed)
        == (said.kind, &said.reasons, concerned, said.denunciation);
    transition.status() == Status::Classified && same
}

/// Says what and whom feedback is about, and counts its deadline again.
///
/// # Errors
/// At `concerned` if there is no such unit.
pub(crate) async fn classify(
    transition: &mut Transition,
    classification: Classification,
) -> Result<CaseEvent, AppError> {
    let Classification {
        kind,
        reasons,
        denunciation,
        concerned,
    } = classification;
    let concerned = match concerned {
        Concerned::AsBefore => transition.case.concerned_unit,
        Concerned::Unknown => None,
        Concerned::Unit(unit) if is_unit(transition, unit).await? => Some(unit),
        Concerned::Unit(_) => return Err(unknown_unit().into()),
    };
    let secrecy = match (denunciation, transition.case.secrecy) {
        (true, _) => Confidentiality::Denunciation,
        // whoever sees it looked and found none; what the submitter wished is not known any more
        (false, Confidentiality::Denunciation) => Confidentiality::IdentityHidden,
        (false, as_before) => as_before,
    };
    let due = match transition.case.is_lead {
        true => None,
        false => Some(count_deadline(transition, kind).await?),
    };
    sqlx::query!(
        "update feedback_case
        set kind = $2, reasons = $3, secrecy = $4, due_on = $5, due_rule = $6,
            calendar_version = $7, concerned_unit_id = $8
        where case_id = $1",
        transition.case.id as CaseId,
        kind as Kind,
        &reasons,
        secrecy as Confidentiality,
        due.as_ref().map(|due| due.due_on),
        due.as_ref().map(|_| kind.service_level().code()),
        due.as_ref().map(|due| due.calendar_version),
        concerned as Option<UnitId>
    )
    .execute(&mut *transition.tx)
    .await?;
    let case = &mut transition.case;
    (case.kind, case.secrecy, case.concerned_unit) = (kind, secrecy, concerned);
    case.reasons.clone_from(&reasons);
    if kind == Kind::Conduct || secrecy == Confidentiality::Denunciation {
        leave_out_named(transition).await?;
    }
    Ok(CaseEvent::Classified {
        classified_as: Some(kind),
        reasons,
        denunciation,
        concerned,
    })
}

/// Hands a case to a unit. If the identity is kept secret, an extract must have been written; if it
/// is not, the words themselves become the extract.
///
/// # Errors
/// At `unit` if the unit may not judge the matter, the extract is missing, or the person belongs
/// elsewhere.
pub(crate) async fn assign(
    transition: &mut Transition,
    Assignment { unit, handler }: Assignment,
) -> Result<CaseEvent, AppError> {
    check_unit(transition, unit, handler).await?;
    provide_extract(transition).await?;
    sqlx::query!(
        "update feedback_case set assigned_unit_id = $2, handler_id = $3 where case_id = $1",
        transition.case.id as CaseId,
        unit as UnitId,
        handler as Option<StaffId>
    )
    .execute(&mut *transition.tx)
    .await?;
    let unit = Some(unit);
    Ok(CaseEvent::Assigned { unit, handler })
}
