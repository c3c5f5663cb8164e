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

/// How somebody stands to the matter of a case: who has a part in it learns no name, and lets nobody
/// learn one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Has no part in it.
    Apart,
    /// Of the unit concerned or below it, or named as taking no part.
    Involved,
    /// Nobody has said yet whom it is about.
    Unknown,
}

impl Standing {
    /// Of somebody whom the database calls `apart` from a case that concerns `concerned`.
    pub fn of(apart: bool, concerned: Option<UnitId>) -> Self {
        match (apart, concerned) {
            (true, _) => Self::Apart,
            (false, Some(_)) => Self::Involved,
            (false, None) => Self::Unknown,
        }
    }

    /// Why they can neither ask nor decide; "" if they can.
    pub const fn barred(self) -> &'static str {
        match self {
            Self::Apart => "",
            Self::Involved => {
                "Ông/Bà thuộc đơn vị được phản ánh hoặc có liên quan đến vụ việc, nên không tham \
                 gia mở danh tính. Vui lòng để lãnh đạo khác xem xét."
            }
            Self::Unknown => {
                "Chưa rõ đơn vị được phản ánh, nên chưa biết ai được tham gia mở danh tính. Vui \
                 lòng ghi đơn vị đó ở việc “Phân loại” trước."
            }
        }
    }
}

/// Whether `who` may allow or refuse what `asked_by` asked: a second person, apart from the matter.
pub fn may_decide(who: StaffId, asked_by: StaffId, standing: Standing) -> bool {
    who != asked_by && standing == Standing::Apart
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
    fn only_who_stands_apart_decides_and_whoever_does_not_reads_why() {
        let (one, other, concerned) = (StaffId(1), StaffId(2), Some(UnitId(10)));
        for (apart, concerned, decides) in [
            (true, concerned, true),
            (true, None, true),
            (false, concerned, false),
            (false, None, false),
        ] {
            let standing = Standing::of(apart, concerned);
            assert_eq!(may_decide(other, one, standing), decides);
            assert_eq!(standing.barred().is_empty(), decides);
        }
    }

    proptest! {
        #[test]
        fn nobody_decides_their_own_request(who in any::<u128>(), apart in any::<bool>(), concerned in any::<Option<i16>>()) {
            let standing = Standing::of(apart, concerned.map(UnitId));
            prop_assert!(!may_decide(StaffId(who), StaffId(who), standing));
        }
    }
}
