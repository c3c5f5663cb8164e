//! Released figures: a year counted by hand, two people, one transaction, never changed.

pub(crate) mod cases;
mod counted;
mod first;
mod road;
mod shown;
mod year;

use crate::support::{PASSWORD, TestApp};
use lang_nghe::{
    accounts::ssr::{authority::Authority, terminal},
    platform::password::Password,
    rights::Permission,
    statistics::ssr::publishing::written::Document,
};
use std::collections::BTreeMap;
use time::{OffsetDateTime, macros::datetime};

/// The fixed day after the year that was counted.
pub(super) const JANUARY: OffsetDateTime = datetime!(2027-01-10 08:00 +7);

pub(super) async fn authority(app: &TestApp, username: &str, permission: Permission) -> Authority {
    let exists: bool = sqlx::query_scalar("select exists (select from staff where username = $1)")
        .bind(username)
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    if !exists {
        app.sign_in(username).await;
    }
    let staff = terminal::present(&app.owner, username, &Password::new(PASSWORD), JANUARY)
        .await
        .unwrap();
    Authority::of(staff, permission).unwrap()
}

pub(super) async fn drafter(app: &TestApp) -> Authority {
    authority(app, "vanphong1", Permission::DraftFigures).await
}

/// The values of a document by name.
pub(super) fn told(document: &Document) -> BTreeMap<String, i64> {
    document
        .cells
        .iter()
        .map(|cell| (cell.name(), cell.value))
        .collect()
}

/// Those of a table over a span, without its name.
pub(super) fn row(told: &BTreeMap<String, i64>, start: &str) -> Vec<(String, i64)> {
    let of = told
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix(start)?.trim().to_owned(), *value)));
    of.collect()
}

pub(super) fn is(row: &[(String, i64)], expected: &[(&str, i64)]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|(name, value)| ((*name).to_owned(), *value))
        .collect();
    assert_eq!(row, expected);
}
