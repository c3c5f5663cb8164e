//! The five stages of a case, as a baton that is handed on: who holds it is who owes work.

use super::{CaseEvent, Status, codes::codes};
use serde::{Deserialize, Serialize};

codes! {
    /// Where the baton is.
    Stage {
        Sent = "gui", "Gửi";
        Received = "tiep_nhan", "Tiếp nhận";
        Verified = "xac_minh", "Xác minh";
        Approved = "duyet", "Duyệt";
        Answered = "tra_loi", "Trả lời";
    }
}

/// What an event does to the baton.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It is at this stage now.
    At(Stage),
    /// The submitter has it: the days are not the department's.
    Waits,
    /// The case begins anew at this stage; what was spent there and after it counts no more.
    Again(Stage),
    /// The case has ended.
    Ends,
}

impl Status {
    /// The stage of a case in this status; `None` if it ended without an answer of the department.
    pub const fn stage(self) -> Option<Stage> {
        Some(match self {
            Self::Submitted => Stage::Sent,
            Self::AwaitingInfo | Self::Received | Self::Classified => Stage::Received,
            Self::Assigned | Self::Verifying | Self::Drafting => Stage::Verified,
            Self::AwaitingApproval => Stage::Approved,
            Self::Answered | Self::Closed => Stage::Answered,
            Self::Refused | Self::Forwarded | Self::Redirected | Self::Withdrawn => return None,
        })
    }
}

impl CaseEvent {
    /// What it does to the baton; `None` if it stays where it is.
    pub const fn turn(&self) -> Option<Turn> {
        Some(match self {
            Self::Submitted => Turn::At(Stage::Sent),
            // whoever wrote it down has received it
            Self::Entered { .. } | Self::Received | Self::Supplemented { .. } | Self::SentBack => {
                Turn::At(Stage::Received)
            }
            Self::SupplementRequested { .. } => Turn::Waits,
            Self::Assigned { .. } | Self::DraftReturned => Turn::At(Stage::Verified),
            Self::DraftSubmitted => Turn::At(Stage::Approved),
            Self::Answered => Turn::At(Stage::Answered),
            Self::Reopened => Turn::Again(Stage::Verified),
            Self::RefusalApproved { .. }
            | Self::ForwardApproved { .. }
            | Self::Redirected { .. }
            | Self::Withdrawn
            | Self::Closed => Turn::Ends,
            _ => return None,
        })
    }
}
