//! What may be entered, and where one is led on to.

use super::form::*;
use crate::rights::{Permission, Role};
use proptest::prelude::*;

#[test]
fn only_staff_pages_of_this_site_are_safe() {
    for own in [
        "/quan-tri",
        "/lanh-dao",
        "/quan-tri/ho-so/PA26-7K3M9Q-X",
        "/quan-tri?tinh-trang=cho_tiep_nhan&trang=2",
        "/lanh-dao/bao-cao",
    ] {
        assert_eq!(safe_next(own), own);
    }
    for strange in [
        "",
        "/",
        "//evil.example/quan-tri",
        "/quan-tri//evil.example",
        "https://evil.example/quan-tri",
        "/quan-trix",
        "/quan-tri.evil.example",
        "/\\evil.example",
        "/quan-tri/\\evil",
        "/quan-tri/../gui-phan-anh",
        "/quan-tri\r\nSet-Cookie: a=b",
        "/quan-tri/hồ-sơ",
        "/quan-tri/dang-nhap?tiep=/quan-tri",
        "/quan-tri/xac-nhan",
        "/quan-tri/mat-khau-moi/abc",
        "javascript:alert(1)",
    ] {
        assert_eq!(safe_next(strange), "/quan-tri", "{strange}");
    }
}

#[test]
fn the_next_page_survives_the_address() {
    assert_eq!(sign_in_path("/quan-tri"), "/quan-tri/dang-nhap");
    assert_eq!(sign_in_path("//evil.example"), "/quan-tri/dang-nhap");
    assert_eq!(
        sign_in_path("/quan-tri?tinh-trang=a&trang=2"),
        "/quan-tri/dang-nhap?tiep=%2Fquan-tri%3Ftinh-trang%3Da%26trang%3D2"
    );
    assert_eq!(
        sign_in_path("/quan-tri?q=ba+Hoa&trang=2"),
        "/quan-tri/dang-nhap?tiep=%2Fquan-tri%3Ftrang%3D2"
    );
    assert_eq!(sign_in_path("/quan-tri?q=ba+Hoa"), "/quan-tri/dang-nhap");
    assert_eq!(
        reauthentication_path("/quan-tri/tai-khoan"),
        "/quan-tri/xac-nhan?tiep=%2Fquan-tri%2Ftai-khoan"
    );
}

#[test]
fn every_role_lands_where_it_can_work() {
    for role in Role::ALL {
        let may = |right| role.grants(right);
        let can_work = match landing(&[role]) {
            "/lanh-dao" => role == Role::Leader && may(Permission::SeeFigures),
            "/quan-tri" => sees_inbox(&[role]) && role != Role::Leader,
            "/quan-tri/tiep-nhan" => may(Permission::EnterFeedback),
            "/quan-tri/nguoi-dung" => may(Permission::ManageStaff),
            "/quan-tri/nhat-ky" => may(Permission::ReadAudit),
            other => panic!("{role:?} lands on {other}"),
        };
        assert!(can_work, "{role:?}");
    }
    assert_eq!(landing(&[Role::Leader, Role::Office]), "/lanh-dao");
    assert_eq!(landing(&[]), "/quan-tri/tai-khoan");
    let auditor = [Role::Auditor];
    assert_eq!(first_page("", &auditor), "/quan-tri/nhat-ky");
    assert_eq!(first_page("/lanh-dao", &auditor), "/lanh-dao");
}

#[test]
fn a_code_is_the_same_however_it_is_grouped() {
    assert_eq!(plain_code(" K3MW-x7pq a9dz "), "k3mwx7pqa9dz");
}

#[test]
fn a_password_is_chosen_by_typing_it_twice() {
    let typed = "con mèo ngồi bên cửa sổ";
    assert!(chosen_password(typed, typed).is_ok());
    let field = |typed, again| {
        let errors = chosen_password(typed, again).unwrap_err();
        errors.all()[0].0.clone()
    };
    assert_eq!(field(typed, "con mèo"), "secret_again");
    assert_eq!(field("ngắn", "ngắn"), "secret_password");
}

#[test]
fn empty_credentials_are_reported_field_by_field() {
    let errors = credentials("  ", "").err().unwrap();
    assert!(errors.get("username").is_some() && errors.get("secret_password").is_some());
    assert_eq!(
        credentials(" VanPhong1 ", "x").ok().unwrap().username,
        "vanphong1"
    );
}

#[test]
fn a_password_of_ones_own_is_long_rather_than_odd() {
    assert!(new_password("Abc123!@#").is_err());
    assert!(new_password("             ").is_err());
    assert!(new_password("con mèo ngồi bên cửa sổ").is_ok());
    assert!(new_password(&"a".repeat(201)).is_err());
}

fn parsed(username: &str, name: &str, unit: &str, roles: &[&str]) -> Result<NewStaff, Vec<String>> {
    let roles: Vec<String> = roles.iter().map(|code| (*code).to_owned()).collect();
    NewStaff::parse(username, name, unit, &roles)
        .map_err(|errors| errors.all().iter().map(|(name, _)| name.clone()).collect())
}

#[test]
fn a_whole_form_becomes_a_member_of_staff() {
    let staff = parsed("vanphong3", "Trần Thị Thử", "vp-so", &["van_phong"]).unwrap();
    assert_eq!(
        (staff.username.as_str(), staff.post.roles),
        ("vanphong3", vec![Role::Office])
    );
}

#[test]
fn each_error_is_reported_at_its_field() {
    let (name, unit, office) = ("Trần Thị Thử", "vp-so", &["van_phong"][..]);
    let fault = |username, name, unit, roles| parsed(username, name, unit, roles).unwrap_err();
    assert_eq!(fault("Văn Phòng", name, unit, office), ["username"]);
    assert_eq!(fault("a", name, unit, office), ["username"]);
    assert_eq!(fault("vanphong3", " ", unit, office), ["display_name"]);
    assert_eq!(fault("vanphong3", name, "", office), ["unit"]);
    for roles in [&[][..], &["van_phong", "vua"], &["van_phong", "quan_tri"]] {
        assert_eq!(fault("vanphong3", name, unit, roles), ["roles[]"]);
    }
}

proptest! {
    #[test]
    fn the_next_page_never_leaves_the_site(next in ".{0,60}") {
        let path = safe_next(&next);
        prop_assert!(path.starts_with("/quan-tri") || path.starts_with("/lanh-dao"));
        prop_assert!(!path.contains("//") && path.bytes().all(|b| b.is_ascii_graphic()));
    }

    #[test]
    fn any_name_is_refused_or_fits_the_column(name in "[ -~]{0,50}") {
        let good = is_username(&name);
        prop_assert!(!good || (name.len() >= 2 && name.len() <= 40 && name == name.to_lowercase() && !name.contains(' ')));
    }
}
