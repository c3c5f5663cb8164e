//! One action opens in place with exactly its required fields. Typed text stays where an action is refused.

use super::{commands::*, form::findings, letters::Door, refusal::REFUSALS};
use crate::{
    case::{Action, Kind},
    casework::case_page::{
        Changes,
        view::{CaseFile, Offers},
    },
    error::{AppError, FieldErrors},
    ui::{CheckField, CheckGroup, Choice, Errors, Notice, RadioGroup, SelectField, TextArea, Tone},
};
use leptos::{
    context::Provider,
    form::ActionForm,
    prelude::*,
    server_fn::{Http, ServerFn, client::Client, codec::PostUrl, request::ClientReq},
};
use serde::de::DeserializeOwned;

/// What this person may do now; the most likely stands open.
#[component]
pub fn ActionForms(file: CaseFile) -> impl IntoView {
    let actions: Vec<Action> = file
        .actions
        .iter()
        .filter_map(|code| Action::from_code(code))
        .collect();
    let body = if actions.is_empty() {
        view! {
            <p class="muted">
                "Hiện không có việc nào tài khoản này cần làm với hồ sơ."
            </p>
        }
        .into_any()
    } else {
        actions
            .into_iter()
            .enumerate()
            .map(|(at, action)| form_of(action, &file, at == 0))
            .collect_view()
            .into_any()
    };
    view! {
        <section class="card case-actions" aria-labelledby="viec-tiep">
            <h2 id="viec-tiep">"Việc tiếp theo"</h2>
            {body}
        </section>
    }
}

fn form_of(action: Action, file: &CaseFile, open: bool) -> AnyView {
    let at = At {
        action,
        number: file.number.clone(),
        seen: file.seen,
        open,
    };
    let offers = &file.offers;
    match action {
        Action::Receive => at.form::<ReceiveCase, _>(line("Ngày nhận giữ nguyên là ngày phản ánh đến.")),
        Action::Classify => at.form::<ClassifyCase, _>(classify_fields(file.kind, offers)),
        Action::WriteExtract => at.form::<WriteExtract, _>(extract_fields(&file.extract)),
        Action::Assign => at.form::<AssignCase, _>(assign_fields(offers)),
        Action::SendBack => at.form::<SendBack, _>(area("back_reason", "Lý do trả lại", "")),
        Action::StartVerifying => at.form::<StartVerifying, _>(line("Người phản ánh sẽ thấy hồ sơ đang được xác minh.")),
        Action::Conclude => at.form::<ConcludeCase, _>(conclude_fields(file)),
        Action::SubmitForApproval => at.form::<SubmitDraft, _>(reply_fields(&file.reply)),
        Action::ReturnDraft => at.form::<ReturnDraft, _>(area("comment", "Ý kiến về dự thảo", "")),
        Action::Answer => at.form::<AnswerCase, _>(line("Người phản ánh đọc được nội dung trả lời ngay sau khi phê duyệt.")),
        Action::Close => at.form::<CloseCase, _>(line(
            "Đóng khi đã quá 10 ngày làm việc mà người phản ánh không đề nghị xem lại, hoặc theo ý kiến lãnh đạo.",
        )),
        Action::RequestInfo => at.form::<AskSupplement, _>(area(
            "missing",
            "Những gì cần bổ sung",
            "Chỉ được yêu cầu một lần; vui lòng ghi đủ. Thời hạn tạm dừng từ hôm nay.",
        )),
        Action::Note => at.form::<WriteNote, _>(area("note", "Ghi chú", "Chỉ người xử lý hồ sơ này đọc được.")),
        Action::Message => at.form::<WriteMessage, _>(area("message", "Tin nhắn", "Người phản ánh đọc trên trang tra cứu.")),
        Action::ProposeRefusal => at.form::<ProposeRefusal, _>(refusal_fields()),
        Action::ApproveRefusal => at.form::<ApproveRefusal, _>(line("Người phản ánh nhận được lý do và hướng dẫn kèm theo đề xuất.")),
        Action::ProposeForward => at.form::<ProposeForward, _>(forward_fields(offers)),
        Action::ApproveForward => at.form::<ApproveForward, _>(line("Người phản ánh được báo cơ quan tiếp nhận.")),
        Action::RejectProposal => at.form::<RejectProposal, _>(area("rejection", "Lý do không duyệt", "")),
        Action::Redirect => at.form::<RedirectCase, _>(redirect_fields()),
        Action::Supplement | Action::Reopen | Action::Withdraw => ().into_any(),
    }
}

/// Where a form stands.
struct At {
    action: Action,
    number: String,
    seen: i64,
    open: bool,
}

impl At {
    /// The form of one action around its fields. Fields are made inside, so that they find the errors of their own form.
    fn form<S, P>(self, fields: impl FnOnce() -> AnyView + Send + 'static) -> AnyView
    where
        S: DeserializeOwned
            + ServerFn<Protocol = Http<PostUrl, P>, Output = (), Error = AppError>
            + Clone
            + Send
            + Sync
            + 'static,
        S::Client: Client<AppError>,
        <<S::Client as Client<AppError>>::Request as ClientReq<AppError>>::FormData:
            From<leptos::web_sys::FormData>,
        P: 'static,
    {
        let Self {
            action: what,
            number,
            seen,
            open,
        } = self;
        let sending = ServerAction::<S>::new();
        let errors = Errors(RwSignal::new(first_errors(
            &sending.value().get_untracked(),
        )));
        follow(sending.value(), errors);
        let open = open || sending.value().with_untracked(Option::is_some);
        let failed = move || {
            sending.value().with(|value| {
                value
                    .as_ref()
                    .and_then(|result| result.as_ref().err().map(AppError::message))
            })
        };
        let button = if matches!(what, Action::ApproveRefusal | Action::ProposeRefusal) {
            "button button-danger"
        } else {
            "button"
        };
        view! {
            <details class="action" open=open>
                <summary>{what.label()}</summary>
                <Provider value=errors>
                    <ActionForm action=sending>
                        <input type="hidden" name="number" value=number />
                        <input type="hidden" name="seen" value=seen.to_string() />
                        <div role="alert">
                            {move || {
                                failed()
                                    .map(|message| {
                                        view! {
                                            <Notice tone=Tone::Danger>
                                                <p>{message}</p>
                                            </Notice>
                                        }
                                    })
                            }}
                        </div>
                        {fields()}
                        <button class=button type="submit" disabled=move || sending.pending().get()>
                            {what.label()}
                        </button>
                    </ActionForm>
                </Provider>
            </details>
        }
        .into_any()
    }
}

type Answered = Option<Result<(), AppError>>;

fn first_errors(value: &Answered) -> FieldErrors {
    value
        .as_ref()
        .and_then(|result| result.as_ref().err())
        .map(AppError::fields)
        .unwrap_or_default()
}

/// After an answer: errors to their fields, or the case read again.
fn follow(value: impl Get<Value = Answered> + Send + Sync + 'static, errors: Errors) {
    let changes = use_context::<Changes>();
    Effect::new(move |_| match value.get() {
        Some(Ok(())) => {
            if let Some(changes) = changes {
                changes.0.update(|count| *count += 1);
            }
        }
        Some(Err(error)) => errors.0.set(error.fields()),
        None => {}
    });
}

fn line(text: &'static str) -> impl FnOnce() -> AnyView + Send + 'static {
    move || view! { <p class="muted">{text}</p> }.into_any()
}

fn area(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
) -> impl FnOnce() -> AnyView + Send + 'static {
    move || view! { <TextArea name label hint rows=5 /> }.into_any()
}

fn choices(list: &[(String, String)]) -> Vec<Choice> {
    list.iter()
        .map(|(value, label)| Choice::new(value.as_str(), label.as_str()))
        .collect()
}

fn classify_fields(kind: Kind, offers: &Offers) -> impl FnOnce() -> AnyView + Send + 'static {
    let kinds = Kind::ALL
        .iter()
        .map(|kind| Choice::new(kind.code(), kind.label()))
        .collect::<Vec<_>>();
    let reasons = crate::case::REASONS.iter().map(|reason| {
        Choice::new(
            reason.code,
            format!("{} – {}", reason.kind.short(), reason.label),
        )
    });
    let reasons = reasons.collect::<Vec<_>>();
    let ticked = offers.reasons.clone();
    move || {
        view! {
            <RadioGroup name="kind" legend="Loại" choices=kinds value=kind.code() />
            <CheckGroup
                name="reasons[]"
                legend="Lý do"
                hint="Chỉ lý do thuộc loại đã chọn được ghi nhận."
                choices=reasons
                values=ticked
            />
            <CheckField
                name="denunciation"
                label="Giữ kín – có dấu hiệu tố cáo"
                hint="Chỉ lãnh đạo Sở và tổ kiểm tra còn xem được hồ sơ."
            />
        }
        .into_any()
    }
}

fn extract_fields(extract: &str) -> impl FnOnce() -> AnyView + Send + 'static {
    let value = extract.to_owned();
    move || {
        view! {
            <TextArea
                name="extract"
                label="Bản trích"
                hint="Đơn vị chỉ đọc bản này. Không ghi tên, số điện thoại, địa chỉ, số thửa hay chi tiết cho biết ai phản ánh."
                value
                rows=8
            />
        }
            .into_any()
    }
}

fn assign_fields(offers: &Offers) -> impl FnOnce() -> AnyView + Send + 'static {
    let (units, handlers, barred) = (
        choices(&offers.units),
        choices(&offers.handlers),
        offers.barred.clone(),
    );
    move || {
        let barred = barred
            .into_iter()
            .map(|reason| view! { <li>{reason}</li> })
            .collect::<Vec<_>>();
        view! {
            <SelectField name="unit" label="Đơn vị xử lý" choices=units />
            {(!barred.is_empty())
                .then(|| {
                    view! {
                        <details class="case-barred">
                            <summary>"Đơn vị không giao được, và vì sao"</summary>
                            <ul>{barred}</ul>
                        </details>
                    }
                })}
            <SelectField
                name="handler"
                label="Người xử lý"
                choices=handlers
                empty="Để đơn vị phân công"
                optional=true
            />
        }
        .into_any()
    }
}

fn conclude_fields(file: &CaseFile) -> impl FnOnce() -> AnyView + Send + 'static {
    let list = findings(file.kind)
        .iter()
        .map(|finding| Choice::new(finding.code(), finding.label()))
        .collect::<Vec<_>>();
    let chosen = file
        .finding
        .map(|finding| finding.code())
        .unwrap_or_default();
    let measures = file.measures.clone();
    move || {
        view! {
            <RadioGroup name="finding" legend="Kết luận" choices=list value=chosen />
            <TextArea
                name="measures"
                label="Kết quả xác minh và biện pháp xử lý"
                value=measures
                rows=8
            />
        }
        .into_any()
    }
}

fn reply_fields(reply: &str) -> impl FnOnce() -> AnyView + Send + 'static {
    let value = if reply.is_empty() {
        REPLY_SKELETON.to_owned()
    } else {
        reply.to_owned()
    };
    move || {
        view! {
            <TextArea
                name="reply"
                label="Nội dung trả lời"
                hint="Người phản ánh đọc đúng văn bản này."
                value
                rows=10
            />
        }
        .into_any()
    }
}

/// The usual shape of an answer (`docs/law.md#letters`).
const REPLY_SKELETON: &str = "Kính gửi Ông/Bà,\nSở đã nhận được phản ánh của Ông/Bà. Qua kiểm tra, xác minh, Sở xin trả lời như sau:\n1. \n2. \nSở cảm ơn Ông/Bà đã phản ánh và mong tiếp tục nhận được ý kiến góp ý. Trân trọng.";

fn refusal_fields() -> impl FnOnce() -> AnyView + Send + 'static {
    let reasons = REFUSALS
        .iter()
        .map(|(code, label)| Choice::new(*code, *label))
        .collect::<Vec<_>>();
    move || {
        view! {
            <SelectField
                name="refusal_reason"
                label="Lý do không tiếp nhận"
                choices=reasons
            />
            <TextArea
                name="refusal_text"
                label="Giải thích và hướng dẫn"
                hint="Người phản ánh đọc được sau khi người thứ hai duyệt. Nêu rõ Ông/Bà có thể làm gì tiếp."
                rows=5
            />
        }
        .into_any()
    }
}

fn forward_fields(offers: &Offers) -> impl FnOnce() -> AnyView + Send + 'static {
    let bodies = choices(&offers.bodies);
    move || {
        view! {
            <SelectField name="external_body" label="Cơ quan có thẩm quyền" choices=bodies />
            <TextArea
                name="forward_text"
                label="Nội dung báo người phản ánh"
                hint="Thêm vào lời báo chuyển; có thể để trống."
                rows=4
                optional=true
            />
        }
        .into_any()
    }
}

fn redirect_fields() -> impl FnOnce() -> AnyView + Send + 'static {
    let doors = Door::ALL
        .iter()
        .map(|door| Choice::new(door.code(), door.label()).help(door.guidance()))
        .collect::<Vec<_>>();
    move || {
        view! {
            <RadioGroup name="door" legend="Nội dung là" choices=doors />
            <TextArea
                name="guidance"
                label="Hướng dẫn thêm"
                hint="Thêm vào lời hướng dẫn có sẵn; có thể để trống."
                rows=4
                optional=true
            />
        }
        .into_any()
    }
}
