//! What is no feedback: the right door stands in the form before it is sent and on the receipt,
//! with its number and its deadline, and stops nobody. Nothing here runs script.

use crate::support::{TestApp, feedback, sending::FORM};

/// Between `from` and the next `to`.
fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = page.split_once(from).expect(from);
    rest.split_once(to).expect(to).0
}

/// What each door must say.
const DOORS: [(&str, &[&str]); 4] = [
    (
        "to_cao",
        &[
            "(0292) 3822751",
            "30 ngày",
            "Giám đốc Sở, Thành phố Cần Thơ",
        ],
    ),
    ("khieu_nai", &["(0292) 3822751", "90 ngày", "30 ngày"]),
    (
        "tranh_chap",
        &["(0292) 3822751", "Ủy ban nhân dân xã, phường", "30 ngày"],
    ),
    (
        "o_nhiem",
        &["tel:02923111222", "(0292) 3111222", "Gọi ngay"],
    ),
];

async fn with_a_pollution_hotline() -> TestApp {
    let app = TestApp::start().await;
    sqlx::query("update agency set pollution_hotline = '(0292) 3111222'")
        .execute(app.owner.pool())
        .await
        .unwrap();
    app
}

#[tokio::test]
async fn every_door_stands_before_the_button_with_number_and_deadline() {
    let app = with_a_pollution_hotline().await;
    for kind in ["hanh_vi", "quy_dinh", "tre_hen"] {
        let page = app.get(&format!("/gui-phan-anh?loai={kind}")).await;
        let (before, _) = page
            .body()
            .split_once("Gửi phản ánh</button>")
            .expect("a button");
        for (code, says) in DOORS {
            let door = between(before, &format!("id=\"noi-khac-{code}\""), "/huong-dan#");
            for said in says {
                assert!(door.contains(said), "{kind} {code} {said}: {door}");
            }
        }
    }
}

#[tokio::test]
async fn a_number_that_is_only_a_sample_says_so_and_is_not_dialled() {
    let app = TestApp::start().await;
    for path in [FORM, "/huong-dan"] {
        let page = app.get(path).await;
        assert!(
            page.body()
                .contains("số mẫu, cần khai báo khi đưa vào sử dụng"),
            "{path}"
        );
        assert!(!page.body().contains("tel:02920000000"), "{path}");
    }
}

/// Sends these words through the form without script, and returns the receipt's page.
async fn receipt_for(app: &TestApp, key: &str, words: [(&str, &str); 3]) -> String {
    let mut fields = feedback(key, words[1].1);
    fields.retain(|(name, _)| words.iter().all(|(own, _)| own != name));
    fields.extend(words.map(|(name, value)| {
        let name = ["vu_viec", "noi_dung", "de_xuat"]
            .into_iter()
            .find(|own| *own == name);
        (name.expect("a field of the form"), value)
    }));
    let sender = app.client();
    let sent = sender.post_multipart(FORM, &fields, &[]).await;
    assert_eq!(
        sent.status(),
        303,
        "it is sent, not asked about: {}",
        sent.body()
    );
    sender.get("/gui-phan-anh/da-nhan").await.body().to_owned()
}

#[tokio::test]
async fn the_matter_and_the_proposal_are_read_like_the_content() {
    let app = with_a_pollution_hotline().await;
    let plain = "Tôi đến ba lần, lần nào cũng hẹn lại tuần sau.";
    let sent = [
        (
            "matter",
            [
                ("vu_viec", "Cán bộ đòi 3 triệu"),
                ("noi_dung", plain),
                ("de_xuat", ""),
            ],
        ),
        (
            "proposal",
            [
                ("vu_viec", "Trễ hẹn"),
                ("noi_dung", plain),
                ("de_xuat", "Xử lý người vòi vĩnh"),
            ],
        ),
        (
            "nothing",
            [
                ("vu_viec", "Trễ hẹn"),
                ("noi_dung", plain),
                ("de_xuat", "Trả đúng hẹn"),
            ],
        ),
    ];
    for (at, words) in sent {
        let page = receipt_for(&app, &format!("{at:0<32}"), words).await;
        let shown = page.contains("Có thể đây là tố cáo");
        assert_eq!(shown, at != "nothing", "{at}");
        assert_eq!(
            page.contains("Giám đốc Sở, Thành phố Cần Thơ"),
            shown,
            "{at}"
        );
    }
}
