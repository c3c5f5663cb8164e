//! What this device keeps of a visit, and its end: the receipt of `submit`, the open case of
//! `track`. Neither room knows the other.

use crate::{
    error::AppError,
    routes,
    ui::{Notice, PublicLayout, SharedDevice, Title, Tone},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Makes this browser forget the receipt and the open case, for good; drafts go with its storage.
#[server(endpoint = "quen-tren-may-nay")]
pub async fn forget_here() -> Result<(), AppError> {
    use crate::{
        accounts::ssr::authority::state,
        platform::http::reply::{self, CLEAR_SITE_DATA},
        records, track,
    };
    use axum::http::{HeaderValue, request::Parts};
    let (state, parts) = (state(), use_context::<Parts>().ok_or(AppError::Internal)?);
    // the cookies go even if the database cannot be asked
    reply::set_cookie(records::SLIP_COOKIE.remove(&state.config)?);
    reply::set_cookie(track::ssr::handlers::forget_cookie(&state.config)?);
    let kept = HeaderValue::from_static("\"cache\", \"storage\"");
    reply::add_header(CLEAR_SITE_DATA, kept);
    records::destroy_slip(&state, &parts.headers).await?;
    track::ssr::handlers::forget(&state, &parts.headers).await?;
    leptos_axum::redirect(&routes::done(routes::FORGET, "quen"));
    Ok(())
}

/// `/quen-tren-may-nay`
#[component]
pub(super) fn ForgetPage() -> impl IntoView {
    let is_done = use_query_map().with_untracked(|query| query.get("xong").is_some());
    view! {
        <PublicLayout>
            <Title text="Quên trên máy này" />
            {if is_done {
                view! { <Forgotten /> }.into_any()
            } else {
                view! {
                    <h1>"Quên trên máy này"</h1>
                    <SharedDevice />
                }
                    .into_any()
            }}
        </PublicLayout>
    }
    .into_any()
}

#[component]
fn Forgotten() -> impl IntoView {
    view! {
        <h1>"Máy này không còn giữ gì"</h1>
        <Notice tone=Tone::Success>
            <p>
                "Bản nháp, phiếu tiếp nhận và hồ sơ đang mở đã được xóa khỏi máy này. Phản ánh đã \
                 gửi vẫn ở Sở; Ông/Bà xem lại bằng mã tra cứu."
            </p>
        </Notice>
        <p>
            "Ảnh phiếu đã lưu, nếu có, vẫn nằm trong máy; Ông/Bà tự xóa ảnh đó. Trình duyệt có thể \
             còn ghi địa chỉ các trang đã mở. Ông/Bà xóa lịch sử duyệt web nếu không muốn người \
             khác biết."
        </p>
        <p>
            <a class="button button-secondary" href=routes::HOME.path>
                "Về trang chủ"
            </a>
        </p>
    }
}
