//! Following a case: the code opens it, guessing is slowed and locks nobody out, and every deed is
//! done once.

mod clock;
mod deeds;
mod look_up;
mod page;

use crate::support::{self, Client, TestApp, cases::case_of};
use uuid::Uuid;

const PAGE: &str = "/tra-cuu/ho-so";

/// Where a form of the page posts to.
fn on(command: &str) -> String {
    format!("{PAGE}?viec={command}")
}

/// A case, and a visitor who has opened it with its code.
async fn followed(app: &TestApp) -> (Uuid, String, Client) {
    let (number, code) = support::submit(app).await;
    let visitor = support::follow(app, &code).await;
    let case = case_of(app, &number).await;
    (case, code, visitor)
}
