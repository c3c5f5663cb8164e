//! The state machine of a case (Decree 20/2008 art. 9 and 14, Decision 31/2021 ch. VI): which
//! action leads from which status to which.

use super::{Proposal, ReplyBy, codes::codes};
use crate::rights::Permission;
use serde::{Deserialize, Serialize};

codes! {
    /// Status of a case; the label is what staff read.
    Status {
        Submitted = "cho_tiep_nhan", "Chờ tiếp nhận";
        AwaitingInfo = "cho_bo_sung", "Chờ bổ sung thông tin";
        Received = "da_tiep_nhan", "Đã tiếp nhận, chờ phân loại";
        Classified = "da_phan_loai", "Đã phân loại, chờ phân công";
        Assigned = "da_chuyen_xu_ly", "Đã chuyển đơn vị xử lý";
        Verifying = "dang_xac_minh", "Đang xác minh";
        Drafting = "dang_xu_ly", "Đang xử lý, dự thảo trả lời";
        AwaitingApproval = "cho_phe_duyet", "Chờ lãnh đạo phê duyệt";
        Answered = "da_tra_loi", "Đã trả lời";
        Closed = "ket_thuc", "Kết thúc, lưu hồ sơ";
        Refused = "tu_choi", "Không tiếp nhận";
        Forwarded = "da_chuyen_co_quan", "Đã chuyển cơ quan có thẩm quyền";
        Redirected = "da_huong_dan_kntc", "Đã hướng dẫn nơi giải quyết";
        Withdrawn = "da_rut", "Đã rút";
    }
}

impl Status {
    /// The word the submitter reads: stages inside the department are one "đang xử lý" to them.
    pub const fn public_label(self) -> &'static str {
        match self {
            Self::Submitted => "Đã gửi, chờ tiếp nhận",
            Self::AwaitingInfo => "Cần Ông/Bà bổ sung thông tin",
            Self::Received | Self::Classified => "Đã tiếp nhận",
            Self::Assigned | Self::Drafting | Self::AwaitingApproval => "Đang xử lý",
            Self::Verifying => "Đang xác minh",
            Self::Answered => "Đã trả lời",
            Self::Closed => "Đã kết thúc",
            Self::Refused => "Không tiếp nhận",
            Self::Forwarded => "Đã chuyển cơ quan có thẩm quyền",
            Self::Redirected => "Đã hướng dẫn nơi giải quyết",
            Self::Withdrawn => "Đã rút",
        }
    }

    /// Whether somebody in the department still owes work; only open cases can be overdue.
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Submitted
                | Self::AwaitingInfo
                | Self::Received
                | Self::Classified
                | Self::Assigned
                | Self::Verifying
                | Self::Drafting
                | Self::AwaitingApproval
        )
    }

    /// Whether there is something to tell a submitter who asked for a call or a letter.
    const fn has_answer(self) -> bool {
        matches!(
            self,
            Self::Answered | Self::Closed | Self::Refused | Self::Forwarded | Self::Redirected
        )
    }

    /// The status after `action`; `None` if the state machine does not allow it.
    pub const fn after(self, action: Action) -> Option<Self> {
        use Action as A;
        use Status as S;
        Some(match (self, action) {
            (S::Submitted, A::Receive) => S::Received,
            // one form for the four steps of the office
            (S::Submitted | S::Received | S::Classified, A::Triage) => S::Assigned,
            // where to, the step says that is taken back
            (S::Answered, A::Undo) => self,
            (_, A::Undo) if self.is_open() => self,
            (S::Submitted | S::Received, A::RequestInfo) => S::AwaitingInfo,
            (S::AwaitingInfo, A::Supplement) => S::Received,
            // again, to correct it: nothing has left the office yet
            (S::Received | S::Classified, A::Classify) => S::Classified,
            (S::Received | S::Classified, A::WriteExtract) => self,
            // again, to another unit or person
            (S::Classified | S::Assigned | S::Verifying, A::Assign) => S::Assigned,
            (S::Assigned, A::SendBack) => S::Classified,
            (S::Assigned, A::StartVerifying) => S::Verifying,
            (S::Verifying, A::ProposeConclusion) => self,
            (S::Verifying | S::Drafting, A::Conclude) => S::Drafting,
            (S::Drafting, A::SubmitForApproval) => S::AwaitingApproval,
            (S::AwaitingApproval, A::ReturnDraft) => S::Drafting,
            (S::AwaitingApproval, A::Answer) => S::Answered,
            (S::Answered, A::Close) => S::Closed,
            (S::Answered, A::Reopen) => S::Drafting,
            (S::Submitted | S::Received | S::AwaitingInfo, A::ProposeRefusal) => self,
            (S::Submitted | S::Received | S::AwaitingInfo, A::ApproveRefusal) => S::Refused,
            // a crime, or the competence of another body, may come to light while verifying
            (S::Received | S::Classified | S::Assigned | S::Verifying, A::ProposeForward) => self,
            (S::Received | S::Classified | S::Assigned | S::Verifying, A::ApproveForward) => {
                S::Forwarded
            }
            (S::Received | S::Classified, A::Redirect) => S::Redirected,
            (S::Submitted, A::Withdraw) => S::Withdrawn,
            (
                S::Assigned | S::Verifying | S::Drafting | S::AwaitingApproval,
                A::ExtractReopening,
            ) => self,
            (_, A::RejectProposal) if self.is_open() => self,
            // somebody else than the office has it, and owes the next step
            (S::Assigned | S::Verifying | S::Drafting | S::AwaitingApproval, A::Remind) => self,
            (S::Answered, A::Recuse) => self,
            (_, A::Recuse) if self.is_open() => self,
            // also after the end: what another body answers is told, and whoever asks about their
            // data asks here
            (S::Withdrawn, A::Note | A::Message) => return None,
            (_, A::Note | A::Message) => self,
            _ if matches!(action, A::Call | A::SendLetter) && self.has_answer() => self,
            _ => return None,
        })
    }
}

codes! {
    /// What can be done to a case; the label is the button's. In the order of the case page: what
    /// decides somebody else's proposal, then what is likely next, then what is done along the way,
    /// then what only the submitter does.
    Action {
        ApproveRefusal = "duyet_tu_choi", "Duyệt không tiếp nhận";
        ApproveForward = "duyet_chuyen", "Duyệt chuyển cơ quan khác";
        RejectProposal = "khong_duyet", "Không duyệt đề xuất";
        Triage = "luu_va_giao", "Phân loại và giao";
        Receive = "tiep_nhan", "Tiếp nhận";
        Classify = "phan_loai", "Phân loại";
        WriteExtract = "viet_trich_yeu", "Viết bản trích cho đơn vị";
        ExtractReopening = "trich_mo_lai", "Báo đơn vị lý do mở lại";
        Assign = "giao_xu_ly", "Giao đơn vị xử lý";
        StartVerifying = "xac_minh", "Bắt đầu xác minh";
        ProposeConclusion = "trinh_ket_luan", "Trình kết luận";
        Conclude = "ket_luan", "Kết luận";
        SubmitForApproval = "trinh_phe_duyet", "Trình phê duyệt trả lời";
        Answer = "tra_loi", "Phê duyệt và trả lời";
        ReturnDraft = "tra_du_thao", "Trả lại dự thảo";
        Call = "da_goi", "Đã gọi điện trả lời";
        SendLetter = "da_gui_thu", "Đã gửi thư trả lời";
        Close = "ket_thuc", "Kết thúc, lưu hồ sơ";
        RequestInfo = "yeu_cau_bo_sung", "Yêu cầu bổ sung";
        SendBack = "tra_lai", "Trả lại, không đúng thẩm quyền";
        Message = "nhan_tin", "Nhắn người phản ánh";
        Note = "ghi_chu", "Ghi chú nội bộ";
        Remind = "nhac", "Nhắc xử lý";
        Recuse = "khong_tham_gia", "Ghi người không tham gia";
        ProposeForward = "de_xuat_chuyen", "Đề xuất chuyển cơ quan khác";
        Redirect = "huong_dan_kntc", "Hướng dẫn nơi giải quyết";
        ProposeRefusal = "de_xuat_tu_choi", "Đề xuất không tiếp nhận";
        Undo = "hoan_tac", "Hoàn tác";
        Supplement = "bo_sung", "Bổ sung thông tin";
        Reopen = "mo_lai", "Mở lại";
        Withdraw = "rut", "Rút phản ánh";
    }
}

impl Action {
    /// The right a member of staff needs for it; `None` for what only the submitter does.
    pub const fn permission(self) -> Option<Permission> {
        Some(match self {
            Self::Triage
            | Self::Undo
            | Self::Receive
            | Self::RequestInfo
            | Self::Classify
            | Self::WriteExtract
            | Self::ExtractReopening
            | Self::Recuse
            | Self::Redirect => Permission::Triage,
            // whoever hands cases out sees to it that they come back
            Self::Assign | Self::Remind => Permission::Assign,
            Self::SendBack => Permission::SendBack,
            Self::StartVerifying | Self::ProposeConclusion => Permission::Handle,
            Self::Note => Permission::WriteNote,
            Self::Conclude | Self::SubmitForApproval => Permission::Conclude,
            Self::ReturnDraft | Self::Answer => Permission::Approve,
            Self::Close => Permission::CloseCase,
            Self::ProposeRefusal | Self::ProposeForward => Permission::ProposeRefusal,
            // the right to approve a refusal is also the right to reject a proposal; leaders hold it,
            // so that a forwarding can be rejected too
            Self::ApproveRefusal | Self::RejectProposal => Permission::ApproveRefusal,
            Self::ApproveForward => Permission::ApproveForward,
            Self::Message | Self::Call | Self::SendLetter => Permission::WriteToSubmitter,
            Self::Supplement | Self::Reopen | Self::Withdraw => return None,
        })
    }

    /// The code of the event by which a second click on it is recognised.
    pub const fn leaves(self) -> &'static str {
        match self {
            Self::Triage => Self::Assign.code(),
            other => other.code(),
        }
    }

    /// Whether it may be taken back for a few minutes by whoever has done it.
    pub const fn is_undoable(self) -> bool {
        matches!(
            self,
            Self::Triage | Self::Receive | Self::Classify | Self::Assign | Self::Answer
        )
    }

    /// Whether it brings the case nearer to its answer, and so can be somebody's turn; all others
    /// are done along the way.
    pub const fn leads_on(self) -> bool {
        matches!(
            self,
            Self::ApproveRefusal
                | Self::ApproveForward
                | Self::RejectProposal
                | Self::Triage
                | Self::Receive
                | Self::Classify
                | Self::WriteExtract
                | Self::ExtractReopening
                | Self::Assign
                | Self::StartVerifying
                | Self::ProposeConclusion
                | Self::Conclude
                | Self::SubmitForApproval
                | Self::Answer
                | Self::ReturnDraft
                | Self::Call
                | Self::SendLetter
                | Self::Close
        )
    }

    /// Whether, beside the status and the rights, nothing about the proposal, the one supplement or
    /// the reopening forbids it. While a proposal waits, only its decision, notes and messages go
    /// on, and who takes no part can still be said.
    pub const fn is_allowed(self, waiting: Waiting) -> bool {
        match (waiting.proposal, self) {
            (Some(Proposal::Refuse), Self::ApproveRefusal)
            | (Some(Proposal::Forward), Self::ApproveForward) => !waiting.proposed_by_self,
            (Some(_), Self::RejectProposal | Self::Note | Self::Message | Self::Recuse) => true,
            (Some(_), _)
            | (None, Self::ApproveRefusal | Self::ApproveForward | Self::RejectProposal) => false,
            (None, Self::RequestInfo) => !waiting.supplement_asked,
            (None, Self::Remind) => !waiting.reminded,
            (None, Self::ExtractReopening) => waiting.reopening_kept,
            (None, Self::Undo) => waiting.undoable,
            (None, Self::Call) => matches!(waiting.reply_owed, Some(ReplyBy::Phone)),
            (None, Self::SendLetter) => matches!(waiting.reply_owed, Some(ReplyBy::Letter)),
            (None, _) => true,
        }
    }
}

/// What besides the status decides whether an action may be taken.
#[derive(Clone, Copy, Debug, Default)]
pub struct Waiting {
    /// The proposal that waits for a second person.
    pub proposal: Option<Proposal>,
    /// Whether the person who acts has made it.
    pub proposed_by_self: bool,
    /// Whether a supplement was asked for before: the law allows one request.
    pub supplement_asked: bool,
    /// Whether the submitter has reopened it with a reason that the unit does not read.
    pub reopening_kept: bool,
    /// The call or the letter that the submitter asked for and that is still owed.
    pub reply_owed: Option<ReplyBy>,
    /// Whether its holder was reminded today: once a day is enough.
    pub reminded: bool,
    /// Whether the newest step is the person's own and can still be taken back.
    pub undoable: bool,
}

/// Whether the action does again what has led to this status: a correction, and not what is likely
/// next.
pub const fn is_correction(status: Status, action: Action) -> bool {
    matches!(
        (status, action),
        (Status::Classified, Action::Classify)
            | (Status::Assigned | Status::Verifying, Action::Assign)
            | (Status::Drafting, Action::Conclude)
    )
}

/// The actions open to a person with the rights `may`, in the order of the page; corrections last.
pub fn allowed_actions(
    status: Status,
    waiting: Waiting,
    may: impl Fn(Permission) -> bool,
) -> Vec<Action> {
    let is_open = |action: &Action| {
        status.after(*action).is_some()
            && action.is_allowed(waiting)
            && action.permission().is_some_and(&may)
            // who concludes hands the conclusion to nobody
            && !(*action == Action::ProposeConclusion && may(Permission::Conclude))
    };
    let mut open: Vec<_> = Action::ALL.iter().copied().filter(is_open).collect();
    open.sort_by_key(|action| is_correction(status, *action));
    open
}

codes! {
    /// The conclusion on conduct (first five) or on a regulation (last four; Decree 20/2008 art.
    /// 14.2).
    Finding {
        True = "dung", "Phản ánh đúng";
        PartlyTrue = "dung_mot_phan", "Đúng một phần";
        Untrue = "khong_dung", "Không đúng";
        NoGround = "khong_du_co_so", "Không đủ cơ sở kết luận";
        Unverifiable = "khong_xac_minh_duoc", "Không xác minh được (thiếu thông tin)";
        Accepted = "co_co_so", "Có cơ sở, tiếp thu";
        AlreadyRegulated = "da_co_quy_dinh", "Đã có quy định, giải thích";
        NotAccepted = "khong_tiep_thu", "Không tiếp thu (nêu lý do)";
        NotYetGrounded = "chua_du_co_so", "Chưa đủ cơ sở, tiếp tục tập hợp";
    }
}
