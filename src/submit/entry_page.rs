//! Staff: the same form filled for a caller or visitor (Decree 20/2008 art. 7.2: the officer
//! records truthfully and reads back).

use super::{
    form_page::{Cards, FeedbackForm, kind_asked_for},
    queries::{read_form_choices, read_receipt},
    receipt_page::Receipt,
};
use crate::{
    case::Channel,
    routes,
    ui::{CheckField, Choice, ClosedLayout, PageError, SelectField, StaffLayout, TextField, Title},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// `/quan-tri/tiep-nhan`, and `/quan-tri/tiep-nhan/da-nhan` with the receipt to read aloud.
#[component]
pub fn EntryPage() -> impl IntoView {
    let kind = kind_asked_for();
    let received = use_location()
        .pathname
        .with_untracked(|path| routes::ENTRY_RECEIPT.matches(path));
    let choices = Resource::new_blocking(|| (), |()| read_form_choices(true));
    let receipt = Resource::new_blocking(
        || (),
        move |()| async move {
            if received {
                read_receipt().await.ok()
            } else {
                None
            }
        },
    );
    view! {
        <Suspense>
            {move || {
                Suspend::new(async move {
                    let choices = match choices.await {
                        Ok(choices) => choices,
                        Err(error) => {
                            return view! {
                                <ClosedLayout>
                                    <PageError error here=routes::ENTRY.path />
                                </ClosedLayout>
                            }
                                .into_any();
                        }
                    };
                    let receipt = receipt.await;
                    let viewer = choices.viewer.clone().unwrap_or_default();
                    view! {
                        <StaffLayout viewer>
                            {match (receipt, kind) {
                                (Some(receipt), _) => {
                                    view! {
                                        <Receipt receipt />
                                        <p>
                                            <a class="button button-secondary" href=routes::ENTRY.path>
                                                "Nhập phản ánh khác"
                                            </a>
                                        </p>
                                    }
                                        .into_any()
                                }
                                (None, None) => view! { <Cards page=routes::ENTRY /> }.into_any(),
                                (None, Some(kind)) => {
                                    view! {
                                        <Title text="Nhập phản ánh" />
                                        <h1>"Nhập phản ánh"</h1>
                                        <FeedbackForm kind choices entry=true />
                                    }
                                        .into_any()
                                }
                            }}
                        </StaffLayout>
                    }
                        .into_any()
                })
            }}
        </Suspense>
    }
    .into_any()
}

/// 0 · The call or visit.
#[component]
pub fn CallSection() -> impl IntoView {
    let channels = Channel::ALL
        .iter()
        .filter(|channel| **channel != Channel::Online)
        .map(|channel| Choice::new(channel.code(), channel.label()))
        .collect::<Vec<_>>();
    view! {
        <section class="form-section" aria-labelledby="phan-0">
            <h2 id="phan-0">"Cuộc gọi hoặc lượt đến"</h2>
            <div class="grid-2">
                <SelectField
                    name="kenh"
                    label="Kênh tiếp nhận"
                    choices=channels
                    value=Channel::Phone.code()
                />
                <TextField
                    name="luc_goi"
                    label="Giờ, ngày gọi hoặc đến"
                    kind="datetime-local"
                    hint="Thời hạn trả lời tính từ ngày này."
                />
            </div>
            <TextField
                name="ghi_chu_nguoi_nhap"
                label="Ghi chú của người nhập"
                hint="Văn phòng Sở đọc. Không chuyển cho đơn vị được phản ánh."
                optional=true
            />
            <CheckField
                name="da_doc_lai"
                label="Đã đọc lại toàn bộ nội dung cho người phản ánh nghe và được xác nhận"
            />
        </section>
    }
}
