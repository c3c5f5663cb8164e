//! The audit log has readers, and every role has a page to work on.

use super::ask_for;
use crate::support::{PASSWORD, TestApp, submit};
use lang_nghe::rights::{Permission, Role};

const LOG: &str = "/quan-tri/nhat-ky";

#[tokio::test]
async fn auditor_and_data_officer_read_who_did_what_and_no_content() {
    let app = TestApp::start().await;
    let (number, _) = submit(&app).await;
    let office = app.sign_in("vanphong1").await;
    assert_eq!(
        office
            .get(&format!("/quan-tri/ho-so/{number}"))
            .await
            .status(),
        200
    );
    ask_for(&app, "vanphong9", "van_phong").await;
    for who in ["kiemtoan", "baovedulieu"] {
        let page = app.sign_in(who).await.get(LOG).await;
        assert_eq!(page.status(), 200, "{who}");
        let words = page.words();
        for told in ["Đọc nội dung gốc", &number, "vanphong1", "Đăng nhập"] {
            assert!(words.contains(told), "{who}: {told}");
        }
        assert!(words.contains("Nguyễn Thử Nghiệm: Văn phòng Sở"), "{who}");
        // a new account stands out, a sign-in does not
        assert!(
            page.body()
                .contains("status status-active\">Đề nghị tạo tài khoản")
        );
        assert!(!page.body().contains("status status-active\">Đăng nhập"));
        for private in [
            "Trần Thị Mẫu",
            "0900000123",
            "12 đường Thử Nghiệm",
            "chưa được trả",
        ] {
            assert!(!page.unescaped().contains(private), "{who}: {private}");
        }
    }
}

#[tokio::test]
async fn nobody_else_reads_the_log_or_the_register() {
    let app = TestApp::start().await;
    for role in Role::ALL {
        let username = format!("thu-{}", role.code().replace('_', "-"));
        app.add_staff(&username, &[role], "cn-thot-not").await;
        let client = app.sign_in(&username).await;
        for (page, right) in [
            (LOG, Permission::ReadAudit),
            ("/quan-tri/nguoi-dung", Permission::SeeStaff),
        ] {
            let wanted = if role.grants(right) { 200 } else { 403 };
            assert_eq!(client.get(page).await.status(), wanted, "{role:?} {page}");
        }
    }
}

#[tokio::test]
async fn the_log_is_narrowed_by_day_and_action_and_read_page_by_page() {
    let app = TestApp::start().await;
    let auditor = app.sign_in("kiemtoan").await;
    sqlx::query(
        "insert into audit_log (at, staff_id, action)
         select timestamptz '2026-11-20 23:30+07', staff_id, 'tai_tep' from staff, generate_series(1, 60)",
    )
    .execute(app.owner.pool())
    .await
    .unwrap();
    let rows = |page: &crate::support::Answer| page.body().matches("<tr>").count() - 1;
    let day = auditor.get("/quan-tri/nhat-ky?ngay=2026-11-20&loai=").await;
    assert_eq!(rows(&day), 50);
    let older = day.unescaped();
    let older = older.split("rel=\"next\"").next().unwrap();
    let older = older
        .rsplit("href=\"")
        .next()
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    assert!(
        older.starts_with("/quan-tri/nhat-ky?ngay=2026-11-20&truoc="),
        "{older}"
    );
    let second = auditor.get(&older).await;
    assert_eq!(rows(&second), 10);
    assert!(second.body().contains("rel=\"prev\"") && !second.body().contains("rel=\"next\""));
    let none = auditor.get("/quan-tri/nhat-ky?ngay=2026-11-21").await;
    assert!(
        none.body().contains("Không có việc nào được ghi"),
        "a day is one of Viet Nam"
    );
    let sign_ins = auditor.get("/quan-tri/nhat-ky?loai=dang_nhap").await;
    assert_eq!(rows(&sign_ins), 1);
    for nonsense in ["?ngay=2026-13-01&truoc=x&loai=y", "?truoc=-1"] {
        assert_eq!(auditor.get(&format!("{LOG}{nonsense}")).await.status(), 200);
    }
}

#[tokio::test]
async fn every_role_lands_where_it_can_work() {
    let app = TestApp::start().await;
    for (username, page) in [
        ("tongdai1", "/quan-tri/tiep-nhan"),
        ("motcua1", "/quan-tri/tiep-nhan"),
        ("tiepdan1", "/quan-tri/tiep-nhan"),
        ("vanphong1", "/quan-tri"),
        ("chanhvp", "/quan-tri"),
        ("thanhtra1", "/quan-tri"),
        ("gd-vpdkdd", "/quan-tri"),
        ("cv-vpdkdd", "/quan-tri"),
        ("giamdoc", "/lanh-dao"),
        ("kiemtoan", LOG),
        ("baovedulieu", LOG),
        ("quantri", "/quan-tri/nguoi-dung"),
    ] {
        app.sign_in(username).await;
        let client = app.client();
        let fields = [("username", username), ("secret_password", PASSWORD)];
        let entered = client.post_form("/quan-tri/dang-nhap", &fields).await;
        assert_eq!(entered.location(), page, "{username}");
        assert_eq!(client.get(page).await.status(), 200, "{username}");
        // the mark, the foot of the site and failure pages lead to the inbox
        let inbox = client.get("/quan-tri").await;
        if inbox.status() != 200 {
            assert_eq!(
                (inbox.status(), inbox.location()),
                (303, page),
                "{username}"
            );
        }
        let again = client.get("/quan-tri/dang-nhap").await;
        assert!(
            again.location() == page,
            "{username} is signed in: {}",
            again.location()
        );
    }
}

#[tokio::test]
async fn a_page_that_is_refused_leads_to_where_one_can_work() {
    let app = TestApp::start().await;
    for (username, page) in [
        ("kiemtoan", "/quan-tri/nguoi-dung"),
        ("quantri", LOG),
        ("tiepdan1", "/lanh-dao"),
    ] {
        let refused = app.sign_in(username).await.get(page).await;
        assert_eq!(refused.status(), 403, "{username}");
        let link = "<a href=\"/quan-tri\" rel=\"external\" class=\"button\">";
        assert!(
            refused.body().contains(link),
            "{username}: {}",
            refused.body()
        );
        let nav = refused.body().contains("Hộp việc");
        assert!(!nav, "{username}");
    }
}
