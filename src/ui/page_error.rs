//! What a page says in place of its content when that could not be shown.

use super::{
    PublicLayout, StatusSlot, Title,
    form::{FormState, Revision, TypedTexts, unsent::Unsent, way_on},
    notices::{Notice, Tone},
};
use crate::{error::AppError, routes};
use leptos::prelude::*;

/// In the context of a page that says only why something was refused.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// Why.
    pub error: AppError,
    /// Addresses that there are in place of the one asked for.
    pub instead: Vec<String>,
}

/// The content of that page: what was refused, and what to do; without a [`Refusal`], that there is no such page.
#[component]
pub fn RefusedPage() -> impl IntoView {
    let refusal = use_context::<Refusal>();
    let (error, instead) = refusal.map_or((AppError::NotFound, Vec::new()), |refusal| {
        (refusal.error, refusal.instead)
    });
    StatusSlot::want(error.status());
    let is_missing = error == AppError::NotFound;
    let title = match error {
        AppError::NotFound => "Không tìm thấy trang",
        AppError::Forbidden => "Yêu cầu không được chấp nhận",
        AppError::MethodNotAllowed | AppError::BadRequest => "Yêu cầu không đúng dạng",
        AppError::Busy | AppError::StorageFull | AppError::Unavailable => "Vui lòng thử lại sau",
        _ => "Chưa thực hiện được",
    };
    let fields = error.fields();
    let told: Vec<&str> = fields.all().iter().map(|(_, told)| told.as_str()).collect();
    let message = match error {
        AppError::NotFound => "Địa chỉ này không có, hoặc trang đã được chuyển đi.".to_owned(),
        AppError::Forbidden => {
            "Yêu cầu không đến từ trang này, hoặc tài khoản không có quyền. Vui lòng mở lại trang rồi làm lại."
                .to_owned()
        }
        _ if told.is_empty() => error.message().to_owned(),
        _ => told.join(" "),
    };
    let tone = if is_missing {
        Tone::Info
    } else {
        Tone::Warning
    };
    view! {
        <PublicLayout>
            <Title text=title />
            <h1>{title}</h1>
            <Notice tone>
                <p>{message}</p>
            </Notice>
            {(!is_missing)
                .then(|| {
                    view! {
                        <p>
                            "Nếu vừa điền một biểu mẫu, Ông/Bà bấm nút Quay lại của trình duyệt: "
                            "những gì đã gõ thường vẫn còn ở đó."
                        </p>
                    }
                })}
            {(!instead.is_empty()).then(|| view! { <Instead addresses=instead /> })}
            <p>
                <a class="button" href=routes::HOME.path>
                    "Về trang chủ"
                </a>
            </p>
        </PublicLayout>
    }
}

/// The addresses that there are.
#[component]
fn Instead(addresses: Vec<String>) -> impl IntoView {
    let link = |address: String| {
        let href = address.clone();
        view! {
            <li>
                <a href=href rel="external">
                    {address}
                </a>
            </li>
        }
    };
    view! {
        <h2>"Các địa chỉ hiện có"</h2>
        <ul class="instead">{addresses.into_iter().map(link).collect_view()}</ul>
    }
}

/// Says what happened and where to go on; `here` is the page's own address, to return to after
/// signing in. Rendered inside the frame of the page.
#[component]
pub fn PageError(error: AppError, #[prop(into)] here: String) -> impl IntoView {
    let title = match error {
        AppError::SignInRequired => "Cần đăng nhập",
        AppError::ReauthenticationRequired => "Cần xác nhận mật khẩu",
        AppError::NotFound => "Không tìm thấy hồ sơ",
        AppError::Forbidden => "Không có quyền xem",
        _ => "Chưa mở được trang",
    };
    let waits = !Unsent::on(&here).is_empty();
    let came_back = FormState::returned().is_some();
    let message = match error {
        // the form is not on this page, so nothing can be sent again from here
        AppError::SignInRequired if waits || came_back => "Phiên làm việc đã hết.",
        _ => error.message(),
    };
    let way = way_on(&error, &here);
    let by_signing_in = way.is_some();
    let (href, text) = way.unwrap_or_else(|| match error {
        AppError::NotFound => (routes::INBOX.path.to_owned(), "Về danh sách hồ sơ"),
        // the server leads on from there to where these roles can work
        AppError::Forbidden => (
            routes::INBOX.path.to_owned(),
            "Về trang làm việc của Ông/Bà",
        ),
        _ => (here, "Thử lại"),
    });
    view! {
        <Title text=title />
        <h1>{title}</h1>
        <Notice tone=Tone::Warning>
            <p>{message}</p>
        </Notice>
        <TypedTexts />
        // a load would end what waits in the memory of this window
        {(by_signing_in || !waits)
            .then(|| {
                view! {
                    <p>
                        <a
                            class="button"
                            href=href
                            rel="external"
                            target=(waits || came_back).then_some("_blank")
                        >
                            {text}
                        </a>
                    </p>
                }
            })}
        {waits.then(|| view! { <TypedWaits by_signing_in /> })}
    }
}

/// Something typed on this page waits in the memory of the window, for the person who typed it.
#[component]
fn TypedWaits(by_signing_in: bool) -> impl IntoView {
    let revision = use_context::<Revision>();
    let sentence = if by_signing_in {
        "Nội dung Ông/Bà đang gõ dở còn trong cửa sổ này. Sau khi đăng nhập ở cửa sổ mới, vui lòng \
         trở lại đây và bấm “Mở lại trang này”."
    } else {
        "Nội dung Ông/Bà đang gõ dở còn trong cửa sổ này."
    };
    let again = move |_| {
        if let Some(revision) = revision {
            revision.advance();
        }
    };
    view! {
        <p>{sentence}</p>
        <p>
            <button class="button button-secondary" type="button" on:click=again>
                "Mở lại trang này"
            </button>
        </p>
    }
}
