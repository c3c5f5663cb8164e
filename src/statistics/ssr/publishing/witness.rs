//! Exact bounds by counter-example: tables that agree with everything published and differ where
//! nothing may be known.
//!
//! Counts by period, unit and class are published as three overlapping tables: class by period,
//! totals by unit, class by unit over a longer span. Within each period the counts of the units
//! whose classes are hidden may be exchanged among the classes as long as every published sum
//! stands; the range over such exchanges is that of a table of two ways with known margins, which
//! has a closed form in whole numbers (Fréchet). Each end of a range is a possible world, so no
//! method, linear or integer, that only knows what is published can give a narrower one.

/// The counts behind three such tables, and what of them is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// True counts by period, group of units, class.
    pub counts: Vec<Vec<Vec<i64>>>,
    /// Whether the classes of a period are published.
    pub period_shown: Vec<bool>,
    /// Whether the classes of a group of units are published, over all the periods.
    pub group_shown: Vec<bool>,
}

/// A cell that is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// A class of a period.
    Period(usize),
    /// A class of a group of units.
    Group(usize),
}

impl Block {
    /// Hidden cells, with their class, whose possible values span less than `least - 1`.
    pub fn narrow(&self, least: i64) -> Vec<(Hidden, usize)> {
        let classes = self.counts.iter().flatten().map(Vec::len).max();
        let cells = (0..classes.unwrap_or(0)).flat_map(|class| {
            let hidden = |shown: &[bool]| {
                let hidden = |at: &usize| !shown[*at];
                (0..shown.len()).filter(hidden).collect::<Vec<_>>()
            };
            let periods = hidden(&self.period_shown).into_iter().map(Hidden::Period);
            let groups = hidden(&self.group_shown).into_iter().map(Hidden::Group);
            periods.chain(groups).map(move |cell| (cell, class))
        });
        cells
            .filter(|(cell, class)| self.width(*cell, *class) < least - 1)
            .collect()
    }

    /// How far apart two possible values of a hidden cell lie, at least.
    pub fn width(&self, cell: Hidden, class: usize) -> i64 {
        match cell {
            // whatever the hidden groups hold in this period may be of this class, or none of it
            Hidden::Period(period) => self.hidden_groups(period).map(total).sum(),
            Hidden::Group(group) => (0..self.counts.len())
                .map(|period| self.width_within(period, group, class))
                .sum(),
        }
    }

    /// The same of a group within one period.
    fn width_within(&self, period: usize, group: usize, class: usize) -> i64 {
        let row = total(&self.counts[period][group]);
        if !self.period_shown[period] {
            return row;
        }
        let column: i64 = self.hidden_groups(period).map(|counts| counts[class]).sum();
        let all: i64 = self.hidden_groups(period).map(total).sum();
        row.min(column) - (row + column - all).max(0)
    }

    fn hidden_groups(&self, period: usize) -> impl Iterator<Item = &[i64]> {
        let groups = self.counts[period].iter().zip(&self.group_shown);
        groups
            .filter(|(_, shown)| !**shown)
            .map(|(counts, _)| counts.as_slice())
    }
}

fn total(counts: &[i64]) -> i64 {
    counts.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One period, two groups, two classes.
    fn block(counts: [[i64; 2]; 2], period: bool, groups: [bool; 2]) -> Block {
        Block {
            counts: vec![counts.map(Vec::from).to_vec()],
            period_shown: vec![period],
            group_shown: groups.to_vec(),
        }
    }

    #[test]
    fn one_hidden_row_beside_known_columns_is_no_secret() {
        let alone = block([[20, 2], [20, 20]], true, [false, true]);
        assert_eq!(alone.width(Hidden::Group(0), 1), 0);
        assert_eq!(alone.narrow(5).len(), 2);
        let in_company = block([[20, 2], [20, 20]], true, [false, false]);
        assert_eq!(in_company.width(Hidden::Group(0), 1), 22);
        assert_eq!(in_company.narrow(5), []);
    }

    #[test]
    fn a_hidden_period_needs_a_hidden_group_to_hide_in() {
        let open = block([[20, 2], [20, 20]], false, [true, true]);
        assert_eq!(open.narrow(5).len(), 2, "the units add up to the month");
        let closed = block([[20, 2], [20, 20]], false, [false, true]);
        assert_eq!(closed.narrow(5), []);
    }
}
