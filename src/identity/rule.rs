//! Who may request, who may allow, and the stage of an opening: pure, so that every combination can
//! be tested.

use crate::case::{ReplyBy, StaffId, UnitId};
use time::{Duration, OffsetDateTime};

/// How long an allowed opening may be used.
pub const ALLOWED_FOR: Duration = Duration::hours(24);

/// The stage of one opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Waits for a second leader.
    Awaiting,
    /// May be used until it expires.
    Allowed,
    /// Was allowed; its day has passed.
    Over,
    /// Was not allowed.
    Refused,
}

/// The stage at `now` of an opening allowed or refused at these moments.
pub fn stage(
    approved_at: Option<OffsetDateTime>,
    refused_at: Option<OffsetDateTime>,
    expires_at: Option<OffsetDateTime>,
    now: OffsetDateTime,
) -> Stage {
    match (approved_at, refused_at) {
        (_, Some(_)) => Stage::Refused,
        (None, None) => Stage::Awaiting,
        (Some(approved), None) if now < expires_at.unwrap_or(approved + ALLOWED_FOR) => {
            Stage::Allowed
        }
        (Some(_), None) => Stage::Over,
    }
}

/// Whether somebody of `unit` may ask about a case that concerns `concerned`: the unit concerned never learns who spoke.
pub fn may_ask(unit: Option<UnitId>, concerned: Option<UnitId>) -> bool {
    concerned.is_none() || unit != concerned
}

/// Whether `who` of `unit` may allow or refuse what `asked_by` asked: a second person, and not of the unit concerned.
pub fn may_decide(
    who: StaffId,
    unit: Option<UnitId>,
    asked_by: StaffId,
    concerned: Option<UnitId>,
) -> bool {
    who != asked_by && may_ask(unit, concerned)
}

/// The reason that a call or letter which is owed gives.
pub fn purpose(owed: Option<ReplyBy>) -> &'static str {
    match owed {
        Some(ReplyBy::Phone) => {
            "Gọi điện báo câu trả lời theo cách người phản ánh đã chọn khi gửi."
        }
        Some(ReplyBy::Letter) => "Gửi thư trả lời theo cách người phản ánh đã chọn khi gửi.",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::datetime;

    const MORNING: OffsetDateTime = datetime!(2026-11-23 08:00 +7);

    #[test]
    fn an_opening_waits_is_allowed_for_a_day_and_is_over() {
        let allowed = |now| stage(Some(MORNING), None, Some(MORNING + ALLOWED_FOR), now);
        assert_eq!(stage(None, None, None, MORNING), Stage::Awaiting);
        assert_eq!(allowed(MORNING), Stage::Allowed);
        assert_eq!(allowed(datetime!(2026-11-24 07:59:59 +7)), Stage::Allowed);
        assert_eq!(allowed(datetime!(2026-11-24 08:00 +7)), Stage::Over);
        assert_eq!(
            stage(Some(MORNING), None, None, MORNING + ALLOWED_FOR),
            Stage::Over,
            "without an end of its own, a day"
        );
        assert_eq!(stage(None, Some(MORNING), None, MORNING), Stage::Refused);
    }

    #[test]
    fn the_unit_concerned_neither_asks_nor_decides() {
        let (one, other) = (StaffId(1), StaffId(2));
        let (concerned, elsewhere) = (Some(UnitId(10)), Some(UnitId(1)));
        assert!(!may_ask(concerned, concerned));
        assert!(may_ask(elsewhere, concerned));
        assert!(may_ask(None, concerned));
        assert!(may_ask(None, None));
        assert!(!may_decide(other, concerned, one, concerned));
        assert!(may_decide(other, elsewhere, one, concerned));
    }

    proptest! {
        #[test]
        fn nobody_decides_their_own_request(who in any::<u128>(), unit in any::<Option<i16>>(), concerned in any::<Option<i16>>()) {
            prop_assert!(!may_decide(StaffId(who), unit.map(UnitId), StaffId(who), concerned.map(UnitId)));
        }
    }
}
