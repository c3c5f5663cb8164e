//! Give feedback, on one page.

use super::{
    FormChoices,
    commands::SUBMIT,
    enhance::{ChosenFiles, DraftChoice, FormHelp, WordsHelp},
    fields::{KindChips, WhereSection, WordsSection},
    form::TRUTH_VERSION,
    other_doors::OtherDoors,
    queries::read_form_choices,
    speaker::SpeakerSection,
    who_sees::{WhoSeesCard, WhoSeesFold},
};
use crate::{
    case::Kind,
    routes::{self, Route},
    ui::{FieldError, FileField, Form, FormContext, PublicLayout, QuickExit, SharedDevice, Title},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The id of the form.
pub(super) const FORM_ID: &str = "phan-anh";

/// The key that makes one submission one case; new with every form that is served. A page that is
/// kept in memory is rendered without one.
#[derive(Clone, Debug)]
pub struct SubmissionKey(pub String);

/// The field that gives the form its key from outside: it stands at the end of a kept page, all
/// before it being the same for everybody.
pub fn key_field(key: &str) -> String {
    format!("<input type=\"hidden\" form=\"{FORM_ID}\" name=\"khoa\" value=\"{key}\">")
}

/// What the address of a form says beforehand: a card, a link, the code at a counter.
#[derive(Clone, Default)]
pub(super) struct Prefilled {
    kind: Option<Kind>,
    unit: String,
}

impl Prefilled {
    /// As the page's address has it.
    pub(super) fn from_address() -> Self {
        use_query_map().with_untracked(|query| Self {
            kind: query.get("loai").and_then(|code| Kind::from_code(&code)),
            unit: query.get("don-vi").unwrap_or_default(),
        })
    }

    /// The kind that is chosen at first: the one most people come for, where none is named.
    pub(super) fn kind(&self) -> Kind {
        self.kind.unwrap_or(Kind::Conduct)
    }

    /// Code of the unit, or "".
    pub(super) fn unit(&self) -> String {
        self.unit.clone()
    }

    /// The address again, on `page`.
    pub(super) fn address(&self, page: Route) -> String {
        routes::form_at(page, self.kind, &self.unit)
    }
}

/// `/gui-phan-anh`
#[component]
pub fn FormPage() -> impl IntoView {
    let prefilled = Prefilled::from_address();
    let choices = Resource::new_blocking(|| (), |()| read_form_choices(false));
    view! {
        <PublicLayout>
            <Suspense>
                {move || {
                    let prefilled = prefilled.clone();
                    Suspend::new(async move {
                        let choices = choices.await.unwrap_or_default();
                        view! {
                            <Title text="Gửi phản ánh" />
                            <QuickExit />
                            <h1>"Gửi phản ánh"</h1>
                            <div class="form-columns">
                                <FeedbackForm prefilled choices />
                                <WhoSeesCard />
                            </div>
                            <SharedDevice brief=true />
                        }
                    })
                }}
            </Suspense>
        </PublicLayout>
    }
    .into_any()
}

/// The form of a citizen. Written by the server alone: what the script adds to it are the islands in
/// [`crate::submit::enhance`].
#[component]
fn FeedbackForm(prefilled: Prefilled, choices: FormChoices) -> impl IntoView {
    let contacts = choices.contacts.clone();
    let version = choices.notice_version;
    let (kind, unit) = (prefilled.kind(), prefilled.unit());
    // names that few need are a seventh of the page
    let choices = FormChoices {
        procedures: Vec::new(),
        ..choices
    };
    view! {
        <FormHelp>
            <Form
                command=SUBMIT
                at=prefilled.address(SUBMIT.page)
                class="feedback-form"
                id=FORM_ID
                files=true
            >
                <Key />
                <KindChips kind />
                <WordsSection>
                    <WordsHelp />
                    <DraftChoice />
                    <FileField label="Ảnh, giấy tờ" />
                    <ChosenFiles />
                </WordsSection>
                <WhereSection choices unit />
                <SpeakerSection>
                    <WhoSeesFold />
                </SpeakerSection>
                <OtherDoors contacts />
                <p id="gui" tabindex="-1">
                    "Bấm “Gửi phản ánh” là Ông/Bà xác nhận lời kể là đúng sự thật. "
                    <NoticeLink version />
                </p>
                <FieldError name="gui" />
                <input type="hidden" name="cam_ket" value=TRUTH_VERSION.to_string() />
                <button class="button button-wide" type="submit">
                    "Gửi phản ánh"
                </button>
            </Form>
        </FormHelp>
    }
}

/// How the department uses what is sent: the version in force is recorded with it.
#[component]
pub(super) fn NoticeLink(version: i16) -> impl IntoView {
    let notice = format!("{}#thong-bao", routes::PRIVACY.path);
    view! {
        <input type="hidden" name="ban_thong_bao" value=version.to_string() />
        <a href=notice target="_blank" rel="external">
            "Sở dùng dữ liệu thế nào"
        </a>
    }
}

/// The key of the form that came back, or that of this page; a page that is kept in memory has it
/// at its end.
#[component]
pub(super) fn Key() -> impl IntoView {
    let fresh = use_context::<SubmissionKey>().map(|key| key.0);
    let key = if FormContext::came_back() {
        Some(FormContext::value("khoa", String::new()))
    } else {
        None
    };
    let key = key.filter(|key| !key.is_empty()).or(fresh);
    key.map(|key| view! { <input type="hidden" name="khoa" value=key /> })
}
