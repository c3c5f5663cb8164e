//! Addresses with something in them: what is shown, what was done, where to go on to.

use super::*;

/// A page after something was done on it, of which it says `word`.
pub fn done(page: Route, word: &str) -> String {
    with_query(page.path, &[("xong", word)])
}

/// The address of a server function, by its endpoint.
pub fn function(endpoint: &str) -> String {
    format!("{}{endpoint}", QUERIES.path.trim_end_matches("*function"))
}

/// Whether `path` is the address of a server function, known or not.
pub fn is_function(path: &str) -> bool {
    path.starts_with(QUERIES.path.trim_end_matches("*function"))
}

/// The sign-in page that leads on to `next`.
pub fn sign_in(next: &str) -> String {
    with_query(SIGN_IN.path, &[("tiep", next)])
}

/// The page that asks for the password again and leads on to `next`.
pub fn reauthentication(next: &str) -> String {
    with_query(REAUTHENTICATION.path, &[("tiep", next)])
}

/// The page of second proofs that leads on to `next`.
pub fn second_factor(next: &str) -> String {
    with_query(SECOND_FACTOR.path, &[("tiep", next)])
}

/// The page of an account after something was done to it, of which it says `word`.
pub fn person_after(username: &str, word: &str) -> String {
    with_query(&PERSON.with(username), &[("xong", word)])
}

/// The audit log of a day and an action, either of which may be "", before an entry ("" for the
/// latest).
pub fn audit_of(day: &str, action: &str, before: &str) -> String {
    let pairs = [("ngay", day), ("loai", action), ("truoc", before)];
    with_query(AUDIT.path, &pairs)
}

/// A view of the inbox.
pub fn inbox_view(view: &str) -> String {
    with_query(INBOX.path, &[("xem", view)])
}

/// The leadership page of a period.
pub fn leadership(period: &str) -> String {
    format!("{}#theo-ky", with_query(LEADERSHIP.path, &[("ky", period)]))
}

/// The statutory reports of a period.
pub fn reports_of(period: &str) -> String {
    with_query(REPORTS.path, &[("ky", period)])
}

/// The leadership page after a decision on a case, with the next one first.
pub fn leadership_after(number: &str, action: crate::case::Action) -> String {
    with_query(
        LEADERSHIP.path,
        &[("xong", action.code()), ("ho-so", number)],
    )
}

/// The released figures on `page` of a year; of the latest periods if it is 0.
pub fn figures_of(page: Route, year: i32) -> String {
    match year {
        0 => page.path.to_owned(),
        year => with_query(page.path, &[("nam", &year.to_string())]),
    }
}

/// What the code of a released table means.
pub fn meaning(table: &str) -> String {
    format!("{}#{table}", MEANING.path)
}

/// The list of releases, below [`FIGURES`].
pub const FIGURES_LIST: &str = "danh-sach.json";
/// The schema of the released figures, below [`FIGURES`].
pub const FIGURES_SCHEMA: &str = "luoc-do.json";

/// The name of a release in a form (`json`, `csv`), below [`FIGURES`].
pub fn release_file(code: &str, form: &str) -> String {
    format!("ky/{code}.{form}")
}

/// The name of a table over all releases in a form (`json`, `csv`, `xlsx`), below [`FIGURES`].
pub fn table_file(code: &str, form: &str) -> String {
    format!("bang/{code}.{form}")
}

/// The address of a file of the released figures, by its name.
pub fn figures_file(name: &str) -> String {
    FIGURES.path.replace("*file", name)
}

/// The parameter of a case's page that says from which view of the inbox it was opened.
pub const FROM_VIEW: &str = "tu";

/// The page of a case, opened from the view of the inbox with this query string.
pub fn case_in_view(number: &str, view: &str) -> String {
    with_query(&CASE.with(number), &[(FROM_VIEW, view)])
}

/// The page of a case after `action`, which it then says was done; `view` is that of the inbox from
/// which it was opened, or "".
pub fn case_after(number: &str, action: crate::case::Action, view: &str) -> String {
    let pairs = [("xong", action.code()), (FROM_VIEW, view)];
    with_query(&CASE.with(number), &pairs)
}

/// A view of the inbox, by its query string, after `action` was done to `count` of its cases; `unit`
/// is the code of the one that got them, or "".
pub fn inbox_after(view: &str, action: crate::case::Action, count: usize, unit: &str) -> String {
    let address = match view.is_empty() {
        true => INBOX.path.to_owned(),
        false => format!("{}?{view}", INBOX.path),
    };
    let count = count.to_string();
    let pairs = [("xong", action.code()), ("so", &count), ("cho", unit)];
    with_query(&address, &pairs)
}

/// The form of a citizen or an officer with what is known: its kind, its unit's code or "".
pub fn form_at(page: Route, kind: Option<crate::case::Kind>, unit: &str) -> String {
    let kind = kind.map_or("", crate::case::Kind::code);
    with_query(page.path, &[("loai", kind), ("don-vi", unit)])
}
