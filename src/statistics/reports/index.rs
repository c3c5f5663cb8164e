//! Indices 7 and 8 of the rating of one-stop work (Circular 01/2018/TT-VPCP art. 13).

use serde::{Deserialize, Serialize};

/// What a unit's indices are made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitIndex {
    /// The unit.
    pub unit: String,
    /// Cases about its people's manner that were found true, wholly or in part: index 7. What was
    /// found untrue does not count.
    pub upheld: i64,
    /// Cases that ended in the period.
    pub ended: i64,
    /// Of these, in time.
    pub in_time: i64,
    /// Of these, taken up again because the answer did not satisfy: handling that drags on.
    pub protracted: i64,
}

impl UnitIndex {
    /// Points of index 8: 2 without any feedback or with all of it in time, 1 from 90 % in time on,
    /// 0 below or if any drags on.
    pub const fn points(&self) -> u8 {
        if self.protracted > 0 {
            return 0;
        }
        if self.in_time >= self.ended {
            return 2;
        }
        (self.in_time * 10 >= self.ended * 9) as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thresholds_are_those_of_the_circular() {
        let points = |ended, in_time, protracted| {
            let unit = UnitIndex {
                ended,
                in_time,
                protracted,
                ..UnitIndex::default()
            };
            unit.points()
        };
        assert_eq!(points(0, 0, 0), 2);
        assert_eq!(points(7, 7, 0), 2);
        assert_eq!(points(10, 9, 0), 1);
        assert_eq!(points(20, 18, 0), 1);
        assert_eq!(points(19, 17, 0), 0);
        assert_eq!(points(7, 7, 1), 0);
    }
}
