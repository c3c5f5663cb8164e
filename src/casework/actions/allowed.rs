//! What this person may do with this case now, most likely first. The page offers it; the store asks the same functions again.

use crate::{
    case::{Action, Status},
    rights::Permission,
};

/// Likely first; what decides somebody else's proposal comes before all.
const ORDER: [Action; 20] = [
    Action::ApproveRefusal,
    Action::ApproveForward,
    Action::RejectProposal,
    Action::Receive,
    Action::Classify,
    Action::WriteExtract,
    Action::Assign,
    Action::StartVerifying,
    Action::Conclude,
    Action::SubmitForApproval,
    Action::Answer,
    Action::ReturnDraft,
    Action::Close,
    Action::RequestInfo,
    Action::SendBack,
    Action::Message,
    Action::Note,
    Action::ProposeForward,
    Action::Redirect,
    Action::ProposeRefusal,
];

/// What besides the status decides.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standing<'a> {
    /// The proposal that waits: `tu_choi` or `chuyen_co_quan`.
    pub proposal: Option<&'a str>,
    /// The person asking has made it.
    pub proposed_by_self: bool,
    /// A supplement was asked for before.
    pub supplement_asked: bool,
}

impl Standing<'_> {
    /// Whether nothing but the status and the rights stands in the way of `action`.
    /// While a proposal waits, only its decision, notes and messages go on.
    pub fn allows(self, action: Action) -> bool {
        use Action as A;
        match (self.proposal, action) {
            (Some("tu_choi"), A::ApproveRefusal) | (Some("chuyen_co_quan"), A::ApproveForward) => {
                !self.proposed_by_self
            }
            (Some(_), A::RejectProposal | A::Note | A::Message) => true,
            (Some(_), _) | (None, A::ApproveRefusal | A::ApproveForward | A::RejectProposal) => {
                false
            }
            (None, A::RequestInfo) => !self.supplement_asked,
            (None, _) => true,
        }
    }
}

/// The actions open to a person with the rights `may`, in the order of the page.
pub fn permitted(
    status: Status,
    standing: Standing<'_>,
    may: impl Fn(Permission) -> bool,
) -> Vec<Action> {
    let entitled = |action: &Action| Permission::for_action(*action).is_some_and(&may);
    ORDER
        .into_iter()
        .filter(|action| {
            status.after(*action).is_some() && standing.allows(*action) && entitled(action)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rights::Role;
    use proptest::prelude::*;

    #[test]
    fn every_action_of_staff_has_its_place() {
        for action in Action::ALL {
            assert_eq!(
                ORDER.contains(action),
                Permission::for_action(*action).is_some(),
                "{action:?}"
            );
        }
    }

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
            let open = permitted(status, Standing::default(), |right| role.grants(right));
            assert!(open.contains(&action), "{role:?} {action:?} at {status:?}");
            status = status
                .after(action)
                .expect("the machine allows what is offered");
        }
        assert_eq!(status, Status::Closed);
    }

    #[test]
    fn nobody_approves_their_own_proposal() {
        let standing = Standing {
            proposal: Some("tu_choi"),
            proposed_by_self: true,
            supplement_asked: false,
        };
        let open = permitted(Status::Received, standing, |_| true);
        assert!(!open.contains(&Action::ApproveRefusal) && open.contains(&Action::RejectProposal));
    }

    proptest! {
        #[test]
        fn only_what_the_machine_and_the_rights_allow_is_offered(
            status in 0..Status::ALL.len(), role in 0..Role::ALL.len(), proposal in 0usize..3, own in any::<bool>(), asked in any::<bool>()
        ) {
            let (status, role) = (Status::ALL[status], Role::ALL[role]);
            let standing = Standing { proposal: [None, Some("tu_choi"), Some("chuyen_co_quan")][proposal], proposed_by_self: own, supplement_asked: asked };
            for action in permitted(status, standing, |right| role.grants(right)) {
                prop_assert!(status.after(action).is_some());
                prop_assert!(role.grants(Permission::for_action(action).expect("an action of staff")));
            }
        }
    }
}
