//! The code opens the case; guessing is slowed; the session ends by itself.

use super::{PAGE, followed};
use crate::support::{self, TestApp};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use lang_nghe::{
    case::ReceiptCode,
    track::ssr::throttle::{Delays, LookUpThrottle},
};
use time::Duration;

/// A code with a right check digit that no case has.
const STRANGER: &str = "0000 0000 0000 0000 0000";

const UNKNOWN: &str = "Không tìm thấy phản ánh với mã đã nhập";

#[tokio::test]
async fn the_code_opens_the_case_and_never_stands_in_an_address() {
    let app = TestApp::start().await;
    let (_, code, visitor) = followed(&app).await;
    let page = visitor.get(PAGE).await;
    assert_eq!(
        (page.status(), page.header("cache-control")),
        (200, Some("no-store"))
    );
    assert!(
        page.body().contains("Sở trả lời chậm nhất")
            && page.body().contains("Chưa ai mở danh tính của Ông/Bà")
    );
    assert!(!page.body().contains(&code.replace(' ', "")));
    assert!(app.get("/tra-cuu").await.body().contains("Mã tra cứu"));
}

#[tokio::test]
async fn the_session_cookie_is_strict_and_its_token_is_stored_hashed() {
    let app = TestApp::start().await;
    let (_, code) = support::submit(&app).await;
    let reply = app.client().post_form("/tra-cuu", &[("ma", &code)]).await;
    let cookie = reply.header("set-cookie").unwrap().to_owned();
    assert!(
        cookie.contains("theo-doi=")
            && cookie.contains("HttpOnly")
            && cookie.contains("SameSite=Strict")
            && cookie.contains("Path=/")
    );
    let hashes = sqlx::query_scalar::<_, Vec<u8>>("select token_hash from track_session")
        .fetch_all(app.owner.pool())
        .await
        .unwrap();
    assert!(hashes.iter().all(|hash| hash.len() == 32));
}

#[tokio::test]
async fn without_a_session_the_page_leads_to_the_look_up() {
    let app = TestApp::start().await;
    let reply = app.get(PAGE).await;
    assert_eq!(
        (reply.status(), reply.header("location")),
        (303, Some("/tra-cuu"))
    );
}

#[tokio::test]
async fn a_mistyped_code_is_explained_and_stays_in_the_field() {
    let app = TestApp::start().await;
    let reply = app
        .client()
        .post_form("/tra-cuu", &[("ma", "0000 0000 0000 0000 0001")])
        .await;
    assert_eq!(
        (reply.status(), reply.header("cache-control")),
        (422, Some("no-store"))
    );
    assert!(
        reply.body().contains("hai chữ số cạnh nhau bị đổi chỗ")
            && reply.body().contains("0000 0000 0000 0000 0001")
    );
    let field = r#"inputmode="numeric""#;
    assert!(
        reply.body().contains(field)
            && reply.body().contains(r#"action="/tra-cuu""#)
            && reply.body().contains(r#"autocomplete="off""#)
    );
    let marked = app
        .client()
        .post_form("/tra-cuu", &[("ma", "1234 \"><b>5678")])
        .await;
    assert!(
        marked.body().contains("1234 &quot;") && !marked.body().contains("<b>5678"),
        "what was typed is text"
    );
    let counted = sqlx::query_scalar::<_, i64>("select count(*) from rate_counter")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(counted, 0, "what cannot be a code is not a guess");
}

#[tokio::test]
async fn a_wrong_code_gets_one_neutral_answer() {
    let app = TestApp::start().await;
    let reply = app
        .client()
        .post_form("/tra-cuu", &[("ma", STRANGER)])
        .await;
    assert_eq!(reply.status(), 422);
    assert!(reply.body().contains(UNKNOWN) && reply.header("set-cookie").is_none());
}

/// What the stored failures demand of a look-up from `address`.
async fn delays(app: &TestApp, address: &str) -> Delays {
    let code = ReceiptCode::parse(STRANGER).unwrap();
    let throttle = LookUpThrottle::of(&app.state, &code, address.parse().ok());
    throttle.delays(&app.state).await.unwrap()
}

#[tokio::test]
async fn guessing_is_slowed_and_the_owner_still_gets_in() {
    let app = TestApp::start().await;
    let (_, code) = support::submit(&app).await;
    let guesser = app.client();
    for wrong in 0..4 {
        let answer = guesser.post_form("/tra-cuu", &[("ma", STRANGER)]).await;
        assert!(answer.body().contains(UNKNOWN), "{wrong}");
    }
    let second = std::time::Duration::from_secs(1);
    // requests without an address share a network
    assert!(delays(&app, "").await.own >= 2 * second);
    let let_in = app.client().post_form("/tra-cuu", &[("ma", &code)]).await;
    assert_eq!(let_in.status(), 303, "of the same network");
}

#[tokio::test]
async fn a_flood_of_guesses_slows_no_right_code_of_another_network() {
    let app = TestApp::start().await;
    let right = ReceiptCode::parse(STRANGER).unwrap();
    for network in 0..300u32 {
        let guessed = ReceiptCode::from_random(u128::from(network) + 1);
        let from = Some(std::net::Ipv4Addr::from_bits(network).into());
        let throttle = LookUpThrottle::of(&app.state, &guessed, from);
        throttle.failed(&app.state).await.unwrap();
    }
    let citizen = "198.51.100.7".parse().ok();
    let throttle = LookUpThrottle::of(&app.state, &right, citizen);
    let Delays { own, common } = throttle.delays(&app.state).await.unwrap();
    assert!(own.is_zero(), "{own:?}");
    assert!(common >= std::time::Duration::from_secs(2), "{common:?}");
}

#[tokio::test]
async fn the_session_ends_half_an_hour_after_its_last_use() {
    let app = TestApp::start().await;
    let (_, _, visitor) = followed(&app).await;
    app.clock.advance(Duration::minutes(25));
    assert_eq!(visitor.get(PAGE).await.status(), 200);
    app.clock.advance(Duration::minutes(25));
    assert_eq!(
        visitor.get(PAGE).await.status(),
        200,
        "every use begins the half hour anew"
    );
    app.clock.advance(Duration::minutes(31));
    assert_eq!(visitor.get(PAGE).await.status(), 303);
}

#[tokio::test]
async fn however_often_it_is_used_the_session_ends_after_four_hours() {
    let app = TestApp::start().await;
    let (_, code, visitor) = followed(&app).await;
    let cookie = visitor.cookie("theo-doi");
    for _ in 0..11 {
        app.clock.advance(Duration::minutes(20));
        assert_eq!(visitor.get(PAGE).await.status(), 200);
    }
    app.clock.advance(Duration::minutes(20));
    assert_eq!(visitor.get(PAGE).await.status(), 303);
    // nor does it end later because the browser says so
    let visitor = support::follow(&app, &code).await;
    let mut token = URL_SAFE_NO_PAD.decode(&cookie).unwrap();
    let later = i64::MAX.to_be_bytes();
    let end = token.len() - later.len();
    token[end + 4..].copy_from_slice(&later[4..]);
    visitor.put_cookie("theo-doi", &URL_SAFE_NO_PAD.encode(&token));
    assert_eq!(visitor.get(PAGE).await.status(), 303);
}
