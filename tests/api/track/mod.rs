//! Following a case: the code opens it, guessing is slowed and locks nobody out, and every deed is
//! done once.

mod deeds;
mod look_up;
mod page;

use crate::support::{self, Client, TestApp};
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
    let case = sqlx::query_scalar::<_, Uuid>("select case_id from feedback_case where number = $1")
        .bind(number)
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    (case, code, visitor)
}
