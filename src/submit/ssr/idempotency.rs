//! Recognises a repeated submission by its form key or its content, so that a double click, a lost
//! answer or the Back button never makes a second case.

use crate::{
    error::{AppError, FieldErrors},
    platform::{
        AppState,
        clock::random_id,
        files::CleanFile,
        vault::{CaseKey, SealContext},
    },
    submit::{NewFeedback, Submitter, receipt_page::ReceiptSlip},
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// How long identical content counts as the same submission, and how long the same browser may see
/// the receipt again.
pub const WINDOW: Duration = Duration::minutes(15);

/// The key of a submission: the form's own, or a new one of 32 hexadecimal digits if the form has
/// none (fewer than 16 characters).
pub fn key_or_new(given: &str) -> String {
    if given.len() < 16 {
        format!("{:032x}", random_id())
    } else {
        given.to_owned()
    }
}

/// The key that takes over if `used` already belongs to other content. It is derived, not random,
/// so that two clicks on the same form still share one key.
pub fn next_key(state: &AppState, used: &str, content_hmac: &[u8; 32]) -> String {
    let digest = state
        .vault
        .keyed_hash("next submission", &[used.as_bytes(), content_hmac].concat());
    format!(
        "{:032x}",
        digest
            .iter()
            .take(16)
            .fold(0_u128, |key, byte| key << 8 | u128::from(*byte))
    )
}

/// What a submission is recognised by.
pub struct Fingerprints {
    /// Keyed hash of the form's key.
    pub key_hmac: [u8; 32],
    /// Keyed hash of kind, text, submitter and files.
    pub content_hmac: [u8; 32],
}

impl Fingerprints {
    /// The advisory lock for this content. A collision is rare and only makes one submission wait
    /// for the other.
    pub fn lock(&self) -> i64 {
        self.content_hmac
            .iter()
            .take(8)
            .fold(0, |lock, byte| lock << 8 | i64::from(*byte))
    }
}

const SLIP: SealContext = SealContext {
    table: "submission",
    row: 0,
    field: "slip",
};

fn slip_key(key: &str) -> CaseKey {
    CaseKey::from_secret(key.as_bytes(), "receipt slip")
}

/// Seals the receipt under the form's key, which only the submitter's browser knows.
///
/// # Errors
/// [`AppError::Internal`] if it cannot be serialised.
pub fn seal_slip(key: &str, slip: &ReceiptSlip) -> Result<Vec<u8>, AppError> {
    let plain = serde_json::to_vec(slip).map_err(|_| AppError::Internal)?;
    Ok(slip_key(key).seal(SLIP, &plain))
}

/// The receipt this browser's key opens.
///
/// # Errors
/// [`AppError::NotFound`] if there is none or it has expired.
pub async fn open_slip(state: &AppState, key: &str) -> Result<ReceiptSlip, AppError> {
    let key_hmac = state.vault.keyed_hash("submission", key.as_bytes());
    let sealed = sqlx::query_scalar!(
        "select slip from submission where key_hmac = $1 and expires_at > $2",
        &key_hmac[..],
        state.clock.now()
    )
    .fetch_optional(state.db.pool())
    .await?
    .flatten()
    .ok_or(AppError::NotFound)?;
    let plain = slip_key(key)
        .open(SLIP, &sealed)
        .map_err(|_| AppError::NotFound)?;
    serde_json::from_slice(&plain).map_err(|_| AppError::Internal)
}

/// Keyed hash of everything that was sent, files included: equal for the same feedback even if it was typed
/// into a new form. Who gives no name is recognised by the form's key alone: the same words from two
/// nameless people are two voices.
pub fn content_hmac(
    state: &AppState,
    feedback: &NewFeedback,
    files: &[CleanFile],
    key: &str,
) -> [u8; 32] {
    let reasons = feedback.reasons.iter().map(|reason| reason.code);
    let who = feedback.submitter.as_ref().map(|submitter| {
        let Submitter {
            name,
            representative,
            address,
            phone,
            email,
        } = submitter;
        [name, representative, address, phone, email]
    });
    // a correction of any of these is feedback of its own
    let all = serde_json::json!([
        feedback.kind,
        feedback.story,
        reasons.collect::<Vec<_>>(),
        feedback.unit,
        feedback.confidential,
        who,
        feedback.submitter.is_none().then_some(key),
    ]);
    let mut parts = all.to_string().into_bytes();
    for file in files {
        parts.extend(state.vault.keyed_hash("content", &file.bytes));
    }
    state.vault.keyed_hash("content", &parts)
}

/// What the database already knows of a submission.
pub enum PreviousSubmission {
    /// It is new.
    Nothing,
    /// This very submission was received, and its receipt can still be shown.
    Received,
    /// Its key belongs to other content.
    OtherContent,
}

/// Looks for a submission with this key or this content. The same content is refused under another
/// key within [`WINDOW`], and under its own key once the receipt has expired.
///
/// # Errors
/// [`AppError::Invalid`] if the content is refused; [`AppError::Unavailable`] if the database is
/// unreachable.
pub async fn previous_submission(
    connection: &mut PgConnection,
    submission: &Fingerprints,
    now: OffsetDateTime,
) -> Result<PreviousSubmission, AppError> {
    let found = sqlx::query!(
        "select exists (select 1 from submission where key_hmac = $1 and content_hmac <> $2) as \"other_words!\",
            exists (select 1 from submission where key_hmac = $1 and content_hmac = $2 and expires_at > $3 and slip is not null)
                as \"received!\",
            exists (select 1 from submission where content_hmac = $2 and (at > $4 or key_hmac = $1)) as \"repeated!\"",
        &submission.key_hmac[..],
        &submission.content_hmac[..],
        now,
        now - WINDOW
    )
    .fetch_one(connection)
    .await?;
    match (found.received, found.other_words, found.repeated) {
        (true, ..) => Ok(PreviousSubmission::Received),
        (_, true, _) => Ok(PreviousSubmission::OtherContent),
        (.., true) => Err(FieldErrors::at(
            "gui",
            "Sở đã nhận đúng nội dung này trước đó, nên không ghi thêm lần nữa. Nếu muốn bổ sung, \
             Ông/Bà dùng mã tra cứu đã nhận.",
        )
        .into()),
        _ => Ok(PreviousSubmission::Nothing),
    }
}
