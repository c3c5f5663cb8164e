//! Figures made from published numbers: never from anything else.

/// The smallest denominator of a published percentage.
pub const PERCENT_FROM: i64 = 20;
/// The smallest count of which a median is published.
pub const MEDIAN_FROM: i64 = 10;

/// `part` of `whole`, both published, in whole percent, rounded half up. `None` if the whole is
/// below [`PERCENT_FROM`] or the part is no part of it.
pub fn percent(part: i64, whole: i64) -> Option<i64> {
    let is_part = (0..=whole).contains(&part);
    (whole >= PERCENT_FROM && is_part).then(|| (part * 200 + whole) / (2 * whole))
}

/// The median of `days` in whole days, rounded half up. `None` of fewer than [`MEDIAN_FROM`]: it
/// would be one person's time.
pub fn median(days: &mut [i64]) -> Option<i64> {
    if i64::try_from(days.len()).ok()? < MEDIAN_FROM {
        return None;
    }
    days.sort_unstable();
    let middle = days.len() / 2;
    Some(match days.len() % 2 {
        0 => (days[middle - 1] + days[middle] + 1).div_euclid(2),
        _ => days[middle],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_need_twenty_and_medians_ten() {
        assert_eq!(percent(19, 19), None);
        assert_eq!(percent(15, 20), Some(75));
        assert_eq!(percent(1, 200), Some(1));
        assert_eq!(percent(21, 20), None);
        assert_eq!(median(&mut [3; 9]), None);
        assert_eq!(median(&mut [9, 1, 8, 2, 7, 3, 6, 4, 5, 5]), Some(5));
        assert_eq!(median(&mut [1, 1, 1, 1, 1, 2, 2, 2, 2, 2]), Some(2));
    }
}
