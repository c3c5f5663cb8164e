//! Single rights. Which one an action asks for stands with the action (`case::Action::permission`).

use serde::{Deserialize, Serialize};

/// One right. Server functions ask for exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Permission {
    /// Enter feedback for a caller or visitor.
    EnterFeedback,
    /// See the cases one has entered oneself.
    SeeOwnEntries,
    /// See the cases of one's unit.
    SeeUnitCases,
    /// See every case that is not a denunciation.
    SeeAllCases,
    /// See denunciations as well.
    SeeDenunciations,
    /// Read the original words, not only the extract.
    ReadOriginal,
    /// Receive, classify, write the extract, ask for a supplement, guide to complaint or
    /// denunciation.
    Triage,
    /// Propose to refuse or to forward.
    ProposeRefusal,
    /// Approve a refusal somebody else proposed.
    ApproveRefusal,
    /// Approve forwarding to another body.
    ApproveForward,
    /// Hand a case to a unit.
    Assign,
    /// Hand a case back as outside the unit's competence.
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
    /// Draft figures for the public and answer for them.
    DraftFigures,
    /// Approve figures for the public that somebody else drafted.
    ApproveFigures,
    /// See the leadership figures.
    SeeFigures,
    /// Ask to open an identity.
    RequestIdentity,
    /// Allow an identity to be opened that somebody else asked for.
    ApproveIdentity,
    /// Read the audit log.
    ReadAudit,
    /// Administer staff.
    ManageStaff,
    /// See who has which account and role, and who gave it.
    SeeStaff,
    /// Confirm what somebody else asked for an account.
    ConfirmStaff,
}

impl Permission {
    /// Every right.
    pub const ALL: [Self; 27] = [
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
        Self::DraftFigures,
        Self::ApproveFigures,
        Self::SeeFigures,
        Self::RequestIdentity,
        Self::ApproveIdentity,
        Self::ReadAudit,
        Self::ManageStaff,
        Self::SeeStaff,
        Self::ConfirmStaff,
    ];
}
