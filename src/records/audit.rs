//! The audit log: who has read or done what, append-only.

use crate::{
    case::{CaseId, StaffId, codes::codes},
    error::AppError,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

codes! {
    /// What is written into the audit log.
    AuditAction {
        SignIn = "dang_nhap", "Đăng nhập";
        SignOut = "dang_xuat", "Đăng xuất";
        SignOutEverywhere = "dang_xuat_moi_noi", "Đăng xuất mọi nơi";
        PasswordConfirmed = "xac_nhan_mat_khau", "Xác nhận mật khẩu";
        PasswordChanged = "doi_mat_khau", "Đổi mật khẩu";
        PasswordSet = "dat_mat_khau", "Đặt mật khẩu bằng liên kết một lần";
        SecondFactorOn = "bat_xac_thuc", "Bật xác thực hai bước";
        SecondFactorOff = "tat_xac_thuc", "Tắt xác thực hai bước";
        RecoveryCodesMade = "tao_ma_du_phong", "Tạo mã dự phòng";
        RecoveryCodeUsed = "dung_ma_du_phong", "Đăng nhập bằng mã dự phòng";
        AccountCreated = "tao_tai_khoan", "Đề nghị tạo tài khoản";
        AccountConfirmed = "xac_nhan_tai_khoan", "Xác nhận tạo tài khoản";
        RolesAsked = "de_nghi_doi_quyen", "Đề nghị đổi vai trò, đơn vị";
        RolesChanged = "doi_quyen", "Xác nhận đổi vai trò, đơn vị";
        ResetAsked = "de_nghi_cap_lai", "Đề nghị đặt lại mật khẩu";
        ResetConfirmed = "xac_nhan_cap_lai", "Xác nhận đặt lại mật khẩu";
        ReopenAsked = "de_nghi_mo_tai_khoan", "Đề nghị mở lại tài khoản";
        AccountEnabled = "mo_tai_khoan", "Mở lại tài khoản";
        AccountDisabled = "khoa_tai_khoan", "Khóa tài khoản";
        RequestRefused = "tu_choi_tai_khoan", "Không đồng ý đề nghị về tài khoản";
        RequestWithdrawn = "rut_de_nghi_tai_khoan", "Rút đề nghị về tài khoản";
        OriginalRead = "doc_noi_dung", "Đọc nội dung gốc";
        TextsSearched = "tim_noi_dung", "Tìm trong nội dung hồ sơ";
        AttachmentDownloaded = "tai_tep", "Tải tệp";
        IdentityRequested = "mo_danh_tinh_yeu_cau", "Đề nghị mở danh tính";
        IdentityApproved = "mo_danh_tinh_duyet", "Duyệt mở danh tính";
        IdentityRefused = "mo_danh_tinh_tu_choi", "Không duyệt mở danh tính";
        FiguresDrafted = "lap_so_lieu", "Lập dự thảo số liệu công khai";
        FiguresAudited = "kiem_so_lieu", "Kiểm tra số liệu công khai";
        RegisterTaken = "xuat_so", "Tải sổ tiếp nhận phản ánh, kiến nghị";
        FiguresPublished = "cong_bo_so_lieu", "Phê duyệt công bố số liệu";
        // the unsealer writes these two
        IdentityOpened = "mo_danh_tinh", "Mở danh tính";
        IdentityNotOpened = "mo_danh_tinh_khong_duoc", "Mở danh tính không thành";
    }
}

/// One line of the audit log.
pub struct AuditEntry {
    /// Now.
    pub at: OffsetDateTime,
    /// Who; nobody if it was done at the terminal of the server.
    pub staff: Option<StaffId>,
    /// What.
    pub action: AuditAction,
    /// About which case.
    pub case_id: Option<CaseId>,
    /// Codes and ids.
    pub detail: Option<Value>,
}

impl AuditEntry {
    /// An entry that is about no case.
    pub fn by(staff: StaffId, action: AuditAction, at: OffsetDateTime) -> Self {
        Self {
            at,
            staff: Some(staff),
            action,
            case_id: None,
            detail: None,
        }
    }

    /// An entry of what was done at the terminal of the server.
    pub fn at_terminal(action: AuditAction, at: OffsetDateTime) -> Self {
        Self {
            at,
            staff: None,
            action,
            case_id: None,
            detail: None,
        }
    }

    /// The same with particulars.
    pub fn with(self, detail: Value) -> Self {
        let detail = Some(detail);
        Self { detail, ..self }
    }

    /// The same about a case.
    pub fn about(self, case_id: CaseId) -> Self {
        let case_id = Some(case_id);
        Self { case_id, ..self }
    }
}

/// Writes a line into the audit log, in the transaction of what it is about.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable: nothing may be shown or done then.
pub async fn audit(tx: &mut PgConnection, entry: AuditEntry) -> Result<(), AppError> {
    sqlx::query!(
        "insert into audit_log (at, staff_id, action, case_id, detail)
        values ($1, $2, $3, $4, coalesce($5, '{}'::jsonb))",
        entry.at,
        entry.staff as Option<StaffId>,
        entry.action.code(),
        entry.case_id as Option<CaseId>,
        entry.detail
    )
    .execute(tx)
    .await?;
    Ok(())
}
