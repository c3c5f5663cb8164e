//! The sealed block of a case: what is hidden, from whom, how to ask, and where a request stands.

use super::{
    form::MAX_REASON,
    queries::{DecideOpening, RequestOpening},
    view::{OpeningState, OpeningView, PastOpening},
};
use crate::{
    error::{AppError, FieldErrors},
    ui::{Errors, Notice, TextArea, Tone},
};
use leptos::{form::ActionForm, prelude::*};

/// The actions of the panel; a page that provides them can load anew when [`OpeningActions::version`] changes.
#[derive(Clone, Copy)]
pub struct OpeningActions {
    request: ServerAction<RequestOpening>,
    decide: ServerAction<DecideOpening>,
}

impl OpeningActions {
    /// Makes the actions and provides them to the panel below.
    pub fn provide() -> Self {
        let actions = Self {
            request: ServerAction::new(),
            decide: ServerAction::new(),
        };
        provide_context(actions);
        actions
    }

    /// Grows with each finished action.
    pub fn version(self) -> usize {
        self.request.version().get() + self.decide.version().get()
    }
}

/// The identity of a case, sealed: for the case page and the page of the opening.
#[component]
pub fn OpeningPanel(view: OpeningView) -> impl IntoView {
    let OpeningView {
        number,
        kept_secret,
        is_lead,
        may_ask,
        fresh,
        state,
        past,
    } = view;
    let actions = use_context::<OpeningActions>().unwrap_or_else(OpeningActions::provide);
    let body = match state {
        OpeningState::Sealed if may_ask => {
            view! { <Ask number=number.clone() fresh action=actions.request /> }.into_any()
        }
        OpeningState::Sealed => view! {
            <p class="muted">
                "Tài khoản của Ông/Bà không có quyền đề nghị mở danh tính của hồ sơ này."
            </p>
        }
        .into_any(),
        awaiting @ OpeningState::Awaiting { .. } => {
            view! { <Awaiting awaiting number=number.clone() fresh action=actions.decide /> }
                .into_any()
        }
        OpeningState::Allowed {
            asked_by,
            allowed_by,
            until,
            mine,
        } => view! { <Allowed asked_by allowed_by until mine number=number.clone() /> }.into_any(),
    };
    view! {
        <section class="sealed-block stack" aria-labelledby="niem-phong">
            <h2 id="niem-phong">"Danh tính được niêm phong"</h2>
            <p>
                "Họ tên, địa chỉ, số điện thoại và thư điện tử của người phản ánh được khóa riêng. Đơn vị được phản ánh, người xử lý và người quản trị hệ thống không xem được."
            </p>
            {kept_secret
                .then(|| {
                    view! {
                        <p>
                            "Người phản ánh yêu cầu giữ bí mật danh tính với đơn vị được phản ánh."
                        </p>
                    }
                })}
            {is_lead
                .then(|| {
                    view! {
                        <p>
                            "Hồ sơ này là thông tin tham khảo: người gửi không để lại đủ họ tên hoặc cách liên hệ."
                        </p>
                    }
                })}
            {body}
            <Past past />
        </section>
    }
}

#[component]
fn Ask(number: String, fresh: bool, action: ServerAction<RequestOpening>) -> impl IntoView {
    if !fresh {
        return view! { <PasswordFirst number /> }.into_any();
    }
    let errors = Errors::provide(
        failure(action.value().get_untracked())
            .map(|e| e.fields())
            .unwrap_or_default(),
    );
    let refused = move || failure(action.value().get());
    Effect::new(move || {
        errors
            .0
            .set(refused().map_or_else(FieldErrors::default, |e| e.fields()))
    });
    view! {
        <p>
            "Muốn mở, Ông/Bà nêu lý do để một lãnh đạo khác, không thuộc đơn vị được phản ánh, xem xét. Mỗi bước đều được ghi lại; người phản ánh được biết khi danh tính đã được mở."
        </p>
        <Refusal error=refused number=number.clone() />
        <ActionForm action=action attr:class="stack">
            <input type="hidden" name="number" value=number />
            <TextArea
                name="reason"
                label="Lý do cần biết danh tính"
                rows=4
                maxlength=MAX_REASON
                hint="Ít nhất 20 ký tự. Chỉ người duyệt và Ông/Bà đọc được lý do này."
            />
            <button class="button button-secondary" type="submit">
                "Gửi đề nghị mở danh tính"
            </button>
        </ActionForm>
    }
    .into_any()
}

#[component]
fn Awaiting(
    awaiting: OpeningState,
    number: String,
    fresh: bool,
    action: ServerAction<DecideOpening>,
) -> impl IntoView {
    let OpeningState::Awaiting {
        opening,
        asked_by,
        asked_at,
        reason,
        mine,
        may_decide,
    } = awaiting
    else {
        return ().into_any();
    };
    let next = match (may_decide, fresh) {
        (true, true) => view! { <Decide opening number action /> }.into_any(),
        (true, false) => view! { <PasswordFirst number /> }.into_any(),
        (false, _) if mine => view! {
            <p>
                "Đang chờ một lãnh đạo khác, không thuộc đơn vị được phản ánh, xem xét."
            </p>
        }
        .into_any(),
        (false, _) => {
            view! { <p class="muted">"Đề nghị này do một lãnh đạo khác xem xét."</p> }.into_any()
        }
    };
    view! {
        <h3>"Đề nghị mở danh tính đang chờ duyệt"</h3>
        <dl class="meta-list">
            <dt>"Người đề nghị"</dt>
            <dd>{asked_by}</dd>
            <dt>"Thời điểm"</dt>
            <dd class="tabular">{asked_at}</dd>
            {(!reason.is_empty())
                .then(|| {
                    view! {
                        <dt>"Lý do"</dt>
                        <dd class="story">{reason}</dd>
                    }
                })}
        </dl>
        {next}
    }
    .into_any()
}

#[component]
fn Decide(opening: String, number: String, action: ServerAction<DecideOpening>) -> impl IntoView {
    let refused = move || failure(action.value().get());
    let form =
        |decision: &'static str, class: &'static str, text: &'static str, opening: String| {
            view! {
                <ActionForm action=action>
                    <input type="hidden" name="opening" value=opening />
                    <input type="hidden" name="decision" value=decision />
                    <button class=class type="submit">
                        {text}
                    </button>
                </ActionForm>
            }
        };
    view! {
        <p>
            "Nếu đồng ý, người đề nghị được xem danh tính trong 24 giờ, và người phản ánh được báo trên trang tra cứu."
        </p>
        <Refusal error=refused number />
        <div class="cluster">
            {form("duyet", "button", "Đồng ý mở danh tính", opening.clone())}
            {form("tu_choi", "button button-secondary", "Không đồng ý", opening)}
        </div>
    }
}

#[component]
fn Allowed(
    asked_by: String,
    allowed_by: String,
    until: String,
    mine: bool,
    number: String,
) -> impl IntoView {
    let action = format!("/quan-tri/ho-so/{number}/danh-tinh");
    let button = mine.then(|| {
        view! {
            <form method="post" action=action>
                <button class="button button-secondary" type="submit">
                    "Xem danh tính"
                </button>
            </form>
            <p class="muted">
                "Mỗi lần xem đều được ghi lại. Danh tính chỉ hiển thị trong lần mở trang đó."
            </p>
        }
    });
    view! {
        <h3>"Đã được phép mở danh tính"</h3>
        <dl class="meta-list">
            <dt>"Người đề nghị"</dt>
            <dd>{asked_by}</dd>
            <dt>"Người đồng ý"</dt>
            <dd>{allowed_by}</dd>
            <dt>"Có hiệu lực đến"</dt>
            <dd class="tabular">{until}</dd>
        </dl>
        {button}
    }
}

/// The step before a step that needs a password just given.
#[component]
fn PasswordFirst(number: String) -> impl IntoView {
    let href = password_page(&number);
    view! {
        <p>
            "Việc này cần xác nhận đúng người: vui lòng nhập lại mật khẩu trước. Xác nhận có giá trị trong 5 phút."
        </p>
        <p>
            <a class="button button-secondary" href=href rel="external">
                "Xác nhận mật khẩu để tiếp tục"
            </a>
        </p>
    }
}

/// Why an action was refused, where it is not about a field.
#[component]
fn Refusal(
    error: impl Fn() -> Option<AppError> + Send + Sync + 'static,
    number: String,
) -> impl IntoView {
    let text = move || {
        let error = error().filter(|error| error.fields().is_empty())?;
        let door = matches!(error, AppError::ReauthenticationRequired).then(|| {
            let href = password_page(&number);
            view! {
                <p>
                    <a href=href rel="external">
                        "Xác nhận mật khẩu"
                    </a>
                </p>
            }
        });
        Some(view! {
            <Notice tone=Tone::Danger>
                <p>{error.message()}</p>
                {door}
            </Notice>
        })
    };
    view! { <div role="status">{text}</div> }
}

#[component]
fn Past(past: Vec<PastOpening>) -> impl IntoView {
    let lines = past
        .into_iter()
        .map(|p| {
            view! {
                <li>
                    <span class="tabular">{p.when}</span>
                    ": "
                    {p.what}
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!lines.is_empty()).then(|| {
        view! {
            <details>
                <summary>"Những lần đề nghị trước"</summary>
                <ul>{lines}</ul>
            </details>
        }
    })
}

fn failure(value: Option<Result<(), AppError>>) -> Option<AppError> {
    value.and_then(Result::err)
}

fn password_page(number: &str) -> String {
    crate::accounts::reauthentication_path(&format!("/quan-tri/ho-so/{number}/danh-tinh"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(state: OpeningState, may_ask: bool, fresh: bool) -> String {
        let view = OpeningView {
            number: "PA26-7K3M9Q-X".to_owned(),
            kept_secret: true,
            is_lead: false,
            may_ask,
            fresh,
            state,
            past: Vec::new(),
        };
        Owner::new().with(|| view! { <OpeningPanel view /> }.to_html())
    }

    fn awaiting(mine: bool, may_decide: bool) -> OpeningState {
        let text = str::to_owned;
        OpeningState::Awaiting {
            opening: text("7"),
            asked_by: text("A"),
            asked_at: text("nay"),
            reason: text("</dd><script>"),
            mine,
            may_decide,
        }
    }

    fn allowed(mine: bool) -> OpeningState {
        OpeningState::Allowed {
            asked_by: "A".to_owned(),
            allowed_by: "B".to_owned(),
            until: "mai".to_owned(),
            mine,
        }
    }

    #[test]
    fn a_sealed_identity_says_how_to_ask_to_those_who_may() {
        assert!(shown(OpeningState::Sealed, true, true).contains("name=\"reason\""));
        assert!(!shown(OpeningState::Sealed, false, true).contains("<form"));
        let first = shown(OpeningState::Sealed, true, false);
        assert!(
            !first.contains("<form")
                && first
                    .contains("/quan-tri/xac-nhan?tiep=/quan-tri/ho-so/PA26-7K3M9Q-X/danh-tinh")
        );
    }

    #[test]
    fn only_a_second_leader_gets_the_two_buttons() {
        let both =
            |html: &str| html.contains("Đồng ý mở danh tính") && html.contains("Không đồng ý");
        assert!(both(&shown(awaiting(false, true), true, true)));
        assert!(
            !shown(awaiting(false, true), true, false).contains("<form"),
            "the password first"
        );
        assert!(!shown(awaiting(true, false), true, true).contains("<form"));
        assert!(
            !shown(awaiting(false, true), true, true).contains("<script>"),
            "a reason is text"
        );
    }

    #[test]
    fn only_who_asked_may_look() {
        let post = "<form method=\"post\" action=\"/quan-tri/ho-so/PA26-7K3M9Q-X/danh-tinh\"";
        assert!(shown(allowed(true), true, true).contains(post));
        assert!(!shown(allowed(false), true, true).contains("<form"));
    }
}
