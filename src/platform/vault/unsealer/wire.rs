//! The protocol: one JSON line as a question, one as the answer.

use crate::{error::AppError, platform::vault::Identity};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The longest question, in bytes.
pub(super) const MAX_REQUEST: u64 = 256;
/// The longest answer, in bytes: five fields of bounded length.
pub(super) const MAX_REPLY: u64 = 64 * 1024;

/// Asks for the identity of an approved opening.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Id of the row in `identity_opening`.
    pub open: Uuid,
    /// Id of the staff member who asks.
    pub by: Uuid,
}

/// The answer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reply {
    /// The identity; the reading is already on record.
    Identity(Identity),
    /// The reason for refusing.
    Refused(Refusal),
}

/// Why an identity stays sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// No such opening, or an unknown staff member.
    #[serde(rename = "khong_tim_thay")]
    NotFound,
    /// Asked for without a reason.
    #[serde(rename = "thieu_ly_do")]
    NoReason,
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
    /// The approver or the asker belongs to the unit the case is about.
    #[serde(rename = "don_vi_bi_phan_anh")]
    ConcernedUnit,
    /// The person who asks neither requested nor approved it.
    #[serde(rename = "khong_phai_nguoi_yeu_cau")]
    NotTheirs,
    /// More than a day has passed since the approval.
    #[serde(rename = "het_han")]
    Expired,
    /// No live session, or the password was entered too long ago.
    #[serde(rename = "nhap_lai_mat_khau")]
    Reauthenticate,
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

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound | Refusal::NoIdentity => Self::NotFound,
            Refusal::NotApproved | Refusal::TurnedDown | Refusal::Expired => Self::Conflict,
            Refusal::SamePerson
            | Refusal::NotEntitled
            | Refusal::ConcernedUnit
            | Refusal::NotTheirs
            | Refusal::NoReason => Self::Forbidden,
            Refusal::Reauthenticate => Self::ReauthenticationRequired,
            Refusal::TooMany => Self::TooManyRequests,
            Refusal::Unavailable => Self::Unavailable,
            Refusal::CannotOpen | Refusal::Malformed => Self::Internal,
        }
    }
}

impl From<AppError> for Refusal {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Unavailable => Self::Unavailable,
            _ => Self::CannotOpen,
        }
    }
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        AppError::from(error).into()
    }
}
