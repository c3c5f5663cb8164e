//! What the case page shows.

use crate::{
    case::{Action, Finding, Kind, Status, UnitId},
    ui::{BatonLeg, Due, LetterSheet, TimelineItem, Viewer},
};
use serde::{Deserialize, Serialize};

/// One case as one person may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFile {
    /// The person signed in.
    pub viewer: Viewer,
    /// Case number, such as `PA26-7K3M9Q-X`.
    pub number: String,
    /// Running number of the register.
    pub register_no: i64,
    /// Newest event: what an action from this page was decided on.
    pub seen: i64,
    /// Kind of feedback.
    pub kind: Kind,
    /// Present status.
    pub status: Status,
    /// The matter in a line.
    pub matter: String,
    /// Who has it: person and unit; or empty.
    pub assigned_to: String,
    /// For whom it waits; `None` once it is settled.
    pub waits: Option<Waits>,
    /// What this person can still take back.
    pub undo: Option<UndoOffer>,
    /// Number of the case that has waited longest to be received, for those who do; or empty.
    pub next: String,
    /// Labels and values of the head: received, channel, reasons, units, holder, secrecy.
    pub facts: Vec<Fact>,
    /// The feedback, as far as this person may read it.
    pub words: FeedbackText,
    /// The extract for the unit, if there is one and the original is shown as well.
    pub extract: String,
    /// What was found.
    pub finding: Option<Finding>,
    /// Finding and measures in words, or empty.
    pub measures: String,
    /// The answer as a letter: its text is the draft, or the reply once answered, or empty.
    pub letter: LetterSheet,
    /// The answer before the case was opened again; or empty.
    pub first_reply: String,
    /// What came with it. `None`: kept from this person.
    pub files: Option<Vec<FileLink>>,
    /// Messages with the submitter. `None`: kept from this person.
    pub conversation: Option<Vec<Said>>,
    /// Notes among colleagues.
    pub notes: Vec<Said>,
    /// Why the submitter reopened it: as the unit was told, else in their own words; or empty.
    pub reopening: String,
    /// What happened, newest first.
    pub timeline: Vec<TimelineItem>,
    /// The stages of the case with the days spent at each; none if it ended otherwise.
    pub legs: Vec<BatonLeg>,
    /// The deadline.
    pub due: Option<Due>,
    /// How it was counted.
    pub due_why: String,
    /// The proposal that waits, in words; or empty.
    pub proposal: String,
    /// The call or letter still owed to the submitter, for those who make it; or empty.
    pub reply_task: String,
    /// This person may ask for the identity to be opened for it.
    pub reply_opens: bool,
    /// The actions this person may take, the most likely first.
    pub actions: Vec<Action>,
    /// What the actions' forms let one choose from.
    pub choices: ActionChoices,
}

/// For whom a case waits, and for what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waits {
    /// "Huỳnh Văn Mẫu".
    pub who: String,
    /// "kết luận".
    pub what: String,
    /// "16:42", or with its day; or empty.
    pub since: String,
    /// Who concludes, while it is being verified; or empty.
    pub head: String,
    /// Whether the result was handed to them.
    pub handed: bool,
}

/// A step that can still be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoOffer {
    /// What was done.
    pub action: Action,
}

/// A label and its value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Caption.
    pub label: String,
    /// On the screen.
    pub value: String,
}

impl Fact {
    /// Those of the pairs that have a value.
    pub fn list<'a>(pairs: impl IntoIterator<Item = (&'a str, String)>) -> Vec<Self> {
        let known = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let fact = |(label, value): (&str, String)| Self {
            label: label.to_owned(),
            value,
        };
        known.map(fact).collect()
    }
}

/// The text of the feedback.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FeedbackText {
    /// The original, field by field.
    Original(Vec<Fact>),
    /// The extract written for the unit.
    Extract(String),
    /// Nothing this person may read.
    Sealed,
    /// Nothing any more: everything was erased on this day, "23/11/2026".
    Erased(String),
}

/// A file that can be downloaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileLink {
    /// Address of the download.
    pub href: String,
    /// Name on the submitter's device.
    pub name: String,
    /// Kind and size: "Ảnh · 1,2 MB".
    pub about: String,
}

/// A message or note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// When.
    pub when: String,
    /// Author: display name, or role.
    pub who: String,
    /// Whether the submitter wrote it.
    pub incoming: bool,
    /// Text, as written.
    pub text: String,
}

/// What the forms of the actions let one choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionChoices {
    /// Each unit with the people who handle cases there.
    pub receivers: Vec<Receiver>,
    /// Id and name of each body a case may be forwarded to.
    pub bodies: Vec<(String, String)>,
    /// By when it has to be classified; empty once it is.
    pub classify_by: String,
    /// By when it has to be forwarded, if it is another body's: "thứ Hai 30/11/2026".
    pub forward_by: String,
    /// Codes of the reasons ticked so far.
    pub reasons: Vec<String>,
    /// Codes of the reasons, of any kind, that the submitter's own words speak for.
    pub likely: Vec<String>,
    /// The story with names and numbers covered, to begin the extract with; "" if there is one.
    pub extract_draft: String,
    /// Id and name of each unit the case may be about.
    pub places: Vec<(String, String)>,
    /// Id of the unit it is about; [`UNKNOWN_UNIT`] as long as that is not known.
    pub concerned: String,
    /// Whether it is kept closer: signs of a denunciation.
    pub denunciation: bool,
    /// Id and "name – unit" of each person who may know of cases.
    pub people: Vec<(String, String)>,
    /// Ids of those who take no part in it.
    pub recused: Vec<String>,
}

/// A unit that a case may go to, if nothing forbids it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receiver {
    /// Which.
    pub unit: UnitId,
    /// The unit above it.
    pub parent: Option<UnitId>,
    /// The verification team.
    pub verifies: bool,
    /// Its name.
    pub name: String,
    /// Id and name of each person who handles cases there and takes part in this one.
    pub people: Vec<(String, String)>,
}

/// What stands for the unit a case is about as long as nobody knows it.
pub const UNKNOWN_UNIT: &str = "chua_ro";
