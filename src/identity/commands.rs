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

/// The decision that allows an opening.
pub const ALLOW: &str = "duyet";
/// The decision that does not.
pub const REFUSE: &str = "tu_choi";

/// The rules of these forms that need no server.
///
/// # Errors
/// At the fields of the form `command`.
pub fn check(command: &str, fields: &Fields) -> Result<(), FieldErrors> {
    if command == REQUEST.endpoint() {
        super::form::reason(value(fields, "reason")).map(drop)
    } else if command == REVEAL.endpoint()
        || (command == DECIDE.endpoint() && value(fields, "decision") == ALLOW)
    {
        super::form::demand_password(value(fields, super::form::PASSWORD))
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

/// Allows or refuses what somebody else asked. To allow takes the password; the unsealer checks it.
#[server(endpoint = "quan-tri/ho-so/danh-tinh/quyet_dinh")]
pub async fn decide_opening(
    #[server(default)] opening: String,
    #[server(default)] decision: String,
    #[server(default)] secret_password: String,
    #[server(default)] secret_former_password: String,
) -> Result<(), AppError> {
    use super::ssr::{store, witness};
    use crate::{accounts::ssr::authority, rights::Permission};
    let authority = authority::require(Permission::ApproveIdentity).await?;
    let state = authority::state();
    let page = match decision.as_str() {
        ALLOW => {
            let proof = witness::proof(&secret_password, &secret_former_password)?;
            store::allow(&state, &authority, &opening, proof).await?
        }
        REFUSE => store::refuse(&state, &authority, &opening).await?,
        _ => return Err(AppError::Conflict),
    };
    leptos_axum::redirect(&page);
    Ok(())
}

/// Looks at an identity that may be opened: it is in this one answer, with or without script. Every
/// look takes the password; the unsealer checks it.
#[server(endpoint = "quan-tri/ho-so/danh-tinh/xem")]
pub async fn reveal_identity(
    number: String,
    #[server(default)] secret_password: String,
    #[server(default)] secret_former_password: String,
) -> Result<Revealed, AppError> {
    use super::ssr::{store, witness};
    use crate::{
        accounts::ssr::authority,
        platform::{http::reply, vault::unsealer},
        rights::Permission,
    };
    let authority = authority::require(Permission::RequestIdentity).await?;
    let state = authority::state();
    let proof = witness::proof(&secret_password, &secret_former_password)?;
    let opening = store::usable(&state, &authority, &number).await?;
    let unsealer = unsealer::Client::new(&state.config);
    let opened = unsealer.open(opening, authority.staff_id(), proof).await;
    let identity = opened.map_err(witness::told)?;
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
