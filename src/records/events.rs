//! The history of a case, append-only.

use super::CaseRecord;
use crate::{
    case::{CaseEvent, CaseId, EventNames, StaffId},
    error::AppError,
    platform::{clock::random_id, vault::SealContext},
    rights::Role,
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

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
        self.event.staff_text(self.names())
    }

    /// What happened, as the unit reads it that may not know who spoke.
    pub fn unit_text(&self) -> Option<String> {
        self.event.unit_text(self.names())
    }

    fn names(&self) -> EventNames<'_> {
        EventNames {
            unit: self.unit.as_deref(),
            external_body: self.external_body.as_deref(),
        }
    }
}

/// An event as the submitter may read it: only words written for them or by them, and no name of
/// staff but of who signed an answer.
pub struct PublicEventRecord {
    /// When it happened.
    pub at: OffsetDateTime,
    /// What happened.
    pub event: CaseEvent,
    /// Whether a member of staff did it.
    pub by_staff: bool,
    /// The role by which they acted.
    pub role: Option<Role>,
    /// Name of the leader who signed, if it is an answer.
    pub signer: Option<String>,
    /// The words; "" if there are none for the submitter.
    pub words: String,
    /// Name of the body it was forwarded to, if it was.
    pub external_body: Option<String>,
}

impl CaseRecord {
    /// Appends an event and gives its id. `words` are sealed; the event itself holds codes, ids,
    /// counts and days only.
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
    ) -> Result<i64, AppError> {
        let words = words.filter(|words| !words.is_empty());
        let sealed = words.map(|words| self.sealed_words(event, at, actor.staff, words));
        let (seal_id, sealed) = sealed.unzip();
        Ok(sqlx::query_scalar!(
            "insert into case_event (case_id, at, kind, staff_id, role, data, seal_id, sealed)
            values ($1, $2, $3, $4, $5, $6, $7, $8) returning event_id",
            self.case_id as CaseId,
            at,
            event.code(),
            actor.staff as Option<StaffId>,
            actor.role as Option<Role>,
            particulars(event),
            seal_id,
            sealed
        )
        .fetch_one(tx)
        .await?)
    }

    /// Reads every event for staff, newest first; the words of those that `reads_words` allows.
    ///
    /// # Errors
    /// [`AppError::Internal`] if words do not open.
    pub async fn events(
        &self,
        tx: &mut PgConnection,
        reads_words: impl Fn(&CaseEvent) -> bool,
    ) -> Result<Vec<EventRecord>, AppError> {
        let rows = sqlx::query!(
            r#"select e.event_id as "event_id!", e.at as "at!", e.kind as "kind!",
                e.role as "role: Role", e.data as "data!", e.sealed, e.seal_id,
                e.staff_id as "staff_id: StaffId", s.display_name as "staff?", u.name as "unit?", b.name as "external_body?"
            from case_event e
                left join staff s using (staff_id)
                left join unit u on u.unit_id = case
                    when jsonb_typeof(e.data->'don_vi') = 'number'
                    then (e.data->>'don_vi')::smallint
                    when jsonb_typeof(e.data->'duoc_phan_anh') = 'number'
                    then (e.data->>'duoc_phan_anh')::smallint end
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
            let sealed = row.sealed.filter(|_| reads_words(&event));
            let bound = (row.seal_id, row.at, row.staff_id);
            let open =
                |sealed: Vec<u8>| self.open_text(self.words_of(event.code(), bound), &sealed);
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
                e.data as "data!", e.sealed, e.seal_id, e.staff_id as "staff_id: StaffId",
                s.display_name as "signer?", b.name as "external_body?"
            from case_event e
                left join staff s on s.staff_id = e.staff_id and e.kind = 'tra_loi'
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
                    let bound = (row.seal_id, row.at, row.staff_id);
                    self.open_text(self.words_of(event.code(), bound), &sealed)?
                }
                _ => String::new(),
            };
            events.push(PublicEventRecord {
                at: row.at,
                event,
                by_staff: row.staff_id.is_some(),
                role: row.role,
                signer: row.signer,
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
            r#"select data, sealed, seal_id, at, staff_id as "staff_id: StaffId" from case_event
            where case_id = $1 and kind = $2 order by event_id desc limit 1"#,
            self.case_id as CaseId,
            code
        )
        .fetch_optional(tx)
        .await?
        .ok_or(AppError::Conflict)?;
        let event = read_event(code, row.data).ok_or(AppError::Internal)?;
        let bound = (row.seal_id, row.at, row.staff_id);
        let open = |sealed: Vec<u8>| self.open_text(self.words_of(code, bound), &sealed);
        let words = row.sealed.map(open).transpose()?;
        Ok((event, words.unwrap_or_default()))
    }

    /// The words of an event as they are stored: the random id that binds them to their row, and
    /// the sealed text.
    pub fn sealed_words(
        &self,
        event: &CaseEvent,
        at: OffsetDateTime,
        staff: Option<StaffId>,
        words: &str,
    ) -> (Uuid, Vec<u8>) {
        let seal_id = Uuid::from_u128(random_id());
        let place = self.words_of(event.code(), (Some(seal_id), at, staff));
        (seal_id, self.seal_text(place, words))
    }

    /// What the words of an event are bound to. Those of an event without an id of its own are
    /// older and bound to the case alone.
    fn words_of(&self, code: &'static str, (seal_id, at, staff): Bound) -> SealContext {
        let row = match seal_id {
            Some(id) => bound_to(id, at, staff),
            None => self.case_id.0,
        };
        SealContext {
            table: "case_event",
            row,
            field: code,
        }
    }
}

/// The id, moment and person of an event's row.
type Bound = (Option<Uuid>, OffsetDateTime, Option<StaffId>);

/// One number for id, moment and person, so that words moved to another row, even with their id,
/// do not open there: nobody can be made to have said at another time what somebody else said.
fn bound_to(id: Uuid, at: OffsetDateTime, staff: Option<StaffId>) -> u128 {
    // PostgreSQL keeps microseconds
    let moment = at.unix_timestamp_nanos().div_euclid(1_000);
    let digest = Sha256::new()
        .chain_update(id.as_bytes())
        .chain_update(moment.to_be_bytes())
        .chain_update(staff.map_or(0, |staff| staff.0).to_be_bytes())
        .finalize();
    let first = digest.iter().take(16);
    first.fold(0, |row, byte| row << 8 | u128::from(*byte))
}

/// The particulars of an event as its row holds them; `{}` if it has none.
pub fn particulars(event: &CaseEvent) -> Value {
    // an event is codes, ids, counts and days, which always have a JSON form
    let stored = serde_json::to_value(event).unwrap_or_default();
    stored.get("data").cloned().unwrap_or_else(|| json!({}))
}

/// The event of a row. A row that this version does not understand is passed over, and the log says
/// so: one unreadable row must not make a case inaccessible to those who work on it.
pub(super) fn read_event(kind: &str, data: Value) -> Option<CaseEvent> {
    let with = serde_json::from_value(json!({ "kind": kind, "data": data }));
    let event = with.or_else(|_| serde_json::from_value(json!({ "kind": kind })));
    if event.is_err() {
        tracing::error!(kind, "an event of another version was passed over");
    }
    event.ok()
}
