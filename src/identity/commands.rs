//! Asking for an identity, deciding, and looking at it; each command is mounted under the page of the opening.

use super::view::Revealed;
use crate::{
    error::{AppError, FieldErrors},
    routes::{self, Command},
    ui::form::{Fields, value},
};
use leptos::prelude::*;

/// Asks a second leader.
pub const REQUEST: Command = Command::of(routes::OPENING, "de_nghi");
/// Allows or refuses what somebody else asked.
pub const DECIDE: Command = Command::of(routes::OPENING, "quyet_dinh");
/// Looks at the identity.
pub const REVEAL: Command = Command::of(routes::OPENING, "xem");

/// The rules of these forms that need no server.
///
/// # Errors
/// At the fields of the form `command`.
pub fn check(command: &str, fields: &Fields) -> Result<(), FieldErrors> {
    if command == REQUEST.endpoint() {
        super::form::reason(value(fields, "reason")).map(drop)
    } else {
        Ok(())
    }
}

/// Asks a second leader to let an identity be opened.
#[server(endpoint = "quan-tri/ho-so/danh-tinh/de_nghi")]
pub async fn request_opening(
    number: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    use super::ssr::store;
    use crate::{accounts::ssr::authority, rights::Permission};
    let authority = authority::require(Permission::RequestIdentity).await?;
    let reason = super::form::reason(&reason)?;
    let page = store::request(&authority::state(), &authority, &number, &reason).await?;
    leptos_axum::redirect(&page);
    Ok(())
}

/// Allows (`duyet`) or refuses (`tu_choi`) what somebody else asked.
#[server(endpoint = "quan-tri/ho-so/danh-tinh/quyet_dinh")]
pub async fn decide_opening(
    #[server(default)] opening: String,
    #[server(default)] decision: String,
) -> Result<(), AppError> {
    use super::ssr::store;
    use crate::{accounts::ssr::authority, rights::Permission};
    let authority = authority::require(Permission::ApproveIdentity).await?;
    let allows = match decision.as_str() {
        "duyet" => true,
        "tu_choi" => false,
        _ => return Err(AppError::Conflict),
    };
    let page = store::decide(&authority::state(), &authority, &opening, allows).await?;
    leptos_axum::redirect(&page);
    Ok(())
}

/// Looks at an identity that may be opened: it is in this one answer, with or without script.
#[server(endpoint = "quan-tri/ho-so/danh-tinh/xem")]
pub async fn reveal_identity(number: String) -> Result<Revealed, AppError> {
    use super::ssr::store;
    use crate::{
        accounts::ssr::authority,
        platform::{http::reply, vault::unsealer},
        rights::Permission,
    };
    let authority = authority::require(Permission::RequestIdentity).await?;
    let state = authority::state();
    let opening = store::usable(&state, &authority, &number).await?;
    let unsealer = unsealer::Client::new(&state.config);
    let identity = unsealer.open(opening.0, authority.staff_id()).await?;
    let revealed = Revealed {
        name: identity.name,
        representative: identity.representative,
        address: identity.address,
        phone: identity.phone,
        email: identity.email,
    };
    reply::show_once(revealed.clone());
    Ok(revealed)
}
