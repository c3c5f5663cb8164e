//! What the following page shows, ready to read. It carries no name of staff, but of who signed an
//! answer, and nothing that reveals who the submitter is.

use crate::{
    case::Consent,
    ui::{BatonLeg, Due, LetterSheet, TimelineItem},
};
use serde::{Deserialize, Serialize};

/// A case as its submitter sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowedCase {
    /// The case number.
    pub number: String,
    /// Tells this case from another in the same browser; goes with every form of the page.
    pub mark: String,
    /// The matter in a line.
    pub matter: String,
    /// Its status, and by when the department answers, in one sentence.
    pub sentence: String,
    /// How the deadline was counted; "" if none runs.
    pub why: String,
    /// Where it is and for how long; empty if it ended without an answer.
    pub legs: Vec<BatonLeg>,
    /// The deadline, while it runs or is paused.
    pub due: Option<Due>,
    /// Kept as an information lead: no deadline runs.
    pub is_lead: bool,
    /// What is known of it, as label and value.
    pub facts: Vec<(String, String)>,
    /// What the department needs to know; "" if nothing was asked or it has been answered.
    pub asked: String,
    /// How it ended other than by an answer; absent otherwise.
    pub ending: Option<Ending>,
    /// Every answer that was given, oldest first.
    pub answers: Vec<LetterSheet>,
    /// The last of them answers the case as it stands; otherwise it was opened again since.
    pub is_answered: bool,
    /// The rating given; "" if none was.
    pub rated: String,
    /// The conversation, oldest first.
    pub words: Vec<Said>,
    /// What happened, newest first.
    pub timeline: Vec<TimelineItem>,
    /// What the submitter sent first, as label and value.
    pub story: Vec<(String, String)>,
    /// Names of the files sent with it.
    pub files: Vec<String>,
    /// What they allow.
    pub consent: Consent,
    /// When the identity was opened, one sentence each.
    pub openings: Vec<String>,
    /// Which forms the page offers.
    pub may: May,
    /// Form key: however often a form of this page is submitted, it counts once.
    pub key: String,
}

/// Why a case ended without an answer from the department, and where to turn next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// In a line.
    pub title: String,
    /// Why, or where it went.
    pub reason: String,
    /// What was written about it; may be "".
    pub detail: String,
    /// What the submitter can do now.
    pub next_step: String,
}

/// One message of the conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Written by the department, not by the submitter.
    pub ours: bool,
    /// Date and time, formatted.
    pub when: String,
    /// What was written.
    pub text: String,
    /// Names of the files sent with it.
    pub files: Vec<String>,
}

/// What a submitter may do now; the server asks again when it is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct May {
    /// Write to the department.
    pub write: bool,
    /// The next message is the supplement that was asked for.
    pub supplement: bool,
    /// Withdraw.
    pub withdraw: bool,
    /// Withdrawing is over, and a word to the department is what is left.
    pub withdraw_by_word: bool,
    /// Rate the answer.
    pub rate: bool,
    /// Say that the answer does not satisfy.
    pub reopen: bool,
}
