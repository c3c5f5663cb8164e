//! What the department writes to the submitter, other than the answer (docs/law.md).

use crate::case::{OtherProcedure, RefusalReason};

/// The guidance the submitter reads when their feedback belongs to another procedure.
pub const fn guidance(procedure: OtherProcedure) -> &'static str {
    match procedure {
        OtherProcedure::Complaint => {
            "Nội dung Ông/Bà nêu là khiếu nại. Sở kính hướng dẫn Ông/Bà gửi đơn khiếu nại (có \
             chữ ký) đến người đã ra quyết định hoặc có hành vi hành chính, hoặc trình bày trực \
             tiếp, trong thời hiệu 90 ngày kể từ ngày nhận được hoặc biết được quyết định, hành \
             vi hành chính. Ông/Bà cũng có quyền khởi kiện tại Tòa án. Việc gửi phản ánh không \
             làm dừng thời hiệu nói trên."
        }
        OtherProcedure::Denunciation => {
            "Nội dung Ông/Bà nêu có dấu hiệu tố cáo. Theo Luật Tố cáo, tố cáo được thực hiện \
             bằng đơn có chữ ký hoặc trình bày trực tiếp tại cơ quan có thẩm quyền. Danh tính \
             của Ông/Bà được giữ bí mật."
        }
        OtherProcedure::LandDispute => {
            "Nội dung Ông/Bà nêu là tranh chấp đất đai giữa các bên. Sở kính hướng dẫn Ông/Bà \
             gửi yêu cầu hòa giải đến Ủy ban nhân dân cấp xã nơi có đất; nếu hòa giải không \
             thành, Ông/Bà có quyền yêu cầu cơ quan hành chính hoặc Tòa án có thẩm quyền giải \
             quyết."
        }
        OtherProcedure::Pollution => {
            "Nội dung Ông/Bà nêu là tin báo ô nhiễm môi trường. Sở kính hướng dẫn Ông/Bà báo \
             ngay đường dây nóng môi trường để có người đến kiểm tra."
        }
    }
}

/// Guidance, with what the officer adds.
pub fn redirected(procedure: OtherProcedure, added: &str) -> String {
    joined(guidance(procedure).to_owned(), added)
}

/// The one request for what is missing.
pub fn supplement(list: &str, until: &str) -> String {
    format!("Để có cơ sở xem xét, kính đề nghị Ông/Bà bổ sung, chậm nhất {until}:\n{list}")
}

/// Why feedback is not accepted.
pub fn refused(reason: RefusalReason, added: &str) -> String {
    let why = reason.explanation();
    joined(format!("Sở không tiếp nhận phản ánh này. {why}"), added)
}

/// Whom the feedback was passed to.
pub fn forwarded(body: &str, document: &str, added: &str) -> String {
    joined(
        format!(
            "Nội dung Ông/Bà phản ánh thuộc thẩm quyền của {body}. Sở đã chuyển phản ánh đến cơ \
             quan này để xem xét, trả lời. {document}"
        ),
        added,
    )
}

fn joined(text: String, added: &str) -> String {
    if added.is_empty() {
        text
    } else {
        format!("{text}\n{added}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_worded_in_the_letter_as_on_the_page_of_the_case() {
        for reason in RefusalReason::ALL {
            let letter = refused(*reason, "Ông/Bà có thể gửi lại.");
            assert!(letter.contains(reason.explanation()), "{letter}");
            assert!(letter.ends_with("\nÔng/Bà có thể gửi lại."));
        }
    }

    #[test]
    fn a_complaint_is_told_its_time_limit() {
        assert!(redirected(OtherProcedure::Complaint, "").contains("90 ngày"));
    }
}
