//! `/tra-cuu/ho-so`: status, deadline, answer, conversation.

use super::{
    commands::{REOPEN, WRITE},
    follow_forms::{
        Allowed, NoWithdrawal, RateForm, ReopenForm, ResumeForm, TooLate, WithdrawForm, WriteForm,
    },
    follow_parts::{Answers, Asked, Conversation, EndingNotice, Head, Identity, Sent},
    form::done_message,
    queries::follow_case,
    view::FollowedCase,
};
use crate::{
    error::AppError,
    routes,
    ui::{
        FormState, Notice, PageError, PublicLayout, QuickExit, SharedDevice, Timeline, Title, Tone,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page of one case.
#[component]
pub fn FollowPage() -> impl IntoView {
    let done = use_query_map().with_untracked(|query| query.get("xong").as_deref().and_then(told));
    let case = Resource::new(|| (), |()| follow_case());
    view! {
        <Title text="Phản ánh của Ông/Bà" />
        <PublicLayout>
            <Suspense>
                {move || {
                    Suspend::new(async move {
                        match case.await {
                            Ok(case) => view! { <Following case done /> }.into_any(),
                            Err(error) => view! { <NotOpened error /> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </PublicLayout>
    }
    .into_any()
}

/// The message for the action that led here; calmer if it had been done before or came too
/// late.
fn told(word: &str) -> Option<(Tone, &'static str)> {
    let tone = if matches!(word, "da-co" | "khong-con") {
        Tone::Info
    } else {
        Tone::Success
    };
    done_message(word).map(|message| (tone, message))
}

/// The case could not be read; if its session ran out while something was being written, that is
/// asked for again.
#[component]
fn NotOpened(error: AppError) -> impl IntoView {
    match FormState::returned() {
        Some(form) if error == AppError::SignInRequired => view! { <ResumeForm form /> }.into_any(),
        _ => view! { <PageError error here=routes::FOLLOW.path /> }.into_any(),
    }
}

/// Everything about the case: the matter, and where it stands.
#[component]
pub(super) fn Following(case: FollowedCase, done: Option<(Tone, &'static str)>) -> impl IntoView {
    let (may, mark) = (case.may, case.mark.clone());
    let (to_rate, to_reopen) = (mark.clone(), mark.clone());
    let (to_choose, to_withdraw) = (mark.clone(), mark.clone());
    view! {
        <QuickExit />
        {done
            .map(|(tone, message)| {
                view! {
                    <Notice tone>
                        <p>{message}</p>
                    </Notice>
                }
            })}
        <Head case=case.clone() />
        {(!case.asked.is_empty()).then(|| view! { <Asked asked=case.asked /> })}
        {case.ending.map(|ending| view! { <EndingNotice ending /> })}
        <Answers answers=case.answers is_answered=case.is_answered rated=case.rated />
        {may.rate.then(|| view! { <RateForm mark=to_rate /> })}
        {may.reopen.then(|| view! { <ReopenForm mark=to_reopen /> })}
        {(!may.reopen && FormState::is_returned(REOPEN))
            .then(|| view! { <TooLate command=REOPEN field="ly_do" /> })}
        <section class="stack" id="trao-doi">
            <h2>"Trao đổi với Sở"</h2>
            <Conversation words=case.words />
            {may
                .write
                .then(|| {
                    view! { <WriteForm key=case.key mark supplement=may.supplement /> }
                })}
            {(!may.write && FormState::is_returned(WRITE))
                .then(|| view! { <TooLate command=WRITE field="tin_nhan" /> })}
        </section>
        <section class="stack">
            <h2>"Diễn biến"</h2>
            <Timeline items=case.timeline />
        </section>
        <Sent story=case.story files=case.files />
        <Identity openings=case.openings />
        <Allowed mark=to_choose consent=case.consent is_lead=case.is_lead />
        {may.withdraw.then(|| view! { <WithdrawForm mark=to_withdraw /> })}
        {may.withdraw_by_word.then(|| view! { <NoWithdrawal /> })}
        <p class="muted">
            "Trang này tự đóng sau 30 phút không sử dụng, muộn nhất sau 4 giờ."
        </p>
        <SharedDevice />
    }
}
