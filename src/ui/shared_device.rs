//! For a device that others use too: leave the page at once, or have this device forget.

use super::form::Form;
use crate::routes;
use leptos::prelude::*;

/// On a link or button after which nothing typed may stay: what it does besides leading on is the
/// work of the program (`app::navigate`), and it leads on without.
pub const FORGETS: &str = "data-forgets";

/// Leads to a harmless page at once, and forgets on the way what this device keeps.
#[component]
pub fn QuickExit() -> impl IntoView {
    view! {
        <p class="quick-exit no-print">
            <a href=routes::QUICK_EXIT.path rel="external nofollow" data-forgets="">
                "Thoát nhanh"
            </a>
        </p>
    }
}

/// At the end of a page that leaves something on the device.
#[component]
pub fn SharedDevice(
    /// Without the words that explain it.
    #[prop(optional)]
    brief: bool,
) -> impl IntoView {
    let words = (!brief).then(|| {
        view! {
            <p>
                "“Quên trên máy này” xóa khỏi máy bản nháp, phiếu tiếp nhận và hồ sơ đang mở. \
                 “Thoát nhanh” ở đầu trang cũng xóa như vậy và mở ngay một trang khác."
            </p>
        }
    });
    view! {
        <section class="shared-device no-print">
            <h2>"Máy dùng chung?"</h2>
            {words}
            <Form command=routes::FORGET_HERE class="" plain=true>
                <button class="button button-quiet" type="submit" data-forgets="">
                    "Quên trên máy này"
                </button>
            </Form>
        </section>
    }
}
