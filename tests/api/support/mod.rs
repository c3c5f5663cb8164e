//! Shared by every test: one throw-away PostgreSQL, a database of its own for each test, the real router called in process.

pub mod cases;
mod client;
mod forms;
pub mod log;
pub mod lossy;
pub mod sending;
pub mod unsealing;
pub mod workbook;

pub use client::{Answer, Client, multipart, urlencoded};
pub use forms::{
    act, act_on, case_command, feedback, files_below, follow, opening_command, receipt, seen,
    small_png, submit, succeeded,
};

use axum::Router;
use lang_nghe::{
    directory::ssr::seed,
    platform::{
        AppState,
        clock::Clock,
        config::Config,
        database::{Db, Embedded, Lifetime, OWNER},
        files::{Cleaner, FileStore},
        http::{
            admission::Admission, assets::Assets, last_good::LastGood, limits::Limits,
            page_cache::PageCache,
        },
        mail::{Mail, Mailer},
        shutdown::Shutdown,
        vault::{IdentityPrivateKey, Vault},
    },
    rights::Role,
    server::{
        demo::{NewStaff, add_staff},
        listener, router, worker,
    },
};
use sqlx::{Connection as _, PgConnection, postgres::PgConnectOptions};
use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
};
use time::{Duration, OffsetDateTime, macros::datetime};
use tokio::{net::TcpListener, sync::OnceCell};

/// Monday 23 November 2026, nine in the morning: where every test's clock starts.
pub const START: OffsetDateTime = datetime!(2026-11-23 09:00 +7);
/// The password of everybody [`TestApp::sign_in`] makes.
pub const PASSWORD: &str = "mat-khau-thu-nghiem-2026";
/// Where requests come from and go to.
pub const ORIGIN: &str = "http://localhost";

/// How long a file may take to clean while other tests keep the machine busy.
const CLEANING: std::time::Duration = std::time::Duration::from_secs(120);

const TEMPLATE: &str = "langnghe_template";

/// The server outlives every test: nobody drops it, and the death signal of its parent ends it with the test process.
static SERVER: OnceCell<Server> = OnceCell::const_new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

struct Server {
    embedded: Embedded,
    folder: PathBuf,
}

/// The server of this test process, with a migrated and seeded template.
async fn server() -> &'static Server {
    SERVER
        .get_or_init(|| async {
            sweep();
            let folder =
                std::env::temp_dir().join(format!("lang-nghe-test-{}", std::process::id()));
            let embedded = Embedded::start(&folder, Lifetime::Ephemeral)
                .await
                .expect("PostgreSQL for the tests");
            let mut connection = PgConnection::connect_with(&embedded.options(OWNER, "postgres"))
                .await
                .unwrap();
            sqlx::raw_sql(sqlx::AssertSqlSafe(format!("create database {TEMPLATE}")))
                .execute(&mut connection)
                .await
                .unwrap();
            let options = embedded.options(OWNER, TEMPLATE);
            Db::migrate(&options).await.expect("migrations");
            let mut template = PgConnection::connect_with(&options).await.unwrap();
            seed(&mut template).await.expect("the directory");
            // as on made-up data: one password signs in
            sqlx::query("update account_policy set second_factor_required = false")
                .execute(&mut template)
                .await
                .unwrap();
            set_wall_clock(&mut template, START + Duration::days(36_500)).await;
            template.close().await.unwrap();
            Server { embedded, folder }
        })
        .await
}

/// Sets the clock that the database asks. It stands far ahead unless a test is about it: the tests' own clock runs in a year of its own.
pub async fn set_wall_clock(owner: &mut PgConnection, to: OffsetDateTime) {
    let now = to.unix_timestamp();
    let clock = format!(
        "create or replace function wall_clock() returns timestamptz language sql stable as $$ select to_timestamp({now}) $$"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(clock))
        .execute(owner)
        .await
        .unwrap();
}

/// Throws away what earlier test processes left behind: a process that ended cannot clean up after its server.
fn sweep() {
    let Ok(entries) = std::fs::read_dir(std::env::temp_dir()) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(process) = name.strip_prefix("lang-nghe-test-") else {
            continue;
        };
        if !PathBuf::from(format!("/proc/{process}")).exists() {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// A copy of the template: connection options as the owner.
pub async fn fresh_database() -> (PgConnectOptions, PgConnectOptions) {
    let server = server().await;
    let name = format!("test_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    let mut connection = PgConnection::connect_with(&server.embedded.options(OWNER, "postgres"))
        .await
        .unwrap();
    let create = format!("create database {name} template {TEMPLATE}");
    // two copies at once find the template in use
    for attempt in 0.. {
        match sqlx::raw_sql(sqlx::AssertSqlSafe(create.clone()))
            .execute(&mut connection)
            .await
        {
            Ok(_) => break,
            Err(_) if attempt < 100 => {
                tokio::time::sleep(std::time::Duration::from_millis(100)).await
            }
            Err(error) => panic!("no database for the test: {error}"),
        }
    }
    (
        server.embedded.options(OWNER, &name),
        server.embedded.options("app_web", &name),
    )
}

/// The application on a database of its own.
pub struct TestApp {
    /// What requests reach for.
    pub state: AppState,
    /// The tables' owner: sees everything, for asserting.
    pub owner: Db,
    /// Opens what the vault sealed to the unsealer.
    pub identity_key: IdentityPrivateKey,
    /// The clock; [`TestApp::pass`] moves it.
    pub clock: TestClock,
    owner_options: PgConnectOptions,
    router: Router,
    visitor: Client,
}

/// A clock that stops until it is moved.
#[derive(Clone)]
pub struct TestClock(Arc<Mutex<OffsetDateTime>>);

impl TestClock {
    /// Present time.
    pub fn now(&self) -> OffsetDateTime {
        *self.0.lock().unwrap()
    }

    /// Its day in Viet Nam.
    pub fn today(&self) -> time::Date {
        Clock::from_fn({
            let told = self.clone();
            move || told.now()
        })
        .today()
    }

    /// Sets it.
    pub fn set(&self, to: OffsetDateTime) {
        *self.0.lock().unwrap() = to;
    }

    /// Moves it on.
    pub fn advance(&self, by: Duration) {
        *self.0.lock().unwrap() += by;
    }
}

impl TestApp {
    /// A fresh, migrated and seeded database behind the real router.
    pub async fn start() -> Self {
        Self::start_with(|_| ()).await
    }

    /// The same within other bounds.
    pub async fn start_within(limits: Limits) -> Self {
        Self::start_with(|config| config.limits = limits).await
    }

    /// The same, reached by browsers at `public_url`.
    pub async fn start_at(public_url: &str) -> Self {
        Self::start_with(|config| public_url.clone_into(&mut config.public_url)).await
    }

    async fn start_with(settle: impl FnOnce(&mut Config)) -> Self {
        let (owner_options, web_options) = fresh_database().await;
        let owner = Db::connect(owner_options.clone(), "owner", 2)
            .await
            .unwrap();
        let db = Db::connect(web_options, "app_web", 6).await.unwrap();
        let clock = TestClock(Arc::new(Mutex::new(START)));
        let (vault, identity_key) = Vault::for_tests();
        let mut config = test_config(
            server()
                .await
                .folder
                .join(format!("app-{}", DATABASES.fetch_add(1, Ordering::Relaxed))),
        );
        settle(&mut config);
        std::fs::create_dir_all(&config.data_dir).unwrap();
        let told = clock.clone();
        let state = AppState {
            db,
            vault: Arc::new(vault),
            files: Arc::new(FileStore::open(&config).unwrap()),
            cleaner: Cleaner::by(env!("CARGO_BIN_EXE_lang-nghe"), &["clean"], CLEANING),
            mail: Mailer::collecting(),
            clock: Clock::from_fn(move || told.now()),
            assets: Arc::new(Assets::default()),
            pages: Arc::new(PageCache::default()),
            admission: Arc::new(Admission::new(&config)),
            last_good: Arc::new(LastGood::default()),
            config: Arc::new(config),
        };
        let router = router::build(state.clone());
        let visitor = Client::new(router.clone());
        Self {
            state,
            owner,
            identity_key,
            clock,
            owner_options,
            router,
            visitor,
        }
    }

    /// Where and how the app under test runs; its data folder is its own.
    pub fn config(&self) -> Config {
        Config::clone(&self.state.config)
    }

    /// How the owner of the tables connects to the app's database.
    pub fn owner_options(&self) -> PgConnectOptions {
        self.owner_options.clone()
    }

    /// The address of a real listener before the app, for as long as the test runs.
    pub async fn listen(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (router, config) = (self.router.clone(), self.config());
        tokio::spawn(async move {
            listener::serve(listener, router, &config, &Shutdown::default()).await;
        });
        address
    }

    /// A new visitor without cookies.
    pub fn client(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// A new visitor of the same app over another way to its database.
    pub fn client_over(&self, db: Db) -> Client {
        let state = AppState {
            db,
            ..self.state.clone()
        };
        Client::new(router::build(state))
    }

    /// A new visitor of a server just started beside this one: it remembers nothing.
    pub fn client_afresh(&self) -> Client {
        let state = AppState {
            pages: Arc::new(PageCache::default()),
            last_good: Arc::new(LastGood::default()),
            ..self.state.clone()
        };
        Client::new(router::build(state))
    }

    /// A new visitor of the same app whose files go to another program.
    pub fn client_cleaned_by(&self, cleaner: Cleaner) -> Client {
        let state = AppState {
            cleaner,
            ..self.state.clone()
        };
        Client::new(router::build(state))
    }

    /// The app's own visitor: GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.visitor.get(path).await
    }

    /// The app's own visitor: an urlencoded POST.
    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.visitor.post_form(path, fields).await
    }

    /// Adds a member of staff with [`PASSWORD`].
    pub async fn add_staff(&self, username: &str, roles: &[Role], unit: &str) -> uuid::Uuid {
        let staff = NewStaff {
            username,
            name: username,
            roles,
            unit,
        };
        add_staff(&self.owner, &staff, PASSWORD, self.clock.now())
            .await
            .expect("a member of staff")
    }

    /// Signs one of the demo's people in (made if need be), through the real sign-in page; the client holds the session cookie.
    pub async fn sign_in(&self, username: &str) -> Client {
        let there = sqlx::query_scalar("select exists (select from staff where username = $1)");
        let there: bool = there
            .bind(username)
            .fetch_one(self.owner.pool())
            .await
            .unwrap();
        if !there {
            let (role, unit) = demo_post(username);
            self.add_staff(username, &[role], unit).await;
        }
        let client = self.client();
        let answer = client
            .post_form(
                "/quan-tri/dang-nhap",
                &[("username", username), ("secret_password", PASSWORD)],
            )
            .await;
        assert!(
            client.has_cookies(),
            "{username} could not sign in: {} {}",
            answer.status,
            answer.text()
        );
        client
    }

    /// Does every job that is due.
    pub async fn run_jobs(&self) -> u32 {
        worker::run_pending(&self.state).await.expect("the queue")
    }

    /// Mail sent so far.
    pub fn mails(&self) -> Vec<Mail> {
        self.state.mail.collected()
    }

    /// Lets time pass.
    pub fn pass(&self, by: Duration) {
        self.clock.advance(by);
    }
}

fn test_config(data_dir: PathBuf) -> Config {
    Config {
        database_url: None,
        data_dir,
        private_keys_dir: None,
        socket: None,
        listen: ([127, 0, 0, 1], 0).into(),
        metrics_listen: None,
        public_url: ORIGIN.to_owned(),
        smtp_url: None,
        site_root: PathBuf::from("target/site"),
        trusted_proxies: Default::default(),
        limits: Default::default(),
    }
}

/// Folder of this test process's cluster, and its log.
pub async fn cluster() -> (PathBuf, PathBuf) {
    let folder = &server().await.folder;
    (folder.join("postgres"), folder.join("postgres.log"))
}

/// Role and unit of the demo's people.
fn demo_post(username: &str) -> (Role, &'static str) {
    match username {
        "tongdai1" => (Role::Hotline, "vp-so"),
        "motcua1" => (Role::OneStop, "mot-cua"),
        "vanphong1" | "vanphong2" => (Role::Office, "vp-so"),
        "chanhvp" => (Role::OfficeHead, "vp-so"),
        "thanhtra1" => (Role::Inspector, "thanh-tra"),
        "gd-vpdkdd" => (Role::UnitHead, "vpdkdd"),
        "cv-vpdkdd" => (Role::Handler, "vpdkdd"),
        "truong-cn-nk" => (Role::UnitHead, "cn-ninh-kieu"),
        "giamdoc" | "phogiamdoc" => (Role::Leader, "vp-so"),
        "tiepdan1" => (Role::Reception, "vp-so"),
        "kiemtoan" => (Role::Auditor, "vp-so"),
        "baovedulieu" => (Role::DataProtection, "vp-so"),
        "quantri" => (Role::Administrator, "vp-so"),
        other => panic!("the demo has no {other}"),
    }
}
