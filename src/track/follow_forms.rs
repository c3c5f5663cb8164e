//! The forms of the following page: native posts to its own path.

use super::form::{FollowDraft, MAX_TEXT};
use crate::case::Rating;
use crate::ui::{CheckField, Choice, ErrorSummary, Errors, RadioGroup, TextArea, TextField};
use leptos::prelude::*;

const PATH: &str = "/tra-cuu/ho-so";

/// Which form it is, and the key that makes it one sending.
#[component]
fn Hidden(deed: &'static str, #[prop(into)] key: String) -> impl IntoView {
    view! {
        <input type="hidden" name="viec" value=deed />
        <input type="hidden" name="khoa" value=key autocomplete="off" />
    }
}

/// A message with files; the supplement where one was asked for.
#[component]
pub fn WriteForm(draft: FollowDraft, key: String, supplement: bool) -> impl IntoView {
    let (label, button) = if supplement {
        ("Thông tin bổ sung", "Gửi bổ sung")
    } else {
        ("Nhắn cho Sở", "Gửi tin nhắn")
    };
    view! {
        <form class="card stack" method="post" action=PATH enctype="multipart/form-data" novalidate>
            <Hidden deed="nhan" key />
            <TextArea
                name="noi-dung"
                label
                value=draft.text
                rows=5
                maxlength=MAX_TEXT
                hint="Người xử lý đọc được nội dung này. Nếu muốn giữ kín, Ông/Bà không viết tên, số điện thoại hay địa chỉ của mình."
            />
            <FileField />
            <button class="button" type="submit">
                {button}
            </button>
        </form>
    }
}

/// Evidence. A browser never sends chosen files twice, so after a refusal they are chosen again.
#[component]
fn FileField() -> impl IntoView {
    let errors = use_context::<Errors>();
    let message = move || {
        errors
            .and_then(|e| e.0.with(|e| e.get("tep").map(str::to_owned)))
            .unwrap_or_default()
    };
    let invalid = move || {
        errors
            .is_some_and(|e| e.0.with(|e| e.get("tep").is_some()))
            .then_some("true")
    };
    view! {
        <div class="field">
            <label class="field-label" for="tep">
                "Tệp gửi kèm"
                <span class="field-optional">" (không bắt buộc)"</span>
            </label>
            <p class="field-hint" id="tep-goi-y">
                "Tối đa 5 tệp, mỗi tệp 10 MB: ảnh JPEG, PNG, WebP; PDF; DOCX; ghi âm MP3, M4A. Vị trí chụp ghi trong ảnh được xóa trước khi lưu."
            </p>
            <p class="field-error" id="tep-loi">
                {message}
            </p>
            <input
                class="control"
                type="file"
                id="tep"
                name="tep"
                multiple
                aria-describedby="tep-goi-y tep-loi"
                aria-invalid=invalid
                accept="image/jpeg,image/png,image/webp,application/pdf,.docx,audio/mpeg,audio/mp4,.m4a"
            />
        </div>
    }
}

/// Rates the answer.
#[component]
pub fn RateForm(draft: FollowDraft, key: String) -> impl IntoView {
    let choice = |rating: Rating| Choice::new(rating.mark().to_string(), rating.label());
    let choices = Rating::ALL.map(choice).to_vec();
    view! {
        <form class="card stack" method="post" action=PATH novalidate>
            <Hidden deed="danh_gia" key />
            <RadioGroup
                name="muc"
                legend="Ông/Bà đánh giá việc giải quyết thế nào"
                choices
                value=draft.rating
                hint="Đánh giá chỉ được cộng vào số liệu chung, không kèm danh tính."
            />
            <button class="button button-secondary" type="submit">
                "Gửi đánh giá"
            </button>
        </form>
    }
}

/// Says that the answer does not satisfy: opens the case once more.
#[component]
pub fn ReopenForm(draft: FollowDraft, key: String) -> impl IntoView {
    view! {
        <details class="track-more" open=draft.deed == "chua_thoa_dang">
            <summary>"Câu trả lời chưa thỏa đáng?"</summary>
            <form class="stack" method="post" action=PATH novalidate>
                <Hidden deed="chua_thoa_dang" key />
                <TextArea
                    name="ly-do"
                    label="Điều chưa thỏa đáng"
                    value=draft.reason
                    rows=4
                    maxlength=MAX_TEXT
                    hint="Ông/Bà nêu điều cần xem lại hoặc tình tiết mới. Hồ sơ được xem xét lại một lần."
                />
                <button class="button button-secondary" type="submit">
                    "Đề nghị xem xét lại"
                </button>
            </form>
        </details>
    }
}

/// Withdraws, with a box to tick first.
#[component]
pub fn WithdrawForm(draft: FollowDraft, key: String) -> impl IntoView {
    view! {
        <details class="track-more" open=draft.deed == "rut">
            <summary>"Rút phản ánh"</summary>
            <form class="stack" method="post" action=PATH novalidate>
                <Hidden deed="rut" key />
                <p>
                    "Sau khi rút, Sở không xử lý phản ánh này nữa và không khôi phục được. Ông/Bà có thể gửi phản ánh mới bất cứ lúc nào."
                </p>
                <CheckField name="xac-nhan" label="Tôi muốn rút phản ánh này" />
                <button class="button button-danger" type="submit">
                    "Rút phản ánh"
                </button>
            </form>
        </details>
    }
}

/// Ends the session, for a device that others use too.
#[component]
pub fn LeaveForm() -> impl IntoView {
    view! {
        <form class="stack" method="post" action=PATH>
            <Hidden deed="thoat" key="" />
            <p class="muted">
                "Trang này tự đóng sau 30 phút không sử dụng. Trên máy dùng chung, Ông/Bà nên thoát ngay."
            </p>
            <button class="button button-quiet" type="submit">
                "Thoát khỏi hồ sơ"
            </button>
        </form>
    }
}

/// The session ran out while something was being written: the code again, and nothing is lost.
#[component]
pub fn ResumeForm(draft: FollowDraft) -> impl IntoView {
    let text = if draft.text.is_empty() {
        draft.reason
    } else {
        draft.text
    };
    let confirmed = if draft.confirmed { "1" } else { "" };
    view! {
        <h1>"Phiên xem hồ sơ đã hết"</h1>
        <ErrorSummary />
        <p class="lede">
            "Vui lòng nhập lại mã tra cứu rồi gửi. Nội dung Ông/Bà đã viết vẫn còn; nếu có tệp, xin chọn lại tệp sau khi mở hồ sơ."
        </p>
        <form
            class="stack"
            method="post"
            action=PATH
            enctype="multipart/form-data"
            novalidate
            autocomplete="off"
        >
            <input type="hidden" name="viec" value=draft.deed />
            <input type="hidden" name="khoa" value=draft.key />
            <input type="hidden" name="muc" value=draft.rating />
            <input type="hidden" name="xac-nhan" value=confirmed />
            <TextField
                name="ma"
                label="Mã tra cứu"
                inputmode="numeric"
                autocomplete="off"
                maxlength=60
                class="track-code"
            />
            <TextArea
                name="noi-dung"
                label="Nội dung đã viết"
                value=text
                rows=5
                maxlength=MAX_TEXT
            />
            <button class="button" type="submit">
                "Tra cứu và gửi"
            </button>
        </form>
    }
}
