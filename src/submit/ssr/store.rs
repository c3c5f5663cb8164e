//! One sending becomes one case, in one transaction: metadata, sealed words, sealed identity, receipt, files, history, acknowledgement.

use super::{
    acknowledge::AcknowledgeReceipt,
    idempotency::{
        Earlier, Fingerprints, WINDOW, content_hmac, earlier, key_or_new, next_key, seal_slip,
    },
    intake_policy::Rules,
};
use crate::{
    calendar::{Deadline, weekday_date},
    case::{
        CaseId, CaseNumber, Channel, Elsewhere, ReceiptCode, Secrecy, StaffId, Status, recognise,
    },
    error::AppError,
    platform::{
        AppState,
        clock::{random_bytes, random_id},
        database::Scope,
        files::{CleanFile, MAX_FILES},
        jobs::Job as _,
        vault::{CaseKey, Identity, Place, SealedIdentity},
    },
    submit::{FormChoices, NewFeedback, Submitter, receipt_page::ReceiptSlip},
};
use sqlx::{PgConnection, types::Json};
use std::sync::Arc;
use time::Date;
use uuid::Uuid;

/// How often a sending is tried whose key or case number somebody else has just taken.
const MOST_TRIES: usize = 4;

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
    let units = sqlx::query!(
        "select code, name from unit where valid_from <= $1 and (valid_to is null or valid_to > $1) order by unit_id",
        today
    );
    let wards = sqlx::query!("select code, name from ward order by name collate \"vi-x-icu\"");
    let procedures = sqlx::query_scalar!(
        "select name from procedure_catalogue where valid_from <= $1 and (valid_to is null or valid_to > $1) order by field, name",
        today
    );
    let notice = sqlx::query!(
        "select version, text from privacy_notice where effective_from <= $1 order by version desc limit 1",
        today
    );
    Ok(FormChoices {
        units: units
            .fetch_all(&mut *connection)
            .await?
            .into_iter()
            .map(|row| (row.code, row.name))
            .collect(),
        wards: wards
            .fetch_all(&mut *connection)
            .await?
            .into_iter()
            .map(|row| (row.code, row.name))
            .collect(),
        procedures: procedures.fetch_all(&mut *connection).await?,
        viewer: None,
        ..notice
            .fetch_optional(&mut *connection)
            .await?
            .map_or_else(FormChoices::default, |row| FormChoices {
                notice_version: row.version,
                notice: row.text,
                ..FormChoices::default()
            })
    })
}

/// Stores feedback once: the same sending gives the same receipt again, the same within [`WINDOW`] from another form is not a second case.
/// Other words under a key that was used already, as after going back in the browser, are a case of their own.
/// Returns the key under which this browser sees its receipt.
///
/// # Errors
/// [`AppError::Invalid`] where the unit is not known or the same was received from elsewhere or long ago; [`AppError::Unavailable`] where
/// the database is away, in which case nothing was written.
pub async fn submit(
    state: &AppState,
    feedback: NewFeedback,
    files: Vec<CleanFile>,
    recorder: Recorder,
) -> Result<String, AppError> {
    let content_hmac = content_hmac(state, &feedback, &files);
    let mut key = key_or_new(&feedback.key);
    for _ in 0..MOST_TRIES {
        let prepared = prepare(state, feedback.clone(), recorder, &key, content_hmac).await?;
        let outcome = match put_files(state, &prepared, &files).await {
            Ok(()) => write(state, &prepared, &files).await,
            Err(error) => Err(error),
        };
        if let Ok(Earlier::Nothing) = outcome {
            return Ok(key);
        }
        remove_files(state, &prepared).await;
        match outcome {
            Ok(Earlier::OtherWords) => key = next_key(state, &key, &content_hmac),
            Ok(_) => return Ok(key),
            // another sending has just taken the key, which the next round finds, or another case has the number, and the next round takes
            // another one: among a million cases of a year that happens to one sending in a thousand
            Err(AppError::Conflict) => {}
            Err(error) => return Err(error),
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
    identity: Option<SealedIdentity>,
    fingerprints: Fingerprints,
    slip: Vec<u8>,
    file_ids: Vec<u128>,
}

async fn prepare(
    state: &AppState,
    feedback: NewFeedback,
    recorder: Recorder,
    key: &str,
    content_hmac: [u8; 32],
) -> Result<Prepared, AppError> {
    let received_on = state.clock.today();
    let rules = Rules::in_force(state).await?;
    let unit_id = rules.unit_id(feedback.unit.as_deref())?;
    let deadline = feedback.submitter.is_some().then(|| {
        Deadline::count(
            &rules.calendar,
            received_on,
            rules.answer_days(feedback.kind),
        )
    });
    let code = ReceiptCode::from_random(random_id());
    let number = CaseNumber::from_random(
        received_on.year() as u16,
        u32::from_be_bytes(random_bytes()),
    );
    let elsewhere = recognise(&feedback.story.content);
    let case = CaseId(random_id());
    let identity = match &feedback.submitter {
        Some(submitter) => Some(
            state
                .vault
                .seal_identity(case, &identity(submitter, &ward(state, submitter).await?)),
        ),
        None => None,
    };
    let slip = ReceiptSlip {
        number: number.as_str().to_owned(),
        code: code.to_string(),
        received_on: weekday_date(received_on),
        classified_by: weekday_date(
            rules
                .calendar
                .add_working_days(received_on, rules.triage_days()),
        ),
        answered_by: deadline
            .as_ref()
            .map(|d| weekday_date(d.due_on))
            .unwrap_or_default(),
        elsewhere,
        read_aloud: recorder.0.is_some(),
    };
    Ok(Prepared {
        case,
        number,
        identity,
        unit_id,
        recorder,
        received_on,
        deadline,
        secrecy: secrecy(&feedback, elsewhere),
        case_key: state.vault.new_case_key(),
        receipt: state.vault.receipt_hmac(&code),
        fingerprints: Fingerprints {
            key_hmac: state.vault.blind("submission", key.as_bytes()),
            content_hmac,
        },
        slip: seal_slip(key, &slip)?,
        file_ids: (0..MAX_FILES).map(|_| random_id()).collect(),
        feedback,
    })
}

/// Words and a ticked reason that both speak of bribery close the circle at once; everything else follows the person's wish.
fn secrecy(feedback: &NewFeedback, elsewhere: Option<Elsewhere>) -> Secrecy {
    let hints = feedback
        .reasons
        .iter()
        .any(|reason| reason.code == "HV_NHUNG_NHIEU");
    match (
        hints && elsewhere == Some(Elsewhere::Denunciation),
        feedback.confidential,
    ) {
        (true, _) => Secrecy::Denunciation,
        (false, true) => Secrecy::IdentityHidden,
        (false, false) => Secrecy::Ordinary,
    }
}

async fn put_files(
    state: &AppState,
    prepared: &Prepared,
    files: &[CleanFile],
) -> Result<(), AppError> {
    for (id, file) in prepared.file_ids.iter().zip(files) {
        state
            .files
            .put(*id, &prepared.case_key, &file.bytes)
            .await?;
    }
    Ok(())
}

async fn remove_files(state: &AppState, prepared: &Prepared) {
    for id in &prepared.file_ids {
        let _absent = state.files.remove(*id).await;
    }
}

/// The ward's name as it belongs into an address; "" where none was chosen.
async fn ward(state: &AppState, submitter: &Submitter) -> Result<String, AppError> {
    let name = match state.pages.latest::<FormChoices>() {
        Some(choices) => choices
            .wards
            .iter()
            .find(|(code, _)| *code == submitter.ward)
            .map(|(_, name)| name.clone()),
        None => {
            sqlx::query_scalar!("select name from ward where code = $1", submitter.ward)
                .fetch_optional(state.db.pool())
                .await?
        }
    };
    Ok(name.unwrap_or_default())
}

fn identity(submitter: &Submitter, ward: &str) -> Identity {
    let address = [submitter.address.as_str(), ward]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    Identity {
        name: submitter.name.clone(),
        representative: submitter.representative.clone(),
        address,
        phone: submitter.phone.clone(),
        email: submitter.email.clone(),
    }
}

/// Writes the case, where nothing is known of its sending yet; gives what was known. One statement writes the case and everything beside
/// it, so that a crash leaves all of it or nothing.
async fn write(
    state: &AppState,
    prepared: &Prepared,
    files: &[CleanFile],
) -> Result<Earlier, AppError> {
    let Prepared { case, feedback, .. } = prepared;
    let id = Uuid::from_u128(case.0);
    // of two tabs that send the same words at the same moment, the second waits and then finds the first
    let scope = Scope {
        scope: "intake",
        case_id: Some(case.0),
        alone_with: Some(prepared.fingerprints.lock()),
        ..Scope::default()
    };
    let now = state.clock.now();
    let story = serde_json::to_vec(&feedback.story).map_err(|_| AppError::Internal)?;
    let original = prepared.case_key.seal(
        Place {
            table: "case_body",
            row: case.0,
            field: "original",
        },
        &story,
    );
    let wrapped = state.vault.wrap(*case, &prepared.case_key);
    let reasons: Vec<String> = feedback
        .reasons
        .iter()
        .map(|reason| reason.code.to_owned())
        .collect();
    let online = feedback.channel == Channel::Online;
    let status = if online {
        Status::Submitted
    } else {
        Status::Received
    };
    let event = if online {
        Json(serde_json::json!({}))
    } else {
        Json(
            serde_json::json!({ "kenh": feedback.channel.code(), "luc_goi": feedback.story.call_time }),
        )
    };
    let mut tx = state.db.begin(&scope).await?;
    match earlier(&mut tx, &prepared.fingerprints, now).await? {
        Earlier::Nothing => {}
        known => return Ok(known),
    }
    sqlx::query!(
        "with entered as (
            insert into feedback_case (case_id, number, kind, reasons, channel, status, secrecy, is_lead, concerned_unit_id, created_by,
                received_on, due_on, due_rule, calendar_version)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         ), keyed as (insert into case_key (case_id, kek_version, wrapped) values ($1, $15, $16)
         ), said as (insert into case_body (case_id, field, sealed) values ($1, 'original', $17)
         ), receipted as (insert into case_receipt (case_id, key_version, code_hmac) values ($1, $18, $19)
         ), spoken as (insert into case_identity (case_id, key_version, sealed) select $1, $27, $28 where $28::bytea is not null
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
        &prepared.fingerprints.key_hmac[..],
        &prepared.fingerprints.content_hmac[..],
        prepared.slip,
        now + WINDOW,
        prepared.identity.as_ref().map(|sealed| sealed.key_version),
        prepared.identity.as_ref().map(|sealed| sealed.bytes.as_slice()),
    )
    .execute(&mut *tx)
    .await?;
    write_acknowledgement(state, &mut tx, prepared).await?;
    write_attachments(&mut tx, prepared, files).await?;
    tx.commit().await?;
    Ok(Earlier::Nothing)
}

/// Asks for the acknowledgement by e-mail, where one was wished for.
async fn write_acknowledgement(
    state: &AppState,
    tx: &mut PgConnection,
    prepared: &Prepared,
) -> Result<(), AppError> {
    let wished = prepared
        .feedback
        .submitter
        .as_ref()
        .filter(|submitter| prepared.feedback.acknowledge && !submitter.email.is_empty());
    let Some(submitter) = wished else {
        return Ok(());
    };
    let outbox = random_id();
    let address = state.vault.seal_service(
        Place {
            table: "outbox_address",
            row: outbox,
            field: "email",
        },
        submitter.email.as_bytes(),
    );
    let outbox = Uuid::from_u128(outbox);
    sqlx::query!(
        "insert into outbox_address (outbox_id, sealed) values ($1, $2)",
        outbox,
        address
    )
    .execute(&mut *tx)
    .await?;
    let job = AcknowledgeReceipt {
        outbox_id: outbox,
        number: prepared.number.as_str().to_owned(),
    };
    job.enqueue(tx, state.clock.now()).await
}

async fn write_attachments(
    tx: &mut PgConnection,
    prepared: &Prepared,
    files: &[CleanFile],
) -> Result<(), AppError> {
    for (position, (id, file)) in prepared.file_ids.iter().zip(files).enumerate() {
        let name = prepared.case_key.seal(
            Place {
                table: "attachment",
                row: *id,
                field: "name",
            },
            file.name.as_bytes(),
        );
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
