//! The strings that are planted, and the house's whole work on the cases that hold them.

use crate::support::{Client, TestApp, case_command, feedback, opening_command, receipt, seen};

/// Who the submitter is: nobody reads it without an opening.
pub const IDENTITY: [&str; 4] = [
    "Canary Hovaten",
    "canary-so-nha-dia-chi",
    "0987601234",
    "canary-hop-thu@example.vn",
];

/// The words of the public form, the attachment and the follow-up: for those who may read the original.
pub const WORDS: [&str; 9] = [
    "canary-noi-dung",
    "canary-vu-viec",
    "canary-de-xuat",
    "canary-can-bo",
    "canary-noi-xay-ra",
    "canary-thoi-diem",
    "canary-ma-ho-so",
    "canary-ten-tep",
    "canary-tin-nguoi-dan",
];

/// Who wrote the attachment: nobody.
pub const AUTHOR: &str = "Canary Nguoisoan";

/// What is in the attachment: only whoever downloads it.
pub const CONTENT: &str = "canary-trong-tep";

/// Between the office and the unit.
pub const INSIDE: [&str; 5] = [
    "canary-trich-yeu",
    "canary-ghi-chu",
    "canary-ket-luan",
    "canary-tra-loi",
    "canary-tin-cua-so",
];

/// Why the identity is asked for: for who asked and who may decide.
pub const OPENING: &str = "canary-ly-do-mo-danh-tinh";

/// The call: its words, the operator's note, the reason of the refusal.
pub const CALL: [&str; 2] = ["canary-cuoc-goi", "canary-nguoi-nhap"];

pub const REFUSAL: &str = "canary-tu-choi";

pub const CALLER: [&str; 2] = ["Canary Nguoigoi", "0987605678"];

/// Said openly, to see that the search finds what is there.
pub const OPEN: &str = "canary-cong-khai";

pub fn pdf() -> Vec<u8> {
    let words = format!("BT ({CONTENT}) Tj ET");
    format!(
        "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n\
         2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n\
         3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>\nendobj\n\
         4 0 obj\n<</Length {}>>\nstream\n{words}\nendstream\nendobj\n\
         5 0 obj\n<</Author ({AUTHOR})>>\nendobj\n\
         trailer\n<</Root 1 0 R/Info 5 0 R/Size 6>>\n%%EOF\n",
        words.len()
    )
    .into_bytes()
}

/// A case with canaries in every field, sent through the public form; number and receipt code.
pub async fn plant_online(app: &TestApp) -> (String, String) {
    let mut fields = feedback(
        "canary-khoa-bieu-mau-0001",
        "canary-noi-dung: tôi đến lần thứ ba vẫn bị hẹn lại.",
    );
    let own = [
        ("vu_viec", "canary-vu-viec"),
        ("dia_diem", "canary-noi-xay-ra"),
        ("thoi_diem", "canary-thoi-diem"),
        ("ho_ten", IDENTITY[0]),
        ("dia_chi", IDENTITY[1]),
        ("lien_he", IDENTITY[2]),
    ];
    fields.retain(|(name, _)| own.iter().all(|(own, _)| own != name));
    fields.extend(own);
    fields.extend([
        ("de_xuat", "canary-de-xuat"),
        ("nguoi_bi_phan_anh", "canary-can-bo"),
        ("ma_ho_so", "canary-ma-ho-so"),
    ]);
    fields.extend([
        ("thu_dien_tu", IDENTITY[3]),
        ("xac_nhan_email", "1"),
        ("nhan_tra_loi", "email"),
    ]);
    let sender = app.client();
    let files = [("tep", "canary-ten-tep.pdf", "application/pdf", &pdf()[..])];
    let sent = sender
        .post_multipart("/gui-phan-anh?loai=hanh_vi", &fields, &files)
        .await;
    assert_eq!(sent.status(), 303, "{}", sent.text());
    receipt(sender.get("/gui-phan-anh/da-nhan").await.body())
}

/// A call that the hotline writes down.
pub async fn plant_call(app: &TestApp) -> String {
    let mut fields = feedback(
        "canary-khoa-bieu-mau-0002",
        "canary-cuoc-goi: người gọi kể về việc phải chờ lâu.",
    );
    fields.retain(|(name, _)| !["ho_ten", "lien_he"].contains(name));
    fields.extend([
        ("ho_ten", CALLER[0]),
        ("lien_he", CALLER[1]),
        ("kenh", "dien_thoai"),
        ("luc_goi", "2026-11-23T08:50"),
    ]);
    fields.extend([
        ("da_doc_lai", "1"),
        ("ghi_chu_nguoi_nhap", "canary-nguoi-nhap"),
    ]);
    let operator = app.sign_in("tongdai1").await;
    let sent = operator
        .post_multipart("/quan-tri/tiep-nhan?loai=hanh_vi", &fields, &[])
        .await;
    assert_eq!(sent.status(), 303, "{}", sent.text());
    receipt(operator.get("/quan-tri/tiep-nhan/da-nhan").await.body()).0
}

pub async fn write_along(app: &TestApp, code: &str) {
    let visitor = app.client();
    assert_eq!(
        visitor
            .post_form("/tra-cuu", &[("ma", code)])
            .await
            .status(),
        303
    );
    let sent = visitor
        .post_form(
            "/tra-cuu/ho-so?viec=nhan",
            &[("khoa", "a1"), ("tin_nhan", "canary-tin-nguoi-dan")],
        )
        .await;
    assert_eq!(sent.location(), "/tra-cuu/ho-so?xong=nhan");
}

pub async fn act(who: &Client, action: &str, number: &str, fields: &[(&str, &str)]) {
    let seen = seen(who, number).await;
    let mut all = vec![("seen", seen.as_str())];
    all.extend_from_slice(fields);
    let answer = who.call(&case_command(number, action), &all).await;
    assert!(
        answer.status() < 400,
        "{action}: {} {}",
        answer.status(),
        answer.text()
    );
}

/// The straight road to the answer, words at each step; then the identity is asked for.
pub async fn handle(app: &TestApp, number: &str) {
    let unit: i16 = sqlx::query_scalar("select unit_id from unit where code = 'vpdkdd'")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    let (office, head, leader) = (
        app.sign_in("vanphong1").await,
        app.sign_in("gd-vpdkdd").await,
        app.sign_in("giamdoc").await,
    );
    act(&office, "tiep_nhan", number, &[]).await;
    act(
        &office,
        "phan_loai",
        number,
        &[("kind", "hanh_vi"), ("reasons[0]", "HV_CHAM_TRE")],
    )
    .await;
    act(
        &office,
        "viet_trich_yeu",
        number,
        &[("extract", "canary-trich-yeu")],
    )
    .await;
    act(
        &office,
        "giao_xu_ly",
        number,
        &[("unit", &unit.to_string()), ("handler", "")],
    )
    .await;
    act(&office, "ghi_chu", number, &[("note", "canary-ghi-chu")]).await;
    act(
        &office,
        "nhan_tin",
        number,
        &[("message", "canary-tin-cua-so")],
    )
    .await;
    act(&head, "xac_minh", number, &[]).await;
    act(
        &head,
        "ket_luan",
        number,
        &[("finding", "dung"), ("measures", "canary-ket-luan")],
    )
    .await;
    act(
        &head,
        "trinh_phe_duyet",
        number,
        &[("reply", "canary-tra-loi")],
    )
    .await;
    act(&leader, "tra_loi", number, &[]).await;
    let asked = leader
        .call(
            &opening_command(number, "de_nghi"),
            &[("reason", "canary-ly-do-mo-danh-tinh để gọi lại")],
        )
        .await;
    assert!(asked.status() < 400, "{}", asked.text());
}

pub async fn refuse(app: &TestApp, number: &str) {
    let fields = [
        ("refusal_reason", "KHONG_RO_NOI_DUNG"),
        ("refusal_text", REFUSAL),
    ];
    act(
        &app.sign_in("vanphong1").await,
        "de_xuat_tu_choi",
        number,
        &fields,
    )
    .await;
}

/// What could have made somebody log: broken sendings, a wrong password, a wrong code, a question with a letter the database refuses.
pub async fn stumble(app: &TestApp) {
    let mut broken = feedback("canary-khoa-bieu-mau-0003", "canary-noi-dung");
    broken.push(("don_vi", "canary-vu-viec"));
    app.client()
        .post_multipart(
            "/gui-phan-anh",
            &broken,
            &[(
                "tep",
                "canary-ten-tep.png",
                "image/png",
                b"\x89PNG\r\n\x1a\ncanary-trong-tep",
            )],
        )
        .await;
    app.client()
        .post_form(
            "/quan-tri/dang-nhap",
            &[
                ("username", "Canary Hovaten\0"),
                ("secret_password", "canary-noi-dung\0"),
            ],
        )
        .await;
    app.client()
        .post_form("/tra-cuu", &[("ma", "canary-noi-dung")])
        .await;
    let office = app.sign_in("vanphong1").await;
    office
        .call(
            "/quan-tri/ho-so/canary-vu-viec?viec=ghi_chu",
            &[("seen", "canary-ghi-chu"), ("note", "canary-ghi-chu")],
        )
        .await;
    office
        .query(
            "/api/casework-inbox",
            &[("query", "q=canary-noi-dung%00&trang=canary-vu-viec")],
        )
        .await;
}
