//! Opening an identity, against the database: who may, what is on record, what the web process can not do; and key rotation.

use crate::support::TestApp;
use lang_nghe::{
    case::{CaseId, StaffId},
    error::AppError,
    platform::{
        clock::{Clock, random_id},
        config::Config,
        database::Db,
        vault::{Identity, Vault, WrappedKey, keys, unsealer},
    },
};
use sqlx::{Connection as _, PgConnection, postgres::PgConnectOptions};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration as Wait,
};
use time::{Duration, OffsetDateTime, macros::datetime};
use tokio::sync::oneshot;
use uuid::Uuid;

const START: OffsetDateTime = datetime!(2026-11-23 09:00 +7);

/// An installation with its unsealer listening and one case whose identity is sealed.
struct Scene {
    config: Config,
    options: PgConnectOptions,
    owner: PgConnection,
    vault: Vault,
    now: Arc<Mutex<OffsetDateTime>>,
    client: unsealer::Client,
    staff: BTreeMap<&'static str, Uuid>,
    case: Uuid,
    /// Ends the unsealer when dropped.
    _stop: oneshot::Sender<()>,
    _app: TestApp,
}

fn speaker() -> Identity {
    Identity {
        name: "Nguyễn Thị Thử".to_owned(),
        phone: "0900000123".to_owned(),
        ..Identity::default()
    }
}

impl Scene {
    async fn set() -> Self {
        let app = TestApp::start().await;
        let (config, options) = (app.config(), app.owner_options());
        keys::init(&config).unwrap();
        let now = Arc::new(Mutex::new(START));
        let told = Arc::clone(&now);
        let db = Db::connect(options.clone(), "app_unseal", 4).await.unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = config.clone();
        tokio::spawn(async move {
            let clock = Clock::from_fn(move || *told.lock().unwrap());
            unsealer::serve(&serving, db, clock, async { drop(stopped.await) })
                .await
                .unwrap();
        });
        while !config.unsealer_socket().exists() {
            tokio::time::sleep(Wait::from_millis(10)).await;
        }
        let mut scene = Self {
            vault: Vault::load(&config).unwrap(),
            owner: PgConnection::connect_with(&options).await.unwrap(),
            client: unsealer::Client::new(&config),
            config,
            options,
            now,
            staff: BTreeMap::new(),
            case: Uuid::nil(),
            _stop: stop,
            _app: app,
        };
        scene.people().await;
        scene.case = scene.case_with_identity(true).await;
        scene
    }

    async fn people(&mut self) {
        for (name, role, unit) in [
            ("hoi", "van_phong", "ngoi-thu-mot"),
            ("duyet", "lanh_dao_vp", "ngoi-thu-mot"),
            ("la", "lanh_dao_so", "ngoi-thu-mot"),
            ("don-vi", "lanh_dao_so", "ngoi-thu-hai"),
            ("chuyen-vien", "chuyen_vien", "ngoi-thu-mot"),
        ] {
            let id = Uuid::from_u128(random_id());
            sqlx::query("insert into unit (code, name, kind, search_key) values ($1, $1, 'phong', $1) on conflict (code) do nothing")
                .bind(unit)
                .execute(&mut self.owner)
                .await
                .unwrap();
            sqlx::query(
                "insert into staff (staff_id, username, display_name, unit_id, password_hash, created_at)
                select $1, $2, $2, unit_id, '-', $4 from unit where code = $3",
            )
            .bind(id)
            .bind(format!("thu-{name}"))
            .bind(unit)
            .bind(START)
            .execute(&mut self.owner)
            .await
            .unwrap();
            sqlx::query("insert into staff_role (staff_id, role) values ($1, $2)")
                .bind(id)
                .bind(role)
                .execute(&mut self.owner)
                .await
                .unwrap();
            self.staff.insert(name, id);
            self.signs_in(name, START).await;
        }
    }

    async fn signs_in(&mut self, name: &str, at: OffsetDateTime) {
        sqlx::query(
            "insert into session (token_hash, staff_id, created_at, authenticated_at, last_seen_at, expires_at) values ($1, $2, $3, $3, $3, $4)",
        )
        .bind([random_id().to_be_bytes(), random_id().to_be_bytes()].concat())
        .bind(self.staff[name])
        .bind(at)
        .bind(at + Duration::hours(48))
        .execute(&mut self.owner)
        .await
        .unwrap();
    }

    async fn case_with_identity(&mut self, named: bool) -> Uuid {
        let id = Uuid::from_u128(random_id());
        let case = CaseId(id.as_u128());
        let number = format!("PA26-{:06}-X", random_id() % 1_000_000);
        sqlx::query(
            "insert into feedback_case (case_id, number, kind, reasons, channel, status, is_lead, concerned_unit_id, received_on)
            select $1, $2, 'hanh_vi', '{thai_do}', 'online', 'da_tiep_nhan', false, unit_id, '2026-11-23' from unit where code = 'ngoi-thu-hai'",
        )
        .bind(id)
        .bind(number)
        .execute(&mut self.owner)
        .await
        .unwrap();
        let wrapped = self.vault.wrap(case, &self.vault.new_case_key());
        sqlx::query("insert into case_key (case_id, kek_version, wrapped) values ($1, $2, $3)")
            .bind(id)
            .bind(wrapped.kek_version)
            .bind(wrapped.bytes)
            .execute(&mut self.owner)
            .await
            .unwrap();
        if named {
            let sealed = self.vault.seal_identity(case, &speaker());
            sqlx::query(
                "insert into case_identity (case_id, key_version, sealed) values ($1, $2, $3)",
            )
            .bind(id)
            .bind(sealed.key_version)
            .bind(sealed.bytes)
            .execute(&mut self.owner)
            .await
            .unwrap();
        }
        id
    }

    async fn opening(&mut self, requested: &str, approved: Option<&str>) -> Uuid {
        let id = Uuid::from_u128(random_id());
        sqlx::query(
            "insert into identity_opening (opening_id, case_id, requested_by, requested_at, sealed_reason, approved_by, approved_at)
            values ($1, $2, $3, $4, '\\x01', $5, $6)",
        )
        .bind(id)
        .bind(self.case)
        .bind(self.staff[requested])
        .bind(START)
        .bind(approved.map(|name| self.staff[name]))
        .bind(approved.map(|_| START))
        .execute(&mut self.owner)
        .await
        .unwrap();
        id
    }

    async fn looks(&self, opening: Uuid, name: &str) -> Result<Identity, AppError> {
        self.client
            .open(opening.as_u128(), StaffId(self.staff[name].as_u128()))
            .await
    }

    async fn count(&mut self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql)
            .bind(self.case)
            .fetch_one(&mut self.owner)
            .await
            .unwrap()
    }

    fn wait(&self, time: Duration) {
        *self.now.lock().unwrap() += time;
    }
}

const LOOKS: &str = "select count(*) from audit_log where case_id = $1 and action = 'mo_danh_tinh'";
const REFUSALS: &str =
    "select count(*) from audit_log where case_id = $1 and action = 'mo_danh_tinh_khong_duoc'";
const TOLD: &str = "select count(*) from case_event where case_id = $1 and kind = 'mo_danh_tinh'";

#[tokio::test]
async fn two_people_open_an_identity_for_a_day_and_it_is_on_record() {
    let mut scene = Scene::set().await;
    let opening = scene.opening("hoi", Some("duyet")).await;
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
        Ok(speaker()),
        "the same person looks again without the password"
    );
    assert_eq!((scene.count(LOOKS).await, scene.count(TOLD).await), (2, 1));
    assert_eq!(
        scene.looks(opening, "duyet").await,
        Err(AppError::ReauthenticationRequired)
    );
    scene.signs_in("duyet", START + Duration::hours(1)).await;
    assert_eq!(scene.looks(opening, "duyet").await, Ok(speaker()));
    assert_eq!(
        (
            scene.count(LOOKS).await,
            scene.count(TOLD).await,
            scene.count(REFUSALS).await
        ),
        (3, 2, 1)
    );

    scene.wait(Duration::hours(23));
    assert_eq!(
        scene.looks(opening, "hoi").await,
        Err(AppError::Conflict),
        "a day has passed"
    );
    assert_eq!(scene.count(LOOKS).await, 3);
}

#[tokio::test]
async fn nobody_else_opens_it() {
    let mut scene = Scene::set().await;
    for (requested, approved, by, answer) in [
        ("hoi", None, "hoi", AppError::Conflict),
        ("hoi", Some("duyet"), "la", AppError::Forbidden),
        ("hoi", Some("chuyen-vien"), "hoi", AppError::Forbidden),
        (
            "chuyen-vien",
            Some("duyet"),
            "chuyen-vien",
            AppError::Forbidden,
        ),
        ("hoi", Some("don-vi"), "hoi", AppError::Forbidden),
        ("don-vi", Some("duyet"), "don-vi", AppError::Forbidden),
    ] {
        let opening = scene.opening(requested, approved).await;
        assert_eq!(
            scene.looks(opening, by).await,
            Err(answer),
            "{requested} {approved:?} {by}"
        );
    }
    assert_eq!(
        scene.looks(Uuid::from_u128(1), "hoi").await,
        Err(AppError::NotFound)
    );
    assert_eq!(
        (
            scene.count(LOOKS).await,
            scene.count(TOLD).await,
            scene.count(REFUSALS).await
        ),
        (0, 0, 6)
    );

    let gone = scene.opening("hoi", Some("duyet")).await;
    sqlx::query("update staff set active = false where staff_id = $1")
        .bind(scene.staff["duyet"])
        .execute(&mut scene.owner)
        .await
        .unwrap();
    assert_eq!(
        scene.looks(gone, "hoi").await,
        Err(AppError::Forbidden),
        "an approver who left approves nothing"
    );
}

#[tokio::test]
async fn a_lead_has_nobody_to_open() {
    let mut scene = Scene::set().await;
    scene.case = scene.case_with_identity(false).await;
    let opening = scene.opening("hoi", Some("duyet")).await;
    assert_eq!(scene.looks(opening, "hoi").await, Err(AppError::NotFound));
}

#[tokio::test]
async fn twenty_a_day_are_enough() {
    let mut scene = Scene::set().await;
    let mut last = Uuid::nil();
    for _ in 0..=unsealer::PER_DAY {
        last = scene.opening("hoi", Some("duyet")).await;
        let answer = scene.looks(last, "hoi").await;
        if scene.count(LOOKS).await < unsealer::PER_DAY {
            assert_eq!(answer, Ok(speaker()));
        }
    }
    assert_eq!(
        scene.looks(last, "hoi").await,
        Err(AppError::TooManyRequests)
    );
    assert_eq!(scene.count(LOOKS).await, unsealer::PER_DAY);
}

#[tokio::test]
async fn the_web_process_can_neither_read_identities_nor_write_that_one_was_opened() {
    let mut scene = Scene::set().await;
    let opening = scene.opening("hoi", Some("duyet")).await;
    let web = Db::connect(scene.options.clone(), "app_web", 1)
        .await
        .unwrap();
    for forbidden in [
        "select sealed from case_identity",
        "update case_identity set sealed = sealed",
        "update identity_opening set opened_at = null",
        "delete from identity_opening",
        "delete from audit_log",
        "update audit_log set action = ''",
    ] {
        let error = sqlx::query(forbidden)
            .execute(web.pool())
            .await
            .unwrap_err();
        assert_eq!(
            error
                .as_database_error()
                .and_then(|e| e.code().map(|c| c.into_owned()))
                .as_deref(),
            Some("42501"),
            "{forbidden}"
        );
    }
    assert_eq!(scene.looks(opening, "hoi").await, Ok(speaker()));
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
        let opening = scene.opening("hoi", Some("duyet")).await;
        assert_eq!(scene.looks(opening, "hoi").await, Ok(speaker()));
    }
    keys::run(keys::KeyCommand::Rotate, &scene.config, Some(db))
        .await
        .unwrap();
    assert_eq!(rows_of(&mut scene, 3).await, (32, 32), "the straggler too");
    let opening = scene.opening("hoi", Some("duyet")).await;
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
