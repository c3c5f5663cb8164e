//! What the inbox page shows.

use crate::{
    case::{Kind, Status},
    ui::{Due, Viewer},
};
use serde::{Deserialize, Serialize};

/// The most a count says exactly; beyond it reads "999+", so that a million cases cost what ten
/// thousand do.
pub const COUNTED: i64 = 1000;

/// The inbox of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbox {
    /// The person signed in.
    pub viewer: Viewer,
    /// Cases in each view, in the order of `View::ALL`, up to [`COUNTED`].
    pub counts: Vec<i64>,
    /// Code and name of each unit.
    pub units: Vec<(String, String)>,
    /// One page of cases.
    pub rows: Vec<Row>,
    /// Address of the next page, or empty.
    pub next: String,
}

/// One case in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Case number, such as `PA26-7K3M9Q-X`.
    pub number: String,
    /// `23/11/2026`.
    pub received: String,
    /// Kind of feedback.
    pub kind: Kind,
    /// The unit in charge, else the unit concerned; may be empty.
    pub unit: String,
    /// Present status.
    pub status: Status,
    /// Its deadline, if one runs.
    pub due: Option<Due>,
    /// Who handles it; may be empty.
    pub holder: String,
    /// An information lead.
    pub is_lead: bool,
    /// Signs of a denunciation.
    pub denunciation: bool,
    /// A proposal waits for a second person.
    pub proposed: bool,
    /// A call or a letter is owed to the submitter.
    pub reply_owed: bool,
    /// The submitter has written, and nobody has dealt with it.
    pub unread: bool,
}

/// "12", or "999+" beyond what is counted.
pub fn count_words(count: i64) -> String {
    if count >= COUNTED {
        format!("{}+", COUNTED - 1)
    } else {
        count.to_string()
    }
}

/// The tone of a status word.
pub const fn tone(status: Status) -> &'static str {
    match status {
        Status::Submitted | Status::Received | Status::Classified | Status::AwaitingInfo => "calm",
        Status::Assigned | Status::Verifying | Status::Drafting | Status::AwaitingApproval => {
            "active"
        }
        Status::Answered | Status::Closed => "done",
        Status::Refused
        | Status::Forwarded
        | Status::Redirected
        | Status::Collected
        | Status::Withdrawn
        | Status::Merged => "stopped",
    }
}
