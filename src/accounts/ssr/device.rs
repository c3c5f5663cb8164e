//! Devices from which somebody signed in before. A device that is known for an account has a count
//! of its own, so that whoever guesses at that account from elsewhere does not keep its owner out.

use crate::{
    case::StaffId,
    error::AppError,
    platform::{
        AppState,
        clock::random_bytes,
        http::cookies::{Cookie, SameSite},
    },
};
use axum::http::{HeaderValue, request::Parts};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

/// Half a year: a random name of the device, then a mark for each account, the latest first.
const COOKIE: Cookie = Cookie {
    name: "may",
    same_site: SameSite::Strict,
    max_age: Some(180 * 24 * 60 * 60),
};
/// Characters of a name or a mark: 16 bytes in base64url.
const PART: usize = 22;
/// Accounts that one device remembers; a shared desk has more people than that rarely.
const ACCOUNTS: usize = 8;

/// The name of the device if `staff` signed in from it before.
pub(super) fn known(state: &AppState, parts: &Parts, staff: StaffId) -> Option<String> {
    let value = COOKIE.read(&state.config, &parts.headers)?;
    let (name, marks) = split(value)?;
    let mark = mark(state, name, staff);
    marks.contains(&mark.as_str()).then(|| name.to_owned())
}

/// The cookie after `staff` signed in.
///
/// # Errors
/// None in practice: it is letters, digits, `-` and `_`.
pub(super) fn remember(
    state: &AppState,
    parts: &Parts,
    staff: StaffId,
) -> Result<HeaderValue, AppError> {
    let before = COOKIE.read(&state.config, &parts.headers).and_then(split);
    let (name, marks) = match before {
        Some((name, marks)) => (name.to_owned(), marks),
        None => (URL_SAFE_NO_PAD.encode(random_bytes::<16>()), Vec::default()),
    };
    let own = mark(state, &name, staff);
    let others = marks.into_iter().filter(|mark| *mark != own);
    let mut value = format!("{name}{own}");
    value.extend(others.take(ACCOUNTS - 1));
    COOKIE.set(&state.config, &value)
}

/// Only this installation can write it, and it is for one device and one account.
fn mark(state: &AppState, name: &str, staff: StaffId) -> String {
    let whose = format!("{name}|{staff}");
    let mac = state.vault.keyed_hash("known device", whose.as_bytes());
    URL_SAFE_NO_PAD.encode(&mac[..16])
}

/// Name and marks of a cookie; `None` for what is none of ours.
fn split(value: &str) -> Option<(&str, Vec<&str>)> {
    let is_whole = value.is_ascii()
        && value.len() >= 2 * PART
        && value.len() <= (ACCOUNTS + 1) * PART
        && value.len().is_multiple_of(PART);
    if !is_whole {
        return None;
    }
    let (name, rest) = value.split_at(PART);
    let marks = (0..rest.len() / PART).map(|at| &rest[at * PART..(at + 1) * PART]);
    Some((name, marks.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_cookie_of_ours_names_no_device() {
        let (name, mark) = ("n".repeat(PART), "m".repeat(PART));
        assert_eq!(
            split(&format!("{name}{mark}")),
            Some((name.as_str(), vec![mark.as_str()]))
        );
        for other in ["", "x", &name, &format!("{name}{mark}x"), &"é".repeat(PART)] {
            assert_eq!(split(other), None, "{other}");
        }
    }
}
