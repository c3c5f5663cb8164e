//! Handling: the straight road, who may do what, two people where two are needed, what a unit never
//! sees, and what comes back of a refused form.

mod closed;
mod inbox;
mod many;
mod refused;
mod reminder;
mod road;
mod sight;
mod stale;
mod triage;

use crate::support::{Client, TestApp, act, cases::unit, succeeded};
use lang_nghe::{
    case::{CaseId, CaseNumber, FeedbackContent},
    platform::{
        clock::{random_bytes, random_id},
        vault::SealContext,
    },
};
use uuid::Uuid;

/// Words that only the original holds.
const SECRET: &str = "loi-cua-nguoi-phan-anh-7f3a";

/// Words that only the extract holds.
const EXTRACT: &str = "Chậm trả kết quả tại quầy số 3.";

/// A case as the public form would have left it: conduct of the branch Ninh Kiều, identity kept secret.
async fn submitted(app: &TestApp) -> (Uuid, String) {
    let told = FeedbackContent {
        content: SECRET.to_owned(),
        ..FeedbackContent::default()
    };
    submitted_with(app, &told).await
}

/// The same in these words.
async fn submitted_with(app: &TestApp, told: &FeedbackContent) -> (Uuid, String) {
    let case = random_id();
    let number = CaseNumber::from_random(2026, u32::from_be_bytes(random_bytes())).to_string();
    let id = Uuid::from_u128(case);
    sqlx::query("insert into feedback_case (case_id, number, kind, reasons, channel, status, secrecy, is_lead, concerned_unit_id, received_on, due_on)
        values ($1, $2, 'hanh_vi', array['HV_KHAC'], 'online', 'cho_tiep_nhan', 'giu_bi_mat', false,
            (select unit_id from unit where code = 'cn-ninh-kieu'), '2026-11-23', '2026-12-07')").bind(id).bind(&number)
    .execute(app.owner.pool())
    .await
    .unwrap();
    let key = app.state.vault.new_case_key();
    let wrapped = app.state.vault.wrap(CaseId(case), &key);
    sqlx::query("insert into case_key (case_id, kek_version, wrapped) values ($1, $2, $3)")
        .bind(id)
        .bind(wrapped.kek_version)
        .bind(wrapped.bytes)
        .execute(app.owner.pool())
        .await
        .unwrap();
    let story = serde_json::to_vec(told).unwrap();
    let sealed = key.seal(
        SealContext {
            table: "case_body",
            row: case,
            field: "original",
        },
        &story,
    );
    sqlx::query("insert into case_body (case_id, field, sealed) values ($1, 'original', $2)")
        .bind(id)
        .bind(sealed)
        .execute(app.owner.pool())
        .await
        .unwrap();
    (id, number)
}

/// Up to the unit: received, classified, extracted, assigned to the land registration office.
async fn assigned(app: &TestApp, office: &Client) -> (Uuid, String) {
    let (case, number) = submitted(app).await;
    let registry = unit(app, "vpdkdd").await;
    for (action, fields) in [
        ("tiep_nhan", vec![]),
        (
            "phan_loai",
            vec![("kind", "hanh_vi"), ("reasons[]", "HV_CHAM_TRE")],
        ),
        ("viet_trich_yeu", vec![("extract", EXTRACT)]),
        (
            "giao_xu_ly",
            vec![("unit", registry.as_str()), ("handler", "")],
        ),
    ] {
        let answer = act(office, action, &number, &fields).await;
        assert!(
            succeeded(&answer),
            "{action}: {} {}",
            answer.status,
            answer.location()
        );
    }
    (case, number)
}
