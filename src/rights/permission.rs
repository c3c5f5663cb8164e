//! Single rights, and the one that each action requires.

use crate::case::Action;
use serde::{Deserialize, Serialize};

/// One right. Server functions require exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Permission {
    /// Enter feedback for a caller or visitor.
    EnterFeedback,
    /// See the cases that one has entered oneself.
    SeeOwnEntries,
    /// See the cases of one's unit.
    SeeUnitCases,
    /// See every case that is not a denunciation.
    SeeAllCases,
    /// See denunciations as well.
    SeeDenunciations,
    /// Read the original text, not only the extract.
    ReadOriginal,
    /// Receive, classify, write the extract, request a supplement, guide to complaint or
    /// denunciation.
    Triage,
    /// Propose to refuse or to forward.
    ProposeRefusal,
    /// Approve a refusal proposed by somebody else.
    ApproveRefusal,
    /// Approve forwarding to another body.
    ApproveForward,
    /// Assign a case to a unit.
    Assign,
    /// Return a case as outside the unit's competence.
    SendBack,
    /// Verify and draft.
    Handle,
    /// State a finding and submit for approval.
    Conclude,
    /// Approve the answer or return the draft.
    Approve,
    /// Close an answered case.
    CloseCase,
    /// Write to the submitter.
    WriteToSubmitter,
    /// Leave a note for colleagues.
    WriteNote,
    /// Prepare publication.
    Publish,
    /// See the leadership figures.
    SeeFigures,
    /// Request the opening of an identity.
    RequestIdentity,
    /// Approve the opening of an identity requested by somebody else.
    ApproveIdentity,
    /// Read the audit log.
    ReadAudit,
    /// Administer staff.
    ManageStaff,
}

impl Permission {
    /// Every right.
    pub const ALL: [Self; 24] = [
        Self::EnterFeedback,
        Self::SeeOwnEntries,
        Self::SeeUnitCases,
        Self::SeeAllCases,
        Self::SeeDenunciations,
        Self::ReadOriginal,
        Self::Triage,
        Self::ProposeRefusal,
        Self::ApproveRefusal,
        Self::ApproveForward,
        Self::Assign,
        Self::SendBack,
        Self::Handle,
        Self::Conclude,
        Self::Approve,
        Self::CloseCase,
        Self::WriteToSubmitter,
        Self::WriteNote,
        Self::Publish,
        Self::SeeFigures,
        Self::RequestIdentity,
        Self::ApproveIdentity,
        Self::ReadAudit,
        Self::ManageStaff,
    ];

    /// The right that a member of staff needs for an action; `None` if only the submitter takes it.
    pub const fn for_action(action: Action) -> Option<Self> {
        Some(match action {
            Action::Receive
            | Action::RequestInfo
            | Action::Classify
            | Action::WriteExtract
            | Action::Redirect => Self::Triage,
            Action::Assign => Self::Assign,
            Action::SendBack => Self::SendBack,
            Action::StartVerifying => Self::Handle,
            Action::Note => Self::WriteNote,
            Action::Conclude | Action::SubmitForApproval => Self::Conclude,
            Action::ReturnDraft | Action::Answer => Self::Approve,
            Action::Close => Self::CloseCase,
            Action::ProposeRefusal | Action::ProposeForward => Self::ProposeRefusal,
            // approving a refusal includes declining a proposal; leaders hold this right, so they
            // can decline a forward too
            Action::ApproveRefusal | Action::RejectProposal => Self::ApproveRefusal,
            Action::ApproveForward => Self::ApproveForward,
            Action::Message => Self::WriteToSubmitter,
            Action::Supplement | Action::Reopen | Action::Withdraw => return None,
        })
    }
}
