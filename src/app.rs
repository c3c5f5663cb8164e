//! The document, and the route table: the site map, grouped by audience.

use crate::{
    accounts::{AccountPage, ReauthenticationPage, SignInPage},
    casework::{CasePage, InboxPage, opening::OpeningPage},
    guidance::{GuidePage, HomePage, PrivacyPage},
    statistics::{LeadershipPage, TransparencyPage},
    submit::{EntryPage, FormPage, ReceiptPage},
    track::{FollowPage, LookUpPage},
    ui::{Notice, PublicLayout, Title, Tone},
};
use leptos::prelude::*;
use leptos_router::{
    Lazy, LazyRoute, SsrMode,
    components::{Route, Router, Routes},
    lazy_route, path,
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
    /// Whose service this is.
    pub department: String,
}

/// The document around the application.
pub fn shell() -> impl IntoView {
    let frame = use_context::<Frame>().unwrap_or_default();
    let loader = frame.loads.then(|| view! { <script src="/l.js" defer=true data-js=frame.js data-wasm=frame.wasm></script> });
    view! {
        <!DOCTYPE html>
        <html lang="vi" data-co-quan=frame.department>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>{TITLE_MARK}</title>
                <meta name="description" content="Gửi phản ánh, kiến nghị đến Sở; theo dõi và nhận trả lời. Tên, địa chỉ và nội dung được bảo mật."/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#0B5D4E"/>
                <link rel="stylesheet" href=frame.css/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="alternate icon" href="/favicon.ico" sizes="32x32"/>
                <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                {loader}
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// Pages a visitor's phone does not download until they are opened.
macro_rules! late {
    ($($name:ident shows $page:ident;)+) => {
        $(
            struct $name;

            #[lazy_route]
            impl LazyRoute for $name {
                fn data() -> Self {
                    Self
                }
                fn view(_this: Self) -> AnyView {
                    view! { <$page/> }.into_any()
                }
            }
        )+
    };
}

late! {
    LateReceipt shows ReceiptPage;
    LateGuide shows GuidePage;
    LatePrivacy shows PrivacyPage;
    LateTransparency shows TransparencyPage;
    LateFollow shows FollowPage;
    LateSignIn shows SignInPage;
    LateReauthentication shows ReauthenticationPage;
    LateAccount shows AccountPage;
    LateInbox shows InboxPage;
    LateCase shows CasePage;
    LateOpening shows OpeningPage;
    LateEntry shows EntryPage;
    LateLeadership shows LeadershipPage;
}

/// The application.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                // public
                <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
                <Route path=path!("/gui-phan-anh") view=FormPage ssr=SsrMode::Async/>
                <Route path=path!("/gui-phan-anh/da-nhan") view={Lazy::<LateReceipt>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/tra-cuu") view=LookUpPage ssr=SsrMode::Async/>
                <Route path=path!("/tra-cuu/ho-so") view={Lazy::<LateFollow>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/minh-bach") view={Lazy::<LateTransparency>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/huong-dan") view={Lazy::<LateGuide>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/quyen-rieng-tu") view={Lazy::<LatePrivacy>::new()} ssr=SsrMode::Async/>
                // staff
                <Route path=path!("/quan-tri") view={Lazy::<LateInbox>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/quan-tri/ho-so/:number") view={Lazy::<LateCase>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/quan-tri/ho-so/:number/danh-tinh") view={Lazy::<LateOpening>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/quan-tri/tiep-nhan") view={Lazy::<LateEntry>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/quan-tri/tiep-nhan/da-nhan") view={Lazy::<LateEntry>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/quan-tri/tai-khoan") view={Lazy::<LateAccount>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/quan-tri/dang-nhap") view={Lazy::<LateSignIn>::new()} ssr=SsrMode::Async/>
                <Route path=path!("/quan-tri/xac-nhan") view={Lazy::<LateReauthentication>::new()} ssr=SsrMode::Async/>
                // leadership
                <Route path=path!("/lanh-dao") view={Lazy::<LateLeadership>::new()} ssr=SsrMode::Async/>
            </Routes>
        </Router>
    }
}

#[component]
fn NotFoundPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::server::failure::not_found();
    view! {
        <PublicLayout>
            <Title text="Không tìm thấy trang"/>
            <h1>"Không tìm thấy trang"</h1>
            <Notice tone=Tone::Info><p>"Địa chỉ này không có, hoặc trang đã được chuyển đi."</p></Notice>
            <p><a class="button" href="/">"Về trang đầu"</a></p>
        </PublicLayout>
    }
}
