//! Roles and what each may do (`docs/law.md#who-may-do-what`). The table below is the only source;
//! tests cover all of it.

use super::Permission;
use Permission as P;
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

    /// What whoever holds it sees, in a sentence for those who give it.
    pub const fn sight(self) -> &'static str {
        match self {
            Self::Hotline | Self::OneStop | Self::Reception => {
                "Nhập phản ánh; thấy hồ sơ mình nhập trong 7 ngày."
            }
            Self::Office => "Thấy mọi hồ sơ trừ việc có dấu hiệu tố cáo; không thấy họ tên.",
            Self::OfficeHead => "Như Văn phòng; duyệt không tiếp nhận, đề nghị mở danh tính.",
            Self::Inspector => "Hồ sơ của tổ, kể cả tố cáo, nguyên văn; kết luận.",
            Self::UnitHead => "Hồ sơ của đơn vị, bản trích; phân công, kết luận.",
            Self::Handler => "Hồ sơ của đơn vị, bản trích; xác minh, đề xuất kết luận.",
            Self::Leader => "Thấy mọi hồ sơ; phê duyệt; cùng người thứ hai mở danh tính.",
            Self::Auditor => "Số liệu và nhật ký; không thấy hồ sơ.",
            Self::DataProtection => "Nhật ký và quyền của mọi người; không thấy hồ sơ.",
            Self::Administrator => "Người dùng và quyền; không thấy hồ sơ.",
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

    /// Whether whoever holds it leads the department: they sit with its office and are not of it,
    /// so what is about the office is for them to judge (`docs/law.md#conflict-of-interest`).
    /// `stands_apart` (`migrations/0017`) says the same by the role's code.
    pub const fn leads(self) -> bool {
        matches!(self, Self::Leader)
    }

    /// The codes of the roles that lead the department.
    pub fn leading() -> Vec<String> {
        let leading = Self::ALL.into_iter().filter(|role| role.leads());
        leading.map(|role| role.code().to_owned()).collect()
    }

    /// Whether this role alone gives `permission`.
    pub fn grants(self, permission: Permission) -> bool {
        let mut rows = GRANTS.iter();
        rows.any(|(role, rights)| *role == self && rights.contains(&permission))
    }
}

/// What who takes down feedback for others may do.
const ENTERS: &[P] = &[P::EnterFeedback, P::SeeOwnEntries];

/// The table: each role with its rights.
const GRANTS: [(Role, &[P]); 12] = [
    (Role::Hotline, ENTERS),
    (Role::OneStop, ENTERS),
    (Role::Reception, ENTERS),
    (
        Role::Office,
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
        Role::OfficeHead,
        &[
            P::SeeAllCases,
            P::ReadOriginal,
            P::Triage,
            P::Assign,
            P::ApproveRefusal,
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
        Role::Inspector,
        &[
            P::SeeUnitCases,
            P::SeeDenunciations,
            P::ReadOriginal,
            P::Handle,
            P::Conclude,
            P::SendBack,
            P::WriteNote,
            // the office cannot see denunciations, so whoever can must be able to speak with the
            // submitter, to pass the case on and to end it
            P::ProposeRefusal,
            P::CloseCase,
            P::WriteToSubmitter,
        ],
    ),
    (
        Role::UnitHead,
        &[
            P::SeeUnitCases,
            P::Handle,
            P::Conclude,
            P::SendBack,
            P::WriteNote,
        ],
    ),
    (Role::Handler, &[P::SeeUnitCases, P::Handle, P::WriteNote]),
    (
        Role::Leader,
        &[
            P::SeeAllCases,
            P::SeeDenunciations,
            P::ReadOriginal,
            // the office cannot see denunciations, nor what is about itself, so those who can must
            // be able to do its work; a second leader decides what one proposes
            P::Triage,
            P::ProposeRefusal,
            P::CloseCase,
            P::WriteToSubmitter,
            P::Assign,
            P::Approve,
            P::ApproveRefusal,
            P::ApproveForward,
            P::WriteNote,
            P::ApproveFigures,
            P::SeeFigures,
            P::RequestIdentity,
            P::ApproveIdentity,
            P::SeeStaff,
            P::ConfirmStaff,
        ],
    ),
    (Role::Auditor, &[P::SeeFigures, P::ReadAudit]),
    (Role::DataProtection, &[P::ReadAudit, P::SeeStaff]),
    (Role::Administrator, &[P::ManageStaff, P::SeeStaff]),
];
