//! `/tra-cuu/ho-so`: status, deadline, answer, conversation.

use super::{
    follow_forms::{LeaveForm, RateForm, ReopenForm, ResumeForm, WithdrawForm, WriteForm},
    follow_parts::{Asked, Conversation, EndingNotice, Head, Identity, Reply, Sent},
    form::{FollowDraft, done_message},
    queries::follow_case,
    view::CaseView,
};
use crate::{
    error::AppError,
    ui::{ErrorSummary, Errors, Notice, PublicLayout, Timeline, Title, Tone},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page of one case.
#[component]
pub fn FollowPage() -> impl IntoView {
    let draft = use_context::<FollowDraft>().unwrap_or_default();
    Errors::provide(draft.errors.clone());
    let done = use_query_map().with_untracked(|query| query.get("xong").as_deref().and_then(told));
    let case = Resource::new(|| (), |()| follow_case());
    view! {
        <Title text="Phản ánh của Ông/Bà" />
        <PublicLayout>
            <Suspense>
                {move || {
                    let draft = draft.clone();
                    Suspend::new(async move {
                        match case.await {
                            Ok(case) => view! { <Following case draft done /> }.into_any(),
                            Err(AppError::SignInRequired) => {
                                view! { <ResumeForm draft /> }.into_any()
                            }
                            Err(error) => view! { <Away error /> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </PublicLayout>
    }
    .into_any()
}

/// What the page says of the deed that led here; calmer where it had been done before or came too late.
fn told(word: &str) -> Option<(Tone, &'static str)> {
    let tone = if matches!(word, "da-co" | "khong-con") {
        Tone::Info
    } else {
        Tone::Success
    };
    done_message(word).map(|message| (tone, message))
}

/// The case could not be read.
#[component]
fn Away(error: AppError) -> impl IntoView {
    view! {
        <h1>"Chưa mở được hồ sơ"</h1>
        <Notice tone=Tone::Danger>
            <p>{error.message()}</p>
        </Notice>
        <p>
            <a class="button button-secondary" href="/tra-cuu/ho-so" rel="external">
                "Thử lại"
            </a>
        </p>
    }
}

/// Everything about the case, the status first.
#[component]
pub(super) fn Following(
    case: CaseView,
    draft: FollowDraft,
    done: Option<(Tone, &'static str)>,
) -> impl IntoView {
    let may = case.may;
    let key = case.key.clone();
    view! {
        {done
            .map(|(tone, message)| {
                view! {
                    <Notice tone>
                        <p>{message}</p>
                    </Notice>
                }
            })}
        <Head
            number=case.number
            sentence=case.sentence
            why=case.why
            is_lead=case.is_lead
            facts=case.facts
        />
        <ErrorSummary />
        {(!case.asked.is_empty()).then(|| view! { <Asked asked=case.asked /> })}
        {case.ending.map(|ending| view! { <EndingNotice ending /> })}
        {(!case.reply.is_empty()).then(|| view! { <Reply reply=case.reply rated=case.rated /> })}
        {may.rate.then(|| view! { <RateForm draft=draft.clone() key=key.clone() /> })}
        {may.reopen.then(|| view! { <ReopenForm draft=draft.clone() key=key.clone() /> })}
        <section class="stack" id="trao-doi">
            <h2>"Trao đổi với Sở"</h2>
            <Conversation words=case.words />
            {may
                .write
                .then(|| {
                    view! {
                        <WriteForm draft=draft.clone() key=key.clone() supplement=may.supplement />
                    }
                })}
        </section>
        <section class="stack">
            <h2>"Diễn biến"</h2>
            <Timeline items=case.timeline />
        </section>
        <Sent story=case.story files=case.files />
        <Identity openings=case.openings />
        {may.withdraw.then(|| view! { <WithdrawForm draft key /> })}
        <LeaveForm />
    }
}
