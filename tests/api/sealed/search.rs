//! Looking for strings in files, in a dump, and in what somebody was answered.

use crate::support::{Answer, Client, TestApp, opening_command};
use sqlx::postgres::PgConnectOptions;
use std::{
    collections::BTreeSet,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

/// Which canaries files or folders hold, as UTF-8 or as the hexadecimal digits of a dumped byte string.
pub fn found_in<'a>(paths: &[PathBuf], canaries: &[&'a str]) -> Vec<&'a str> {
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
