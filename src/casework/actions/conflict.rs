//! Nobody concludes in their own matter (`docs/law.md#conflict-of-interest`).

use crate::case::{Confidentiality, Kind, UnitId};

/// A unit and the unit above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitNode {
    /// The unit.
    pub unit: UnitId,
    /// The unit above it.
    pub parent: Option<UnitId>,
    /// The verification team: it looks into matters of which nobody knows yet whom they are about.
    pub verifies: bool,
}

/// Why `target` may not handle a case that concerns `concerned`; `None` if it may.
///
/// A matter of conduct, or one with a sign of denunciation, goes neither to the unit it is about
/// nor to one below it. As long as nobody knows whom it is about, any unit could be that one: only
/// the verification team may have it.
pub fn conflict(
    units: &[UnitNode],
    concerned: Option<UnitId>,
    target: UnitId,
    kind: Kind,
    secrecy: Confidentiality,
) -> Option<&'static str> {
    if kind != Kind::Conduct && secrecy != Confidentiality::Denunciation {
        return None;
    }
    let verifies = |node: &UnitNode| node.unit == target && node.verifies;
    match concerned {
        None if units.iter().any(verifies) => None,
        None => Some(
            "Chưa rõ đơn vị được phản ánh. Vui lòng chọn đơn vị đó rồi giao; khi chưa xác định \
             được, chỉ giao Tổ kiểm tra.",
        ),
        Some(concerned) if concerned == target => Some(
            "Đơn vị được phản ánh không được tự kết luận về mình. Vui lòng giao đơn vị cấp trên \
             hoặc đơn vị khác.",
        ),
        Some(concerned) if is_within(units, target, concerned) => {
            Some("Đơn vị trực thuộc đơn vị được phản ánh không được xử lý hồ sơ này.")
        }
        Some(_) => None,
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

    const fn node(unit: i16, parent: Option<i16>, verifies: bool) -> UnitNode {
        let parent = match parent {
            Some(parent) => Some(UnitId(parent)),
            None => None,
        };
        UnitNode {
            unit: UnitId(unit),
            parent,
            verifies,
        }
    }

    /// 2 is below 1; 4 verifies.
    const UNITS: [UnitNode; 4] = [
        node(1, None, false),
        node(2, Some(1), false),
        node(3, None, false),
        node(4, None, true),
    ];

    fn refused(
        concerned: impl Into<Option<i16>>,
        target: i16,
        kind: Kind,
        secrecy: Confidentiality,
    ) -> bool {
        let concerned = concerned.into().map(UnitId);
        conflict(&UNITS, concerned, UnitId(target), kind, secrecy).is_some()
    }

    #[test]
    fn a_branch_does_not_judge_its_own_conduct() {
        assert!(refused(2, 2, Kind::Conduct, Confidentiality::Ordinary));
        assert!(!refused(2, 1, Kind::Conduct, Confidentiality::Ordinary));
        assert!(!refused(2, 3, Kind::Conduct, Confidentiality::Ordinary));
    }

    #[test]
    fn nobody_judges_the_conduct_of_the_unit_above_them() {
        assert!(refused(1, 2, Kind::Conduct, Confidentiality::Ordinary));
    }

    #[test]
    fn a_denunciation_goes_neither_to_the_unit_it_names_nor_below_whatever_its_kind() {
        let refused = |target| refused(1, target, Kind::LateDossier, Confidentiality::Denunciation);
        assert!(refused(1) && refused(2));
        assert!(!refused(3) && !refused(4));
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
        assert!(!refused(
            None,
            3,
            Kind::Regulation,
            Confidentiality::Ordinary
        ));
    }

    #[test]
    fn as_long_as_nobody_knows_whom_it_is_about_only_the_verification_team_may_have_it() {
        for (kind, secrecy) in [
            (Kind::Conduct, Confidentiality::IdentityHidden),
            (Kind::LateDossier, Confidentiality::Denunciation),
        ] {
            assert!(refused(None, 2, kind, secrecy) && refused(None, 3, kind, secrecy));
            assert!(!refused(None, 4, kind, secrecy));
        }
    }

    #[test]
    fn a_circle_in_the_register_ends() {
        let circle = [node(1, Some(2), false), node(2, Some(1), false)];
        let secrecy = Confidentiality::Denunciation;
        assert_eq!(
            conflict(&circle, Some(UnitId(9)), UnitId(1), Kind::Conduct, secrecy),
            None
        );
    }
}
