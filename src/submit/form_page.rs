//! Give feedback: three cards, then one page.

use super::{
    FormChoices,
    commands::{ENTER, SUBMIT},
    enhance::{DraftChoice, FormHelp, WordsHelp},
    fields::{SendSection, WhatSection, WhereSection, WordsSection},
    other_doors::OtherDoors,
    queries::read_form_choices,
    speaker::SpeakerSection,
};
use crate::{
    case::Kind,
    routes::{self, Route},
    ui::{FileField, Form, FormContext, Icon, PublicLayout, QuickExit, SharedDevice, Title},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The id of the form.
const FORM_ID: &str = "phan-anh";

/// The key that makes one submission one case; new with every form that is served. A page that is
/// kept in memory is rendered without one.
#[derive(Clone, Debug)]
pub struct SubmissionKey(pub String);

/// The field that gives the form its key from outside: it stands at the end of a kept page, all
/// before it being the same for everybody.
pub fn key_field(key: &str) -> String {
    format!("<input type=\"hidden\" form=\"{FORM_ID}\" name=\"khoa\" value=\"{key}\">")
}

/// `/gui-phan-anh`
#[component]
pub fn FormPage() -> impl IntoView {
    let kind = kind_asked_for();
    let choices = Resource::new_blocking(|| (), |()| read_form_choices(false));
    view! {
        <PublicLayout>
            <Suspense>
                {move || Suspend::new(async move {
                    let choices = choices.await.unwrap_or_default();
                    match kind {
                        None => view! { <Cards page=routes::FORM /> }.into_any(),
                        Some(kind) => {
                            view! {
                                <Title text="Gửi phản ánh" />
                                <QuickExit />
                                <h1>"Gửi phản ánh"</h1>
                                <FeedbackForm kind choices entry=false />
                                <SharedDevice />
                            }
                                .into_any()
                        }
                    }
                })}
            </Suspense>
        </PublicLayout>
    }
    .into_any()
}

/// The card in the address.
pub fn kind_asked_for() -> Option<Kind> {
    use_query_map()
        .with_untracked(|query| query.get("loai").and_then(|code| Kind::from_code(&code)))
}

/// The three cards.
#[component]
pub fn Cards(page: Route) -> impl IntoView {
    let card = |kind: Kind, icon: &'static str, line: &'static str| {
        view! {
            <li>
                <a class="card-link" href=routes::form_of(page, kind)>
                    <Icon name=icon />
                    <span class="card-title">{kind.label()}</span>
                    <span class="card-line">{line}</span>
                </a>
            </li>
        }
    };
    let (title, question) = if page == routes::ENTRY {
        ("Nhập phản ánh", "Người phản ánh nói về điều gì?")
    } else {
        ("Gửi phản ánh", "Ông/Bà muốn phản ánh về điều gì?")
    };
    view! {
        <Title text=title />
        <h1>{question}</h1>
        <ul class="cards">
            {card(
                Kind::Conduct,
                "user",
                "Chậm trễ, phiền hà, thái độ, đòi hỏi ngoài quy định.",
            )}
            {card(
                Kind::Regulation,
                "file",
                "Quy định không phù hợp, mâu thuẫn, rườm rà; đề xuất sửa đổi.",
            )}
            {card(
                Kind::LateDossier,
                "clock",
                "Quá ngày hẹn chưa trả kết quả, không có phiếu xin lỗi.",
            )}
        </ul>
        <p>
            <a href=routes::GUIDE
                .path>
                "Khiếu nại, tố cáo, tranh chấp đất đai hoặc báo ô nhiễm thì gửi ở đâu?"
            </a>
        </p>
    }
}

/// The one page after the cards; also what an officer fills for a caller (`entry`). Written by the
/// server alone: what the script adds to it are the islands in [`crate::submit::enhance`].
#[component]
pub fn FeedbackForm(kind: Kind, choices: FormChoices, entry: bool) -> impl IntoView {
    let command = if entry { ENTER } else { SUBMIT };
    let contacts = choices.contacts.clone();
    let (notice, version) = (choices.notice.clone(), choices.notice_version);
    view! {
        <FormHelp>
            <Form
                command
                at=routes::form_of(command.page, kind)
                class="feedback-form"
                id=FORM_ID
                files=true
            >
                <Key />
                {entry.then(|| view! { <super::entry_page::CallSection /> })}
                <WhatSection kind page=command.page />
                <WhereSection kind choices=choices.clone() />
                <WordsSection kind>
                    <WordsHelp />
                </WordsSection>
                {(!entry).then(|| view! { <DraftChoice /> })}
                <FilesSection />
                <SpeakerSection choices />
                <SendSection notice notice_version=version entry />
                <OtherDoors contacts />
                <button class="button button-wide" type="submit">
                    "Gửi phản ánh"
                </button>
            </Form>
        </FormHelp>
    }
}

/// The key of the form that came back, or that of this page; a page that is kept in memory has it
/// at its end.
#[component]
fn Key() -> impl IntoView {
    let fresh = use_context::<SubmissionKey>().map(|key| key.0);
    let key = if FormContext::came_back() {
        Some(FormContext::value("khoa", String::new()))
    } else {
        None
    };
    let key = key.filter(|key| !key.is_empty()).or(fresh);
    key.map(|key| view! { <input type="hidden" name="khoa" value=key /> })
}

/// 4 · Pictures, papers, recordings.
#[component]
fn FilesSection() -> impl IntoView {
    view! {
        <section class="form-section" aria-labelledby="phan-4">
            <h2 id="phan-4">"Ảnh, giấy tờ, ghi âm gửi kèm"</h2>
            <FileField label="Chọn tệp" />
        </section>
    }
}
