//! Whose turn it is: the next step of a case, and whether this person owes it.

use crate::{
    case::{Action, Confidentiality, Proposal, Status},
    rights::Permission,
};

/// What decides whose turn it is.
#[derive(Clone, Copy, Debug)]
pub struct Turn {
    /// Present status.
    pub status: Status,
    /// The proposal that waits for a second person.
    pub proposal: Option<Proposal>,
    /// Whether this person has made it.
    pub own_proposal: bool,
    /// Who may know of it.
    pub secrecy: Confidentiality,
    /// Who handles it, if it was given to a person: whether it is this one.
    pub handled_by_self: Option<bool>,
}

impl Turn {
    /// The step that somebody in the department owes.
    pub const fn next_step(self) -> Option<Action> {
        Some(match (self.proposal, self.status) {
            (Some(Proposal::Refuse), _) => Action::ApproveRefusal,
            (Some(Proposal::Forward), _) => Action::ApproveForward,
            (None, Status::Submitted) => Action::Receive,
            (None, Status::Received) => Action::Classify,
            (None, Status::Classified) => Action::Assign,
            (None, Status::Assigned) => Action::StartVerifying,
            (None, Status::Verifying) => Action::Conclude,
            (None, Status::Drafting) => Action::SubmitForApproval,
            (None, Status::AwaitingApproval) => Action::Answer,
            _ => return None,
        })
    }

    /// Whether a person with the rights `may` owes it.
    pub fn is_mine(self, may: impl Fn(Permission) -> bool) -> bool {
        let Some(step) = self.next_step() else {
            return false;
        };
        let entitled = step.permission().is_some_and(&may) && !self.own_proposal;
        match step {
            Action::StartVerifying => entitled && self.handled_by_self != Some(false),
            Action::Conclude => entitled || self.handled_by_self == Some(true),
            Action::Receive | Action::Classify | Action::Assign => {
                // leaders may do the office's work, and owe it only where the office sees nothing
                let closed = self.secrecy == Confidentiality::Denunciation;
                entitled && (closed || !may(Permission::Approve))
            }
            _ => entitled,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{case::Waiting, case::allowed_actions, rights::Role};
    use proptest::prelude::*;

    fn turn(status: Status) -> Turn {
        Turn {
            status,
            proposal: None,
            own_proposal: false,
            secrecy: Confidentiality::IdentityHidden,
            handled_by_self: None,
        }
    }

    fn is_mine(turn: Turn, role: Role) -> bool {
        turn.is_mine(|right| role.grants(right))
    }

    #[test]
    fn a_leader_owes_decisions_and_not_the_office_s_work() {
        assert!(is_mine(turn(Status::AwaitingApproval), Role::Leader));
        assert!(!is_mine(turn(Status::Submitted), Role::Leader));
        let closed = Turn {
            secrecy: Confidentiality::Denunciation,
            ..turn(Status::Submitted)
        };
        assert!(is_mine(closed, Role::Leader));
    }

    #[test]
    fn nobody_owes_what_the_submitter_owes() {
        let waits = |role: Role| is_mine(turn(Status::AwaitingInfo), role);
        assert!(!Role::ALL.into_iter().any(waits));
    }

    #[test]
    fn what_was_given_to_a_colleague_is_theirs() {
        let given = |to_self| Turn {
            handled_by_self: Some(to_self),
            ..turn(Status::Assigned)
        };
        assert!(is_mine(given(true), Role::Handler) && !is_mine(given(false), Role::Handler));
        assert!(is_mine(turn(Status::Assigned), Role::Handler));
    }

    #[test]
    fn one_s_own_proposal_waits_for_somebody_else() {
        let proposed = |own_proposal| Turn {
            proposal: Some(Proposal::Refuse),
            own_proposal,
            ..turn(Status::Received)
        };
        assert!(is_mine(proposed(false), Role::Leader) && !is_mine(proposed(true), Role::Leader));
    }

    proptest! {
        #[test]
        fn the_next_step_is_one_that_the_machine_allows(
            status in 0..Status::ALL.len(), proposal in 0usize..3,
        ) {
            let proposals = [None, Some(Proposal::Refuse), Some(Proposal::Forward)];
            let turn = Turn { proposal: proposals[proposal], ..turn(Status::ALL[status]) };
            let waiting = Waiting { proposal: turn.proposal, ..Waiting::default() };
            if let Some(step) = turn.next_step().filter(|step| turn.status.after(*step).is_some()) {
                prop_assert!(allowed_actions(turn.status, waiting, |_| true).contains(&step));
            }
        }
    }
}
