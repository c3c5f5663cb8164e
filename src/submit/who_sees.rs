//! Who sees what, as a letter in three layers: on wide screens beside the form, on phones folded
//! above the part about the person.

use crate::{routes, ui::Fold};
use leptos::prelude::*;

/// Beside the form; hidden by style where there is no room.
#[component]
pub fn WhoSeesCard() -> impl IntoView {
    view! {
        <section class="who-sees" aria-labelledby="ai-thay-gi">
            <h2 id="ai-thay-gi">"Ai thấy gì"</h2>
            <Layers />
        </section>
    }
}

/// The same inside the form, folded; hidden by style where the card stands beside it.
#[component]
pub fn WhoSeesFold() -> impl IntoView {
    view! {
        <div class="who-sees-fold">
            <Fold summary="Tên được khóa riêng. Ai thấy gì?" names=&[]>
                <Layers />
            </Fold>
        </div>
    }
}

/// The drawing, and its three layers in words.
#[component]
fn Layers() -> impl IntoView {
    view! {
        <svg class="envelope" aria-hidden="true" focusable="false">
            <use href=format!("{}#envelope", routes::ICONS.path)></use>
        </svg>
        <dl>
            <dt>"Tên, địa chỉ, liên hệ"</dt>
            <dd>
                "Niêm phong. Chỉ mở khi người phụ trách nêu lý do và một lãnh đạo khác đồng ý; \
                 Ông/Bà thấy ngày xem và chức vụ người xem ở trang tra cứu."
            </dd>
            <dt>"Lời kể, ảnh, giấy tờ"</dt>
            <dd>"Văn phòng Sở và lãnh đạo Sở."</dd>
            <dt>"Bản trích"</dt>
            <dd>
                "Đơn vị được phản ánh. Chỉ khi Ông/Bà bỏ giữ bí mật, đơn vị mới đọc lời kể và \
                 tệp."
            </dd>
        </dl>
    }
}
