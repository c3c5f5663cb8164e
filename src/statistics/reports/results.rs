//! The form on the results of handling feedback and petitions (type II.05a/VPCP/KSTT, Circular
//! 01/2020/TT-VPCP): its columns, and what must hold between them.

use serde::{Deserialize, Serialize};
use std::ops::AddAssign;

/// What feedback is about, in the words of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// The conduct of officials; a late dossier is conduct.
    Conduct,
    /// A rule.
    Regulation,
    /// Both.
    Both,
}

/// A number of cases by what they are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    /// About conduct.
    pub conduct: i64,
    /// About a rule.
    pub regulation: i64,
    /// About both.
    pub both: i64,
}

impl Split {
    /// Counts `count` more.
    pub fn add(&mut self, content: Content, count: i64) {
        match content {
            Content::Conduct => self.conduct += count,
            Content::Regulation => self.regulation += count,
            Content::Both => self.both += count,
        }
    }

    /// All of them.
    pub const fn total(self) -> i64 {
        self.conduct + self.regulation + self.both
    }
}

impl AddAssign for Split {
    fn add_assign(&mut self, other: Self) {
        self.conduct += other.conduct;
        self.regulation += other.regulation;
        self.both += other.both;
    }
}

/// How far a case was at the end of the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Dealt with by the department.
    Handled,
    /// Still being dealt with.
    Pending,
    /// Outside its powers and passed on.
    Forwarded,
}

/// One row of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The unit that the feedback is about.
    pub unit: String,
    /// Columns 4 to 6.
    pub content: Split,
    /// Column 7: from the period before.
    pub carried: i64,
    /// Column 8: received in the period.
    pub fresh: i64,
    /// Columns 9 to 11.
    pub handled: Split,
    /// Columns 12 to 14.
    pub pending: Split,
    /// Column 15.
    pub forwarded: i64,
}

/// Columns of the form under one heading; a heading of one column names it.
pub struct Group {
    /// What they have in common.
    pub heading: &'static str,
    /// What each counts; none where the heading says it.
    pub columns: &'static [&'static str],
}

const ABOUT: &[&str] = &["Hành vi", "Quy định", "Cả hai"];

/// The columns of the form from the third to the fifteenth, in the order of [`Line::numbers`].
pub const GROUPS: [Group; 6] = [
    Group {
        heading: "Tổng số",
        columns: &[],
    },
    Group {
        heading: "Theo nội dung",
        columns: ABOUT,
    },
    Group {
        heading: "Theo thời điểm tiếp nhận",
        columns: &["Kỳ trước chuyển sang", "Mới trong kỳ"],
    },
    Group {
        heading: "Đã xử lý",
        columns: ABOUT,
    },
    Group {
        heading: "Đang xử lý",
        columns: ABOUT,
    },
    Group {
        heading: "Không thuộc thẩm quyền, đã chuyển",
        columns: &[],
    },
];

/// How many columns [`GROUPS`] has.
pub const COLUMNS: usize = 13;
/// The number of the first of them on the form.
pub const FIRST: usize = 3;

impl Line {
    /// Counts `count` cases that are alike.
    pub fn add(&mut self, content: Content, is_fresh: bool, outcome: Outcome, count: i64) {
        self.content.add(content, count);
        match is_fresh {
            true => self.fresh += count,
            false => self.carried += count,
        }
        match outcome {
            Outcome::Handled => self.handled.add(content, count),
            Outcome::Pending => self.pending.add(content, count),
            Outcome::Forwarded => self.forwarded += count,
        }
    }

    /// The numbers in the order of [`GROUPS`].
    pub fn numbers(&self) -> [i64; COLUMNS] {
        [
            self.content.total(),
            self.content.conduct,
            self.content.regulation,
            self.content.both,
            self.carried,
            self.fresh,
            self.handled.conduct,
            self.handled.regulation,
            self.handled.both,
            self.pending.conduct,
            self.pending.regulation,
            self.pending.both,
            self.forwarded,
        ]
    }

    /// Whether column 3 is 7 and 8 together, and 9 to 15 together.
    pub fn adds_up(&self) -> bool {
        let total = self.content.total();
        let came = self.carried + self.fresh;
        let are = self.handled.total() + self.pending.total() + self.forwarded;
        total == came && total == are
    }

    /// The last row of the form.
    pub fn total(lines: &[Self]) -> Self {
        let mut sum = Self {
            unit: "Tổng cộng".to_owned(),
            ..Self::default()
        };
        for line in lines {
            sum.content += line.content;
            sum.carried += line.carried;
            sum.fresh += line.fresh;
            sum.handled += line.handled;
            sum.pending += line.pending;
            sum.forwarded += line.forwarded;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn content() -> impl Strategy<Value = Content> {
        prop_oneof![
            Just(Content::Conduct),
            Just(Content::Regulation),
            Just(Content::Both)
        ]
    }

    fn outcome() -> impl Strategy<Value = Outcome> {
        prop_oneof![
            Just(Outcome::Handled),
            Just(Outcome::Pending),
            Just(Outcome::Forwarded)
        ]
    }

    proptest! {
        #[test]
        fn whatever_is_counted_adds_up(
            cases in prop::collection::vec((content(), any::<bool>(), outcome(), 0..50_i64), 0..40)
        ) {
            let mut lines = vec![Line::default(), Line::default()];
            for (at, (content, is_fresh, outcome, count)) in cases.iter().enumerate() {
                lines[at % 2].add(*content, *is_fresh, *outcome, *count);
            }
            let total = Line::total(&lines);
            prop_assert!(lines.iter().all(Line::adds_up) && total.adds_up());
            prop_assert_eq!(total.numbers()[0], cases.iter().map(|case| case.3).sum::<i64>());
        }
    }

    #[test]
    fn the_groups_have_a_column_for_each_number() {
        let columns = GROUPS.iter().map(|group| group.columns.len().max(1));
        assert_eq!(columns.sum::<usize>(), COLUMNS);
    }

    #[test]
    fn a_row_with_a_case_too_many_does_not_add_up() {
        let mut line = Line::default();
        line.add(Content::Both, true, Outcome::Forwarded, 2);
        assert_eq!(line.numbers(), [2, 0, 0, 2, 0, 2, 0, 0, 0, 0, 0, 0, 2]);
        assert!(line.adds_up());
        line.forwarded += 1;
        assert!(!line.adds_up());
    }
}
