//! The receipt, shown to the browser that sent: case number, receipt code, what happens next and by when.

use super::{recognise::Elsewhere, server_fns::read_receipt};
use crate::ui::{Icon, Notice, PublicLayout, Title, Tone};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the sender takes along. Sealed under a key only their browser can derive, and gone after a quarter of an hour.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptSlip {
    /// `PA26-7K3M9Q-X`.
    pub number: String,
    /// Twenty digits in five groups.
    pub code: String,
    /// "thứ Hai 23/11/2026".
    pub received_on: String,
    /// By when it is classified.
    pub classified_by: String,
    /// By when it is answered; "" for an information lead.
    pub answered_by: String,
    /// Another door the words suggest.
    pub elsewhere: Option<Elsewhere>,
    /// Entered by staff: the code is read aloud.
    pub read_aloud: bool,
}

/// `/gui-phan-anh/da-nhan`
#[component]
pub fn ReceiptPage() -> impl IntoView {
    let slip = Resource::new_blocking(|| (), |()| read_receipt());
    view! {
        <PublicLayout>
            <Suspense>
                {move || Suspend::new(async move {
                    match slip.await {
                        Ok(slip) => view! { <Receipt slip/> }.into_any(),
                        Err(_) => view! { <NoReceipt/> }.into_any(),
                    }
                })}
            </Suspense>
        </PublicLayout>
    }
    .into_any()
}

/// The receipt itself; also shown to the officer who entered feedback for a caller.
#[component]
pub fn Receipt(slip: ReceiptSlip) -> impl IntoView {
    let groups = slip.code.split(' ').map(|group| view! { <span class="code-group">{group.to_owned()}</span>" " }).collect_view();
    let advice = slip.elsewhere.map(|door| {
        let (title, text, href) = door.advice();
        view! { <Notice tone=Tone::Info title=title><p>{text}</p><p><a href=href>"Xem nơi tiếp nhận"</a></p></Notice> }
    });
    view! {
        <Title text="Đã nhận phản ánh"/>
        <div class="receipt">
            <h1>"Sở đã nhận được phản ánh"</h1>
            <dl class="receipt-codes">
                <dt>"Số hồ sơ"</dt>
                <dd class="receipt-number tabular">{slip.number}</dd>
                <dt>"Mã tra cứu"</dt>
                <dd class="code-block tabular">{groups}</dd>
            </dl>
            {if slip.read_aloud {
                view! { <p class="lede">"Đọc mã tra cứu cho người phản ánh, từng nhóm bốn số, và đề nghị họ đọc lại."</p> }.into_any()
            } else {
                view! { <p class="lede">"Chụp màn hình hoặc in trang này. Mã tra cứu chỉ hiển thị một lần; ai có mã này đều xem được hồ sơ."</p> }.into_any()
            }}
            <h2>"Việc tiếp theo"</h2>
            <ol class="steps">
                <li><p>"Sở nhận phản ánh"</p><p class="muted">{slip.received_on}</p></li>
                <li><p>"Văn phòng Sở tiếp nhận, phân loại"</p><p class="muted">"chậm nhất "{slip.classified_by}</p></li>
                {if slip.answered_by.is_empty() {
                    view! { <li><p>"Nội dung được xem xét làm thông tin tham khảo"</p><p class="muted">"không có thời hạn trả lời"</p></li> }.into_any()
                } else {
                    view! { <li><p>"Sở trả lời"</p><p class="muted">"chậm nhất "{slip.answered_by}</p></li> }.into_any()
                }}
            </ol>
            {advice}
            <p class="cluster no-print">
                <button class="button" type="button" on:click=move |_| { let _printed = window().print(); }><Icon name="print"/>"In phiếu"</button>
                <a class="button button-secondary" href="/tra-cuu">"Theo dõi phản ánh"</a>
            </p>
        </div>
    }
}

#[component]
fn NoReceipt() -> impl IntoView {
    view! {
        <Title text="Phiếu tiếp nhận"/>
        <h1>"Phiếu tiếp nhận không còn hiển thị"</h1>
        <p class="lede">"Vì an toàn của Ông/Bà, mã tra cứu chỉ hiển thị một lần, ngay sau khi gửi. Nếu đã lưu mã, Ông/Bà theo dõi hồ sơ ở trang tra cứu."</p>
        <p class="cluster"><a class="button" href="/tra-cuu">"Theo dõi phản ánh"</a><a class="button button-secondary" href="/gui-phan-anh">"Gửi phản ánh khác"</a></p>
    }
}
