//! What the pages of this slice show, ready to be shown.

use crate::ui::Viewer;
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
    /// For administrators: everybody.
    pub register: Option<StaffRegister>,
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

/// Everybody with an account, and what is needed to add one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffRegister {
    /// By user name.
    pub staff: Vec<StaffRow>,
    /// Code and name of each unit.
    pub units: Vec<(String, String)>,
    /// The account made just now.
    pub created: Option<NewPassword>,
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
    /// Name of the unit; empty without one.
    pub unit: String,
    /// Labels of the roles, joined.
    pub roles: String,
    /// Whether they may sign in.
    pub active: bool,
    /// The one who looks; nobody closes their own account.
    pub me: bool,
}

/// A password shown once, in the response that made it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPassword {
    /// Whose.
    pub username: String,
    /// In groups of four.
    pub password: String,
}
