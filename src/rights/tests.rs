//! The table of roles and rights, in full.

use super::{Permission, Role};
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
            P::DraftFigures,
            P::SeeFigures,
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
            P::ApproveFigures,
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
            P::ProposeRefusal,
            P::SendBack,
            P::Handle,
            P::Conclude,
            P::CloseCase,
            P::WriteToSubmitter,
            P::WriteNote,
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
            P::ProposeRefusal,
            P::ApproveRefusal,
            P::ApproveForward,
            P::Assign,
            P::Approve,
            P::CloseCase,
            P::WriteToSubmitter,
            P::WriteNote,
            P::ApproveFigures,
            P::SeeFigures,
            P::RequestIdentity,
            P::ApproveIdentity,
            P::SeeStaff,
            P::ConfirmStaff,
        ],
    ),
    ("tiep_cong_dan", &[P::EnterFeedback, P::SeeOwnEntries]),
    ("kiem_toan", &[P::SeeFigures, P::ReadAudit]),
    ("bao_ve_du_lieu", &[P::ReadAudit, P::SeeStaff]),
    ("quan_tri", &[P::ManageStaff, P::SeeStaff]),
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
    assert_eq!(rights, [P::ManageStaff, P::SeeStaff]);
}

#[test]
fn no_role_alone_can_do_both_halves_of_a_two_person_rule() {
    for role in Role::ALL {
        for (one, other) in [
            (P::Conclude, P::Approve),
            (P::Handle, P::Approve),
            (P::DraftFigures, P::ApproveFigures),
            (P::ManageStaff, P::ReadAudit),
            (P::ManageStaff, P::ConfirmStaff),
        ] {
            assert!(
                !(role.grants(one) && role.grants(other)),
                "{role:?}: {one:?} and {other:?}"
            );
        }
    }
}

/// What only leaders see, one leader proposes and another decides: the state machine and the
/// database insist on a second person (`case::Waiting`).
#[test]
fn only_leaders_may_both_propose_and_decide() {
    let both = |role: &Role| role.grants(P::ProposeRefusal) && role.grants(P::ApproveRefusal);
    let roles: Vec<_> = Role::ALL.into_iter().filter(both).collect();
    assert_eq!(roles, [Role::Leader]);
}

/// The office does not see a denunciation, so all of its work must be somebody's who does.
#[test]
fn whoever_sees_denunciations_can_lead_one_to_its_end() {
    let sees = |role: &Role| role.grants(P::SeeDenunciations);
    for right in [
        P::Triage,
        P::ProposeRefusal,
        P::ApproveRefusal,
        P::ApproveForward,
        P::Assign,
        P::Handle,
        P::Conclude,
        P::SendBack,
        P::Approve,
        P::CloseCase,
        P::WriteToSubmitter,
        P::WriteNote,
    ] {
        let mut roles = Role::ALL.into_iter().filter(sees);
        assert!(roles.any(|role| role.grants(right)), "{right:?}");
    }
}

#[test]
fn whoever_leads_receives_or_administers_proves_it_twice() {
    for role in Role::ALL {
        let weighty = [P::SeeAllCases, P::ApproveIdentity, P::ManageStaff];
        assert_eq!(
            role.needs_second_factor(),
            weighty.into_iter().any(|right| role.grants(right)),
            "{role:?}"
        );
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
fn only_leaders_ask_for_an_identity() {
    let ask = Role::ALL
        .into_iter()
        .filter(|role| role.grants(P::RequestIdentity));
    assert_eq!(ask.collect::<Vec<_>>(), [Role::OfficeHead, Role::Leader]);
}

#[test]
fn what_the_table_keeps_apart_stays_apart_in_a_person() {
    assert!(Role::incompatible(&[Role::UnitHead, Role::Leader]).is_some());
    assert!(Role::incompatible(&[Role::Inspector, Role::Leader]).is_some());
    assert!(Role::incompatible(&[Role::Administrator, Role::Hotline]).is_some());
    assert_eq!(Role::incompatible(&[Role::UnitHead, Role::Handler]), None);
    assert_eq!(
        Role::incompatible(&[Role::Administrator, Role::DataProtection]),
        None
    );
}

proptest! {
    #[test]
    fn one_more_role_never_reconciles_two_that_stand_against_each_other(
        picks in proptest::collection::vec(0usize..12, 0..5),
        more in 0usize..12,
    ) {
        let mut roles: Vec<Role> = picks.into_iter().map(|i| Role::ALL[i]).collect();
        let before = Role::incompatible(&roles).is_some();
        roles.push(Role::ALL[more]);
        prop_assert!(!before || Role::incompatible(&roles).is_some());
    }
}
