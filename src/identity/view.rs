//! What the panel and the page of an opening show, ready to read.

use crate::ui::Viewer;
use serde::{Deserialize, Serialize};

/// The stage of an opening, for the person signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningView {
    /// Number of the case.
    pub number: String,
    /// The submitter asked to be kept secret from the unit concerned.
    pub kept_secret: bool,
    /// Sent without a name or a way to answer: there may be little to open.
    pub is_lead: bool,
    /// This person may ask.
    pub may_ask: bool,
    /// This person gave their password within five minutes.
    pub recently_authenticated: bool,
    /// A call or letter is owed: the reason to begin with; or empty.
    pub purpose: String,
    /// The stage, and what can be done in it.
    pub state: OpeningState,
    /// Earlier openings, the latest first.
    pub past: Vec<PastOpening>,
}

/// The stage of an opening.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum OpeningState {
    /// Nobody may see it; one may ask.
    #[default]
    Sealed,
    /// Asked for, waits for a second leader.
    Awaiting {
        /// Identifier as sent back.
        opening: String,
        /// Who asked.
        asked_by: String,
        /// When.
        asked_at: String,
        /// Why; empty for those who neither asked nor may decide.
        reason: String,
        /// This person asked.
        mine: bool,
        /// This person may allow or refuse.
        may_decide: bool,
        /// Why somebody with the right to decide may not decide this one; or empty.
        barred: String,
    },
    /// Allowed: the one who asked may see it.
    Allowed {
        /// Who asked.
        asked_by: String,
        /// Who allowed it.
        allowed_by: String,
        /// Until when.
        until: String,
        /// This person asked.
        mine: bool,
    },
}

/// An opening that has ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastOpening {
    /// When it was asked for.
    pub when: String,
    /// Who asked, who decided, and how.
    pub what: String,
}

/// The submitter. Exists only in the one response that shows it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revealed {
    /// Person's name, or the organisation's.
    pub name: String,
    /// The organisation's representative; may be empty.
    pub representative: String,
    /// Ward and detail.
    pub address: String,
    /// May be empty.
    pub phone: String,
    /// May be empty.
    pub email: String,
}

/// The page of an opening.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningPageView {
    /// The person signed in.
    pub viewer: Viewer,
    /// Stage and details.
    pub opening: OpeningView,
    /// In the response to "Xem danh tính" only.
    pub revealed: Option<Revealed>,
}
