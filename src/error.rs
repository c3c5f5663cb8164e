//! What may cross the wire when something goes wrong: codes, never free text, never a cause.
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
            Self::TooManyRequests => "Có quá nhiều lần thử. Vui lòng chờ một phút rồi thử lại.",
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
            Self::TooManyRequests => 429,
            Self::Unavailable => 503,
            Self::Transport | Self::Internal => 500,
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
            // a form that no page of ours writes
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Self::Conflict,
            _ => Self::Internal,
        }
    }
}
