//! The kinds of rows that belong to a case.

use super::codes::codes;
use serde::{Deserialize, Serialize};

codes! {
    /// One sealed text of a case; there is at most one of each.
    BodyField {
        Original = "original", "Nội dung phản ánh";
        Extract = "extract", "Bản trích cho đơn vị";
        Finding = "finding", "Kết luận";
        Reply = "reply", "Trả lời";
        FirstReply = "reply_first", "Trả lời lần đầu";
    }
}

codes! {
    /// Which way a message goes.
    Direction {
        In = "in", "Người phản ánh gửi";
        Out = "out", "Sở gửi";
        Note = "note", "Ghi chú nội bộ";
        OfficeNote = "note_office", "Ghi chú của người đọc bản gốc";
    }
}

codes! {
    /// How a submitter wishes to be answered. The tracking page shows every answer; the others come
    /// on top of it.
    ReplyBy {
        Page = "trang", "Xem trên trang tra cứu";
        Email = "email", "Email (thư điện tử)";
        Phone = "dien_thoai", "Điện thoại";
        Letter = "thu", "Thư gửi đến địa chỉ";
    }
}

codes! {
    /// A decision that waits for a second person.
    Proposal {
        Refuse = "tu_choi", "Có đề xuất không tiếp nhận, chờ người thứ hai duyệt.";
        Forward = "chuyen_co_quan", "Có đề xuất chuyển cơ quan khác, chờ lãnh đạo duyệt.";
    }
}
