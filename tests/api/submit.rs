//! Sending: a form of its own for everybody, one case for one sending, and a receipt for each.

use crate::support::{
    self, Answer, TestApp, feedback, receipt,
    sending::{DONE, FORM, KEY, TEXT, cases, kept},
};
use axum::{
    body::Body,
    http::{Request, header},
};

#[tokio::test]
async fn every_form_handed_out_has_a_key_of_its_own_compressed_or_not() {
    let app = TestApp::start().await;
    let visitor = app.client();
    let mut keys = Vec::new();
    for coding in ["", "br", "br"] {
        let request = Request::get("/gui-phan-anh?loai=hanh_vi")
            .header(header::ACCEPT, "text/html")
            .header(header::ACCEPT_ENCODING, coding);
        let mut answer = visitor.send(request, Body::empty()).await;
        assert_eq!(answer.header("content-encoding").unwrap_or(""), coding);
        if coding == "br" {
            let mut html = Vec::new();
            brotli::BrotliDecompress(&mut answer.bytes.as_slice(), &mut html).unwrap();
            answer.bytes = html;
        }
        let (before, key) = answer
            .body()
            .split_once(r#"name="khoa" value=""#)
            .expect("a form with a key");
        let (key, end) = key.split_once('"').unwrap();
        assert!(
            key.len() == 32 && before.contains(r#"id="phan-anh""#) && end.starts_with("></body>"),
            "{key} {end}"
        );
        keys.push((before.len(), key.to_owned()));
    }
    assert!(
        keys.windows(2)
            .all(|pair| pair[0].0 == pair[1].0 && pair[0].1 != pair[1].1),
        "{keys:?}"
    );
    assert!(
        !visitor
            .get("/gui-phan-anh")
            .await
            .body()
            .contains(r#"name="khoa""#),
        "the cards send nothing"
    );
}

#[tokio::test]
async fn another_card_is_no_refusal() {
    let app = TestApp::start().await;
    let fields = [
        ("noi_dung", "Đã gõ, có \"dấu\" & <ký tự> lạ."),
        ("doi_loai", "quy_dinh"),
        ("khoa", "abc"),
    ];
    let page = app
        .client()
        .post_multipart("/gui-phan-anh?loai=quy_dinh", &fields, &[])
        .await;
    assert_eq!(page.status(), 200);
    assert!(page.body().contains("van_ban_ten") && page.body().contains("&lt;ký tự>"));
    assert!(!page.body().contains("error-summary-title"));
}

#[tokio::test]
async fn the_same_form_sent_again_is_one_case_with_one_receipt() {
    let app = TestApp::start().await;
    let sender = app.client();
    let mut receipts = Vec::new();
    for _ in 0..3 {
        assert_eq!(
            sender
                .post_multipart(FORM, &feedback(KEY, TEXT), &[])
                .await
                .location(),
            DONE
        );
        receipts.push(receipt(sender.get(DONE).await.body()));
    }
    receipts.dedup();
    assert_eq!((receipts.len(), cases(&app).await), (1, 1));
    let fresh = app
        .client()
        .post_form(FORM, &feedback("00000000000000000000000000000def", TEXT))
        .await;
    assert!(
        fresh.status() == 422 && fresh.body().contains("đã nhận đúng nội dung này"),
        "the same words with a fresh form"
    );
    assert_eq!(cases(&app).await, 1);
}

#[tokio::test]
async fn what_is_sent_from_a_form_that_was_used_is_neither_lost_nor_doubled() {
    let app = TestApp::start().await;
    let sender = app.client();
    let send = async |text: &str, files: &[(&str, &str, &str, &[u8])]| {
        sender
            .post_multipart(FORM, &feedback(KEY, text), files)
            .await
    };
    let codes = async |answer: Answer| {
        assert_eq!(answer.location(), DONE, "{}", answer.text());
        receipt(sender.get(DONE).await.body())
    };
    let first = codes(send(TEXT, &[]).await).await;
    let corrected = codes(send("Nội dung đã sửa sau khi bấm nút quay lại.", &[]).await).await;
    assert_ne!(
        first, corrected,
        "words changed after going back are a case of their own"
    );
    assert_eq!(
        corrected,
        codes(send("Nội dung đã sửa sau khi bấm nút quay lại.", &[]).await).await,
        "a second click there"
    );
    let elsewhere: Vec<_> = feedback(KEY, TEXT)
        .into_iter()
        .map(|(name, value)| match name {
            "dia_diem" => (name, "Quầy số 5, Chi nhánh Bình Thuỷ"),
            _ => (name, value),
        })
        .collect();
    let moved = codes(sender.post_multipart(FORM, &elsewhere, &[]).await).await;
    assert_ne!(first, moved, "a corrected place is not dropped");
    let picture = support::small_png();
    let with_picture = codes(send(TEXT, &[("tep", "anh.png", "image/png", &picture)]).await).await;
    assert_ne!(
        first, with_picture,
        "a picture added after going back arrives"
    );
    app.clock.advance(time::Duration::hours(1));
    let late = send(TEXT, &[]).await;
    assert!(
        late.status() == 422 && late.body().contains("đã nhận đúng nội dung này"),
        "its receipt cannot be shown any more"
    );
    assert_eq!(cases(&app).await, 4);
}

#[tokio::test]
async fn two_clicks_at_once_are_one_case_with_one_receipt() {
    let app = TestApp::start().await;
    for round in 0..5 {
        let (key, text) = (
            format!("{round:032x}"),
            format!("Nội dung của lượt gửi thứ {round}, đủ dài."),
        );
        let form = feedback(&key, &text);
        let (one, two) = (app.client(), app.client());
        let picture = support::small_png();
        let files = [("tep", "anh.png", "image/png", picture.as_slice())];
        let sent = tokio::join!(
            one.post_multipart(FORM, &form, &files),
            two.post_multipart(FORM, &form, &files)
        );
        assert_eq!(
            (sent.0.location(), sent.1.location()),
            (DONE, DONE),
            "{} {}",
            sent.0.text(),
            sent.1.text()
        );
        assert_eq!(
            receipt(one.get(DONE).await.body()),
            receipt(two.get(DONE).await.body())
        );
        assert_eq!(cases(&app).await, round + 1);
        assert_eq!(
            support::files_below(&app.config().files_dir()).len() as i64,
            round + 1,
            "the second click's file went again"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_words_from_two_tabs_at_once_are_one_case() {
    let app = TestApp::start().await;
    for round in 0..10 {
        let text = format!("Nội dung gửi từ hai thẻ, lượt thứ {round}, đủ dài.");
        let keys = [format!("{round:032x}"), format!("{:032x}", round + 1000)];
        let [one, two] = keys.map(|key| {
            let (client, text) = (app.client(), text.clone());
            tokio::spawn(async move { client.post_form(FORM, &feedback(&key, &text)).await })
        });
        let mut statuses = [one.await.unwrap().status(), two.await.unwrap().status()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 422], "one is received, the other told so");
        assert_eq!(cases(&app).await, round + 1);
    }
}

#[tokio::test]
async fn a_number_that_is_taken_is_replaced_and_the_citizen_does_not_notice() {
    let app = TestApp::start().await;
    // the database says of the first number that it is taken
    sqlx::raw_sql(
        "create sequence tries;
        grant usage on sequence tries to public;
        create function taken() returns trigger language plpgsql as $$
        begin
            if nextval('tries') = 1 then raise unique_violation using constraint = 'feedback_case_number_key'; end if;
            return new;
        end $$;
        create trigger taken before insert on feedback_case for each row execute function taken();",
    )
    .execute(app.owner.pool())
    .await
    .unwrap();
    let (number, code) = support::submit(&app).await;
    assert_eq!((cases(&app).await, code.len() >= 20), (1, true), "{number}");
}

#[tokio::test]
async fn a_session_that_ran_out_in_mid_call_keeps_what_was_written() {
    let app = TestApp::start().await;
    let operator = app.sign_in("tongdai1").await;
    app.clock.advance(time::Duration::minutes(45));
    let path = "/quan-tri/tiep-nhan?loai=hanh_vi";
    let mut fields = feedback(KEY, TEXT);
    fields.extend([
        ("kenh", "dien_thoai"),
        ("luc_goi", "2026-11-23T09:20"),
        ("da_doc_lai", "1"),
        ("ghi_chu_nguoi_nhap", "Người gọi nói nhanh"),
    ]);
    let late = operator.post_multipart(path, &fields, &[]).await;
    kept(&app, &late, 401, "Phiên làm việc đã hết").await;
    assert!(late.body().contains("Người gọi nói nhanh"));
    let again = app.sign_in("tongdai1").await;
    assert_eq!(
        again.post_multipart(path, &fields, &[]).await.location(),
        "/quan-tri/tiep-nhan/da-nhan"
    );
    assert_eq!(cases(&app).await, 1);
}
