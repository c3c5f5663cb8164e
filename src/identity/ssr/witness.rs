//! What the unsealer is asked, and how its refusals read on the page.

use crate::{
    accounts::form::wrong_password,
    error::{AppError, FieldErrors},
    identity::{
        form::{FORMER, PASSWORD},
        rule::Standing,
    },
    platform::{
        password::Password,
        vault::unsealer::{Proof, Refusal},
    },
};

/// The password somebody typed for one opening.
///
/// # Errors
/// A message at the field if nothing was typed.
pub fn proof(password: &str, former: &str) -> Result<Proof, AppError> {
    crate::identity::form::demand_password(password)?;
    Ok(Proof {
        password: Password::new(password),
        former: Password::new(former),
    })
}

/// A refusal of the unsealer as an error of the form.
pub fn told(refusal: Refusal) -> AppError {
    let at = |field, message| AppError::Invalid(FieldErrors::at(field, message));
    match refusal {
        Refusal::WrongPassword => wrong_password().into(),
        Refusal::PasswordChanged => at(
            FORMER,
            "Ông/Bà đã đổi mật khẩu từ lần xác nhận trước. Vui lòng nhập cả mật khẩu cũ; nếu không \
             nhớ, vui lòng liên hệ người quản trị máy chủ.",
        ),
        Refusal::NotAdmitted => at(
            PASSWORD,
            "Máy chủ chưa ghi nhận Ông/Bà là người được mở danh tính. Vui lòng đề nghị người quản \
             trị máy chủ ghi nhận.",
        ),
        Refusal::NotFound | Refusal::NoIdentity => AppError::NotFound,
        Refusal::Decided | Refusal::NotApproved | Refusal::TurnedDown | Refusal::Expired => {
            AppError::Conflict
        }
        Refusal::Involved => at(PASSWORD, Standing::Involved.barred()),
        Refusal::SamePerson | Refusal::NotEntitled | Refusal::NotTheirs | Refusal::NoReason => {
            AppError::Forbidden
        }
        Refusal::NoSession => AppError::SignInRequired,
        Refusal::TooMany | Refusal::Guessing => AppError::TooManyRequests,
        Refusal::Unavailable => AppError::Unavailable,
        Refusal::CannotOpen | Refusal::Malformed => AppError::Internal,
    }
}
