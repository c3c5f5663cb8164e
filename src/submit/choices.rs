//! What the form offers to choose from, read from the directory once a minute.

use serde::{Deserialize, Serialize};

/// Units, wards and procedures in force today, the privacy notice, and how the department is
/// reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormChoices {
    /// Code and name of every unit.
    pub units: Vec<(String, String)>,
    /// Code and name of every ward.
    pub wards: Vec<(String, String)>,
    /// Names of the procedures in force.
    pub procedures: Vec<String>,
    /// Version of the privacy notice.
    pub notice_version: i16,
    /// Its text, one paragraph a line.
    pub notice: String,
    /// Where other matters go.
    pub contacts: super::other_doors::Contacts,
    /// Who is asked for a name: the signed-in person's frame on the entry page.
    pub viewer: Option<crate::ui::Viewer>,
}
