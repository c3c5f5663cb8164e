//! A case in its reporter's words. Nobody of the staff is named; stages inside the department stay inside.

use crate::{
    calendar::{Calendar, Deadline, day_month_year, weekday_date},
    case::{Action, Status},
    platform::clock::VIETNAM,
    rights::Role,
    track::form::rating_label,
};
use time::{Date, OffsetDateTime};

/// What the first sentence is made of.
pub struct Standing {
    /// Where the case stands.
    pub status: Status,
    /// The last day for the answer.
    pub due_on: Option<Date>,
    /// The last day for the supplement that was asked for.
    pub supplement_by: Option<Date>,
    /// When it was answered.
    pub answered_on: Option<Date>,
    /// Kept as an information lead.
    pub is_lead: bool,
    /// Today in Viet Nam.
    pub today: Date,
}

/// Where the case stands and by when the department answers.
pub fn sentence(standing: &Standing) -> String {
    let label = standing.status.public_label();
    let rest = match standing.status {
        Status::AwaitingInfo => awaited(standing),
        Status::Answered => {
            return standing.answered_on.map_or(format!("{label}."), |day| {
                format!("{label} vào {}.", weekday_date(day))
            });
        }
        Status::Closed => "Ông/Bà vẫn xem lại được câu trả lời ở đây.".to_owned(),
        Status::Refused => "Lý do và nơi Ông/Bà có thể liên hệ ở ngay bên dưới.".to_owned(),
        Status::Forwarded => "Cơ quan đó sẽ trả lời Ông/Bà.".to_owned(),
        Status::Redirected => "Cách gửi khiếu nại, tố cáo ở ngay bên dưới.".to_owned(),
        Status::Collected => {
            "Sở tiếp tục nghiên cứu kiến nghị này và thông báo khi có kết quả.".to_owned()
        }
        Status::Withdrawn => "Sở không tiếp tục xử lý phản ánh này.".to_owned(),
        Status::Merged => "Sở vẫn trả lời Ông/Bà tại đây.".to_owned(),
        _ => promise(standing),
    };
    format!("{label}. {rest}").trim_end().to_owned()
}

fn promise(standing: &Standing) -> String {
    match standing.due_on {
        None if standing.is_lead => {
            "Phản ánh được ghi nhận làm thông tin để xem xét, không tính thời hạn trả lời."
                .to_owned()
        }
        None => String::new(),
        Some(due) if due < standing.today => {
            format!(
                "Hạn trả lời là {}. Sở chân thành xin lỗi Ông/Bà vì chưa trả lời đúng hạn.",
                weekday_date(due)
            )
        }
        Some(due) => format!("Sở trả lời chậm nhất {}.", weekday_date(due)),
    }
}

fn awaited(standing: &Standing) -> String {
    let by = standing
        .supplement_by
        .map(|day| format!("Vui lòng gửi chậm nhất {}. ", weekday_date(day)))
        .unwrap_or_default();
    let clock = if standing.due_on.is_some() {
        "Thời hạn trả lời tạm dừng trong lúc chờ."
    } else {
        ""
    };
    format!("{by}{clock}")
}

/// What is known of how a deadline was counted.
pub struct Count<'a> {
    /// The working calendar.
    pub calendar: &'a Calendar,
    /// When the feedback arrived.
    pub received_on: Date,
    /// The last day.
    pub due_on: Date,
    /// Working days of the service level.
    pub days: u16,
    /// When the reporter had it opened again.
    pub reopened_on: Option<Date>,
    /// The clock stood still while a supplement was awaited.
    pub supplemented: bool,
}

/// Why the deadline is that day, in sentences one can check on a wall calendar.
pub fn why(count: &Count<'_>) -> String {
    let start = count.reopened_on.unwrap_or(count.received_on);
    let deadline = Deadline::count(count.calendar, start, count.days);
    let from = if count.reopened_on.is_some() {
        format!("Ông/Bà đề nghị xem xét lại ngày {}.", day_month_year(start))
    } else {
        format!("Sở nhận phản ánh ngày {}.", day_month_year(start))
    };
    let moved = match deadline.due_on == count.due_on {
        true => "",
        false if count.supplemented => {
            " Những ngày chờ Ông/Bà bổ sung thông tin không tính, nên hạn lùi lại bằng số ngày làm việc đó."
        }
        false => " Hạn đã được điều chỉnh trong quá trình xử lý.",
    };
    format!(
        "{from} Thời hạn là {}{moved} Hạn kết thúc lúc 24 giờ {}.",
        deadline.explanation,
        weekday_date(count.due_on)
    )
}

/// What an event is called on the timeline; `None` for what stays inside the department (notes, extract, drafts, proposals, who holds it).
pub fn event(kind: &str, by_staff: bool, rating: Option<i16>) -> Option<String> {
    let fixed = match kind {
        "gui" => "Ông/Bà gửi phản ánh",
        "nhap" => "Sở ghi nhận phản ánh của Ông/Bà",
        "mo_danh_tinh" => "Danh tính của Ông/Bà được một lãnh đạo mở",
        "danh_gia" => {
            return Some(
                rating
                    .and_then(rating_label)
                    .map_or("Ông/Bà đánh giá".to_owned(), |label| {
                        format!("Ông/Bà đánh giá: {label}")
                    }),
            );
        }
        _ => action(Action::from_code(kind)?, by_staff)?,
    };
    Some(fixed.to_owned())
}

fn action(action: Action, by_staff: bool) -> Option<&'static str> {
    Some(match action {
        Action::Receive => "Sở tiếp nhận phản ánh",
        Action::RequestInfo => "Sở đề nghị Ông/Bà bổ sung thông tin",
        Action::Supplement => "Ông/Bà bổ sung thông tin",
        Action::Classify => "Sở phân loại phản ánh",
        Action::Assign => "Sở giao đơn vị xử lý",
        Action::SendBack => "Sở phân công lại đơn vị xử lý",
        Action::StartVerifying => "Bắt đầu xác minh",
        Action::Conclude => "Xác minh xong, Sở soạn câu trả lời",
        Action::Answer => "Sở trả lời",
        Action::Close => "Hồ sơ kết thúc",
        Action::Reopen => "Ông/Bà cho biết câu trả lời chưa thỏa đáng; hồ sơ được xem xét lại",
        Action::ApproveRefusal => "Sở không tiếp nhận phản ánh",
        Action::ApproveForward => "Sở chuyển phản ánh đến cơ quan có thẩm quyền",
        Action::Redirect => "Sở hướng dẫn Ông/Bà khiếu nại, tố cáo",
        Action::Withdraw => "Ông/Bà rút phản ánh",
        Action::Message if by_staff => "Sở nhắn Ông/Bà",
        Action::Message => "Ông/Bà nhắn Sở",
        Action::WriteExtract
        | Action::SubmitForApproval
        | Action::ReturnDraft
        | Action::ProposeRefusal
        | Action::ProposeForward
        | Action::RejectProposal
        | Action::Note => return None,
    })
}

/// Who did it, by role; never a name.
pub fn actor(by_staff: bool, role: Option<&str>) -> String {
    match (by_staff, role.and_then(Role::from_code)) {
        (false, _) => String::new(),
        (true, Some(role)) => role.label().to_owned(),
        (true, None) => "Sở".to_owned(),
    }
}

/// Why a case was refused, and the next door, by the code of the reason (Decree 20/2008 art. 7 and 9).
pub fn refusal(code: &str) -> (&'static str, &'static str) {
    const AGAIN: &str = "Ông/Bà có thể gửi phản ánh mới với đầy đủ thông tin, hoặc gọi đường dây nóng để được hướng dẫn.";
    const ELSEWHERE: &str =
        "Vui lòng xem trang Hướng dẫn để biết cơ quan giải quyết và thời hạn gửi.";
    match code {
        "KHONG_DU_THONG_TIN" => ("Phản ánh chưa có đủ tên, địa chỉ hoặc cách liên hệ.", AGAIN),
        "KHONG_RO_NOI_DUNG" => (
            "Nội dung chưa rõ nên Sở không xác định được vụ việc.",
            AGAIN,
        ),
        "KHONG_TIENG_VIET" => ("Phản ánh không được viết bằng tiếng Việt.", AGAIN),
        "SAI_KENH_DIEN_THOAI" => (
            "Cuộc gọi không đến số điện thoại chuyên dùng đã công bố.",
            AGAIN,
        ),
        "LA_KHIEU_NAI" => (
            "Nội dung là khiếu nại, được giải quyết theo Luật Khiếu nại.",
            ELSEWHERE,
        ),
        "LA_TO_CAO" => (
            "Nội dung là tố cáo, được giải quyết theo Luật Tố cáo.",
            ELSEWHERE,
        ),
        "TRANH_CHAP_DAT_DAI" => (
            "Nội dung là tranh chấp đất đai giữa các bên.",
            "Ông/Bà có thể đề nghị Ủy ban nhân dân cấp xã nơi có đất hòa giải.",
        ),
        "NGOAI_PHAM_VI" => (
            "Nội dung không thuộc quy định hành chính, thủ tục hành chính của Sở.",
            ELSEWHERE,
        ),
        "DA_CO_BAN_AN" => (
            "Vụ việc đã có bản án, quyết định có hiệu lực của Tòa án.",
            "Ông/Bà có thể liên hệ Tòa án đã giải quyết vụ việc.",
        ),
        "DA_TRA_LOI_KHONG_TINH_TIET_MOI" => (
            "Sở đã trả lời bằng văn bản và phản ánh không nêu tình tiết mới.",
            "Khi có tình tiết mới, Ông/Bà có thể gửi phản ánh mới và nêu rõ tình tiết đó.",
        ),
        "CO_QUAN_KHAC_DANG_THU_LY" => (
            "Cơ quan khác có thẩm quyền đang thụ lý vụ việc.",
            "Ông/Bà có thể hỏi kết quả tại cơ quan đang thụ lý.",
        ),
        "TRUNG_LAP" => (
            "Phản ánh trùng với một phản ánh đã tiếp nhận.",
            "Ông/Bà có thể theo dõi phản ánh đã gửi trước bằng mã tra cứu của phản ánh đó.",
        ),
        "NOI_DUNG_VI_PHAM" => (
            "Nội dung có lời xúc phạm, đe dọa, vu khống hoặc quảng cáo.",
            AGAIN,
        ),
        "BI_MAT_NHA_NUOC" => (
            "Nội dung có thể chứa bí mật nhà nước nên không được xử lý qua kênh này.",
            "Ông/Bà có thể đến trình bày trực tiếp tại Sở.",
        ),
        _ => ("", AGAIN),
    }
}

/// `14:30, thứ Hai 23/11/2026`, in Viet Nam.
pub fn moment(at: OffsetDateTime) -> String {
    let at = at.to_offset(VIETNAM);
    format!(
        "{:02}:{:02}, {}",
        at.hour(),
        at.minute(),
        weekday_date(at.date())
    )
}
