//! One change of one case: locked, judged by the state machine, written with its event, committed.

use crate::{
    accounts::ssr::authority::{self, Authority},
    case::{Action, CaseId, CaseNumber, Kind, Secrecy, Status},
    casework::actions::allowed::Standing,
    error::{AppError, FieldErrors},
    platform::{
        AppState,
        clock::random_id,
        database::restrict_to_case,
        http::error_response::report,
        vault::{CaseKey, SealContext, WrappedKey},
    },
    rights::Permission,
};
use axum::http::{header, request::Parts};
use leptos::prelude::use_context;
use sqlx::{PgConnection, Postgres, Transaction};
use time::{Date, OffsetDateTime};
use unicode_normalization::UnicodeNormalization as _;
use uuid::Uuid;

/// Reports a failure of an action. A form sent without script is led back to its page with the failure in the address: that redirect
/// keeps its own status.
///
/// # Errors
/// Those of `result`.
pub fn tell<T>(result: Result<T, AppError>) -> Result<T, AppError> {
    let accepts = |parts: &Parts| {
        parts
            .headers
            .get(header::ACCEPT)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|v| v.contains("text/html"))
    };
    if use_context::<Parts>().is_some_and(|parts| accepts(&parts)) {
        result
    } else {
        report(result)
    }
}

/// A person about to do one thing to one case.
pub struct Desk {
    /// The application.
    pub state: AppState,
    /// Proof of the right that the action needs.
    pub authority: Authority,
    action: Action,
    number: String,
    seen: i64,
}

impl Desk {
    /// Demands the right that `action` needs. `seen` is the newest event on the page the person acted from: the same action by the same
    /// person after it is a second click.
    ///
    /// # Errors
    /// Without a session or the right; [`AppError::NotFound`] where `number` is none.
    pub async fn of(action: Action, number: &str, seen: i64) -> Result<Self, AppError> {
        tell(Self::open(action, number, seen).await)
    }

    async fn open(action: Action, number: &str, seen: i64) -> Result<Self, AppError> {
        let authority =
            authority::require(Permission::for_action(action).ok_or(AppError::Forbidden)?).await?;
        let number = CaseNumber::parse(number)
            .ok_or(AppError::NotFound)?
            .as_str()
            .to_owned();
        Ok(Self {
            state: authority::state(),
            authority,
            action,
            number,
            seen,
        })
    }

    /// Reports a failure, or leads back to the case; to the inbox where it is no longer theirs to see.
    ///
    /// # Errors
    /// Those of `result`.
    pub async fn done(&self, result: Result<(), AppError>) -> Result<(), AppError> {
        tell(result)?;
        let mut tx = tell(self.authority.begin(&self.state.db).await)?;
        let seen = sqlx::query_scalar!(
            "select case_id from feedback_case where number = $1",
            self.number
        )
        .fetch_optional(&mut *tx)
        .await?;
        let case_page = format!(
            "/quan-tri/ho-so/{}?xong={}",
            self.number,
            self.action.code()
        );
        leptos_axum::redirect(if seen.is_some() {
            &case_page
        } else {
            "/quan-tri"
        });
        Ok(())
    }

    /// Today in Viet Nam.
    pub fn today(&self) -> Date {
        self.state.clock.today()
    }

    /// Who acts, as the database keys them.
    pub fn staff_key(&self) -> Uuid {
        Uuid::from_u128(self.authority.staff_id().0)
    }

    /// The role that gives the right.
    fn role(&self) -> Option<&'static str> {
        self.authority
            .staff()
            .roles
            .iter()
            .find(|role| role.grants(self.authority.permission()))
            .map(|role| role.code())
    }
}

/// A case held by this transaction; nobody else changes it meanwhile.
pub struct Change<'a> {
    /// Sees this one case only, whatever becomes of it.
    pub tx: Transaction<'static, Postgres>,
    /// What is known of it.
    pub held: Held,
    desk: &'a Desk,
    key: CaseKey,
    next: Status,
    now: OffsetDateTime,
}

/// The row of the case as it was locked.
pub struct Held {
    /// Which.
    pub case: CaseId,
    /// What kind.
    pub kind: Kind,
    /// Who may know of it.
    pub secrecy: Secrecy,
    /// An information lead: no deadline runs.
    pub is_lead: bool,
    /// The day of receipt.
    pub received_on: Date,
    /// The unit the feedback is about.
    pub concerned_unit: Option<i16>,
}

impl Held {
    /// The case as the database keys it.
    pub fn id(&self) -> Uuid {
        Uuid::from_u128(self.case.0)
    }
}

impl<'a> Change<'a> {
    /// Locks the case and asks the state machine.
    ///
    /// # Errors
    /// [`AppError::NotFound`] where the person sees no such case, [`AppError::Conflict`] where its status, a waiting proposal or a first
    /// click stands against the action, [`AppError::Forbidden`] where they made the proposal themselves.
    pub async fn begin(desk: &'a Desk) -> Result<Self, AppError> {
        let mut tx = desk.authority.begin(&desk.state.db).await?;
        let row = sqlx::query!(
            "select case_id, kind, secrecy, status, is_lead, received_on, concerned_unit_id, proposal, proposed_by, supplement_asked
            from feedback_case where number = $1 for update",
            desk.number
        )
        .fetch_optional(&mut *tx)
        .await?
        .ok_or(AppError::NotFound)?;
        let own = row.proposed_by == Some(desk.staff_key());
        let standing = Standing {
            proposal: row.proposal.as_deref(),
            proposed_by_self: own,
            supplement_asked: row.supplement_asked,
        };
        if !standing.allows(desk.action) {
            let second_person = Standing {
                proposed_by_self: false,
                ..standing
            }
            .allows(desk.action);
            return Err(if second_person {
                AppError::Forbidden
            } else {
                AppError::Conflict
            });
        }
        let status = Status::from_code(&row.status).ok_or(AppError::Internal)?;
        let held = Held {
            case: CaseId(row.case_id.as_u128()),
            kind: Kind::from_code(&row.kind).ok_or(AppError::Internal)?,
            secrecy: Secrecy::from_code(&row.secrecy).ok_or(AppError::Internal)?,
            is_lead: row.is_lead,
            received_on: row.received_on,
            concerned_unit: row.concerned_unit_id,
        };
        restrict_to_case(&mut tx, held.case).await?;
        refuse_second_click(&mut tx, desk, held.id()).await?;
        let key = case_key(&mut tx, &desk.state, held.case).await?;
        let next = status.after(desk.action).ok_or(AppError::Conflict)?;
        Ok(Self {
            tx,
            held,
            desk,
            key,
            next,
            now: desk.state.clock.now(),
        })
    }

    /// Writes one sealed text of the case.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] where the database is away.
    pub async fn write_body(&mut self, field: &'static str, text: &str) -> Result<(), AppError> {
        let place = SealContext {
            table: "case_body",
            row: self.held.case.0,
            field,
        };
        let sealed = self.key.seal(place, composed(text).as_bytes());
        sqlx::query!(
            "insert into case_body (case_id, field, sealed) values ($1, $2, $3) on conflict (case_id, field) do update set sealed = $3",
            self.held.id(),
            field,
            sealed
        )
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Reads one sealed text of the case.
    ///
    /// # Errors
    /// [`AppError::Internal`] where it does not open.
    pub async fn read_body(&mut self, field: &'static str) -> Result<Option<String>, AppError> {
        let sealed = sqlx::query_scalar!(
            "select sealed from case_body where case_id = $1 and field = $2",
            self.held.id(),
            field
        );
        let sealed = sealed.fetch_optional(&mut *self.tx).await?;
        sealed
            .map(|sealed| {
                opened(
                    &self.key,
                    SealContext {
                        table: "case_body",
                        row: self.held.case.0,
                        field,
                    },
                    &sealed,
                )
            })
            .transpose()
    }

    /// The words of the newest event of a kind, with its data.
    ///
    /// # Errors
    /// [`AppError::Conflict`] where there is none.
    pub async fn last_words(
        &mut self,
        kind: &'static str,
    ) -> Result<(serde_json::Value, String), AppError> {
        let row = sqlx::query!(
            "select data, sealed from case_event where case_id = $1 and kind = $2 order by event_id desc limit 1",
            self.held.id(),
            kind
        );
        let row = row
            .fetch_optional(&mut *self.tx)
            .await?
            .ok_or(AppError::Conflict)?;
        let place = SealContext {
            table: "case_event",
            row: self.held.case.0,
            field: kind,
        };
        let words = row
            .sealed
            .map(|sealed| opened(&self.key, place, &sealed))
            .transpose()?;
        Ok((row.data, words.unwrap_or_default()))
    }

    /// Adds to the conversation (`out`) or the notes (`note`).
    ///
    /// # Errors
    /// [`AppError::Unavailable`] where the database is away.
    pub async fn say(&mut self, direction: &'static str, text: &str) -> Result<(), AppError> {
        let message = random_id();
        let sealed = self.key.seal(
            SealContext {
                table: "case_message",
                row: message,
                field: "text",
            },
            composed(text).as_bytes(),
        );
        sqlx::query!(
            "insert into case_message (message_id, case_id, direction, at, staff_id, sealed) values ($1, $2, $3, $4, $5, $6)",
            Uuid::from_u128(message),
            self.held.id(),
            direction,
            self.now,
            self.desk.staff_key(),
            sealed
        )
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Moves the case on, writes its event and commits. `data` holds codes only; `words` are sealed.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] where the database is away; nothing was changed then.
    pub async fn finish(
        mut self,
        data: serde_json::Value,
        words: Option<&str>,
    ) -> Result<(), AppError> {
        let action = self.desk.action.code();
        let place = SealContext {
            table: "case_event",
            row: self.held.case.0,
            field: action,
        };
        let sealed = words
            .filter(|words| !words.is_empty())
            .map(|words| self.key.seal(place, composed(words).as_bytes()));
        sqlx::query!(
            "update feedback_case set status = $2 where case_id = $1",
            self.held.id(),
            self.next.code()
        )
        .execute(&mut *self.tx)
        .await?;
        sqlx::query!(
            "insert into case_event (case_id, at, kind, staff_id, role, data, sealed) values ($1, $2, $3, $4, $5, $6, $7)",
            self.held.id(),
            self.now,
            action,
            self.desk.staff_key(),
            self.desk.role(),
            data,
            sealed
        )
        .execute(&mut *self.tx)
        .await?;
        self.tx.commit().await?;
        Ok(())
    }
}

async fn refuse_second_click(
    tx: &mut PgConnection,
    desk: &Desk,
    case: Uuid,
) -> Result<(), AppError> {
    let again = sqlx::query_scalar!(
        r#"select exists (select from case_event where case_id = $1 and event_id > $2 and kind = $3 and staff_id = $4) as "again!""#,
        case,
        desk.seen,
        desk.action.code(),
        desk.staff_key()
    )
    .fetch_one(tx)
    .await?;
    if again {
        Err(AppError::Conflict)
    } else {
        Ok(())
    }
}

/// The data key of a case that the transaction sees.
///
/// # Errors
/// [`AppError::Internal`] where it does not open.
pub async fn case_key(
    tx: &mut PgConnection,
    state: &AppState,
    case: CaseId,
) -> Result<CaseKey, AppError> {
    let row = sqlx::query!(
        "select kek_version, wrapped from case_key where case_id = $1",
        Uuid::from_u128(case.0)
    )
    .fetch_one(tx)
    .await?;
    Ok(state.vault.unwrap(
        case,
        &WrappedKey {
            kek_version: row.kek_version,
            bytes: row.wrapped,
        },
    )?)
}

/// A sealed text, opened.
///
/// # Errors
/// [`AppError::Internal`] where it does not open or is no text.
pub fn opened(key: &CaseKey, place: SealContext, sealed: &[u8]) -> Result<String, AppError> {
    let plain = key.open(place, sealed)?;
    std::str::from_utf8(&plain)
        .map(str::to_owned)
        .map_err(|_| AppError::Internal)
}

/// A failure at one field.
pub fn at(field: &str, message: &str) -> AppError {
    let mut errors = FieldErrors::default();
    errors.add(field, message);
    errors.into()
}

fn composed(text: &str) -> String {
    text.nfc().collect()
}
