//! The second proof beside the password: asked for at sign-in, set up, and kept in order.

use super::{
    commands::{PROVE, RENEW_CODES, SET_UP, TURN_OFF},
    queries,
    view::{RecoveryCodes, SecondFactor, SecondFactorView, Stage},
};
use crate::{
    routes,
    ui::{
        ClosedLayout, Form, Notice, PageError, PasswordField, PublicLayout, Qr, QrCode,
        StaffLayout, Title, Tone, Viewer,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/quan-tri/ma-xac-thuc`
#[component]
pub fn SecondFactorPage() -> impl IntoView {
    let query = use_query_map();
    let next = move || query.with(|query| query.get("tiep").unwrap_or_default());
    let page = Resource::new(next, queries::second_factor_page);
    let body = move || {
        Suspend::new(async move {
            match page.await {
                Ok(SecondFactorView {
                    viewer,
                    stage,
                    next,
                }) => {
                    let stage = view! { <Shown stage next /> }.into_any();
                    view! { <Frame viewer>{stage}</Frame> }.into_any()
                }
                Err(error) => view! {
                    <ClosedLayout>
                        <PageError error here=routes::SECOND_FACTOR.path />
                    </ClosedLayout>
                }
                .into_any(),
            }
        })
    };
    view! {
        <Title text="Xác thực hai bước" />
        <Suspense>{body}</Suspense>
    }
    .into_any()
}

/// The console's frame for whoever is signed in, the site's for whoever is on the way.
#[component]
fn Frame(viewer: Option<Viewer>, children: Children) -> impl IntoView {
    match viewer {
        Some(viewer) => view! { <StaffLayout viewer>{children()}</StaffLayout> }.into_any(),
        None => view! { <PublicLayout>{children()}</PublicLayout> }.into_any(),
    }
}

#[component]
fn Shown(stage: Stage, next: String) -> impl IntoView {
    match stage {
        Stage::Over => view! { <Over /> }.into_any(),
        Stage::Code => view! { <AskForCode next /> }.into_any(),
        Stage::SetUp {
            secret,
            picture,
            required,
        } => view! { <SetUp secret picture required next /> }.into_any(),
        Stage::On(factor) => view! { <On factor /> }.into_any(),
        Stage::Codes(RecoveryCodes(codes)) => view! { <Codes codes next /> }.into_any(),
    }
}

#[component]
fn Over() -> impl IntoView {
    view! {
        <h1>"Cần đăng nhập lại"</h1>
        <p>
            "Lượt đăng nhập đã hết thời gian chờ mã. Vui lòng nhập lại tên và mật khẩu."
        </p>
        <p>
            <a class="button" href=routes::SIGN_IN.path>
                "Đến trang đăng nhập"
            </a>
        </p>
    }
}

#[component]
fn AskForCode(next: String) -> impl IntoView {
    view! {
        <h1>"Nhập mã xác thực"</h1>
        <p class="lede">
            "Mật khẩu đúng. Vui lòng mở ứng dụng xác thực trên điện thoại và nhập mã 6 chữ số đang \
             hiện."
        </p>
        <Form command=PROVE at=routes::second_factor(&next) plain=true>
            <PasswordField
                name="secret_code"
                label="Mã xác thực"
                autocomplete="one-time-code"
                hint="Mất điện thoại: nhập một mã dự phòng; mỗi mã dùng được một lần."
            />
            <button class="button" type="submit">
                "Đăng nhập"
            </button>
        </Form>
        <p class="muted">
            "Không còn điện thoại và mã dự phòng: vui lòng liên hệ người quản trị hệ thống của Sở."
        </p>
    }
}

#[component]
fn SetUp(secret: String, picture: QrCode, required: bool, next: String) -> impl IntoView {
    let why = if required {
        "Vai trò của Ông/Bà cần thêm mã trên điện thoại mỗi lần đăng nhập, để người biết mật khẩu \
         vẫn không vào được hồ sơ. Chỉ cài một lần, khoảng hai phút."
    } else {
        "Khi bật, mỗi lần đăng nhập cần thêm mã 6 chữ số trên điện thoại, để người biết mật khẩu \
         vẫn không vào được hồ sơ."
    };
    view! {
        <h1>"Bật xác thực hai bước"</h1>
        <p class="lede">{why}</p>
        <ol>
            <li>
                "Cài một ứng dụng xác thực trên điện thoại (Google Authenticator, Microsoft \
                 Authenticator, Aegis, FreeOTP…)."
            </li>
            <li>
                "Trong ứng dụng, thêm tài khoản bằng cách quét hình dưới đây, hoặc gõ khóa ghi bên \
                 dưới hình."
            </li>
            <li>"Nhập mã 6 chữ số ứng dụng đang hiện."</li>
        </ol>
        <Qr code=picture label="Mã QR của khóa xác thực" width=232 />
        <p>"Khóa để gõ: "<code class="tabular">{secret}</code></p>
        <Form command=SET_UP at=routes::second_factor(&next) plain=true>
            <PasswordField
                name="secret_code"
                label="Mã xác thực"
                autocomplete="one-time-code"
                hint="6 chữ số, đổi sau mỗi 30 giây."
            />
            <button class="button" type="submit">
                "Bật xác thực hai bước"
            </button>
        </Form>
    }
}

#[component]
fn On(factor: SecondFactor) -> impl IntoView {
    let turn_off = (!factor.required).then(|| {
        view! {
            <Form command=TURN_OFF class="" plain=true>
                <button class="button button-quiet" type="submit">
                    "Tắt xác thực hai bước"
                </button>
            </Form>
        }
    });
    let left = format!("Còn {} mã dự phòng chưa dùng.", factor.codes_left);
    view! {
        <h1>"Xác thực hai bước"</h1>
        <p>
            "Đang bật: mỗi lần đăng nhập cần mật khẩu và mã 6 chữ số của ứng dụng trên điện thoại. "
            {left}
        </p>
        <p class="muted">
            "Tạo mã dự phòng mới thì các mã cũ hết dùng được. Đổi điện thoại: vui lòng liên hệ \
             người quản trị hệ thống của Sở để đặt lại."
        </p>
        <div class="cluster">
            <Form command=RENEW_CODES class="" plain=true>
                <button class="button button-secondary" type="submit">
                    "Tạo mã dự phòng mới"
                </button>
            </Form>
            {turn_off}
        </div>
        <p>
            <a href=routes::ACCOUNT.path>"Về trang tài khoản"</a>
        </p>
    }
}

#[component]
fn Codes(codes: Vec<String>, next: String) -> impl IntoView {
    let codes = codes
        .into_iter()
        .map(|code| {
            view! {
                <li>
                    <code class="tabular">{code}</code>
                </li>
            }
        })
        .collect_view();
    view! {
        <h1>"Mã dự phòng"</h1>
        <Notice tone=Tone::Warning title="Các mã này chỉ hiển thị một lần">
            <p>
                "Khi mất điện thoại, Ông/Bà nhập một mã dự phòng thay cho mã xác thực; mỗi mã dùng \
                 được một lần. Vui lòng in hoặc chép ra giấy và cất ở nơi kín, không để cạnh mật \
                 khẩu."
            </p>
        </Notice>
        <ol>{codes}</ol>
        <p>
            <a class="button no-print" href=next>
                "Tôi đã cất mã, vào trang làm việc"
            </a>
        </p>
    }
}
