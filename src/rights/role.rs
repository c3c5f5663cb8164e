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
    pub fn incompatible(roles: &[Self]) -> Option<&'static str> {
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

    /// Whether whoever holds it signs in with a second proof beside the password.
    pub const fn needs_second_factor(self) -> bool {
        matches!(
            self,
            Self::Leader | Self::Office | Self::OfficeHead | Self::Administrator
        )
    }

    /// Whether this role alone gives `permission`.
    pub const fn grants(self, permission: Permission) -> bool {
        use Permission as P;
        match self {
            Self::Hotline | Self::OneStop | Self::Reception => {
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
                    | P::SendBack
                    | P::WriteNote
                    // the office cannot see denunciations, so whoever can must be able to speak
                    // with the submitter, to pass the case on and to end it
                    | P::ProposeRefusal
                    | P::CloseCase
                    | P::WriteToSubmitter
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
                    // the office cannot see denunciations, nor what is about itself, so those who
                    // can must be able to do its work; a second leader decides what one proposes
                    | P::Triage
                    | P::ProposeRefusal
                    | P::CloseCase
                    | P::WriteToSubmitter
                    | P::Assign
                    | P::Approve
                    | P::ApproveRefusal
                    | P::ApproveForward
                    | P::WriteNote
                    | P::SeeFigures
                    | P::RequestIdentity
                    | P::ApproveIdentity
                    | P::SeeStaff
                    | P::ConfirmStaff
            ),
            Self::Auditor => matches!(permission, P::SeeFigures | P::ReadAudit),
            Self::DataProtection => matches!(permission, P::ReadAudit | P::SeeStaff),
            Self::Administrator => matches!(permission, P::ManageStaff | P::SeeStaff),
        }
    }
}
