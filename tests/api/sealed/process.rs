//! The real program as a process of its own: what it prints, whatever thread or child does it, and
//! what its database holds after an identity was opened.

use super::{
    canaries::{CONTENT, IDENTITY, OPENING, WORDS, pdf},
    search::{dump, found, token_forms},
};
use crate::{
    crash::Installation,
    support::{PASSWORD, feedback, opening_command, receipt, urlencoded},
};
use lang_nghe::{
    platform::{clock::Clock, database::Db, telemetry},
    rights::Role,
    server::demo::{NewStaff, add_staff},
};
use std::{collections::BTreeMap, process::Command};

const FORM: &str = "application/x-www-form-urlencoded";
const STORY: &str = "canary-noi-dung: tôi đến lần thứ ba vẫn bị hẹn lại.";

/// A browser at a real address.
struct Browser<'a> {
    site: &'a Installation,
    cookies: BTreeMap<String, String>,
}

impl<'a> Browser<'a> {
    fn new(site: &'a Installation) -> Self {
        Self {
            site,
            cookies: BTreeMap::new(),
        }
    }

    fn ask(&mut self, method: &str, path: &str, kind: &str, body: &[u8]) -> String {
        let cookies = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        let cookies = cookies.collect::<Vec<_>>().join("; ");
        let headers = format!("Content-Type: {kind}\r\nCookie: {cookies}\r\n");
        let answer = self.site.exchange(method, path, &headers, body);
        let head = answer.split("\r\n\r\n").next().unwrap_or_default();
        for line in head.lines() {
            let set = line.strip_prefix("set-cookie: ");
            let pair = set.and_then(|set| set.split(';').next()?.split_once('='));
            if let Some((name, value)) = pair {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    fn get(&mut self, path: &str) -> String {
        self.ask("GET", path, FORM, b"")
    }

    fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> String {
        self.ask("POST", path, FORM, urlencoded(fields).as_bytes())
    }

    /// Posts a form that leads on.
    fn does(&mut self, path: &str, fields: &[(&str, &str)]) {
        let answer = self.post(path, fields);
        assert!(answer.starts_with("HTTP/1.1 303"), "{path}: {answer}");
    }

    fn sign_in(&mut self, username: &str) {
        let fields = [("username", username), ("secret_password", PASSWORD)];
        self.does("/quan-tri/dang-nhap", &fields);
    }

    fn cookie(&self, name: &str) -> String {
        let cookie = self.cookies.get(name).filter(|value| value.len() > 20);
        cookie.expect("a token").clone()
    }
}

/// The form with canaries and a file: number and receipt code.
fn sends(sender: &mut Browser<'_>) -> (String, String) {
    let mut fields = feedback("canary-khoa-bieu-mau-0009", STORY);
    let own = [
        ("vu_viec", WORDS[1]),
        ("dia_diem", WORDS[4]),
        ("ho_ten", IDENTITY[0]),
        ("dia_chi", IDENTITY[1]),
        ("dien_thoai", IDENTITY[2]),
        ("thu_dien_tu", IDENTITY[3]),
    ];
    fields.retain(|(name, _)| own.iter().all(|(own, _)| own != name));
    fields.extend(own);
    fields.push(("xac_nhan_email", "1"));
    let mut body = Vec::new();
    for (name, value) in fields {
        let head = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend((head + value + "\r\n").bytes());
    }
    body.extend(b"--x\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"canary-ten-tep.pdf\"\r\n\r\n");
    body.extend(pdf());
    body.extend(b"\r\n--x--\r\n");
    let path = "/gui-phan-anh?loai=hanh_vi";
    let sent = sender.ask("POST", path, "multipart/form-data; boundary=x", &body);
    assert!(sent.starts_with("HTTP/1.1 303"), "{sent}");
    receipt(&sender.get("/gui-phan-anh/da-nhan"))
}

/// What could have made somebody print: wrong passwords and codes, broken forms, letters that the
/// database refuses.
fn stumble(site: &Installation) {
    let mut visitor = Browser::new(site);
    visitor.post("/tra-cuu", &[("ma", "canary-noi-dung\0")]);
    let fields = [("username", IDENTITY[0]), ("secret_password", WORDS[0])];
    visitor.post("/quan-tri/dang-nhap", &fields);
    let broken = b"--x\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"canary-ten-tep.png\"\r\n\r\n\x89PNG\r\n\x1a\ncanary-trong-tep\r\n--x--\r\n";
    visitor.ask(
        "POST",
        "/gui-phan-anh",
        "multipart/form-data; boundary=x",
        broken,
    );
    visitor.get("/quan-tri/ho-so/canary-vu-viec");
}

/// One asks, another allows, the first one looks; the name is in that answer.
fn opens(site: &Installation, number: &str) -> Vec<String> {
    let (mut asks, mut allows) = (Browser::new(site), Browser::new(site));
    asks.sign_in("giamdoc");
    allows.sign_in("phogiamdoc");
    let reason = format!("{OPENING} để gọi lại cho người phản ánh");
    asks.does(&opening_command(number, "de_nghi"), &[("reason", &reason)]);
    let page = allows.get(&format!("/quan-tri/ho-so/{number}/danh-tinh"));
    let opening = page.split("name=\"opening\" value=\"").nth(1);
    let opening = opening.and_then(|rest| rest.split('"').next()).unwrap();
    let decision = [
        ("opening", opening),
        ("decision", "duyet"),
        ("secret_password", PASSWORD),
    ];
    allows.does(&opening_command(number, "quyet_dinh"), &decision);
    let shown = asks.post(
        &opening_command(number, "xem"),
        &[("secret_password", PASSWORD)],
    );
    assert!(
        shown.contains(IDENTITY[0]) && shown.contains(IDENTITY[2]),
        "{shown}"
    );
    vec![asks.cookie("phien"), allows.cookie("phien")]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_prints_nothing_private_and_keeps_no_token_in_any_form() {
    let site = tokio::task::spawn_blocking(|| {
        let mut site = Installation::new();
        site.speaks = "trace";
        site.start();
        site
    });
    let mut site = site.await.unwrap();
    let owner = Db::connect(site.owner_options(), "none", 2).await.unwrap();
    sqlx::query("update account_policy set second_factor_required = false")
        .execute(owner.pool())
        .await
        .unwrap();
    for username in ["giamdoc", "phogiamdoc"] {
        let staff = NewStaff {
            username,
            name: username,
            roles: &[Role::Leader],
            unit: "vp-so",
        };
        let now = Clock::system().now();
        add_staff(&owner, &staff, PASSWORD, now).await.unwrap();
    }
    let walked = tokio::task::spawn_blocking(move || {
        let mut sender = Browser::new(&site);
        let (number, code) = sends(&mut sender);
        sender.does("/tra-cuu", &[("ma", &code)]);
        let words = [("khoa", "a1"), ("tin_nhan", WORDS[8])];
        sender.does("/tra-cuu/ho-so?viec=nhan", &words);
        stumble(&site);
        let mut tokens = opens(&site, &number);
        tokens.push(sender.cookie("theo-doi"));
        (site, code, tokens)
    });
    let (walked_site, code, tokens) = walked.await.unwrap();
    site = walked_site;
    let dumped = dump(&site.owner_options(), &site.cluster());
    owner.pool().close().await;
    let printed = tokio::task::spawn_blocking(move || site.stop())
        .await
        .unwrap();

    let mut secrets = vec![
        CONTENT,
        OPENING,
        PASSWORD,
        code.as_str(),
        "canary-khoa-bieu-mau",
    ];
    secrets.extend(IDENTITY.iter().chain(&WORDS));
    let forms: Vec<String> = tokens.iter().flat_map(|token| token_forms(token)).collect();
    secrets.extend(forms.iter().map(String::as_str));
    let none: Vec<&str> = Vec::new();
    let talks = "gui-phan-anh";
    assert_eq!(
        found(printed.as_bytes(), &[talks]),
        [talks],
        "it is talkative"
    );
    assert_eq!(found(printed.as_bytes(), &secrets), none, "printed");
    assert_eq!(found(&dumped, &["phogiamdoc"]), ["phogiamdoc"]);
    assert_eq!(found(&dumped, &secrets), none, "in the dump");
}

/// Run by the next test in a process of its own: panics with words on several threads.
#[test]
#[ignore = "run by the next test"]
fn child_that_panics() {
    telemetry::start("info");
    let told = std::thread::spawn(|| panic!("{}", WORDS[0])).join();
    assert!(told.is_err());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let told = runtime.block_on(async {
        tokio::task::spawn_blocking(|| {
            let cut = "ế canary-noi-dung";
            cut[1..].len()
        })
        .await
    });
    assert!(told.is_err());
}

#[test]
fn a_panic_says_where_and_not_what() {
    let child = Command::new(std::env::current_exe().unwrap())
        .args([
            "sealed::process::child_that_panics",
            "--exact",
            "--ignored",
            "--nocapture",
        ])
        .output()
        .unwrap();
    let printed = [child.stdout, child.stderr].concat();
    let printed = String::from_utf8_lossy(&printed);
    assert!(child.status.success(), "{printed}");
    assert_eq!(
        printed.matches("sealed/process.rs:").count(),
        2,
        "{printed}"
    );
    assert!(!printed.contains(WORDS[0]), "{printed}");
}
