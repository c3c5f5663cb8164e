//! `/tra-cuu`: the receipt code opens a case.

use super::form::{LookUpDraft, fault_message, typing_fault};
use crate::{
    case::ReceiptCode,
    ui::{Errors, Problems, PublicLayout, TextField, Title},
};
use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys};

/// One field, one button. The code travels in the body of a POST only.
#[component]
pub fn LookUpPage() -> impl IntoView {
    let draft = use_context::<LookUpDraft>().unwrap_or_default();
    view! {
        <Title text="Tra cứu phản ánh" />
        <PublicLayout>
            <h1>"Theo dõi phản ánh của Ông/Bà"</h1>
            <CodeHelp>
                <Problems />
                <form class="stack" method="post" action="/tra-cuu" novalidate autocomplete="off">
                    <TextField
                        name="ma"
                        label="Mã tra cứu"
                        value=draft.code
                        inputmode="numeric"
                        autocomplete="off"
                        maxlength=60
                        class="track-code"
                        hint="20 chữ số trên biên nhận, chia năm nhóm bốn số. Có hay không có dấu cách đều được."
                    />
                    <button class="button" type="submit">
                        "Tra cứu"
                    </button>
                </form>
            </CodeHelp>
            <WithoutCode />
        </PublicLayout>
    }
    .into_any()
}

/// Looks at the code in the form inside it before the server is asked.
#[island]
fn CodeHelp(children: Children) -> impl IntoView {
    let draft = use_context::<LookUpDraft>().unwrap_or_default();
    let errors = Errors::provide(Errors::on_page(draft.errors));
    errors.write_on_page();
    view! {
        <div
            on:submit=move |event| check_before_sending(errors, &event)
            on:input=move |event| judge_typing(errors, &event_target_value(&event))
        >
            {children()}
        </div>
    }
}

/// What to do without a code; the code cannot be given again, and why.
#[component]
fn WithoutCode() -> impl IntoView {
    view! {
        <details class="track-more">
            <summary>"Ông/Bà không còn mã tra cứu?"</summary>
            <p>
                "Để giữ kín người phản ánh, Sở không lưu mã tra cứu nên không cấp lại được. Phản ánh vẫn được xử lý, và Sở vẫn trả lời theo cách Ông/Bà đã chọn khi gửi. "
                "Ông/Bà có thể gọi đường dây nóng, đọc số hồ sơ (bắt đầu bằng PA) để được hướng dẫn."
            </p>
        </details>
    }
}

/// Stops a sending whose code cannot be right and says why; the server is not asked.
fn check_before_sending(errors: Errors, event: &ev::SubmitEvent) {
    let Some(field) = document()
        .get_element_by_id("ma")
        .and_then(|e| e.dyn_into::<web_sys::HtmlInputElement>().ok())
    else {
        return;
    };
    if let Err(fault) = ReceiptCode::parse(&field.value()) {
        event.prevent_default();
        errors.0.update(|e| e.set("ma", &fault_message(fault)));
        // nothing to do where the browser refuses the focus: the message stands at the field all the same
        let _ = field.focus();
    }
}

/// Speaks up once 20 digits stand there, and falls silent as soon as they are right or being changed.
fn judge_typing(errors: Errors, typed: &str) {
    let fault = typing_fault(typed);
    if errors.0.with_untracked(|e| e.get("ma").map(str::to_owned)) == fault {
        return;
    }
    errors.0.update(|e| match fault {
        Some(message) => e.set("ma", &message),
        None => e.remove("ma"),
    });
}
