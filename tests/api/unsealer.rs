//! The process that opens identities: the web process cannot do its work, not even when somebody has
//! taken it over, and its keys are renewed while others go on.

use crate::support::unsealing::{AUDITED, LOOKS, SECRET, Scene, TOLD, proof, speaker};
use lang_nghe::{
    case::{CaseId, StaffId},
    identity::ssr::opener,
    platform::{
        clock::Clock,
        database::Db,
        password::{self, Password},
        vault::{
            WrappedKey, keys,
            unsealer::{self, Proof, Refusal},
        },
    },
};
use sqlx::PgConnection;
use time::Duration;
use uuid::Uuid;

/// A connection with the rights of the web process, in the widest scope it can give itself.
async fn as_web(scene: &Scene) -> sqlx::pool::PoolConnection<sqlx::Postgres> {
    let web = Db::connect(scene.options.clone(), "app_web", 1)
        .await
        .unwrap();
    let mut connection = web.pool().acquire().await.unwrap();
    for setting in [
        "app.scope', 'all'",
        "app.sealed', 'on'",
        "app.original', 'on'",
    ] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
            "select set_config('{setting}, false)"
        )))
        .execute(&mut *connection)
        .await
        .unwrap();
    }
    connection
}

/// PostgreSQL's code for a statement it does not allow.
async fn refused(connection: &mut PgConnection, sql: &str) -> bool {
    let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned()))
        .execute(connection)
        .await;
    let code = done.err().and_then(|error| {
        let code = error.as_database_error()?.code()?;
        Some(code.into_owned())
    });
    code.as_deref() == Some("42501")
}

#[tokio::test]
async fn a_web_process_taken_over_can_neither_read_identities_nor_forge_what_the_unsealer_believes()
{
    let mut scene = Scene::set().await;
    let opening = scene.opening("hoi", "duyet").await;
    let (case, other) = (scene.case, scene.asked("la").await);
    let (one, two) = (scene.staff["hoi"], scene.staff["duyet"]);
    let mut web = as_web(&scene).await;
    for forbidden in [
        "select sealed from case_identity".to_owned(),
        "update case_identity set sealed = sealed".to_owned(),
        "update identity_opening set opened_at = null".to_owned(),
        format!("update identity_opening set approved_by = '{two}', approved_at = now() where opening_id = '{other}'"),
        format!("insert into identity_opening (opening_id, case_id, requested_by, requested_at, sealed_reason, approved_by, approved_at)
            values (gen_random_uuid(), '{case}', '{one}', now(), '\\x01', '{two}', now())"),
        "delete from identity_opening".to_owned(),
        "select password_hash from identity_opener".to_owned(),
        "update identity_opener set password_hash = ''".to_owned(),
        format!("insert into identity_opener (staff_id, password_hash, admitted_at) values ('{one}', '', now())"),
        format!("insert into identity_look (opening_id, staff_id, at) values ('{opening}', '{one}', now())"),
        "delete from identity_look".to_owned(),
        format!("insert into audit_log (at, staff_id, action, case_id) values (now(), '{one}', 'mo_danh_tinh', '{case}')"),
        format!("insert into audit_log (at, staff_id, action, case_id) values (now(), '{two}', 'mo_danh_tinh_duyet', '{case}')"),
        format!("insert into audit_log (at, staff_id, action, case_id) values (now(), '{two}', 'mo_danh_tinh_khong_duoc', '{case}')"),
        format!("insert into case_event (case_id, at, kind, staff_id) values ('{case}', now(), 'mo_danh_tinh', '{one}')"),
        format!("insert into case_event (case_id, at, kind, staff_id) values ('{case}', now(), 'mo_danh_tinh_duyet', '{two}')"),
        "delete from audit_log".to_owned(),
        "update audit_log set action = ''".to_owned(),
        "delete from case_event".to_owned(),
        "update case_event set role = ''".to_owned(),
    ] {
        assert!(refused(&mut web, &forbidden).await, "{forbidden}");
    }
    let innocent = format!(
        "insert into audit_log (at, staff_id, action, case_id) values (now(), '{one}', 'doc_noi_dung', '{case}')"
    );
    assert!(
        !refused(&mut web, &innocent).await,
        "the web still writes its own lines"
    );
    assert_eq!(scene.looks(opening, "hoi").await, Ok(speaker()));
}

#[tokio::test]
async fn with_the_rights_of_the_web_and_the_socket_nothing_opens_without_two_passwords() {
    let mut scene = Scene::set().await;
    let opening = scene.asked("hoi").await;
    // everything the web may write, turned against the unsealer: sessions just opened, roles, units,
    // and the attacker's own password for both leaders
    let forged = password::hash("mat-khau-cua-ke-gian").unwrap();
    let mut web = as_web(&scene).await;
    for able in [
        format!("update staff set password_hash = '{forged}'"),
        "update session set authenticated_at = last_seen_at".to_owned(),
        "insert into staff_role (staff_id, role) select staff_id, 'lanh_dao_so' from staff on conflict do nothing".to_owned(),
        "update feedback_case set concerned_unit_id = null".to_owned(),
    ] {
        assert!(!refused(&mut web, &able).await, "{able}");
    }
    let with = || proof("mat-khau-cua-ke-gian");
    assert_eq!(
        scene.approves_by(opening, "duyet", with()).await,
        Err(Refusal::PasswordChanged),
        "a password that the web wrote proves nothing"
    );
    assert_eq!(
        scene.approves_by(opening, "duyet", proof("")).await,
        Err(Refusal::WrongPassword)
    );
    assert_eq!(
        scene.looks_by(opening, "hoi", with()).await,
        Err(Refusal::PasswordChanged)
    );
    // the true one is not enough either while another stands there: a leader is shut out, no more
    assert_eq!(
        scene.looks(opening, "hoi").await,
        Err(Refusal::WrongPassword)
    );
    let back = "update staff set password_hash = o.password_hash from identity_opener o where o.staff_id = staff.staff_id";
    sqlx::query(back).execute(&mut scene.owner).await.unwrap();
    // one leader is on the attacker's side, or their password was seen passing by
    assert_eq!(scene.looks(opening, "hoi").await, Err(Refusal::NotApproved));
    assert_eq!(
        scene.approves(opening, "hoi").await,
        Err(Refusal::SamePerson)
    );
    assert_eq!((scene.count(LOOKS).await, scene.count(TOLD).await), (0, 0));
}

#[tokio::test]
async fn an_invented_leader_is_nobody_to_the_unsealer() {
    let mut scene = Scene::set().await;
    let opening = scene.asked("hoi").await;
    let forged = password::hash("mat-khau-cua-ke-gian").unwrap();
    let invented = Uuid::from_u128(0xbad);
    let mut web = as_web(&scene).await;
    for able in [
        format!(
            "insert into staff (staff_id, username, display_name, password_hash, created_at) values ('{invented}', 'ke-gian', 'x', '{forged}', now())"
        ),
        format!("insert into staff_role (staff_id, role) values ('{invented}', 'lanh_dao_so')"),
        format!(
            "insert into session select decode(repeat('ab', 32), 'hex'), '{invented}', created_at, authenticated_at, last_seen_at, expires_at from session limit 1"
        ),
    ] {
        assert!(!refused(&mut web, &able).await, "{able}");
    }
    scene.staff.insert("ke-gian", invented);
    assert_eq!(
        scene
            .approves_by(opening, "ke-gian", proof("mat-khau-cua-ke-gian"))
            .await,
        Err(Refusal::NotAdmitted)
    );
}

#[tokio::test]
async fn moving_a_leader_elsewhere_does_not_let_them_open_a_case_about_their_unit() {
    let mut scene = Scene::set().await;
    let opening = scene.asked("hoi").await;
    let mut web = as_web(&scene).await;
    let moved = "update staff set unit_id = (select unit_id from unit where code = 'ngoi-thu-mot')";
    assert!(!refused(&mut web, moved).await);
    assert_eq!(
        scene.approves(opening, "don-vi").await,
        Err(Refusal::Involved)
    );
}

#[tokio::test]
async fn guessing_a_leaders_password_at_the_socket_ends_after_five() {
    let mut scene = Scene::set().await;
    let opening = scene.opening("hoi", "duyet").await;
    for _ in 0..5 {
        assert_eq!(
            scene.looks_by(opening, "hoi", proof("mot-lan-doan")).await,
            Err(Refusal::WrongPassword)
        );
    }
    assert_eq!(scene.looks(opening, "hoi").await, Err(Refusal::Guessing));
    scene.wait(Duration::minutes(16));
    assert_eq!(
        scene.looks(opening, "hoi").await,
        Ok(speaker()),
        "the true owner is not shut out"
    );
}

#[tokio::test]
async fn an_admission_takes_a_password_that_is_typed_not_one_that_the_web_wrote() {
    let mut scene = Scene::set().await;
    let opening = scene.asked("hoi").await;
    let (forged, staff) = ("mat-khau-cua-ke-gian", scene.staff["duyet"]);
    let true_form: String = sqlx::query_scalar(
        "update staff set password_hash = $2 where staff_id = $1 returning (select password_hash from staff where staff_id = $1)",
    )
    .bind(staff)
    .bind(password::hash(forged).unwrap())
    .fetch_one(&mut scene.owner)
    .await
    .unwrap();
    let (now, staff_id) = (scene.app.clock.now(), StaffId(staff.as_u128()));
    let admitted = opener::admit(&scene.app.owner, staff_id, &Password::new(SECRET), now).await;
    assert!(
        admitted.is_err(),
        "the leader types the true one, and it does not fit what lies there"
    );
    sqlx::query("update staff set password_hash = $2 where staff_id = $1")
        .bind(staff)
        .bind(true_form)
        .execute(&mut scene.owner)
        .await
        .unwrap();
    assert_eq!(
        scene.approves_by(opening, "duyet", proof(forged)).await,
        Err(Refusal::WrongPassword)
    );
    assert_eq!(
        scene.approves_by(opening, "duyet", proof(SECRET)).await,
        Ok(())
    );
}

#[tokio::test]
async fn who_changed_their_password_proves_it_by_the_one_before_once() {
    let mut scene = Scene::set().await;
    let opening = scene.opening("hoi", "duyet").await;
    let new = "mat-khau-moi-cua-lanh-dao";
    sqlx::query("update staff set password_hash = $2 where staff_id = $1")
        .bind(scene.staff["hoi"])
        .bind(password::hash(new).unwrap())
        .execute(&mut scene.owner)
        .await
        .unwrap();
    assert_eq!(
        scene.looks_by(opening, "hoi", proof(new)).await,
        Err(Refusal::PasswordChanged)
    );
    assert_eq!(
        scene.looks_by(opening, "hoi", proof(SECRET)).await,
        Err(Refusal::WrongPassword),
        "who learnt the old one and is the reason for the change"
    );
    let both = |former| Proof {
        password: Password::new(new),
        former: Password::new(former),
    };
    assert_eq!(
        scene.looks_by(opening, "hoi", both("khong-phai")).await,
        Err(Refusal::PasswordChanged)
    );
    assert_eq!(
        scene.looks_by(opening, "hoi", both(SECRET)).await,
        Ok(speaker())
    );
    assert_eq!(
        scene.looks_by(opening, "hoi", proof(new)).await,
        Ok(speaker())
    );
    assert_eq!(
        scene.looks(opening, "hoi").await,
        Err(Refusal::WrongPassword),
        "the old one is worth nothing now"
    );
    scene.wait(Duration::minutes(16));
    scene.admit("hoi", new).await;
    assert_eq!(
        scene.looks_by(opening, "hoi", proof(new)).await,
        Ok(speaker()),
        "the owner of the installation may renew it as well"
    );
    assert_eq!(scene.count(AUDITED).await, 3);
}

#[tokio::test]
async fn a_second_unsealer_does_not_take_the_socket_and_nonsense_is_refused() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let scene = Scene::set().await;
    let db = Db::connect(scene.options.clone(), "app_unseal", 1)
        .await
        .unwrap();
    assert!(
        unsealer::serve(&scene.config, db, Clock::system(), std::future::pending())
            .await
            .is_err()
    );
    for question in ["", "\n", "{\"open\":1}\n", &"x".repeat(100_000)] {
        let mut stream = tokio::net::UnixStream::connect(scene.config.unsealer_socket())
            .await
            .unwrap();
        // the other side may close before it has read everything
        let _ = stream.write_all(question.as_bytes()).await;
        let _ = stream.shutdown().await;
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer).await;
        assert!(
            answer.is_empty() || answer.contains("yeu_cau_sai"),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn rotation_renews_every_key_while_old_processes_go_on() {
    let mut scene = Scene::set().await;
    for _ in 0..30 {
        scene.case_with_identity(true).await;
    }
    let db = Db::connect(scene.options.clone(), "app_web", 2)
        .await
        .unwrap();
    keys::run(keys::KeyCommand::Rotate, &scene.config, Some(db.clone()))
        .await
        .unwrap();
    let late = scene.case_with_identity(true).await;
    assert_eq!(
        rows_of(&mut scene, 1).await,
        (1, 1),
        "a process that has not heard of it still writes the old version"
    );
    for row in sqlx::query_as::<_, (Uuid, i16, Vec<u8>)>(
        "select case_id, kek_version, wrapped from case_key",
    )
    .fetch_all(&mut scene.owner)
    .await
    .unwrap()
    {
        let wrapped = WrappedKey {
            kek_version: row.1,
            bytes: row.2,
        };
        assert!(
            scene
                .vault
                .unwrap(CaseId(row.0.as_u128()), &wrapped)
                .is_ok()
        );
    }
    for case in [scene.case, late] {
        scene.case = case;
        let opening = scene.opening("hoi", "duyet").await;
        assert_eq!(scene.looks(opening, "hoi").await, Ok(speaker()));
    }
    keys::run(keys::KeyCommand::Rotate, &scene.config, Some(db))
        .await
        .unwrap();
    assert_eq!(rows_of(&mut scene, 3).await, (32, 32), "the straggler too");
    let opening = scene.opening("hoi", "duyet").await;
    assert_eq!(scene.looks(opening, "hoi").await, Ok(speaker()));
}

/// How many data keys and identities are of a version.
async fn rows_of(scene: &mut Scene, version: i16) -> (i64, i64) {
    sqlx::query_as(
        "select (select count(*) from case_key where kek_version = $1), (select count(*) from case_identity where key_version = $1)",
    )
    .bind(version)
    .fetch_one(&mut scene.owner)
    .await
    .unwrap()
}
