//! Authority as a value: proof that the person behind this request may do one thing. Only [`require`] makes one.

use super::{
    AppState,
    database::{Db, Scope},
    session::CurrentStaff,
};
use crate::{accounts::Permission, case::StaffId, error::AppError};
use sqlx::{Postgres, Transaction};

/// Proof of one right. Staff stores take it; without it the call does not compile.
#[derive(Clone, Debug)]
pub struct Authority {
    staff: CurrentStaff,
    permission: Permission,
}

/// Demands a right of the person behind the current server function or page.
///
/// # Errors
/// [`AppError::SignInRequired`] without a session, [`AppError::Forbidden`] without the right.
pub async fn require(permission: Permission) -> Result<Authority, AppError> {
    let staff = super::session::current().await?;
    Authority::of(staff, permission)
}

/// The application's state inside a server function or page.
pub fn state() -> AppState {
    leptos::prelude::expect_context::<AppState>()
}

impl Authority {
    /// The authority of a known member of staff.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] without the right.
    pub fn of(staff: CurrentStaff, permission: Permission) -> Result<Self, AppError> {
        if staff.may(permission) { Ok(Self { staff, permission }) } else { Err(AppError::Forbidden) }
    }

    /// The right this proves.
    pub fn permission(&self) -> Permission {
        self.permission
    }

    /// Who acts.
    pub fn staff(&self) -> &CurrentStaff {
        &self.staff
    }

    /// The id of who acts.
    pub fn staff_id(&self) -> StaffId {
        self.staff.staff_id
    }

    /// Begins a transaction that sees what this person may see.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] where the database is away.
    pub async fn begin(&self, db: &Db) -> Result<Transaction<'static, Postgres>, AppError> {
        db.begin(&self.scope()).await
    }

    /// The widest view this person has.
    pub fn scope(&self) -> Scope {
        let may = |permission| self.staff.may(permission);
        let scope = if may(Permission::SeeAllCases) {
            "all"
        } else if may(Permission::SeeUnitCases) {
            "unit"
        } else if may(Permission::SeeOwnEntries) {
            "own"
        } else {
            "none"
        };
        Scope {
            scope,
            case_id: None,
            unit_id: self.staff.unit.map(|unit| unit.0),
            staff_id: Some(self.staff.staff_id.0),
            sealed: may(Permission::SeeDenunciations),
            original: may(Permission::ReadOriginal),
        }
    }
}
