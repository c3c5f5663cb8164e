//! What row security shows beside a case: texts, messages, files, events, openings.

use super::{ME, every_kind_of_case, unit_id};
use crate::support::TestApp;
use lang_nghe::{case::CaseId, platform::database::Scope};
use time::macros::date;
use uuid::Uuid;

/// A case of vpdkdd entered by [`ME`], with one row of everything beside it.
async fn case_with_everything(app: &TestApp, secrecy: &'static str) -> Uuid {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into feedback_case (case_id, number, kind, reasons, channel, status, secrecy, is_lead, assigned_unit_id,
            created_by, received_on)
        select $1, 'PA26-' || upper(substr(md5($1::text), 1, 6)) || '-A', 'tre_hen', '{TH_QUA_HAN}', 'dien_thoai',
            'da_chuyen_xu_ly', $2, false, unit_id, $3, '2026-11-23' from unit where code = 'vpdkdd'",
    )
    .bind(id)
    .bind(secrecy)
    .bind(Uuid::from_u128(ME.0))
    .execute(app.owner.pool())
    .await
    .unwrap();
    for row in [
        "insert into case_body (case_id, field, sealed) select $1, field, '' from unnest(array['original', 'extract', 'finding', 'reply']) field",
        "insert into case_message (message_id, case_id, direction, at, sealed)
            select gen_random_uuid(), $1, direction, now(), '' from unnest(array['in', 'out', 'note', 'note_office']) direction",
        "insert into attachment (attachment_id, case_id, position, media_type, size_bucket, sealed_name)
            values (gen_random_uuid(), $1, 0, 'image/png', 65536, '')",
        "insert into case_event (case_id, at, kind) select $1, now(), kind from unnest(array['nhap', 'tiep_nhan', 'de_xuat_tu_choi']) kind",
        "insert into identity_opening (opening_id, case_id, requested_by, requested_at, sealed_reason)
            select gen_random_uuid(), $1, created_by, now(), '' from feedback_case where case_id = $1",
        "insert into case_key (case_id, kek_version, wrapped) values ($1, 1, '')",
    ] {
        let row = sqlx::query(row).bind(id);
        row.execute(app.owner.pool()).await.unwrap();
    }
    id
}

/// What a scope finds beside a case: texts, ways of messages, attachments, events, openings.
async fn beside(app: &TestApp, scope: Scope, case: Uuid) -> String {
    let mut tx = app.state.db.begin(scope).await.unwrap();
    sqlx::query_scalar(
        "select concat_ws(' | ',
            (select string_agg(field, ' ' order by field) from case_body where case_id = $1),
            (select string_agg(direction, ' ' order by direction) from case_message where case_id = $1),
            (select count(*) from attachment where case_id = $1) || ' files',
            (select string_agg(kind, ' ' order by event_id) from case_event where case_id = $1),
            (select count(*) from identity_opening where case_id = $1) || ' openings')",
    )
    .bind(case)
    .fetch_one(&mut *tx)
    .await
    .unwrap()
}

#[tokio::test]
async fn row_security_keeps_what_the_submitter_said_from_whoever_may_not_read_the_original() {
    let app = TestApp::start().await;
    every_kind_of_case(&app).await;
    let kept = case_with_everything(&app, "giu_bi_mat").await;
    let open = case_with_everything(&app, "thuong").await;
    let sealed = case_with_everything(&app, "to_cao").await;
    let of = async |code, denunciations| Scope::Unit {
        staff: ME,
        unit: unit_id(&app, code).await,
        denunciations,
        original: denunciations,
    };
    let (handling, elsewhere) = (of("vpdkdd", false).await, of("cn-ninh-kieu", false).await);
    let leader = Scope::All {
        reader: None,
        denunciations: true,
        original: true,
    };
    let figures = Scope::All {
        reader: None,
        denunciations: true,
        original: false,
    };
    let recorder = Scope::Own {
        staff: ME,
        since: date!(2026 - 11 - 23),
    };
    let next_week = Scope::Own {
        staff: ME,
        since: date!(2026 - 11 - 24),
    };
    const ALL: &str = "extract finding original reply | in note note_office out | 1 files | nhap tiep_nhan de_xuat_tu_choi | 1 openings";
    const NOTHING: &str = "0 files | 0 openings";
    const ENTRY: &str = "original | 0 files | nhap | 0 openings";
    for (who, scope, case, sees) in [
        (
            "the unit",
            handling,
            kept,
            "extract finding reply | note | 0 files | nhap tiep_nhan de_xuat_tu_choi | 0 openings",
        ),
        (
            "the unit, where nothing is kept secret",
            handling,
            open,
            "extract finding original reply | in note note_office out | 1 files | nhap tiep_nhan de_xuat_tu_choi | 0 openings",
        ),
        ("the unit, of a denunciation", handling, sealed, NOTHING),
        ("another unit", elsewhere, kept, NOTHING),
        ("a leader", leader, kept, ALL),
        ("a leader, of a denunciation", leader, sealed, ALL),
        (
            "whoever counts",
            figures,
            kept,
            "extract finding reply | note | 0 files | nhap tiep_nhan de_xuat_tu_choi | 1 openings",
        ),
        ("who entered it", recorder, kept, ENTRY),
        ("who entered it openly", recorder, open, ENTRY),
        ("who entered a denunciation", recorder, sealed, NOTHING),
        ("who entered it long ago", next_week, kept, NOTHING),
        (
            "the submitter",
            Scope::Case(CaseId(kept.as_u128())),
            kept,
            ALL,
        ),
        ("nobody", Scope::Nothing, open, NOTHING),
    ] {
        assert_eq!(beside(&app, scope, case).await, sees, "{who}");
    }
}
