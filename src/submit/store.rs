//! One sending becomes one case, in one transaction: metadata, sealed words, sealed identity, receipt, files, history, acknowledgement.

use super::{
    FormChoices, NewFeedback, Submitter,
    receipt_page::ReceiptSlip,
    recognise::{Elsewhere, recognise},
    rules::Rules,
};
use crate::{
    calendar::{Deadline, weekday_date},
    case::{CaseId, CaseNumber, Channel, ReceiptCode, Secrecy, StaffId, Status},
    error::{AppError, FieldErrors},
    server::{
        AppState,
        clock::{random_bytes, random_id},
        database::Scope,
        files::CleanFile,
        jobs,
        vault::{CaseKey, Identity, Place},
    },
};
use sqlx::{PgConnection, types::Json};
use std::sync::Arc;
use time::{Date, Duration};
use uuid::Uuid;

/// How long the same words count as the same sending, and how long the receipt may be shown again to the same browser.
const WINDOW: Duration = Duration::minutes(15);

/// How many numbers are tried for one case.
const MOST_NUMBERS: usize = 4;

/// Who sends: the public, or an officer for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorder(pub Option<StaffId>);

/// What the form offers; the last good value where the database is away.
///
/// # Errors
/// [`AppError::Unavailable`] where the database is away and nothing was read yet.
pub async fn choices(state: &AppState) -> Result<Arc<FormChoices>, AppError> {
    match read_choices(state).await {
        Ok(choices) => Ok(state.pages.remember(choices)),
        Err(error) => state.pages.latest().ok_or(error),
    }
}

async fn read_choices(state: &AppState) -> Result<FormChoices, AppError> {
    let today = state.clock.today();
    let mut connection = state.db.pool().acquire().await?;
    let units =
        sqlx::query!("select code, name from unit where valid_from <= $1 and (valid_to is null or valid_to > $1) order by unit_id", today);
    let wards = sqlx::query!("select code, name from ward order by name collate \"vi-x-icu\"");
    let procedures = sqlx::query_scalar!(
        "select name from procedure_catalogue where valid_from <= $1 and (valid_to is null or valid_to > $1) order by field, name",
        today
    );
    let notice = sqlx::query!("select version, text from privacy_notice where effective_from <= $1 order by version desc limit 1", today);
    Ok(FormChoices {
        units: units.fetch_all(&mut *connection).await?.into_iter().map(|row| (row.code, row.name)).collect(),
        wards: wards.fetch_all(&mut *connection).await?.into_iter().map(|row| (row.code, row.name)).collect(),
        procedures: procedures.fetch_all(&mut *connection).await?,
        viewer: None,
        ..notice.fetch_optional(&mut *connection).await?.map_or_else(FormChoices::default, |row| FormChoices {
            notice_version: row.version,
            notice: row.text,
            ..FormChoices::default()
        })
    })
}

/// The receipt this browser's key opens.
///
/// # Errors
/// [`AppError::NotFound`] where there is none, or not any more.
pub async fn open_slip(state: &AppState, key: &str) -> Result<ReceiptSlip, AppError> {
    let key_hmac = state.vault.blind("submission", key.as_bytes());
    let sealed =
        sqlx::query_scalar!("select slip from submission where key_hmac = $1 and expires_at > $2", &key_hmac[..], state.clock.now())
            .fetch_optional(state.db.pool())
            .await?
            .flatten()
            .ok_or(AppError::NotFound)?;
    let plain = slip_key(key).open(slip_place(), &sealed).map_err(|_| AppError::NotFound)?;
    serde_json::from_slice(&plain).map_err(|_| AppError::Internal)
}

/// Stores feedback once: the same key gives the same receipt again, the same words within [`WINDOW`] are not a second case.
/// Returns the key under which this browser sees its receipt.
///
/// # Errors
/// [`AppError::Invalid`] where the unit is not known or the words were sent just now from elsewhere; [`AppError::Unavailable`] where the
/// database is away, in which case nothing was written.
pub async fn submit(state: &AppState, feedback: NewFeedback, files: Vec<CleanFile>, recorder: Recorder) -> Result<String, AppError> {
    let key = if feedback.key.len() < 16 { format!("{:032x}", random_id()) } else { feedback.key.clone() };
    if was_received(state, &feedback, &key).await? {
        return Ok(key);
    }
    for _ in 0..MOST_NUMBERS {
        let prepared = prepare(state, feedback.clone(), recorder, &key).await?;
        put_files(state, &prepared, &files).await?;
        let Err(error) = write(state, &prepared, &files).await else { return Ok(key) };
        remove_files(state, &prepared).await;
        match error {
            // the other click of two was first: its receipt is ours as well
            AppError::Conflict if open_slip(state, &key).await.is_ok() => return Ok(key),
            // another case has this number: among a million cases of a year that happens to one sending in a thousand
            AppError::Conflict => {}
            error => return Err(error),
        }
    }
    Err(AppError::Unavailable)
}

/// Everything computed and sealed before the database is asked.
struct Prepared {
    case: CaseId,
    number: CaseNumber,
    feedback: NewFeedback,
    unit_id: Option<i16>,
    recorder: Recorder,
    received_on: Date,
    deadline: Option<Deadline>,
    secrecy: Secrecy,
    case_key: CaseKey,
    receipt: (i16, [u8; 32]),
    key_hmac: [u8; 32],
    content_hmac: [u8; 32],
    slip: Vec<u8>,
    file_ids: Vec<u128>,
}

async fn prepare(state: &AppState, feedback: NewFeedback, recorder: Recorder, key: &str) -> Result<Prepared, AppError> {
    let received_on = state.clock.today();
    let rules = Rules::in_force(state).await?;
    let unit_id = rules.unit_id(feedback.unit.as_deref())?;
    let content_hmac = content_hmac(state, &feedback);
    let deadline = feedback.submitter.is_some().then(|| Deadline::count(&rules.calendar, received_on, rules.answer_days(feedback.kind)));
    let code = ReceiptCode::from_random(random_id());
    let number = CaseNumber::from_random(received_on.year() as u16, u32::from_be_bytes(random_bytes()));
    let elsewhere = recognise(&feedback.story.content);
    let slip = ReceiptSlip {
        number: number.as_str().to_owned(),
        code: code.to_string(),
        received_on: weekday_date(received_on),
        classified_by: weekday_date(rules.calendar.add_working_days(received_on, rules.triage_days())),
        answered_by: deadline.as_ref().map(|d| weekday_date(d.due_on)).unwrap_or_default(),
        elsewhere,
        read_aloud: recorder.0.is_some(),
    };
    let slip = serde_json::to_vec(&slip).map_err(|_| AppError::Internal)?;
    Ok(Prepared {
        case: CaseId(random_id()),
        number,
        unit_id,
        recorder,
        received_on,
        deadline,
        secrecy: secrecy(&feedback, elsewhere),
        case_key: state.vault.new_case_key(),
        receipt: state.vault.receipt_hmac(&code),
        key_hmac: state.vault.blind("submission", key.as_bytes()),
        content_hmac,
        slip: slip_key(key).seal(slip_place(), &slip),
        file_ids: Vec::new(),
        feedback,
    }
    .with_files())
}

impl Prepared {
    fn with_files(self) -> Self {
        Self { file_ids: (0..crate::server::files::MAX_FILES).map(|_| random_id()).collect(), ..self }
    }
}

fn slip_key(key: &str) -> CaseKey {
    CaseKey::from_secret(key.as_bytes(), "receipt slip")
}

fn slip_place() -> Place {
    Place { table: "submission", row: 0, field: "slip" }
}

/// The same words from the same person to the same place: one sending, even with a fresh form.
fn content_hmac(state: &AppState, feedback: &NewFeedback) -> [u8; 32] {
    let who = feedback.submitter.as_ref().map(|s| format!("{}\0{}\0{}", s.name, s.phone, s.email)).unwrap_or_default();
    let words = format!("{}\0{}\0{}\0{who}", feedback.kind.code(), feedback.story.title, feedback.story.content);
    state.vault.blind("content", words.as_bytes())
}

/// Whether this very sending was received already. The same words under another key within [`WINDOW`] are refused.
async fn was_received(state: &AppState, feedback: &NewFeedback, key: &str) -> Result<bool, AppError> {
    let key_hmac = state.vault.blind("submission", key.as_bytes());
    let now = state.clock.now();
    let found = sqlx::query!(
        "select exists (select 1 from submission where key_hmac = $1 and expires_at > $2 and slip is not null) as \"received!\",
            exists (select 1 from submission where content_hmac = $3 and at > $4 and key_hmac <> $1) as \"repeated!\"",
        &key_hmac[..],
        now,
        &content_hmac(state, feedback)[..],
        now - WINDOW
    )
    .fetch_one(state.db.pool())
    .await?;
    let mut errors = FieldErrors::default();
    if found.repeated && !found.received {
        errors.add(
            "gui",
            "Sở đã nhận đúng nội dung này ít phút trước, nên không ghi thêm lần nữa. Nếu muốn bổ sung, Ông/Bà dùng mã tra cứu đã nhận.",
        );
    }
    Ok(errors.or(|| found.received)?)
}

/// Words and a ticked reason that both speak of bribery close the circle at once; everything else follows the person's wish.
fn secrecy(feedback: &NewFeedback, elsewhere: Option<Elsewhere>) -> Secrecy {
    let hints = feedback.reasons.iter().any(|reason| reason.code == "HV_NHUNG_NHIEU");
    match (hints && elsewhere == Some(Elsewhere::Denunciation), feedback.confidential) {
        (true, _) => Secrecy::Denunciation,
        (false, true) => Secrecy::IdentityHidden,
        (false, false) => Secrecy::Ordinary,
    }
}

async fn put_files(state: &AppState, prepared: &Prepared, files: &[CleanFile]) -> Result<(), AppError> {
    for (id, file) in prepared.file_ids.iter().zip(files) {
        state.files.put(*id, &prepared.case_key, &file.bytes).await?;
    }
    Ok(())
}

async fn remove_files(state: &AppState, prepared: &Prepared) {
    for id in &prepared.file_ids {
        let _absent = state.files.remove(*id).await;
    }
}

fn identity(submitter: &Submitter, ward: &str) -> Identity {
    let address = [submitter.address.as_str(), ward].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    Identity {
        name: submitter.name.clone(),
        representative: submitter.representative.clone(),
        address,
        phone: submitter.phone.clone(),
        email: submitter.email.clone(),
    }
}

/// One statement writes the case and everything beside it, so that a crash leaves all of it or nothing.
async fn write(state: &AppState, prepared: &Prepared, files: &[CleanFile]) -> Result<(), AppError> {
    let Prepared { case, feedback, .. } = prepared;
    let id = Uuid::from_u128(case.0);
    let scope = Scope { scope: "intake", case_id: Some(case.0), ..Scope::default() };
    let mut tx = state.db.begin(&scope).await?;
    let story = serde_json::to_vec(&feedback.story).map_err(|_| AppError::Internal)?;
    let original = prepared.case_key.seal(Place { table: "case_body", row: case.0, field: "original" }, &story);
    let wrapped = state.vault.wrap(*case, &prepared.case_key);
    let reasons: Vec<String> = feedback.reasons.iter().map(|reason| reason.code.to_owned()).collect();
    let online = feedback.channel == Channel::Online;
    let status = if online { Status::Submitted } else { Status::Received };
    let now = state.clock.now();
    let event = if online {
        Json(serde_json::json!({}))
    } else {
        Json(serde_json::json!({ "kenh": feedback.channel.code(), "luc_goi": feedback.story.call_time }))
    };
    sqlx::query!(
        "with entered as (
            insert into feedback_case (case_id, number, kind, reasons, channel, status, secrecy, is_lead, concerned_unit_id, created_by,
                received_on, due_on, due_rule, calendar_version)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         ), keyed as (insert into case_key (case_id, kek_version, wrapped) values ($1, $15, $16)
         ), said as (insert into case_body (case_id, field, sealed) values ($1, 'original', $17)
         ), receipted as (insert into case_receipt (case_id, key_version, code_hmac) values ($1, $18, $19)
         ), told as (insert into case_event (case_id, at, kind, staff_id, data) values ($1, $20, $21, $10, $22)
         )
         insert into submission (key_hmac, content_hmac, case_id, at, slip, expires_at) values ($23, $24, $1, $20, $25, $26)",
        id,
        prepared.number.as_str(),
        feedback.kind.code(),
        &reasons,
        feedback.channel.code(),
        status.code(),
        prepared.secrecy.code(),
        feedback.submitter.is_none(),
        prepared.unit_id,
        prepared.recorder.0.map(|staff| Uuid::from_u128(staff.0)),
        prepared.received_on,
        prepared.deadline.as_ref().map(|d| d.due_on),
        prepared.deadline.as_ref().map(|_| prepared.feedback.kind.service_level()),
        prepared.deadline.as_ref().map(|d| d.calendar_version),
        wrapped.kek_version,
        wrapped.bytes,
        original,
        prepared.receipt.0,
        &prepared.receipt.1[..],
        now,
        if online { "gui" } else { "nhap" },
        event as _,
        &prepared.key_hmac[..],
        &prepared.content_hmac[..],
        prepared.slip,
        now + WINDOW,
    )
    .execute(&mut *tx)
    .await?;
    write_identity(state, &mut tx, prepared).await?;
    write_attachments(&mut tx, prepared, files).await?;
    tx.commit().await?;
    Ok(())
}

async fn write_identity(state: &AppState, tx: &mut PgConnection, prepared: &Prepared) -> Result<(), AppError> {
    let Some(submitter) = &prepared.feedback.submitter else { return Ok(()) };
    let ward = match state.pages.latest::<FormChoices>() {
        Some(choices) => choices.wards.iter().find(|(code, _)| *code == submitter.ward).map(|(_, name)| name.clone()),
        None => sqlx::query_scalar!("select name from ward where code = $1", submitter.ward).fetch_optional(&mut *tx).await?,
    };
    let sealed = state.vault.seal_identity(prepared.case, &identity(submitter, &ward.unwrap_or_default()));
    let id = Uuid::from_u128(prepared.case.0);
    sqlx::query!("insert into case_identity (case_id, key_version, sealed) values ($1, $2, $3)", id, sealed.key_version, sealed.bytes)
        .execute(&mut *tx)
        .await?;
    if prepared.feedback.acknowledge && !submitter.email.is_empty() {
        let outbox = random_id();
        let address = state.vault.seal_service(Place { table: "outbox_address", row: outbox, field: "email" }, submitter.email.as_bytes());
        let outbox = Uuid::from_u128(outbox);
        sqlx::query!("insert into outbox_address (outbox_id, sealed) values ($1, $2)", outbox, address).execute(&mut *tx).await?;
        let payload = serde_json::json!({ "outbox_id": outbox, "number": prepared.number.as_str() });
        jobs::enqueue(tx, "acknowledge", &payload, state.clock.now()).await?;
    }
    Ok(())
}

async fn write_attachments(tx: &mut PgConnection, prepared: &Prepared, files: &[CleanFile]) -> Result<(), AppError> {
    for (position, (id, file)) in prepared.file_ids.iter().zip(files).enumerate() {
        let name = prepared.case_key.seal(Place { table: "attachment", row: *id, field: "name" }, file.name.as_bytes());
        sqlx::query!(
            "insert into attachment (attachment_id, case_id, position, media_type, size_bytes, sealed_name) values ($1, $2, $3, $4, $5, $6)",
            Uuid::from_u128(*id),
            Uuid::from_u128(prepared.case.0),
            position as i16,
            file.media_type,
            file.bytes.len() as i32,
            name
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}
