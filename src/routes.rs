//! Every address of the site, once: its path, for whom it is, and who may keep its answer.
//!
//! A path is written in the router's notation (`/quan-tri/ho-so/:number`). Pages name addresses by
//! these constants and functions. The one other place is the `endpoint = "…"` of a server function,
//! which takes a literal only: `tests/architecture/commands.rs` holds each against its [`Command`].
#![warn(unreachable_pub)]

mod addresses;

pub use addresses::*;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::fmt::Display;

/// For whom an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Anybody.
    Public,
    /// Anybody who has entered a receipt code.
    Submitter,
    /// Signed-in staff.
    Staff,
    /// Signed-in leadership.
    Leadership,
    /// Programs, and the browser's program.
    Machine,
}

/// Who may keep the answer of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// The same for everybody: kept in this process and for a minute by anybody.
    Shared,
    /// The same for everybody but for its form's key: kept in this process, asked for again by the
    /// browser.
    Form,
    /// Nobody keeps it.
    Never,
    /// An hour.
    Hour,
    /// A year: its name changes with its content.
    Immutable,
}

/// One address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// Path in the router's notation.
    pub path: &'static str,
    /// For whom.
    pub audience: Audience,
    /// Who may keep its answer.
    pub cache: CachePolicy,
}

impl Route {
    /// The name of the query parameter that says which command of a page is meant.
    pub const COMMAND: &'static str = "viec";

    /// The path in axum's notation: `:number` is `{number}`, `*rest` is `{*rest}`.
    pub fn pattern(&self) -> String {
        let segment = |segment: &str| match (segment.strip_prefix(':'), segment.starts_with('*')) {
            (Some(name), _) => format!("{{{name}}}"),
            (None, true) => format!("{{{segment}}}"),
            (None, false) => segment.to_owned(),
        };
        self.path
            .split('/')
            .map(segment)
            .collect::<Vec<_>>()
            .join("/")
    }

    /// The path with `value` in place of its one parameter.
    pub fn with(&self, value: impl Display) -> String {
        let value = value.to_string();
        let segment = |segment: &str| match segment.strip_prefix(':') {
            Some(_) => encode(&value),
            None => segment.to_owned(),
        };
        self.path
            .split('/')
            .map(segment)
            .collect::<Vec<_>>()
            .join("/")
    }

    /// Whether `path` is this address.
    pub fn matches(&self, path: &str) -> bool {
        let (mut wanted, mut given) = (self.path.split('/'), path.split('/'));
        loop {
            match (wanted.next(), given.next()) {
                (None, None) => return true,
                (Some(wanted), Some(given)) if wanted == given => {}
                (Some(wanted), Some(given)) if wanted.starts_with('*') => {
                    return !given.is_empty();
                }
                (Some(wanted), Some(given)) if wanted.starts_with(':') && !given.is_empty() => {}
                _ => return false,
            }
        }
    }
}

impl Route {
    /// The path of a command's server function below `/api/`: the page's own path without its
    /// parameters, and the command's name if it has one.
    pub fn endpoint(&self, command: &str) -> String {
        let mut segments: Vec<&str> = self
            .path
            .split('/')
            .filter(|segment| !segment.is_empty() && !segment.starts_with(':'))
            .collect();
        segments.extend(Some(command).filter(|command| !command.is_empty()));
        segments.join("/")
    }

    /// Name and value of each parameter in `path`, which this address matches.
    pub fn parameters(&self, path: &str) -> Vec<(&'static str, String)> {
        let named = self.path.split('/').zip(path.split('/'));
        named
            .filter_map(|(name, value)| {
                let value = percent_decode_str(value).decode_utf8_lossy().into_owned();
                Some((name.strip_prefix(':')?, value))
            })
            .collect()
    }
}

/// Something a form asks the server to do; a server function is mounted under its page for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command {
    /// The page whose address takes it.
    pub page: Route,
    /// What [`Route::COMMAND`] says in that address; "" for the only command of a page.
    pub name: &'static str,
}

impl Command {
    /// The only command of a page.
    pub const fn only(page: Route) -> Self {
        Self { page, name: "" }
    }

    /// One of several commands of a page.
    pub const fn of(page: Route, name: &'static str) -> Self {
        Self { page, name }
    }

    /// The path of its server function below `/api/`; also what a form calls it.
    pub fn endpoint(&self) -> String {
        self.page.endpoint(self.name)
    }

    /// Where a form on the page at `address` posts to.
    pub fn at(&self, address: &str) -> String {
        with_query(address, &[(Route::COMMAND, self.name)])
    }
}

/// The page at `path`, if there is one.
pub fn page_at(path: &str) -> Option<&'static Route> {
    PAGES.iter().find(|page| page.matches(path))
}

/// A path with query parameters; those without a value are left out.
pub fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut address = path.to_owned();
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        address.push(if address.contains('?') { '&' } else { '?' });
        address.push_str(name);
        address.push('=');
        address.push_str(&encode(value));
    }
    address
}

/// Everything but RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// `value` with everything but RFC 3986's unreserved characters percent-encoded, for any part of an
/// address and for a header's extended value (RFC 8187).
pub fn encode(value: &str) -> String {
    utf8_percent_encode(value, RESERVED).to_string()
}

/// Writes each page's constant, the router's segments of the same path, and the list of all.
macro_rules! pages {
    ($($(#[$doc:meta])* $name:ident, $segments:ident: $path:tt, $audience:ident, $cache:ident;)*) => {
        $(
            $(#[$doc])*
            pub const $name: Route = Route {
                path: $path,
                audience: Audience::$audience,
                cache: CachePolicy::$cache,
            };
        )*

        /// Every page.
        pub const PAGES: &[Route] = &[$($name),*];

        /// The pages' paths as the router in `app` matches them.
        pub mod segments {
            use leptos_router::{PossibleRouteMatch, path};
            $(
                $(#[$doc])*
                pub fn $segments() -> impl PossibleRouteMatch + Clone + Send + Sync + 'static {
                    path!($path)
                }
            )*
        }
    };
}

pages! {
    /// Send or follow.
    HOME, home: "/", Public, Shared;
    /// Give feedback.
    FORM, form: "/gui-phan-anh", Public, Form;
    /// The receipt, shown to the browser that has just sent.
    RECEIPT, receipt: "/gui-phan-anh/da-nhan", Public, Never;
    /// Enter the receipt code.
    LOOK_UP, look_up: "/tra-cuu", Public, Never;
    /// Follow a case.
    FOLLOW, follow: "/tra-cuu/ho-so", Submitter, Never;
    /// This device forgets what it keeps of a visit.
    FORGET, forget: "/quen-tren-may-nay", Public, Never;
    /// Released figures.
    TRANSPARENCY, transparency: "/minh-bach", Public, Shared;
    /// Released figures by unit.
    FIGURES_BY_UNIT, figures_by_unit: "/minh-bach/don-vi", Public, Shared;
    /// What each released figure means, and how it is computed.
    MEANING, meaning: "/minh-bach/cach-tinh", Public, Shared;
    /// What feedback is, and where else to go.
    GUIDE, guide: "/huong-dan", Public, Shared;
    /// Who sees what.
    PRIVACY, privacy: "/quyen-rieng-tu", Public, Shared;
    /// The inbox.
    INBOX, inbox: "/quan-tri", Staff, Never;
    /// One case.
    CASE, case: "/quan-tri/ho-so/:number", Staff, Never;
    /// The identity behind a case.
    OPENING, opening: "/quan-tri/ho-so/:number/danh-tinh", Staff, Never;
    /// The own account.
    ACCOUNT, account: "/quan-tri/tai-khoan", Staff, Never;
    /// Everybody's accounts: asked for by one, confirmed by another.
    STAFF, staff: "/quan-tri/nguoi-dung", Staff, Never;
    /// One account: its roles, its password, and its end.
    PERSON, person: "/quan-tri/nguoi-dung/:username", Staff, Never;
    /// Who did what: the audit log.
    AUDIT, audit: "/quan-tri/nhat-ky", Staff, Never;
    /// Feedback entered for a caller or visitor.
    ENTRY, entry: "/quan-tri/tiep-nhan", Staff, Never;
    /// The receipt of an entered case.
    ENTRY_RECEIPT, entry_receipt: "/quan-tri/tiep-nhan/da-nhan", Staff, Never;
    /// Sign in.
    SIGN_IN, sign_in: "/quan-tri/dang-nhap", Public, Never;
    /// The second proof beside the password: asked for at sign-in, and set up.
    SECOND_FACTOR, second_factor: "/quan-tri/ma-xac-thuc", Public, Never;
    /// A password of one's own, by a link that works once.
    NEW_PASSWORD, new_password: "/quan-tri/mat-khau-moi/:link", Public, Never;
    /// The password once more.
    REAUTHENTICATION, reauthentication: "/quan-tri/xac-nhan", Staff, Never;
    /// The leadership page.
    LEADERSHIP, leadership: "/lanh-dao", Leadership, Never;
    /// Statutory reports.
    REPORTS, reports: "/lanh-dao/bao-cao", Leadership, Never;
}

/// The pages of the console, one application of their own in the browser (docs/adr/0007).
pub const CONSOLE: &[Route] = &[INBOX, CASE, OPENING, ACCOUNT];

/// The pages that are set with the first style sheet alone (`style/main.scss`).
pub const LEAN: &[Route] = &[FORM, RECEIPT, GUIDE, FORGET];

/// The second style sheets: what some page shows beside what all show (docs/adr/0016).
pub const SECOND_SHEETS: [&str; 3] = ["more", "front", "follow"];

/// The second style sheet of the page at `path`: one of [`SECOND_SHEETS`], or none.
pub fn second_sheet(path: &str) -> Option<&'static str> {
    let [more, front, follow] = SECOND_SHEETS;
    match path {
        path if LEAN.iter().any(|route| route.matches(path)) => None,
        path if HOME.matches(path) => Some(front),
        path if FOLLOW.matches(path) => Some(follow),
        _ => Some(more),
    }
}

/// The pages whose forms may bring files.
pub const UPLOADS: &[Route] = &[FORM, ENTRY, FOLLOW];

/// Whether the page at `path` belongs to the console.
pub fn is_console(path: &str) -> bool {
    CONSOLE.iter().any(|route| route.matches(path))
}

/// The page of the site at `path`: a public page, or a staff page outside the console.
pub fn site_page(path: &str) -> Option<&'static Route> {
    PAGES
        .iter()
        .find(|route| route.matches(path) && !CONSOLE.contains(route))
}

macro_rules! other {
    ($($(#[$doc:meta])* $name:ident: $path:literal, $audience:ident, $cache:ident;)*) => {
        $(
            $(#[$doc])*
            pub const $name: Route = Route {
                path: $path,
                audience: Audience::$audience,
                cache: CachePolicy::$cache,
            };
        )*
    };
}

other! {
    /// Leads away from the site, and forgets on the way.
    QUICK_EXIT: "/thoat-nhanh", Public, Never;
    /// The released figures as files.
    FIGURES: "/minh-bach/*file", Public, Shared;
    /// The form on the results of a period, as a workbook.
    RESULTS_XLSX: "/lanh-dao/bao-cao/:period/ket-qua.xlsx", Leadership, Never;
    /// The register of a period, as a workbook.
    REGISTER_XLSX: "/lanh-dao/bao-cao/:period/so-tiep-nhan.xlsx", Leadership, Never;
    /// An attachment.
    ATTACHMENT: "/quan-tri/tep/:id", Staff, Never;
    /// The process lives.
    ALIVE: "/healthz", Machine, Never;
    /// The process can do its work.
    READY: "/readyz", Machine, Never;
    /// What the pages' programs read.
    QUERIES: "/api/*function", Machine, Never;
    /// Starts the program of a page.
    LOADER: "/l.js", Machine, Hour;
    /// Built scripts, modules and styles.
    PACKAGE: "/pkg/:name", Machine, Immutable;
    /// The drawn icons.
    ICONS: "/icons.svg", Machine, Hour;
    /// The mark.
    FAVICON: "/favicon.svg", Machine, Hour;
    /// The mark for older browsers.
    FAVICON_ICO: "/favicon.ico", Machine, Hour;
    /// The mark on a home screen.
    TOUCH_ICON: "/apple-touch-icon.png", Machine, Hour;
    /// The web app manifest.
    MANIFEST: "/manifest.webmanifest", Machine, Hour;
    /// Whom to tell of a weakness (RFC 9116).
    SECURITY_TXT: "/.well-known/security.txt", Public, Never;
    /// `robots.txt`.
    ROBOTS: "/robots.txt", Machine, Hour;
}

/// Has this device forget what it keeps of a visit; several pages have a form for it.
pub const FORGET_HERE: Command = Command::only(FORGET);
/// Ends this session; every console page has a form for it.
pub const SIGN_OUT: Command = Command::of(ACCOUNT, "dang_xuat");
/// Ends every session of the account.
pub const SIGN_OUT_EVERYWHERE: Command = Command::of(ACCOUNT, "dang_xuat_moi_noi");

#[cfg(test)]
mod tests;
