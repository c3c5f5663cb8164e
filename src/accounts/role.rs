//! Roles and what each may do (domain §4.5). The table below is the only place that says so; tests walk all of it.

use crate::case::Action;
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

    /// Whether this role alone gives `permission`.
    pub const fn grants(self, permission: Permission) -> bool {
        use Permission as P;
        match self {
            Self::Hotline | Self::OneStop => matches!(permission, P::EnterFeedback | P::SeeOwnEntries),
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
                    | P::SeeFigures
                    | P::RequestIdentity
                    | P::ApproveIdentity
            ),
            Self::Inspector => {
                matches!(permission, P::SeeUnitCases | P::SeeDenunciations | P::ReadOriginal | P::Handle | P::Conclude | P::RequestIdentity)
            }
            Self::UnitHead => matches!(permission, P::SeeUnitCases | P::Handle | P::Conclude | P::SendBack),
            Self::Handler => matches!(permission, P::SeeUnitCases | P::Handle),
            Self::Leader => matches!(
                permission,
                P::SeeAllCases
                    | P::SeeDenunciations
                    | P::ReadOriginal
                    | P::Assign
                    | P::Approve
                    | P::ApproveRefusal
                    | P::ApproveForward
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
    /// Receive, classify, write the extract, ask for a supplement, guide to complaint or denunciation.
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
    /// Prepare publication.
    Publish,
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
}

impl Permission {
    /// Every right.
    pub const ALL: [Self; 23] = [
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
        Self::Publish,
        Self::SeeFigures,
        Self::RequestIdentity,
        Self::ApproveIdentity,
        Self::ReadAudit,
        Self::ManageStaff,
    ];

    /// The right a member of staff needs for an action; `None` for what only the submitter does.
    pub const fn for_action(action: Action) -> Option<Self> {
        Some(match action {
            Action::Receive | Action::RequestInfo | Action::Classify | Action::WriteExtract | Action::Redirect => Self::Triage,
            Action::Assign => Self::Assign,
            Action::SendBack => Self::SendBack,
            Action::StartVerifying | Action::Note => Self::Handle,
            Action::Conclude | Action::SubmitForApproval => Self::Conclude,
            Action::ReturnDraft | Action::Answer => Self::Approve,
            Action::Close => Self::CloseCase,
            Action::ProposeRefusal | Action::ProposeForward => Self::ProposeRefusal,
            Action::ApproveRefusal | Action::RejectProposal => Self::ApproveRefusal,
            Action::ApproveForward => Self::ApproveForward,
            Action::Message => Self::WriteToSubmitter,
            Action::Supplement | Action::Reopen | Action::Withdraw => return None,
        })
    }
}
