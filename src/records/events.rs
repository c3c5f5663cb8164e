//! The history of a case, append-only.

use super::CaseRecord;
use crate::{
    case::{CaseEvent, CaseId, EventNames, StaffId},
    error::AppError,
    platform::vault::SealContext,
    rights::Role,
};
use serde_json::{Value, json};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Who does something to a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// The member of staff; `None` for the submitter.
    pub staff: Option<StaffId>,
    /// The role that gives them the right.
    pub role: Option<Role>,
}

impl Actor {
    /// The submitter.
    pub const SUBMITTER: Self = Self {
        staff: None,
        role: None,
    };
}

/// An event as staff may read it.
pub struct EventRecord {
    /// Increases with every event; a page carries the newest as `seen`.
    pub event_id: i64,
    /// When it happened.
    pub at: OffsetDateTime,
    /// What happened.
    pub event: CaseEvent,
    /// Name of the member of staff, if one did it.
    pub staff: Option<String>,
    /// The role by which they acted.
    pub role: Option<Role>,
    /// The words written with it, if the reader may have them.
    pub words: Option<String>,
    unit: Option<String>,
    external_body: Option<String>,
}

impl EventRecord {
    /// What happened, as staff read it.
    pub fn staff_text(&self) -> String {
        self.event.staff_text(EventNames {
            unit: self.unit.as_deref(),
            external_body: self.external_body.as_deref(),
        })
    }
}

/// An event as the submitter may read it: no name of staff, only words written for them or by them.
pub struct PublicEventRecord {
    /// When it happened.
    pub at: OffsetDateTime,
    /// What happened.
    pub event: CaseEvent,
    /// Whether a member of staff did it.
    pub by_staff: bool,
    /// The role by which they acted.
    pub role: Option<Role>,
    /// The words; "" if there are none for the submitter.
    pub words: String,
    /// Name of the body it was forwarded to, if it was.
    pub external_body: Option<String>,
}

impl CaseRecord {
    /// Appends an event. `words` are sealed; the event itself holds codes, ids, counts and days
    /// only.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    pub async fn add_event(
        &self,
        tx: &mut PgConnection,
        event: &CaseEvent,
        actor: Actor,
        at: OffsetDateTime,
        words: Option<&str>,
    ) -> Result<(), AppError> {
        let words = words.filter(|words| !words.is_empty());
        sqlx::query!(
            "insert into case_event (case_id, at, kind, staff_id, role, data, sealed)
            values ($1, $2, $3, $4, $5, $6, $7)",
            self.case_id as CaseId,
            at,
            event.code(),
            actor.staff as Option<StaffId>,
            actor.role as Option<Role>,
            particulars(event),
            words.map(|words| self.sealed_words(event, words))
        )
        .execute(tx)
        .await?;
        Ok(())
    }

    /// Reads every event for staff, newest first; the words only if `with_words`.
    ///
    /// # Errors
    /// [`AppError::Internal`] if words do not open.
    pub async fn events(
        &self,
        tx: &mut PgConnection,
        with_words: bool,
    ) -> Result<Vec<EventRecord>, AppError> {
        let rows = sqlx::query!(
            r#"select e.event_id as "event_id!", e.at as "at!", e.kind as "kind!",
                e.role as "role: Role", e.data as "data!", e.sealed,
                s.display_name as "staff?", u.name as "unit?", b.name as "external_body?"
            from case_event e
                left join staff s using (staff_id)
                left join unit u on u.unit_id = case
                    when jsonb_typeof(e.data->'don_vi') = 'number'
                    then (e.data->>'don_vi')::smallint end
                left join external_body b on b.external_body_id = case
                    when jsonb_typeof(e.data->'co_quan') = 'number'
                    then (e.data->>'co_quan')::smallint end
            where e.case_id = $1 order by e.event_id desc"#,
            self.case_id as CaseId
        )
        .fetch_all(tx)
        .await?;
        let mut events = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(event) = read_event(&row.kind, row.data) else {
                continue;
            };
            let sealed = row.sealed.filter(|_| with_words);
            let open = |sealed: Vec<u8>| self.open_text(self.words_of(event.code()), &sealed);
            events.push(EventRecord {
                event_id: row.event_id,
                at: row.at,
                words: sealed.map(open).transpose()?,
                event,
                staff: row.staff,
                role: row.role,
                unit: row.unit,
                external_body: row.external_body,
            });
        }
        Ok(events)
    }

    /// Reads every event for the submitter, oldest first.
    ///
    /// # Errors
    /// [`AppError::Internal`] if words do not open.
    pub async fn public_events(
        &self,
        tx: &mut PgConnection,
    ) -> Result<Vec<PublicEventRecord>, AppError> {
        let rows = sqlx::query!(
            r#"select e.at as "at!", e.kind as "kind!", e.role as "role: Role",
                e.data as "data!", e.sealed, e.staff_id is not null as "by_staff!",
                b.name as "external_body?"
            from case_event e
                left join external_body b on b.external_body_id = case
                    when jsonb_typeof(e.data->'co_quan') = 'number'
                    then (e.data->>'co_quan')::smallint end
            where e.case_id = $1 order by e.event_id"#,
            self.case_id as CaseId
        )
        .fetch_all(tx)
        .await?;
        let mut events = Vec::with_capacity(rows.len());
        for row in rows {
            let Some(event) = read_event(&row.kind, row.data) else {
                continue;
            };
            let words = match row.sealed {
                Some(sealed) if event.has_public_words() => {
                    self.open_text(self.words_of(event.code()), &sealed)?
                }
                _ => String::new(),
            };
            events.push(PublicEventRecord {
                at: row.at,
                event,
                by_staff: row.by_staff,
                role: row.role,
                words,
                external_body: row.external_body,
            });
        }
        Ok(events)
    }

    /// The newest event with this code, and the words written with it.
    ///
    /// # Errors
    /// [`AppError::Conflict`] if there is none, [`AppError::Internal`] if it does not open.
    pub async fn last_event(
        &self,
        tx: &mut PgConnection,
        code: &'static str,
    ) -> Result<(CaseEvent, String), AppError> {
        let row = sqlx::query!(
            "select data, sealed from case_event where case_id = $1 and kind = $2
            order by event_id desc limit 1",
            self.case_id as CaseId,
            code
        )
        .fetch_optional(tx)
        .await?
        .ok_or(AppError::Conflict)?;
        let event = read_event(code, row.data).ok_or(AppError::Internal)?;
        let open = |sealed: Vec<u8>| self.open_text(self.words_of(code), &sealed);
        let words = row.sealed.map(open).transpose()?;
        Ok((event, words.unwrap_or_default()))
    }

    /// The words of an event as they are stored.
    pub fn sealed_words(&self, event: &CaseEvent, words: &str) -> Vec<u8> {
        self.seal_text(self.words_of(event.code()), words)
    }

    fn words_of(&self, code: &'static str) -> SealContext {
        SealContext {
            table: "case_event",
            row: self.case_id.0,
            field: code,
        }
    }
}

/// The particulars of an event as its row holds them; `{}` if it has none.
pub fn particulars(event: &CaseEvent) -> Value {
    // an event is codes, ids, counts and days, which always have a JSON form
    let stored = serde_json::to_value(event).unwrap_or_default();
    stored.get("data").cloned().unwrap_or_else(|| json!({}))
}

/// The event of a row. A row that this version does not understand is passed over, and the log says
/// so: one unreadable row must not make a case inaccessible to those who work on it.
fn read_event(kind: &str, data: Value) -> Option<CaseEvent> {
    let with = serde_json::from_value(json!({ "kind": kind, "data": data }));
    let event = with.or_else(|_| serde_json::from_value(json!({ "kind": kind })));
    if event.is_err() {
        tracing::error!(kind, "an event of another version was passed over");
    }
    event.ok()
}
