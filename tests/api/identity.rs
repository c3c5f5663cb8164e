//! Opening an identity: asked for by one, allowed by another, seen for a day, and on record.

use crate::support::{
    PASSWORD, START, TestApp, opening_command,
    unsealing::{AUDITED, LOOKS, REFUSALS, Scene, TOLD, proof, speaker, start_unsealer},
};
use lang_nghe::{
    case::{CaseId, CaseNumber},
    platform::vault::unsealer::{self, Refusal},
};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// A case that concerns the unit `concerned`, with its sealed key and nothing else.
async fn make_case(app: &TestApp, concerned: &str) -> CaseNumber {
    let (id, number) = (CaseId(0xc0ffee), CaseNumber::from_random(2026, 0x1234_5678));
    let wrapped = app.state.vault.wrap(id, &app.state.vault.new_case_key());
    sqlx::query(
        "insert into feedback_case (case_id, number, kind, reasons, channel, status, is_lead, received_on, concerned_unit_id)
         select $1, $2, 'hanh_vi', '{HV_CHAM_TRE}', 'online', 'da_tiep_nhan', false, '2026-11-20', unit_id from unit where code = $3",
    )
    .bind(Uuid::from_u128(id.0))
    .bind(number.as_str())
    .bind(concerned)
    .execute(app.owner.pool())
    .await
    .unwrap();
    sqlx::query("insert into case_key (case_id, kek_version, wrapped) values ($1, $2, $3)")
        .bind(Uuid::from_u128(id.0))
        .bind(wrapped.kek_version)
        .bind(wrapped.bytes)
        .execute(app.owner.pool())
        .await
        .unwrap();
    number
}

const REASON: &str = "Cần gọi lại cho người phản ánh để làm rõ ngày hẹn trả kết quả";

#[tokio::test]
async fn an_identity_is_asked_for_by_one_and_allowed_by_another() {
    let app = TestApp::start().await;
    let _unsealer = start_unsealer(&app).await;
    let number = make_case(&app, "cn-ninh-kieu").await;
    let page = format!("/quan-tri/ho-so/{number}/danh-tinh");
    let leader = app.sign_in("giamdoc").await;
    assert!(
        leader
            .get(&page)
            .await
            .body()
            .contains("Danh tính được niêm phong")
    );
    leader
        .post_form(
            &opening_command(number.as_str(), "de_nghi"),
            &[("reason", REASON)],
        )
        .await;
    let opening: Uuid = sqlx::query_scalar("select opening_id from identity_opening")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    let form = [
        ("opening", opening.to_string()),
        ("decision", "duyet".to_owned()),
        ("secret_password", PASSWORD.to_owned()),
    ];
    let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
    leader
        .post_form(&opening_command(number.as_str(), "quyet_dinh"), &form)
        .await;
    assert_eq!(approved(&app).await, 0, "nobody allows their own request");
    app.sign_in("vanphong1")
        .await
        .post_form(&opening_command(number.as_str(), "quyet_dinh"), &form)
        .await;
    assert_eq!(approved(&app).await, 0, "the office has no such right");
    let second = app.sign_in("phogiamdoc").await;
    assert!(
        second.get("/lanh-dao").await.body().contains(&page),
        "who can allow it finds it among what waits"
    );
    assert!(
        !leader.get("/lanh-dao").await.body().contains(&page),
        "who asked does not"
    );
    assert!(second.get(&page).await.body().contains(REASON));
    let wrong = [form[0], form[1], ("secret_password", "khong-phai-mat-khau")];
    for (without, message) in [
        (&form[..2], "Vui lòng nhập mật khẩu"),
        (&wrong[..], "Mật khẩu chưa đúng"),
    ] {
        let answer = second
            .post_form(&opening_command(number.as_str(), "quyet_dinh"), without)
            .await;
        assert_eq!(answer.status(), 422);
        assert!(answer.body().contains(message), "{message}");
        assert_eq!(approved(&app).await, 0, "a live session is no password");
    }
    second
        .post_form(&opening_command(number.as_str(), "quyet_dinh"), &form)
        .await;
    assert_eq!(approved(&app).await, 1);
    assert!(!second.get("/lanh-dao").await.body().contains(&page));
    assert!(leader.get(&page).await.body().contains("Xem danh tính"));
    assert!(
        !second.get(&page).await.body().contains("Xem danh tính"),
        "who allows does not see"
    );
    let kinds: Vec<String> = sqlx::query_scalar("select kind from case_event order by event_id")
        .fetch_all(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(kinds, ["mo_danh_tinh_yeu_cau", "mo_danh_tinh_duyet"]);
    app.clock.advance(time::Duration::hours(25));
    assert!(
        !app.sign_in("giamdoc")
            .await
            .get(&page)
            .await
            .body()
            .contains("Xem danh tính"),
        "a day and no longer"
    );
}

#[tokio::test]
async fn as_long_as_the_unit_is_not_known_nobody_asks_and_below_it_nobody_ever() {
    let app = TestApp::start().await;
    let number = make_case(&app, "vpdkdd").await;
    let asks = async |who: &str| {
        let client = app.sign_in(who).await;
        let there = opening_command(number.as_str(), "de_nghi");
        client.post_form(&there, &[("reason", REASON)]).await
    };
    let leader = [lang_nghe::rights::Role::Leader];
    app.add_staff("phu-trach-nhanh", &leader, "cn-ninh-kieu")
        .await;
    app.add_staff("khong-don-vi", &leader, "p-dat-dai").await;
    assert_eq!(
        asks("phu-trach-nhanh").await.status(),
        404,
        "of a branch below"
    );
    sqlx::query("update feedback_case set concerned_unit_id = null")
        .execute(app.owner.pool())
        .await
        .unwrap();
    for who in ["phu-trach-nhanh", "khong-don-vi"] {
        let refused = asks(who).await;
        assert_eq!(refused.status(), 422, "{who}");
        assert!(refused.words().contains("Chưa rõ đơn vị được phản ánh"));
    }
    sqlx::query("update feedback_case set kind = 'quy_dinh'")
        .execute(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(
        asks("khong-don-vi").await.status(),
        303,
        "a rule is about nobody"
    );
}

#[tokio::test]
async fn who_has_a_part_in_the_matter_decides_nothing_and_reads_why() {
    let app = TestApp::start().await;
    let _unsealer = start_unsealer(&app).await;
    let number = make_case(&app, "cn-ninh-kieu").await;
    let page = format!("/quan-tri/ho-so/{number}/danh-tinh");
    let asked = app.sign_in("giamdoc").await;
    asked
        .post_form(
            &opening_command(number.as_str(), "de_nghi"),
            &[("reason", REASON)],
        )
        .await;
    let opening: Uuid = sqlx::query_scalar("select opening_id from identity_opening")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    let opening = opening.to_string();
    let second = app.sign_in("phogiamdoc").await;
    let decides = async |decision: &str| {
        let form = [
            ("opening", opening.as_str()),
            ("decision", decision),
            ("secret_password", PASSWORD),
        ];
        second
            .post_form(&opening_command(number.as_str(), "quyet_dinh"), &form)
            .await
    };
    for (change, status, words) in [
        (
            "concerned_unit_id = null",
            422,
            "Chưa rõ đơn vị được phản ánh",
        ),
        (
            "concerned_unit_id = (select unit_id from unit where code = 'cn-ninh-kieu'),
            recused = array(select staff_id from staff where username = 'phogiamdoc')",
            404,
            "Không tìm thấy",
        ),
    ] {
        let change = format!("update feedback_case set {change}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(change))
            .execute(app.owner.pool())
            .await
            .unwrap();
        let shown = second.get(&page).await;
        assert!(shown.words().contains(words), "{}", shown.text());
        assert!(!shown.body().contains("Đồng ý mở danh tính"));
        let waits = second.get("/lanh-dao").await;
        assert!(!waits.words().contains("Đề nghị mở danh tính"));
        for decision in ["duyet", "tu_choi"] {
            let refused = decides(decision).await;
            assert_eq!(refused.status(), status, "{decision}: {}", refused.text());
            assert!(refused.words().contains(words), "{decision}");
        }
    }
    let untouched = "select approved_by is null and refused_by is null from identity_opening";
    let untouched: bool = sqlx::query_scalar(untouched)
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    assert!(untouched);
    sqlx::query("update feedback_case set recused = '{}'")
        .execute(app.owner.pool())
        .await
        .unwrap();
    let waits = second.get("/lanh-dao").await;
    assert!(waits.words().contains("Đề nghị mở danh tính"));
    assert_eq!(decides("duyet").await.status(), 303);
}

#[tokio::test]
async fn the_unsealer_believes_nobody_who_has_a_part_in_the_matter() {
    let mut scene = Scene::set().await;
    let change = async |owner: &mut sqlx::PgConnection, set: &str| {
        let change = format!("update feedback_case set {set}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(change))
            .execute(owner)
            .await
            .unwrap();
    };
    let (asks, allows) = (scene.staff["hoi"], scene.staff["duyet"]);
    for involved in [asks, allows] {
        let opening = scene.asked("hoi").await;
        change(
            &mut scene.owner,
            &format!("recused = array['{involved}'::uuid]"),
        )
        .await;
        let refused = scene.approves(opening, "duyet").await;
        assert_eq!(refused, Err(Refusal::Involved), "named in the case");
        change(&mut scene.owner, "recused = '{}'").await;
        scene.approves(opening, "duyet").await.unwrap();
        change(
            &mut scene.owner,
            &format!("recused = array['{involved}'::uuid]"),
        )
        .await;
        let looked = scene.looks(opening, "hoi").await;
        assert_eq!(looked, Err(Refusal::Involved), "named after the approval");
        change(&mut scene.owner, "recused = '{}'").await;
    }
    let opening = scene.asked("hoi").await;
    change(&mut scene.owner, "concerned_unit_id = null").await;
    assert_eq!(
        scene.approves(opening, "duyet").await,
        Err(Refusal::Involved),
        "as long as nobody knows whom it is about"
    );
    let office = "concerned_unit_id = (select unit_id from unit where code = 'vp-so')";
    change(&mut scene.owner, office).await;
    let sits = "update staff set unit_id = (select unit_id from unit where code = 'vp-so')";
    sqlx::query(sits).execute(&mut scene.owner).await.unwrap();
    assert_eq!(
        scene.approves(opening, "duyet").await,
        Err(Refusal::Involved),
        "the head of the office in a case about it"
    );
    assert_eq!(
        scene.approves(opening, "la").await,
        Ok(()),
        "who leads the department only sits there"
    );
}

async fn approved(app: &TestApp) -> i64 {
    sqlx::query_scalar("select count(*) from identity_opening where approved_by is not null")
        .fetch_one(app.owner.pool())
        .await
        .unwrap()
}

#[tokio::test]
async fn asking_needs_a_reason_a_right_and_a_password_just_given() {
    let app = TestApp::start().await;
    let number = make_case(&app, "cn-ninh-kieu").await;
    let asked = async || -> i64 {
        sqlx::query_scalar("select count(*) from identity_opening")
            .fetch_one(app.owner.pool())
            .await
            .unwrap()
    };
    for username in [
        "truong-cn-nk",
        "cv-vpdkdd",
        "tongdai1",
        "kiemtoan",
        "quantri",
        "vanphong1",
        "thanhtra1",
    ] {
        app.sign_in(username)
            .await
            .post_form(
                &opening_command(number.as_str(), "de_nghi"),
                &[("reason", REASON)],
            )
            .await;
        assert_eq!(asked().await, 0, "{username}");
    }
    let head = app.sign_in("chanhvp").await;
    head.post_form(
        &opening_command(number.as_str(), "de_nghi"),
        &[("reason", "ngắn quá")],
    )
    .await;
    assert_eq!(asked().await, 0, "a word is no reason");
    app.clock.advance(time::Duration::minutes(6));
    head.post_form(
        &opening_command(number.as_str(), "de_nghi"),
        &[("reason", REASON)],
    )
    .await;
    assert_eq!(asked().await, 0, "the password is six minutes old");
    let head = app.sign_in("chanhvp").await;
    head.post_form(
        &opening_command(number.as_str(), "de_nghi"),
        &[("reason", REASON)],
    )
    .await;
    assert_eq!(asked().await, 1);
    head.post_form(
        &opening_command(number.as_str(), "de_nghi"),
        &[("reason", REASON)],
    )
    .await;
    assert_eq!(asked().await, 1, "one at a time");
}

#[tokio::test]
async fn two_people_open_an_identity_for_a_day_and_it_is_on_record() {
    let mut scene = Scene::set().await;
    let opening = scene.opening("hoi", "duyet").await;
    assert_eq!(scene.looks(opening, "hoi").await, Ok(speaker()));
    assert_eq!((scene.count(LOOKS).await, scene.count(TOLD).await), (1, 1));
    let (opened, expires): (OffsetDateTime, OffsetDateTime) =
        sqlx::query_as("select opened_at, expires_at from identity_opening where opening_id = $1")
            .bind(opening)
            .fetch_one(&mut scene.owner)
            .await
            .unwrap();
    assert_eq!((opened, expires), (START, START + Duration::hours(24)));

    scene.wait(Duration::hours(1));
    assert_eq!(
        scene.looks(opening, "hoi").await,
        Err(Refusal::NoSession),
        "a second look demands a live session as well"
    );
    scene.everybody_is_here().await;
    assert_eq!(
        scene.looks_by(opening, "hoi", proof("khong-phai")).await,
        Err(Refusal::WrongPassword),
        "and the password once more"
    );
    assert_eq!(scene.looks(opening, "hoi").await, Ok(speaker()));
    assert_eq!(
        scene.looks(opening, "duyet").await,
        Err(Refusal::NotTheirs),
        "who allows does not look"
    );
    assert_eq!(
        (
            scene.count(LOOKS).await,
            scene.count(AUDITED).await,
            scene.count(TOLD).await,
            scene.count(REFUSALS).await
        ),
        (2, 2, 1, 3)
    );

    scene.wait(Duration::hours(23));
    scene.everybody_is_here().await;
    assert_eq!(
        scene.looks(opening, "hoi").await,
        Err(Refusal::Expired),
        "a day has passed"
    );
    assert_eq!(scene.count(LOOKS).await, 2);
}

#[tokio::test]
async fn nobody_else_opens_it() {
    let mut scene = Scene::set().await;
    let asked = scene.asked("hoi").await;
    assert_eq!(scene.looks(asked, "hoi").await, Err(Refusal::NotApproved));
    for (requested, approver, why) in [
        ("hoi", "hoi", Refusal::SamePerson),
        ("hoi", "chuyen-vien", Refusal::NotEntitled),
        ("hoi", "van-phong", Refusal::NotEntitled),
        ("hoi", "don-vi", Refusal::Involved),
        ("hoi", "to-truc-thuoc", Refusal::Involved),
        ("chuyen-vien", "duyet", Refusal::NotEntitled),
        ("van-phong", "duyet", Refusal::NotEntitled),
        ("kiem-tra", "duyet", Refusal::NotEntitled),
        ("don-vi", "duyet", Refusal::Involved),
    ] {
        let opening = scene.asked(requested).await;
        let allowed = scene.approves(opening, approver).await;
        assert_eq!(allowed, Err(why), "{requested} {approver}");
        assert_eq!(
            scene.looks(opening, requested).await,
            Err(Refusal::NotApproved)
        );
    }
    assert_eq!(
        scene.looks(Uuid::from_u128(1), "hoi").await,
        Err(Refusal::NotFound)
    );
    let allowed = scene.opening("hoi", "duyet").await;
    assert_eq!(scene.looks(allowed, "la").await, Err(Refusal::NotTheirs));
    assert_eq!(scene.approves(allowed, "la").await, Err(Refusal::Decided));
    assert_eq!((scene.count(LOOKS).await, scene.count(TOLD).await), (0, 0));
    assert_eq!(scene.count(REFUSALS).await, 21);

    sqlx::query("update staff set active = false where staff_id = $1")
        .bind(scene.staff["duyet"])
        .execute(&mut scene.owner)
        .await
        .unwrap();
    assert_eq!(
        scene.looks(allowed, "hoi").await,
        Err(Refusal::NotEntitled),
        "an approver who left approves nothing"
    );
}

#[tokio::test]
async fn a_lead_has_nobody_to_open() {
    let mut scene = Scene::set().await;
    scene.case = scene.case_with_identity(false).await;
    let opening = scene.opening("hoi", "duyet").await;
    assert_eq!(scene.looks(opening, "hoi").await, Err(Refusal::NoIdentity));
}

#[tokio::test]
async fn twenty_a_day_are_enough() {
    let mut scene = Scene::set().await;
    let mut openings = Vec::new();
    for _ in 0..unsealer::PER_DAY {
        openings.push(scene.opening("hoi", "duyet").await);
        let last = openings[openings.len() - 1];
        assert_eq!(scene.looks(last, "hoi").await, Ok(speaker()));
    }
    let one_more = scene.opening("hoi", "duyet").await;
    assert_eq!(scene.looks(one_more, "hoi").await, Err(Refusal::TooMany));
    assert_eq!(
        scene.looks(openings[0], "hoi").await,
        Ok(speaker()),
        "to look again at one of the twenty is no twenty-first"
    );
    assert_eq!(scene.count(LOOKS).await, unsealer::PER_DAY + 1);
    sqlx::query("update identity_look set at = at - interval '25 hours'")
        .execute(&mut scene.owner)
        .await
        .unwrap();
    assert_eq!(scene.looks(one_more, "hoi").await, Ok(speaker()));
}
