//! The sealed block of a case: what is hidden, from whom, how to request it, and its stage.

use super::{
    commands::{ALLOW, DECIDE, REFUSE, REQUEST, REVEAL},
    form::{FORMER, MAX_REASON, PASSWORD},
    view::{OpeningState, OpeningView, PastOpening},
};
use crate::{
    routes,
    ui::{Form, FormState, PasswordField, TextArea},
};
use leptos::prelude::*;

/// The identity of a case, sealed: for the case page and the page of the opening.
#[component]
pub fn OpeningPanel(
    view: OpeningView,
    /// Whether it is what the page is about.
    #[prop(optional)]
    unfolded: bool,
) -> impl IntoView {
    let OpeningView {
        number,
        kept_secret,
        is_lead,
        may_ask,
        recently_authenticated,
        purpose,
        state,
        past,
    } = view;
    // what waits for somebody is not folded, nor a form that came back
    let open = unfolded
        || !matches!(state, OpeningState::Sealed)
        || [REQUEST, DECIDE, REVEAL]
            .into_iter()
            .any(FormState::is_returned);
    let body = match state {
        OpeningState::Sealed if may_ask => {
            view! { <Ask number=number.clone() purpose recently_authenticated /> }.into_any()
        }
        OpeningState::Sealed => view! {
            <p class="muted">
                "Tài khoản của Ông/Bà không có quyền đề nghị mở danh tính của hồ sơ này."
            </p>
        }
        .into_any(),
        awaiting @ OpeningState::Awaiting { .. } => {
            view! { <Awaiting awaiting number=number.clone() /> }.into_any()
        }
        OpeningState::Allowed {
            asked_by,
            allowed_by,
            until,
            mine,
        } => view! { <Allowed asked_by allowed_by until mine number=number.clone() /> }.into_any(),
    };
    view! {
        <details class="sealed-block stack identity" open=open>
            <summary>
                <h2>"Danh tính được niêm phong"</h2>
            </summary>
            <p>
                "Họ tên, địa chỉ, số điện thoại và email của người phản ánh được khóa \
                 riêng. Đơn vị được phản ánh, người xử lý và người quản trị hệ thống không xem \
                 được."
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
                            "Hồ sơ này là thông tin tham khảo: người gửi không để lại đủ họ tên \
                             hoặc cách liên hệ."
                        </p>
                    }
                })}
            {body}
            <Past past />
        </details>
    }
}

#[component]
fn Ask(number: String, purpose: String, recently_authenticated: bool) -> impl IntoView {
    if !recently_authenticated {
        return view! { <PasswordFirst number /> }.into_any();
    }
    view! {
        <p>
            "Muốn mở, Ông/Bà nêu lý do để một lãnh đạo không thuộc đơn vị được phản ánh \
             xem xét. Mỗi bước đều được ghi lại; người phản ánh được biết khi danh tính đã được \
             mở."
        </p>
        <Form command=REQUEST at=routes::OPENING.with(&number)>
            <TextArea
                name="reason"
                label="Lý do cần biết danh tính"
                value=purpose
                rows=4
                maxlength=MAX_REASON
                hint="Ít nhất 20 ký tự. Chỉ người duyệt và Ông/Bà đọc được lý do này."
            />
            <button class="button button-secondary" type="submit">
                "Gửi đề nghị mở danh tính"
            </button>
        </Form>
    }
    .into_any()
}

#[component]
fn Awaiting(awaiting: OpeningState, number: String) -> impl IntoView {
    let OpeningState::Awaiting {
        opening,
        asked_by,
        asked_at,
        reason,
        mine,
        may_decide,
        barred,
    } = awaiting
    else {
        return ().into_any();
    };
    let next = match (may_decide, mine) {
        (true, _) => view! { <Decide opening number /> }.into_any(),
        (false, true) => view! {
            <p>
                "Đang chờ một lãnh đạo không thuộc đơn vị được phản ánh xem xét."
            </p>
        }
        .into_any(),
        (false, false) if barred.is_empty() => {
            view! { <p class="muted">"Đề nghị này do một lãnh đạo khác xem xét."</p> }.into_any()
        }
        (false, false) => view! { <p>{barred}</p> }.into_any(),
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
fn Decide(opening: String, number: String) -> impl IntoView {
    let page = routes::OPENING.with(&number);
    let subject = |decision: &str| ("decision", decision.to_owned());
    let refused = opening.clone();
    view! {
        <p>
            "Nếu đồng ý, người đề nghị được xem danh tính trong 24 giờ, và người phản ánh được \
             báo trên trang tra cứu."
        </p>
        <Form command=DECIDE at=page.clone() subject=subject(ALLOW)>
            <input type="hidden" name="opening" value=opening />
            <Proof />
            <button class="button" type="submit">
                "Đồng ý mở danh tính"
            </button>
        </Form>
        <Form command=DECIDE at=page class="" subject=subject(REFUSE)>
            <input type="hidden" name="opening" value=refused />
            <button class="button button-secondary" type="submit">
                "Không đồng ý"
            </button>
        </Form>
    }
}

/// The password for this one step, checked by the unsealer and not by the web.
#[component]
fn Proof() -> impl IntoView {
    view! {
        <PasswordField
            name=PASSWORD
            label="Mật khẩu của Ông/Bà"
            hint="Mỗi lần đều phải nhập, để chắc chắn đúng người."
            autocomplete="current-password"
        />
        <details>
            <summary>"Tôi vừa đổi mật khẩu"</summary>
            <PasswordField
                name=FORMER
                label="Mật khẩu trước khi đổi"
                hint="Chỉ cần nhập một lần sau khi đổi mật khẩu."
                autocomplete="current-password"
            />
        </details>
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
    let button = mine.then(|| {
        view! {
            <Form command=REVEAL at=routes::OPENING.with(&number) plain=true>
                <Proof />
                <button class="button button-secondary" type="submit">
                    "Xem danh tính"
                </button>
            </Form>
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
            "Việc này cần xác nhận đúng người: vui lòng nhập lại mật khẩu trước. Xác nhận có giá \
             trị trong 5 phút."
        </p>
        <p>
            <a class="button button-secondary" href=href rel="external">
                "Xác nhận mật khẩu để tiếp tục"
            </a>
        </p>
    }
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

fn password_page(number: &str) -> String {
    crate::accounts::reauthentication_path(&routes::OPENING.with(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(state: OpeningState, may_ask: bool, recently_authenticated: bool) -> String {
        let view = OpeningView {
            number: "PA26-7K3M9Q-X".to_owned(),
            kept_secret: true,
            is_lead: false,
            may_ask,
            purpose: String::new(),
            recently_authenticated,
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
            barred: String::new(),
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
                && first.contains(
                    "/quan-tri/xac-nhan?tiep=%2Fquan-tri%2Fho-so%2FPA26-7K3M9Q-X%2Fdanh-tinh"
                )
        );
    }

    #[test]
    fn only_a_second_leader_gets_the_two_buttons() {
        let both =
            |html: &str| html.contains("Đồng ý mở danh tính") && html.contains("Không đồng ý");
        let second = shown(awaiting(false, true), true, false);
        assert!(both(&second) && second.contains("name=\"secret_password\""));
        assert!(!shown(awaiting(true, false), true, true).contains("<form"));
        assert!(
            !shown(awaiting(false, true), true, true).contains("<script>"),
            "a reason is text"
        );
    }

    #[test]
    fn only_who_asked_may_look() {
        let post = "method=\"post\" action=\"/quan-tri/ho-so/PA26-7K3M9Q-X/danh-tinh?viec=xem\"";
        assert!(shown(allowed(true), true, true).contains(post));
        assert!(!shown(allowed(false), true, true).contains("<form"));
    }
}
