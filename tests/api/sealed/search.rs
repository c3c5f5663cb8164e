//! Looking for strings in files, in a dump, and in what somebody was answered.

use crate::support::{Answer, Client, TestApp, opening_command};
use base64::{
    Engine as _,
    engine::{
        GeneralPurpose,
        general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD},
    },
};
use sqlx::postgres::PgConnectOptions;
use std::{
    collections::BTreeSet,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

/// How a text may stand in a database, a log or an address: as it is, as hexadecimal digits, percent-encoded, and within base64
/// whatever stands before it.
fn forms(canary: &str) -> Vec<String> {
    let percent = percent_encoding::utf8_percent_encode(canary, percent_encoding::NON_ALPHANUMERIC);
    let mut forms = vec![
        canary.to_owned(),
        hex(canary.as_bytes()),
        percent.to_string(),
    ];
    forms.extend((0..3).flat_map(|before| within_base64(canary.as_bytes(), before)));
    forms
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The part of the base64 of a longer text that these bytes alone decide, with so many bytes before them (of three), in both alphabets.
fn within_base64(bytes: &[u8], before: usize) -> Vec<String> {
    let padded = [&vec![0; before][..], bytes].concat();
    let whole = padded.len() / 3 * 4;
    let start = (before * 8).div_ceil(6);
    let of = |engine: GeneralPurpose| engine.encode(&padded)[start..whole].to_owned();
    let forms = [of(STANDARD_NO_PAD), of(URL_SAFE_NO_PAD)];
    // a few letters are found by chance
    forms.into_iter().filter(|form| form.len() >= 8).collect()
}

/// The token of a cookie, and the bytes that it is in base64, as a database could hold them.
pub fn token_forms(token: &str) -> Vec<String> {
    let bytes = URL_SAFE_NO_PAD.decode(token).unwrap_or_default();
    let raw = [
        hex(&bytes),
        STANDARD.encode(&bytes),
        URL_SAFE.encode(&bytes),
    ];
    raw.into_iter()
        .chain([token.to_owned()])
        .filter(|form| form.len() > 20)
        .collect()
}

/// Which canaries files or folders hold, in any of their [`forms`].
pub fn found_in<'a>(paths: &[PathBuf], canaries: &[&'a str]) -> Vec<&'a str> {
    let mut grep = Command::new("grep");
    grep.env("LC_ALL", "C").args(["-raFoh"]);
    for form in canaries.iter().flat_map(|canary| forms(canary)) {
        grep.args(["-e", &form]);
    }
    // a file of another test may go while we look, so its complaint is no failure
    let output = grep.arg("--").args(paths).output().unwrap();
    let hits: BTreeSet<String> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(str::to_owned)
        .collect();
    let is_there = |canary: &&str| forms(canary).iter().any(|form| hits.contains(form));
    canaries.iter().copied().filter(is_there).collect()
}

/// Which canaries a text holds.
pub fn found<'a>(bytes: &[u8], canaries: &[&'a str]) -> Vec<&'a str> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    found_in(&[file.path().to_owned()], canaries)
}

/// The server's files that this test's database and the log of writes since `from` (a file of it) lie in, and those of all databases.
pub async fn files_of(app: &TestApp, cluster: &Path, from: &str) -> (Vec<PathBuf>, Vec<PathBuf>) {
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

pub fn dump(options: &PgConnectOptions, cluster: &Path) -> Vec<u8> {
    // the first word of the server's command line: pg_dump lies beside it
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

/// Everything the pages and functions of the site tell somebody, the answers to questions they may not ask included.
pub async fn told(who: &Client, numbers: [&str; 2]) -> Vec<u8> {
    let mut all: Vec<Answer> = Vec::new();
    for path in [
        "/",
        "/minh-bach",
        "/minh-bach/danh-sach.json",
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

#[test]
fn the_search_finds_every_form_of_what_it_looks_for() {
    let canary = "Canary Hovaten";
    let other = base64::engine::general_purpose::URL_SAFE;
    for text in [
        format!("x{canary}y"),
        hex(format!("x{canary}y").as_bytes()),
        "ten=Canary%20Hovaten&".to_owned(),
        STANDARD.encode(format!("x{canary}y")),
        STANDARD.encode(format!("xy{canary}y")),
        other.encode(format!("xyz{canary}")),
    ] {
        assert_eq!(found(text.as_bytes(), &[canary]), [canary], "{text}");
    }
    assert!(found(b"Canary Ho va ten", &[canary]).is_empty());
}
