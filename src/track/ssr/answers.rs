//! Every answer that a case was given, as the letters they are.

use super::case_view::{day_of, last};
use crate::{
    calendar::long_date,
    case::{BodyField, CaseEvent},
    records::{Bodies, PublicEventRecord},
    rights::Role,
    ui::LetterSheet,
};

/// What the letters are made of.
pub(super) struct Given<'a> {
    /// The texts that row security lets the submitter have.
    pub bodies: &'a Bodies,
    /// The history, oldest first.
    pub events: &'a [PublicEventRecord],
    /// Until it is approved the reply is a draft of the department.
    pub is_answered: bool,
    /// The case number.
    pub number: &'a str,
    /// Who writes.
    pub department: String,
    /// The matter in a line.
    pub matter: &'a str,
}

/// The letters, oldest first: the one before the case was opened again, and the present one.
pub(super) fn answers(given: &Given<'_>) -> Vec<LetterSheet> {
    let reopened = given
        .events
        .iter()
        .rposition(|record| record.event == CaseEvent::Reopened);
    let earlier = &given.events[..reopened.unwrap_or(0)];
    let present = match given.is_answered {
        true => given.bodies.text(BodyField::Reply),
        false => String::new(),
    };
    let texts = [
        (given.bodies.text(BodyField::FirstReply), earlier),
        (present, given.events),
    ];
    let texts = texts.into_iter().filter(|(text, _)| !text.is_empty());
    texts
        .map(|(text, until)| letter(given, text, until))
        .collect()
}

/// A letter signed by whoever answered last in `history`.
fn letter(given: &Given<'_>, text: String, history: &[PublicEventRecord]) -> LetterSheet {
    let signed = last(history, |event| *event == CaseEvent::Answered);
    let role = signed.and_then(|record| record.role);
    LetterSheet {
        from: given.department.clone(),
        number: given.number.to_owned(),
        date: signed.map_or(String::new(), |record| long_date(day_of(record))),
        about: given.matter.to_owned(),
        text,
        post: role.unwrap_or(Role::Leader).label().to_owned(),
        signer: signed
            .and_then(|record| record.signer.clone())
            .unwrap_or_default(),
    }
}
