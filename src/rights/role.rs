//! Roles and what each may do (`docs/law.md#who-may-do-what`). The table below is the only source;
//! tests cover all of it.

use super::Permission;
use serde::{Deserialize, Serialize};

/// A role a member of staff may hold; one person may hold several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Hotline operator.
    Hotline,
    /// One-stop desk.
    OneStop,
    /// Department office, the focal point for feedback.
    Office,
    /// Head of the department office.
    OfficeHead,
    /// Inspectorate or verification team.
    Inspector,
    /// Head of a unit.
    UnitHead,
    /// Case handler in a unit.
    Handler,
    /// Director or deputy director.
    Leader,
    /// Citizen reception.
    Reception,
    /// Internal auditor.
    Auditor,
    /// Data protection officer.
    DataProtection,
    /// System administrator: configures everything, reads no case.
    Administrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 12] = [
        Self::Hotline,
        Self::OneStop,
        Self::Office,
        Self::OfficeHead,
        Self::Inspector,
        Self::UnitHead,
        Self::Handler,
        Self::Leader,
        Self::Reception,
        Self::Auditor,
        Self::DataProtection,
        Self::Administrator,
    ];

    /// What is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hotline => "tong_dai",
            Self::OneStop => "mot_cua",
            Self::Office => "van_phong",
            Self::OfficeHead => "lanh_dao_vp",
            Self::Inspector => "thanh_tra",
            Self::UnitHead => "truong_don_vi",
            Self::Handler => "chuyen_vien",
            Self::Leader => "lanh_dao_so",
            Self::Reception => "tiep_cong_dan",
            Self::Auditor => "kiem_toan",
            Self::DataProtection => "bao_ve_du_lieu",
            Self::Administrator => "quan_tri",
        }
    }

    /// What a person reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Hotline => "Trực đường dây nóng",
            Self::OneStop => "Cán bộ Bộ phận Một cửa",
            Self::Office => "Văn phòng Sở – đầu mối phản ánh",
            Self::OfficeHead => "Lãnh đạo Văn phòng",
            Self::Inspector => "Tổ kiểm tra",
            Self::UnitHead => "Lãnh đạo đơn vị",
            Self::Handler => "Chuyên viên xử lý",
            Self::Leader => "Lãnh đạo Sở",
            Self::Reception => "Công chức tiếp công dân",
            Self::Auditor => "Kiểm tra nội bộ",
            Self::DataProtection => "Phụ trách bảo vệ dữ liệu cá nhân",
            Self::Administrator => "Quản trị hệ thống",
        }
    }

    /// The role of a stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Why `roles` may not be held by one person, as shown at the form; `None` if they may.
    ///
    /// Rights add up, so what the table separates must also stay separate in a person.
    pub fn against_each_other(roles: &[Self]) -> Option<&'static str> {
        use Permission as P;
        let any = |permission| roles.iter().any(|role: &Self| role.grants(permission));
        if any(P::Conclude) && any(P::Approve) {
            return Some("Người kết luận không đồng thời là người phê duyệt.");
        }
        let sees_cases = [
            P::SeeOwnEntries,
            P::SeeUnitCases,
            P::SeeAllCases,
            P::ReadOriginal,
            P::RequestIdentity,
            P::ApproveIdentity,
        ];
        if any(P::ManageStaff) && sees_cases.into_iter().any(any) {
            return Some(
                "Người quản trị hệ thống không được xem hồ sơ, nên không giữ vai trò xử lý hồ sơ.",
            );
        }
        None
    }

    /// Whether this role alone gives `permission`.
    pub const fn grants(self, permission: Permission) -> bool {
        use Permission as P;
        match self {
            Self::Hotline | Self::OneStop => {
                matches!(permission, P::EnterFeedback | P::SeeOwnEntries)
            }
            Self::Office => matches!(
                permission,
                P::EnterFeedback
                    | P::SeeAllCases
                    | P::ReadOriginal
                    | P::Triage
                    | P::ProposeRefusal
                    | P::Assign
                    | P::Publish
                    | P::CloseCase
                    | P::WriteToSubmitter
                    | P::WriteNote
                    | P::SeeFigures
                    | P::RequestIdentity
            ),
            Self::OfficeHead => matches!(
                permission,
                P::SeeAllCases
                    | P::ReadOriginal
                    | P::Triage
                    | P::Assign
                    | P::ApproveRefusal
                    | P::CloseCase
                    | P::WriteToSubmitter
                    | P::WriteNote
                    | P::SeeFigures
                    | P::RequestIdentity
                    | P::ApproveIdentity
            ),
            Self::Inspector => matches!(
                permission,
                P::SeeUnitCases
                    | P::SeeDenunciations
                    | P::ReadOriginal
                    | P::Handle
                    | P::Conclude
                    | P::WriteNote
                    | P::RequestIdentity
            ),
            Self::UnitHead => matches!(
                permission,
                P::SeeUnitCases | P::Handle | P::Conclude | P::SendBack | P::WriteNote
            ),
            Self::Handler => matches!(permission, P::SeeUnitCases | P::Handle | P::WriteNote),
            Self::Leader => matches!(
                permission,
                P::SeeAllCases
                    | P::SeeDenunciations
                    | P::ReadOriginal
                    // the office cannot see denunciations, so those who can must be able to receive
                    // them
                    | P::Triage
                    | P::Assign
                    | P::Approve
                    | P::ApproveRefusal
                    | P::ApproveForward
                    | P::WriteNote
                    | P::SeeFigures
                    | P::RequestIdentity
                    | P::ApproveIdentity
            ),
            Self::Reception => false,
            Self::Auditor => matches!(permission, P::SeeFigures | P::ReadAudit),
            Self::DataProtection => matches!(permission, P::ReadAudit),
            Self::Administrator => matches!(permission, P::ManageStaff),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Action;
    use Permission as P;
    use proptest::prelude::*;

    /// The rights by role, written out a second time as the department reads them, in the order of
    /// [`Role::ALL`].
    const RIGHTS: [(&str, &[P]); 12] = [
        ("tong_dai", &[P::EnterFeedback, P::SeeOwnEntries]),
        ("mot_cua", &[P::EnterFeedback, P::SeeOwnEntries]),
        (
            "van_phong",
            &[
                P::EnterFeedback,
                P::SeeAllCases,
                P::ReadOriginal,
                P::Triage,
                P::ProposeRefusal,
                P::Assign,
                P::CloseCase,
                P::WriteToSubmitter,
                P::WriteNote,
                P::Publish,
                P::SeeFigures,
                P::RequestIdentity,
            ],
        ),
        (
            "lanh_dao_vp",
            &[
                P::SeeAllCases,
                P::ReadOriginal,
                P::Triage,
                P::ApproveRefusal,
                P::Assign,
                P::CloseCase,
                P::WriteToSubmitter,
                P::WriteNote,
                P::SeeFigures,
                P::RequestIdentity,
                P::ApproveIdentity,
            ],
        ),
        (
            "thanh_tra",
            &[
                P::SeeUnitCases,
                P::SeeDenunciations,
                P::ReadOriginal,
                P::Handle,
                P::Conclude,
                P::WriteNote,
                P::RequestIdentity,
            ],
        ),
        (
            "truong_don_vi",
            &[
                P::SeeUnitCases,
                P::SendBack,
                P::Handle,
                P::Conclude,
                P::WriteNote,
            ],
        ),
        ("chuyen_vien", &[P::SeeUnitCases, P::Handle, P::WriteNote]),
        (
            "lanh_dao_so",
            &[
                P::SeeAllCases,
                P::SeeDenunciations,
                P::ReadOriginal,
                P::Triage,
                P::ApproveRefusal,
                P::ApproveForward,
                P::Assign,
                P::Approve,
                P::WriteNote,
                P::SeeFigures,
                P::RequestIdentity,
                P::ApproveIdentity,
            ],
        ),
        ("tiep_cong_dan", &[]),
        ("kiem_toan", &[P::SeeFigures, P::ReadAudit]),
        ("bao_ve_du_lieu", &[P::ReadAudit]),
        ("quan_tri", &[P::ManageStaff]),
    ];

    #[test]
    fn every_role_has_exactly_the_rights_of_the_table() {
        for (role, (code, rights)) in Role::ALL.into_iter().zip(RIGHTS) {
            assert_eq!(role.code(), code);
            for permission in P::ALL {
                assert_eq!(
                    role.grants(permission),
                    rights.contains(&permission),
                    "{code} × {permission:?}"
                );
            }
        }
    }

    #[test]
    fn every_right_is_somebodys() {
        for permission in P::ALL {
            assert!(
                Role::ALL.iter().any(|role| role.grants(permission)),
                "{permission:?}"
            );
        }
    }

    #[test]
    fn codes_come_back_as_the_role_they_were() {
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(role));
        }
        assert_eq!(Role::from_code("giam_doc"), None);
    }

    #[test]
    fn administrators_see_no_case_and_no_identity() {
        let rights: Vec<P> = P::ALL
            .into_iter()
            .filter(|p| Role::Administrator.grants(*p))
            .collect();
        assert_eq!(rights, [P::ManageStaff]);
    }

    #[test]
    fn no_role_alone_can_do_both_halves_of_a_two_person_rule() {
        for role in Role::ALL {
            for (one, other) in [
                (P::Conclude, P::Approve),
                (P::Handle, P::Approve),
                (P::ProposeRefusal, P::ApproveRefusal),
                (P::ProposeRefusal, P::ApproveForward),
                (P::Publish, P::Approve),
                (P::ManageStaff, P::ReadAudit),
            ] {
                assert!(
                    !(role.grants(one) && role.grants(other)),
                    "{role:?}: {one:?} and {other:?}"
                );
            }
        }
    }

    #[test]
    fn units_never_read_the_original_or_ask_for_an_identity() {
        for role in [Role::UnitHead, Role::Handler] {
            for permission in [
                P::ReadOriginal,
                P::RequestIdentity,
                P::ApproveIdentity,
                P::SeeAllCases,
                P::SeeDenunciations,
            ] {
                assert!(!role.grants(permission), "{role:?} {permission:?}");
            }
        }
    }

    #[test]
    fn whoever_approves_an_identity_sees_the_cases_it_is_about() {
        for role in Role::ALL
            .into_iter()
            .filter(|role| role.grants(P::ApproveIdentity))
        {
            assert!(
                role.grants(P::SeeAllCases) && role.grants(P::RequestIdentity),
                "{role:?}"
            );
        }
    }

    #[test]
    fn leaders_can_say_no_to_a_forward_as_well_as_yes() {
        for action in [
            Action::ApproveForward,
            Action::ApproveRefusal,
            Action::RejectProposal,
        ] {
            assert!(
                action
                    .permission()
                    .is_some_and(|right| Role::Leader.grants(right)),
                "{action:?}"
            );
        }
    }

    #[test]
    fn only_the_submitter_supplements_reopens_and_withdraws() {
        for action in Action::ALL.iter().copied() {
            let submitters = matches!(
                action,
                Action::Supplement | Action::Reopen | Action::Withdraw
            );
            assert_eq!(action.permission().is_none(), submitters, "{action:?}");
        }
    }

    #[test]
    fn what_the_table_keeps_apart_stays_apart_in_a_person() {
        assert!(Role::against_each_other(&[Role::UnitHead, Role::Leader]).is_some());
        assert!(Role::against_each_other(&[Role::Inspector, Role::Leader]).is_some());
        assert!(Role::against_each_other(&[Role::Administrator, Role::Hotline]).is_some());
        assert_eq!(
            Role::against_each_other(&[Role::UnitHead, Role::Handler]),
            None
        );
        assert_eq!(
            Role::against_each_other(&[Role::Administrator, Role::DataProtection]),
            None
        );
    }

    proptest! {
        #[test]
        fn one_more_role_never_reconciles_two_that_stand_against_each_other(picks in proptest::collection::vec(0usize..12, 0..5), more in 0usize..12) {
            let mut roles: Vec<Role> = picks.into_iter().map(|i| Role::ALL[i]).collect();
            let before = Role::against_each_other(&roles).is_some();
            roles.push(Role::ALL[more]);
            prop_assert!(!before || Role::against_each_other(&roles).is_some());
        }
    }
}
