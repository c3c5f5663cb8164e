//! The public form sent again and again: what it writes, and what a refusal keeps.

use super::{Answer, TestApp, files_below};

pub const FORM: &str = "/gui-phan-anh?loai=hanh_vi";

pub const DONE: &str = "/gui-phan-anh/da-nhan";

pub const KEY: &str = "00000000000000000000000000000abc";

pub const TEXT: &str = "Nội dung đã gõ rất công phu, không được mất đi đâu cả.";

/// Rows of everything that a sending writes, and kept files.
pub async fn written(app: &TestApp) -> i64 {
    let rows: i64 = sqlx::query_scalar(
        "select (select count(*) from feedback_case) + (select count(*) from case_key) + (select count(*) from case_body)
            + (select count(*) from case_identity) + (select count(*) from case_receipt) + (select count(*) from case_event)
            + (select count(*) from attachment) + (select count(*) from submission) + (select count(*) from job)
            + (select count(*) from outbox_address)",
    )
    .fetch_one(app.owner.pool())
    .await
    .unwrap();
    rows + files_below(&app.config().files_dir()).len() as i64
}

pub async fn cases(app: &TestApp) -> i64 {
    sqlx::query_scalar("select count(*) from feedback_case")
        .fetch_one(app.owner.pool())
        .await
        .unwrap()
}

/// A refusal that kept everything: status, a message, the typed text, and nothing in the database.
pub async fn kept(app: &TestApp, answer: &Answer, status: u16, message: &str) {
    assert_eq!(answer.status(), status, "{}", answer.text());
    for part in [
        message,
        TEXT,
        "Quầy số 3, Chi nhánh Ninh Kiều",
        "Trần Thị Mẫu",
        KEY,
    ] {
        assert!(answer.body().contains(part), "{part} is missing");
    }
    assert_eq!(written(app).await, 0);
}
