//! Open cases as of today: the figures at the top of the leadership page, and where cases wait.

use super::leadership::{Links, Unit};
use crate::{
    calendar::{Calendar, day_month_year},
    case::Status,
    statistics::view::{Headline, Late},
    ui::{BatonLeg, thousands},
};
use std::{cmp::Reverse, collections::BTreeMap};
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
    /// The earliest deadline of these.
    pub first_due: Option<Date>,
    /// Due within the next working days.
    pub soon: i64,
    /// A refusal is proposed.
    pub refusals: i64,
    /// Forwarding is proposed.
    pub forwards: i64,
    /// Day of receipt of the oldest.
    pub oldest: Date,
}

/// The stages of open cases, each with the inbox view that shows exactly these.
const STAGES: [(&str, &[Status], &str); 5] = [
    ("Tiếp nhận", &[Status::Submitted], "cho-tiep-nhan"),
    ("Bổ sung", &[Status::AwaitingInfo], "cho-bo-sung"),
    (
        "Phân công",
        &[Status::Received, Status::Classified],
        "cho-phan-cong",
    ),
    ("Xác minh", IN_HAND, "dang-xu-ly"),
    ("Duyệt", &[Status::AwaitingApproval], "cho-duyet"),
];

const IN_HAND: &[Status] = &[Status::Assigned, Status::Verifying, Status::Drafting];

/// Three figures as of today.
pub(super) fn headlines(open_cases: &[OpenCases], links: Links) -> Vec<Headline> {
    let of_status = |statuses: &[Status]| {
        let own = open_cases.iter().filter(|s| statuses.contains(&s.status));
        own.map(|s| s.count).sum::<i64>()
    };
    let headline = |label: &str, value, view| Headline {
        label: label.to_owned(),
        value: thousands(value),
        href: links.inbox(view, ""),
        course: Vec::new(),
    };
    vec![
        headline("Mới", of_status(&[Status::Submitted]), "cho-tiep-nhan"),
        headline("Đang xử lý", of_status(IN_HAND), "dang-xu-ly"),
        headline(
            "Sắp đến hạn",
            open_cases.iter().map(|s| s.soon).sum(),
            "sap-den-han",
        ),
    ]
}

/// Places that are named; the others are counted.
const PLACES: usize = 3;

/// What is late: how many, for how long, where and why.
pub(super) fn late(
    open_cases: &[OpenCases],
    calendar: &Calendar,
    today: Date,
    links: Links,
) -> Late {
    let late = || open_cases.iter().filter(|open| open.overdue > 0);
    let oldest = late().filter_map(|open| open.first_due).min();
    let oldest = oldest.map(|due| calendar.working_days_between(due, today));
    Late {
        count: links.number(late().map(|open| open.overdue).sum(), "qua-han", ""),
        oldest: oldest.map_or_else(String::new, |days| format!("lâu nhất {days} ngày làm việc")),
        places: most(late().map(|open| (place(open), open.overdue)), PLACES),
        reasons: most(
            late().map(|open| (reason(open.status).to_owned(), open.overdue)),
            usize::MAX,
        ),
    }
}

fn place(open: &OpenCases) -> String {
    match &open.unit {
        Some((_, name)) => format!("ở {name}"),
        None => "chưa giao đơn vị".to_owned(),
    }
}

/// Why a case of this status has not been answered.
fn reason(status: Status) -> &'static str {
    match status {
        Status::Submitted => "chưa tiếp nhận",
        Status::Received | Status::Classified => "chưa phân công",
        Status::Assigned => "đơn vị chưa bắt đầu",
        Status::Verifying => "đang xác minh",
        Status::Drafting => "đang soạn trả lời",
        Status::AwaitingApproval => "chờ lãnh đạo duyệt",
        _ => "chờ bổ sung",
    }
}

/// "9 ở VP ĐKĐĐ · 2 ở CN Ninh Kiều · 3 ở 2 nơi khác": the largest first, at most `named`.
fn most(counted: impl Iterator<Item = (String, i64)>, named: usize) -> String {
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for (name, count) in counted {
        *sums.entry(name).or_default() += count;
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(_, count)| Reverse(*count));
    let rest = sums.split_off(sums.len().min(named));
    let others: i64 = rest.iter().map(|(_, count)| count).sum();
    let others = (!rest.is_empty()).then(|| format!("{others} ở {} nơi khác", rest.len()));
    let told = sums
        .iter()
        .map(|(name, count)| format!("{} {name}", thousands(*count)));
    told.chain(others).collect::<Vec<_>>().join(" · ")
}

/// Open cases by stage, in the order of the workflow.
pub(super) fn waiting(open_cases: &[OpenCases], links: Links) -> Vec<BatonLeg> {
    let stage = |(label, statuses, view): (&str, &[Status], &str)| {
        let here = || open_cases.iter().filter(|s| statuses.contains(&s.status));
        let count = links.number(here().map(|s| s.count).sum(), view, "");
        let oldest = here().map(|s| s.oldest).min();
        let oldest = oldest.map(day_month_year).unwrap_or_default();
        BatonLeg::counted(label, count.value, &oldest, count.href)
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
            first_due: (overdue > 0).then_some(date!(2026 - 11 - 17)),
            soon: 0,
            refusals: 0,
            forwards: 0,
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
        let headlines = headlines(&open, Links { open: true });
        let values: Vec<_> = headlines.iter().map(|h| h.value.as_str()).collect();
        assert_eq!(values, ["3", "5", "0"]);
        assert_eq!(
            waiting(&open, Links { open: true })
                .iter()
                .map(|leg| (leg.below.as_str(), leg.since.as_str()))
                .collect::<Vec<_>>(),
            [
                ("3", "từ 01/10/2026"),
                ("1", "từ 01/10/2026"),
                ("0", ""),
                ("5", "từ 01/10/2026"),
                ("0", ""),
            ]
        );
    }

    #[test]
    fn what_is_late_is_told_with_where_and_why() {
        let calendar = Calendar::new(1, []);
        let today = date!(2026 - 11 - 23);
        let open = [
            open_cases(Status::AwaitingApproval, "a", 6, 6),
            open_cases(Status::Verifying, "a", 9, 3),
            open_cases(Status::Verifying, "b", 2, 1),
            open_cases(Status::Received, "", 2, 2),
            open_cases(Status::Assigned, "c", 2, 1),
        ];
        let late = late(&open, &calendar, today, Links { open: true });
        assert_eq!(late.count.value, 13);
        assert_eq!(late.count.href, "/quan-tri?xem=qua-han");
        assert_eq!(late.oldest, "lâu nhất 4 ngày làm việc");
        assert_eq!(
            late.places,
            "9 ở A · 2 chưa giao đơn vị · 1 ở B · 1 ở 1 nơi khác"
        );
        assert_eq!(
            late.reasons,
            "6 chờ lãnh đạo duyệt · 4 đang xác minh · 2 chưa phân công · 1 đơn vị chưa bắt đầu"
        );
        let none = super::late(&[], &calendar, today, Links { open: true });
        assert_eq!(
            (none.count.value, &*none.oldest, &*none.places),
            (0, "", "")
        );
    }
}
