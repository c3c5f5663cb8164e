//! What a submitter wrote: everything that stays sealed with the case.

use serde::{Deserialize, Serialize};

/// The facts the notice asks for by name, and the text. Strings as typed, normalised; "" if
/// nothing was given.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedbackContent {
    /// The matter in a line, ≤ 200 characters.
    pub title: String,
    /// What happened, 20–10 000 characters.
    pub content: String,
    /// What should be done (Decree 20/2008 art. 3.5: with it, feedback is a proposal).
    pub proposal: String,
    /// The officer concerned: name, desk, how to recognise them.
    pub officer: String,
    /// Place, in the submitter's words.
    pub place: String,
    /// When it happened, `yyyy-mm-dd` or words.
    pub happened_on: String,
    /// The administrative procedure, code or words.
    pub procedure: String,
    /// The code of the dossier (application) concerned.
    pub dossier_code: String,
    /// The rule concerned: name.
    pub rule_name: String,
    /// The rule concerned: number.
    pub rule_number: String,
    /// The rule concerned: date.
    pub rule_date: String,
    /// The rule concerned: article and clause.
    pub rule_clause: String,
    /// Late dossier: filed on, `yyyy-mm-dd`.
    pub filed_on: String,
    /// Late dossier: filed at which desk.
    pub filed_at: String,
    /// Late dossier: promised for, `yyyy-mm-dd`.
    pub promised_on: String,
    /// Late dossier: was an apology slip given: `co`, `khong` or "".
    pub apology: String,
    /// Late dossier: promised again for, `yyyy-mm-dd`.
    pub promised_again_on: String,
    /// Entered by staff: when the call or visit was, as read.
    pub call_time: String,
    /// Entered by staff: the recorder's note.
    pub recorder_note: String,
    /// Version of the privacy notice that was shown.
    pub notice_version: i16,
    /// Agreed to be contacted about the case.
    pub consent_contact: bool,
    /// Agreed that an anonymised summary be published.
    pub consent_publish: bool,
    /// How to answer: `trang` (tracking page), `email`, `dien_thoai`, `thu`.
    pub reply_by: String,
}
