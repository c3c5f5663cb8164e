//! Which members of a row may be told by themselves, and which only together.

use crate::statistics::catalogue::POOL_OF;

/// A member of a row, in the order of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// How many cases.
    pub count: i64,
    /// A small unit: never told by itself, whatever its count.
    pub small: bool,
}

/// The members that are told only together, in order; none if each may be told.
///
/// Every count below `least`, zeros included, and every small unit is in the pool. Neighbours join,
/// the nearest in the order of the catalogue first and never by size, until the pool says nothing
/// narrow even to somebody who knows this rule: at least [`POOL_OF`] members, at least `least`
/// together, and room for every small one to be anything below `least`.
pub fn pooled(members: &[Member], least: i64) -> Vec<usize> {
    let must: Vec<usize> = (0..members.len())
        .filter(|at| members[*at].small || members[*at].count < least)
        .collect();
    let mut pool = must.clone();
    if must.is_empty() {
        return pool;
    }
    let distance = |at: usize| must.iter().map(|other| at.abs_diff(*other)).min();
    let mut neighbours: Vec<usize> = (0..members.len()).filter(|at| !pool.contains(at)).collect();
    neighbours.sort_by_key(|at| (distance(*at), *at));
    let mut neighbours = neighbours.into_iter();
    while !is_ambiguous(members, &must, &pool, least) {
        // the whole row, if nothing less will do
        let Some(next) = neighbours.next() else { break };
        pool.push(next);
    }
    pool.sort_unstable();
    pool
}

/// Whether who knows which members had to be pooled still cannot bound any of them narrower than
/// `least - 1`.
fn is_ambiguous(members: &[Member], must: &[usize], pool: &[usize], least: i64) -> bool {
    let sum: i64 = pool.iter().map(|at| members[*at].count).sum();
    if pool.len() < POOL_OF || sum < least {
        return false;
    }
    // a neighbour holds at least `least`; what is left is all that the others can share
    let neighbours = (pool.len() - must.len()) as i64;
    let unbounded = neighbours > 0 || must.iter().any(|at| members[*at].small);
    if unbounded {
        sum - neighbours * least >= least
    } else {
        // all are below `least`: near the most they can be together, each would be near its most
        sum <= (must.len() as i64 - 1) * (least - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(counts: &[i64]) -> Vec<Member> {
        let member = |count: &i64| Member {
            count: *count,
            small: false,
        };
        counts.iter().map(member).collect()
    }

    #[test]
    fn small_cells_are_pooled_with_their_neighbours() {
        assert_eq!(pooled(&of(&[12, 8, 6]), 5), [] as [usize; 0]);
        // three small ones suffice
        assert_eq!(pooled(&of(&[2, 30, 0, 4, 30]), 5), [0, 2, 3]);
        // three that can only be 4 each would be told by their sum
        assert_eq!(pooled(&of(&[4, 30, 4, 4, 30, 30]), 5), [0, 1, 2, 3]);
        // a neighbour that leaves nothing to share is not enough
        assert_eq!(pooled(&of(&[1, 6, 0, 30, 30]), 5), [0, 1, 2, 3]);
        // with three columns a pool is the whole row
        assert_eq!(pooled(&of(&[50, 3, 60]), 5), [0, 1, 2]);
    }

    #[test]
    fn a_small_unit_is_pooled_whatever_it_counts() {
        let mut row = of(&[40, 50, 60, 70]);
        row[2].small = true;
        assert_eq!(pooled(&row, 5), [1, 2, 3]);
    }

    proptest! {
        #[test]
        fn no_pool_is_small_and_no_small_cell_is_shown(
            counts in prop::collection::vec(0i64..20, 1..12),
            least in prop::sample::select(vec![5i64, 10]),
        ) {
            let row = of(&counts);
            let pool = pooled(&row, least);
            let shown = (0..row.len()).filter(|at| !pool.contains(at));
            prop_assert!(shown.map(|at| counts[at]).all(|count| count >= least));
            let sum: i64 = pool.iter().map(|at| counts[*at]).sum();
            let whole = pool.len() == row.len();
            prop_assert!(pool.is_empty() || whole || (pool.len() >= 3 && sum >= least));
        }

        /// Every row that is published in the same way is possible to somebody who knows the rule.
        #[test]
        fn who_knows_the_rule_cannot_bound_a_pooled_cell(seed in prop::collection::vec(0i64..9, 4)) {
            const LEAST: i64 = 3;
            let total: i64 = seed.iter().sum();
            prop_assume!(total >= LEAST);
            let published = |row: &[i64]| {
                let pool = pooled(&of(row), LEAST);
                let shown: Vec<_> = (0..4).map(|at| (!pool.contains(&at)).then(|| row[at])).collect();
                (pool, shown)
            };
            let said = published(&seed);
            let mut worlds = Vec::new();
            for a in 0..=total { for b in 0..=total - a { for c in 0..=total - a - b {
                let world = vec![a, b, c, total - a - b - c];
                if published(&world) == said { worlds.push(world); }
            } } }
            for at in said.0.iter().filter(|at| seed[**at] < LEAST) {
                let (low, high) = worlds.iter().map(|world| world[*at])
                    .fold((i64::MAX, 0), |(low, high), n| (low.min(n), high.max(n)));
                prop_assert!(high - low >= LEAST - 1, "{seed:?}: {at} in {low}..{high}");
            }
        }
    }
}
