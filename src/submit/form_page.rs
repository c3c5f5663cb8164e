//! Give feedback: three cards, then one page.

use super::{
    FormChoices,
    enhance::{DraftBar, FormHelp, SendButton, WordsHelp},
    fields::{SendSection, SpeakerSection, WhatSection, WhereSection, WordsSection},
    form::FeedbackDraft,
    queries::read_form_choices,
};
use crate::{
    case::Kind,
    error::FieldErrors,
    ui::{FieldError, Icon, Problems, PublicLayout, Title},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The id of the form.
const FORM_ID: &str = "phan-anh";

/// The key that makes one sending one case; new with every form that is handed out. A page that is kept in memory is rendered without one.
#[derive(Clone, Debug)]
pub struct FormKey(pub String);

/// The field that gives the form its key from outside: it stands at the end of a kept page, all before it being the same for everybody.
pub fn key_field(key: &str) -> String {
    format!("<input type=\"hidden\" form=\"{FORM_ID}\" name=\"khoa\" value=\"{key}\">")
}

/// A form that came back: what was typed, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Returned {
    /// As typed.
    pub draft: FeedbackDraft,
    /// Messages by field.
    pub errors: FieldErrors,
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
                        None => view! { <Cards path="/gui-phan-anh" /> }.into_any(),
                        Some(kind) => {
                            view! {
                                <Title text="Gửi phản ánh" />
                                <h1>"Gửi phản ánh"</h1>
                                <FeedbackForm kind choices path="/gui-phan-anh" entry=false />
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
pub fn Cards(path: &'static str) -> impl IntoView {
    let card = |kind: Kind, icon: &'static str, line: &'static str| {
        view! {
            <li>
                <a class="card-link" href=format!("{path}?loai={}", kind.code())>
                    <Icon name=icon />
                    <span class="card-title">{kind.label()}</span>
                    <span class="card-line">{line}</span>
                </a>
            </li>
        }
    };
    view! {
        <Title text="Gửi phản ánh" />
        <h1>"Ông/Bà muốn phản ánh về điều gì?"</h1>
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
            <a href="/huong-dan">
                "Khiếu nại, tố cáo, tranh chấp đất đai hoặc báo ô nhiễm thì gửi ở đâu?"
            </a>
        </p>
    }
}

/// The one page after the cards; also what an officer fills for a caller (`entry`). Written by the server alone: what the script adds to
/// it are the islands in [`crate::submit::enhance`].
#[component]
pub fn FeedbackForm(
    kind: Kind,
    choices: FormChoices,
    path: &'static str,
    entry: bool,
) -> impl IntoView {
    let draft = use_context::<Returned>().unwrap_or_default().draft;
    let key = if draft.key.is_empty() {
        use_context::<FormKey>().map(|key| key.0)
    } else {
        Some(draft.key.clone())
    };
    let (notice, version) = (choices.notice.clone(), choices.notice_version);
    view! {
        <FormHelp>
            <form
                class="feedback-form"
                id=FORM_ID
                method="post"
                action=format!("{path}?loai={}", kind.code())
                enctype="multipart/form-data"
                novalidate=true
            >
                {key.map(|key| view! { <input type="hidden" name="khoa" value=key /> })}
                <Problems />
                {(!entry).then(|| view! { <DraftBar /> })}
                {entry.then(|| view! { <super::entry_page::CallSection draft=draft.clone() /> })}
                <WhatSection kind draft=draft.clone() path />
                <WhereSection kind draft=draft.clone() choices=choices.clone() />
                <WordsSection kind draft=draft.clone()>
                    <WordsHelp />
                </WordsSection>
                <FilesSection />
                <SpeakerSection draft=draft.clone() choices entry />
                <SendSection draft notice notice_version=version entry />
                <SendButton />
            </form>
        </FormHelp>
    }
}

/// 4 · Pictures, papers, recordings.
#[component]
fn FilesSection() -> impl IntoView {
    view! {
        <section class="form-section" aria-labelledby="phan-4">
            <h2 id="phan-4">"Tệp"</h2>
            <div class="field">
                <label class="field-label" for="tep">
                    "Ảnh, giấy tờ, ghi âm"
                    <span class="field-optional">" (không bắt buộc)"</span>
                </label>
                <p class="field-hint" id="tep-goi-y">
                    "Tối đa 5 tệp, mỗi tệp 10 MB: JPEG, PNG, WebP, PDF, DOCX, MP3, M4A. Vị trí chụp và thông tin máy trong ảnh được xóa. Người xử lý hồ sơ xem được tệp."
                </p>
                <FieldError name="tep" />
                <input
                    class="control control-file"
                    id="tep"
                    name="tep"
                    type="file"
                    multiple=true
                    accept="image/jpeg,image/png,image/webp,application/pdf,.docx,.mp3,.m4a,audio/mpeg,audio/mp4"
                    aria-describedby="tep-goi-y tep-loi"
                />
            </div>
        </section>
    }
}
