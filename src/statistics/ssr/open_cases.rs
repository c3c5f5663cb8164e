//! Open cases as of today: the figures at the top of the leadership page, and where cases wait.

use super::leadership::{Links, Unit};
use crate::{
    calendar::day_month_year,
    case::Status,
    statistics::view::{Headline, Waiting},
};
use time::Date;

/// Open cases of one status in one unit, as of today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCases {
    /// The status that all of them have.
    pub status: Status,
    /// With which unit.
    pub unit: Unit,
    /// How many.
    pub count: i64,
    /// Past their deadline.
    pub overdue: i64,
    /// Due within the next working days.
    pub soon: i64,
    /// With a proposal that waits for a second person.
    pub proposals: i64,
    /// Day of receipt of the oldest.
    pub oldest: Date,
}

/// The stages of open cases, each with the inbox view that shows exactly these.
const STAGES: [(&str, &[Status], &str); 5] = [
    ("Chờ tiếp nhận", &[Status::Submitted], "cho-tiep-nhan"),
    (
        "Chờ bổ sung thông tin",
        &[Status::AwaitingInfo],
        "cho-bo-sung",
    ),
    (
        "Chờ phân loại, phân công",
        &[Status::Received, Status::Classified],
        "cho-phan-cong",
    ),
    ("Đơn vị đang xác minh, xử lý", IN_HAND, "dang-xu-ly"),
    (
        "Chờ lãnh đạo phê duyệt",
        &[Status::AwaitingApproval],
        "cho-duyet",
    ),
];

const IN_HAND: &[Status] = &[Status::Assigned, Status::Verifying, Status::Drafting];

/// The four figures at the top; cases due until `soon_until` count as due soon.
pub(super) fn headlines(open_cases: &[OpenCases], soon_until: Date, links: Links) -> Vec<Headline> {
    let sum = |of: fn(&OpenCases) -> i64| open_cases.iter().map(of).sum::<i64>();
    let headline = |label: &str, value, view, note: String| Headline {
        label: label.to_owned(),
        value,
        href: links.inbox(view, ""),
        note,
    };
    let new = |s: &OpenCases| {
        if s.status == Status::Submitted {
            s.count
        } else {
            0
        }
    };
    let in_hand = |s: &OpenCases| {
        if IN_HAND.contains(&s.status) {
            s.count
        } else {
            0
        }
    };
    vec![
        headline("Mới", sum(new), "cho-tiep-nhan", "chờ tiếp nhận".to_owned()),
        headline(
            "Đang xử lý",
            sum(in_hand),
            "dang-xu-ly",
            "đơn vị đang xác minh, dự thảo".to_owned(),
        ),
        headline(
            "Sắp đến hạn",
            sum(|s| s.soon),
            "sap-den-han",
            format!("hạn đến hết {}", day_month_year(soon_until)),
        ),
        headline(
            "Quá hạn",
            sum(|s| s.overdue),
            "qua-han",
            "chưa trả lời, đã qua ngày hạn".to_owned(),
        ),
    ]
}

/// Open cases by stage, in the order of the workflow.
pub(super) fn waiting(open_cases: &[OpenCases], links: Links) -> Vec<Waiting> {
    let stage = |(label, statuses, view): (&str, &[Status], &str)| {
        let here = || open_cases.iter().filter(|s| statuses.contains(&s.status));
        let count = links.number(here().map(|s| s.count).sum(), view, "");
        Waiting {
            label: label.to_owned(),
            count,
            oldest: here()
                .map(|s| s.oldest)
                .min()
                .map(day_month_year)
                .unwrap_or_default(),
        }
    };
    STAGES.into_iter().map(stage).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use time::macros::date;

    const OCTOBER: Date = date!(2026 - 10 - 01);

    fn unit(code: &str) -> Unit {
        (!code.is_empty()).then(|| (code.to_owned(), code.to_uppercase()))
    }

    pub(in super::super) fn open_cases(
        status: Status,
        code: &str,
        count: i64,
        overdue: i64,
    ) -> OpenCases {
        OpenCases {
            status,
            unit: unit(code),
            count,
            overdue,
            soon: 0,
            proposals: 0,
            oldest: OCTOBER,
        }
    }

    #[test]
    fn every_open_status_waits_in_exactly_one_stage() {
        let open = Status::ALL.iter().filter(|status| status.is_open());
        let places = |status: &Status| {
            STAGES
                .iter()
                .filter(|place| place.1.contains(status))
                .count()
        };
        assert!(open.clone().all(|status| places(status) == 1));
        assert_eq!(
            STAGES.iter().map(|place| place.1.len()).sum::<usize>(),
            open.count()
        );
    }

    #[test]
    fn the_headlines_count_what_their_views_show() {
        let open = [
            open_cases(Status::Submitted, "", 3, 0),
            open_cases(Status::Verifying, "a", 5, 2),
            open_cases(Status::AwaitingInfo, "", 1, 0),
        ];
        let headlines = headlines(&open, date!(2026 - 11 - 26), Links { open: true });
        assert_eq!(
            headlines.iter().map(|h| h.value).collect::<Vec<_>>(),
            [3, 5, 0, 2]
        );
        assert_eq!(headlines[3].href, "/quan-tri?xem=qua-han");
        assert_eq!(
            waiting(&open, Links { open: true })
                .iter()
                .map(|w| w.count.value)
                .collect::<Vec<_>>(),
            [3, 1, 0, 5, 0]
        );
    }
}
