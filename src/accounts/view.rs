//! What the pages of this slice show, ready to be shown.

use crate::ui::{QrCode, Viewer};
use serde::{Deserialize, Serialize};

/// The page that asks for the password again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReauthenticationView {
    /// Who looks.
    pub viewer: Viewer,
}

/// The own account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    /// Who looks.
    pub viewer: Viewer,
    /// Name to sign in with.
    pub username: String,
    /// Name of the unit; empty without one.
    pub unit: String,
    /// Labels of the roles.
    pub roles: Vec<String>,
    /// Live sessions, the latest first.
    pub sessions: Vec<SessionRow>,
    /// The second proof beside the password.
    pub second_factor: SecondFactor,
}

/// Whether the second proof is set up, and whether it must be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactor {
    /// An app was set up.
    pub on: bool,
    /// The roles demand it, in service.
    pub required: bool,
    /// Recovery codes left.
    pub codes_left: i64,
}

/// A live session: when, never from where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Signed in at.
    pub since: String,
    /// Last used at.
    pub last_seen: String,
    /// The one that shows this page.
    pub here: bool,
}

/// The page of second proofs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactorView {
    /// Who looks, if they are signed in already.
    pub viewer: Option<Viewer>,
    /// What the page asks for.
    pub stage: Stage,
    /// Where to go on to.
    pub next: String,
}

/// What the page of second proofs asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// There is no sign-in under way.
    #[default]
    Over,
    /// The code of the app, or a recovery code.
    Code,
    /// Setting up an app.
    SetUp {
        /// The secret in groups of four, for typing.
        secret: String,
        /// The picture of the secret.
        picture: QrCode,
        /// Whether the roles demand it.
        required: bool,
    },
    /// An app is set up.
    On(SecondFactor),
    /// Recovery codes, shown once.
    Codes(RecoveryCodes),
}

/// Recovery codes in the answer that made them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryCodes(pub Vec<String>);

/// The page that a link to a new password opens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkView {
    /// Not a link of ours, used, or too old.
    #[default]
    Dead,
    /// Nobody has confirmed it yet.
    Waiting,
    /// It opens, with the code, for this name to sign in with.
    Open(String),
}

/// Everybody with an account, and what waits for a second person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffView {
    /// Who looks.
    pub viewer: Viewer,
    /// Whether they may ask for changes.
    pub manages: bool,
    /// Whether they may confirm what others asked for.
    pub confirms: bool,
    /// What waits for a second person, the oldest first.
    pub waiting: Vec<RequestRow>,
    /// What was confirmed or refused last.
    pub decided: Vec<DecidedRow>,
    /// What was looked for among names, units and roles; "" for everybody.
    pub words: String,
    /// Open accounts first, by name; at most a hundred.
    pub staff: Vec<StaffRow>,
    /// How many were found.
    pub found: usize,
    /// Code and name of each unit.
    pub units: Vec<(String, String)>,
    /// The half of a new password shown in this answer only.
    pub issued: Option<Issued>,
}

/// One account, and what may be asked for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    /// Who looks.
    pub viewer: Viewer,
    /// Whether they may ask for changes.
    pub manages: bool,
    /// The account.
    pub row: StaffRow,
    /// What waits for a second person; "" for nothing.
    pub waits: String,
    /// Numbers of the open cases it has in hand.
    pub held: Vec<String>,
    /// Id and name of those who may have them.
    pub colleagues: Vec<(String, String)>,
    /// Code and name of each unit.
    pub units: Vec<(String, String)>,
    /// What was confirmed or refused for it, the latest first.
    pub decided: Vec<DecidedRow>,
    /// The half of a new password shown in this answer only.
    pub issued: Option<Issued>,
}

/// Something asked for, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestRow {
    /// Identifier as sent back.
    pub request: String,
    /// What is asked for.
    pub what: String,
    /// For whom: name and name to sign in with.
    pub who: String,
    /// Unit and roles as they will be; empty if they stay.
    pub becomes: String,
    /// Who asked.
    pub by: String,
    /// When.
    pub at: String,
    /// Asked for by the one who looks, who may take it back.
    pub mine: bool,
    /// About the one who looks, who may not confirm it.
    pub about_me: bool,
}

/// Something that was decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedRow {
    /// What was asked for.
    pub what: String,
    /// For whom.
    pub who: String,
    /// Unit and roles it gave; empty if they stayed.
    pub becomes: String,
    /// Who asked.
    pub by: String,
    /// Who decided.
    pub decided_by: String,
    /// When.
    pub at: String,
    /// Confirmed rather than refused.
    pub approved: bool,
}

/// One account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffRow {
    /// Identifier as sent back.
    pub staff: String,
    /// Name to sign in with.
    pub username: String,
    /// Name as shown.
    pub name: String,
    /// Code of the unit; empty without one.
    pub unit: String,
    /// Name of the unit; empty without one.
    pub unit_name: String,
    /// Codes of the roles.
    pub roles: Vec<String>,
    /// Labels of the roles, joined.
    pub role_names: String,
    /// The day of the last sign-in; "" if there was none.
    pub last_used: String,
    /// Whether they may sign in.
    pub state: AccountState,
    /// The one who looks; nobody changes their own account.
    pub me: bool,
}

/// How far an account is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccountState {
    /// Open, with a password of the person's own.
    #[default]
    Open,
    /// Confirmed; the person has not set a password yet.
    NoPassword,
    /// New, and nobody confirmed it yet.
    Unconfirmed,
    /// Closed.
    Closed,
}

/// One half of what sets a password, shown in the answer that made it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Whose.
    pub username: String,
    /// The link or the code.
    pub half: Half,
}

/// The two halves that set a password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Half {
    /// The address, shown to whoever asked.
    Link(String),
    /// The code, shown to whoever confirmed.
    Code(String),
}

impl Default for Half {
    fn default() -> Self {
        Self::Link(String::new())
    }
}

/// A page of the audit log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditView {
    /// Who looks.
    pub viewer: Viewer,
    /// The day it is narrowed to (`2026-11-23`), or "".
    pub day: String,
    /// The action it is narrowed to, or "".
    pub action: String,
    /// Code and label of each action.
    pub actions: Vec<(String, String)>,
    /// The latest first.
    pub rows: Vec<AuditRow>,
    /// Whether the page does not begin with the latest entry.
    pub later: bool,
    /// The last entry shown, if there are older ones.
    pub older: String,
}

/// One line of the audit log: codes in words, never content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// What.
    pub what: String,
    /// Number of the case; empty if it is about none.
    pub case: String,
    /// Of whose account, and which roles; empty if it is about none.
    pub about: String,
    /// An identity was opened, or an account woke up.
    pub stands_out: bool,
}
