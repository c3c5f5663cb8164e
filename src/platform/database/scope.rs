//! What a transaction may see: the values that the policies of row-level security read.

use crate::{
    case::{CaseId, StaffId, UnitId},
    error::AppError,
};
use sqlx::PgConnection;
use uuid::Uuid;

/// On whose behalf a transaction reads and writes. PostgreSQL enforces it
/// (`migrations/0005_row_security.sql`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A submission writes its own new case.
    Intake {
        /// The new case.
        case: CaseId,
        /// Serialises submissions with equal content: the second waits until the first has ended.
        advisory_lock: i64,
    },
    /// The submitter follows one case.
    Case(CaseId),
    /// Staff who see every case.
    All {
        /// Denunciations too.
        denunciations: bool,
        /// The submitter's own words too, not only the extract.
        original: bool,
    },
    /// Staff who see the cases assigned to their unit.
    Unit {
        /// Their unit.
        unit: UnitId,
        /// Denunciations too.
        denunciations: bool,
        /// The submitter's own words too, not only the extract.
        original: bool,
    },
    /// Staff who see the cases that they entered themselves, with the original words.
    Own(StaffId),
    /// No row at all.
    Nothing,
}

/// [`Scope`] as PostgreSQL settings, each empty if it does not apply.
#[derive(Default)]
struct Settings {
    scope: &'static str,
    case_id: String,
    unit_id: String,
    staff_id: String,
    denunciations: bool,
    original: bool,
    advisory_lock: Option<i64>,
}

impl Scope {
    /// Whether the original words of a visible case can be read.
    pub fn reads_original(&self) -> bool {
        match self {
            Self::All { original, .. } | Self::Unit { original, .. } => *original,
            Self::Intake { .. } | Self::Case(_) | Self::Own(_) => true,
            Self::Nothing => false,
        }
    }

    fn settings(self) -> Settings {
        let none = Settings::default();
        let text = |id: u128| Uuid::from_u128(id).to_string();
        match self {
            Self::Intake {
                case,
                advisory_lock,
            } => Settings {
                scope: "intake",
                case_id: text(case.0),
                advisory_lock: Some(advisory_lock),
                ..none
            },
            Self::Case(case) => Settings {
                scope: "case",
                case_id: text(case.0),
                ..none
            },
            Self::All {
                denunciations,
                original,
            } => Settings {
                scope: "all",
                denunciations,
                original,
                ..none
            },
            Self::Unit {
                unit,
                denunciations,
                original,
            } => Settings {
                scope: "unit",
                unit_id: unit.0.to_string(),
                denunciations,
                original,
                ..none
            },
            Self::Own(staff) => Settings {
                scope: "own",
                staff_id: text(staff.0),
                ..none
            },
            Self::Nothing => none,
        }
    }

    /// Applies the scope to the transaction on `connection`, until it ends.
    ///
    /// # Errors
    /// If the database is unreachable.
    pub(super) async fn apply(self, connection: &mut PgConnection) -> Result<(), sqlx::Error> {
        let settings = self.settings();
        let switch = |on: bool| if on { "on" } else { "" };
        sqlx::query!(
            "select set_config('app.scope', $1, true) as scope,
                set_config('app.case_id', $2, true) as case_id,
                set_config('app.unit_id', $3, true) as unit_id,
                set_config('app.staff_id', $4, true) as staff_id,
                set_config('app.sealed', $5, true) as sealed,
                set_config('app.original', $6, true) as original,
                (select pg_advisory_xact_lock($7) where $7 is not null)::text as alone",
            settings.scope,
            settings.case_id,
            settings.unit_id,
            settings.staff_id,
            switch(settings.denunciations),
            switch(settings.original),
            settings.advisory_lock,
        )
        .fetch_one(connection)
        .await?;
        Ok(())
    }
}

/// Narrows a running transaction to one case. It stays visible even if the change in progress
/// moves it out of the person's own view.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn restrict_to_case(connection: &mut PgConnection, case: CaseId) -> Result<(), AppError> {
    Scope::Case(case).apply(connection).await?;
    Ok(())
}
