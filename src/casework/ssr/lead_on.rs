//! Where an action leads: back to its case, opened from the same view of the inbox.

use crate::{
    accounts::ssr::authority::Authority,
    case::{Action, CaseNumber},
    casework::inbox::filters::Filters,
    error::AppError,
    platform::AppState,
    routes,
};
use axum::http::request::Parts;

/// The page of the case, or the inbox if the case is not theirs to see any more; after a leader's
/// decision the page with the next one.
pub(super) async fn next_page(
    state: &AppState,
    authority: &Authority,
    number: &CaseNumber,
    action: Action,
) -> Result<String, AppError> {
    let mut tx = authority.begin(&state.db).await?;
    let sees = sqlx::query_scalar!(
        r#"select exists (select from feedback_case where number = $1) as "sees!""#,
        number.as_str()
    )
    .fetch_one(&mut *tx)
    .await?;
    // whoever has decided goes on to the next decision
    if matches!(action, Action::Answer | Action::ReturnDraft) {
        return Ok(routes::leadership_after(number.as_str(), action));
    }
    Ok(match sees {
        true => routes::case_after(number.as_str(), action, &from_view()),
        false => routes::INBOX.path.to_owned(),
    })
}

/// The view of the inbox from which the page of this form was opened, as its address says; "" if
/// from none.
fn from_view() -> String {
    let parts = leptos::prelude::use_context::<Parts>();
    let query = parts.as_ref().and_then(|parts| parts.uri.query());
    let mut pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let view = pairs.find(|(name, _)| name == routes::FROM_VIEW);
    // written anew, so that nothing but a view comes back
    view.map_or(String::new(), |(_, view)| {
        Filters::from_query(&view).as_view()
    })
}
