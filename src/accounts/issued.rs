//! Half of what sets a password, in the one answer that shows it.

use super::view::{Half, Issued};
use crate::ui::{Notice, Tone};
use leptos::prelude::*;

#[component]
pub(super) fn Shown(issued: Issued) -> impl IntoView {
    let Issued { username, half } = issued;
    match half {
        Half::Link(link) => view! {
            <Notice
                tone=Tone::Success
                title="Đã ghi đề nghị, chờ lãnh đạo xác nhận"
            >
                <p>"Liên kết đặt mật khẩu của "<strong>{username}</strong>":"</p>
                <p>
                    <code class="long-code">{link}</code>
                </p>
                <p>
                    "Liên kết chỉ hiển thị một lần này; vui lòng gửi cho đúng người sử dụng. Liên \
                     kết dùng được trong 72 giờ sau khi lãnh đạo xác nhận, và cần thêm mã do lãnh \
                     đạo giao: một mình liên kết không mở được tài khoản."
                </p>
            </Notice>
        }
        .into_any(),
        Half::Code(code) => view! {
            <Notice tone=Tone::Success title="Đã xác nhận">
                <p>"Mã đặt mật khẩu của "<strong>{username}</strong>":"</p>
                <p>
                    <code class="long-code">{code}</code>
                </p>
                <p>
                    "Mã chỉ hiển thị một lần này. Vui lòng giao tận tay hoặc đọc qua điện thoại cho \
                     đúng người sử dụng, không qua người quản trị hệ thống. Người đó mở liên kết đã \
                     nhận, nhập mã này rồi tự đặt mật khẩu, trong 72 giờ."
                </p>
            </Notice>
        }
        .into_any(),
    }
}
