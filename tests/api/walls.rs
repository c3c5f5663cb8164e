//! Two walls around a case, each tried with the other taken away: row security as the role `app_web` meets it over plain
//! SQL, and the code of the pages over a database that hides nothing.

use crate::support::{
    START, TestApp, act, case_command, cases::unit, feedback, follow, receipt, small_png, submit,
    succeeded,
};
use lang_nghe::{
    case::{CaseId, Confidentiality, Kind, StaffId, UnitId},
    platform::database::{Reader, Scope, Sight},
    rights::Role,
};
use std::collections::BTreeSet;
use time::{Date, Duration, macros::date};
use uuid::Uuid;

const ME: StaffId = StaffId(0xA11CE);

/// Every combination of what decides who may know of a case: 1 152 cases.
async fn every_kind_of_case(app: &TestApp) {
    sqlx::query(
        "insert into staff (staff_id, username, display_name, unit_id, password_hash, created_at)
        select $1, 'toi', 'Tôi', unit_id, '-', $2 from unit where code = 'cn-ninh-kieu'",
    )
    .bind(Uuid::from_u128(ME.0))
    .bind(START)
    .execute(app.owner.pool())
    .await
    .unwrap();
    sqlx::query(
        "insert into feedback_case (case_id, number, kind, reasons, channel, status, secrecy, is_lead,
            assigned_unit_id, concerned_unit_id, recused, created_by, received_on)
        select gen_random_uuid(), 'PA26-' || lpad((row_number() over ())::text, 6, '0') || '-A', kind, '{HV_KHAC}',
            'online', 'da_tiep_nhan', secrecy, false,
            (select unit_id from unit where code = assigned), (select unit_id from unit where code = concerned),
            case when recused then array[$1] else '{}'::uuid[] end, case when entered then $1 end, received
        from unnest(array['hanh_vi', 'tre_hen']) kind,
            unnest(array['thuong', 'giu_bi_mat', 'to_cao']) secrecy,
            unnest(array[null, 'vpdkdd', 'cn-ninh-kieu', 'thanh-tra']) assigned,
            unnest(array[null, 'vp-so', 'vpdkdd', 'cn-ninh-kieu', 'p-dat-dai', 'thanh-tra']) concerned,
            unnest(array[true, false]) recused, unnest(array[true, false]) entered,
            unnest(array[date '2026-11-16', date '2026-11-15']) received",
    )
    .bind(Uuid::from_u128(ME.0))
    .execute(app.owner.pool())
    .await
    .unwrap();
}

/// What a scope finds as `app_web`, over plain SQL.
async fn found(app: &TestApp, scope: Scope) -> BTreeSet<u128> {
    let mut tx = app.state.db.begin(scope).await.unwrap();
    let who: String = sqlx::query_scalar("select current_user::text")
        .fetch_one(&mut *tx)
        .await
        .unwrap();
    assert_eq!(who, "app_web");
    let ids = sqlx::query_scalar::<_, Uuid>("select case_id from feedback_case");
    let ids = ids.fetch_all(&mut *tx).await.unwrap();
    ids.into_iter().map(|id| id.as_u128()).collect()
}

/// What the code would show to it.
async fn shown(app: &TestApp, scope: Scope) -> BTreeSet<u128> {
    let (own_unit, leads) = scope.own_unit();
    type Row = (
        Uuid,
        String,
        String,
        Option<i16>,
        bool,
        Option<Uuid>,
        Date,
        Vec<Uuid>,
    );
    let rows: Vec<Row> = sqlx::query_as(
        "select case_id, kind, secrecy, assigned_unit_id, coalesce(concerned_unit_id = any (own_line($1, $2)), false),
            created_by, received_on, recused from feedback_case",
    )
    .bind(own_unit.map(|unit| unit.0))
    .bind(leads)
    .fetch_all(app.owner.pool())
    .await
    .unwrap();
    let sights = rows.into_iter().map(|row| Sight {
        case: CaseId(row.0.as_u128()),
        kind: Kind::from_code(&row.1).unwrap(),
        secrecy: Confidentiality::from_code(&row.2).unwrap(),
        assigned_unit: row.3.map(UnitId),
        about_own_unit: row.4,
        created_by: row.5.map(|id| StaffId(id.as_u128())),
        received_on: row.6,
        recused: row.7.iter().map(|id| StaffId(id.as_u128())).collect(),
    });
    let visible = sights.filter(|sight| scope.shows(sight));
    visible.map(|sight| sight.case.0).collect()
}

async fn unit_id(app: &TestApp, code: &str) -> UnitId {
    UnitId(unit(app, code).await.parse().unwrap())
}

/// Everybody's scope, with how many of the cases above it shows.
async fn scopes(app: &TestApp) -> Vec<(&'static str, Scope)> {
    let all = |reader, denunciations| Scope::All {
        reader,
        denunciations,
        original: true,
    };
    let of = |unit, denunciations| Scope::Unit {
        staff: ME,
        unit,
        denunciations,
        original: denunciations,
    };
    let mut scopes = vec![
        ("nobody", Scope::Nothing),
        ("keys are renewed", all(None, true)),
        (
            "hotline",
            Scope::Own {
                staff: ME,
                since: date!(2026 - 11 - 16),
            },
        ),
    ];
    for code in ["vp-so", "cn-ninh-kieu", "p-dat-dai"] {
        let unit = Some(unit_id(app, code).await);
        let reader = Some(Reader { staff: ME, unit });
        scopes.push(("office", all(reader, false)));
        scopes.push(("leader", all(reader, true)));
    }
    scopes.push((
        "leader of no unit",
        all(
            Some(Reader {
                staff: ME,
                unit: None,
            }),
            true,
        ),
    ));
    for code in ["vpdkdd", "cn-ninh-kieu"] {
        scopes.push(("unit", of(unit_id(app, code).await, false)));
    }
    scopes.push(("inspector", of(unit_id(app, "thanh-tra").await, true)));
    scopes
}

#[tokio::test]
async fn both_walls_stand_in_the_same_place() {
    let app = TestApp::start().await;
    every_kind_of_case(&app).await;
    for (who, scope) in scopes(&app).await {
        let (sql, code) = (found(&app, scope).await, shown(&app, scope).await);
        assert_eq!(sql, code, "{who}: {scope:?}");
        assert_eq!(sql.is_empty(), scope == Scope::Nothing, "{who}: {scope:?}");
    }
}

/// Which of the cases above a scope finds, by what they are.
async fn finds(app: &TestApp, scope: Scope, condition: &'static str) -> bool {
    let visible: Vec<Uuid> = found(app, scope)
        .await
        .into_iter()
        .map(Uuid::from_u128)
        .collect();
    let sql = format!(
        "select exists (select from feedback_case where case_id = any ($1) and {condition})"
    );
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
        .bind(visible)
        .fetch_one(app.owner.pool())
        .await
        .unwrap()
}

#[tokio::test]
async fn nobody_finds_their_own_matter() {
    let app = TestApp::start().await;
    every_kind_of_case(&app).await;
    let about = [
        (
            "vp-so",
            "concerned_unit_id = (select unit_id from unit where code = 'vp-so')",
        ),
        (
            "vpdkdd",
            "concerned_unit_id = (select unit_id from unit where code = 'vpdkdd')",
        ),
        (
            "cn-ninh-kieu",
            "concerned_unit_id = (select unit_id from unit where code = 'cn-ninh-kieu')",
        ),
    ];
    let finds_about = async |scope| {
        let mut found = Vec::new();
        for (code, condition) in about {
            if finds(&app, scope, condition).await {
                found.push(code);
            }
        }
        found
    };
    let of = async |code, denunciations| Scope::All {
        reader: Some(Reader {
            staff: ME,
            unit: Some(unit_id(&app, code).await),
        }),
        denunciations,
        original: true,
    };
    assert_eq!(
        finds_about(of("vp-so", false).await).await,
        ["vpdkdd", "cn-ninh-kieu"],
        "the office"
    );
    assert_eq!(
        finds_about(of("vp-so", true).await).await,
        ["vp-so", "vpdkdd", "cn-ninh-kieu"],
        "a leader, who sits there"
    );
    assert_eq!(
        finds_about(of("cn-ninh-kieu", true).await).await,
        ["vp-so"],
        "a leader who heads a branch"
    );
    let branch = Scope::Unit {
        staff: ME,
        unit: unit_id(&app, "cn-ninh-kieu").await,
        denunciations: false,
        original: false,
    };
    let conduct =
        "kind = 'hanh_vi' and concerned_unit_id = (select unit_id from unit where code = 'vpdkdd')";
    let late =
        "kind = 'tre_hen' and concerned_unit_id = (select unit_id from unit where code = 'vpdkdd')";
    assert!(
        !finds(&app, branch, conduct).await,
        "nor the conduct of the unit above"
    );
    assert!(
        finds(&app, branch, late).await,
        "a late dossier may stay where it belongs"
    );
    for (who, scope) in scopes(&app).await {
        let machine = who == "keys are renewed";
        let mine = "recused <> '{}'";
        assert_eq!(
            finds(&app, scope, mine).await,
            machine,
            "{who}: named in it"
        );
    }
}

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

/// Takes row security away: only the code is left.
async fn without_row_security(app: &TestApp) {
    for table in [
        "feedback_case",
        "case_key",
        "case_body",
        "case_event",
        "case_message",
        "attachment",
        "identity_opening",
    ] {
        let open = format!("alter table {table} disable row level security");
        sqlx::raw_sql(sqlx::AssertSqlSafe(open))
            .execute(app.owner.pool())
            .await
            .unwrap();
    }
}

const SAID: &str = "loi-nhan-cua-nguoi-gui-4c1b";

#[tokio::test]
async fn without_row_security_the_code_still_hides_what_is_not_theirs() {
    let app = TestApp::start().await;
    let office = app.sign_in("vanphong1").await;
    let (leader, second) = (
        app.sign_in("giamdoc").await,
        app.sign_in("phogiamdoc").await,
    );
    let (number, code) = submit(&app).await;
    let visitor = follow(&app, &code).await;
    let sent = visitor
        .post_multipart(
            "/tra-cuu/ho-so?viec=nhan",
            &[("khoa", "k1"), ("tin_nhan", SAID)],
            &[("tep", "anh.png", "image/png", &small_png())],
        )
        .await;
    assert_eq!(sent.status(), 303, "{}", sent.text());
    let registry = unit(&app, "vpdkdd").await;
    for (action, fields) in [
        ("tiep_nhan", vec![]),
        (
            "phan_loai",
            vec![("kind", "hanh_vi"), ("reasons[]", "HV_CHAM_TRE")],
        ),
        ("viet_trich_yeu", vec![("extract", "Chậm trả kết quả.")]),
        (
            "giao_xu_ly",
            vec![("unit", registry.as_str()), ("handler", "")],
        ),
    ] {
        let done = act(&office, action, &number, &fields).await;
        assert!(succeeded(&done), "{action}: {}", done.words());
    }
    let (about_office, _) = submit(&app).await;
    let (sealed, _) = submit(&app).await;
    for (number, change) in [
        (
            &about_office,
            "concerned_unit_id = (select unit_id from unit where code = 'vp-so')",
        ),
        (&sealed, "secrecy = 'to_cao'"),
        (
            &number,
            "recused = (select array_agg(staff_id) from staff where username = 'phogiamdoc')",
        ),
    ] {
        let sql = format!("update feedback_case set {change} where number = $1");
        let change = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(number);
        change.execute(app.owner.pool()).await.unwrap();
    }
    let file: Uuid = sqlx::query_scalar("select attachment_id from attachment")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    let file = format!("/quan-tri/tep/{file}");
    let page = |number: &str| format!("/quan-tri/ho-so/{number}");
    without_row_security(&app).await;

    for (who, client, number, sees) in [
        ("a leader", &leader, &number, true),
        ("a leader, of the office", &leader, &about_office, true),
        ("a leader, of a denunciation", &leader, &sealed, true),
        ("the office", &office, &number, true),
        ("the office, of itself", &office, &about_office, false),
        ("the office, of a denunciation", &office, &sealed, false),
        ("a leader named in it", &second, &number, false),
    ] {
        let answer = client.get(&page(number)).await;
        assert_eq!(answer.status(), if sees { 200 } else { 404 }, "{who}");
        let noted = act(client, "ghi_chu", number, &[("note", "Ghi nhớ.")]).await;
        assert_eq!(succeeded(&noted), sees, "{who}: {}", noted.status());
    }
    assert_eq!(leader.get(&file).await.status(), 200);
    assert_eq!(second.get(&file).await.status(), 404, "named in it");
    let handler = app.sign_in("cv-vpdkdd").await;
    assert_eq!(handler.get(&file).await.status(), 404, "the unit");
    let read = handler.get(&page(&number)).await;
    assert_eq!(read.status(), 200);
    assert!(!read.body().contains(SAID), "the unit reads no message");
    assert!(leader.get(&page(&number)).await.body().contains(SAID));
    let branch = app.sign_in("truong-cn-nk").await;
    assert_eq!(branch.get(&page(&number)).await.status(), 404);
}

/// The case that the hotline writes down after a call, with its number.
async fn entered(app: &TestApp, key: &str, officer: &str) -> String {
    let text = "Người gọi kể phải chờ rất lâu ở quầy, goi-dien-9e2c.";
    let mut fields = feedback(key, text);
    fields.extend([
        ("kenh", "dien_thoai"),
        ("luc_goi", "2026-11-23T08:50"),
        ("da_doc_lai", "1"),
        ("nguoi_bi_phan_anh", officer),
    ]);
    let operator = app.sign_in("tongdai1").await;
    let sent = operator
        .post_multipart("/quan-tri/tiep-nhan?loai=hanh_vi", &fields, &[])
        .await;
    assert_eq!(sent.status(), 303, "{}", sent.text());
    receipt(operator.get("/quan-tri/tiep-nhan/da-nhan").await.body()).0
}

#[tokio::test]
async fn who_took_the_call_reads_what_they_wrote_for_a_week_and_nothing_later() {
    let app = TestApp::start().await;
    let number = entered(&app, "00000000000000000000000000c0ffee", "").await;
    let office = app.sign_in("vanphong1").await;
    for (action, fields) in [
        ("ghi_chu", vec![("note", "ghi-chu-noi-bo-77")]),
        ("nhan_tin", vec![("message", "tin-cua-so-77")]),
        (
            "de_xuat_tu_choi",
            vec![
                ("refusal_reason", "KHONG_RO_NOI_DUNG"),
                ("refusal_text", "loi-tu-choi-77"),
            ],
        ),
    ] {
        assert!(
            succeeded(&act(&office, action, &number, &fields).await),
            "{action}"
        );
    }
    let page = format!("/quan-tri/ho-so/{number}");
    let mut walls = "both walls";
    for _ in 0..2 {
        let operator = app.sign_in("tongdai1").await;
        let read = operator.get(&page).await;
        assert!(read.body().contains("goi-dien-9e2c"), "{walls}");
        for later in [
            "ghi-chu-noi-bo-77",
            "tin-cua-so-77",
            "loi-tu-choi-77",
            "Đề xuất không tiếp nhận",
        ] {
            assert!(!read.body().contains(later), "{walls}: {later}");
        }
        without_row_security(&app).await;
        walls = "the code alone";
    }
    app.pass(Duration::days(8));
    let operator = app.sign_in("tongdai1").await;
    assert_eq!(operator.get(&page).await.status(), 404, "after a week");
}

#[tokio::test]
async fn whom_the_feedback_names_never_sees_it() {
    let app = TestApp::start().await;
    let named = app.add_staff("bi-neu", &[Role::Office], "vp-so").await;
    sqlx::query("update staff set display_name = 'Phạm Thị Được Nêu' where staff_id = $1")
        .bind(named)
        .execute(app.owner.pool())
        .await
        .unwrap();
    let number = entered(
        &app,
        "0000000000000000000000000000beef",
        "chị Phạm Thị Được Nêu ở quầy 3",
    )
    .await;
    let page = format!("/quan-tri/ho-so/{number}");
    let (client, office) = (app.sign_in("bi-neu").await, app.sign_in("vanphong1").await);
    assert_eq!(client.get(&page).await.status(), 404);
    assert!(
        !client
            .get("/quan-tri?xem=tat-ca")
            .await
            .body()
            .contains(&number)
    );
    assert!(!succeeded(
        &act(&client, "ghi_chu", &number, &[("note", "x")]).await
    ));
    assert!(office.get(&page).await.body().contains("Phạm Thị Được Nêu"));

    let nobody: [(&str, &str); 1] = [("seen", "0")];
    let lifted = office
        .post_form(&case_command(&number, "khong_tham_gia"), &nobody)
        .await;
    assert!(succeeded(&lifted), "{}", lifted.words());
    assert_eq!(
        client.get(&page).await.status(),
        200,
        "the name was another's"
    );
}
