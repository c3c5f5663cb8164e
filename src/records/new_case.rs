//! A case comes into being: one statement writes it and everything beside it, so that a crash
//! leaves all of it or nothing.

use super::{CaseRecord, Receipt, events::particulars};
use crate::{
    calendar::Deadline,
    case::{
        BodyField, CaseEvent, CaseId, CaseNumber, Channel, Confidentiality, Kind, ReplyBy,
        ServiceLevel, StaffId, Status, UnitId,
    },
    error::AppError,
    platform::{
        clock::VIETNAM,
        vault::{CaseKey, SealedIdentity, Vault},
    },
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What recognises a repeated submission, and the receipt for the browser that sent it.
pub struct Submission {
    /// HMAC of the form's key.
    pub key_hmac: [u8; 32],
    /// HMAC of words, files and submitter.
    pub content_hmac: [u8; 32],
    /// The receipt, sealed under the form's key.
    pub slip: Vec<u8>,
    /// Until when the receipt is shown again.
    pub expires_at: OffsetDateTime,
}

/// A case to be written.
pub struct NewCase {
    /// Which.
    pub case_id: CaseId,
    /// Its public number.
    pub number: CaseNumber,
    /// Its fresh key.
    pub key: CaseKey,
    /// What feedback it is.
    pub kind: Kind,
    /// Codes of the reasons.
    pub reasons: Vec<String>,
    /// How it reached the department.
    pub channel: Channel,
    /// First status.
    pub status: Status,
    /// Who may know of it.
    pub secrecy: Confidentiality,
    /// Without a name or a way to answer: no deadline runs.
    pub is_lead: bool,
    /// The unit it is about.
    pub concerned_unit: Option<UnitId>,
    /// Who wrote it down, if staff did.
    pub created_by: Option<StaffId>,
    /// When it reached the department: its day counts, and its history begins then.
    pub received_at: OffsetDateTime,
    /// How the submitter wishes to be answered.
    pub reply_by: ReplyBy,
    /// Its deadline and the service level that counted it.
    pub deadline: Option<(Deadline, ServiceLevel)>,
    /// The words, as JSON.
    pub original: String,
    /// Who speaks, sealed to the unsealer's key.
    pub identity: Option<SealedIdentity>,
    /// Who takes no part in it.
    pub recused: Vec<StaffId>,
    /// What the receipt code leaves behind.
    pub receipt: Receipt,
    /// What recognises the submission.
    pub submission: Submission,
    /// Now.
    pub at: OffsetDateTime,
    /// [`CaseEvent::Submitted`] or [`CaseEvent::Entered`].
    pub event: CaseEvent,
}

/// Writes a case with its key, words, identity, receipt, first event and submission.
///
/// # Errors
/// [`AppError::Conflict`] if the number or the form's key was taken meanwhile;
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn insert_case(
    tx: &mut PgConnection,
    vault: &Vault,
    new: NewCase,
) -> Result<CaseRecord, AppError> {
    let record = CaseRecord::new(new.case_id, new.key);
    let wrapped = vault.wrap(record.case_id, &record.key);
    let deadline = new.deadline.as_ref();
    let identity = new.identity.as_ref();
    sqlx::query!(
        "with entered as (
            insert into feedback_case (case_id, number, kind, reasons, channel, status, secrecy,
                is_lead, concerned_unit_id, created_by, received_on, due_on, due_rule,
                calendar_version, recused, reply_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $29, $31)
        ), keyed as (
            insert into case_key (case_id, kek_version, wrapped) values ($1, $15, $16)
        ), body as (
            insert into case_body (case_id, field, sealed) values ($1, 'original', $17)
        ), receipt as (
            insert into case_receipt (case_id, key_version, code_hmac) values ($1, $18, $19)
        ), identity as (
            insert into case_identity (case_id, key_version, sealed)
            select $1, $27, $28 where $28::bytea is not null
        ), event as (
            insert into case_event (case_id, at, kind, staff_id, data)
            values ($1, $30, $21, $10, $22)
        )
        insert into submission (key_hmac, content_hmac, case_id, at, slip, expires_at)
        values ($23, $24, $1, $20, $25, $26)",
        record.case_id as CaseId,
        new.number.as_str(),
        new.kind as Kind,
        &new.reasons,
        new.channel as Channel,
        new.status as Status,
        new.secrecy as Confidentiality,
        new.is_lead,
        new.concerned_unit as Option<UnitId>,
        new.created_by as Option<StaffId>,
        new.received_at.to_offset(VIETNAM).date(),
        deadline.map(|(deadline, _)| deadline.due_on),
        deadline.map(|(_, rule)| rule.code()),
        deadline.map(|(deadline, _)| deadline.calendar_version),
        wrapped.kek_version,
        wrapped.bytes,
        record.sealed_body(BodyField::Original, &new.original),
        new.receipt.key_version,
        &new.receipt.code_hmac[..],
        new.at,
        new.event.code(),
        particulars(&new.event),
        &new.submission.key_hmac[..],
        &new.submission.content_hmac[..],
        new.submission.slip,
        new.submission.expires_at,
        identity.map(|identity| identity.key_version),
        identity.map(|identity| identity.bytes.as_slice()),
        &new.recused as &[StaffId],
        new.received_at,
        new.reply_by as ReplyBy,
    )
    .execute(tx)
    .await?;
    Ok(record)
}
