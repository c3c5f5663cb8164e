//! `/.well-known/security.txt`: whom to tell of a weakness (RFC 9116).

use crate::{directory, error::AppError, platform::AppState, routes};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse as _, Response},
};
use time::{Duration, Time, format_description::well_known::Rfc3339};

/// How long the text is to be believed; it is written anew for each reader.
const VALID: Duration = Duration::days(180);

/// The text, with the contacts of the directory.
///
/// # Errors
/// Where the directory cannot be read.
pub(super) async fn read(State(state): State<AppState>) -> Result<Response, AppError> {
    let mut connection = state.db.pool().acquire().await?;
    let agency = directory::ssr::agency(&mut connection).await?;
    let until = (state.clock.now() + VALID).replace_time(Time::MIDNIGHT);
    let until = until.format(&Rfc3339).map_err(|_| AppError::Internal)?;
    let text = format!(
        "Contact: mailto:{}\nContact: {}\nExpires: {until}\nPreferred-Languages: vi, en\n\
         Canonical: {}{}\n",
        agency.email,
        telephone(&agency.hotline),
        state.config.public_url,
        routes::SECURITY_TXT.path,
    );
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    Ok((headers, text).into_response())
}

/// A number of Viet Nam as an address (RFC 3966): short numbers such as 1022 exist inside the country only.
fn telephone(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix('0') {
        Some(national) => format!("tel:+84{national}"),
        None => format!("tel:{digits};phone-context=+84"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_addresses_with_their_country() {
        assert_eq!(telephone("0292 3820 888"), "tel:+842923820888");
        assert_eq!(telephone("1022"), "tel:1022;phone-context=+84");
    }
}
