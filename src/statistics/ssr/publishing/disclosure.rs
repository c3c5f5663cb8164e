//! By which rules the first version published, so that no figure, and no difference between figures,
//! revealed a single person. What it published is kept as it was, so these rules stay as they were.
//!
//! They are: a table has one partition, each published number is the sum of
//! its part and never below [`LEAST`], totals add up from what is published. Months wait for the
//! following ones, never join an earlier one that is already out: the difference of the two would
//! be the month.

use std::ops::Range;

/// The smallest number that is published.
pub const LEAST: i64 = 5;
/// The smallest number of answers of which a share is published.
pub const SHARE_FROM: i64 = 20;

/// Groups consecutive months into periods of at least [`LEAST`] each. A remainder that is too small
/// belongs to no period yet.
pub fn periods(months: &[i64]) -> Vec<Range<usize>> {
    let mut periods = Vec::new();
    let (mut start, mut sum) = (0, 0);
    for (i, count) in months.iter().enumerate() {
        sum += count;
        if sum >= LEAST {
            periods.push(start..i + 1);
            (start, sum) = (i + 1, 0);
        }
    }
    periods
}

/// One period's number by kind, as published.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Parts {
    /// By kind; `None` if the kind is in the pool.
    pub shown: [Option<i64>; 3],
    /// Sum of the kinds in the pool; `None` if nothing is pooled.
    pub pooled: Option<i64>,
}

/// Splits a period of at least [`LEAST`] by kind. Small kinds, zero among them, are pooled with the
/// next smallest until the pool is large enough and has two members or more. Equal kinds are
/// treated alike.
pub fn parts(counts: [i64; 3]) -> Parts {
    let mut by_size = counts;
    by_size.sort_unstable();
    let bar = match by_size {
        [smallest, ..] if smallest >= LEAST => 0,
        // a pool of 5 beside a visible 5 could only be 1 and 4 or 2 and 3
        [a, b, c] if a + b > LEAST && c >= a + b && c > b => b,
        _ => by_size[2],
    };
    let is_shown = |count: i64| bar == 0 || count > bar;
    let pooled = counts.iter().filter(|count| !is_shown(**count)).sum();
    Parts {
        shown: counts.map(|count| is_shown(count).then_some(count)),
        pooled: (bar > 0).then_some(pooled),
    }
}

/// The share of answers given in time, in whole percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Share {
    /// Too few answers for a share.
    Untold,
    /// Fewer than [`LEAST`] were late, perhaps none: at least this percentage.
    AtLeast(i64),
    /// Fewer than [`LEAST`] were in time, perhaps none: at most this percentage.
    AtMost(i64),
    /// Exactly this percentage.
    Exactly(i64),
}

impl Share {
    /// The share of `on_time` in `answered`. A side below [`LEAST`] cannot be derived from it by
    /// subtraction.
    pub fn of(on_time: i64, answered: i64) -> Self {
        let most_hidden = LEAST - 1;
        if answered < SHARE_FROM {
            Self::Untold
        } else if answered - on_time < LEAST {
            Self::AtLeast((answered - most_hidden) * 100 / answered)
        } else if on_time < LEAST {
            Self::AtMost((most_hidden * 100 + answered - 1) / answered)
        } else {
            Self::Exactly((on_time * 200 + answered) / (2 * answered))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn small_kinds_are_pooled_with_the_next_smallest() {
        assert_eq!(
            parts([12, 8, 6]),
            Parts {
                shown: [Some(12), Some(8), Some(6)],
                pooled: None
            }
        );
        assert_eq!(
            parts([12, 3, 4]),
            Parts {
                shown: [Some(12), None, None],
                pooled: Some(7)
            }
        );
        assert_eq!(
            parts([3, 20, 8]),
            Parts {
                shown: [None, Some(20), None],
                pooled: Some(11)
            }
        );
        // 9 beside a pool of 12 would leave only 4 and 8
        assert_eq!(
            parts([9, 4, 8]),
            Parts {
                shown: [None; 3],
                pooled: Some(21)
            }
        );
        assert_eq!(
            parts([12, 0, 3]),
            Parts {
                shown: [None; 3],
                pooled: Some(15)
            }
        );
        assert_eq!(
            parts([5, 4, 4]),
            Parts {
                shown: [None; 3],
                pooled: Some(13)
            }
        );
        assert_eq!(
            parts([2, 2, 1]),
            Parts {
                shown: [None; 3],
                pooled: Some(5)
            }
        );
    }

    #[test]
    fn small_months_wait_for_the_next() {
        assert_eq!(periods(&[12, 3, 9, 0, 2]), [0..1, 1..3]);
        assert_eq!(periods(&[0, 0, 4]), [] as [Range<usize>; 0]);
        assert_eq!(periods(&[]), [] as [Range<usize>; 0]);
    }

    #[test]
    fn a_share_never_tells_a_small_remainder() {
        assert_eq!(Share::of(19, 19), Share::Untold);
        assert_eq!(Share::of(20, 20), Share::AtLeast(80));
        assert_eq!(Share::of(16, 20), Share::AtLeast(80));
        assert_eq!(Share::of(15, 20), Share::Exactly(75));
        assert_eq!(Share::of(3, 20), Share::AtMost(20));
        assert_eq!(Share::of(0, 20), Share::AtMost(20));
    }

    /// Every split of up to 55 into three kinds, by what is published of it. The attacker knows
    /// the rule and everything published; every world that would be published the same way is
    /// possible.
    fn worlds() -> BTreeMap<Parts, Vec<[i64; 3]>> {
        let mut worlds: BTreeMap<Parts, Vec<[i64; 3]>> = BTreeMap::new();
        for total in LEAST..=55 {
            for a in 0..=total {
                for b in 0..=total - a {
                    let world = [a, b, total - a - b];
                    worlds.entry(parts(world)).or_default().push(world);
                }
            }
        }
        worlds
    }

    #[test]
    fn who_knows_the_rule_cannot_pin_the_smallest_pooled_kind() {
        for (published, worlds) in worlds() {
            let Some(pooled) = published.pooled else {
                continue;
            };
            let hidden: Vec<usize> = (0..3).filter(|k| published.shown[*k].is_none()).collect();
            let smallest = |world: &[i64; 3]| hidden.iter().map(|kind| world[*kind]).min();
            let possible: BTreeSet<_> = worlds.iter().filter_map(smallest).collect();
            // three numbers that make 5 always have a 0 or a 1 among them: nothing but the total
            // is said there
            let only_the_total = hidden.len() == 3 && pooled == LEAST;
            assert!(
                possible.len() >= 3 || only_the_total,
                "{published:?} leaves the smallest only {possible:?}"
            );
        }
    }

    #[test]
    fn who_knows_the_rule_cannot_pin_a_pooled_kind_by_its_name() {
        for (published, worlds) in worlds() {
            for kind in (0..3).filter(|kind| published.shown[*kind].is_none()) {
                let possible: BTreeSet<i64> = worlds.iter().map(|world| world[kind]).collect();
                assert!(
                    possible.len() >= 3,
                    "{published:?} leaves kind {kind} only {possible:?}"
                );
            }
        }
    }

    #[test]
    fn who_knows_the_rule_cannot_pin_a_small_remainder_of_answers() {
        for answered in LEAST..=200 {
            let mut worlds: BTreeMap<Share, BTreeSet<i64>> = BTreeMap::new();
            for on_time in 0..=answered {
                worlds
                    .entry(Share::of(on_time, answered))
                    .or_default()
                    .insert(on_time);
            }
            for (share, possible) in worlds {
                let small = |n: &i64| *n < LEAST || answered - n < LEAST;
                assert!(
                    possible.len() > 1 || !possible.iter().any(small),
                    "{answered}: {share:?} tells {possible:?}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_published_adds_up_and_is_never_small(counts in [0i64..40, 0i64..40, 0i64..40]) {
            let total: i64 = counts.iter().sum();
            prop_assume!(total >= LEAST);
            let Parts { shown, pooled } = parts(counts);
            let published: Vec<i64> = shown.into_iter().flatten().chain(pooled).collect();
            prop_assert!(published.iter().all(|n| *n >= LEAST), "{published:?}");
            prop_assert_eq!(published.iter().sum::<i64>(), total);
            let hidden = shown.iter().filter(|cell| cell.is_none()).count();
            prop_assert_ne!(hidden, 1, "a single hidden cell follows by subtraction");
        }

        #[test]
        fn periods_never_change_when_time_goes_on(
            months in prop::collection::vec(0i64..12, 0..40),
            more in prop::collection::vec(0i64..12, 0..12),
        ) {
            let before = periods(&months);
            let after = periods(&[months.clone(), more].concat());
            prop_assert_eq!(&before[..], &after[..before.len()]);
            for period in &before {
                prop_assert!(months[period.clone()].iter().sum::<i64>() >= LEAST);
            }
        }

        /// Sums of published periods over any stretch differ by zero or by a whole published
        /// number.
        #[test]
        fn no_difference_of_published_sums_is_small(
            months in prop::collection::vec(0i64..12, 1..30),
            a in 0usize..30,
            b in 0usize..30,
        ) {
            let periods = periods(&months);
            let sum_of =
                |period: &std::ops::Range<usize>| months[period.clone()].iter().sum::<i64>();
            let sum_to = |n: usize| periods.iter().take(n).map(sum_of).sum::<i64>();
            let difference = (sum_to(a) - sum_to(b)).abs();
            prop_assert!(difference == 0 || difference >= LEAST);
        }
    }
}
