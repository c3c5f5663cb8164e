//! Planned cases as rows, sealed like real ones, written with `COPY`.

use super::plan::Plan;
use crate::{
    case::{CaseId, MessageId, Rating, ReceiptCode, StaffId},
    platform::{clock::random_id, database::Db, vault::Vault},
    records::{CaseRecord, particulars},
};
use sqlx::PgConnection;
use std::fmt::{Display, Write as _};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use uuid::Uuid;

/// Lines in the text format of `COPY`, one buffer for each table.
#[derive(Default)]
pub(super) struct Rows {
    cases: String,
    keys: String,
    bodies: String,
    identities: String,
    receipts: String,
    events: String,
    messages: String,
}

impl Rows {
    /// Seals a planned case under its own key and adds its rows. Returns the receipt code, which is
    /// stored nowhere.
    pub(super) fn push(&mut self, vault: &Vault, plan: &Plan) -> ReceiptCode {
        let id = Uuid::from_u128(plan.id.0);
        let key = vault.new_case_key();
        let wrapped = vault.wrap(plan.id, &key);
        let record = CaseRecord::new(plan.id, key);
        line(
            &mut self.keys,
            &[&id, &wrapped.kek_version, &bytes(&wrapped.bytes)],
        );
        let receipt = ReceiptCode::from_random(random_id());
        let (version, hmac) = vault.receipt_hmac(&receipt);
        line(&mut self.receipts, &[&id, &version, &bytes(&hmac)]);
        if let Some(identity) = &plan.identity {
            let sealed = vault.seal_identity(plan.id, identity);
            line(
                &mut self.identities,
                &[&id, &sealed.key_version, &bytes(&sealed.bytes)],
            );
        }
        for (field, text) in &plan.bodies {
            line(
                &mut self.bodies,
                &[
                    &id,
                    &field.code(),
                    &bytes(&record.sealed_body(*field, text)),
                ],
            );
        }
        self.push_case(plan);
        self.push_history(plan, &record);
        receipt
    }

    fn push_case(&mut self, plan: &Plan) {
        line(
            &mut self.cases,
            &[
                &Uuid::from_u128(plan.id.0),
                &plan.number,
                &plan.kind.code(),
                &format!("{{{}}}", plan.reasons.join(",")),
                &plan.channel.code(),
                &plan.status.code(),
                &plan.secrecy.code(),
                &plan.is_lead,
                &or_null(plan.concerned_unit),
                &or_null(plan.assigned_unit),
                &or_null(plan.handler),
                &or_null(plan.created_by),
                &plan.received_on,
                &or_null(plan.due_on),
                &or_null(plan.due_on.map(|_| plan.due_rule.code())),
                &or_null(plan.due_on.map(|_| plan.calendar_version)),
                &or_null(plan.paused_on),
                &plan.supplement_asked,
                &plan.reopened,
                &or_null(plan.finding.map(|finding| finding.code())),
                &or_null(plan.answered_on),
                &or_null(plan.closed_on),
                &or_null(plan.rating.map(Rating::mark)),
            ],
        );
    }

    fn push_history(&mut self, plan: &Plan, record: &CaseRecord) {
        let id = Uuid::from_u128(plan.id.0);
        for event in &plan.events {
            let staff = event.staff.map(|staff| StaffId(staff.as_u128()));
            let words = event.text.as_ref();
            let words = words.map(|text| record.sealed_words(&event.event, event.at, staff, text));
            let (seal_id, sealed) = words.unzip();
            let role = event.role.map(|role| role.code());
            line(
                &mut self.events,
                &[
                    &id,
                    &instant(event.at),
                    &event.event.code(),
                    &or_null(event.staff),
                    &or_null(role),
                    &particulars(&event.event),
                    &or_null(seal_id),
                    &or_null(sealed.map(|sealed| bytes(&sealed))),
                ],
            );
        }
        for message in &plan.messages {
            let message_id = MessageId(random_id());
            let sealed = bytes(&record.sealed_message(message_id, &message.text));
            line(
                &mut self.messages,
                &[
                    &message_id,
                    &id,
                    &message.direction.code(),
                    &instant(message.at),
                    &or_null(message.staff),
                    &sealed,
                ],
            );
        }
    }

    /// Writes everything in one transaction.
    pub(super) async fn write(&self, owner: &Db) -> anyhow::Result<()> {
        let mut tx = owner.pool().begin().await?;
        copy(
            &mut tx,
            "copy feedback_case (case_id, number, kind, reasons, channel, status, secrecy, is_lead,
                concerned_unit_id, assigned_unit_id, handler_id, created_by, received_on, due_on,
                due_rule, calendar_version, paused_on, supplement_asked, reopened, finding,
                answered_on, closed_on, satisfaction) from stdin",
            &self.cases,
        )
        .await?;
        copy(
            &mut tx,
            "copy case_key (case_id, kek_version, wrapped) from stdin",
            &self.keys,
        )
        .await?;
        copy(
            &mut tx,
            "copy case_body (case_id, field, sealed) from stdin",
            &self.bodies,
        )
        .await?;
        copy(
            &mut tx,
            "copy case_identity (case_id, key_version, sealed) from stdin",
            &self.identities,
        )
        .await?;
        copy(
            &mut tx,
            "copy case_receipt (case_id, key_version, code_hmac) from stdin",
            &self.receipts,
        )
        .await?;
        copy(
            &mut tx,
            "copy case_event (case_id, at, kind, staff_id, role, data, seal_id, sealed) from stdin",
            &self.events,
        )
        .await?;
        copy(
            &mut tx,
            "copy case_message (message_id, case_id, direction, at, staff_id, sealed) from stdin",
            &self.messages,
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }
}

async fn copy(
    connection: &mut PgConnection,
    statement: &'static str,
    lines: &str,
) -> anyhow::Result<()> {
    let mut copy = connection.copy_in_raw(statement).await?;
    copy.send(lines.as_bytes()).await?;
    copy.finish().await?;
    Ok(())
}

/// One line of `COPY`. Values are ids, codes, dates or hexadecimal, so that only the backslash of
/// `\x` needs escaping.
fn line(buffer: &mut String, values: &[&dyn Display]) {
    for (index, value) in values.iter().enumerate() {
        let separator = if index == 0 { "" } else { "\t" };
        // writing to a string cannot fail
        let _ = write!(buffer, "{separator}{value}");
    }
    buffer.push('\n');
}

fn or_null(value: Option<impl Display>) -> String {
    value.map_or_else(|| "\\N".to_owned(), |value| value.to_string())
}

fn bytes(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(DIGITS[usize::from(digit)]));
    ['\\', '\\', 'x'].into_iter().chain(digits).collect()
}

fn instant(at: OffsetDateTime) -> String {
    // PostgreSQL rounds what is finer than a microsecond, and words are bound to the moment kept
    let kept = at.replace_nanosecond(at.nanosecond() / 1_000 * 1_000);
    // every instant has a year of four digits
    kept.unwrap_or(at).format(&Rfc3339).unwrap_or_default()
}

/// A fresh id.
pub(super) fn new_id() -> CaseId {
    CaseId(random_id())
}
