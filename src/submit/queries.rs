//! The wire of the form's pages.

use super::{FormChoices, receipt_page::ShownReceipt};
use crate::error::AppError;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// What the form offers to choose from; `entry` for the officer's form, which needs a session.
#[server(endpoint = "form-choices", input = GetUrl)]
pub async fn read_form_choices(entry: bool) -> Result<FormChoices, AppError> {
    use crate::{
        accounts::ssr::{
            authority::{require, state},
            session,
        },
        platform::http::error_response::report,
    };
    let now = if entry {
        crate::submit::ssr::call_time::as_field(state().clock.now())
    } else {
        String::new()
    };
    let mut channel = String::new();
    let viewer = if entry {
        // an expired session must not take the form away from somebody in the middle of a call
        let keeps_work = crate::ui::FormState::returned().is_some();
        match report(require(crate::rights::Permission::EnterFeedback).await) {
            Ok(authority) => {
                let usual = crate::submit::ssr::call_time::usual_channel(authority.staff());
                usual.code().clone_into(&mut channel);
                Some(session::viewer(authority.staff()))
            }
            Err(_) if keeps_work => None,
            Err(error) => return Err(error),
        }
    } else {
        None
    };
    let choices = report(crate::submit::ssr::store::choices(&state()).await)?;
    Ok(FormChoices {
        viewer,
        now,
        channel,
        ..(*choices).clone()
    })
}

/// The receipt of the submission this browser has just made; `entry` for what the officer of the
/// session entered for a caller or visitor.
#[server(endpoint = "receipt", input = GetUrl)]
pub async fn read_receipt(entry: bool) -> Result<ShownReceipt, AppError> {
    use crate::{
        accounts::ssr::authority::{require, state},
        platform::http::error_response::report,
        rights::Permission,
        submit::ssr::{receipt, store::Recorder},
    };
    let reader = match entry {
        true => Some(report(require(Permission::EnterFeedback).await)?.staff_id()),
        false => None,
    };
    report(receipt::shown(&state(), Recorder(reader)).await)
}
