//! Nobody concludes in their own matter (`docs/law.md#conflict-of-interest`).

use crate::case::{Confidentiality, Kind, UnitId};

/// A unit and the unit above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitNode {
    /// The unit.
    pub unit: UnitId,
    /// The unit above it.
    pub parent: Option<UnitId>,
}

/// Why `target` may not handle a case that concerns `concerned`; `None` if it may.
/// A matter of conduct goes to the unit above the one concerned or to another; a sign of
/// denunciation, besides, never below it.
pub fn conflict(
    units: &[UnitNode],
    concerned: Option<UnitId>,
    target: UnitId,
    kind: Kind,
    secrecy: Confidentiality,
) -> Option<&'static str> {
    let concerned = concerned?;
    let sealed = secrecy == Confidentiality::Denunciation;
    match (is_within(units, target, concerned), target == concerned) {
        (_, true) if sealed || kind == Kind::Conduct => Some(
            "Đơn vị bị phản ánh không được tự kết luận về mình. Vui lòng giao đơn vị cấp trên \
             hoặc đơn vị khác.",
        ),
        (true, false) if sealed => {
            Some("Đơn vị trực thuộc đơn vị bị phản ánh không được xử lý hồ sơ có dấu hiệu tố cáo.")
        }
        _ => None,
    }
}

/// Whether `unit` is `top` or below it. A cycle in the register ends the walk.
fn is_within(units: &[UnitNode], unit: UnitId, top: UnitId) -> bool {
    let mut at = Some(unit);
    for _ in 0..=units.len() {
        match at {
            Some(here) if here == top => return true,
            Some(here) => {
                at = units
                    .iter()
                    .find(|place| place.unit == here)
                    .and_then(|place| place.parent)
            }
            None => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNITS: [UnitNode; 3] = [
        UnitNode {
            unit: UnitId(1),
            parent: None,
        },
        UnitNode {
            unit: UnitId(2),
            parent: Some(UnitId(1)),
        },
        UnitNode {
            unit: UnitId(3),
            parent: None,
        },
    ];

    fn refused(concerned: i16, target: i16, kind: Kind, secrecy: Confidentiality) -> bool {
        conflict(
            &UNITS,
            Some(UnitId(concerned)),
            UnitId(target),
            kind,
            secrecy,
        )
        .is_some()
    }

    #[test]
    fn a_branch_does_not_judge_its_own_conduct() {
        assert!(refused(2, 2, Kind::Conduct, Confidentiality::Ordinary));
        assert!(!refused(2, 1, Kind::Conduct, Confidentiality::Ordinary));
        assert!(!refused(2, 3, Kind::Conduct, Confidentiality::Ordinary));
    }

    #[test]
    fn a_denunciation_does_not_go_below_the_unit_it_names() {
        assert!(refused(
            1,
            1,
            Kind::LateDossier,
            Confidentiality::Denunciation
        ));
        assert!(refused(
            1,
            2,
            Kind::LateDossier,
            Confidentiality::Denunciation
        ));
        assert!(!refused(1, 3, Kind::Conduct, Confidentiality::Denunciation));
    }

    #[test]
    fn a_late_dossier_and_a_rule_may_stay_where_they_belong() {
        assert!(!refused(
            2,
            2,
            Kind::LateDossier,
            Confidentiality::IdentityHidden
        ));
        assert!(!refused(3, 3, Kind::Regulation, Confidentiality::Ordinary));
    }

    #[test]
    fn where_no_unit_is_named_any_may_handle() {
        assert_eq!(
            conflict(
                &UNITS,
                None,
                UnitId(2),
                Kind::Conduct,
                Confidentiality::Denunciation
            ),
            None
        );
    }

    #[test]
    fn a_circle_in_the_register_ends() {
        let circle = [
            UnitNode {
                unit: UnitId(1),
                parent: Some(UnitId(2)),
            },
            UnitNode {
                unit: UnitId(2),
                parent: Some(UnitId(1)),
            },
        ];
        assert_eq!(
            conflict(
                &circle,
                Some(UnitId(9)),
                UnitId(1),
                Kind::Conduct,
                Confidentiality::Denunciation
            ),
            None
        );
    }
}
