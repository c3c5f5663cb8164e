//! The receipt, shown to the browser that sent: case number, receipt code, what happens next and by
//! when.

use super::{
    other_doors::{Contacts, Door},
    queries::read_receipt,
};
use crate::{
    case::OtherProcedure,
    routes,
    ui::{
        CodeBlock, Icon, Notice, PublicLayout, QuickExit, SharedDevice, Step, Steps, Title, Tone,
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the sender takes along. Sealed under a key only their browser can derive, and gone after a
/// quarter of an hour.
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
    /// Another procedure that the words suggest.
    pub elsewhere: Option<OtherProcedure>,
    /// How its door is reached.
    #[serde(default)]
    pub contacts: Contacts,
    /// Entered by staff: the code is read aloud.
    pub read_aloud: bool,
}

/// `/gui-phan-anh/da-nhan`
#[component]
pub fn ReceiptPage() -> impl IntoView {
    let receipt = Resource::new_blocking(|| (), |()| read_receipt());
    view! {
        <PublicLayout>
            <Suspense>
                {move || Suspend::new(async move {
                    match receipt.await {
                        Ok(receipt) => {
                            view! {
                                <QuickExit />
                                <Receipt receipt />
                                <SharedDevice />
                            }
                                .into_any()
                        }
                        Err(_) => view! { <NoReceipt /> }.into_any(),
                    }
                })}
            </Suspense>
        </PublicLayout>
    }
    .into_any()
}

/// The receipt itself; also shown to the officer who entered feedback for a caller.
#[component]
pub fn Receipt(receipt: ReceiptSlip) -> impl IntoView {
    let steps = steps(&receipt);
    let advice = receipt.elsewhere.map(|procedure| {
        view! {
            <Notice tone=Tone::Info title=procedure.suspicion()>
                <Door procedure contacts=receipt.contacts.clone() />
            </Notice>
        }
    });
    let keep = if receipt.read_aloud {
        "Đọc mã tra cứu cho người phản ánh, từng nhóm bốn số, và đề nghị họ đọc lại."
    } else {
        "Chụp màn hình, hoặc in trang này bằng lệnh In của trình duyệt. Mã tra cứu chỉ hiển thị một lần; ai có mã này đều xem \
         được hồ sơ."
    };
    view! {
        <Title text="Đã nhận phản ánh" />
        <h1 class="done-word">
            <Icon name="check" />
            "Sở đã nhận được phản ánh"
        </h1>
        <dl class="meta-list meta-list-tight">
            <dt>"Số hồ sơ"</dt>
            <dd class="receipt-number">{receipt.number}</dd>
        </dl>
        <CodeBlock label="Mã tra cứu" code=receipt.code />
        <p class="lede">{keep}</p>
        <h2>"Việc tiếp theo"</h2>
        <Steps items=steps />
        {advice}
        <p class="cluster no-print">
            <PrintButton />
            <a class="button button-secondary" href=routes::LOOK_UP.path>
                "Theo dõi phản ánh"
            </a>
        </p>
    }
}

/// Opens the browser's print dialog; shown once the program is there to do so.
#[island]
fn PrintButton() -> impl IntoView {
    let ready = RwSignal::new(false);
    Effect::new(move || ready.set(true));
    view! {
        <button
            class="button"
            type="button"
            hidden=move || !ready.get()
            on:click=move |_| {
                let _printed = window().print();
            }
        >
            <Icon name="print" />
            "In phiếu tiếp nhận"
        </button>
    }
}

fn steps(receipt: &ReceiptSlip) -> Vec<Step> {
    let step = |what: &str, when: String| Step {
        what: what.to_owned(),
        when,
        detail: String::new(),
    };
    let last = if receipt.answered_by.is_empty() {
        step(
            "Nội dung được xem xét làm thông tin tham khảo",
            "không có thời hạn trả lời".to_owned(),
        )
    } else {
        step("Sở trả lời", format!("chậm nhất {}", receipt.answered_by))
    };
    vec![
        step("Sở nhận phản ánh, kiến nghị", receipt.received_on.clone()),
        step(
            "Văn phòng Sở tiếp nhận, phân loại",
            format!("chậm nhất {}", receipt.classified_by),
        ),
        last,
    ]
}

#[component]
fn NoReceipt() -> impl IntoView {
    view! {
        <Title text="Phiếu tiếp nhận không còn hiển thị" />
        <h1>"Phiếu tiếp nhận không còn hiển thị"</h1>
        <p class="lede">
            "Vì an toàn của Ông/Bà, mã tra cứu chỉ hiển thị một lần, ngay sau khi gửi. Nếu đã \
             lưu mã, Ông/Bà theo dõi hồ sơ ở trang tra cứu."
        </p>
        <p class="cluster">
            <a class="button" href=routes::LOOK_UP.path>
                "Theo dõi phản ánh"
            </a>
            <a class="button button-secondary" href=routes::FORM.path>
                "Gửi phản ánh khác"
            </a>
        </p>
    }
}
