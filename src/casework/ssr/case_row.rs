//! The row of a case with the names that belong to it.

use crate::{
    case::{
        CaseId, Channel, Confidentiality, Finding, Kind, Proposal, ReplyBy, ServiceLevel, StaffId,
        Status, UnitId,
    },
    error::AppError,
};
use serde_json::Value;
use sqlx::PgConnection;
use time::Date;

/// The row of a case with the names that belong to it.
pub(super) struct CaseRow {
    pub(super) id: CaseId,
    pub(super) number: String,
    pub(super) register_no: i64,
    pub(super) kind: Kind,
    pub(super) reasons: Vec<String>,
    pub(super) channel: Channel,
    pub(super) status: Status,
    pub(super) secrecy: Confidentiality,
    pub(super) is_lead: bool,
    pub(super) concerned_unit: Option<UnitId>,
    pub(super) received_on: Date,
    pub(super) due_on: Option<Date>,
    pub(super) due_rule: Option<ServiceLevel>,
    pub(super) calendar_version: Option<i16>,
    pub(super) paused_on: Option<Date>,
    pub(super) supplement_asked: bool,
    pub(super) reopened: bool,
    pub(super) recused: Vec<StaffId>,
    pub(super) recused_names: Vec<String>,
    pub(super) reply_by: ReplyBy,
    pub(super) reply_owed: bool,
    pub(super) reminded_on: Option<Date>,
    pub(super) erased_on: Option<Date>,
    pub(super) proposal: Option<Proposal>,
    pub(super) proposed_by: Option<StaffId>,
    pub(super) finding: Option<Finding>,
    pub(super) answered_on: Option<Date>,
    pub(super) concerned: Option<String>,
    pub(super) assigned: Option<String>,
    pub(super) assigned_unit: Option<UnitId>,
    pub(super) handler: Option<String>,
    pub(super) last_step: Option<Value>,
    pub(super) recorder: Option<String>,
}

/// Reads the row of a case.
///
/// # Errors
/// [`AppError::NotFound`] if the transaction sees none with this number.
pub(super) async fn case_row(tx: &mut PgConnection, number: &str) -> Result<CaseRow, AppError> {
    Ok(sqlx::query_as!(
        CaseRow,
        r#"select c.case_id as "id!: CaseId", c.number as "number!",
            c.register_no as "register_no!", c.kind as "kind!: Kind", c.reasons as "reasons!",
            c.channel as "channel!: Channel", c.status as "status!: Status",
            c.secrecy as "secrecy!: Confidentiality", c.is_lead as "is_lead!",
            c.concerned_unit_id as "concerned_unit: UnitId", c.received_on as "received_on!",
            c.due_on, c.due_rule as "due_rule: ServiceLevel", c.calendar_version,
            c.paused_on, c.supplement_asked as "supplement_asked!", c.reopened as "reopened!",
            c.recused as "recused!: Vec<StaffId>", array(
                select display_name from staff s where s.staff_id = any (c.recused)
                order by display_name
            ) as "recused_names!",
            c.reply_by as "reply_by!: ReplyBy", c.reply_owed as "reply_owed!",
            c.reminded_on, c.erased_on,
            c.proposal as "proposal: Proposal", c.proposed_by as "proposed_by: StaffId",
            c.finding as "finding: Finding", c.answered_on, c.last_step,
            c.assigned_unit_id as "assigned_unit: UnitId", u.name as "concerned?",
            a.name as "assigned?", h.display_name as "handler?", r.display_name as "recorder?"
        from feedback_case c
            left join unit u on u.unit_id = c.concerned_unit_id
            left join unit a on a.unit_id = c.assigned_unit_id
            left join staff h on h.staff_id = c.handler_id
            left join staff r on r.staff_id = c.created_by
        where c.number = $1"#,
        number
    )
    .fetch_one(tx)
    .await?)
}
