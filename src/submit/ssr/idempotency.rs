//! A sending is known again: by its form's key and by its words, so that two clicks, a lost answer
//! or the way back make no second case.

use crate::{
    error::{AppError, FieldErrors},
    platform::{
        AppState,
        clock::random_id,
        files::CleanFile,
        vault::{CaseKey, SealContext},
    },
    submit::{NewFeedback, receipt_page::ReceiptSlip},
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// How long the same words count as the same sending, and how long the receipt may be shown again
/// to the same browser.
pub const WINDOW: Duration = Duration::minutes(15);

/// The key of a sending: the form's own, or a new one for a form that has none. 32 hexadecimal
/// digits.
pub fn key_or_new(given: &str) -> String {
    if given.len() < 16 {
        format!("{:032x}", random_id())
    } else {
        given.to_owned()
    }
}

/// The key that goes on where `used` was used for other words: the same for two clicks on the same
/// form.
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

/// What a sending is known again by.
pub struct Fingerprints {
    /// Of the form's key.
    pub key_hmac: [u8; 32],
    /// Of the words, the files, and who said them.
    pub content_hmac: [u8; 32],
}

impl Fingerprints {
    /// A number for the words; other words have the same by rare chance, and then only wait for
    /// each other.
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

/// Seals the receipt under the form's key, which only the sender's browser has.
///
/// # Errors
/// [`AppError::Internal`] where it cannot be written down.
pub fn seal_slip(key: &str, slip: &ReceiptSlip) -> Result<Vec<u8>, AppError> {
    let plain = serde_json::to_vec(slip).map_err(|_| AppError::Internal)?;
    Ok(slip_key(key).seal(SLIP, &plain))
}

/// The receipt this browser's key opens.
///
/// # Errors
/// [`AppError::NotFound`] where there is none, or not any more.
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

/// The same words and files from the same person to the same place: one sending, even with a fresh
/// form.
pub fn content_hmac(state: &AppState, feedback: &NewFeedback, files: &[CleanFile]) -> [u8; 32] {
    let who = feedback
        .submitter
        .as_ref()
        .map(|s| format!("{}\0{}\0{}", s.name, s.phone, s.email))
        .unwrap_or_default();
    let words = format!(
        "{}\0{}\0{}\0{who}",
        feedback.kind.code(),
        feedback.story.title,
        feedback.story.content
    );
    let mut parts = words.into_bytes();
    for file in files {
        parts.extend(state.vault.keyed_hash("content", &file.bytes));
    }
    state.vault.keyed_hash("content", &parts)
}

/// What is known of a sending before it is written.
pub enum Earlier {
    /// Nothing: it is new.
    Nothing,
    /// This very sending was received, and its receipt can still be shown.
    Received,
    /// Its key was used for something else.
    OtherWords,
}

/// What came in before `now` with this key or these words. The same words are refused under another
/// key within [`WINDOW`], and under their own key once the receipt cannot be shown any more.
///
/// # Errors
/// [`AppError::Invalid`] where they are refused; [`AppError::Unavailable`] where the database is
/// away.
pub async fn earlier(
    connection: &mut PgConnection,
    sending: &Fingerprints,
    now: OffsetDateTime,
) -> Result<Earlier, AppError> {
    let found = sqlx::query!(
        "select exists (select 1 from submission where key_hmac = $1 and content_hmac <> $2) as \"other_words!\",
            exists (select 1 from submission where key_hmac = $1 and content_hmac = $2 and expires_at > $3 and slip is not null)
                as \"received!\",
            exists (select 1 from submission where content_hmac = $2 and (at > $4 or key_hmac = $1)) as \"repeated!\"",
        &sending.key_hmac[..],
        &sending.content_hmac[..],
        now,
        now - WINDOW
    )
    .fetch_one(connection)
    .await?;
    match (found.received, found.other_words, found.repeated) {
        (true, ..) => Ok(Earlier::Received),
        (_, true, _) => Ok(Earlier::OtherWords),
        (.., true) => {
            let mut errors = FieldErrors::default();
            errors.add(
                "gui",
                "Sở đã nhận đúng nội dung này trước đó, nên không ghi thêm lần nữa. Nếu muốn bổ \
                 sung, Ông/Bà dùng mã tra cứu đã nhận.",
            );
            Err(errors.into())
        }
        _ => Ok(Earlier::Nothing),
    }
}
