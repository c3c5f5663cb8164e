//! What was handed over stays: files beside their rows, words of whoever comes too late, mail while
//! a server is down; and what is not needed any more goes.

use crate::support::{
    self, START, TestApp,
    cases::{case_of, set_status},
    feedback, files_below, follow,
    lossy::Lossy,
    receipt,
    sending::{DONE, FORM, KEY, TEXT, cases},
    small_png,
};
use lang_nghe::{
    platform::{AppState, clock::Clock, jobs::MOST_ATTEMPTS, mail::Mailer},
    server::worker,
};
use std::{collections::BTreeSet, path::PathBuf};
use time::Duration;
use uuid::Uuid;

const PAGE: &str = "/tra-cuu/ho-so";

/// The ids of attachment rows, and the names of kept files.
async fn rows_and_files(app: &TestApp) -> (BTreeSet<String>, BTreeSet<String>) {
    let rows: Vec<Uuid> = sqlx::query_scalar("select attachment_id from attachment")
        .fetch_all(app.owner.pool())
        .await
        .unwrap();
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    let files = files_below(&app.config().files_dir());
    let rows = rows.iter().map(|id| id.simple().to_string());
    (rows.collect(), files.iter().map(name).collect())
}

async fn count(app: &TestApp, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql)
        .fetch_one(app.owner.pool())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_commit_without_an_answer_keeps_the_picture_of_the_case_it_made() {
    let app = TestApp::start().await;
    let lossy = Lossy::open(&app).await;
    let sender = app.client_over(lossy.db.clone());
    let picture = small_png();
    let files = [("tep", "anh.png", "image/png", picture.as_slice())];
    // the connections of the pool are there
    assert_eq!(sender.get(FORM).await.status(), 200);
    lossy.arm();
    let lost = sender
        .post_multipart(FORM, &feedback(KEY, TEXT), &files)
        .await;
    assert!(lossy.has_broken(), "no commit was sent");
    assert_eq!(lost.status(), 503, "{}", lost.text());
    assert!(lost.body().contains(TEXT), "what was typed is still there");
    let again = sender
        .post_multipart(FORM, &feedback(KEY, TEXT), &files)
        .await;
    assert_eq!(again.location(), DONE, "{}", again.text());
    let (rows, kept) = rows_and_files(&app).await;
    assert_eq!((rows.len(), cases(&app).await), (1, 1));
    assert_eq!(rows, kept, "the file stands beside its row");
}

#[tokio::test]
async fn a_commit_without_an_answer_keeps_the_picture_of_a_message() {
    let app = TestApp::start().await;
    let (_, code) = support::submit(&app).await;
    let lossy = Lossy::open(&app).await;
    let visitor = app.client_over(lossy.db.clone());
    visitor.post_form("/tra-cuu", &[("ma", &code)]).await;
    let picture = small_png();
    let files = [("tep", "anh.png", "image/png", picture.as_slice())];
    let fields = [("khoa", KEY), ("tin_nhan", "Gửi thêm ảnh.")];
    let command = format!("{PAGE}?viec=nhan");
    lossy.arm();
    let lost = visitor.post_multipart(&command, &fields, &files).await;
    assert!(
        lossy.has_broken() && lost.status() == 503,
        "{}",
        lost.text()
    );
    let again = visitor.post_multipart(&command, &fields, &files).await;
    assert_eq!(again.status(), 303, "{}", again.text());
    let (rows, kept) = rows_and_files(&app).await;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows, kept);
}

#[tokio::test]
async fn the_sweep_takes_files_without_a_row_once_they_are_old_and_nothing_else() {
    let app = TestApp::start().await;
    let picture = small_png();
    let files = [("tep", "anh.png", "image/png", picture.as_slice())];
    let sent = app
        .client()
        .post_multipart(FORM, &feedback(KEY, TEXT), &files)
        .await;
    assert_eq!(sent.location(), DONE);
    // a denunciation's row is hidden by row security, and its file is no orphan for that
    sqlx::query("update feedback_case set secrecy = 'to_cao'")
        .execute(app.owner.pool())
        .await
        .unwrap();
    let key = app.state.vault.new_case_key();
    app.state.files.put(7, &key, b"left over").await.unwrap();
    let sweep = async || {
        sqlx::query("insert into job (kind, payload, run_at, recurring) values ('sweep_files', '{}', $1, true) on conflict do nothing")
            .bind(START)
            .execute(app.owner.pool())
            .await
            .unwrap();
        sqlx::query("update job set run_at = $1")
            .bind(START)
            .execute(app.owner.pool())
            .await
            .unwrap();
        app.run_jobs().await;
        rows_and_files(&app).await
    };
    let written = Clock::system().now();
    app.clock.set(written.max(START) + Duration::days(6));
    if written > START {
        assert_eq!(sweep().await.1.len(), 2, "young files are left alone");
    }
    app.clock.set(written.max(START) + Duration::days(8));
    let (rows, kept) = sweep().await;
    assert_eq!((rows.len(), &rows), (1, &kept));
}

#[tokio::test]
async fn a_template_sent_by_many_is_many_cases() {
    let app = TestApp::start().await;
    let nameless = |key: &'static str, unit: &'static str| -> Vec<(&'static str, &'static str)> {
        let named = ["ho_ten", "dia_chi", "lien_he"];
        let fields = feedback(key, TEXT).into_iter();
        let fields = fields.filter(|(name, _)| !named.contains(name));
        fields
            .map(|(name, value)| match name {
                "don_vi" => (name, unit),
                _ => (name, value),
            })
            .chain([("nguoi_gui", "khong_neu_ten")])
            .collect()
    };
    let mut codes = BTreeSet::new();
    for (key, unit) in [
        ("000000000000000000000000000000a1", "cn-ninh-kieu"),
        ("000000000000000000000000000000a2", "cn-ninh-kieu"),
        ("000000000000000000000000000000a3", "cn-thot-not"),
    ] {
        let sender = app.client();
        for _ in 0..2 {
            let sent = sender.post_form(FORM, &nameless(key, unit)).await;
            assert_eq!(sent.location(), DONE, "{}", sent.text());
        }
        codes.insert(receipt(sender.get(DONE).await.body()));
    }
    assert_eq!(
        (codes.len(), cases(&app).await),
        (3, 3),
        "each has a receipt of their own"
    );
    for (field, value) in [
        ("don_vi", "cn-thot-not"),
        ("nguoi_bi_phan_anh", "Người ở quầy số 4"),
        ("dia_diem", "Quầy số 3, chiều 20/11/2026"),
    ] {
        let key = format!("{field:0>32}");
        let mut fields = feedback(&key, TEXT);
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value));
        assert_eq!(
            app.client().post_form(FORM, &fields).await.location(),
            DONE,
            "{field}"
        );
    }
    assert_eq!(
        cases(&app).await,
        6,
        "the same words about another are another case"
    );
}

#[tokio::test]
async fn a_supplement_that_comes_too_late_comes_back_with_its_words() {
    let app = TestApp::start().await;
    let (number, code) = support::submit(&app).await;
    let case = case_of(&app, &number).await;
    let visitor = follow(&app, &code).await;
    let typed = "Số quầy là 3, người trực hôm đó đeo thẻ màu xanh.";
    set_status(&app, case, "da_rut").await;
    let late = visitor
        .post_form(
            &format!("{PAGE}?viec=nhan"),
            &[("khoa", KEY), ("tin_nhan", typed)],
        )
        .await;
    assert_eq!(late.status(), 422);
    assert!(late.unescaped().contains(typed), "{}", late.text());
    assert!(late.body().contains("Tình trạng hồ sơ đã thay đổi") && late.body().contains("Đã rút"));
    let reason = "Câu trả lời chưa nói đến ngày hẹn lại.";
    let late = visitor
        .post_form(&format!("{PAGE}?viec=chua_thoa_dang"), &[("ly_do", reason)])
        .await;
    assert_eq!(late.status(), 422);
    assert!(late.unescaped().contains(reason), "{}", late.text());
    assert_eq!(count(&app, "select count(*) from case_message").await, 0);
}

#[tokio::test]
async fn words_changed_after_going_back_are_a_message_of_their_own() {
    let app = TestApp::start().await;
    let (_, code) = support::submit(&app).await;
    let visitor = follow(&app, &code).await;
    let command = format!("{PAGE}?viec=nhan");
    for (text, told) in [
        ("Lần đầu.", "nhan"),
        ("Lần đầu, đã sửa.", "nhan"),
        ("Lần đầu.", "da-co"),
    ] {
        let sent = visitor
            .post_form(&command, &[("khoa", KEY), ("tin_nhan", text)])
            .await;
        assert_eq!(sent.location(), format!("{PAGE}?xong={told}"));
    }
    assert_eq!(count(&app, "select count(*) from case_message").await, 2);
}

/// Sends feedback that wishes an acknowledgement.
async fn with_acknowledgement(app: &TestApp) -> String {
    let mut fields = feedback(KEY, TEXT);
    fields.extend([
        ("thu_dien_tu", "ba.mau@example.vn"),
        ("xac_nhan_email", "1"),
    ]);
    let sender = app.client();
    assert_eq!(sender.post_form(FORM, &fields).await.location(), DONE);
    receipt(sender.get(DONE).await.body()).0
}

#[tokio::test]
async fn an_acknowledgement_names_no_case_and_leaves_no_address() {
    let app = TestApp::start().await;
    let number = with_acknowledgement(&app).await;
    assert_eq!(app.run_jobs().await, 1);
    let mails = app.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, "ba.mau@example.vn");
    let (subject, text) = (&mails[0].subject, &mails[0].text);
    for secret in [number.as_str(), "PA26", TEXT, "Trần Thị Mẫu", "Ninh Kiều"] {
        assert!(
            !subject.contains(secret) && !text.contains(secret),
            "{secret}"
        );
    }
    let left = "select (select count(*) from outbox_address) + (select count(*) from job)";
    assert_eq!(count(&app, left).await, 0);
}

#[tokio::test]
async fn the_form_sends_one_address_no_more_than_five_acknowledgements_a_day() {
    let app = TestApp::start().await;
    let mut turns = 0..;
    let mut send = async |times: usize, address: &str| {
        for turn in turns.by_ref().take(times) {
            let (key, text) = (format!("{turn:032x}"), format!("{TEXT} Lần {turn}."));
            let mut fields = feedback(&key, &text);
            fields.extend([("thu_dien_tu", address), ("xac_nhan_email", "1")]);
            let sent = app.client().post_form(FORM, &fields).await;
            assert_eq!(sent.location(), DONE, "the feedback itself is always taken");
        }
        app.run_jobs().await;
        app.mails().len()
    };
    assert_eq!(send(4, "ba.mau@example.vn").await, 4);
    assert_eq!(send(4, "BA.MAU@example.vn").await, 5);
    assert_eq!(send(1, "ong.mau@example.vn").await, 6, "of another address");
    app.pass(Duration::days(1));
    assert_eq!(send(1, "ba.mau@example.vn").await, 7, "of another day");
}

#[tokio::test]
async fn mail_that_cannot_leave_is_tried_for_days_and_then_its_address_is_deleted() {
    let app = TestApp::start().await;
    with_acknowledgement(&app).await;
    // nobody listens there
    let down = AppState {
        mail: Mailer::new(Some("smtp://127.0.0.1:1")).unwrap(),
        ..app.state.clone()
    };
    let (mut tries, mut hours) = (0, 0);
    while count(&app, "select count(*) from outbox_address").await > 0 && hours < 24 * 10 {
        tries += worker::run_pending(&down).await.unwrap();
        app.pass(Duration::hours(1));
        hours += 1;
    }
    assert!((60..=96).contains(&hours), "given up after {hours} hours");
    assert_eq!(tries, u32::from(MOST_ATTEMPTS.unsigned_abs()));
    assert!(app.mails().is_empty());
    assert_eq!(app.run_jobs().await, 0, "nobody tries again");
    assert_eq!(
        count(&app, "select count(*) from job").await,
        1,
        "a person can see it"
    );
    purge(&app, Duration::days(31)).await;
    assert_eq!(
        count(&app, "select count(*) from job where not recurring").await,
        0
    );
}

/// The hourly purge, after a while.
async fn purge(app: &TestApp, after: Duration) {
    app.pass(after);
    sqlx::query(
        "insert into job (kind, payload, run_at, recurring) values ('purge', '{}', $1, true)
        on conflict (kind) where recurring do update set run_at = $1",
    )
    .bind(START)
    .execute(app.owner.pool())
    .await
    .unwrap();
    app.run_jobs().await;
}

#[tokio::test]
async fn an_address_without_a_job_does_not_stay_for_ever() {
    let app = TestApp::start().await;
    with_acknowledgement(&app).await;
    sqlx::query("delete from job")
        .execute(app.owner.pool())
        .await
        .unwrap();
    purge(&app, Duration::days(6)).await;
    assert_eq!(count(&app, "select count(*) from outbox_address").await, 1);
    purge(&app, Duration::days(2)).await;
    assert_eq!(count(&app, "select count(*) from outbox_address").await, 0);
}

#[tokio::test]
async fn a_purge_that_failed_for_days_still_comes_back_and_stands_there_once() {
    let app = TestApp::start().await;
    sqlx::raw_sql("revoke delete on rate_counter from app_web")
        .execute(app.owner.pool())
        .await
        .unwrap();
    for _ in 0..200 {
        purge(&app, Duration::hours(12)).await;
    }
    sqlx::raw_sql("grant delete on rate_counter to app_web")
        .execute(app.owner.pool())
        .await
        .unwrap();
    purge(&app, Duration::hours(12)).await;
    let healthy =
        "select count(*) from job where kind = 'purge' and attempts = 0 and last_error is null";
    assert_eq!(count(&app, healthy).await, 1);
    assert_eq!(count(&app, "select count(*) from job").await, 1);
}
