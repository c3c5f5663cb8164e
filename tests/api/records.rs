//! The sealed record over time: histories of earlier versions, and what both sides read of one event.

use crate::support::fresh_database;
use lang_nghe::case::CaseEvent;
use serde_json::{Value, json};
use sqlx::{Connection as _, PgConnection};
use uuid::Uuid;

const MIGRATION: &str = include_str!("../../migrations/0010_event_keys.sql");

/// A closed case whose history has these events, all at the same moment; its rating as a column.
async fn closed_case(db: &mut PgConnection, rating: i16, events: &[(&str, Value)]) -> Uuid {
    let id = Uuid::now_v7();
    let number = format!("PA26-{:06}-X", events.len() * 1000 + rating as usize);
    sqlx::query(
        "insert into feedback_case (case_id, number, kind, reasons, channel, status, is_lead,
            received_on, satisfaction)
        values ($1, $2, 'hanh_vi', '{HV_KHAC}', 'online', 'ket_thuc', false, '2026-01-05', $3)",
    )
    .bind(id)
    .bind(number)
    .bind(rating)
    .execute(&mut *db)
    .await
    .unwrap();
    for (kind, data) in events {
        sqlx::query(
            "insert into case_event (case_id, at, kind, data)
            values ($1, '2026-02-02 09:00+07', $2, $3)",
        )
        .bind(id)
        .bind(kind)
        .bind(data)
        .execute(&mut *db)
        .await
        .unwrap();
    }
    id
}

async fn history(db: &mut PgConnection, case: Uuid) -> Vec<(String, Value)> {
    sqlx::query_as("select kind, data from case_event where case_id = $1 order by event_id")
        .bind(case)
        .fetch_all(db)
        .await
        .unwrap()
}

async fn rating(db: &mut PgConnection, case: Uuid) -> i16 {
    sqlx::query_scalar("select satisfaction from feedback_case where case_id = $1")
        .bind(case)
        .fetch_one(db)
        .await
        .unwrap()
}

#[tokio::test]
async fn histories_of_earlier_versions_are_brought_over() {
    let (owner, _) = fresh_database().await;
    let mut db = PgConnection::connect_with(&owner).await.unwrap();
    let demo = closed_case(
        &mut db,
        4,
        &[
            (
                "nhap",
                json!({ "kenh": "dien_thoai", "luc_goi": "9 giờ sáng" }),
            ),
            ("giao_xu_ly", json!({ "unit_id": 3 })),
            ("ket_luan", json!({ "finding": "dung" })),
            ("duyet_tu_choi", json!({ "reason": "KHONG_RO_NOI_DUNG" })),
            ("duyet_chuyen", json!({ "external_body_id": 2 })),
            (
                "nhan_tin",
                json!({ "huong": "den", "tin": Uuid::nil(), "tep": 1 }),
            ),
            (
                "bo_sung",
                json!({ "huong": "den", "tin": Uuid::nil(), "tep": 2 }),
            ),
            ("danh_gia", json!({ "muc": 4 })),
            ("ket_thuc", json!({})),
        ],
    )
    .await;
    let real = closed_case(
        &mut db,
        1,
        &[("ket_thuc", json!({})), ("danh_gia", json!({ "muc": 1 }))],
    )
    .await;
    for _ in 0..2 {
        sqlx::raw_sql(MIGRATION).execute(&mut db).await.unwrap();
        let told = history(&mut db, demo).await;
        let data: Vec<_> = told.iter().map(|(_, data)| data.clone()).collect();
        assert_eq!(
            data,
            [
                json!({ "kenh": "dien_thoai" }),
                json!({ "don_vi": 3 }),
                json!({ "ket_luan": "dung" }),
                json!({ "ly_do": "KHONG_RO_NOI_DUNG" }),
                json!({ "co_quan": 2 }),
                json!({ "huong": "in", "tep": 1 }),
                json!({ "tep": 2 }),
                json!({ "muc": 1 }),
                json!({}),
            ]
        );
        for (kind, data) in told.iter().filter(|(_, data)| *data != json!({})) {
            let stored = json!({ "kind": kind, "data": data });
            serde_json::from_value::<CaseEvent>(stored).expect(kind);
        }
        assert_eq!(
            (rating(&mut db, demo).await, rating(&mut db, real).await),
            (1, 1)
        );
    }
}
