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
}

#[tokio::test]
async fn the_page_has_the_fields_of_all_kinds_and_keeps_those_of_the_chosen_one() {
    let app = TestApp::start().await;
    for (address, chosen) in [
        ("/gui-phan-anh", "hanh_vi"),
        ("/gui-phan-anh?loai=tre_hen", "tre_hen"),
    ] {
        let page = app.get(address).await;
        for field in ["dia_diem", "ngay_hen", "van_ban_ten", "noi_dung"] {
            let control = format!(r#"name="{field}""#);
            assert!(page.body().contains(&control), "{address} {field}");
        }
        let ticked = format!(r#"value="{chosen}" checked"#);
        assert!(page.body().contains(&ticked), "{address}: {}", page.body());
    }
    let sender = app.client();
    let mut fields = feedback(KEY, TEXT);
    fields.retain(|(name, _)| *name != "loai");
    // what was typed under a chip that was then changed
    let other = [("van_ban_ten", "Quyết định 19"), ("ngay_hen", "2026-11-02")];
    fields.extend(other);
    fields.push(("loai", "tre_hen"));
    let sent = sender.post_multipart(FORM, &fields, &[]).await;
    assert_eq!(sent.location(), DONE, "{}", sent.text());
    let (_, code) = receipt(sender.get(DONE).await.body());
    let page = support::follow(&app, &code).await;
    let page = page.get("/tra-cuu/ho-so").await;
    assert!(page.body().contains("02/11/2026") && !page.body().contains("Quyết định 19"));
}

#[tokio::test]
async fn the_code_at_a_counter_names_its_unit_and_an_invented_one_none() {
    let app = TestApp::start().await;
    let chosen = r#"value="cn-ninh-kieu" selected"#;
    let page = app.get("/gui-phan-anh?don-vi=cn-ninh-kieu").await;
    assert!(page.body().contains(chosen), "{}", page.body());
    let plain = app.get("/gui-phan-anh").await;
    assert!(!plain.body().contains("selected"));
    let invented = app.get("/gui-phan-anh?don-vi=khong-co").await;
    assert!(!invented.body().contains("selected") && !invented.body().contains("khong-co"));
    // a refused form stays at its address, and so does the unit
    let refused = app
        .client()
        .post_form(
            "/gui-phan-anh?don-vi=cn-ninh-kieu",
            &[("don_vi", "cn-ninh-kieu")],
        )
        .await;
    assert_eq!(refused.status(), 422);
    assert!(refused.body().contains(chosen));
    let action = r#"action="/gui-phan-anh?don-vi=cn-ninh-kieu""#;
    assert!(refused.body().contains(action));
}

#[tokio::test]
async fn nothing_but_words_unit_and_person_is_asked_for_and_every_error_is_told_at_once() {
    let app = TestApp::start().await;
    let visitor = app.client();
    for (kind, asked) in [
        (
            "hanh_vi",
            &["noi_dung", "don_vi", "dia_diem", "ho_ten", "dia_chi"][..],
        ),
        ("quy_dinh", &["noi_dung", "ho_ten", "dia_chi"]),
        (
            "tre_hen",
            &["noi_dung", "don_vi", "ngay_hen", "ho_ten", "dia_chi"],
        ),
    ] {
        let empty = visitor.post_form("/gui-phan-anh", &[("loai", kind)]).await;
        assert_eq!(empty.status(), 422);
        let links = empty.body().split("<li><a href=\"#").skip(1);
        let named: Vec<&str> = links.filter_map(|link| link.split('"').next()).collect();
        assert_eq!(named, asked, "{kind}: in the order of the page");
    }
    let least = [
        ("loai", "hanh_vi"),
        ("noi_dung", TEXT),
        ("don_vi", "cn-ninh-kieu"),
        ("ho_ten", "Trần Thị Mẫu"),
        ("dia_chi", "12 đường Thử Nghiệm"),
    ];
    let sent = visitor.post_form("/gui-phan-anh", &least).await;
    assert_eq!(sent.location(), DONE, "{}", sent.text());
    let (reasons, reply): (Vec<String>, String) =
        sqlx::query_as("select reasons, reply_by from feedback_case")
            .fetch_one(app.owner.pool())
            .await
            .unwrap();
    assert_eq!((reasons.len(), reply.as_str()), (0, "trang"));
    let (_, code) = receipt(visitor.get(DONE).await.body());
    let page = support::follow(&app, &code).await;
    let page = page.get("/tra-cuu/ho-so").await;
    assert!(page.body().contains("Vụ việc"), "taken from the words");
    let facts = page.body().split("Nội dung phản ánh").nth(1).unwrap();
    assert!(
        !facts.contains("Đồng ý để Sở liên hệ"),
        "nobody agreed to anything yet"
    );
}

#[tokio::test]
async fn an_error_behind_a_fold_opens_it() {
    let app = TestApp::start().await;
    let long = "x".repeat(501);
    let fields = [("loai", "hanh_vi"), ("nguoi_bi_phan_anh", long.as_str())];
    let open = "<details open";
    let refused = app.client().post_form("/gui-phan-anh", &fields).await;
    assert_eq!(refused.body().matches(open).count(), 1);
    assert!(!app.get("/gui-phan-anh").await.body().contains(open));
}

const ENTRY: &str = "/quan-tri/tiep-nhan";

/// What the hotline writes down, not yet read back.
fn call<'a>(key: &'a str, text: &'a str) -> Vec<(&'static str, &'a str)> {
    let mut fields = feedback(key, text);
    fields.extend([("kenh", "dien_thoai"), ("luc_goi", "2026-11-23T08:50")]);
    fields
}

#[tokio::test]
async fn a_call_is_kept_only_after_it_was_read_back() {
    let app = TestApp::start().await;
    let operator = app.sign_in("tongdai1").await;
    let mut fields = call(KEY, TEXT);
    let aloud = operator.post_form(ENTRY, &fields).await;
    assert_eq!(aloud.status(), 200, "{}", aloud.text());
    let body = aloud.body();
    for said in [TEXT, "Trần Thị Mẫu", "Chi nhánh", "0900000123"] {
        assert!(body.contains(said), "{said} is read aloud");
    }
    assert!(body.contains(r#"name="da_doc_lai""#) && body.contains(r#"name="doc_lai""#));
    assert_eq!(cases(&app).await, 0);
    // sent from there without the tick, it is asked for
    fields.push(("doc_lai", "1"));
    let again = operator.post_form(ENTRY, &fields).await;
    assert_eq!(again.status(), 422);
    assert!(again.body().contains("Vui lòng đọc lại") && again.body().contains(TEXT));
    // corrected: the form once more, as it was written
    let mut corrected = fields.clone();
    corrected.push(("sua", "1"));
    let form = operator.post_form(ENTRY, &corrected).await;
    assert_eq!(form.status(), 200);
    assert!(form.body().contains("<textarea") && form.body().contains(TEXT));
    assert!(!form.body().contains(r#"name="da_doc_lai""#));
    fields.push(("da_doc_lai", "1"));
    let kept = operator.post_form(ENTRY, &fields).await;
    assert_eq!(kept.location(), "/quan-tri/tiep-nhan/da-nhan");
    let (number, _) = receipt(operator.get("/quan-tri/tiep-nhan/da-nhan").await.body());
    let receipt = operator.get("/quan-tri/tiep-nhan/da-nhan").await;
    let case = format!("/quan-tri/ho-so/{number}");
    assert!(receipt.body().contains(&format!("href=\"{case}\"")));
    assert_eq!(operator.get(&case).await.status(), 200);
}

#[tokio::test]
async fn what_is_wrong_with_a_call_is_said_before_it_is_read_back() {
    let app = TestApp::start().await;
    let operator = app.sign_in("tongdai1").await;
    for (field, wrong) in [("luc_goi", "2030-01-01T08:00"), ("lien_he", "12")] {
        let mut fields = call(KEY, TEXT);
        fields.retain(|(name, _)| *name != field);
        fields.push((field, wrong));
        let refused = operator.post_form(ENTRY, &fields).await;
        assert_eq!(refused.status(), 422, "{field}");
        assert!(refused.body().contains(&format!("href=\"#{field}\"")));
        assert!(refused.body().contains("<textarea") && refused.body().contains(TEXT));
        assert!(!refused.body().contains("href=\"#da_doc_lai\""));
    }
    let page = operator.get(ENTRY).await;
    assert!(
        page.body().contains(r#"value="2026-11-23T09:00""#),
        "the time of the call is filled in: {}",
        page.body()
    );
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
