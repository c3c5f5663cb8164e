//! How satisfied the submitter is with the answer.

use serde::{Deserialize, Serialize};

/// The four marks of the public scale, best first. Stored as 1 (very satisfied) to 4 (not
/// satisfied).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i16", into = "i16")]
pub enum Rating {
    /// "Rất hài lòng"
    VerySatisfied,
    /// "Hài lòng"
    Satisfied,
    /// "Bình thường"
    Neutral,
    /// "Không hài lòng"
    NotSatisfied,
}

impl Rating {
    /// Every mark, best first.
    pub const ALL: [Self; 4] = [
        Self::VerySatisfied,
        Self::Satisfied,
        Self::Neutral,
        Self::NotSatisfied,
    ];

    /// What is stored: 1 to 4.
    pub const fn mark(self) -> i16 {
        match self {
            Self::VerySatisfied => 1,
            Self::Satisfied => 2,
            Self::Neutral => 3,
            Self::NotSatisfied => 4,
        }
    }

    /// The same words for the submitter who gives it and the staff who read it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::VerySatisfied => "Rất hài lòng",
            Self::Satisfied => "Hài lòng",
            Self::Neutral => "Bình thường",
            Self::NotSatisfied => "Không hài lòng",
        }
    }

    /// The rating of a stored mark.
    pub fn from_mark(mark: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|rating| rating.mark() == mark)
    }
}

impl TryFrom<i16> for Rating {
    type Error = &'static str;

    fn try_from(mark: i16) -> Result<Self, Self::Error> {
        Self::from_mark(mark).ok_or("a rating is 1 to 4")
    }
}

impl From<Rating> for i16 {
    fn from(rating: Rating) -> Self {
        rating.mark()
    }
}
