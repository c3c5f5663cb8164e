//! Staff sessions: a random token in a cookie, its SHA-256 in the database, idle and absolute expiry.

use crate::{
    accounts::{Permission, Role},
    case::{StaffId, UnitId},
    error::AppError,
};
use time::OffsetDateTime;

/// The member of staff behind a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrentStaff {
    /// Who.
    pub staff_id: StaffId,
    /// The unit they belong to.
    pub unit: Option<UnitId>,
    /// As shown on the page.
    pub display_name: String,
    /// Their roles.
    pub roles: Vec<Role>,
    /// When they last gave their password in this session.
    pub authenticated_at: OffsetDateTime,
}

impl CurrentStaff {
    /// Whether one of the roles grants `permission`.
    pub fn may(&self, permission: Permission) -> bool {
        self.roles.iter().any(|role| role.grants(permission))
    }
}

/// The member of staff behind the current page or server function.
///
/// # Errors
/// [`AppError::SignInRequired`] where there is no live session, [`AppError::Unavailable`] where the database is away.
#[expect(clippy::unimplemented, clippy::unused_async, reason = "signatures first")]
pub async fn current() -> Result<CurrentStaff, AppError> {
    unimplemented!()
}
