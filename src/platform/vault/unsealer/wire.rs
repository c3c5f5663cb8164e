//! The protocol: one JSON line as a question, one as the answer.

use crate::error::AppError;
use crate::platform::{password::Password, vault::Identity};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The longest question, in bytes: two passwords of 200 characters, however they are escaped.
pub(super) const MAX_REQUEST: u64 = 4096;
/// The longest answer, in bytes: five fields of bounded length.
pub(super) const MAX_REPLY: u64 = 64 * 1024;

/// What is asked for, and the proof of who asks.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// What to do.
    pub act: Act,
    /// Id of the row in `identity_opening`.
    pub opening: Uuid,
    /// Id of the staff member who asks.
    pub by: Uuid,
    /// Their password, given for this.
    pub proof: Proof,
}

/// What the unsealer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Act {
    /// Writes that a second leader allows an opening.
    Approve,
    /// Opens the identity of an allowed opening.
    Look,
}

/// The password of the person who asks.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// Their password.
    pub password: Password,
    /// The one before, if they changed it since the unsealer last knew it; else empty.
    #[serde(default)]
    pub former: Password,
}

/// The answer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reply {
    /// The approval is on record.
    Approved,
    /// The identity; the look is already on record.
    Identity(Identity),
    /// The reason for refusing.
    Refused(Refusal),
}

/// Why an identity stays sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// No such opening.
    #[serde(rename = "khong_tim_thay")]
    NotFound,
    /// Asked for without a reason.
    #[serde(rename = "thieu_ly_do")]
    NoReason,
    /// Somebody approved it already.
    #[serde(rename = "da_duyet")]
    Decided,
    /// Nobody has approved it yet.
    #[serde(rename = "chua_duyet")]
    NotApproved,
    /// Somebody refused it.
    #[serde(rename = "da_tu_choi")]
    TurnedDown,
    /// Requested and approved by one person.
    #[serde(rename = "cung_mot_nguoi")]
    SamePerson,
    /// The approver holds no role that may approve, or the asker none that may ask.
    #[serde(rename = "khong_co_quyen")]
    NotEntitled,
    /// The owner of the installation has not admitted this person to openings.
    #[serde(rename = "chua_duoc_ghi_nhan")]
    NotAdmitted,
    /// The approver or the asker has a part in the matter: of the unit the case is about or one
    /// below it, named as taking no part, or nobody knows yet whom it is about.
    #[serde(rename = "co_lien_quan")]
    Involved,
    /// The person who wants to look did not ask for it.
    #[serde(rename = "khong_phai_nguoi_yeu_cau")]
    NotTheirs,
    /// More than a day has passed since the approval.
    #[serde(rename = "het_han")]
    Expired,
    /// No live session.
    #[serde(rename = "khong_co_phien")]
    NoSession,
    /// Not their password.
    #[serde(rename = "sai_mat_khau")]
    WrongPassword,
    /// Their password, but not the one the unsealer knows; the one before must come with it.
    #[serde(rename = "mat_khau_da_doi")]
    PasswordChanged,
    /// Too many wrong passwords of this person just now.
    #[serde(rename = "sai_nhieu_lan")]
    Guessing,
    /// The daily limit of openings is reached.
    #[serde(rename = "qua_so_lan")]
    TooMany,
    /// The case is an information lead: it has no identity.
    #[serde(rename = "khong_co_danh_tinh")]
    NoIdentity,
    /// The key is missing, or the sealed text was changed.
    #[serde(rename = "khong_mo_duoc")]
    CannotOpen,
    /// The database is unreachable; nothing was opened.
    #[serde(rename = "gian_doan")]
    Unavailable,
    /// Not a question of this protocol.
    #[serde(rename = "yeu_cau_sai")]
    Malformed,
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        match AppError::from(error) {
            AppError::Unavailable => Self::Unavailable,
            _ => Self::CannotOpen,
        }
    }
}
