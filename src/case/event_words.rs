//! Whom the words of an event were written for.

use super::CaseEvent;

impl CaseEvent {
    /// Whether the words sealed with it were written for the unit, or by it.
    pub const fn has_unit_words(&self) -> bool {
        matches!(
            self,
            Self::DraftReturned | Self::SentBack | Self::ReopeningExtracted
        )
    }

    /// Whether it tells the submitter how their feedback was settled: what a call or a letter is to say.
    pub const fn releases_answer(&self) -> bool {
        matches!(
            self,
            Self::Answered
                | Self::RefusalApproved { .. }
                | Self::ForwardApproved { .. }
                | Self::Redirected { .. }
        )
    }

    /// Whether the words sealed with it were written for the submitter, or by them.
    pub const fn has_public_words(&self) -> bool {
        matches!(
            self,
            Self::SupplementRequested { .. }
                | Self::Reopened
                | Self::RefusalProposed { .. }
                | Self::RefusalApproved { .. }
                | Self::ForwardApproved { .. }
                | Self::Redirected { .. }
        )
    }
}
