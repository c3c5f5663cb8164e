//! Turns one submission into one case, in one transaction: metadata, sealed text, sealed identity,
//! receipt, files, history, acknowledgement.

use super::{
    acknowledge::{keep_addresses, may_acknowledge},
    call_time::received_at,
    idempotency::{
        Fingerprints, PreviousSubmission, WINDOW, content_hmac, key_or_new, next_key,
        previous_submission, seal_slip,
    },
    intake_policy::IntakePolicy,
};
use crate::{
    accounts::ssr::named::named_staff,
    calendar::{Deadline, weekday_date},
    case::{
        BRIBERY, CaseEvent, CaseId, CaseNumber, Channel, Confidentiality, Kind, OtherProcedure,
        ReceiptCode, ReplyBy, StaffId, Status, UnitId, matter_of, recognise,
    },
    directory,
    error::AppError,
    platform::{
        AppState,
        clock::{VIETNAM, random_bytes, random_id},
        database::Scope,
        files::CleanFile,
        http::reply,
        vault::{CaseKey, Identity, SealedIdentity},
    },
    records::{Actor, NewCase, Receipt, StoredFiles, Submission, insert_case},
    submit::{Contacts, FormChoices, NewFeedback, Submitter, receipt_page::ReceiptSlip},
};
use std::sync::Arc;
use time::{Duration, OffsetDateTime};

/// How often a submission is tried again if its key or case number has just been taken.
const MOST_TRIES: usize = 4;

/// Who recorded it: `None` for the public form, or the officer who took a call or visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorder(pub Option<StaffId>);

/// How long what the form offers is used before the directory is asked again.
const READ_AGAIN_AFTER: Duration = Duration::minutes(1);

/// What the form offers, and when the directory said so.
struct ReadChoices {
    read_at: OffsetDateTime,
    choices: Arc<FormChoices>,
}

/// What the form offers, read once a minute; the last good value if the database is unreachable,
/// and then the page that shows it is not kept.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable and nothing was read before.
pub async fn choices(state: &AppState) -> Result<Arc<FormChoices>, AppError> {
    let now = state.clock.now();
    let kept = state.last_good.get::<ReadChoices>();
    if let Some(kept) = kept.as_ref().filter(|kept| kept.serves(now)) {
        return Ok(Arc::clone(&kept.choices));
    }
    let read = read_choices(state).await.map(|choices| ReadChoices {
        read_at: now,
        choices: Arc::new(choices),
    });
    let last = match read {
        Ok(read) => state.last_good.put(read),
        Err(error) => {
            reply::keep_nowhere();
            kept.ok_or(error)?
        }
    };
    Ok(Arc::clone(&last.choices))
}

/// Whether the form offers a unit of this code, by what was read last, however long ago: whoever
/// invents codes has nothing read.
pub async fn offers_unit(state: &AppState, code: &str) -> bool {
    let choices = match state.last_good.get::<ReadChoices>() {
        Some(read) => Some(Arc::clone(&read.choices)),
        None => choices(state).await.ok(),
    };
    choices.is_some_and(|choices| choices.units.iter().any(|(known, _)| known == code))
}

impl ReadChoices {
    /// Whether it need not be read again: what is in force changes with the day.
    fn serves(&self, now: OffsetDateTime) -> bool {
        let day = |at: OffsetDateTime| at.to_offset(VIETNAM).date();
        now - self.read_at < READ_AGAIN_AFTER && day(now) == day(self.read_at)
    }
}

async fn read_choices(state: &AppState) -> Result<FormChoices, AppError> {
    let today = state.clock.today();
    let mut connection = state.db.pool().acquire().await?;
    let agency = directory::ssr::agency(&mut connection).await?;
    let units = directory::ssr::units_on(&mut connection, today).await?;
    let (notice_version, _) = directory::ssr::privacy_notice(&mut connection, today).await?;
    Ok(FormChoices {
        units: units
            .into_iter()
            .map(|unit| (unit.code, unit.name))
            .collect(),
        procedures: directory::ssr::procedures(&mut connection, today).await?,
        notice_version,
        contacts: Contacts {
            address: agency.address,
            hotline: agency.hotline,
            pollution_hotline: agency.pollution_hotline,
        },
        ..FormChoices::default()
    })
}

/// Stores feedback once: a repeated submission gets the same receipt, and the same content sent
/// within [`WINDOW`] from another form makes no second case. Other content under a used key, as
/// after going back in the browser, becomes a case of its own. Returns the key under which this
/// browser sees its receipt.
///
/// # Errors
/// [`AppError::Invalid`] if the unit is unknown or the same content was received from elsewhere or
/// long ago; [`AppError::Unavailable`] if the database is unreachable, in which case nothing was
/// written.
pub async fn submit(
    state: &AppState,
    mut feedback: NewFeedback,
    files: Vec<CleanFile>,
    recorder: Recorder,
) -> Result<String, AppError> {
    let story = &mut feedback.story;
    if story.title.is_empty() {
        story.title = matter_of(&story.content);
    }
    let mut key = key_or_new(&feedback.key);
    let content_hmac = content_hmac(state, &feedback, &files, &key);
    feedback.acknowledge = may_acknowledge(state, &feedback, state.clock.now()).await?;
    for _ in 0..MOST_TRIES {
        let prepared = prepare(state, &feedback, recorder, &key, content_hmac).await?;
        let mut stored = StoredFiles::put(&state.files, &prepared.case_key, &files).await?;
        let outcome = write(state, prepared, &mut stored).await;
        if let Ok(PreviousSubmission::Nothing) = outcome {
            return Ok(key);
        }
        stored.remove(&state.files).await;
        match outcome {
            Ok(PreviousSubmission::OtherContent) => key = next_key(state, &key, &content_hmac),
            Ok(_) => return Ok(key),
            // another submission has just taken the key, which the next round finds, or another
            // case has the number, and the next round takes another one: among a million cases of a
            // year that happens to one submission in a thousand
            Err(AppError::Conflict) => {}
            Err(error) => return Err(error),
        }
    }
    Err(AppError::Unavailable)
}

/// Everything computed and sealed before the database is asked.
struct Prepared<'a> {
    case: CaseId,
    number: CaseNumber,
    feedback: &'a NewFeedback,
    concerned_unit: Option<UnitId>,
    recorder: Recorder,
    received_at: OffsetDateTime,
    deadline: Option<Deadline>,
    secrecy: Confidentiality,
    case_key: CaseKey,
    receipt: Receipt,
    identity: Option<SealedIdentity>,
    /// Members of staff whom the feedback names.
    named: Vec<StaffId>,
    fingerprints: Fingerprints,
    slip: Vec<u8>,
}

async fn prepare<'a>(
    state: &AppState,
    feedback: &'a NewFeedback,
    recorder: Recorder,
    key: &str,
    content_hmac: [u8; 32],
) -> Result<Prepared<'a>, AppError> {
    let received_at = received_at(feedback, state.clock.now())?;
    let received_on = received_at.date();
    let policy = IntakePolicy::on(state, received_on).await?;
    let answer_days = policy.answer_days(feedback.kind);
    let count = |_| Deadline::count(&policy.calendar, received_on, answer_days);
    let deadline = feedback.submitter.as_ref().map(count);
    let code = ReceiptCode::from_random(random_id());
    let other_procedure = recognise(&feedback.story.sentences());
    let secrecy = secrecy(feedback, other_procedure);
    let case = CaseId(random_id());
    let number = CaseNumber::from_random(
        received_on.year() as u16,
        u32::from_be_bytes(random_bytes()),
    );
    let slip = ReceiptSlip {
        number: number.as_str().to_owned(),
        code: code.to_string(),
        received_on: weekday_date(received_on),
        classified_by: weekday_date(policy.classified_by(received_on)),
        answered_by: deadline
            .as_ref()
            .map_or(String::new(), |deadline| weekday_date(deadline.due_on)),
        elsewhere: other_procedure,
        contacts: contacts_for(state, other_procedure).await,
        read_aloud: recorder.0.is_some(),
    };
    let (key_version, code_hmac) = state.vault.receipt_hmac(&code);
    let words = speaks_of_people(feedback, secrecy);
    let named = named_staff(&mut *state.db.pool().acquire().await?, &words, &[]).await?;
    Ok(Prepared {
        case,
        number,
        identity: seal_identity(state, case, feedback.submitter.as_ref()),
        named,
        concerned_unit: policy.unit_id(feedback.unit.as_deref())?,
        recorder,
        received_at,
        deadline,
        secrecy,
        case_key: state.vault.new_case_key(),
        receipt: Receipt {
            key_version,
            code_hmac,
        },
        fingerprints: Fingerprints {
            key_hmac: state.vault.keyed_hash("submission", key.as_bytes()),
            content_hmac,
        },
        slip: seal_slip(key, &slip)?,
        feedback,
    })
}

/// How another door is reached; nothing if there is none, or the directory does not answer.
async fn contacts_for(state: &AppState, other: Option<OtherProcedure>) -> Contacts {
    if other.is_none() {
        return Contacts::default();
    }
    let choices = choices(state).await;
    choices
        .map(|choices| choices.contacts.clone())
        .unwrap_or_default()
}

impl Prepared<'_> {
    /// How the submitter is to be answered; who gave no name looks for themselves.
    fn reply_by(&self) -> ReplyBy {
        let named = self.feedback.submitter.as_ref();
        named.map_or(ReplyBy::Page, |_| self.feedback.story.reply_by())
    }

    /// The case as it is written, with its text as JSON.
    fn into_new_case(self, original: String, at: OffsetDateTime) -> NewCase {
        let feedback = self.feedback;
        let (status, event) = match feedback.channel {
            Channel::Online => (Status::Submitted, CaseEvent::Submitted),
            channel => {
                let channel = Some(channel);
                let today = at.to_offset(VIETNAM).date();
                let entered_on = Some(today).filter(|day| *day != self.received_at.date());
                let event = CaseEvent::Entered {
                    channel,
                    entered_on,
                };
                (Status::Received, event)
            }
        };
        let reasons = feedback.reasons.iter();
        let rule = feedback.kind.service_level();
        let reply_by = self.reply_by();
        NewCase {
            case_id: self.case,
            number: self.number,
            key: self.case_key,
            kind: feedback.kind,
            reasons: reasons.map(|reason| reason.code.to_owned()).collect(),
            channel: feedback.channel,
            status,
            secrecy: self.secrecy,
            is_lead: feedback.submitter.is_none(),
            concerned_unit: self.concerned_unit,
            created_by: self.recorder.0,
            received_at: self.received_at,
            reply_by,
            deadline: self.deadline.map(|deadline| (deadline, rule)),
            original,
            identity: self.identity,
            recused: self.named,
            receipt: self.receipt,
            submission: Submission {
                key_hmac: self.fingerprints.key_hmac,
                content_hmac: self.fingerprints.content_hmac,
                slip: self.slip,
                expires_at: at + WINDOW,
            },
            at,
            event,
        }
    }
}

/// Words or a ticked reason that speak of bribery restrict the case at once, whichever card it came
/// on: beside the form it is promised so. Everything else follows the submitter's wish.
fn secrecy(feedback: &NewFeedback, other: Option<OtherProcedure>) -> Confidentiality {
    let ticked = feedback.reasons.iter();
    let ticked = ticked.map(|reason| reason.code).any(|code| code == BRIBERY);
    let bribery = ticked || other == Some(OtherProcedure::Denunciation);
    match (bribery, feedback.confidential) {
        (true, _) => Confidentiality::Denunciation,
        (false, true) => Confidentiality::IdentityHidden,
        (false, false) => Confidentiality::Ordinary,
    }
}

/// Where feedback names the people it is about: the field for it, and in a matter of conduct or
/// bribery every line of the story.
fn speaks_of_people(feedback: &NewFeedback, secrecy: Confidentiality) -> String {
    let story = &feedback.story;
    let judged = feedback.kind == Kind::Conduct || secrecy == Confidentiality::Denunciation;
    match judged {
        true => [&*story.officer, &story.title, &story.content].join("\n"),
        false => story.officer.clone(),
    }
}

/// The submitter, sealed to the unsealer's key; `None` for feedback without a name.
fn seal_identity(
    state: &AppState,
    case: CaseId,
    submitter: Option<&Submitter>,
) -> Option<SealedIdentity> {
    submitter.map(|submitter| state.vault.seal_identity(case, &identity(submitter)))
}

fn identity(submitter: &Submitter) -> Identity {
    Identity {
        name: submitter.name.clone(),
        representative: submitter.representative.clone(),
        address: submitter.address.clone(),
        phone: submitter.phone.clone(),
        email: submitter.email.clone(),
    }
}

/// Writes the case unless its submission is already known; returns what was known.
async fn write(
    state: &AppState,
    prepared: Prepared<'_>,
    files: &mut StoredFiles,
) -> Result<PreviousSubmission, AppError> {
    // of two tabs that submit the same content at the same moment, the second waits and then finds
    // the first
    let scope = Scope::Intake {
        case: prepared.case,
        advisory_lock: prepared.fingerprints.lock(),
    };
    let now = state.clock.now();
    let original = serde_json::to_string(&prepared.feedback.story);
    let original = original.map_err(|_| AppError::Internal)?;
    let mut tx = state.db.begin(scope).await?;
    match previous_submission(&mut tx, &prepared.fingerprints, now).await? {
        PreviousSubmission::Nothing => {}
        known => return Ok(known),
    }
    let staff = prepared.named.clone();
    let (feedback, case) = (prepared.feedback, prepared.case);
    let record = insert_case(&mut tx, &state.vault, prepared.into_new_case(original, now)).await?;
    if !staff.is_empty() {
        let named = CaseEvent::Recused { staff };
        record
            .add_event(&mut tx, &named, Actor::default(), now, None)
            .await?;
    }
    keep_addresses(state, &mut tx, feedback, case, now).await?;
    record.add_attachments(&mut tx, None, files).await?;
    tx.commit().await?;
    Ok(PreviousSubmission::Nothing)
}
