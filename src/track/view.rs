//! What the following page shows: ready-to-read words. It carries no name of staff and nothing that
//! tells who the reporter is.

use crate::ui::TimelineItem;
use serde::{Deserialize, Serialize};

/// A case as its reporter sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseView {
    /// The case number.
    pub number: String,
    /// Where it stands and by when the department answers.
    pub sentence: String,
    /// How the deadline was counted; "" where none runs.
    pub why: String,
    /// Kept as an information lead: no deadline runs.
    pub is_lead: bool,
    /// What is known of it, as label and value.
    pub facts: Vec<(String, String)>,
    /// What the department needs to know; "" where nothing was asked or it has been answered.
    pub asked: String,
    /// How it ended other than by an answer; absent otherwise.
    pub ending: Option<Ending>,
    /// The answer; "" until there is one.
    pub reply: String,
    /// The rating given; "" where none was.
    pub rated: String,
    /// The conversation, oldest first.
    pub words: Vec<Words>,
    /// What happened, newest first.
    pub timeline: Vec<TimelineItem>,
    /// What the reporter sent first, as label and value.
    pub story: Vec<(String, String)>,
    /// Names of the files sent with it.
    pub files: Vec<String>,
    /// When the identity was opened, one sentence each.
    pub openings: Vec<String>,
    /// Which forms stand on the page.
    pub may: May,
    /// Makes one sending of this page one sending, however often it is pressed.
    pub key: String,
}

/// Why a case ended without an answer of the department, and the next door.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// In a line.
    pub title: String,
    /// Why, or where it went.
    pub reason: String,
    /// What was written about it; may be "".
    pub detail: String,
    /// What the reporter can do now.
    pub door: String,
}

/// One message of the conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Written by the department, not by the reporter.
    pub ours: bool,
    /// When, as read.
    pub when: String,
    /// What was written.
    pub text: String,
    /// Names of the files sent with it.
    pub files: Vec<String>,
}

/// What a reporter may do now; the server asks again when it is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct May {
    /// Write to the department.
    pub write: bool,
    /// The next message is the supplement that was asked for.
    pub supplement: bool,
    /// Withdraw.
    pub withdraw: bool,
    /// Rate the answer.
    pub rate: bool,
    /// Say that the answer does not satisfy.
    pub reopen: bool,
}
