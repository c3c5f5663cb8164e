//! What a transaction may see: the values that the policies of row-level security read.

use crate::{
    case::{CaseId, Confidentiality, Kind, StaffId, UnitId},
    error::AppError,
};
use sqlx::PgConnection;
use time::Date;
use uuid::Uuid;

/// A member of staff, as far as it decides what is their own matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Who.
    pub staff: StaffId,
    /// The unit they belong to.
    pub unit: Option<UnitId>,
    /// Whether they lead the department: they sit with its office and are not of it.
    pub leads: bool,
}

/// What of a case decides who may know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// Which.
    pub case: CaseId,
    /// Kind of feedback.
    pub kind: Kind,
    /// How secret it is.
    pub secrecy: Confidentiality,
    /// The unit that handles it.
    pub assigned_unit: Option<UnitId>,
    /// Whether it is about the reader's unit or one above it.
    pub about_own_unit: bool,
    /// Who entered it, if staff did.
    pub created_by: Option<StaffId>,
    /// The day of receipt.
    pub received_on: Date,
    /// Who takes no part in it.
    pub recused: Vec<StaffId>,
}

/// On whose behalf a transaction reads and writes. PostgreSQL enforces it
/// (`migrations/0017_own_matters.sql`).
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
    /// Every case but the reader's own matters.
    All {
        /// Who reads; `None` where nobody does: keys are renewed, figures are counted.
        reader: Option<Reader>,
        /// Denunciations too.
        denunciations: bool,
        /// The submitter's own words too, not only the extract.
        original: bool,
    },
    /// The cases assigned to the reader's unit but their own matters.
    Unit {
        /// Who reads.
        staff: StaffId,
        /// Their unit.
        unit: UnitId,
        /// Denunciations too.
        denunciations: bool,
        /// The submitter's own words too, not only the extract.
        original: bool,
    },
    /// Staff who see the cases that they entered themselves: the original words, nothing later.
    Own {
        /// Who reads.
        staff: StaffId,
        /// Received on this day or later.
        since: Date,
    },
    /// No row at all.
    Nothing,
}

/// [`Scope`] as PostgreSQL settings, each empty if it does not apply.
#[derive(Default)]
struct Settings {
    scope: &'static str,
    case_id: String,
    unit: Option<UnitId>,
    staff_id: String,
    since: String,
    denunciations: bool,
    original: bool,
    advisory_lock: Option<i64>,
}

impl Scope {
    /// Whether the original words of a visible case can be read.
    pub fn reads_original(&self) -> bool {
        match self {
            Self::All { original, .. } | Self::Unit { original, .. } => *original,
            Self::Intake { .. } | Self::Case(_) | Self::Own { .. } => true,
            Self::Nothing => false,
        }
    }

    /// Whether a case is there: the same that row security says, said a second time.
    pub fn shows(&self, case: &Sight) -> bool {
        let closed = case.secrecy == Confidentiality::Denunciation;
        let takes_part = |staff: &StaffId| !case.recused.contains(staff);
        match self {
            Self::Intake { case: id, .. } | Self::Case(id) => *id == case.case,
            Self::All {
                reader,
                denunciations,
                ..
            } => {
                let staff = reader.map(|reader| reader.staff);
                let apart = staff.as_ref().is_none_or(takes_part) && !case.about_own_unit;
                apart && (*denunciations || !closed)
            }
            Self::Unit {
                staff,
                unit,
                denunciations,
                ..
            } => {
                let judged = closed || case.kind == Kind::Conduct;
                case.assigned_unit == Some(*unit)
                    && (*denunciations || !closed)
                    && takes_part(staff)
                    && !(judged && case.about_own_unit)
            }
            Self::Own { staff, since } => {
                case.created_by == Some(*staff)
                    && !closed
                    && takes_part(staff)
                    && case.received_on >= *since
            }
            Self::Nothing => false,
        }
    }

    /// The unit whose line of units is the reader's own matter, and whether they lead the
    /// department: then its office is not theirs.
    pub fn own_unit(&self) -> (Option<UnitId>, bool) {
        match self {
            Self::All { reader, .. } => {
                reader.map_or((None, false), |reader| (reader.unit, reader.leads))
            }
            Self::Unit { unit, .. } => (Some(*unit), false),
            _ => (None, false),
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
                reader,
                denunciations,
                original,
            } => Settings {
                scope: "all",
                unit: reader.and_then(|reader| reader.unit),
                staff_id: reader.map_or(String::new(), |reader| text(reader.staff.0)),
                denunciations,
                original,
                ..none
            },
            Self::Unit {
                staff,
                unit,
                denunciations,
                original,
            } => Settings {
                scope: "unit",
                unit: Some(unit),
                staff_id: text(staff.0),
                denunciations,
                original,
                ..none
            },
            Self::Own { staff, since } => Settings {
                scope: "own",
                staff_id: text(staff.0),
                since: since.to_string(),
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
        let (own_unit, leads) = self.own_unit();
        let switch = |on: bool| if on { "on" } else { "" };
        sqlx::query!(
            "select set_config('app.scope', $1, true) as scope,
                set_config('app.case_id', $2, true) as case_id,
                set_config('app.unit_id', $3, true) as unit_id,
                set_config('app.staff_id', $4, true) as staff_id,
                set_config('app.sealed', $5, true) as sealed,
                set_config('app.original', $6, true) as original,
                (select pg_advisory_xact_lock($7) where $7 is not null)::text as alone,
                set_config('app.since', $8, true) as since,
                set_config('app.line', case when $9::smallint is null then ''
                    else own_line($9, $10)::text end, true) as line",
            settings.scope,
            settings.case_id,
            settings
                .unit
                .map_or(String::new(), |unit| unit.0.to_string()),
            settings.staff_id,
            switch(settings.denunciations),
            switch(settings.original),
            settings.advisory_lock,
            settings.since,
            own_unit as Option<UnitId>,
            leads,
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
