//! The real binary on its embedded database, killed in mid-traffic: every receipt that was handed out is there exactly once, and
//! so is the picture that was sent with it.

use crate::support::{feedback, files_below, small_png};
use sqlx::postgres::PgConnectOptions;
use std::{
    collections::BTreeSet,
    fs,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// A receipt as a sender took it home.
#[derive(Clone)]
pub struct Receipt {
    pub number: String,
    pub code: String,
}

/// The real binary, with a database of its own.
pub struct Installation {
    folder: tempfile::TempDir,
    /// Where it listens.
    pub address: SocketAddr,
    /// Its process.
    pub child: Option<Child>,
    /// How much it logs, as `RUST_LOG` says it.
    pub speaks: &'static str,
}

impl Installation {
    /// Not started yet.
    pub fn new() -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let folder = tempfile::Builder::new()
            .prefix("ln-crash")
            .tempdir_in("/tmp")
            .unwrap();
        Self {
            folder,
            address: SocketAddr::from(([127, 0, 0, 1], port)),
            child: None,
            speaks: "info",
        }
    }

    /// Starts it, and waits until it answers.
    pub fn start(&mut self) {
        let child = Command::new(env!("CARGO_BIN_EXE_lang-nghe"))
            .arg("serve")
            .env("DATA_DIR", self.folder.path())
            .env("LISTEN", self.address.to_string())
            .env("PUBLIC_URL", format!("http://{}", self.address))
            .env("LANG_NGHE_DEMO", "off")
            .env("RUST_LOG", self.speaks)
            .env_remove("DATABASE_URL")
            .stdout(self.output())
            .stderr(self.output())
            .spawn()
            .unwrap();
        self.child = Some(child);
        let patience = Instant::now() + Duration::from_secs(120);
        while ask(self.address, "GET", "/readyz", "", "")
            .is_none_or(|answer| !answer.starts_with("HTTP/1.1 200"))
        {
            assert!(
                Instant::now() < patience,
                "the installation did not get ready"
            );
            thread::park_timeout(Duration::from_millis(50));
        }
    }

    fn output(&self) -> Stdio {
        let file = self.folder.path().join("output");
        let mut options = fs::OpenOptions::new();
        options.create(true).append(true);
        options.open(file).unwrap().into()
    }

    /// Asks it to stop, and gives what it printed until its end.
    pub fn stop(&mut self) -> String {
        self.end();
        let printed = fs::read(self.folder.path().join("output")).unwrap();
        String::from_utf8_lossy(&printed).into_owned()
    }

    fn end(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _asked = Command::new("kill")
                .args(["-TERM", &child.id().to_string()])
                .status();
            let _ended = child.wait();
        }
    }

    /// The folder of its attachments.
    pub fn files(&self) -> PathBuf {
        self.folder.path().join("files")
    }

    /// Another command of the same program on the same data: whether it went well, and what it printed.
    pub fn run(&self, arguments: &[&str]) -> (bool, String) {
        let ran = Command::new(env!("CARGO_BIN_EXE_lang-nghe"))
            .args(arguments)
            .env("DATA_DIR", self.folder.path())
            .env_remove("DATABASE_URL")
            .output()
            .unwrap();
        let printed = [ran.stdout, ran.stderr].concat();
        let printed = String::from_utf8_lossy(&printed).into_owned();
        (ran.status.success(), printed)
    }

    /// The folder of its database.
    pub fn cluster(&self) -> PathBuf {
        let options = find(self.folder.path(), "postmaster.opts").unwrap();
        options.parent().unwrap().to_owned()
    }

    /// How the owner of the tables connects to its database.
    pub fn owner_options(&self) -> PgConnectOptions {
        let socket = find(self.folder.path(), ".s.PGSQL.5432").unwrap();
        PgConnectOptions::new()
            .socket(socket.parent().unwrap())
            .username("owner")
            .database("lang_nghe")
    }

    /// One HTTP/1.1 exchange, which must come to an answer.
    pub fn exchange(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> String {
        exchange(self.address, method, path, headers, body).expect("an answer")
    }

    fn kill_application(&mut self) {
        let mut child = self.child.take().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// `pg_ctl stop -m immediate`: SIGQUIT to the postmaster.
    fn crash_database(&self) {
        let pid = fs::read_to_string(find(self.folder.path(), "postmaster.pid").unwrap()).unwrap();
        let status = Command::new("kill")
            .args(["-QUIT", pid.lines().next().unwrap()])
            .status()
            .unwrap();
        assert!(status.success());
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        // so that the database below stops cleanly before its folder goes
        self.end();
    }
}

fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    fs::read_dir(folder).ok()?.flatten().find_map(|entry| {
        let path = entry.path();
        if entry.file_name() == name {
            Some(path)
        } else if path.is_dir() {
            find(&path, name)
        } else {
            None
        }
    })
}

/// One HTTP/1.1 exchange; `None` if the connection broke.
pub fn ask(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &str,
    body: &str,
) -> Option<String> {
    exchange(address, method, path, headers, body.as_bytes())
}

fn exchange(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &str,
    body: &[u8],
) -> Option<String> {
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(2)).ok()?;
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .ok()?;
    let length = body.len();
    write!(stream, "{method} {path} HTTP/1.1\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n").ok()?;
    stream.write_all(body).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    Some(String::from_utf8_lossy(&answer).into_owned())
}

const BOUNDARY: &str = "----lang-nghe-crash";

/// The form with a picture.
fn form(key: &str, text: &str, picture: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in feedback(key, text) {
        body.extend(
            format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )
            .bytes(),
        );
    }
    body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"anh.png\"\r\nContent-Type: image/png\r\n\r\n").bytes());
    body.extend_from_slice(picture);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").bytes());
    body
}

const POSTED: &str = "Content-Type: multipart/form-data; boundary=----lang-nghe-crash\r\nAccept: application/json\r\n";

/// Submits once; returns the receipt, if there is one.
pub fn send(address: SocketAddr, key: &str, text: &str) -> Option<Receipt> {
    let answer = exchange(
        address,
        "POST",
        "/gui-phan-anh?loai=hanh_vi",
        POSTED,
        &form(key, text, &small_png()),
    )?;
    if !answer.starts_with("HTTP/1.1 200") {
        return None;
    }
    let page = ask(
        address,
        "GET",
        "/gui-phan-anh/da-nhan",
        &format!("Cookie: phieu={key}\r\n"),
        "",
    )?;
    let number = page
        .split("receipt-number")
        .nth(1)?
        .split('>')
        .nth(1)?
        .split('<')
        .next()?
        .trim()
        .to_owned();
    let code: String = page
        .split("code-value")
        .nth(1)?
        .split("</p>")
        .next()?
        .split("<span>")
        .skip(1)
        .filter_map(|rest| rest.get(..4))
        .collect();
    (code.len() == 20 && number.starts_with("PA")).then_some(Receipt { number, code })
}

/// What the tracking page shows for a receipt code.
pub fn follow(address: SocketAddr, code: &str) -> String {
    let plain = "Content-Type: application/x-www-form-urlencoded\r\n";
    let answer = ask(address, "POST", "/tra-cuu", plain, &format!("ma={code}")).unwrap_or_default();
    let cookie = answer
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: "))
        .and_then(|cookie| cookie.split(';').next())
        .unwrap_or_default()
        .to_owned();
    ask(
        address,
        "GET",
        "/tra-cuu/ho-so",
        &format!("Cookie: {cookie}\r\n"),
        "",
    )
    .unwrap_or_default()
}

/// Fifty clients send until `enough` receipts are home; `disturb` happens in the middle.
fn storm(
    installation: &mut Installation,
    round: &str,
    enough: usize,
    disturb: impl FnOnce(&mut Installation),
) -> Vec<Receipt> {
    let (ledger, over, sent) = (
        Mutex::new(Vec::new()),
        AtomicBool::new(false),
        AtomicUsize::new(0),
    );
    let address = installation.address;
    thread::scope(|scope| {
        for client in 0..50 {
            let (ledger, over, sent) = (&ledger, &over, &sent);
            scope.spawn(move || {
                while !over.load(Ordering::Relaxed) {
                    let turn = sent.fetch_add(1, Ordering::Relaxed);
                    let key = format!("{round}{client:04}{turn:024}");
                    // a sender whose connection breaks sends the same form again
                    for _ in 0..3 {
                        if let Some(receipt) = send(
                            address,
                            &key,
                            &format!("Nội dung thử nghiệm số {round}-{client}-{turn} đủ dài."),
                        ) {
                            ledger.lock().unwrap().push(receipt);
                            break;
                        }
                    }
                }
            });
        }
        let wait_for = |count: usize| {
            let patience = Instant::now() + Duration::from_secs(180);
            while ledger.lock().unwrap().len() < count {
                assert!(Instant::now() < patience, "the storm makes no progress");
                thread::park_timeout(Duration::from_millis(50));
            }
        };
        wait_for(enough / 2);
        disturb(installation);
        wait_for(enough);
        over.store(true, Ordering::Relaxed);
    });
    ledger.into_inner().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn receipts_outlive_a_killed_application_and_a_crashed_database() {
    let (receipts, installation) = tokio::task::spawn_blocking(|| {
        let mut installation = Installation::new();
        installation.start();
        let mut receipts = storm(&mut installation, "a", 60, |installation| {
            installation.kill_application();
            installation.start();
        });
        receipts.extend(storm(&mut installation, "b", 60, |installation| {
            installation.crash_database()
        }));
        for receipt in &receipts {
            assert!(
                follow(installation.address, &receipt.code).contains(&receipt.number),
                "a receipt that was handed out is not followed"
            );
        }
        (receipts, installation)
    })
    .await
    .unwrap();
    let mut numbers: Vec<_> = receipts
        .iter()
        .map(|receipt| receipt.number.clone())
        .collect();
    numbers.sort();
    numbers.dedup();
    assert_eq!(
        numbers.len(),
        receipts.len(),
        "two senders hold the same number"
    );
    let pool = sqlx::PgPool::connect_with(installation.owner_options());
    let pool = pool.await.unwrap();
    let halves: i64 = sqlx::query_scalar(
        "select count(*) from feedback_case c where not (exists (select 1 from case_key k where k.case_id = c.case_id)
            and exists (select 1 from case_body b where b.case_id = c.case_id) and exists (select 1 from case_receipt r where r.case_id = c.case_id)
            and exists (select 1 from case_identity i where i.case_id = c.case_id) and exists (select 1 from case_event e where e.case_id = c.case_id))",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(halves, 0, "half-written cases");
    let doubled: i64 =
        sqlx::query_scalar("select count(*) from (select content_hmac from submission group by content_hmac having count(*) > 1) d")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(doubled, 0, "the same words became two cases");
    let rows: Vec<(uuid::Uuid, uuid::Uuid)> =
        sqlx::query_as("select case_id, attachment_id from attachment")
            .fetch_all(&pool)
            .await
            .unwrap();
    let names: BTreeSet<String> = files_below(&installation.folder.path().join("files"))
        .iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    let without: Vec<_> = rows
        .iter()
        .filter(|(_, id)| !names.contains(&id.simple().to_string()))
        .collect();
    assert!(
        without.is_empty(),
        "attachments whose file is gone: {without:?}"
    );
    let with_picture: BTreeSet<_> = rows.iter().map(|(case, _)| case).collect();
    let all: i64 = sqlx::query_scalar("select count(*) from feedback_case")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(with_picture.len() as i64, all, "every case has its picture");
}
