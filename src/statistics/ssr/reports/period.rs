//! Periods of reports, as the database has them.

use crate::{calendar::day_month_year, error::AppError, statistics::reports::view::PeriodChoice};
use sqlx::PgConnection;
use time::Date;

/// A period of a report.
#[derive(Clone, Debug)]
pub(super) struct Period {
    /// As in the address.
    pub(super) code: String,
    /// "Quý IV/2026".
    pub(super) name: String,
    /// Whether it runs from the 15th to the 14th.
    pub(super) is_statutory: bool,
    /// The first day.
    pub(super) first_day: Date,
    /// The last day.
    pub(super) last_day: Date,
    /// Day by which the report is sent.
    pub(super) submit_by: Option<Date>,
}

impl Period {
    /// "15/09/2026 – 14/12/2026"
    pub(super) fn days(&self) -> String {
        let days = [self.first_day, self.last_day].map(day_month_year);
        days.join(" – ")
    }
}

impl From<&Period> for PeriodChoice {
    fn from(period: &Period) -> Self {
        Self {
            code: period.code.clone(),
            name: period.name.clone(),
            is_statutory: period.is_statutory,
        }
    }
}

/// The periods that have begun on `today`, the latest first.
pub(super) async fn offered(
    connection: &mut PgConnection,
    today: Date,
) -> Result<Vec<Period>, AppError> {
    let periods = sqlx::query_as!(
        Period,
        r#"select code, name, basis = 'quy_dinh' as "is_statutory!", first_day, last_day, submit_by
        from report_period where first_day <= $1 order by last_day desc, first_day desc, code"#,
        today
    )
    .fetch_all(connection)
    .await?;
    Ok(periods)
}
