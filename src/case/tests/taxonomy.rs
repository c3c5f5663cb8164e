//! The closed lists: codes are unique and find their way back.

use crate::case::{Action, Channel, Confidentiality, Finding, Kind, REASONS, Reason, Status};
use std::collections::BTreeSet;

#[test]
fn every_code_finds_its_value() {
    assert!(
        Kind::ALL
            .iter()
            .all(|v| Kind::from_code(v.code()) == Some(*v))
    );
    assert!(
        Status::ALL
            .iter()
            .all(|v| Status::from_code(v.code()) == Some(*v))
    );
    assert!(
        Action::ALL
            .iter()
            .all(|v| Action::from_code(v.code()) == Some(*v))
    );
    assert!(
        Channel::ALL
            .iter()
            .all(|v| Channel::from_code(v.code()) == Some(*v))
    );
    assert!(
        Confidentiality::ALL
            .iter()
            .all(|v| Confidentiality::from_code(v.code()) == Some(*v))
    );
    assert!(
        Finding::ALL
            .iter()
            .all(|v| Finding::from_code(v.code()) == Some(*v))
    );
    assert_eq!(Kind::from_code("khong_co"), None);
}

#[test]
fn reasons_are_unique_and_stand_under_their_card() {
    let codes: BTreeSet<&str> = REASONS.iter().map(|reason| reason.code).collect();
    assert_eq!(codes.len(), REASONS.len());
    for reason in REASONS {
        let prefix = match reason.kind {
            Kind::Conduct => "HV_",
            Kind::Regulation => "QD_",
            Kind::LateDossier => "TH_",
        };
        assert!(reason.code.starts_with(prefix), "{}", reason.code);
        assert_eq!(Reason::from_code(reason.code), Some(reason));
    }
    assert_eq!(
        Kind::ALL
            .iter()
            .map(|kind| kind.reasons().count())
            .collect::<Vec<_>>(),
        [19, 9, 4]
    );
}
