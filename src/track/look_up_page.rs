//! `/tra-cuu`: the receipt code opens a case.

use super::{commands::LOOK_UP, form::typing_fault};
use crate::ui::{Form, PublicLayout, TextField, Title, form::enhance};
use leptos::prelude::*;

/// One field, one button. The code travels in the body of a POST only.
#[component]
pub fn LookUpPage() -> impl IntoView {
    view! {
        <Title text="Tra cứu phản ánh" />
        <PublicLayout>
            <h1>"Theo dõi phản ánh của Ông/Bà"</h1>
            <CodeHelp>
                <Form command=LOOK_UP autocomplete="off">
                    <TextField
                        name="ma"
                        label="Mã tra cứu"
                        inputmode="numeric"
                        autocomplete="off"
                        maxlength=60
                        class="track-code"
                        hint="20 chữ số trên phiếu tiếp nhận, chia năm nhóm bốn số. Có hay \
                        không có dấu cách đều được."
                    />
                    <button class="button" type="submit">
                        "Tra cứu"
                    </button>
                </Form>
            </CodeHelp>
            <WithoutCode />
        </PublicLayout>
    }
    .into_any()
}

/// Speaks up once 20 digits have been typed that cannot be a code, and falls silent while they are
/// being changed.
#[island]
fn CodeHelp(children: Children) -> impl IntoView {
    let judge = |event| {
        let fault = typing_fault(&event_target_value(&event));
        enhance::set_message("ma", fault.as_deref());
    };
    view! { <div on:input=judge>{children()}</div> }
}

/// What to do without a code; the code cannot be given again, and why.
#[component]
fn WithoutCode() -> impl IntoView {
    view! {
        <details class="track-more">
            <summary>"Ông/Bà không còn mã tra cứu?"</summary>
            <p>
                "Để giữ kín người phản ánh, Sở không lưu mã tra cứu nên không cấp lại được. Phản \
                 ánh vẫn được xử lý; nếu khi gửi đã chọn điện thoại hoặc thư, Ông/Bà vẫn được trả \
                 lời theo cách đó. Trên trang này chỉ người có mã mới đọc được câu trả lời. Ông/Bà \
                 có thể gửi phản ánh mới và ghi số hồ sơ cũ (bắt đầu bằng PA)."
            </p>
        </details>
    }
}
