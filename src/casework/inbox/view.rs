//! What the inbox page shows.

use crate::{
    case::{Action, Kind, Status},
    casework::case_page::FeedbackText,
    ui::{Due, Viewer},
};
use serde::{Deserialize, Serialize};

/// The most a count says exactly; beyond it reads "999+", so that a million cases cost what ten
/// thousand do.
pub const COUNTED: i64 = 1000;

/// Into how many cases of a view a search looks for words: the first of the list.
pub const SEARCHED: usize = 2000;

/// Code and short name of a unit.
pub type UnitChoice = (String, String);

/// The inbox of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbox {
    /// The person signed in.
    pub viewer: Viewer,
    /// Cases in each view, in the order of `View::ALL`, up to [`COUNTED`].
    pub counts: Vec<i64>,
    /// Each unit.
    pub units: Vec<UnitChoice>,
    /// One page of cases.
    pub rows: Vec<Row>,
    /// Address of the next page, or empty.
    pub next: String,
    /// The newest event of these cases: what is done to several of them was decided on it.
    pub seen: i64,
    /// What this person may do to several cases at once.
    pub bulk: Vec<Action>,
    /// What the case in focus says, if there is one in focus.
    pub preview: Option<FeedbackText>,
    /// A search has looked into the first [`SEARCHED`] cases only.
    pub searched_in_part: bool,
}

/// One case in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Case number, such as `PA26-7K3M9Q-X`.
    pub number: String,
    /// What it is about.
    pub matter: Matter,
    /// `23/11/2026`.
    pub received: String,
    /// Kind of feedback.
    pub kind: Kind,
    /// Short name of the unit in charge, else of the unit concerned; may be empty.
    pub unit: String,
    /// Present status.
    pub status: Status,
    /// Its deadline and how it stands to it, also after the end; `None` of an information lead.
    pub due: Option<Due>,
    /// Who handles it; may be empty.
    pub holder: String,
    /// What comes next, if somebody here owes a step.
    pub next: Option<Action>,
    /// The next step is this person's.
    pub mine: bool,
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
    /// Whoever has it was reminded, and it has not moved on since.
    pub reminded: bool,
}

/// What a case is about, as far as its reader may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Matter {
    /// The submitter's words, or the first line of the extract for those who read that.
    Words(String),
    /// The reader gets the extract, and there is none yet.
    NoExtract,
    /// The text is not kept any more.
    Erased,
}

impl Matter {
    /// As a line to read.
    pub fn line(&self) -> &str {
        match self {
            Self::Words(words) => words,
            Self::NoExtract => "Chưa có bản trích",
            Self::Erased => "Nội dung đã xóa",
        }
    }
}

impl Row {
    /// What decides the colour of its status: `late`, `mine`, or `plain`.
    pub fn tone(&self) -> &'static str {
        match &self.due {
            Some(due) if due.tone == "late" => "late",
            _ if self.mine => "mine",
            _ => "plain",
        }
    }
}

/// "12", or "999+" beyond what is counted.
pub fn count_words(count: i64) -> String {
    if count >= COUNTED {
        format!("{}+", COUNTED - 1)
    } else {
        count.to_string()
    }
}

/// A status in the words of a list.
pub const fn short_status(status: Status) -> &'static str {
    match status {
        Status::Submitted => "Mới đến",
        Status::AwaitingInfo => "Chờ bổ sung",
        Status::Received => "Chờ phân loại",
        Status::Classified => "Chờ phân công",
        Status::Assigned => "Chờ xác minh",
        Status::Verifying => "Đang xác minh",
        Status::Drafting => "Đang dự thảo",
        Status::AwaitingApproval => "Chờ phê duyệt",
        Status::Closed => "Kết thúc",
        Status::Forwarded => "Đã chuyển",
        Status::Redirected => "Đã hướng dẫn",
        Status::Answered | Status::Refused | Status::Withdrawn => status.label(),
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
        Status::Refused | Status::Forwarded | Status::Redirected | Status::Withdrawn => "stopped",
    }
}
