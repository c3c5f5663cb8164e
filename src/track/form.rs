//! What a submitter may enter while following a case. Pure: the browser and the server read it with
//! the same rules.

use crate::{
    case::{Rating, ReceiptCode, ReceiptCodeError},
    error::FieldErrors,
};

/// The hidden field that says which case a form of the following page was drawn for.
pub const MARK: &str = "trang";
/// The most characters of a message or a reason.
pub const MAX_TEXT: usize = 5000;
/// The fewest characters that explain why an answer does not satisfy.
pub const MIN_REASON: usize = 10;

/// Reads a typed receipt code.
///
/// # Errors
/// At the field `ma`, in the words of [`fault_message`].
pub fn read_code(typed: &str) -> Result<ReceiptCode, FieldErrors> {
    ReceiptCode::parse(typed).map_err(|fault| FieldErrors::at("ma", &fault_message(fault)))
}

/// What is wrong with a typed code, and what to do.
pub fn fault_message(fault: ReceiptCodeError) -> String {
    match fault {
        ReceiptCodeError::Length(0) => "Vui lòng nhập mã tra cứu gồm 20 chữ số ghi trên phiếu \
            tiếp nhận."
            .to_owned(),
        ReceiptCodeError::NotDigits => {
            "Mã tra cứu chỉ gồm chữ số. Vui lòng xem lại; số hồ sơ bắt đầu bằng PA không phải là \
             mã tra cứu."
                .to_owned()
        }
        ReceiptCodeError::Length(digits) => format!(
            "Mã tra cứu gồm 20 chữ số; Ông/Bà đã nhập \
            {digits} chữ số."
        ),
        ReceiptCodeError::CheckDigit => {
            "Mã chưa đúng: một chữ số bị sai hoặc hai chữ số cạnh nhau bị đổi chỗ. Vui lòng so \
             lại từng nhóm bốn chữ số."
                .to_owned()
        }
    }
}

/// What to say while a code is still being typed: nothing until it is long enough to judge.
pub fn typing_fault(typed: &str) -> Option<String> {
    match ReceiptCode::parse(typed) {
        Ok(_) | Err(ReceiptCodeError::Length(0..20)) => None,
        Err(fault) => Some(fault_message(fault)),
    }
}

/// Reads a message that comes with this many files.
///
/// # Errors
/// At the field `tin_nhan` if there is nothing to send or too much.
pub fn read_message(text: &str, files: usize) -> Result<String, FieldErrors> {
    if text.is_empty() && files == 0 {
        return Err(FieldErrors::at(
            "tin_nhan",
            "Vui lòng viết nội dung hoặc chọn ít nhất một tệp.",
        ));
    }
    within_limit("tin_nhan", text)
}

/// Reads why the submitter is not satisfied with an answer.
///
/// # Errors
/// At the field `ly_do` if it says too little or too much.
pub fn read_reason(text: &str) -> Result<String, FieldErrors> {
    if text.chars().count() < MIN_REASON {
        return Err(FieldErrors::at(
            "ly_do",
            "Vui lòng cho biết điều chưa thỏa đáng, ít nhất 10 ký tự, để Sở biết cần xem lại \
             điều gì.",
        ));
    }
    within_limit("ly_do", text)
}

/// Reads a rating: 1 (best) to 4.
///
/// # Errors
/// At the field `muc` if none was chosen.
pub fn read_rating(value: &str) -> Result<Rating, FieldErrors> {
    let rating = value.parse().ok().and_then(Rating::from_mark);
    rating.ok_or_else(|| FieldErrors::at("muc", "Vui lòng chọn một mức đánh giá."))
}

/// Reads the box that confirms a withdrawal.
///
/// # Errors
/// At the field `xac_nhan` if it was not ticked.
pub fn read_confirmation(value: &str) -> Result<(), FieldErrors> {
    match value {
        "1" => Ok(()),
        _ => Err(FieldErrors::at(
            "xac_nhan",
            "Vui lòng đánh dấu xác nhận trước khi rút phản ánh.",
        )),
    }
}

/// The message after `?xong=<action>`; `None` for an unknown one.
pub fn done_message(word: &str) -> Option<&'static str> {
    Some(match word {
        "nhan" => "Sở đã nhận được tin nhắn của Ông/Bà.",
        "bo-sung" => "Sở đã nhận được thông tin bổ sung và tiếp tục xem xét.",
        "rut" => {
            "Phản ánh đã được rút. Nếu có dấu hiệu vi phạm pháp luật, cơ quan có thẩm quyền vẫn xem \
             xét."
        }
        "danh-gia" => "Cảm ơn Ông/Bà đã đánh giá.",
        "mo-lai" => "Sở đã ghi nhận ý kiến và xem xét lại phản ánh của Ông/Bà.",
        "dong-y" => "Sở đã ghi lựa chọn của Ông/Bà.",
        "da-co" => "Việc này đã được ghi nhận trước đó; không có gì bị gửi hai lần.",
        "khong-con" => {
            "Tình trạng hồ sơ đã thay đổi nên việc này không còn thực hiện được. Vui lòng xem \
             tình trạng mới nhất dưới đây."
        }
        _ => return None,
    })
}

fn within_limit(field: &'static str, text: &str) -> Result<String, FieldErrors> {
    match text.chars().count() {
        0..=MAX_TEXT => Ok(text.to_owned()),
        length => Err(FieldErrors::at(
            field,
            &format!(
                "Nội dung dài {length} ký tự; tối đa 5.000 ký tự. Vui lòng rút gọn hoặc gửi làm \
                 nhiều lần."
            ),
        )),
    }
}
