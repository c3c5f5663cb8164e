//! How much of a case its reader gets. Row security says the same (`migrations/0017`); here it is
//! said a second time, so that neither alone has to hold.

use crate::{
    accounts::ssr::authority::Authority,
    case::{BodyField, CaseEvent, CaseId, Confidentiality, Direction, Kind, StaffId, UnitId},
    error::AppError,
    platform::database::{Scope, Sight},
};
use sqlx::PgConnection;

/// How much of a case its reader gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// All of it.
    Whole,
    /// What a unit needs to judge the matter, and nothing that tells who spoke: the extract, days
    /// in place of moments, its own part of the history.
    Extract,
    /// What somebody wrote down for a caller or visitor, and where it stands.
    Entry,
}

impl Reading {
    /// What a reader with `scope` gets of a case.
    pub(super) fn of(scope: Scope, secrecy: Confidentiality) -> Self {
        match scope {
            Scope::Own { .. } => Self::Entry,
            _ if scope.reads_original() || secrecy == Confidentiality::Ordinary => Self::Whole,
            _ => Self::Extract,
        }
    }

    /// The sealed texts.
    pub(super) fn bodies(self) -> &'static [BodyField] {
        match self {
            Self::Whole => BodyField::ALL,
            Self::Extract => &[
                BodyField::Extract,
                BodyField::Finding,
                BodyField::Reply,
                BodyField::FirstReply,
            ],
            Self::Entry => &[BodyField::Original],
        }
    }

    /// The sealed text that tells what it is about.
    pub(super) fn telling(self) -> BodyField {
        match self {
            Self::Whole | Self::Entry => BodyField::Original,
            Self::Extract => BodyField::Extract,
        }
    }

    /// The ways that messages went.
    pub(super) fn messages(self) -> &'static [Direction] {
        match self {
            Self::Whole => Direction::ALL,
            Self::Extract => &[Direction::Note],
            Self::Entry => &[],
        }
    }

    /// Whether the words sealed with an event are among it.
    pub(super) fn reads_words(self, event: &CaseEvent) -> bool {
        match self {
            Self::Whole => true,
            Self::Extract => event.has_unit_words(),
            Self::Entry => false,
        }
    }
}

/// Refuses a case that is not this person's to know of.
///
/// # Errors
/// [`AppError::NotFound`], as if there were none.
pub(super) async fn demand_sight(
    tx: &mut PgConnection,
    authority: &Authority,
    case: CaseId,
) -> Result<(), AppError> {
    let scope = authority.scope();
    let (own_unit, leads) = scope.own_unit();
    let sight = sqlx::query_as!(
        Sight,
        r#"select case_id as "case: CaseId", kind as "kind: Kind",
            secrecy as "secrecy: Confidentiality", assigned_unit_id as "assigned_unit: UnitId",
            coalesce(concerned_unit_id = any (own_line($2, $3)), false) as "about_own_unit!",
            created_by as "created_by: StaffId", received_on, recused as "recused: Vec<StaffId>"
        from feedback_case where case_id = $1"#,
        case as CaseId,
        own_unit as Option<UnitId>,
        leads
    )
    .fetch_one(tx)
    .await?;
    match scope.shows(&sight) {
        true => Ok(()),
        false => Err(AppError::NotFound),
    }
}
