//! Who may do what next.

use crate::{
    case::{Action, Proposal, Status, Waiting, allowed_actions},
    rights::Role,
};
use proptest::prelude::*;

#[test]
fn the_straight_road_is_walked_by_its_people() {
    let road = [
        (Role::Office, Action::Receive),
        (Role::Office, Action::Classify),
        (Role::Office, Action::WriteExtract),
        (Role::Office, Action::Assign),
        (Role::Handler, Action::StartVerifying),
        (Role::UnitHead, Action::Conclude),
        (Role::UnitHead, Action::SubmitForApproval),
        (Role::Leader, Action::Answer),
        (Role::Office, Action::Close),
    ];
    let mut status = Status::Submitted;
    for (role, action) in road {
        let open = allowed_actions(status, Waiting::default(), |right| role.grants(right));
        assert!(open.contains(&action), "{role:?} {action:?} at {status:?}");
        status = status
            .after(action)
            .expect("the machine allows what is offered");
    }
    assert_eq!(status, Status::Closed);
}

#[test]
fn nobody_approves_their_own_proposal() {
    let waiting = Waiting {
        proposal: Some(Proposal::Refuse),
        proposed_by_self: true,
        ..Waiting::default()
    };
    let open = allowed_actions(Status::Received, waiting, |_| true);
    assert!(!open.contains(&Action::ApproveRefusal) && open.contains(&Action::RejectProposal));
}

#[test]
fn what_is_likely_next_stands_before_what_corrects() {
    let first = |status| {
        let open = allowed_actions(status, Waiting::default(), |right| {
            Role::Office.grants(right)
        });
        (open[0], open.into_iter().last())
    };
    let (next, last) = first(Status::Classified);
    assert_eq!((next, last), (Action::Triage, Some(Action::Classify)));
    let (next, last) = first(Status::Assigned);
    assert_eq!((next, last), (Action::Message, Some(Action::Assign)));
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

proptest! {
    #[test]
    fn only_what_the_machine_and_the_rights_allow_is_offered(
        status in 0..Status::ALL.len(),
        role in 0..Role::ALL.len(),
        proposal in 0usize..3,
        proposed_by_self in any::<bool>(),
        supplement_asked in any::<bool>(),
        reopening_kept in any::<bool>(),
        undoable in any::<bool>(),
    ) {
        let (status, role) = (Status::ALL[status], Role::ALL[role]);
        let proposals = [None, Some(Proposal::Refuse), Some(Proposal::Forward)];
        let proposal = proposals[proposal];
        let waiting = Waiting {
            proposal, proposed_by_self, supplement_asked, reopening_kept, reply_owed: None,
            reminded: false,
            undoable,
        };
        for action in allowed_actions(status, waiting, |right| role.grants(right)) {
            prop_assert!(status.after(action).is_some());
            prop_assert!(role.grants(action.permission().expect("an action of staff")));
        }
    }
}
