//! Signing in, and giving the password again. Plain forms: nothing of a session lives in the browser's program.

use super::{
    form::SignInDraft,
    problem::Problem,
    queries,
    view::{ReauthenticationView, SignInView},
};
use crate::ui::{ClosedLayout, ErrorSummary, Errors, PublicLayout, StaffLayout, TextField, Title};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/quan-tri/dang-nhap`
#[component]
pub fn SignInPage() -> impl IntoView {
    let query = use_query_map();
    let page = Resource::new(
        move || query.with(|q| q.get("tiep").unwrap_or_default()),
        queries::sign_in_page,
    );
    let body = move || {
        Suspend::new(async move {
            // where the database is away the form stands all the same: sending it tells
            let SignInView { draft } = page.await.unwrap_or_default();
            view! { <SignInForm draft /> }
        })
    };
    view! {
        <Title text="Đăng nhập" />
        <PublicLayout>
            <h1>"Đăng nhập"</h1>
            <p class="lede">
                "Dành cho cán bộ, công chức của Sở. Người dân gửi và theo dõi phản ánh không cần tài khoản."
            </p>
            <Suspense>{body}</Suspense>
        </PublicLayout>
    }
    .into_any()
}

#[component]
fn SignInForm(draft: SignInDraft) -> impl IntoView {
    Errors::provide(fields(&draft));
    view! {
        <form class="stack" method="post">
            <ErrorSummary />
            <OtherProblem draft=draft.clone() />
            <TextField
                name="username"
                label="Tên đăng nhập"
                value=draft.username
                autocomplete="username"
            />
            <TextField
                name="password"
                label="Mật khẩu"
                kind="password"
                autocomplete="current-password"
            />
            <button class="button" type="submit">
                "Đăng nhập"
            </button>
        </form>
        <p class="muted">
            "Quên mật khẩu: vui lòng liên hệ người quản trị hệ thống của Sở."
        </p>
    }
}

/// `/quan-tri/xac-nhan`
#[component]
pub fn ReauthenticationPage() -> impl IntoView {
    let page = Resource::new(|| (), |()| queries::reauthentication_page());
    let body = move || {
        Suspend::new(async move {
            match page.await {
                Ok(view) => view! { <Reauthentication view /> }.into_any(),
                Err(error) => view! {
                    <ClosedLayout>
                        <Problem error here="/quan-tri" />
                    </ClosedLayout>
                }
                .into_any(),
            }
        })
    };
    view! {
        <Title text="Xác nhận mật khẩu" />
        <Suspense>{body}</Suspense>
    }
    .into_any()
}

#[component]
fn Reauthentication(view: ReauthenticationView) -> impl IntoView {
    let ReauthenticationView { viewer, draft } = view;
    Errors::provide(fields(&draft));
    view! {
        <StaffLayout viewer>
            <h1>"Xác nhận mật khẩu"</h1>
            <p class="lede">
                "Việc Ông/Bà sắp làm cần chắc chắn đúng người. Vui lòng nhập lại mật khẩu; xác nhận có giá trị trong 5 phút."
            </p>
            <form class="stack" method="post">
                <ErrorSummary />
                <OtherProblem draft />
                <TextField
                    name="password"
                    label="Mật khẩu"
                    kind="password"
                    autocomplete="current-password"
                />
                <button class="button" type="submit">
                    "Xác nhận"
                </button>
            </form>
        </StaffLayout>
    }
}

/// What went wrong beside the fields: too many tries, database away.
#[component]
fn OtherProblem(draft: SignInDraft) -> impl IntoView {
    let other = draft.error.filter(|error| error.fields().is_empty());
    other.map(|error| view! { <Problem error here="/quan-tri" /> })
}

fn fields(draft: &SignInDraft) -> crate::error::FieldErrors {
    draft
        .error
        .as_ref()
        .map(crate::error::AppError::fields)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::form::not_these;

    fn shown(draft: SignInDraft) -> String {
        Owner::new().with(|| view! { <SignInForm draft /> }.to_html())
    }

    #[test]
    fn the_form_posts_by_itself_under_the_agreed_labels() {
        let html = shown(SignInDraft::default());
        assert!(html.contains("method=\"post\""));
        for label in ["Tên đăng nhập", "Mật khẩu", ">Đăng nhập</button>"] {
            assert!(html.contains(label), "{label}: {html}");
        }
    }

    #[test]
    fn a_refused_form_keeps_the_name_and_says_why() {
        let html = shown(SignInDraft {
            username: "vanphong1\"><b>".to_owned(),
            error: Some(not_these().into()),
        });
        assert!(html.contains("Tên đăng nhập hoặc mật khẩu chưa đúng"));
        assert!(html.contains("value=\"vanphong1&quot;"), "{html}");
        let html = shown(SignInDraft {
            username: String::new(),
            error: Some(crate::error::AppError::TooManyRequests),
        });
        assert!(html.contains("Có quá nhiều lần thử"));
    }
}
