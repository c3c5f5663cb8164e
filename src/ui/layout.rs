//! The frame around every page.

use super::{
    form::{Form, unsent::Unsent},
    icon::Icon,
};
use crate::routes;
use leptos::prelude::*;
use leptos_router::location::Url;
use serde::{Deserialize, Serialize};

/// The department's name, read from the directory so that no code names it.
#[derive(Clone, Debug, Default)]
pub struct Department(pub String);

impl Department {
    fn name() -> String {
        use_context::<Self>().unwrap_or_default().0
    }
}

/// The signed-in member of staff, for the frame.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// Id, by which a page is known to be theirs.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Label of their first role.
    pub role: String,
    /// Whether they may see the leadership pages.
    pub leads: bool,
    /// Whether they may enter feedback for callers.
    pub enters: bool,
    /// Whether the inbox shows them anything.
    pub works: bool,
    /// Whether they may see everybody's accounts.
    pub sees_staff: bool,
    /// Whether they may read the audit log.
    pub audits: bool,
}

/// The path of the page being shown; empty outside a route. Equal on the server and at hydration.
fn path_here() -> String {
    use_context::<ArcRwSignal<Url>>()
        .map(|url| url.with_untracked(|url| url.path().to_owned()))
        .unwrap_or_default()
}

/// The `aria-current` of a link to `href`; a `section` includes the paths below it.
fn current(here: &str, href: &str, section: bool) -> Option<&'static str> {
    let below = here.strip_prefix(href)?;
    match below {
        "" | "/" => Some("page"),
        _ if section && below.starts_with('/') => Some("true"),
        _ => None,
    }
}

/// The product's mark and name; `line` is the subtitle.
#[component]
fn Brand(href: &'static str, #[prop(optional)] line: String) -> impl IntoView {
    view! {
        <a class="brand" href=href>
            <Icon name="mark" />
            <span>
                <span class="brand-name">"Lắng Nghe"</span>
                {(!line.is_empty()).then(|| view! { <span class="brand-line">{line}</span> })}
            </span>
        </a>
    }
}

/// A link to a page of the site. The console's router leaves it to the browser.
fn nav_link(here: &str, href: &'static str, section: bool, text: &'static str) -> AnyView {
    let leaves = routes::is_console(here).then_some("external");
    view! {
        <li>
            <a href=href rel=leaves aria-current=current(here, href, section)>
                {text}
            </a>
        </li>
    }
    .into_any()
}

#[component]
fn SiteNav() -> impl IntoView {
    let here = path_here();
    view! {
        <nav class="site-nav" aria-label="Các trang chính">
            <ul>
                {nav_link(&here, routes::FORM.path, true, "Gửi phản ánh")}
                {nav_link(&here, routes::LOOK_UP.path, true, "Theo dõi")} <li>
                    <a
                        href=routes::TRANSPARENCY.path
                        aria-current=current(&here, routes::TRANSPARENCY.path, true)
                    >
                        "Số liệu"
                        <span class="wide-only">" công khai"</span>
                    </a>
                </li> {nav_link(&here, routes::GUIDE.path, true, "Hướng dẫn")}
            </ul>
        </nav>
    }
}

#[component]
fn SiteFooter() -> impl IntoView {
    view! {
        <footer class="site-foot">
            <div class="site-footer">
                <p>
                    <strong>{Department::name()}</strong>
                </p>
                <p>
                    "Đường dây nóng và giờ trực ghi ở "
                    <a href=routes::HOME.path>"trang chủ"</a>
                    ". Ông/Bà cũng có thể gửi thư hoặc đến trực tiếp."
                </p>
                <ul>
                    <li>
                        <a href=routes::PRIVACY.path>"Bảo mật thông tin"</a>
                    </li>
                    <li>
                        <a href=routes::GUIDE.path>"Phản ánh gì, gửi đến đâu"</a>
                    </li>
                    <li class="to-staff">
                        <a href=routes::INBOX.path>"Dành cho cán bộ"</a>
                    </li>
                </ul>
            </div>
        </footer>
    }
}

/// The frame of public pages: mark, name, link home, the department's promise.
#[component]
pub fn PublicLayout(children: Children) -> impl IntoView {
    view! {
        <a class="skip" href="#noi-dung" rel="external">
            "Đến nội dung chính"
        </a>
        <header class="site-bar">
            <div class="site-header">
                <Brand href=routes::HOME.path line=Department::name() />
                <SiteNav />
            </div>
        </header>
        <main class="page" id="noi-dung" tabindex="-1">
            {children()}
        </main>
        <SiteFooter />
    }
}

#[component]
fn ConsoleNav(viewer: Viewer) -> impl IntoView {
    let here = path_here();
    let inbox = if [routes::CASE, routes::OPENING]
        .iter()
        .any(|page| page.matches(&here))
    {
        Some("true")
    } else {
        current(&here, routes::INBOX.path, false)
    };
    let inbox = viewer.works.then(|| {
        view! {
            <li>
                <a href=routes::INBOX.path aria-current=inbox>
                    "Hồ sơ cần xử lý"
                </a>
            </li>
        }
    });
    let others = [
        (viewer.enters, routes::ENTRY.path, "Nhập phản ánh"),
        (viewer.leads, routes::LEADERSHIP.path, "Lãnh đạo"),
        (viewer.sees_staff, routes::STAFF.path, "Người dùng"),
        (viewer.audits, routes::AUDIT.path, "Nhật ký"),
    ];
    let others = others
        .into_iter()
        .filter(|(may, ..)| *may)
        .map(|(_, href, text)| nav_link(&here, href, true, text))
        .collect_view();
    view! {
        <nav class="console-nav" aria-label="Các trang làm việc">
            <ul>{inbox} {others}</ul>
        </nav>
    }
}

/// The frame of staff and leadership pages: the console's navigation and who is signed in.
#[component]
pub fn StaffLayout(viewer: Viewer, children: Children) -> impl IntoView {
    Unsent::belongs_to(&viewer.id);
    view! {
        <a class="skip" href="#noi-dung" rel="external">
            "Đến nội dung chính"
        </a>
        <header class="console-header" data-whose=viewer.id>
            <Brand href=routes::INBOX.path />
            <ConsoleNav viewer=viewer.clone() />
            <div class="console-who">
                <a href=routes::ACCOUNT.path>
                    <strong>{viewer.name}</strong>
                    <span class="muted">{viewer.role}</span>
                </a>
                <Form command=routes::SIGN_OUT class="" plain=true>
                    <button class="button button-quiet" type="submit">
                        "Đăng xuất"
                    </button>
                </Form>
            </div>
        </header>
        <main class="console" id="noi-dung" tabindex="-1">
            {children()}
        </main>
    }
}

/// The frame of a console page that could not be shown: a link home, without the viewer's name.
#[component]
pub fn ClosedLayout(children: Children) -> impl IntoView {
    view! {
        <header class="console-header">
            <Brand href=routes::INBOX.path />
        </header>
        <main class="page" id="noi-dung" tabindex="-1">
            {children()}
        </main>
    }
}

#[cfg(test)]
mod tests {
    use super::current;

    #[test]
    fn a_link_is_current_on_its_page_and_a_section_below_it_as_well() {
        assert_eq!(current("/tra-cuu", "/tra-cuu", true), Some("page"));
        assert_eq!(current("/tra-cuu/ho-so", "/tra-cuu", true), Some("true"));
        assert_eq!(current("/quan-tri/tai-khoan", "/quan-tri", false), None);
        assert_eq!(current("/tra-cuu-khac", "/tra-cuu", true), None);
        assert_eq!(current("", "/tra-cuu", true), None);
    }
}
