//! An installation with its unsealer listening, and people who may or may not open an identity.

use super::{START, TestApp};
use lang_nghe::{
    case::{CaseId, OpeningId, StaffId},
    identity::ssr::opener,
    platform::{
        clock::random_id,
        config::Config,
        database::Db,
        password::{self, Password},
        vault::{
            Identity, Vault, keys,
            unsealer::{self, Proof, Refusal},
        },
    },
};
use sqlx::{Connection as _, PgConnection, postgres::PgConnectOptions};
use std::{collections::BTreeMap, sync::OnceLock, time::Duration as Wait};
use time::{Duration, OffsetDateTime};
use tokio::sync::oneshot;
use uuid::Uuid;

/// What the people of a scene sign in with.
pub const SECRET: &str = "mat-khau-cua-lanh-dao";

/// The stored form of [`SECRET`], made once: it costs tens of milliseconds.
fn secret_form() -> &'static str {
    static FORM: OnceLock<String> = OnceLock::new();
    FORM.get_or_init(|| password::hash(SECRET).unwrap())
}

/// A proof by a password.
pub fn proof(word: &str) -> Proof {
    Proof {
        password: Password::new(word),
        ..Proof::default()
    }
}

/// Starts the unsealer of an app; it ends when the returned value is dropped.
pub async fn start_unsealer(app: &TestApp) -> oneshot::Sender<()> {
    let config = app.config();
    keys::init(&config).unwrap();
    let db = Db::connect(app.owner_options(), "app_unseal", 4)
        .await
        .unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let (serving, clock) = (config.clone(), app.state.clock.clone());
    tokio::spawn(async move {
        unsealer::serve(&serving, db, clock, async { drop(stopped.await) })
            .await
            .unwrap();
    });
    while !config.unsealer_socket().exists() {
        tokio::time::sleep(Wait::from_millis(10)).await;
    }
    stop
}

/// An installation with its unsealer listening and one case whose identity is sealed.
pub struct Scene {
    pub config: Config,
    pub options: PgConnectOptions,
    pub owner: PgConnection,
    pub vault: Vault,
    pub client: unsealer::Client,
    pub staff: BTreeMap<&'static str, Uuid>,
    pub case: Uuid,
    /// Ends the unsealer when dropped.
    _stop: oneshot::Sender<()>,
    pub app: TestApp,
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
        let stop = start_unsealer(&app).await;
        let mut scene = Self {
            vault: Vault::load(&config).unwrap(),
            owner: PgConnection::connect_with(&options).await.unwrap(),
            client: unsealer::Client::new(&config),
            config,
            options,
            staff: BTreeMap::new(),
            case: Uuid::nil(),
            _stop: stop,
            app,
        };
        scene.people().await;
        scene.case = scene.case_with_identity(true).await;
        scene
    }

    async fn people(&mut self) {
        for (name, role, unit) in [
            ("hoi", "lanh_dao_so", "ngoi-thu-mot"),
            ("duyet", "lanh_dao_vp", "ngoi-thu-mot"),
            ("la", "lanh_dao_so", "ngoi-thu-mot"),
            ("don-vi", "lanh_dao_so", "ngoi-thu-hai"),
            ("to-truc-thuoc", "lanh_dao_so", "to-cua-thu-hai"),
            ("chuyen-vien", "chuyen_vien", "ngoi-thu-mot"),
            ("van-phong", "van_phong", "ngoi-thu-mot"),
            ("kiem-tra", "thanh_tra", "ngoi-thu-mot"),
        ] {
            let id = Uuid::from_u128(random_id());
            sqlx::query("insert into unit (code, name, kind, search_key) values ($1, $1, 'phong', $1) on conflict (code) do nothing")
                .bind(unit)
                .execute(&mut self.owner)
                .await
                .unwrap();
            self.person(id, name, role, unit).await;
            self.staff.insert(name, id);
            self.admit(name, SECRET).await;
            self.signs_in(name, START).await;
        }
        sqlx::query("update unit set parent_id = (select unit_id from unit where code = 'ngoi-thu-hai') where code = 'to-cua-thu-hai'")
            .execute(&mut self.owner)
            .await
            .unwrap();
    }

    async fn person(&mut self, id: Uuid, name: &str, role: &str, unit: &str) {
        sqlx::query(
            "insert into staff (staff_id, username, display_name, unit_id, password_hash, created_at)
            select $1, $2, $2, unit_id, $5, $4 from unit where code = $3",
        )
        .bind(id)
        .bind(format!("thu-{name}"))
        .bind(unit)
        .bind(START)
        .bind(secret_form())
        .execute(&mut self.owner)
        .await
        .unwrap();
        sqlx::query("insert into staff_role (staff_id, role) values ($1, $2)")
            .bind(id)
            .bind(role)
            .execute(&mut self.owner)
            .await
            .unwrap();
    }

    /// The owner of the installation admits somebody to openings.
    pub async fn admit(&self, name: &str, word: &str) {
        let staff = StaffId(self.staff[name].as_u128());
        let typed = Password::new(word);
        opener::admit(&self.app.owner, staff, &typed, START)
            .await
            .unwrap();
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

    /// Everybody works on: their sessions are as of now.
    pub async fn everybody_is_here(&mut self) {
        let now = self.app.clock.now();
        sqlx::query("update session set last_seen_at = $1")
            .bind(now)
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

    /// An opening that `requested` asks for.
    pub async fn asked(&mut self, requested: &str) -> Uuid {
        let id = Uuid::from_u128(random_id());
        sqlx::query(
            "insert into identity_opening (opening_id, case_id, requested_by, requested_at, sealed_reason)
            values ($1, $2, $3, $4, '\\x01')",
        )
        .bind(id)
        .bind(self.case)
        .bind(self.staff[requested])
        .bind(START)
        .execute(&mut self.owner)
        .await
        .unwrap();
        id
    }

    /// An opening that `requested` asks for and `approved` allows, both through the unsealer.
    pub async fn opening(&mut self, requested: &str, approved: &str) -> Uuid {
        let opening = self.asked(requested).await;
        self.approves(opening, approved).await.unwrap();
        opening
    }

    pub async fn approves(&self, opening: Uuid, name: &str) -> Result<(), Refusal> {
        self.approves_by(opening, name, proof(SECRET)).await
    }

    pub async fn approves_by(
        &self,
        opening: Uuid,
        name: &str,
        proof: Proof,
    ) -> Result<(), Refusal> {
        let by = StaffId(self.staff[name].as_u128());
        let opening = OpeningId(opening.as_u128());
        self.client.approve(opening, by, proof).await
    }

    pub async fn looks(&self, opening: Uuid, name: &str) -> Result<Identity, Refusal> {
        self.looks_by(opening, name, proof(SECRET)).await
    }

    pub async fn looks_by(
        &self,
        opening: Uuid,
        name: &str,
        proof: Proof,
    ) -> Result<Identity, Refusal> {
        let by = StaffId(self.staff[name].as_u128());
        let opening = OpeningId(opening.as_u128());
        self.client.open(opening, by, proof).await
    }

    pub async fn count(&mut self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql)
            .bind(self.case)
            .fetch_one(&mut self.owner)
            .await
            .unwrap()
    }

    pub fn wait(&self, time: Duration) {
        self.app.clock.advance(time);
    }
}

pub const LOOKS: &str = "select count(*) from identity_look join identity_opening using (opening_id) where case_id = $1";

pub const AUDITED: &str =
    "select count(*) from audit_log where case_id = $1 and action = 'mo_danh_tinh'";

pub const REFUSALS: &str =
    "select count(*) from audit_log where case_id = $1 and action = 'mo_danh_tinh_khong_duoc'";

pub const TOLD: &str =
    "select count(*) from case_event where case_id = $1 and kind = 'mo_danh_tinh'";
