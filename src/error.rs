//! What may cross the wire when something goes wrong: codes, never free text, never a cause.
//!
//! On the wire a failure is one JSON object, a problem of RFC 9457 (`docs/api.md`).
#![warn(unreachable_pub)]

use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Messages by field name, as shown on the page and in its order: that in which they were added.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldErrors(Vec<(String, String)>);

impl FieldErrors {
    /// One message at one field.
    pub fn at(field: &str, message: &str) -> Self {
        Self(vec![(field.to_owned(), message.to_owned())])
    }

    /// Adds a message at a field, unless it has one already.
    pub fn add(&mut self, field: &str, message: &str) {
        if self.get(field).is_none() {
            self.0.push((field.to_owned(), message.to_owned()));
        }
    }

    /// Sets the message at a field, replacing an earlier one.
    pub fn set(&mut self, field: &str, message: &str) {
        match self.0.iter_mut().find(|(name, _)| name == field) {
            Some((_, noted)) => message.clone_into(noted),
            None => self.add(field, message),
        }
    }

    /// Removes the message at a field.
    pub fn remove(&mut self, field: &str) {
        self.0.retain(|(name, _)| name != field);
    }

    /// Field and message, in the order of the page.
    pub fn all(&self) -> &[(String, String)] {
        &self.0
    }

    /// The message at a field.
    pub fn get(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(name, _)| name == field)
            .map(|(_, message)| message.as_str())
    }

    /// Whether there is no message.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `Ok(value)` if there is no message.
    pub fn or<T>(self, value: impl FnOnce() -> T) -> Result<T, Self> {
        if self.is_empty() {
            Ok(value())
        } else {
            Err(self)
        }
    }
}

/// Every way a request may fail, as far as the other side may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Problem", from = "Problem")]
pub enum AppError {
    /// Input was refused, with a message at each field.
    Invalid(FieldErrors),
    /// It does not exist, or this person may not see it: one answer, so that nothing can be probed.
    NotFound,
    /// The session ended or never was.
    SignInRequired,
    /// Signed in, but without the right.
    Forbidden,
    /// The password must be given again before this (five minutes).
    ReauthenticationRequired,
    /// The case changed meanwhile; reload and look again.
    Conflict,
    /// Too many tries; later.
    TooManyRequests,
    /// From one network more was sent today than is taken; nothing was written.
    DailyLimit,
    /// A request that no page of ours makes: malformed, or its arguments are.
    BadRequest,
    /// This address does not take this method.
    MethodNotAllowed,
    /// The rest of the request did not arrive in time.
    TooSlow,
    /// More was sent than is taken here.
    TooLarge,
    /// More is being received than there is room for; soon again.
    Busy,
    /// No more files can be kept; what was typed can still be sent without them.
    StorageFull,
    /// The database or another part is unreachable; nothing was changed.
    Unavailable,
    /// The connection broke on the way.
    Transport,
    /// Our fault; logged.
    Internal,
}

impl AppError {
    /// What happened and what to do, as read on the page.
    pub const fn message(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "Có chỗ cần xem lại trước khi gửi.",
            Self::NotFound => {
                "Không tìm thấy nội dung này, hoặc tài khoản của Ông/Bà không có quyền xem."
            }
            Self::SignInRequired => {
                "Phiên làm việc đã hết. Vui lòng đăng nhập lại ở cửa sổ khác rồi bấm gửi lần nữa; nội dung đang soạn vẫn còn ở đây."
            }
            Self::Forbidden => "Tài khoản của Ông/Bà không có quyền làm việc này.",
            Self::ReauthenticationRequired => "Vui lòng nhập lại mật khẩu trước khi làm việc này.",
            Self::Conflict => {
                "Hồ sơ đã thay đổi sau khi Ông/Bà mở trang, hoặc việc này đã được ghi rồi. Vui \
                 lòng xem tình trạng mới nhất trước khi gửi lại."
            }
            Self::TooManyRequests => "Có quá nhiều lần thử. Vui lòng chờ ít phút rồi thử lại.",
            Self::DailyLimit => {
                "Hôm nay mạng Ông/Bà đang dùng đã gửi quá nhiều phản ánh; lần này chưa có gì được \
                 ghi, nội dung vẫn còn ở đây. Vui lòng gửi lại từ mạng khác hoặc vào ngày mai; cần \
                 ngay thì gọi đường dây nóng hoặc đến bộ phận một cửa."
            }
            Self::BadRequest => {
                "Yêu cầu gửi lên không đúng dạng. Vui lòng tải lại trang rồi làm lại."
            }
            Self::MethodNotAllowed => {
                "Địa chỉ này không nhận cách gửi vừa rồi. Vui lòng mở lại trang rồi làm lại."
            }
            Self::TooSlow => {
                "Dữ liệu đến quá chậm nên chưa nhận được hết; chưa có gì được ghi. Vui lòng kiểm tra \
                 mạng, bớt tệp hoặc chọn tệp nhỏ hơn rồi gửi lại."
            }
            Self::TooLarge => {
                "Dữ liệu gửi lên lớn hơn mức nhận được; chưa có gì được ghi. Vui lòng bớt tệp hoặc \
                 rút gọn nội dung rồi gửi lại."
            }
            Self::Busy => {
                "Đang có nhiều người cùng gửi tệp nên chưa nhận thêm được; chưa có gì được ghi. Vui \
                 lòng gửi lại sau vài phút, hoặc gửi không kèm tệp rồi gửi tệp sau ở trang Theo dõi."
            }
            Self::StorageFull => {
                "Hệ thống tạm thời không nhận thêm tệp; chưa có gì được ghi. Vui lòng gửi lại không \
                 kèm tệp, hoặc gửi lại sau."
            }
            Self::Unavailable => {
                "Hệ thống tạm thời gián đoạn, chưa có thay đổi nào được ghi. Vui lòng thử lại sau ít phút."
            }
            Self::Transport => {
                "Không kết nối được với máy chủ. Vui lòng kiểm tra mạng rồi thử lại; nội dung vẫn còn ở đây."
            }
            Self::Internal => {
                "Có lỗi từ phía hệ thống. Sự việc đã được ghi lại; vui lòng thử lại sau."
            }
        }
    }

    /// The HTTP status of this failure (RFC 9110).
    pub const fn status(&self) -> u16 {
        match self {
            Self::Invalid(_) => 422,
            Self::NotFound => 404,
            Self::SignInRequired | Self::ReauthenticationRequired => 401,
            Self::Forbidden => 403,
            Self::Conflict => 409,
            Self::TooManyRequests | Self::DailyLimit => 429,
            Self::BadRequest => 400,
            Self::MethodNotAllowed => 405,
            Self::TooSlow => 408,
            Self::TooLarge => 413,
            Self::Busy | Self::StorageFull | Self::Unavailable => 503,
            Self::Transport | Self::Internal => 500,
        }
    }

    /// What its name is on the wire.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "Invalid",
            Self::NotFound => "NotFound",
            Self::SignInRequired => "SignInRequired",
            Self::Forbidden => "Forbidden",
            Self::ReauthenticationRequired => "ReauthenticationRequired",
            Self::Conflict => "Conflict",
            Self::TooManyRequests => "TooManyRequests",
            Self::DailyLimit => "DailyLimit",
            Self::BadRequest => "BadRequest",
            Self::MethodNotAllowed => "MethodNotAllowed",
            Self::TooSlow => "TooSlow",
            Self::TooLarge => "TooLarge",
            Self::Busy => "Busy",
            Self::StorageFull => "StorageFull",
            Self::Unavailable => "Unavailable",
            Self::Transport => "Transport",
            Self::Internal => "Internal",
        }
    }

    /// The failure named `code`; [`AppError::Internal`] for a name that is none. The messages of an
    /// invalid form are `errors`.
    pub fn named(code: &str, errors: FieldErrors) -> Self {
        let plain = [
            Self::NotFound,
            Self::SignInRequired,
            Self::Forbidden,
            Self::ReauthenticationRequired,
            Self::Conflict,
            Self::TooManyRequests,
            Self::DailyLimit,
            Self::BadRequest,
            Self::MethodNotAllowed,
            Self::TooSlow,
            Self::TooLarge,
            Self::Busy,
            Self::StorageFull,
            Self::Unavailable,
            Self::Transport,
        ];
        match plain.into_iter().find(|error| error.code() == code) {
            Some(error) => error,
            None if code == "Invalid" => Self::Invalid(errors),
            None => Self::Internal,
        }
    }

    /// The messages by field; none unless the failure is about input.
    pub fn fields(&self) -> FieldErrors {
        match self {
            Self::Invalid(fields) => fields.clone(),
            _ => FieldErrors::default(),
        }
    }
}

/// A failure as it is written (RFC 9457 §3): `type` is left out, which means `about:blank`. A page
/// holds one too, so it is no longer than it must be: [`AppError::message`] is added where a program
/// of somebody else may read it.
#[derive(Serialize, Deserialize)]
struct Problem {
    code: String,
    #[serde(default, skip_serializing_if = "FieldErrors::is_empty")]
    errors: FieldErrors,
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        Self {
            code: error.code().to_owned(),
            errors: error.fields(),
        }
    }
}

impl From<Problem> for AppError {
    fn from(problem: Problem) -> Self {
        Self::named(&problem.code, problem.errors)
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for AppError {}

impl From<FieldErrors> for AppError {
    fn from(fields: FieldErrors) -> Self {
        Self::Invalid(fields)
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_)
            | ServerFnErrorErr::Response(_)
            | ServerFnErrorErr::Deserialization(_) => Self::Transport,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Self::BadRequest,
            _ => Self::Internal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_comes_through_the_wire_as_it_was() {
        let invalid = FieldErrors::at("ma", "Mã chưa đúng.");
        for code in [
            "Invalid",
            "NotFound",
            "SignInRequired",
            "Forbidden",
            "ReauthenticationRequired",
            "Conflict",
            "TooManyRequests",
            "DailyLimit",
            "BadRequest",
            "MethodNotAllowed",
            "TooSlow",
            "TooLarge",
            "Busy",
            "StorageFull",
            "Unavailable",
            "Transport",
            "Internal",
        ] {
            let error = AppError::named(code, invalid.clone());
            assert_eq!(error.code(), code);
            let problem = AppError::from(Problem::from(error.clone()));
            assert_eq!(problem, error, "{code}");
            assert!(error.status() >= 400 && !error.message().is_empty());
        }
    }
}
