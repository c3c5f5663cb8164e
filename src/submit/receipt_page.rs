//! The receipt, shown to the browser that sent: case number, receipt code, what happens next and by
//! when.

use super::{
    commands::{CHOSEN, CONSENT, ENTRY_CONSENT},
    other_doors::{Contacts, Door},
    queries::read_receipt,
    slip_tools::{KeepPicture, PrintSlip},
};
use crate::{
    case::{Consent, OtherProcedure},
    routes,
    ui::{
        CodeBlock, ConsentForm, Icon, Notice, PublicLayout, Qr, QrCode, QuickExit, SharedDevice,
        Step, Steps, Title, Tone,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
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

/// The receipt as its page shows it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownReceipt {
    /// What the sender takes along.
    pub slip: ReceiptSlip,
    /// What they allow by now.
    pub consent: Consent,
    /// The department's name.
    pub department: String,
    /// Its hotline; may be empty.
    pub hotline: String,
    /// When somebody answers there.
    pub hours: String,
    /// The look-up page as a picture, without the code.
    pub look_up: QrCode,
    /// Its address, to be typed.
    pub address: String,
}

/// `/gui-phan-anh/da-nhan`
#[component]
pub fn ReceiptPage() -> impl IntoView {
    let receipt = Resource::new_blocking(|| (), |()| read_receipt(false));
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
pub fn Receipt(receipt: ShownReceipt) -> impl IntoView {
    let ShownReceipt { slip, consent, .. } = receipt.clone();
    let advice = slip.elsewhere.map(|procedure| {
        view! {
            <Notice tone=Tone::Info title=procedure.suspicion()>
                <Door procedure contacts=slip.contacts.clone() />
            </Notice>
        }
    });
    view! {
        <Title text="Đã nhận phản ánh" />
        <h1 class="done-word">
            <Icon name="check" />
            "Sở đã nhận được phản ánh"
        </h1>
        <Slip receipt />
        {advice}
        <Allowed consent is_lead=slip.answered_by.is_empty() read_aloud=slip.read_aloud />
    }
}

/// What is kept, printed, or photographed: one paper, torn off under the code.
#[component]
fn Slip(receipt: ShownReceipt) -> impl IntoView {
    let slip = &receipt.slip;
    let keep = if slip.read_aloud {
        "Đọc mã tra cứu cho người phản ánh, từng nhóm bốn số, và đề nghị họ đọc lại."
    } else {
        "Giữ mã: chụp màn hình hoặc in trang này; ảnh đã lưu nằm lại trong máy. Ai có mã đều xem \
         được hồ sơ; Sở không lưu mã nên không cấp lại được. Trang này còn mở được 15 phút trên máy \
         này."
    };
    let steps = steps(slip);
    view! {
        <div class="slip">
            <p class="slip-head">
                <Icon name="mark" />
                <span>
                    <strong>"Phiếu tiếp nhận"</strong>
                    <span class="slip-from">{receipt.department.clone()}</span>
                </span>
            </p>
            <p class="slip-number">
                "Số hồ sơ "<strong class="receipt-number">{slip.number.clone()}</strong>
            </p>
            <CodeBlock label="Mã tra cứu" code=slip.code.clone() />
            <div class="slip-tools no-print">
                // a picture stays on the device: it is offered to whoever the slip is for
                {(!slip.read_aloud).then(|| view! { <KeepPicture /> })} <PrintSlip />
                <a class="button button-secondary" href=routes::LOOK_UP.path>
                    "Theo dõi"
                </a>
            </div>
            <p class="slip-keep">{keep}</p>
            <div class="slip-rest">
                <h2>"Việc tiếp theo"</h2>
                <Steps items=steps />
                <SlipFoot receipt=receipt.clone() />
            </div>
        </div>
    }
}

/// Where the case is followed, and whom to call.
#[component]
fn SlipFoot(receipt: ShownReceipt) -> impl IntoView {
    // a number is read, and broken, as one
    let hotline = receipt.hotline.replace(' ', "\u{a0}");
    view! {
        <footer class="slip-foot">
            <Qr code=receipt.look_up label="Mã QR mở trang Theo dõi" width=96 />
            <div>
                <p class="slip-address">"Theo dõi: "{receipt.address}</p>
                {(!hotline.is_empty())
                    .then(|| {
                        view! {
                            <p class="slip-hotline">
                                "Đường dây nóng: "<strong>{hotline}</strong>
                            </p>
                            <p class="muted">{receipt.hours}</p>
                        }
                    })}
            </div>
        </footer>
    }
}

/// What may be allowed beyond handling the case; the answer is no until it is given.
#[component]
fn Allowed(consent: Consent, is_lead: bool, read_aloud: bool) -> impl IntoView {
    let command = if read_aloud { ENTRY_CONSENT } else { CONSENT };
    let title = if read_aloud {
        "Hỏi người phản ánh"
    } else {
        "Ông/Bà cho phép thêm?"
    };
    let was_kept =
        use_query_map().with_untracked(|query| query.get("xong").as_deref() == Some(CHOSEN));
    view! {
        <section class="no-print">
            <h2>{title}</h2>
            <p>"Không bắt buộc. Đổi được sau, ở trang Theo dõi."</p>
            {was_kept
                .then(|| {
                    view! {
                        <Notice tone=Tone::Success>
                            <p>{format!("Sở đã ghi: {}.", consent.label())}</p>
                        </Notice>
                    }
                })}
            <ConsentForm command consent reachable=!is_lead />
        </section>
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
    let first_reader = match receipt.elsewhere {
        // its circle is closed: the office does not see it
        Some(OtherProcedure::Denunciation) => "Lãnh đạo Sở xem, phân loại",
        _ => "Văn phòng Sở tiếp nhận, phân loại",
    };
    vec![
        step("Sở nhận phản ánh, kiến nghị", receipt.received_on.clone()),
        step(first_reader, format!("chậm nhất {}", receipt.classified_by)),
        last,
    ]
}

#[component]
fn NoReceipt() -> impl IntoView {
    view! {
        <Title text="Phiếu tiếp nhận không còn hiển thị" />
        <h1>"Phiếu tiếp nhận không còn hiển thị"</h1>
        <p class="lede">
            "Vì an toàn của Ông/Bà, phiếu chỉ mở được trong 15 phút sau khi gửi, trên máy đã gửi. Có \
             mã tra cứu, Ông/Bà theo dõi hồ sơ ở trang Theo dõi."
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
