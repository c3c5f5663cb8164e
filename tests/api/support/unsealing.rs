//! An installation with its unsealer listening, and people who may or may not open an identity.

use super::{START, TestApp};
use lang_nghe::{
    case::{CaseId, StaffId},
    error::AppError,
    platform::{
        clock::{Clock, random_id},
        config::Config,
        database::Db,
        vault::{Identity, Vault, keys, unsealer},
    },
};
use sqlx::{Connection as _, PgConnection, postgres::PgConnectOptions};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration as Wait,
};
use time::{Duration, OffsetDateTime};
use tokio::sync::oneshot;
use uuid::Uuid;

/// An installation with its unsealer listening and one case whose identity is sealed.
pub struct Scene {
    pub config: Config,
    pub options: PgConnectOptions,
    pub owner: PgConnection,
    pub vault: Vault,
    pub now: Arc<Mutex<OffsetDateTime>>,
    pub client: unsealer::Client,
    pub staff: BTreeMap<&'static str, Uuid>,
    pub case: Uuid,
    /// Ends the unsealer when dropped.
    _stop: oneshot::Sender<()>,
    _app: TestApp,
}

pub fn speaker() -> Identity {
    Identity {
        name: "Nguyễn Thị Thử".to_owned(),
        phone: "0900000123".to_owned(),
        ..Identity::default()
    }
}

impl Scene {
    pub async fn set() -> Self {
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

    pub async fn people(&mut self) {
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

    pub async fn signs_in(&mut self, name: &str, at: OffsetDateTime) {
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

    pub async fn case_with_identity(&mut self, named: bool) -> Uuid {
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

    pub async fn opening(&mut self, requested: &str, approved: Option<&str>) -> Uuid {
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

    pub async fn looks(&self, opening: Uuid, name: &str) -> Result<Identity, AppError> {
        self.client
            .open(opening.as_u128(), StaffId(self.staff[name].as_u128()))
            .await
    }

    pub async fn count(&mut self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql)
            .bind(self.case)
            .fetch_one(&mut self.owner)
            .await
            .unwrap()
    }

    pub fn wait(&self, time: Duration) {
        *self.now.lock().unwrap() += time;
    }
}

pub const LOOKS: &str =
    "select count(*) from audit_log where case_id = $1 and action = 'mo_danh_tinh'";

pub const REFUSALS: &str =
    "select count(*) from audit_log where case_id = $1 and action = 'mo_danh_tinh_khong_duoc'";

pub const TOLD: &str =
    "select count(*) from case_event where case_id = $1 and kind = 'mo_danh_tinh'";
