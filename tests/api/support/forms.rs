//! What people send: a complete form, a picture, and the receipt they take home.

use super::{Answer, Client, TestApp};
use std::{
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

static SENDINGS: AtomicU32 = AtomicU32::new(1);

/// A complete form of the first kind, as filled in without script; a different `text` makes it a different submission.
pub fn feedback<'a>(key: &'a str, text: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("loai", "hanh_vi"),
        ("ly_do", "HV_CHAM_TRE"),
        ("don_vi", "cn-ninh-kieu"),
        (
            "dia_diem",
            "Quầy số 3, Chi nhánh Ninh Kiều, sáng 20/11/2026",
        ),
        ("noi_dung", text),
        ("ho_ten", "Trần Thị Mẫu"),
        ("dia_chi", "12 đường Thử Nghiệm"),
        ("lien_he", "0900000123"),
        ("giu_bi_mat", "1"),
        ("cam_ket", "1"),
        ("khoa", key),
    ]
}

/// Where a form on the page of a case posts to.
pub fn case_command(number: &str, command: &str) -> String {
    format!("/quan-tri/ho-so/{number}?viec={command}")
}

/// Where a form on the page of a case's opening posts to.
pub fn opening_command(number: &str, command: &str) -> String {
    format!("/quan-tri/ho-so/{number}/danh-tinh?viec={command}")
}

/// Number and receipt code on the page that a sender is led to.
pub fn receipt(page: &str) -> (String, String) {
    let number = page
        .split("receipt-number")
        .nth(1)
        .and_then(|rest| rest.split('>').nth(1))
        .and_then(|rest| rest.split('<').next());
    let code: String = page
        .split("code-value")
        .nth(1)
        .and_then(|rest| rest.split("</p>").next())
        .unwrap_or_default()
        .split("<span>")
        .skip(1)
        .filter_map(|group| group.get(..4))
        .collect();
    assert_eq!(code.len(), 20, "no receipt code on the page");
    (
        number.expect("a case number on the page").trim().to_owned(),
        code,
    )
}

/// Sends feedback of its own through the public form: number and receipt code.
pub async fn submit(app: &TestApp) -> (String, String) {
    let turn = SENDINGS.fetch_add(1, Ordering::Relaxed);
    let (key, text) = (
        format!("{turn:032x}"),
        format!("Tôi đến lần thứ {turn} vẫn chưa được trả kết quả đúng hẹn."),
    );
    let sender = app.client();
    let sent = sender
        .post_multipart("/gui-phan-anh?loai=hanh_vi", &feedback(&key, &text), &[])
        .await;
    assert_eq!(
        (sent.status(), sent.location()),
        (303, "/gui-phan-anh/da-nhan"),
        "{}",
        sent.text()
    );
    receipt(sender.get("/gui-phan-anh/da-nhan").await.body())
}

/// A picture that is one.
pub fn small_png() -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(8, 8, image::Rgb([10, 120, 90]))
        .write_to(&mut out, image::ImageFormat::Png)
        .unwrap();
    out.into_inner()
}

/// Every file below a folder.
pub fn files_below(folder: &std::path::Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(files_below(&path))
        } else {
            files.push(path)
        }
    }
    files
}

/// A visitor who has opened the case of this receipt code.
pub async fn follow(app: &TestApp, code: &str) -> Client {
    let visitor = app.client();
    let opened = visitor.post_form("/tra-cuu", &[("ma", code)]).await;
    assert_eq!(
        (opened.status(), opened.location()),
        (303, "/tra-cuu/ho-so"),
        "{}",
        opened.text()
    );
    visitor
}

/// What a member of staff does with a case, as the page's form sends it.
pub async fn act(who: &Client, action: &str, number: &str, fields: &[(&str, &str)]) -> Answer {
    // what is approved, or written over, is what the newest page showed
    let seen = match action {
        "tra_loi" => seen(who, number).await,
        "phan_loai" | "luu_va_giao" | "viet_trich_yeu" | "khong_tham_gia" => i64::MAX.to_string(),
        _ => "0".to_owned(),
    };
    act_on(
        who,
        action,
        number,
        seen.parse().unwrap_or_default(),
        fields,
    )
    .await
}

/// The newest event on the page of a case: what an action from it is decided on.
pub async fn seen(who: &Client, number: &str) -> String {
    let page = who.get(&format!("/quan-tri/ho-so/{number}")).await;
    let after = page.body().split_once(r#"name="seen" value=""#);
    let value = after.and_then(|(_, rest)| rest.split_once('"'));
    value.map_or_else(|| "0".to_owned(), |(seen, _)| seen.to_owned())
}

/// The same from a page whose newest event is `seen`.
pub async fn act_on(
    who: &Client,
    action: &str,
    number: &str,
    seen: i64,
    fields: &[(&str, &str)],
) -> Answer {
    let seen = seen.to_string();
    let all = [&[("seen", seen.as_str())], fields].concat();
    who.post_form(&case_command(number, action), &all).await
}

/// Whether an action was done: the browser is led on.
pub fn succeeded(answer: &Answer) -> bool {
    answer.status() == 303
}
