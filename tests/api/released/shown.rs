//! What the public gets: page and files carry the numbers of the releases and nothing else, the same
//! bytes every time, whatever happens to the cases.

use super::{JANUARY, authority, cases::a_year, drafter};
use crate::support::{Answer, Client, TestApp, workbook};
use axum::{
    body::Body,
    http::{Method, Request},
};
use lang_nghe::{
    rights::Permission,
    statistics::{
        catalogue::Table,
        ssr::publishing::{
            Cell,
            export::export,
            steps::{self, By},
            store::Release,
            written::hex,
        },
    },
};
use sha2::{Digest as _, Sha256};

/// A year of which everything is out.
async fn published(app: &TestApp) -> Vec<Release> {
    a_year(app).await;
    let author = drafter(app).await;
    let by = By::Staff(&author);
    let db = &app.state.db;
    let built = steps::build(db, by, JANUARY).await.unwrap();
    assert_eq!(steps::audit(db, by, JANUARY).await.unwrap(), []);
    let leader = authority(app, "giamdoc", Permission::ApproveFigures).await;
    for code in built {
        steps::publish(db, &leader, &code, JANUARY).await.unwrap();
    }
    steps::published(db).await.unwrap()
}

fn cells(releases: &[Release], table: Table) -> Vec<Cell> {
    let cells = releases.iter().flat_map(|release| &release.document.cells);
    cells.filter(|cell| cell.table == table).cloned().collect()
}

async fn asked(client: &Client, method: Method, path: &str, name: &str, value: &str) -> Answer {
    let request = Request::builder().method(method).uri(path);
    client
        .send(request.header(name, value), Body::empty())
        .await
}

/// The numbers in the table of a figure of the page, and the figure's words.
fn figure(page: &Answer, code: &str) -> (Vec<i64>, String) {
    let html = page.body().replace("<!>", "");
    let start = html.find(&format!("id=\"{code}\"")).unwrap();
    let figure = &html[start..];
    let figure = &figure[..figure.find("</details>").unwrap()];
    let cells = figure.split("<td>").skip(1);
    let numbers = cells.filter_map(|cell| {
        let text = cell.split_once("</td>").unwrap().0;
        text.replace('.', "").parse().ok()
    });
    (numbers.collect(), figure.to_owned())
}

/// Rows of a table in CSV, without the mark before it and its head.
fn rows(csv: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(csv).unwrap();
    let lines = text.strip_prefix('\u{feff}').unwrap().lines();
    lines.skip(1).map(str::to_owned).collect()
}

#[tokio::test]
async fn every_file_carries_the_numbers_of_the_releases() {
    let app = TestApp::start().await;
    let releases = published(&app).await;
    assert_eq!(releases.len(), 12);
    for release in &releases {
        let document = &release.document;
        let file = async |form: &str| {
            app.get(&format!("/minh-bach/ky/{}.{form}", document.code))
                .await
        };
        let json = file("json").await;
        assert_eq!(json.bytes, document.json().unwrap());
        assert_eq!(Sha256::digest(&json.bytes)[..], release.sha256);
        let tag = format!("\"{}\"", hex(&release.sha256));
        assert_eq!(
            json.header("etag"),
            Some(tag.as_str()),
            "the hash that is told"
        );
        assert_eq!(file("csv").await.bytes, document.csv().unwrap());
    }
    for table in Table::ALL {
        let file = async |form: &str| {
            app.get(&format!("/minh-bach/bang/{}.{form}", table.code()))
                .await
        };
        let told = cells(&releases, *table);
        let json = file("json").await;
        if told.is_empty() {
            assert_eq!(json.status(), 404, "{table:?}");
            continue;
        }
        let json: serde_json::Value = serde_json::from_slice(&json.bytes).unwrap();
        let read: Vec<Cell> = serde_json::from_value(json["so_lieu"].clone()).unwrap();
        assert_eq!(read, told);
        let csv = rows(&file("csv").await.bytes);
        assert_eq!(csv.len(), told.len());
        for (row, cell) in csv.iter().zip(&told) {
            assert!(row.ends_with(&format!(",{}", cell.value)), "{row}");
        }
        let book = workbook::rows(&file("xlsx").await.bytes);
        let book = book.iter().skip(1).map(|row| row.join(","));
        assert_eq!(book.collect::<Vec<_>>(), csv);
    }
    let list = app.get("/minh-bach/danh-sach.json").await;
    let list: serde_json::Value = serde_json::from_slice(&list.bytes).unwrap();
    assert_eq!(list.as_array().unwrap().len(), 12);
    assert_eq!(list[11]["sha256"], hex(&releases[11].sha256));
    assert_eq!(list[11]["cong_bo"], "2027-01-10");
}

#[tokio::test]
async fn the_export_is_what_the_web_answers() {
    let app = TestApp::start().await;
    let releases = published(&app).await;
    let folder = tempfile::tempdir().unwrap();
    export(folder.path(), &releases).unwrap();
    for part in ["ky", "bang", "."] {
        for entry in std::fs::read_dir(folder.path().join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                continue;
            }
            let name = path.strip_prefix(folder.path()).unwrap().to_str().unwrap();
            let name = name.trim_start_matches("./");
            let answer = app.get(&format!("/minh-bach/{name}")).await;
            assert_eq!(answer.bytes, std::fs::read(&path).unwrap(), "{name}");
        }
    }
}

#[tokio::test]
async fn the_page_shows_exactly_the_released_numbers() {
    let app = TestApp::start().await;
    let releases = published(&app).await;
    for address in ["/minh-bach", "/minh-bach?nam=2026"] {
        let page = app.get(address).await;
        assert_eq!(page.status(), 200);
        for table in [
            Table::Flow,
            Table::ByKind,
            Table::ByOutcome,
            Table::Timeliness,
            Table::ByReason,
            Table::Satisfaction,
        ] {
            let mut told: Vec<i64> = cells(&releases, table)
                .iter()
                .map(|cell| cell.value)
                .collect();
            let (mut shown, figure) = figure(&page, table.code());
            told.sort_unstable();
            shown.sort_unstable();
            assert_eq!(shown, told, "{table:?} {figure}");
        }
        // every channel but one had none: only their sum is told
        let (shown, words) = figure(&page, "t7");
        assert_eq!(shown, [456, 456], "together, and the sum: {words}");
        assert!(words.contains("<td>gộp</td>") && !words.contains("<td>0</td>"));
        // of the units those of the latest period are shown
        let units = app
            .get(&address.replace("minh-bach", "minh-bach/don-vi"))
            .await;
        let last = |cell: &&Cell| cell.span.to.to_string() == "2026-12";
        for table in [Table::ByUnitAndKind, Table::TimelinessByUnit] {
            let told = cells(&releases, table);
            let told: Vec<i64> = told.iter().filter(last).map(|cell| cell.value).collect();
            let (shown, figure) = figure(&units, table.code());
            for value in told {
                assert!(shown.contains(&value), "{value} {figure}");
            }
        }
        let (_, words) = figure(&page, "t1");
        assert!(words.contains("Tháng 12/2026, Sở nhận 38 phản ánh, kiến nghị; nhiều nhất là về thái độ, cách làm việc (16). Kỳ trước đó (11/2026) là 38."), "{words}");
        let (_, words) = figure(&page, "t5");
        assert!(
            words.contains(
                "Sở kết thúc xử lý 30 phản ánh, kiến nghị: 24 đúng hạn (80%), 6 trễ hạn."
            ),
            "{words}"
        );
        let (_, words) = figure(&page, "t0");
        assert!(
            words.contains("Cuối tháng 12/2026, còn 96 phản ánh, kiến nghị đang xử lý."),
            "{words}"
        );
        let (_, words) = figure(&page, "t2");
        assert!(
            words.contains("14 được kết luận là đúng") && words.contains("gộp"),
            "{words}"
        );
        let (_, words) = figure(&page, "t6");
        assert!(
            words.contains("Gộp chung") && words.contains("Nhũng nhiễu"),
            "{words}"
        );
        for release in releases.iter().rev().take(6) {
            assert!(page.body().contains(&hex(&release.sha256)));
        }
        for page in [page, units] {
            assert!(!page.body().contains(" style="));
            assert!(
                page.bytes.len() <= 40_000,
                "{address}: {} bytes",
                page.bytes.len()
            );
        }
    }
}

#[tokio::test]
async fn nothing_public_changes_with_the_cases() {
    let app = TestApp::start().await;
    published(&app).await;
    // no hit of a memory is a proof: each look is that of a server just started
    let look = async || {
        let client = app.client_afresh();
        let mut seen = Vec::new();
        for path in [
            "/",
            "/minh-bach",
            "/minh-bach?nam=2026",
            "/minh-bach/don-vi",
            "/minh-bach/danh-sach.json",
            "/minh-bach/bang/t1.csv",
            "/minh-bach/bang/t4.xlsx",
            "/minh-bach/ky/2026-12.json",
        ] {
            let answer = client.get(path).await;
            assert_eq!(answer.status(), 200, "{path}");
            seen.push((
                path,
                answer.header("etag").unwrap().to_owned(),
                answer.bytes,
            ));
        }
        seen
    };
    let before = look().await;
    a_year(&app).await;
    for statement in [
        "update feedback_case set secrecy = 'to_cao' where kind = 'tre_hen'",
        "update feedback_case set received_on = received_on - 40, satisfaction = 4 where kind = 'hanh_vi'",
        "delete from feedback_case where kind = 'quy_dinh'",
    ] {
        sqlx::query(statement)
            .execute(app.owner.pool())
            .await
            .unwrap();
    }
    assert!(before == look().await, "a difference would tell of a case");
    let page = String::from_utf8_lossy(&before[0].2).into_owned();
    assert!(
        page.contains("Tháng 12/2026, Sở nhận 38 phản ánh, kiến nghị."),
        "{page}"
    );
}

#[tokio::test]
async fn what_somebody_has_is_not_sent_again_and_head_says_how_long_it_is() {
    let app = TestApp::start().await;
    published(&app).await;
    let client = app.client();
    for path in [
        "/minh-bach",
        "/minh-bach/cach-tinh",
        "/minh-bach/bang/t1.csv",
        "/minh-bach/bang/t1.json",
        "/minh-bach/bang/t1.xlsx",
        "/minh-bach/ky/2026-12.json",
        "/minh-bach/luoc-do.json",
    ] {
        let whole = client.get(path).await;
        let tag = whole.header("etag").unwrap().to_owned();
        assert!(tag.starts_with('"'), "{path}: {tag} is strong");
        assert_eq!(client.get(path).await.bytes, whole.bytes, "{path}");
        let again = asked(&client, Method::GET, path, "if-none-match", &tag).await;
        assert_eq!((again.status(), again.bytes.len()), (304, 0), "{path}");
        assert_eq!(again.header("etag"), Some(tag.as_str()));
        let head = asked(&client, Method::HEAD, path, "accept", "*/*").await;
        assert_eq!((head.status(), head.bytes.len()), (200, 0), "{path}");
        assert_eq!(head.header("etag"), Some(tag.as_str()));
        assert_eq!(
            head.header("content-length"),
            Some(whole.bytes.len().to_string().as_str())
        );
    }
    let coded = asked(&client, Method::GET, "/minh-bach", "accept-encoding", "br").await;
    let plain = client.get("/minh-bach").await;
    assert_ne!(coded.header("etag"), plain.header("etag"), "other bytes");
}

#[tokio::test]
async fn what_is_not_there_is_refused_with_what_is() {
    let app = TestApp::start().await;
    published(&app).await;
    let client = app.client();
    for path in [
        "/minh-bach/bang/t99.csv",
        "/minh-bach/bang/t9.json",
        "/minh-bach/ky/2031-01.json",
        "/minh-bach/so-lieu.csv",
        "/minh-bach/ky",
    ] {
        let page = client.get(path).await;
        assert_eq!(page.status(), 404, "{path}");
        for there in [
            "/minh-bach/bang/t1.csv",
            "/minh-bach/ky/2026-12.json",
            "/minh-bach",
        ] {
            assert!(
                page.body().contains(&format!("href=\"{there}\"")),
                "{path}: {there}"
            );
        }
        let problem = asked(&client, Method::GET, path, "accept", "application/json").await;
        assert_eq!(
            problem.header("content-type"),
            Some("application/problem+json")
        );
        let problem: serde_json::Value = serde_json::from_slice(&problem.bytes).unwrap();
        let there = problem["instead"].as_array().unwrap();
        assert!(
            there.contains(&"/minh-bach/bang/t1.xlsx".into()),
            "{problem}"
        );
    }
    for year in ["1999", "2031", "x"] {
        let page = client.get(&format!("/minh-bach?nam={year}")).await;
        assert_eq!(page.status(), 404, "{year}");
        assert!(
            page.body().contains("href=\"/minh-bach?nam=2026\""),
            "{}",
            page.body()
        );
    }
    assert!(
        !client
            .get("/khong-co")
            .await
            .body()
            .contains("/minh-bach/bang")
    );
}

#[tokio::test]
async fn what_the_first_version_published_is_shown_unchanged_beside_what_came_after() {
    let app = TestApp::start().await;
    sqlx::query("insert into released_month values ('2025-11-01', 'hanh_vi', 12, 9, 9), ('2025-11-01', 'quy_dinh', 3, 8, 8),
        ('2025-11-01', 'tre_hen', 4, 8, 3), ('2025-12-01', 'hanh_vi', 4, 1, 1), ('2025-12-01', 'quy_dinh', 0, 0, 0), ('2025-12-01', 'tre_hen', 0, 0, 0)")
        .execute(app.owner.pool())
        .await
        .unwrap();
    published(&app).await;
    let page = app.get("/minh-bach?nam=2025").await;
    let (numbers, words) = figure(&page, "t1");
    assert_eq!(numbers, [12, 7, 19], "{words}");
    assert!(words.contains("Tháng 11/2025, Sở nhận 19 phản ánh, kiến nghị"));
    let (_, words) = figure(&page, "t5");
    assert!(words.contains("80%"), "{words}");
    assert!(page.body().contains("phiên bản đầu"));
    assert!(
        page.body()
            .contains("Chưa có số liệu của năm 2025; được công bố sau khi năm kết thúc.")
    );
    let latest = app.get("/minh-bach").await;
    assert!(
        !figure(&latest, "t1").1.contains("11/2025: "),
        "twelve periods later"
    );
    let csv = app.get("/minh-bach/bang/t1.csv").await;
    assert!(rows(&csv.bytes)[0].starts_with("t1,2025-11,2025-11,tong,tong,19"));
}

#[tokio::test]
async fn before_the_first_release_the_page_says_what_will_be_here() {
    let app = TestApp::start().await;
    a_year(&app).await;
    let author = drafter(&app).await;
    steps::build(&app.state.db, By::Staff(&author), JANUARY)
        .await
        .unwrap();
    let page = app.get("/minh-bach").await;
    assert_eq!(page.status(), 200);
    assert!(
        page.body().contains("Chưa có số liệu được công bố"),
        "a draft is not public"
    );
    assert!(!page.body().contains("<svg class=\"chart"));
    assert_eq!(app.get("/minh-bach/bang/t1.csv").await.status(), 404);
    assert_eq!(
        app.get("/minh-bach/danh-sach.json").await.body().trim(),
        "[]"
    );
    assert!(!app.get("/").await.body().contains("Số liệu công khai</h2>"));
}

#[tokio::test]
async fn every_figure_has_its_definition() {
    let app = TestApp::start().await;
    let page = app.get("/minh-bach/cach-tinh").await;
    assert_eq!(page.status(), 200);
    for table in Table::ALL
        .iter()
        .filter(|table| **table != Table::FirstShare)
    {
        assert!(
            page.body().contains(&format!("id=\"{}\"", table.code())),
            "{table:?}"
        );
    }
    assert!(
        page.unescaped()
            .contains("sổ theo dõi hồ sơ trễ hẹn chưa được lập")
    );
}

#[tokio::test]
async fn the_demo_ends_with_a_year_that_two_of_its_people_published() {
    let app = TestApp::start().await;
    let demo = lang_nghe::server::demo::start(&app.owner, &app.state.vault, &app.state.clock);
    demo.await.unwrap();
    let releases = steps::published(&app.state.db).await.unwrap();
    assert_eq!(releases.first().unwrap().document.code, "2025-01");
    assert_eq!(releases.last().unwrap().document.code, "2026-10");
    for (path, charts) in [
        ("/minh-bach", 7),
        ("/minh-bach?nam=2025", 7),
        ("/minh-bach/don-vi", 3),
    ] {
        let page = app.get(path).await;
        assert_eq!(
            page.body().matches("Xem bảng số liệu").count(),
            charts,
            "{path}"
        );
        assert!(
            page.bytes.len() <= 40_000,
            "{path}: {} bytes",
            page.bytes.len()
        );
    }
    let units = app.get("/minh-bach/don-vi").await.unescaped();
    assert!(
        units.contains("Chi nhánh Văn phòng Đăng ký đất đai Ninh Kiều"),
        "large enough"
    );
    assert!(
        !units.contains("Chi nhánh Văn phòng Đăng ký đất đai Vĩnh Thạnh"),
        "too few officials"
    );
    assert!(units.contains("CN Vĩnh Thạnh"), "named in its group");
}
