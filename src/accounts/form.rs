//! What may be entered: credentials, a new member of staff, and the page to continue to.

use crate::{
    case::codes::codes,
    error::FieldErrors,
    rights::{Permission, Role},
    routes,
};
use serde::{Deserialize, Serialize};

codes! {
    /// What is asked for an account, and holds once a second person confirmed it.
    RequestKind {
        Create = "tao", "Tạo tài khoản";
        ChangeRoles = "doi_quyen", "Đổi vai trò, đơn vị";
        ResetPassword = "cap_lai", "Đặt lại mật khẩu và xác thực hai bước";
        Reopen = "mo_lai", "Mở lại tài khoản đã khóa";
    }
}

impl RequestKind {
    /// Whether the person then sets a password, with a link and a code.
    pub const fn sets_password(self) -> bool {
        matches!(self, Self::Create | Self::ResetPassword)
    }
}

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

/// Reads a new password and its repetition, at the fields `secret_password` and `secret_again`.
///
/// # Errors
/// As [`new_password`], and if the two differ.
pub fn chosen_password(typed: &str, again: &str) -> Result<String, FieldErrors> {
    if let Err(errors) = new_password(typed) {
        let message = errors.get("secret_new_password").unwrap_or_default();
        return Err(FieldErrors::at("secret_password", message));
    }
    if typed != again {
        return Err(FieldErrors::at(
            "secret_again",
            "Hai lần nhập chưa giống nhau. Vui lòng nhập lại mật khẩu ở cả hai ô.",
        ));
    }
    Ok(typed.to_owned())
}

/// A code as it is compared: letters and digits only, in lower case, however it was grouped.
pub fn plain_code(typed: &str) -> String {
    let kept = typed.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Unit and roles of an account.
#[derive(Debug, PartialEq, Eq)]
pub struct Post {
    /// Code of the unit; the store checks that it exists.
    pub unit: String,
    /// At least one; no two are incompatible.
    pub roles: Vec<Role>,
}

impl Post {
    /// Reads unit and roles; `roles` are codes.
    ///
    /// # Errors
    /// At the fields `unit` and `roles[]`.
    pub fn parse(unit: &str, codes: &[String]) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        if unit.is_empty() {
            errors.add("unit", "Vui lòng chọn đơn vị.");
        }
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
            unit: unit.to_owned(),
            roles,
        })
    }
}

/// A new member of staff.
#[derive(Debug, PartialEq, Eq)]
pub struct NewStaff {
    /// 2 to 40 of `a-z 0-9 . _ -`.
    pub username: String,
    /// 2 to 80 characters.
    pub display_name: String,
    /// Where they work, and as what.
    pub post: Post,
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
        let post = Post::parse(unit, roles);
        if let Err(wrong) = &post {
            for (field, message) in wrong.all() {
                errors.add(field, message);
            }
        }
        match post {
            Ok(post) if errors.is_empty() => Ok(Self {
                username,
                display_name,
                post,
            }),
            _ => Err(errors),
        }
    }
}

pub(super) fn is_username(text: &str) -> bool {
    (2..=40).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b))
}

/// Pages on the way in: nobody is led on to them.
const DOORS: [routes::Route; 3] = [
    routes::SIGN_IN,
    routes::NEW_PASSWORD,
    routes::REAUTHENTICATION,
];

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
    if plain && inside && !DOORS.iter().any(|page| page.matches(path)) {
        next
    } else {
        routes::INBOX.path
    }
}

/// Where somebody with these roles can work.
pub fn landing(roles: &[Role]) -> &'static str {
    let may = |right| roles.iter().any(|role| role.grants(right));
    if may(Permission::Approve) {
        routes::LEADERSHIP.path
    } else if may(Permission::SeeAllCases) || may(Permission::SeeUnitCases) {
        routes::INBOX.path
    } else if may(Permission::EnterFeedback) {
        routes::ENTRY.path
    } else if may(Permission::ManageStaff) {
        routes::STAFF.path
    } else if may(Permission::ReadAudit) {
        routes::AUDIT.path
    } else {
        routes::ACCOUNT.path
    }
}

/// Whether the inbox shows anything to somebody with these roles.
pub fn sees_inbox(roles: &[Role]) -> bool {
    let rights = [
        Permission::SeeAllCases,
        Permission::SeeUnitCases,
        Permission::SeeOwnEntries,
    ];
    roles
        .iter()
        .any(|role| rights.into_iter().any(|right| role.grants(right)))
}

/// The page after signing in: [`safe_next`], or where these roles can work.
pub fn first_page(next: &str, roles: &[Role]) -> String {
    match safe_next(next) {
        next if next == routes::INBOX.path => landing(roles).to_owned(),
        next => next.to_owned(),
    }
}

/// The sign-in page, continuing to `next` afterwards, without the words that were looked for there:
/// whoever signs in next may be somebody else.
pub fn sign_in_path(next: &str) -> String {
    routes::sign_in(next_page(&without_words(next)))
}

fn without_words(next: &str) -> String {
    let Some((path, query)) = next.split_once('?') else {
        return next.to_owned();
    };
    let kept = query.split('&').filter(|pair| !pair.starts_with("q="));
    match kept.collect::<Vec<_>>().join("&") {
        kept if kept.is_empty() => path.to_owned(),
        kept => format!("{path}?{kept}"),
    }
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
