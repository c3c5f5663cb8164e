//! Authority as a value: proof that the person behind this request may do one thing. Only a right
//! that was checked makes one.

use super::session::{self, CurrentStaff};
use crate::{
    case::StaffId,
    error::AppError,
    platform::{
        AppState,
        clock::VIETNAM,
        database::{Db, Scope},
    },
    records::Actor,
    rights::{Permission, Role},
};
use sqlx::{Postgres, Transaction};
use time::{Duration, OffsetDateTime};

/// How long the hotline and the counters see what they entered: long enough to find a mistake.
const OWN_ENTRIES_SHOWN: Duration = Duration::days(7);

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
    let staff = session::current().await?;
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
        if staff.may(permission) {
            Ok(Self { staff, permission })
        } else {
            Err(AppError::Forbidden)
        }
    }

    /// Who acts.
    pub fn staff(&self) -> &CurrentStaff {
        &self.staff
    }

    /// Who acts, and the role by which they do: the first that grants the right, as stored in the
    /// history.
    pub fn actor(&self) -> Actor {
        let grants = |role: &&Role| role.grants(self.permission);
        Actor {
            staff: Some(self.staff.staff_id),
            role: self.staff.roles.iter().find(grants).copied(),
        }
    }

    /// Demands that the password was given within [`REAUTH_WINDOW`].
    ///
    /// # Errors
    /// [`AppError::ReauthenticationRequired`] if it was not.
    pub fn require_recent_password(&self, now: OffsetDateTime) -> Result<&Self, AppError> {
        if self.staff.is_recently_authenticated(now) {
            Ok(self)
        } else {
            Err(AppError::ReauthenticationRequired)
        }
    }

    /// Demands that this proves exactly `permission`: stores check it if a mix-up would be grave.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] if it proves another right.
    pub fn require(&self, permission: Permission) -> Result<&Self, AppError> {
        if self.permission == permission {
            Ok(self)
        } else {
            Err(AppError::Forbidden)
        }
    }

    /// The id of who acts.
    pub fn staff_id(&self) -> StaffId {
        self.staff.staff_id
    }

    /// Begins a transaction that sees what this person may see.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    pub async fn begin(&self, db: &Db) -> Result<Transaction<'static, Postgres>, AppError> {
        db.begin(self.scope()).await
    }

    /// The widest view this person has.
    pub fn scope(&self) -> Scope {
        let may = |permission| self.staff.may(permission);
        let denunciations = may(Permission::SeeDenunciations);
        let original = may(Permission::ReadOriginal);
        let staff = self.staff.staff_id;
        if may(Permission::SeeAllCases) {
            Scope::All {
                reader: Some(self.staff.reader()),
                denunciations,
                original,
            }
        } else if may(Permission::SeeUnitCases) {
            self.staff.unit.map_or(Scope::Nothing, |unit| Scope::Unit {
                staff,
                unit,
                denunciations,
                original,
            })
        } else if may(Permission::SeeOwnEntries) {
            let today = self.staff.read_at.to_offset(VIETNAM).date();
            let since = today - OWN_ENTRIES_SHOWN;
            Scope::Own { staff, since }
        } else {
            Scope::Nothing
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::UnitId;
    use time::macros::{date, datetime};

    fn staff(roles: &[Role]) -> CurrentStaff {
        CurrentStaff {
            staff_id: StaffId(7),
            unit: Some(UnitId(3)),
            display_name: "Nguyễn Văn Thử".to_owned(),
            roles: roles.to_vec(),
            authenticated_at: datetime!(2026-11-23 08:00 +7),
            read_at: datetime!(2026-11-23 08:01 +7),
        }
    }

    #[test]
    fn there_is_no_authority_without_the_right() {
        for role in Role::ALL {
            for permission in Permission::ALL {
                assert_eq!(
                    Authority::of(staff(&[role]), permission).is_ok(),
                    role.grants(permission),
                    "{role:?} {permission:?}"
                );
            }
        }
        assert!(
            Permission::ALL
                .iter()
                .all(|p| Authority::of(staff(&[]), *p).is_err())
        );
    }

    #[test]
    fn the_view_is_as_wide_as_the_rights() {
        let view =
            |role: Role, permission| Authority::of(staff(&[role]), permission).unwrap().scope();
        assert!(matches!(
            view(Role::Office, Permission::Triage),
            Scope::All {
                denunciations: false,
                ..
            }
        ));
        assert!(matches!(
            view(Role::Leader, Permission::Approve),
            Scope::All {
                denunciations: true,
                ..
            }
        ));
        assert!(matches!(
            view(Role::UnitHead, Permission::Handle),
            Scope::Unit {
                unit: UnitId(3),
                original: false,
                ..
            }
        ));
        assert_eq!(
            view(Role::Hotline, Permission::EnterFeedback),
            Scope::Own {
                staff: StaffId(7),
                since: date!(2026 - 11 - 16)
            }
        );
        assert_eq!(
            view(Role::Administrator, Permission::ManageStaff),
            Scope::Nothing
        );
        assert_eq!(view(Role::Auditor, Permission::ReadAudit), Scope::Nothing);
    }

    #[test]
    fn a_proof_of_one_right_is_no_proof_of_another() {
        let leader = Authority::of(
            staff(&[Role::Handler, Role::Leader]),
            Permission::ApproveIdentity,
        )
        .unwrap();
        assert!(leader.require(Permission::ApproveIdentity).is_ok());
        assert!(leader.require(Permission::RequestIdentity).is_err());
        assert_eq!(leader.actor().role, Some(Role::Leader));
        assert!(
            leader
                .require_recent_password(datetime!(2026-11-23 08:04 +7))
                .is_ok()
        );
        assert_eq!(
            leader
                .require_recent_password(datetime!(2026-11-23 08:06 +7))
                .err(),
            Some(AppError::ReauthenticationRequired)
        );
    }
}
