//! The row of a case, as far as its submitter may know it.

use crate::{
    case::{CaseId, Confidentiality, Kind, Rating, ServiceLevel, Status},
    error::AppError,
};
use sqlx::PgConnection;
use time::Date;

/// The row of a case.
pub(super) struct StatusFacts {
    /// Its public number.
    pub number: String,
    /// Kind of feedback.
    pub kind: Kind,
    /// Present status.
    pub status: Status,
    /// Kept as an information lead: no deadline runs.
    pub is_lead: bool,
    /// Who inside may know of it.
    pub secrecy: Confidentiality,
    /// The day of receipt.
    pub received_on: Date,
    /// The last day for the answer.
    pub due_on: Option<Date>,
    /// The service level that counted it.
    pub due_rule: Option<ServiceLevel>,
    /// Version of the calendar that did.
    pub calendar_version: Option<i16>,
    /// When it was answered.
    pub answered_on: Option<Date>,
    /// Opened again at the submitter's wish.
    pub reopened: bool,
    /// The rating, if one was given.
    pub rating: Option<Rating>,
    /// Codes of the reasons.
    pub reasons: Vec<String>,
    /// Name of the unit it is about.
    pub concerned: Option<String>,
    /// Name of the unit that handles it.
    pub unit: Option<String>,
}

/// Reads the row of the case.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(super) async fn status_facts(
    tx: &mut PgConnection,
    case: CaseId,
) -> Result<StatusFacts, AppError> {
    Ok(sqlx::query_as!(
        StatusFacts,
        r#"select c.number, c.kind as "kind: Kind", c.status as "status: Status", c.is_lead,
            c.secrecy as "secrecy: Confidentiality", c.received_on, c.due_on,
            c.due_rule as "due_rule: ServiceLevel", c.calendar_version,
            c.answered_on,
            c.reopened, c.satisfaction as "rating: Rating", c.reasons,
            o.name as "concerned?", u.name as "unit?"
        from feedback_case c left join unit u on u.unit_id = c.assigned_unit_id
            left join unit o on o.unit_id = c.concerned_unit_id
        where c.case_id = $1"#,
        case as CaseId
    )
    .fetch_one(tx)
    .await?)
}
