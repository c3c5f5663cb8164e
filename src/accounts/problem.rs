//! Why a staff page or action did not come about, with the door that leads on.

use super::form::{reauthentication_path, sign_in_path};
use crate::{
    error::AppError,
    ui::{Notice, Tone},
};
use leptos::prelude::*;

/// Tells a failure; where signing in or giving the password again helps, links there and back to `here`.
#[component]
pub fn Problem(error: AppError, here: &'static str) -> impl IntoView {
    let door = match error {
        AppError::SignInRequired => Some((sign_in_path(here), "Đăng nhập")),
        AppError::ReauthenticationRequired => {
            Some((reauthentication_path(here), "Xác nhận mật khẩu"))
        }
        _ => None,
    };
    let door = door.map(|(href, text)| {
        view! {
            <p>
                <a class="button button-secondary" href=href rel="external">
                    {text}
                </a>
            </p>
        }
    });
    view! {
        <Notice tone=Tone::Danger>
            <p>{error.message()}</p>
            {door}
        </Notice>
    }
}
