//! The document, and the two route tables: the site of public pages, and the console. docs/adr/0007 says why they are two.

pub mod rules;
#[cfg(feature = "hydrate")]
mod start;

use crate::{
    accounts::{AccountPage, ReauthenticationPage, SignInPage},
    casework::{CasePage, InboxPage},
    guidance::{GuidePage, HomePage, PrivacyPage},
    identity::OpeningPage,
    statistics::{LeadershipPage, TransparencyPage},
    submit::{EntryPage, FormPage, ReceiptPage},
    track::{FollowPage, LookUpPage},
    ui::{Notice, PublicLayout, ReturnedForm, Revision, Title, Tone, form::enhance},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions, SsrMode,
    components::{Route, Router, Routes},
    hooks::{use_location, use_navigate},
    path,
};

/// Stands in the rendered document where the page's title goes.
pub const TITLE_MARK: &str = "tieu-de-cua-trang-nay";

/// What the document's head needs to know of the build and the request.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// Address of the script.
    pub js: String,
    /// Address of the module.
    pub wasm: String,
    /// Address of the stylesheet.
    pub css: String,
    /// Whether the application may start in the browser at all.
    pub loads: bool,
}

/// Whether the page at `path` belongs to the console: an application of its own in the browser.
pub fn is_console(path: &str) -> bool {
    let case_page = path
        .strip_prefix("/quan-tri/ho-so/")
        .map(|rest| rest.strip_suffix("/danh-tinh").unwrap_or(rest));
    ["/quan-tri", "/quan-tri/tai-khoan"].contains(&path)
        || case_page.is_some_and(|number| !number.is_empty() && !number.contains('/'))
}

/// The document around the page at `path`.
pub fn shell(path: &str) -> impl IntoView + use<> {
    let frame = use_context::<Frame>().unwrap_or_default();
    let console = is_console(path);
    if let Some(rendering) = Owner::current_shared_context() {
        // public pages are wakened island by island: nothing else of them is written for the browser's program
        rendering.set_is_hydrating(console);
    }
    let start = if console { "console" } else { "islands" };
    let loader = frame.loads.then(|| {
        view! {
            <script
                src="/l.js"
                defer=true
                data-js=frame.js
                data-wasm=frame.wasm
                data-start=start
            ></script>
        }
    });
    view! {
        <!DOCTYPE html>
        <html lang="vi">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>{TITLE_MARK}</title>
                <meta
                    name="description"
                    content="Gửi phản ánh, kiến nghị đến Sở; theo dõi và nhận trả lời. Tên, địa chỉ và nội dung được bảo mật."
                />
                <meta name="color-scheme" content="light dark" />
                <meta name="theme-color" content="#0B5D4E" />
                <link rel="stylesheet" href=frame.css />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="alternate icon" href="/favicon.ico" sizes="32x32" />
                <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
                <link rel="manifest" href="/manifest.webmanifest" />
                {loader}
            </head>
            <body>
                {if console {
                    view! { <Console /> }.into_any()
                } else {
                    view! { <Site /> }.into_any()
                }}
            </body>
        </html>
    }
}

/// The public pages and the doors to the console: written by the server, with islands where the script helps.
#[component]
fn Site() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                // public
                <Route path=path!("/") view=HomePage ssr=SsrMode::Async />
                <Route path=path!("/gui-phan-anh") view=FormPage ssr=SsrMode::Async />
                <Route path=path!("/gui-phan-anh/da-nhan") view=ReceiptPage ssr=SsrMode::Async />
                <Route path=path!("/tra-cuu") view=LookUpPage ssr=SsrMode::Async />
                <Route path=path!("/tra-cuu/ho-so") view=FollowPage ssr=SsrMode::Async />
                <Route path=path!("/minh-bach") view=TransparencyPage ssr=SsrMode::Async />
                <Route path=path!("/huong-dan") view=GuidePage ssr=SsrMode::Async />
                <Route path=path!("/quyen-rieng-tu") view=PrivacyPage ssr=SsrMode::Async />
                // staff: plain forms, and the form for a caller, which is the public one
                <Route path=path!("/quan-tri/dang-nhap") view=SignInPage ssr=SsrMode::Async />
                <Route
                    path=path!("/quan-tri/xac-nhan")
                    view=ReauthenticationPage
                    ssr=SsrMode::Async
                />
                <Route path=path!("/quan-tri/tiep-nhan") view=EntryPage ssr=SsrMode::Async />
                <Route
                    path=path!("/quan-tri/tiep-nhan/da-nhan")
                    view=EntryPage
                    ssr=SsrMode::Async
                />
                // leadership: read on a phone between two meetings, without any program
                <Route path=path!("/lanh-dao") view=LeadershipPage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}

/// The console: one application whose pages change without leaving it.
#[component]
pub fn Console() -> impl IntoView {
    Revision::provide();
    provide_context(ReturnedForm::shared());
    view! {
        <Router>
            <ConsoleForms />
            <Routes fallback=LeaveConsole>
                <Route path=path!("/quan-tri") view=InboxPage ssr=SsrMode::Async />
                <Route path=path!("/quan-tri/ho-so/:number") view=CasePage ssr=SsrMode::Async />
                <Route
                    path=path!("/quan-tri/ho-so/:number/danh-tinh")
                    view=OpeningPage
                    ssr=SsrMode::Async
                />
                <Route path=path!("/quan-tri/tai-khoan") view=AccountPage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}

/// The forms of the console: what went through is shown in place, and the page is read again. Draws nothing.
#[component]
fn ConsoleForms() -> impl IntoView {
    let (navigate, address) = (use_navigate(), use_location());
    let (revision, returned) = (
        expect_context::<Revision>(),
        expect_context::<ReturnedForm>(),
    );
    let left = returned.clone();
    Effect::new(move |shown: Option<()>| {
        address.pathname.track();
        // the page that came back with a form was left
        if shown.is_some() {
            left.forget();
        }
    });
    Effect::new(move || {
        let (navigate, returned) = (navigate.clone(), returned.clone());
        enhance::start(enhance::Hooks {
            navigate: Box::new(move |address| {
                returned.forget();
                navigate(address, NavigateOptions::default());
                revision.advance();
            }),
            check: rules::console,
            in_place: true,
        });
    });
}

/// A link that leads out of the console: the server has the page.
#[component]
fn LeaveConsole() -> impl IntoView {
    let address = use_location();
    Effect::new(move || {
        let address = format!(
            "{}{}",
            address.pathname.get_untracked(),
            address
                .search
                .with_untracked(|search| if search.is_empty() {
                    String::new()
                } else {
                    format!("?{search}")
                })
        );
        // a browser that refuses to leave shows an empty page, whose address is the right one
        let _left = window().location().replace(&address);
    });
}

#[component]
fn NotFoundPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::platform::http::error_response::not_found();
    view! {
        <PublicLayout>
            <Title text="Không tìm thấy trang" />
            <h1>"Không tìm thấy trang"</h1>
            <Notice tone=Tone::Info>
                <p>"Địa chỉ này không có, hoặc trang đã được chuyển đi."</p>
            </Notice>
            <p>
                <a class="button" href="/">
                    "Về trang đầu"
                </a>
            </p>
        </PublicLayout>
    }
}

#[cfg(test)]
mod tests {
    use super::is_console;

    #[test]
    fn the_console_is_the_desk_and_nothing_else() {
        for path in [
            "/quan-tri",
            "/quan-tri/tai-khoan",
            "/quan-tri/ho-so/PA26-7K3M9Q-X",
            "/quan-tri/ho-so/PA26-7K3M9Q-X/danh-tinh",
        ] {
            assert!(is_console(path), "{path}");
        }
        for path in [
            "/",
            "/quan-tri/dang-nhap",
            "/quan-tri/tiep-nhan",
            "/quan-tri/ho-so/",
            "/quan-tri/ho-so/PA26/khac",
            "/lanh-dao",
            "/minh-bach",
        ] {
            assert!(!is_console(path), "{path}");
        }
    }
}
