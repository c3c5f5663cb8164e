//! One change of one case: locked, judged by the state machine, written with its event, committed.

use super::{
    lead_on::next_page,
    lock::{LockedCase, check_allowed, lock_case, refuse_second_click},
    notify::notify,
    reading::demand_sight,
};
use crate::{
    accounts::ssr::authority::{self, Authority},
    case::{
        Action, BodyField, CaseEvent, CaseId, CaseNumber, Direction, FeedbackContent, MessageId,
        Proposal, StaffId, Status,
    },
    error::AppError,
    platform::{AppState, clock::random_id, database::restrict_to_case},
    records::{Actor, CaseRecord, LastStep, NewMessage, Notice, has_happened_since},
    rights::Permission,
};
use sqlx::{Postgres, Transaction};
use time::{Date, Duration, OffsetDateTime};

/// A case locked for one action of one person; nobody else changes it meanwhile.
pub(crate) struct Transition {
    /// Sees this one case only, whatever becomes of it.
    pub tx: Transaction<'static, Postgres>,
    /// The row of the case as it was locked.
    pub case: LockedCase,
    authority: Authority,
    state: AppState,
    record: CaseRecord,
    action: Action,
    number: CaseNumber,
    next: Status,
    now: OffsetDateTime,
    /// The newest event of this request, if one was recorded.
    recorded: Option<i64>,
    /// The notice of that event, if it can be recalled.
    notice: Option<Notice>,
}

/// The same words after a longer time are meant.
const REPEATED: Duration = Duration::minutes(10);

impl Transition {
    /// Demands the right, locks the case and asks the state machine. `seen` is the newest event on
    /// the page the person acted from: the same action by the same person after it is a second
    /// click.
    ///
    /// # Errors
    /// [`AppError::SignInRequired`] or [`AppError::Forbidden`] without the right, or for one's own
    /// proposal; [`AppError::NotFound`] if the person sees no such case; [`AppError::Conflict`] if
    /// its status, a waiting proposal or a first click forbids the action.
    #[tracing::instrument(name = "begin_transition", skip_all, fields(number, action = action.code()))]
    pub(crate) async fn begin(action: Action, number: &str, seen: i64) -> Result<Self, AppError> {
        let permission = action.permission().ok_or(AppError::Forbidden)?;
        let authority = authority::require(permission).await?;
        let number = CaseNumber::parse(number).ok_or(AppError::NotFound)?;
        tracing::Span::current().record("number", number.as_str());
        let state = authority::state();
        let mut tx = authority.begin(&state.db).await?;
        let now = state.clock.now();
        let case = lock_case(&mut tx, &number, authority.staff_id(), state.clock.today()).await?;
        demand_sight(&mut tx, &authority, case.id).await?;
        // who was faster is said by the undo itself
        if action != Action::Undo {
            check_allowed(action, case.waiting)?;
        }
        let next = case.status.after(action).ok_or(AppError::Conflict)?;
        // also when the change takes the case out of the person's sight
        restrict_to_case(&mut tx, case.id).await?;
        refuse_second_click(&mut tx, case.id, action, authority.staff_id(), seen).await?;
        let record = CaseRecord::open(&mut tx, &state.vault, case.id).await?;
        Ok(Self {
            tx,
            case,
            authority,
            state,
            record,
            action,
            number,
            next,
            now,
            recorded: None,
            notice: None,
        })
    }

    /// Goes on with another action of the same request, judged as if it came alone: its right, the
    /// proposal that waits, the status.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] or [`AppError::Conflict`], as [`begin`](Self::begin).
    pub(crate) fn go_on(&mut self, action: Action) -> Result<(), AppError> {
        let permission = action.permission().ok_or(AppError::Forbidden)?;
        if !self.authority.staff().may(permission) {
            return Err(AppError::Forbidden);
        }
        check_allowed(action, self.case.waiting)?;
        self.next = self.case.status.after(action).ok_or(AppError::Conflict)?;
        Ok(())
    }

    /// The status that the case has now.
    pub(crate) fn status(&self) -> Status {
        self.case.status
    }

    /// Who acts.
    pub(crate) fn authority(&self) -> &Authority {
        &self.authority
    }

    /// The moment of the action.
    pub(crate) fn now(&self) -> OffsetDateTime {
        self.now
    }

    /// Leads back to another status than the state machine would: only what is taken back does so.
    pub(super) fn lead_back_to(&mut self, status: Status) {
        self.next = status;
    }

    /// Refuses what was decided on a page older than the newest event of one of these codes, whoever
    /// caused it: it was decided on something else.
    ///
    /// # Errors
    /// [`AppError::Conflict`].
    pub(crate) async fn refuse_newer(&mut self, codes: &[&str], seen: i64) -> Result<(), AppError> {
        for code in codes {
            if has_happened_since(&mut self.tx, self.case.id, seen, code, None).await? {
                return Err(AppError::Conflict);
            }
        }
        Ok(())
    }

    /// Today in Viet Nam.
    pub(crate) fn today(&self) -> Date {
        self.state.clock.today()
    }

    /// Reads one sealed text of the case.
    ///
    /// # Errors
    /// [`AppError::Internal`] if it does not open.
    pub(crate) async fn body(&mut self, field: BodyField) -> Result<Option<String>, AppError> {
        let bodies = self.record.bodies(&mut self.tx, &[field]).await?;
        Ok(bodies.get(field).map(str::to_owned))
    }

    /// What the submitter wrote, if the person may read it.
    ///
    /// # Errors
    /// [`AppError::Internal`] if it does not open.
    pub(crate) async fn content(&mut self) -> Result<Option<FeedbackContent>, AppError> {
        let original = &[BodyField::Original];
        self.record.bodies(&mut self.tx, original).await?.content()
    }

    /// Everything that the submitter has written, to see who is named; it is shown to nobody.
    ///
    /// # Errors
    /// [`AppError::Internal`] if it does not open.
    pub(super) async fn words_of_submitter(&mut self) -> Result<String, AppError> {
        self.record.words_of_submitter(&mut self.tx).await
    }

    /// Appends an event that is nobody's doing: it follows from the words.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    pub(super) async fn note(&mut self, event: &CaseEvent) -> Result<(), AppError> {
        let record = &self.record;
        record
            .add_event(&mut self.tx, event, Actor::default(), self.now, None)
            .await?;
        Ok(())
    }

    /// Writes one sealed text of the case.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    pub(crate) async fn write_body(
        &mut self,
        field: BodyField,
        text: &str,
    ) -> Result<(), AppError> {
        self.record.write_body(&mut self.tx, field, text).await
    }

    /// The newest event with this code, and the words written with it.
    ///
    /// # Errors
    /// [`AppError::Conflict`] if there is none.
    pub(crate) async fn last_event(
        &mut self,
        code: &'static str,
    ) -> Result<(CaseEvent, String), AppError> {
        self.record.last_event(&mut self.tx, code).await
    }

    /// The call or the letter that was owed has been made.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    pub(crate) async fn reply_is_given(&mut self) -> Result<(), AppError> {
        sqlx::query!(
            "update feedback_case set reply_owed = false where case_id = $1",
            self.case.id as CaseId
        )
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Whether the person acting reads the original of confidential cases.
    pub(crate) fn reads_original(&self) -> bool {
        self.authority.scope().reads_original()
    }

    /// Adds to the conversation or to the notes.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    pub(crate) async fn add_message(
        &mut self,
        direction: Direction,
        text: &str,
    ) -> Result<(), AppError> {
        let message = NewMessage {
            id: MessageId(random_id()),
            direction,
            staff: Some(self.authority.staff_id()),
            at: self.now,
            text,
        };
        self.record.add_message(&mut self.tx, message).await?;
        Ok(())
    }

    /// Whether the newest message that way says the same and is a few minutes old: its answer was
    /// lost, and it came again from a page drawn since.
    ///
    /// # Errors
    /// [`AppError::Internal`] if it does not open.
    pub(crate) async fn is_said_again(
        &mut self,
        direction: Direction,
        text: &str,
    ) -> Result<bool, AppError> {
        let said = self.record.messages(&mut self.tx, &[direction]).await?;
        let newest = said.iter().max_by_key(|message| message.at);
        let recent = newest.filter(|message| self.now - message.at < REPEATED);
        Ok(recent.is_some_and(|message| message.text == text))
    }

    /// Leads on as after a change, which was written before.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    pub(crate) async fn done_before(self) -> Result<(), AppError> {
        drop(self.tx);
        let address = next_page(&self.state, &self.authority, &self.number, self.action).await?;
        leptos_axum::redirect(&address);
        Ok(())
    }

    /// Puts a proposal before a second person.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    pub(crate) async fn propose(&mut self, proposal: Proposal) -> Result<(), AppError> {
        sqlx::query!(
            "update feedback_case set proposal = $2, proposed_by = $3 where case_id = $1",
            self.case.id as CaseId,
            proposal as Proposal,
            self.authority.staff_id() as StaffId
        )
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Takes an approved proposal off the case; the database too insists on a second person.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for one's own proposal.
    pub(crate) async fn clear_proposal(&mut self, proposal: Proposal) -> Result<(), AppError> {
        let cleared = sqlx::query!(
            "update feedback_case set proposal = null, proposed_by = null, paused_on = null
            where case_id = $1 and proposal = $2 and proposed_by is distinct from $3",
            self.case.id as CaseId,
            proposal as Proposal,
            self.authority.staff_id() as StaffId
        )
        .execute(&mut *self.tx)
        .await?;
        if cleared.rows_affected() == 1 {
            Ok(())
        } else {
            Err(AppError::Forbidden)
        }
    }

    /// Moves the case on, appends its event, commits, and leads back to the case.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable; nothing was changed then.
    pub(crate) async fn commit(self, event: CaseEvent) -> Result<(), AppError> {
        self.commit_with(event, "").await
    }

    /// [`commit`](Self::commit) with words, which are sealed beside the event.
    ///
    /// # Errors
    /// As [`commit`](Self::commit).
    #[tracing::instrument(name = "commit_transition", skip_all, fields(case_id = %self.case.id))]
    pub(crate) async fn commit_with(
        mut self,
        event: CaseEvent,
        words: &str,
    ) -> Result<(), AppError> {
        self.record(&event, words).await?;
        self.finish().await
    }

    /// Moves the case on and appends an event; more may follow in the same transaction. Of the step
    /// before, which can be taken back no more, it stays for minutes who took it.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable; nothing is changed then.
    pub(crate) async fn record(&mut self, event: &CaseEvent, words: &str) -> Result<(), AppError> {
        sqlx::query!(
            "update feedback_case set status = $2,
                reminded_on = case when status = $2 then reminded_on end,
                last_step = last_step - '{truoc,da_mo,bao_tin}'::text[],
                reply_owed = reply_owed or ($3 and reply_by in ('dien_thoai', 'thu')),
                unread = unread and not $4
            where case_id = $1",
            self.case.id as CaseId,
            self.next as Status,
            event.releases_answer(),
            self.authority.staff().may(Permission::WriteToSubmitter)
        )
        .execute(&mut *self.tx)
        .await?;
        self.case.status = self.next;
        let actor = self.authority.actor();
        let added = self
            .record
            .add_event(&mut self.tx, event, actor, self.now, Some(words))
            .await?;
        self.recorded = Some(added);
        self.notice = notify(&mut self.tx, self.case.id, event, self.now).await?;
        Ok(())
    }

    /// [`settle`](Self::settle), and leads back to the case.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable; nothing was changed then.
    pub(crate) async fn finish(self) -> Result<(), AppError> {
        let (state, authority) = (self.state.clone(), self.authority.clone());
        let (number, action) = (self.number.clone(), self.action);
        self.settle().await?;
        let address = next_page(&state, &authority, &number, action).await?;
        leptos_axum::redirect(&address);
        Ok(())
    }

    /// Keeps for a few minutes what can be taken back, and commits; it leads nowhere, for a command
    /// that changes several cases, each by itself.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable; nothing was changed then.
    pub(crate) async fn settle(mut self) -> Result<(), AppError> {
        if let Some(event) = self.recorded.filter(|_| self.action.is_undoable()) {
            let step = LastStep {
                action: self.action,
                staff: self.authority.staff_id(),
                at: self.now.unix_timestamp(),
                event,
                before: self.case.before.clone(),
                opened: None,
                notice: self.notice,
            };
            step.keep(&mut self.tx, self.case.id).await?;
        }
        Ok(self.tx.commit().await?)
    }
}
