//! What a submitter allows beyond the handling of the case: asked for after sending, no until they
//! say yes, and theirs to change.

use crate::support::{
    Client, TestApp,
    cases::events,
    feedback, follow, receipt,
    sending::{DONE, FORM, KEY, TEXT},
};
use time::Duration;
use uuid::Uuid;

const PAGE: &str = "/tra-cuu/ho-so";
const CALL: &str = "Đồng ý để Sở liên hệ";

/// A browser that has just sent feedback: itself, the case, its number and its code.
async fn sent(app: &TestApp) -> (Client, Uuid, String, String) {
    let sender = app.client();
    let answer = sender.post_form(FORM, &feedback(KEY, TEXT)).await;
    assert_eq!(answer.location(), DONE, "{}", answer.text());
    let (number, code) = receipt(sender.get(DONE).await.body());
    let case = sqlx::query_scalar("select case_id from feedback_case where number = $1")
        .bind(&number)
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    (sender, case, number, code)
}

async fn office_reads(app: &TestApp, number: &str) -> String {
    let office = app.sign_in("vanphong1").await;
    let page = office.get(&format!("/quan-tri/ho-so/{number}")).await;
    page.words()
}

#[tokio::test]
async fn the_receipt_asks_and_takes_nothing_for_granted() {
    let app = TestApp::start().await;
    let (sender, case, number, _) = sent(&app).await;
    let page = sender.get(DONE).await;
    assert!(page.body().contains(r#"name="dong_y_lien_he""#));
    assert!(!page.body().contains(" checked"), "a box is ticked");
    assert!(!office_reads(&app, &number).await.contains(CALL));

    let chosen = [("dong_y_lien_he", "1")];
    let command = format!("{DONE}?viec=dong_y");
    let kept = sender.post_form(&command, &chosen).await;
    assert_eq!(
        (kept.status(), kept.location()),
        (303, "/gui-phan-anh/da-nhan?xong=dong-y")
    );
    let page = sender.get(kept.location()).await.words();
    assert!(
        page.contains("Sở đã ghi: được gọi hỏi thêm, không công khai bản tóm tắt."),
        "{page}"
    );
    assert!(office_reads(&app, &number).await.contains(CALL));

    // a second click leaves no second event
    sender.post_form(&command, &chosen).await;
    assert_eq!(events(&app, case, "dong_y").await, 1);
}

#[tokio::test]
async fn what_was_allowed_is_taken_back_on_the_tracking_page() {
    let app = TestApp::start().await;
    let (sender, case, number, code) = sent(&app).await;
    let both = [("dong_y_lien_he", "1"), ("dong_y_cong_bo", "1")];
    sender
        .post_form(&format!("{DONE}?viec=dong_y"), &both)
        .await;
    let visitor = follow(&app, &code).await;
    let page = visitor.get(PAGE).await.words();
    assert!(
        page.contains("Hiện nay: được gọi hỏi thêm, được công khai bản tóm tắt."),
        "{page}"
    );

    let taken = visitor.post_form(&format!("{PAGE}?viec=dong_y"), &[]).await;
    assert_eq!(taken.location(), format!("{PAGE}?xong=dong-y"));
    let page = visitor.get(PAGE).await.words();
    let now = "không gọi hỏi thêm, không công khai bản tóm tắt";
    assert!(page.contains(&format!("Hiện nay: {now}.")), "{page}");
    assert!(
        page.contains(&format!("Ông/Bà chọn: {now}")),
        "the history keeps it"
    );
    assert!(
        !page.contains(CALL),
        "what was sent is shown as it stands now"
    );
    let office = office_reads(&app, &number).await;
    assert!(
        !office.contains(CALL) && office.contains(&format!("Lựa chọn của người phản ánh: {now}."))
    );
    assert_eq!(events(&app, case, "dong_y").await, 2);
}

#[tokio::test]
async fn only_the_browser_that_sent_chooses_on_the_receipt_and_only_while_it_is_shown() {
    let app = TestApp::start().await;
    let (sender, case, ..) = sent(&app).await;
    let command = format!("{DONE}?viec=dong_y");
    let stranger = app
        .client()
        .post_form(&command, &[("dong_y_cong_bo", "1")])
        .await;
    assert_ne!(stranger.status(), 303, "{}", stranger.text());
    app.pass(Duration::minutes(16));
    let late = sender.post_form(&command, &[("dong_y_cong_bo", "1")]).await;
    assert_ne!(late.status(), 303, "{}", late.text());
    assert_eq!(events(&app, case, "dong_y").await, 0);
}

#[tokio::test]
async fn a_nameless_sender_is_not_asked_to_be_called() {
    let app = TestApp::start().await;
    let mut fields = feedback(KEY, TEXT);
    fields.retain(|(name, _)| !["nguoi_gui", "ho_ten", "dia_chi", "dien_thoai"].contains(name));
    fields.push(("nguoi_gui", "khong_neu_ten"));
    let sender = app.client();
    let answer = sender.post_form(FORM, &fields).await;
    assert_eq!(answer.location(), DONE, "{}", answer.text());
    let page = sender.get(DONE).await;
    assert!(!page.body().contains("dong_y_lien_he") && page.body().contains("dong_y_cong_bo"));
}
