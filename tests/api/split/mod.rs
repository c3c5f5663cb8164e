//! The split installation of docs/operations.md, walked on this machine: other users, a database
//! server with its own rules, a citizen and officers over HTTP; and everything that refuses to start.

pub mod machine;

use crate::{
    crash::{ask, follow, send},
    support::PASSWORD,
};
use lang_nghe::{
    platform::{clock::Clock, database::Db},
    rights::Role,
    server::demo::{NewStaff, add_staff},
};
use machine::{
    Cluster, Process, User, command, folder_of, free_address, is_root, open_folder, refuse, said,
    succeed, untried, user,
};
use std::{
    collections::BTreeMap,
    fs,
    net::SocketAddr,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    process::Command,
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_lang-nghe");
const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";
const REASON: &str = "Can+goi+lai+cho+nguoi+phan+anh+de+lam+ro+ngay+hen";

/// What keeps people's words out of PostgreSQL's log.
const QUIET: [&str; 5] = [
    "log_statement = none",
    "log_min_error_statement = panic",
    "log_min_duration_statement = -1",
    "log_parameter_max_length = 0",
    "log_parameter_max_length_on_error = 0",
];

/// A site as small as one can be.
fn site(folder: &Path) -> PathBuf {
    let site = folder.join("built-site");
    fs::create_dir_all(site.join("pkg")).unwrap();
    fs::write(site.join("pkg/thu.txt"), "thu").unwrap();
    site
}

fn install(folder: &Path, arguments: &[&str]) -> String {
    succeed(
        Command::new(PROGRAM)
            .arg("install")
            .arg("--prefix")
            .arg(folder)
            .args(arguments)
            .env("SITE_ROOT", site(folder)),
    )
}

/// Everything below a folder that is no folder, relative to it.
fn files_below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap().flatten() {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                let path = entry.path();
                let inside = path.strip_prefix(folder).unwrap();
                found.push(inside.to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

#[test]
fn what_is_installed_is_hardened_and_goes_again_without_keys_and_data() {
    let temporary = open_folder();
    let root = temporary.path().join("root");
    fs::create_dir(&root).unwrap();
    install(&root, &[]);
    let settings = root.join("etc/lang-nghe/web.env");
    let mode = fs::metadata(&settings).unwrap().permissions().mode();
    assert_eq!(
        mode & 0o777,
        0o600,
        "a password of the mail server is in it"
    );
    fs::write(&settings, "PUBLIC_URL=\"https://cua-toi.example\"\n").unwrap();
    install(&root, &[]);
    let kept = fs::read_to_string(&settings).unwrap();
    assert!(kept.contains("cua-toi"), "an update keeps the settings");
    units_are_sound(&root);
    users_and_folders_are_made(&root, temporary.path());

    let key = root.join("var/lib/lang-nghe/web/keys/service-v1.key");
    folder_of(key.parent().unwrap(), None, 0o700);
    fs::write(&key, "x").unwrap();
    let uninstall = || {
        let mut command = Command::new(PROGRAM);
        command.arg("uninstall").arg("--prefix").arg(&root);
        command
    };
    fs::remove_dir_all(root.join("built-site")).unwrap();
    succeed(&mut uninstall());
    assert_eq!(
        files_below(&root),
        ["var/lib/lang-nghe/web/keys/service-v1.key"]
    );
    succeed(uninstall().arg("--data-and-keys"));
    assert_eq!(files_below(&root), Vec::<String>::new());
}

/// systemd's own opinion.
fn units_are_sound(root: &Path) {
    if Command::new("systemd-analyze")
        .arg("--version")
        .output()
        .is_err()
    {
        return untried("this machine has no systemd-analyze");
    }
    for unit in ["serve", "worker", "unsealer"] {
        let name = format!("lang-nghe-{unit}.service");
        let path = root.join("etc/systemd/system").join(&name);
        // no users of ours are on this machine, and systemd says so of each
        let text = fs::read_to_string(&path).unwrap();
        let text: Vec<&str> = text
            .lines()
            .filter(|line| !line.starts_with("User=") && !line.starts_with("Group="))
            .collect();
        let program = root.join("usr/local/lib/lang-nghe/lang-nghe");
        let text = text.join("\n").replace(
            "/usr/local/lib/lang-nghe/lang-nghe",
            &program.to_string_lossy(),
        );
        let copy = root.join(&name);
        fs::write(&copy, text).unwrap();
        let verified = Command::new("systemd-analyze")
            .args(["verify", "--man=no", "--recursive-errors=no"])
            .arg(&copy)
            .output()
            .unwrap();
        fs::remove_file(&copy).unwrap();
        assert!(verified.status.success(), "{name}: {}", said(&verified));
        assert_eq!(said(&verified), "", "{name}");
        let exposure = Command::new("systemd-analyze")
            .args(["security", "--offline=true", "--threshold=25", "--no-pager"])
            .arg(&path)
            .output()
            .unwrap();
        assert!(exposure.status.success(), "{name}: {}", said(&exposure));
    }
}

/// What systemd makes of the lists of users and folders, below a root of their own.
fn users_and_folders_are_made(installed: &Path, folder: &Path) {
    let tool = |name: &str| Command::new(name).arg("--version").output().is_ok();
    if !is_root() || !tool("systemd-sysusers") || !tool("systemd-tmpfiles") {
        return untried("this is not root, or the machine has no systemd-sysusers and -tmpfiles");
    }
    let root = folder.join("bare");
    fs::create_dir_all(root.join("etc")).unwrap();
    let below = format!("--root={}", root.display());
    let list = |of: &str| installed.join(of).join("lang-nghe.conf");
    succeed(
        Command::new("systemd-sysusers")
            .arg(&below)
            .arg(list("etc/sysusers.d")),
    );
    let made = Command::new("systemd-tmpfiles")
        .args([&below, "--create"])
        .arg(list("etc/tmpfiles.d"))
        .output()
        .unwrap();
    assert_eq!(said(&made), "");
    let owned = ["web/keys", "web/files", "unsealer"].map(|path| {
        let made = fs::metadata(root.join("var/lib/lang-nghe").join(path)).unwrap();
        assert_eq!(made.mode() & 0o777, 0o700, "{path}");
        made.uid()
    });
    assert!(owned[0] == owned[1] && owned[0] != owned[2] && !owned.contains(&0));
}

/// The settings of a file as `install` wrote it, with the places of this test.
fn settings(root: &Path, sockets: &Path, file: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(root.join("etc/lang-nghe").join(file)).unwrap();
    let pairs = text.lines().filter(|line| !line.starts_with('#'));
    let pairs = pairs.filter_map(|line| line.split_once('='));
    let placed = |value: &str| {
        let value = value.trim_matches('"');
        let root = root.display();
        value
            .replace("/var/lib/lang-nghe", &format!("{root}/var/lib/lang-nghe"))
            .replace("/run/lang-nghe", &format!("{root}/run/lang-nghe"))
            .replace("/var/run/postgresql", &sockets.to_string_lossy())
    };
    pairs
        .map(|(name, value)| (name.to_owned(), placed(value)))
        .collect()
}

/// The installation as it stands on the machine.
struct Split {
    root: PathBuf,
    cluster: Cluster,
    web: User,
    unsealer: User,
    address: SocketAddr,
    _folder: tempfile::TempDir,
}

impl Split {
    /// Installs, and makes folders and cluster as docs/operations.md says.
    fn build() -> Self {
        let folder = open_folder();
        let root = folder.path().join("root");
        folder_of(&root, None, 0o711);
        // any two users will do; nobody is left behind on this machine
        let (web, unsealer) = (user("daemon"), user("bin"));
        install(
            &root,
            &[
                "--web-user",
                web.name,
                "--unsealer-user",
                unsealer.name,
                "--group",
                "daemon",
            ],
        );
        let below = |path: &str| root.join(path);
        for path in ["var", "var/lib", "var/lib/lang-nghe", "run"] {
            folder_of(&below(path), None, 0o711);
        }
        for path in ["web", "web/keys", "web/files"] {
            let path = below("var/lib/lang-nghe").join(path);
            folder_of(&path, Some((web.uid, web.gid)), 0o700);
        }
        let of_unsealer = Some((unsealer.uid, web.gid));
        folder_of(&below("var/lib/lang-nghe/unsealer"), of_unsealer, 0o700);
        folder_of(&below("run/lang-nghe"), of_unsealer, 0o750);
        let example = |name: &str| {
            fs::read_to_string(below("usr/local/share/doc/lang-nghe").join(name)).unwrap()
        };
        // Debian's own line stands after ours
        let hba = example("pg_hba.conf") + "local all all peer\n";
        let cluster = Cluster::start(folder.path(), &hba, &example("pg_ident.conf"));
        succeed(
            cluster
                .tool("createuser")
                .args(["--createrole", "lang_nghe"]),
        );
        succeed(
            cluster
                .tool("createdb")
                .args(["--owner", "lang_nghe", "--template", "template0"])
                .args(["--encoding", "UTF8", "--locale", "C.UTF-8", "lang_nghe"]),
        );
        for setting in QUIET {
            let quiet = format!("alter database lang_nghe set {setting}");
            succeed(cluster.tool("psql").args(["-qc", &quiet]));
        }
        Self {
            root,
            cluster,
            web,
            unsealer,
            address: free_address(),
            _folder: folder,
        }
    }

    fn program(&self) -> PathBuf {
        self.root.join("usr/local/lib/lang-nghe/lang-nghe")
    }

    /// `lang-nghe` under a user, with one of the files of settings.
    fn run(&self, as_user: Option<User>, file: &str, arguments: &[&str]) -> Command {
        let group = self.web.gid;
        let mut command = command(as_user.map(|user| (user, group)), &self.program());
        command.args(arguments).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap());
        command.envs(settings(&self.root, &self.cluster.sockets, file));
        let url = format!("http://{}", self.address);
        command.envs([("LISTEN", self.address.to_string()), ("PUBLIC_URL", url)]);
        command
    }

    /// As root with the settings of the owner, like `lang-nghe-owner`.
    fn owner(&self, arguments: &[&str]) -> String {
        succeed(&mut self.run(None, "owner.env", arguments))
    }

    /// Adds somebody with [`PASSWORD`], as the owner: root is the owner by the map.
    fn create(&self, username: &str, role: Role) {
        let options = sqlx::postgres::PgConnectOptions::new_without_pgpass()
            .socket(&self.cluster.sockets)
            .username("lang_nghe")
            .database("lang_nghe");
        let staff = NewStaff {
            username,
            name: "Thử",
            roles: &[role],
            unit: "vp-so",
        };
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let added = runtime.block_on(async {
            let owner = Db::connect(options, "none", 1).await.unwrap();
            let added = add_staff(&owner, &staff, PASSWORD, Clock::system().now()).await;
            owner.pool().close().await;
            added
        });
        added.unwrap();
    }

    /// The owner of the tables says so; these people have no authenticator app.
    fn owner_sql(&self, statement: &str) {
        let mut psql = self.cluster.tool("psql");
        succeed(psql.args(["-d", "lang_nghe", "-c", statement]));
    }

    /// The cookie of a session.
    fn sign_in(&self, username: &str) -> String {
        let body = format!("username={username}&secret_password={PASSWORD}");
        let answer = ask(self.address, "POST", "/quan-tri/dang-nhap", FORM, &body).unwrap();
        let cookie = answer
            .lines()
            .find_map(|line| line.strip_prefix("set-cookie: "))
            .unwrap_or_else(|| panic!("{username} did not get in: {answer}"));
        format!("Cookie: {}\r\n", cookie.split(';').next().unwrap())
    }

    fn post(&self, path: &str, cookie: &str, body: &str) -> String {
        let headers = format!("{FORM}{cookie}");
        ask(self.address, "POST", path, &headers, body).unwrap()
    }

    fn get(&self, path: &str, cookie: &str) -> String {
        ask(self.address, "GET", path, cookie, "").unwrap()
    }

    /// A file as a user sees it.
    fn reads(&self, who: User, path: &str) -> bool {
        let mut cat = command(Some((who, self.web.gid)), Path::new("cat"));
        cat.arg(self.root.join(path));
        cat.output().unwrap().status.success()
    }
}

#[test]
fn a_split_installation_is_built_as_documented_and_walked_by_a_citizen_and_officers() {
    if !is_root() {
        // one user cannot be three; what one user can be is in the test below
        return untried("this is not root");
    }
    let split = Split::build();
    let early = refuse(&mut split.run(Some(split.web), "web.env", &["serve"]));
    assert!(
        early.contains("lang-nghe migrate") || early.contains("app_web"),
        "{early}"
    );
    split.owner(&["migrate"]);
    split.owner_sql("update account_policy set second_factor_required = false");
    let keyless = refuse(&mut split.run(Some(split.web), "web.env", &["serve"]));
    assert!(keyless.contains("lang-nghe keys init"), "{keyless}");
    split.owner(&["keys", "init"]);
    split.owner(&["keys", "check"]);

    let private = "var/lib/lang-nghe/unsealer/identity-v1.key";
    assert!(split.reads(split.unsealer, private) && !split.reads(split.web, private));
    assert!(!split.reads(split.unsealer, "var/lib/lang-nghe/web/keys/service-v1.key"));

    let mut unsealer =
        Process::start(&mut split.run(Some(split.unsealer), "unsealer.env", &["unsealer"]));
    let socket = split.root.join("run/lang-nghe/unsealer.sock");
    unsealer.wait_until(|| socket.exists());
    let mut serve = Process::start(&mut split.run(Some(split.web), "web.env", &["serve"]));
    serve.wait_until(|| {
        let ready = ask(split.address, "GET", "/readyz", "", "");
        ready.is_some_and(|answer| answer.starts_with("HTTP/1.1 200"))
    });
    let mut worker = Process::start(&mut split.run(Some(split.web), "web.env", &["worker"]));
    worker.wait_until(|| worker_is_up(&split));
    walk(&split);

    // the same programs with more power than they need
    let root = refuse(
        split
            .run(None, "web.env", &["serve"])
            .env("LISTEN", "127.0.0.1:0"),
    );
    assert!(root.contains("running as root"), "{root}");
    let stranger = refuse(&mut split.run(Some(split.web), "unsealer.env", &["unsealer"]));
    assert!(stranger.contains("cannot sign in"), "{stranger}");
    let as_owner = refuse(
        split
            .run(Some(split.web), "owner.env", &["serve"])
            .env("LISTEN", "127.0.0.1:0"),
    );
    assert!(as_owner.contains("cannot sign in"), "{as_owner}");
    fs::set_permissions(
        split.root.join("var/lib/lang-nghe/unsealer"),
        fs::Permissions::from_mode(0o755),
    )
    .unwrap();
    fs::set_permissions(split.root.join(private), fs::Permissions::from_mode(0o444)).unwrap();
    let open = refuse(&mut split.run(Some(split.web), "web.env", &["worker"]));
    assert!(
        open.contains("could read the unsealer's private keys"),
        "{open}"
    );
}

/// The worker has looked into its queue once: it keeps a purge there.
fn worker_is_up(split: &Split) -> bool {
    let mut psql = split.cluster.tool("psql");
    psql.args([
        "-qAtc",
        "select count(*) from job where kind = 'purge'",
        "lang_nghe",
    ]);
    succeed(&mut psql).trim() == "1"
}

/// A citizen sends and follows; an officer receives; two leaders open the identity.
fn walk(split: &Split) {
    let text = "Tôi đã đi lại bốn lần mà chưa nhận được kết quả hồ sơ.";
    let receipt = send(split.address, &format!("{:032x}", 7), text).expect("a receipt");
    let page = follow(split.address, &receipt.code);
    assert!(page.contains(&receipt.number) && page.contains("Chưa ai mở danh tính"));

    split.create("vanphong1", Role::Office);
    split.create("giamdoc", Role::Leader);
    split.create("phogiamdoc", Role::Leader);
    let cookie = split.sign_in("vanphong1");
    let case = format!("/quan-tri/ho-so/{}", receipt.number);
    let shown = split.get(&case, &cookie);
    assert!(
        shown.contains("bốn lần") && !shown.contains("0900000123"),
        "{shown}"
    );

    let opening = format!("{case}/danh-tinh");
    let asks = split.sign_in("giamdoc");
    let asked = split.post(
        &format!("{opening}?viec=de_nghi"),
        &asks,
        &format!("reason={REASON}"),
    );
    assert!(asked.starts_with("HTTP/1.1 303"), "{asked}");
    let allows = split.sign_in("phogiamdoc");
    let page = split.get(&opening, &allows);
    let (_, rest) = page
        .split_once("name=\"opening\" value=\"")
        .expect("the form to allow it");
    let id = rest.split('"').next().unwrap();
    let allow = format!("decision=duyet&opening={id}&secret_password={PASSWORD}");
    let allowed = split.post(&format!("{opening}?viec=quyet_dinh"), &allows, &allow);
    assert!(allowed.starts_with("HTTP/1.1 303"), "{allowed}");
    let look = format!("secret_password={PASSWORD}");
    let seen = split.post(&format!("{opening}?viec=xem"), &asks, &look);
    assert!(
        seen.contains("Người phản ánh") && seen.contains("0900000123"),
        "{seen}"
    );
    let page = follow(split.address, &receipt.code);
    assert!(
        page.contains("Lãnh đạo Sở đã xem danh tính của Ông/Bà"),
        "{page}"
    );
}

/// The cluster of the passwords: every role has its own.
fn with_passwords(folder: &Path) -> Cluster {
    let me = if is_root() { "postgres" } else { "all" };
    let hba = format!(
        "local all postgres {}\nlocal all all scram-sha-256\n",
        match me {
            "postgres" => "peer",
            _ => "trust",
        }
    );
    let cluster = Cluster::start(folder, &hba, "");
    succeed(cluster.tool("psql").args([
        "-qc",
        "create role lang_nghe login createrole password 'cua-chu'",
    ]));
    succeed(
        cluster
            .tool("createdb")
            .args(["--owner", "lang_nghe", "lang_nghe"]),
    );
    cluster
}

#[test]
fn the_documented_commands_are_those_walked_here() {
    let text = include_str!("../../../docs/operations.md");
    for command in [
        "./lang-nghe install",
        "createuser --createrole lang_nghe",
        "createdb --owner lang_nghe --template template0 --encoding UTF8 --locale C.UTF-8 lang_nghe",
        "lang-nghe-owner migrate",
        "lang-nghe-owner keys init",
        "lang-nghe-owner admin create",
    ]
    .iter()
    .chain(&QUIET)
    {
        assert!(text.contains(command), "{command}");
    }
}

#[test]
fn a_process_with_more_power_than_it_needs_does_not_start_and_says_why() {
    let folder = open_folder();
    let cluster = with_passwords(folder.path());
    let me = is_root().then(|| user("daemon"));
    let root = folder.path().join("root");
    folder_of(&root, None, 0o711);
    install(&root, &[]);
    let own = me.map(|user| (user.uid, user.gid));
    let (data, private) = (folder.path().join("web"), folder.path().join("unsealer"));
    folder_of(&data, own, 0o700);
    folder_of(&data.join("keys"), own, 0o700);
    let url = |role: &str, password: &str| {
        let sockets = cluster.sockets.display();
        format!("postgres://{role}:{password}@localhost/lang_nghe?host={sockets}")
    };
    let run = |who: Option<User>, url: &str, arguments: &[&str]| {
        let program = root.join("usr/local/lib/lang-nghe/lang-nghe");
        let mut command = command(who.map(|user| (user, user.gid)), &program);
        let address = free_address().to_string();
        command.args(arguments).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap());
        command.env("DATABASE_URL", url).env("DATA_DIR", &data);
        command
            .env("UNSEALER_KEYS", &private)
            .env("LISTEN", address);
        command
    };
    let owner = url("lang_nghe", "cua-chu");
    succeed(&mut run(None, &owner, &["migrate"]));
    succeed(&mut run(None, &owner, &["migrate"]));
    folder_of(&private, None, 0o700);
    succeed(&mut run(None, &owner, &["keys", "init"]));
    succeed(&mut run(None, &owner, &["keys", "rotate"]));
    let sql = |sql: &str| {
        succeed(
            cluster
                .tool("psql")
                .args(["-v", "ON_ERROR_STOP=1", "-qc", sql, "lang_nghe"]),
        );
    };
    sql("alter role app_web password 'cua-web'; alter role app_unseal password 'cua-unsealer'");
    sql("create role sieu login superuser password 'sieu'");
    let web = url("app_web", "cua-web");
    let serve = |url: &str| refuse(&mut run(me, url, &["serve"]));

    let closed = private.clone();
    if me.is_none() {
        // one user alone: what it could read, it may not start beside
        assert!(serve(&web).contains("could read the unsealer's private keys"));
        fs::rename(&private, folder.path().join("elsewhere")).unwrap();
    }
    assert!(serve(&url("sieu", "sieu")).contains("a superuser"));
    assert!(serve(&owner).contains("owns its tables"));
    assert!(serve(&url("app_unseal", "cua-unsealer")).contains("works as app_web"));
    for (more, less, said) in [
        (
            "grant app_unseal to app_web",
            "revoke app_unseal from app_web",
            "may act as app_unseal",
        ),
        (
            "grant select on case_identity to public",
            "revoke select on case_identity from public",
            "SELECT on case_identity",
        ),
        (
            "grant update on identity_opening to app_web",
            "revoke update on identity_opening from app_web; grant update (refused_by, refused_at) on identity_opening to app_web",
            "UPDATE on identity_opening",
        ),
        (
            "grant create on schema public to public",
            "revoke create on schema public from public",
            "may make tables",
        ),
        (
            "alter role app_web createrole",
            "alter role app_web nocreaterole",
            "may make roles",
        ),
        (
            "alter role app_unseal password 'cua-web'",
            "alter role app_unseal password 'cua-unsealer'",
            "lets this process in as app_unseal",
        ),
        (
            "update _sqlx_migrations set success = false where version = 12",
            "update _sqlx_migrations set success = true",
            "older than this program",
        ),
    ] {
        sql(more);
        let refusal = serve(&web);
        assert!(refusal.contains(said), "{more}: {refusal}");
        sql(less);
    }
    Process::start(&mut run(me, &web, &["serve"])).wait_for("is ready");
    if me.is_none() {
        fs::rename(folder.path().join("elsewhere"), &closed).unwrap();
    }
}
