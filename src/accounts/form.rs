//! What may be entered: credentials, a new member of staff, and the page to continue to.

use crate::{error::FieldErrors, rights::Role, routes};

/// Credentials worth checking.
pub struct Credentials {
    /// Trimmed, in lower case, at most 200 characters.
    pub username: String,
    /// As typed, at most 200 characters.
    pub password: String,
}

/// Reads user name and password.
///
/// # Errors
/// A message at each field left empty.
pub fn credentials(username: &str, password: &str) -> Result<Credentials, FieldErrors> {
    let mut errors = FieldErrors::default();
    if username.trim().is_empty() {
        errors.add("username", "Vui lòng nhập tên đăng nhập.");
    }
    if password.is_empty() {
        errors.add("secret_password", "Vui lòng nhập mật khẩu.");
    }
    // no account has longer ones; hashing them would only cost time
    let cut = |text: &str| text.chars().take(200).collect::<String>();
    errors.or(|| Credentials {
        username: cut(username.trim()).to_lowercase(),
        password: cut(password),
    })
}

/// One answer for an unknown name, a wrong password and a closed account.
pub fn invalid_credentials() -> FieldErrors {
    FieldErrors::at(
        "secret_password",
        "Tên đăng nhập hoặc mật khẩu chưa đúng. Vui lòng kiểm tra rồi nhập lại.",
    )
}

/// The answer if the password given again is wrong.
pub fn wrong_password() -> FieldErrors {
    FieldErrors::at("secret_password", "Mật khẩu chưa đúng. Vui lòng nhập lại.")
}

/// Reads a new password of one's own.
///
/// # Errors
/// A message at `secret_new_password` if it is shorter than 12 or longer than 200 characters.
pub fn new_password(typed: &str) -> Result<String, FieldErrors> {
    match crate::case::normalise(typed).chars().count() {
        12..=200 => Ok(typed.to_owned()),
        _ => Err(FieldErrors::at(
            "secret_new_password",
            "Mật khẩu mới cần từ 12 đến 200 ký tự. Một câu dễ nhớ là tốt nhất.",
        )),
    }
}

/// A new member of staff.
#[derive(Debug, PartialEq, Eq)]
pub struct NewStaff {
    /// 2 to 40 of `a-z 0-9 . _ -`.
    pub username: String,
    /// 2 to 80 characters.
    pub display_name: String,
    /// Code of the unit; the store checks that it exists.
    pub unit: String,
    /// At least one; no two are incompatible.
    pub roles: Vec<Role>,
}

impl NewStaff {
    /// Reads a new member of staff; `roles` are codes.
    ///
    /// # Errors
    /// At the fields `username`, `display_name`, `unit` and `roles[]`.
    pub fn parse(
        username: &str,
        display_name: &str,
        unit: &str,
        roles: &[String],
    ) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let username = username.trim().to_owned();
        if !is_username(&username) {
            errors.add("username", "Tên đăng nhập gồm 2 đến 40 ký tự: chữ thường không dấu, chữ số, dấu chấm, gạch dưới hoặc gạch ngang.");
        }
        let display_name = display_name.trim().to_owned();
        if !(2..=80).contains(&display_name.chars().count()) {
            errors.add(
                "display_name",
                "Vui lòng nhập họ và tên, từ 2 đến 80 ký tự.",
            );
        }
        if unit.is_empty() {
            errors.add("unit", "Vui lòng chọn đơn vị.");
        }
        let codes = roles;
        let roles: Vec<Role> = codes
            .iter()
            .filter_map(|code| Role::from_code(code))
            .collect();
        if roles.is_empty() || roles.len() != codes.len() {
            errors.add("roles[]", "Vui lòng chọn ít nhất một vai trò.");
        } else if let Some(why) = Role::incompatible(&roles) {
            errors.add("roles[]", why);
        }
        errors.or(|| Self {
            username,
            display_name,
            unit: unit.to_owned(),
            roles,
        })
    }
}

fn is_username(text: &str) -> bool {
    (2..=40).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b))
}

/// `next` if it is a page of the console or of the leadership, otherwise the inbox: an address from
/// outside must never redirect to another site.
pub fn safe_next(next: &str) -> &str {
    let plain = next
        .bytes()
        .all(|b| b.is_ascii_graphic() && b != b'\\' && b != b'#')
        && !next.contains("//")
        && !next.contains("..");
    let path = next.split('?').next().unwrap_or_default();
    let inside = [routes::INBOX.path, routes::LEADERSHIP.path]
        .iter()
        .any(|root| {
            path.strip_prefix(root)
                .is_some_and(|r| r.is_empty() || r.starts_with('/'))
        });
    if plain
        && inside
        && ![routes::SIGN_IN, routes::REAUTHENTICATION]
            .iter()
            .any(|page| page.matches(path))
    {
        next
    } else {
        routes::INBOX.path
    }
}

/// The sign-in page, continuing to `next` afterwards.
pub fn sign_in_path(next: &str) -> String {
    routes::sign_in(next_page(next))
}

/// The page that asks for the password again, continuing to `next` afterwards.
pub fn reauthentication_path(next: &str) -> String {
    routes::reauthentication(next_page(next))
}

/// [`safe_next`], or "" if that is the inbox, which needs no parameter.
fn next_page(next: &str) -> &str {
    Some(safe_next(next))
        .filter(|next| *next != routes::INBOX.path)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
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
            reauthentication_path("/quan-tri/tai-khoan"),
            "/quan-tri/xac-nhan?tiep=%2Fquan-tri%2Ftai-khoan"
        );
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

    fn parsed(
        username: &str,
        name: &str,
        unit: &str,
        roles: &[&str],
    ) -> Result<NewStaff, Vec<String>> {
        let roles: Vec<String> = roles.iter().map(|code| (*code).to_owned()).collect();
        NewStaff::parse(username, name, unit, &roles)
            .map_err(|errors| errors.all().iter().map(|(name, _)| name.clone()).collect())
    }

    #[test]
    fn a_whole_form_becomes_a_member_of_staff() {
        let staff = parsed("vanphong3", "Trần Thị Thử", "vp-so", &["van_phong"]).unwrap();
        assert_eq!(
            (staff.username.as_str(), staff.roles),
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
}
