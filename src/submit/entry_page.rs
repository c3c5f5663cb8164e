//! Staff: what a caller or visitor says, written down on one screen: the words left, the person right.

use super::{
    FormChoices,
    commands::ENTER,
    enhance::{FormHelp, WordsHelp},
    fields::{KindChips, WhereSection, WordsSection},
    form_page::{FORM_ID, Key, NoticeLink, Prefilled},
    other_doors::OtherDoors,
    queries::{read_form_choices, read_receipt},
    read_back::{self, ReadBack},
    receipt_page::{Receipt, ShownReceipt},
    speaker::SpeakerSection,
};
use crate::{
    case::Channel,
    routes,
    ui::{
        Choice, ClosedLayout, FieldError, Form, FormState, PageError, SelectField, StaffLayout,
        TextField, Title,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// `/quan-tri/tiep-nhan`, and `/quan-tri/tiep-nhan/da-nhan` with the receipt to read aloud.
#[component]
pub fn EntryPage() -> impl IntoView {
    let prefilled = Prefilled::from_address();
    let received = use_location()
        .pathname
        .with_untracked(|path| routes::ENTRY_RECEIPT.matches(path));
    let choices = Resource::new_blocking(|| (), |()| read_form_choices(true));
    let receipt = Resource::new_blocking(
        || (),
        move |()| async move {
            if received {
                read_receipt(true).await.ok()
            } else {
                None
            }
        },
    );
    view! {
        <Suspense>
            {move || {
                let prefilled = prefilled.clone();
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
                            {match (receipt, read_back::written()) {
                                (Some(receipt), _) => view! { <Entered receipt /> }.into_any(),
                                (None, Some(form)) => {
                                    view! { <ReadBack form choices prefilled /> }.into_any()
                                }
                                (None, None) => view! { <EntryForm choices prefilled /> }.into_any(),
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

/// The receipt, and the two ways on from it.
#[component]
fn Entered(receipt: ShownReceipt) -> impl IntoView {
    let case = routes::CASE.with(&receipt.slip.number);
    let number = receipt.slip.number.clone();
    view! {
        <Receipt receipt />
        <p class="cluster no-print">
            <a class="button button-secondary" href=routes::ENTRY.path>
                "Nhập phản ánh khác"
            </a>
            <a class="button button-secondary" href=case>
                "Mở hồ sơ "
                {number}
            </a>
        </p>
    }
}

/// What is written down during the call; what is right leads to the page that is read aloud.
#[component]
fn EntryForm(choices: FormChoices, prefilled: Prefilled) -> impl IntoView {
    let contacts = choices.contacts.clone();
    let version = choices.notice_version;
    let (now, channel) = (choices.now.clone(), choices.channel.clone());
    let (kind, unit) = (prefilled.kind(), prefilled.unit());
    // after a refusal the summary is read first
    let autofocus = FormState::returned().is_none_or(|form| !form.is_refused());
    view! {
        <Title text="Nhập phản ánh" />
        <h1>"Nhập phản ánh"</h1>
        <FormHelp>
            <Form
                command=ENTER
                at=prefilled.address(ENTER.page)
                class="feedback-form entry-form"
                id=FORM_ID
            >
                <Key />
                <KindChips kind />
                <div class="entry-columns">
                    <div>
                        <WordsSection autofocus>
                            <WordsHelp />
                        </WordsSection>
                        <WhereSection choices unit />
                    </div>
                    <div>
                        <SpeakerSection />
                        <CallSection now channel />
                        <p id="gui" class="cluster" tabindex="-1">
                            <button class="button" type="submit">
                                "Đọc lại cho người phản ánh"
                            </button>
                            <span class="muted">"Ctrl + Enter"</span>
                        </p>
                        <FieldError name="gui" />
                        <OtherDoors contacts />
                        <NoticeLink version />
                    </div>
                </div>
            </Form>
        </FormHelp>
    }
}

/// The call or visit.
#[component]
fn CallSection(
    /// What the time of the call begins with.
    now: String,
    /// How it usually comes in.
    channel: String,
) -> impl IntoView {
    let channels = Channel::ALL
        .iter()
        .filter(|channel| **channel != Channel::Online)
        .map(|channel| Choice::new(channel.code(), channel.label()))
        .collect::<Vec<_>>();
    view! {
        <section class="form-section" aria-labelledby="phan-4">
            <h2 id="phan-4">"Cuộc gọi hoặc lượt đến"</h2>
            <div class="grid-2">
                <SelectField
                    name="kenh"
                    label="Kênh tiếp nhận"
                    choices=channels
                    value=channel
                />
                <TextField
                    name="luc_goi"
                    label="Giờ, ngày gọi hoặc đến"
                    kind="datetime-local"
                    value=now
                />
            </div>
            <TextField
                name="ghi_chu_nguoi_nhap"
                label="Ghi chú của người nhập"
                hint="Văn phòng Sở đọc, đơn vị không đọc."
                optional=true
            />
        </section>
    }
}
