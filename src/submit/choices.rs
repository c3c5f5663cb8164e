//! What the form offers to choose from, read from the directory once a minute.

use serde::{Deserialize, Serialize};

/// Units and procedures in force today, the version of the privacy notice, and how the department is
/// reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormChoices {
    /// Code and name of every unit.
    pub units: Vec<(String, String)>,
    /// Names of the procedures in force.
    pub procedures: Vec<String>,
    /// Version of the privacy notice.
    pub notice_version: i16,
    /// Where other matters go.
    pub contacts: super::other_doors::Contacts,
    /// The present time in Viet Nam as a field for date and time writes it, on the entry page.
    pub now: String,
    /// How what this person writes down usually comes in, on the entry page.
    pub channel: String,
    /// Who is asked for a name: the signed-in person's frame on the entry page.
    pub viewer: Option<crate::ui::Viewer>,
}
