//! Signing in, and giving the password again. Plain forms: nothing of a session lives in the
//! browser's program.

use super::{
    commands::{CHANGE_PASSWORD, REAUTHENTICATE, SIGN_IN},
    form::{reauthentication_path, sign_in_path},
    queries,
    view::ReauthenticationView,
};
use crate::{
    routes,
    ui::{
        ClosedLayout, Form, Notice, PageError, PasswordField, PublicLayout, StaffLayout, TextField,
        Title, Tone,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page to go on to.
fn next_page() -> String {
    use_query_map().with_untracked(|query| query.get("tiep").unwrap_or_default())
}

/// `/quan-tri/dang-nhap`
#[component]
pub fn SignInPage() -> impl IntoView {
    let page = Resource::new(next_page, queries::sign_in_page);
    let next = next_page();
    let done = use_query_map().with_untracked(|query| query.get("xong").unwrap_or_default());
    let told = (done == CHANGE_PASSWORD.name).then(|| {
        view! {
            <Notice tone=Tone::Success>
                <p>
                    "Đã đặt mật khẩu. Mời Ông/Bà đăng nhập bằng mật khẩu vừa đặt."
                </p>
            </Notice>
        }
    });
    let body = move || {
        let next = next.clone();
        Suspend::new(async move {
            // shown even if the database is unreachable: submitting the form reports it
            let _asked = page.await;
            view! { <SignInForm next /> }
        })
    };
    view! {
        <Title text="Đăng nhập" />
        <PublicLayout>
            <h1>"Đăng nhập"</h1>
            <p class="lede">
                "Dành cho cán bộ, công chức của Sở. Người dân gửi và theo dõi phản ánh không cần \
                 tài khoản."
            </p>
            {told}
            <Suspense>{body}</Suspense>
        </PublicLayout>
    }
    .into_any()
}

#[component]
fn SignInForm(next: String) -> impl IntoView {
    view! {
        <Form command=SIGN_IN at=sign_in_path(&next) plain=true>
            <TextField name="username" label="Tên đăng nhập" autocomplete="username" />
            <PasswordField
                name="secret_password"
                label="Mật khẩu"
                autocomplete="current-password"
            />
            <button class="button" type="submit">
                "Đăng nhập"
            </button>
        </Form>
        <p class="muted">
            "Quên mật khẩu hoặc mất điện thoại: vui lòng liên hệ người quản trị hệ thống của Sở; \
             lãnh đạo Sở xác nhận rồi Ông/Bà tự đặt mật khẩu mới."
        </p>
    }
}

/// `/quan-tri/xac-nhan`
#[component]
pub fn ReauthenticationPage() -> impl IntoView {
    let page = Resource::new(|| (), |()| queries::reauthentication_page());
    let next = next_page();
    let body = move || {
        let next = next.clone();
        Suspend::new(async move {
            match page.await {
                Ok(view) => view! { <Reauthentication view next /> }.into_any(),
                Err(error) => view! {
                    <ClosedLayout>
                        <PageError error here=routes::INBOX.path />
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
fn Reauthentication(view: ReauthenticationView, next: String) -> impl IntoView {
    view! {
        <StaffLayout viewer=view.viewer>
            <h1>"Xác nhận mật khẩu"</h1>
            <p class="lede">
                "Việc Ông/Bà sắp làm cần chắc chắn đúng người. Vui lòng nhập lại mật khẩu; xác \
                 nhận có giá trị trong 5 phút."
            </p>
            <Form command=REAUTHENTICATE at=reauthentication_path(&next) plain=true>
                <PasswordField
                    name="secret_password"
                    label="Mật khẩu"
                    autocomplete="current-password"
                />
                <button class="button" type="submit">
                    "Xác nhận"
                </button>
            </Form>
        </StaffLayout>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        accounts::form::invalid_credentials,
        error::AppError,
        ui::{FormState, ReturnedForm},
    };

    fn shown(refused: Option<(&str, AppError)>) -> String {
        Owner::new().with(|| {
            if let Some((username, error)) = refused {
                let values = [("username".to_owned(), username.to_owned())];
                let command = SIGN_IN.endpoint();
                let form = FormState::refused(command, values, Vec::new(), &error);
                provide_context(ReturnedForm::new(form));
            }
            let form = view! { <SignInForm next=String::new() /> };
            form.to_html().replace("<!>", "")
        })
    }

    #[test]
    fn the_form_posts_by_itself_under_the_agreed_labels() {
        let html = shown(None);
        assert!(html.contains("method=\"post\""));
        for label in ["Tên đăng nhập", "Mật khẩu", ">Đăng nhập</button>"] {
            assert!(html.contains(label), "{label}: {html}");
        }
    }

    #[test]
    fn a_refused_form_keeps_the_name_and_says_why() {
        let html = shown(Some(("vanphong1\"><b>", invalid_credentials().into())));
        assert!(html.contains("Tên đăng nhập hoặc mật khẩu chưa đúng"));
        assert!(html.contains("value=\"vanphong1&quot;"), "{html}");
        let html = shown(Some(("", AppError::TooManyRequests)));
        assert!(html.contains("Có quá nhiều lần thử"));
    }
}
