//! The forms of the following page.

use super::{
    commands::{CONSENT, RATE, REOPEN, WITHDRAW, WRITE},
    form::{MARK, MAX_TEXT},
};
use crate::{
    case::{Consent, Rating},
    routes::{self, Command},
    ui::{
        CheckField, Choice, ConsentForm, FileField, Form, FormContext, FormState, RadioGroup,
        TextArea, TextField,
    },
};
use leptos::prelude::*;
use std::sync::Arc;

/// What goes along unseen when a form is sent again with the code.
const KEPT: &[&str] = &[
    "khoa",
    "muc",
    "xac_nhan",
    "dong_y_lien_he",
    "dong_y_cong_bo",
    MARK,
];

/// The key that makes it one submission; that of the page, or that of the form that came back.
#[component]
fn Key(key: String) -> impl IntoView {
    let key = FormContext::value("khoa", key);
    view! { <input type="hidden" name="khoa" value=key /> }
}

/// Which case the form was drawn for.
#[component]
fn Mark(mark: String) -> impl IntoView {
    view! { <input type="hidden" name=MARK value=mark /> }
}

/// A message with files; the supplement if one was asked for.
#[component]
pub fn WriteForm(key: String, mark: String, supplement: bool) -> impl IntoView {
    let (label, button) = if supplement {
        ("Thông tin bổ sung", "Gửi bổ sung")
    } else {
        ("Nhắn cho Sở", "Gửi tin nhắn")
    };
    view! {
        <Form command=WRITE class="card stack" files=true>
            <Key key />
            <Mark mark />
            <TextArea
                name="tin_nhan"
                label
                rows=5
                maxlength=MAX_TEXT
                hint="Văn phòng Sở và lãnh đạo Sở đọc; đơn vị được phản ánh không đọc được nếu Ông/Bà \
                giữ bí mật. Nếu muốn giữ kín, Ông/Bà không viết tên, số điện thoại hay địa chỉ của \
                mình."
            />
            <FileField label="Tệp gửi kèm" />
            <button class="button" type="submit">
                {button}
            </button>
        </Form>
    }
}

/// What was written when the case had already moved on: to be read and copied, not sent.
#[component]
pub fn TooLate(command: Command, field: &'static str) -> impl IntoView {
    view! {
        <Form command class="card stack" plain=true>
            <TextArea
                name=field
                label="Nội dung Ông/Bà đã viết, chưa gửi được"
                rows=8
            />
            <p>
                <a href=routes::FORM.path>"Gửi phản ánh mới"</a>
            </p>
        </Form>
    }
}

/// Rates the answer.
#[component]
pub fn RateForm(mark: String) -> impl IntoView {
    let choice = |rating: Rating| Choice::new(rating.mark().to_string(), rating.label());
    let choices = Rating::ALL.map(choice).to_vec();
    view! {
        <Form command=RATE class="card stack">
            <Mark mark />
            <RadioGroup
                name="muc"
                legend="Ông/Bà đánh giá việc giải quyết thế nào"
                choices
                hint="Đánh giá chỉ được cộng vào số liệu chung, không kèm danh tính."
            />
            <button class="button button-secondary" type="submit">
                "Gửi đánh giá"
            </button>
        </Form>
    }
}

/// Says that the answer does not satisfy: opens the case once more.
#[component]
pub fn ReopenForm(mark: String) -> impl IntoView {
    view! {
        <details class="track-more" open=FormState::is_returned(REOPEN)>
            <summary>"Câu trả lời chưa thỏa đáng?"</summary>
            <Form command=REOPEN>
                <Mark mark />
                <TextArea
                    name="ly_do"
                    label="Điều chưa thỏa đáng"
                    rows=4
                    maxlength=MAX_TEXT
                    hint="Ông/Bà nêu điều cần xem lại hoặc tình tiết mới. Hồ sơ được xem xét lại \
                    một lần; thời hạn mới hiện ngay sau khi gửi. Văn phòng Sở và lãnh đạo Sở đọc."
                />
                <button class="button button-secondary" type="submit">
                    "Đề nghị xem xét lại"
                </button>
            </Form>
        </details>
    }
}

/// What the submitter allows, and may change as often as they like.
#[component]
pub fn Allowed(mark: String, consent: Consent, is_lead: bool) -> impl IntoView {
    view! {
        <details class="track-more" open=FormState::is_returned(CONSENT)>
            <summary>"Sở được gọi hỏi, công khai không?"</summary>
            <p class="muted">
                {format!(
                    "Hiện nay: {}. Ông/Bà đổi lúc nào cũng được.",
                    consent.label(),
                )}
            </p>
            <ConsentForm command=CONSENT consent reachable=!is_lead>
                <Mark mark />
            </ConsentForm>
        </details>
    }
}

/// Withdraws, with a box to tick first.
#[component]
pub fn WithdrawForm(mark: String) -> impl IntoView {
    view! {
        <details class="track-more" open=FormState::is_returned(WITHDRAW)>
            <summary>"Rút phản ánh"</summary>
            <Form command=WITHDRAW>
                <Mark mark />
                <p>
                    "Sau khi rút, Sở không xử lý phản ánh này nữa và không khôi phục được. Nếu có \
                     dấu hiệu vi phạm pháp luật, cơ quan có thẩm quyền vẫn xem xét. Ông/Bà có thể \
                     gửi phản ánh mới bất cứ lúc nào."
                </p>
                <CheckField name="xac_nhan" label="Tôi muốn rút phản ánh này" />
                <button class="button button-danger" type="submit">
                    "Rút phản ánh"
                </button>
            </Form>
        </details>
    }
}

/// Withdrawing is over: since when, and what is left.
#[component]
pub fn NoWithdrawal() -> impl IntoView {
    view! {
        <details class="track-more">
            <summary>"Rút phản ánh"</summary>
            <p>
                "Chỉ rút được khi Sở chưa tiếp nhận; phản ánh này đã được tiếp nhận. Nếu không muốn \
                 Sở xem xét tiếp, Ông/Bà " <a href="#trao-doi" rel="external">
                    "nhắn cho Sở"
                </a> " và nêu lý do. Sở trả lời Ông/Bà tại trang này."
            </p>
        </details>
    }
}

/// The session ran out while something was being written: the code again, and nothing is lost.
#[component]
pub fn ResumeForm(form: Arc<FormState>) -> impl IntoView {
    let (command, text) = match form.command.as_str() {
        command if command == REOPEN.endpoint() => (REOPEN, "ly_do"),
        command if command == RATE.endpoint() => (RATE, ""),
        command if command == CONSENT.endpoint() => (CONSENT, ""),
        command if command == WITHDRAW.endpoint() => (WITHDRAW, ""),
        _ => (WRITE, "tin_nhan"),
    };
    let others = form
        .values
        .iter()
        .filter(|(name, _)| KEPT.contains(&name.as_str()))
        .map(|(name, value)| {
            view! { <input type="hidden" name=name.clone() value=value.clone() /> }
        })
        .collect_view();
    let is_text = !text.is_empty();
    view! {
        <h1>"Phiên xem hồ sơ đã hết"</h1>
        <p class="lede">
            "Nội dung Ông/Bà đã viết vẫn còn ở đây. Nhập lại mã tra cứu để gửi."
        </p>
        <Form command files=command == WRITE autocomplete="off">
            {others}
            <TextField
                name="ma"
                label="Mã tra cứu"
                inputmode="numeric"
                autocomplete="off"
                maxlength=60
                class="track-code"
            />
            {is_text
                .then(|| {
                    view! {
                        <TextArea
                            name=text
                            label="Nội dung đã viết"
                            rows=5
                            maxlength=MAX_TEXT
                        />
                    }
                })}
            {(command == WRITE).then(|| view! { <FileField label="Tệp gửi kèm" /> })}
            <button class="button" type="submit">
                "Tra cứu và gửi"
            </button>
        </Form>
    }
}
