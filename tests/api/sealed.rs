//! The canary: strings planted in every private field are found nowhere outside, and by nobody who may not read them.

use crate::support;
use crate::support::Answer;
use crate::support::Client;
use crate::support::PASSWORD;
use crate::support::TestApp;
use crate::support::receipt;
use crate::support::{case_command, feedback, opening_command};
use lang_nghe::{
    case::CaseId,
    platform::{telemetry::metrics, vault::SealedIdentity},
};
use sqlx::postgres::PgConnectOptions;
use std::{
    collections::BTreeSet,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Mutex},
};
use tracing_subscriber::fmt::MakeWriter;

/// Who the submitter is: nobody reads it without an opening.
const IDENTITY: [&str; 4] = [
    "Canary Hovaten",
    "canary-so-nha-dia-chi",
    "0987601234",
    "canary-hop-thu@example.vn",
];
/// The words of the public form, the attachment and the follow-up: for those who may read the original.
const WORDS: [&str; 9] = [
    "canary-noi-dung",
    "canary-vu-viec",
    "canary-de-xuat",
    "canary-can-bo",
    "canary-noi-xay-ra",
    "canary-thoi-diem",
    "canary-ma-ho-so",
    "canary-ten-tep",
    "canary-tin-nguoi-dan",
];
/// Text inside the attachment, which only its download may show.
const CONTENT: &str = "canary-trong-tep";
/// Between the office and the unit.
const INSIDE: [&str; 5] = [
    "canary-trich-yeu",
    "canary-ghi-chu",
    "canary-ket-luan",
    "canary-tra-loi",
    "canary-tin-cua-so",
];
/// Why the identity is asked for: for who asked and who may decide.
const OPENING: &str = "canary-ly-do-mo-danh-tinh";
/// The call: its words, the operator's note, the reason of the refusal.
const CALL: [&str; 2] = ["canary-cuoc-goi", "canary-nguoi-nhap"];
const REFUSAL: &str = "canary-tu-choi";
const CALLER: [&str; 2] = ["Canary Nguoigoi", "0987605678"];
/// Said openly, to see that the search finds what is there.
const OPEN: &str = "canary-cong-khai";

/// Everything that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn pdf() -> Vec<u8> {
    format!("%PDF-1.4\n1 0 obj << /Title ({CONTENT}) >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n")
        .into_bytes()
}

/// A case with canaries in every field, sent through the public form; number and receipt code.
async fn plant_online(app: &TestApp) -> (String, String) {
    let mut fields = feedback(
        "canary-khoa-bieu-mau-0001",
        "canary-noi-dung: tôi đến lần thứ ba vẫn bị hẹn lại.",
    );
    let own = [
        ("vu_viec", "canary-vu-viec"),
        ("dia_diem", "canary-noi-xay-ra"),
        ("thoi_diem", "canary-thoi-diem"),
        ("ho_ten", IDENTITY[0]),
        ("dia_chi", IDENTITY[1]),
        ("dien_thoai", IDENTITY[2]),
    ];
    fields.retain(|(name, _)| own.iter().all(|(own, _)| own != name));
    fields.extend(own);
    fields.extend([
        ("de_xuat", "canary-de-xuat"),
        ("nguoi_bi_phan_anh", "canary-can-bo"),
        ("ma_ho_so", "canary-ma-ho-so"),
    ]);
    fields.extend([
        ("thu_dien_tu", IDENTITY[3]),
        ("xac_nhan_email", "1"),
        ("nhan_tra_loi", "email"),
    ]);
    let sender = app.client();
    let files = [("tep", "canary-ten-tep.pdf", "application/pdf", &pdf()[..])];
    let sent = sender
        .post_multipart("/gui-phan-anh?loai=hanh_vi", &fields, &files)
        .await;
    assert_eq!(sent.status(), 303, "{}", sent.text());
    receipt(sender.get("/gui-phan-anh/da-nhan").await.body())
}

/// A call that the hotline writes down.
async fn plant_call(app: &TestApp) -> String {
    let mut fields = feedback(
        "canary-khoa-bieu-mau-0002",
        "canary-cuoc-goi: người gọi kể về việc phải chờ lâu.",
    );
    fields.retain(|(name, _)| !["ho_ten", "dien_thoai"].contains(name));
    fields.extend([
        ("ho_ten", CALLER[0]),
        ("dien_thoai", CALLER[1]),
        ("kenh", "dien_thoai"),
        ("luc_goi", "2026-11-23T08:50"),
    ]);
    fields.extend([
        ("da_doc_lai", "1"),
        ("ghi_chu_nguoi_nhap", "canary-nguoi-nhap"),
    ]);
    let operator = app.sign_in("tongdai1").await;
    let sent = operator
        .post_multipart("/quan-tri/tiep-nhan?loai=hanh_vi", &fields, &[])
        .await;
    assert_eq!(sent.status(), 303, "{}", sent.text());
    receipt(operator.get("/quan-tri/tiep-nhan/da-nhan").await.body()).0
}

async fn write_along(app: &TestApp, code: &str) {
    let visitor = app.client();
    assert_eq!(
        visitor
            .post_form("/tra-cuu", &[("ma", code)])
            .await
            .status(),
        303
    );
    let sent = visitor
        .post_form(
            "/tra-cuu/ho-so?viec=nhan",
            &[("khoa", "a1"), ("tin_nhan", "canary-tin-nguoi-dan")],
        )
        .await;
    assert_eq!(sent.location(), "/tra-cuu/ho-so?xong=nhan");
}

async fn act(who: &Client, action: &str, number: &str, fields: &[(&str, &str)]) {
    let mut all = vec![("seen", "0")];
    all.extend_from_slice(fields);
    let answer = who.call(&case_command(number, action), &all).await;
    assert!(
        answer.status() < 400,
        "{action}: {} {}",
        answer.status(),
        answer.text()
    );
}

/// The straight road to the answer, words at each step; then the identity is asked for.
async fn handle(app: &TestApp, number: &str) {
    let unit: i16 = sqlx::query_scalar("select unit_id from unit where code = 'vpdkdd'")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    let (office, head, leader) = (
        app.sign_in("vanphong1").await,
        app.sign_in("gd-vpdkdd").await,
        app.sign_in("giamdoc").await,
    );
    act(&office, "tiep_nhan", number, &[]).await;
    act(
        &office,
        "phan_loai",
        number,
        &[("kind", "hanh_vi"), ("reasons[0]", "HV_CHAM_TRE")],
    )
    .await;
    act(
        &office,
        "viet_trich_yeu",
        number,
        &[("extract", "canary-trich-yeu")],
    )
    .await;
    act(
        &office,
        "giao_xu_ly",
        number,
        &[("unit", &unit.to_string()), ("handler", "")],
    )
    .await;
    act(&office, "ghi_chu", number, &[("note", "canary-ghi-chu")]).await;
    act(
        &office,
        "nhan_tin",
        number,
        &[("message", "canary-tin-cua-so")],
    )
    .await;
    act(&head, "xac_minh", number, &[]).await;
    act(
        &head,
        "ket_luan",
        number,
        &[("finding", "dung"), ("measures", "canary-ket-luan")],
    )
    .await;
    act(
        &head,
        "trinh_phe_duyet",
        number,
        &[("reply", "canary-tra-loi")],
    )
    .await;
    act(&leader, "tra_loi", number, &[]).await;
    let asked = office
        .call(
            &opening_command(number, "de_nghi"),
            &[("reason", "canary-ly-do-mo-danh-tinh để gọi lại")],
        )
        .await;
    assert!(asked.status() < 400, "{}", asked.text());
}

async fn refuse(app: &TestApp, number: &str) {
    let fields = [
        ("refusal_reason", "KHONG_RO_NOI_DUNG"),
        ("refusal_text", REFUSAL),
    ];
    act(
        &app.sign_in("vanphong1").await,
        "de_xuat_tu_choi",
        number,
        &fields,
    )
    .await;
}

/// Requests that might tempt the server to log: broken submissions, a wrong password, a wrong code, a search with a character the database refuses.
async fn stumble(app: &TestApp) {
    let mut broken = feedback("canary-khoa-bieu-mau-0003", "canary-noi-dung");
    broken.push(("don_vi", "canary-vu-viec"));
    app.client()
        .post_multipart(
            "/gui-phan-anh",
            &broken,
            &[(
                "tep",
                "canary-ten-tep.png",
                "image/png",
                b"\x89PNG\r\n\x1a\ncanary-trong-tep",
            )],
        )
        .await;
    app.client()
        .post_form(
            "/quan-tri/dang-nhap",
            &[
                ("username", "Canary Hovaten\0"),
                ("secret_password", "canary-noi-dung\0"),
            ],
        )
        .await;
    app.client()
        .post_form("/tra-cuu", &[("ma", "canary-noi-dung")])
        .await;
    let office = app.sign_in("vanphong1").await;
    office
        .call(
            "/quan-tri/ho-so/canary-vu-viec?viec=ghi_chu",
            &[("seen", "canary-ghi-chu"), ("note", "canary-ghi-chu")],
        )
        .await;
    office
        .query(
            "/api/casework-inbox",
            &[("query", "q=canary-noi-dung%00&trang=canary-vu-viec")],
        )
        .await;
}

/// Which canaries files or folders hold, as UTF-8 or as the hexadecimal digits of a dumped byte string.
fn found_in<'a>(paths: &[PathBuf], canaries: &[&'a str]) -> Vec<&'a str> {
    let hex = |text: &str| {
        text.bytes()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    let mut grep = Command::new("grep");
    grep.env("LC_ALL", "C").args(["-raFoh"]);
    for canary in canaries {
        grep.args(["-e", canary, "-e", &hex(canary)]);
    }
    // a file of another test may go while we look, so its complaint is no failure
    let output = grep.arg("--").args(paths).output().unwrap();
    let hits: BTreeSet<String> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(str::to_owned)
        .collect();
    canaries
        .iter()
        .copied()
        .filter(|canary| hits.contains(*canary) || hits.contains(&hex(canary)))
        .collect()
}

/// Which canaries a text holds.
fn found<'a>(bytes: &[u8], canaries: &[&'a str]) -> Vec<&'a str> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    found_in(&[file.path().to_owned()], canaries)
}

/// The server's files that this test's database and the log of writes since `from` (a file of it) lie in, and those of all databases.
async fn files_of(app: &TestApp, cluster: &Path, from: &str) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let own: String =
        sqlx::query_scalar("select oid::text from pg_database where datname = current_database()")
            .fetch_one(app.owner.pool())
            .await
            .unwrap();
    let entries = std::fs::read_dir(cluster.join("pg_wal"))
        .unwrap()
        .flatten()
        .map(|entry| entry.path());
    let writes = entries
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().as_ref() >= from)
        })
        .collect();
    let rest = std::fs::read_dir(cluster)
        .unwrap()
        .flatten()
        .map(|entry| entry.path());
    let rest = rest.filter(|path| !["base", "pg_wal"].iter().any(|name| path.ends_with(name)));
    (
        rest.chain([
            cluster.join("base").join(own),
            cluster.join("base/pgsql_tmp"),
        ])
        .collect(),
        writes,
    )
}

fn dump(options: &PgConnectOptions, cluster: &Path) -> Vec<u8> {
    // the first word of the server's command line: pg_dump is in the same folder
    let started = std::fs::read_to_string(cluster.join("postmaster.opts")).unwrap();
    let program = Path::new(started.split_whitespace().next().unwrap()).with_file_name("pg_dump");
    let output = Command::new(program)
        .arg("--host")
        .arg(options.get_socket().unwrap())
        .args([
            "--username",
            options.get_username(),
            options.get_database().unwrap(),
        ])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

#[tokio::test]
async fn what_is_private_lies_open_nowhere() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    let app = TestApp::start().await;
    let first: String = sqlx::query_scalar("select pg_walfile_name(pg_current_wal_insert_lsn())")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    let quiet = tracing::subscriber::set_default(subscriber);
    tracing::info!("{OPEN}");
    let (number, code) = plant_online(&app).await;
    let call = plant_call(&app).await;
    write_along(&app, &code).await;
    handle(&app, &number).await;
    refuse(&app, &call).await;
    stumble(&app).await;
    app.run_jobs().await;
    drop(quiet);
    sqlx::query("update staff set display_name = $1 where username = 'vanphong1'")
        .bind(OPEN)
        .execute(app.owner.pool())
        .await
        .unwrap();
    sqlx::raw_sql("checkpoint; select pg_switch_wal()")
        .execute(app.owner.pool())
        .await
        .unwrap();

    let grouped = code
        .as_bytes()
        .chunks(4)
        .map(|group| String::from_utf8_lossy(group).into_owned())
        .collect::<Vec<_>>()
        .join(" ");
    let mut secrets = vec![
        CONTENT,
        OPENING,
        REFUSAL,
        PASSWORD,
        "canary-khoa-bieu-mau",
        code.as_str(),
        grouped.as_str(),
    ];
    secrets.extend(
        IDENTITY
            .iter()
            .chain(&WORDS)
            .chain(&INSIDE)
            .chain(&CALL)
            .chain(&CALLER),
    );
    let none: Vec<&str> = Vec::new();
    let (cluster, server_log) = support::cluster().await;

    let dumped = dump(&app.owner_options(), &cluster);
    assert_eq!(
        found(&dumped, &[OPEN]),
        [OPEN],
        "the search finds what is there"
    );
    assert_eq!(found(&dumped, &secrets), none, "in the dump");

    let (tables, writes) = files_of(&app, &cluster, &first).await;
    for (files, what) in [(tables, "the tables' files"), (writes, "the log of writes")] {
        assert_eq!(
            found_in(&files, &[OPEN]),
            [OPEN],
            "the search finds what is there in {what}"
        );
        assert_eq!(found_in(&files, &secrets), none, "in {what}");
    }
    assert_eq!(
        found_in(&[server_log], &secrets),
        none,
        "in the server's log"
    );

    let kept = support::files_below(&app.config().data_dir);
    assert!(!kept.is_empty(), "the attachment is kept");
    assert_eq!(
        found(format!("{kept:?}").as_bytes(), &secrets),
        none,
        "in a file's name"
    );
    assert_eq!(found_in(&kept, &secrets), none, "in the kept files");

    let logged = log.0.lock().unwrap().clone();
    assert_eq!(found(&logged, &[OPEN]), [OPEN]);
    assert_eq!(
        found(&logged, &secrets),
        none,
        "in what was logged, at the most talkative"
    );
    assert_eq!(
        found(metrics::page(&app.state.db).as_bytes(), &secrets),
        none,
        "in the metrics"
    );

    let (case, key_version, sealed): (uuid::Uuid, i16, Vec<u8>) =
        sqlx::query_as("select case_id, key_version, sealed from case_identity join feedback_case using (case_id) where number = $1")
            .bind(&number)
            .fetch_one(app.owner.pool())
            .await
            .unwrap();
    let opened = app
        .identity_key
        .open(
            CaseId(case.as_u128()),
            &SealedIdentity {
                key_version,
                bytes: sealed,
            },
        )
        .expect("its own key");
    assert_eq!(
        [&opened.name, &opened.address, &opened.phone, &opened.email],
        IDENTITY,
        "with its key it is there"
    );

    let mails = app.mails();
    assert_eq!(
        mails
            .iter()
            .map(|mail| mail.to.as_str())
            .collect::<Vec<_>>(),
        [IDENTITY[3]]
    );
    assert!(mails[0].text.contains(&number));
    assert_eq!(
        found(
            format!("{} {}", mails[0].subject, mails[0].text).as_bytes(),
            &secrets
        ),
        none,
        "in the mail"
    );
}

/// Everything the pages and functions of the site show a person, including the answers to requests they may not make.
async fn told(who: &Client, numbers: [&str; 2]) -> Vec<u8> {
    let mut all: Vec<Answer> = Vec::new();
    for path in [
        "/",
        "/minh-bach",
        "/minh-bach/so-lieu.csv",
        "/tra-cuu",
        "/tra-cuu/ho-so",
        "/gui-phan-anh?loai=hanh_vi",
        "/gui-phan-anh/da-nhan",
    ] {
        all.push(who.get(path).await);
    }
    for path in [
        "/quan-tri",
        "/quan-tri?xem=tat-ca",
        "/quan-tri?q=canary",
        "/quan-tri/tai-khoan",
        "/quan-tri/tiep-nhan",
        "/quan-tri/tiep-nhan/da-nhan",
        "/lanh-dao",
    ] {
        all.push(who.get(path).await);
    }
    for number in numbers {
        all.push(who.get(&format!("/quan-tri/ho-so/{number}")).await);
        all.push(
            who.get(&format!("/quan-tri/ho-so/{number}/danh-tinh"))
                .await,
        );
        all.push(who.post_form(&opening_command(number, "xem"), &[]).await);
        all.push(who.query("/api/case-page", &[("number", number)]).await);
        all.push(who.query("/api/opening-page", &[("number", number)]).await);
    }
    for (path, fields) in [
        ("/api/casework-inbox", [("query", "xem=tat-ca")]),
        ("/api/leadership-figures", [("period", "thang-nay")]),
        ("/api/form-choices", [("entry", "true")]),
        ("/api/receipt", [("x", "")]),
        ("/api/follow-case", [("x", "")]),
        ("/api/account-page", [("x", "")]),
    ] {
        all.push(who.query(path, &fields).await);
    }
    all.into_iter().flat_map(|answer| answer.bytes).collect()
}

#[tokio::test]
async fn everybody_reads_what_they_may_and_nothing_else() {
    let app = TestApp::start().await;
    let (number, code) = plant_online(&app).await;
    let call = plant_call(&app).await;
    write_along(&app, &code).await;
    handle(&app, &number).await;
    refuse(&app, &call).await;
    let file: uuid::Uuid = sqlx::query_scalar("select attachment_id from attachment")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();

    let identities: Vec<&str> = IDENTITY.iter().chain(&CALLER).copied().collect();
    let original: Vec<&str> = WORDS.iter().chain(&CALL).copied().collect();
    let secrets: Vec<&str> = original
        .iter()
        .chain(&INSIDE)
        .copied()
        .chain([OPENING, REFUSAL, CONTENT, code.as_str()])
        .collect();
    let all_but_file: Vec<&str> = original
        .iter()
        .chain(&INSIDE)
        .copied()
        .chain([OPENING, REFUSAL])
        .collect();
    let readers = ["vanphong1", "chanhvp", "giamdoc"];
    for (who, sees) in [
        (readers[0], all_but_file.clone()),
        (readers[1], all_but_file.clone()),
        (readers[2], all_but_file),
        ("gd-vpdkdd", INSIDE[..4].to_vec()),
        ("cv-vpdkdd", INSIDE[..4].to_vec()),
        ("tongdai1", vec![CALL[0], CALL[1], REFUSAL]),
        ("motcua1", vec![]),
        ("thanhtra1", vec![]),
        ("truong-cn-nk", vec![]),
        ("kiemtoan", vec![]),
        ("quantri", vec![]),
    ] {
        let client = app.sign_in(who).await;
        let pages = told(&client, [&number, &call]).await;
        assert_eq!(found(&pages, &secrets), sees, "{who}");
        assert_eq!(
            found(&pages, &identities),
            Vec::<&str>::new(),
            "{who} reads who spoke"
        );
        let download = client.get(&format!("/quan-tri/tep/{file}")).await;
        assert_eq!(
            found(&download.bytes, &[CONTENT]).len(),
            usize::from(readers.contains(&who)),
            "{who}"
        );
    }
    let stranger = told(&app.client(), [&number, &call]).await;
    assert_eq!(found(&stranger, &secrets), Vec::<&str>::new());

    let visitor = app.client();
    visitor.post_form("/tra-cuu", &[("ma", &code)]).await;
    let page = visitor.get("/tra-cuu/ho-so").await;
    let theirs = [
        "canary-noi-dung",
        "canary-tin-nguoi-dan",
        "canary-tra-loi",
        "canary-tin-cua-so",
    ];
    assert_eq!(
        found(&page.bytes, &theirs),
        theirs,
        "the submitter reads their own words, the answer and the letters"
    );
    let inside = [
        INSIDE[0],
        INSIDE[1],
        INSIDE[2],
        OPENING,
        REFUSAL,
        CALL[0],
        code.as_str(),
    ];
    assert_eq!(found(&page.bytes, &inside), Vec::<&str>::new());
    assert_eq!(
        found(&page.bytes, &identities),
        Vec::<&str>::new(),
        "and not even who they are"
    );
}
