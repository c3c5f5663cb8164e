//! Guessing at passwords is slow for whoever guesses, and for nobody else.

use super::{SIGN_IN, try_password};
use crate::support::{Answer, Client, PASSWORD, TestApp, urlencoded};
use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Request, header},
};
use lang_nghe::{accounts::ssr::throttle, error::AppError};
use std::{net::SocketAddr, time::Duration};

/// A try from an address.
async fn from(client: &Client, address: &str, username: &str, password: &str) -> Answer {
    let peer: SocketAddr = address.parse().unwrap();
    let request = Request::post(SIGN_IN)
        .extension(ConnectInfo(peer))
        .header(header::ORIGIN, crate::support::ORIGIN)
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let fields = [("username", username), ("secret_password", password)];
    client.send(request, Body::from(urlencoded(&fields))).await
}

const OFFICE: &str = "203.0.113.7:1000";

async fn attack(app: &TestApp, username: &str, tries: u32) -> u32 {
    let mut checked = 0;
    for _ in 0..tries {
        let answer = from(&app.client(), OFFICE, username, "mat-khau-doan-mo").await;
        checked += u32::from(answer.status() == 422);
    }
    checked
}

#[tokio::test]
async fn a_hundred_wrong_tries_at_one_account_do_not_stop_a_colleague_behind_the_same_address() {
    let app = TestApp::start().await;
    app.sign_in("vanphong1").await;
    app.sign_in("vanphong2").await;
    assert_eq!(
        attack(&app, "vanphong1", 100).await,
        10,
        "the others are not even checked"
    );
    let colleague = from(&app.client(), OFFICE, "vanphong2", PASSWORD).await;
    assert_eq!(colleague.status(), 303);
    let elsewhere = from(&app.client(), "198.51.100.9:1", "vanphong1", PASSWORD).await;
    assert_eq!(
        elsewhere.status(),
        303,
        "nor the owner from another network"
    );
}

#[tokio::test]
async fn a_right_password_from_a_known_device_gets_in_during_an_attack() {
    let app = TestApp::start().await;
    let own = app.sign_in("vanphong1").await;
    let out = own
        .post_form("/quan-tri/tai-khoan?viec=dang_xuat", &[])
        .await;
    assert_eq!(out.status(), 303);
    attack(&app, "vanphong1", 40).await;
    let stranger = from(&app.client(), OFFICE, "vanphong1", PASSWORD).await;
    assert_eq!(
        stranger.status(),
        429,
        "a new device behind the attacker's address waits"
    );
    assert_eq!(
        from(&own, OFFICE, "vanphong1", PASSWORD).await.status(),
        303
    );
}

#[tokio::test]
async fn a_device_is_known_for_those_who_signed_in_from_it_only() {
    let app = TestApp::start().await;
    app.sign_in("vanphong2").await;
    let shared = app.sign_in("vanphong1").await;
    assert_eq!(
        try_password(&shared, "vanphong1", PASSWORD).await.status(),
        303
    );
    attack(&app, "vanphong2", 12).await;
    let first = from(&shared, OFFICE, "vanphong2", PASSWORD).await;
    assert_eq!(first.status(), 429, "somebody else's device");
    let forged = app.client();
    let cookie = format!("may={}", "A".repeat(44));
    let request = Request::post(SIGN_IN)
        .extension(ConnectInfo::<SocketAddr>(OFFICE.parse().unwrap()))
        .header(header::COOKIE, cookie)
        .header(header::ORIGIN, crate::support::ORIGIN)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let fields = [("username", "vanphong2"), ("secret_password", PASSWORD)];
    let answer = forged.send(request, Body::from(urlencoded(&fields))).await;
    assert_eq!(answer.status(), 429, "a cookie that we did not write");
    // both remember, once both were here
    let home = from(&shared, "198.51.100.9:1", "vanphong2", PASSWORD).await;
    assert_eq!(home.status(), 303);
    assert_eq!(
        from(&shared, OFFICE, "vanphong2", PASSWORD).await.status(),
        303
    );
    attack(&app, "vanphong1", 12).await;
    assert_eq!(
        from(&shared, OFFICE, "vanphong1", PASSWORD).await.status(),
        303
    );
}

#[tokio::test]
async fn even_a_known_device_cannot_guess_without_end() {
    let app = TestApp::start().await;
    let own = app.sign_in("vanphong1").await;
    for _ in 0..5 {
        assert_eq!(
            try_password(&own, "vanphong1", "sai-mat-khau")
                .await
                .status(),
            422
        );
    }
    // the twenty of a quarter of an hour are used up
    sqlx::query("update rate_counter set hits = 20")
        .execute(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(
        try_password(&own, "vanphong1", PASSWORD).await.status(),
        429
    );
    app.pass(time::Duration::minutes(16));
    assert_eq!(
        try_password(&own, "vanphong1", PASSWORD).await.status(),
        303
    );
}

#[tokio::test]
async fn tries_at_an_account_from_everywhere_take_turns() {
    let app = TestApp::start().await;
    let (bucket, apart, now) = ([7; 32], Duration::from_secs(8), app.clock.now());
    let turn = || throttle::turn(&app.state.db, bucket, apart, now);
    assert_eq!(turn().await, Ok(Duration::ZERO));
    assert_eq!(turn().await, Ok(apart));
    assert_eq!(turn().await, Ok(apart * 2));
    assert_eq!(
        turn().await,
        Err(AppError::TooManyRequests),
        "the queue is full"
    );
    let other = throttle::turn(&app.state.db, [8; 32], apart, now).await;
    assert_eq!(other, Ok(Duration::ZERO), "another account");
    let later = now + time::Duration::seconds(60);
    let after = throttle::turn(&app.state.db, bucket, apart, later).await;
    assert_eq!(after, Ok(Duration::ZERO));
}
