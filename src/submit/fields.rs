//! The fields of the form, part by part; the same for a citizen and for an officer who fills it for
//! a caller. The page has the fields of all three kinds: which of them show is style alone
//! (`not-…`), so that another kind is one touch away without script.

use super::{FormChoices, form::UNKNOWN_UNIT};
use crate::{
    case::{Kind, ProposalAim},
    ui::{
        CheckGroup, Choice, FieldError, Fold, FormContext, RadioGroup, SelectField, TextArea,
        TextField,
    },
};
use leptos::prelude::*;

/// Of a late dossier only.
const LATE: &str = "not-hanh_vi not-quy_dinh";

/// The list of procedures to choose from, on an officer's form.
const PROCEDURES: &str = "danh-muc-thu-tuc";

/// What is folded away in [`WhereSection`].
const DETAILS: &[&str] = &[
    "nguoi_bi_phan_anh",
    "thu_tuc",
    "van_ban_ten",
    "van_ban_so",
    "van_ban_ngay",
    "dieu_khoan",
    "noi_nop",
    "ngay_nop",
    "ngay_hen_lai",
    "de_xuat",
];

/// What it is about: three chips, whose boxes stand before everything that depends on them.
#[component]
pub fn KindChips(kind: Kind) -> impl IntoView {
    let chosen = FormContext::value("loai", kind.code().to_owned());
    let chip = move |kind: Kind, label: &'static str| {
        let id = format!("loai-{}", kind.code());
        let checked = kind.code() == chosen;
        view! {
            <input
                class="chip-input"
                type="radio"
                name="loai"
                id=id.clone()
                value=kind.code()
                checked=checked
                aria-describedby="loai loai-loi"
            />
            <label class="chip" for=id>
                {label}
            </label>
        }
    };
    view! {
        <p class="field-label" id="loai" tabindex="-1">
            "Phản ánh về"
        </p>
        <FieldError name="loai" />
        {chip(Kind::Conduct, "Thái độ, cách làm việc")}
        {chip(Kind::Regulation, "Quy định, thủ tục")}
        {chip(Kind::LateDossier, "Hồ sơ trễ hẹn")}
    }
}

/// 1 · The words.
#[component]
pub fn WordsSection(
    /// Whether the person is to begin here at once.
    #[prop(optional)]
    autofocus: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="form-section" aria-labelledby="phan-1">
            <h2 id="phan-1">"Sự việc"</h2>
            <TextArea
                name="noi_dung"
                label="Nội dung phản ánh"
                rows=5
                hint="Việc gì, ai làm. Không ghi số căn cước."
                autofocus
            />
            {children()}
        </section>
    }
}

/// 2 · Whom it is about, where and when; the rest folded away.
#[component]
pub fn WhereSection(
    choices: FormChoices,
    /// Code of the unit that the address names, or "".
    unit: String,
) -> impl IntoView {
    let units = std::iter::once(Choice::new(UNKNOWN_UNIT, "Tôi không rõ"))
        .chain(
            choices
                .units
                .into_iter()
                .map(|(code, name)| Choice::new(code, name)),
        )
        .collect::<Vec<_>>();
    view! {
        <section class="form-section" aria-labelledby="phan-2">
            <h2 id="phan-2">"Ở đâu, khi nào"</h2>
            <SelectField
                name="don_vi"
                label="Đơn vị được phản ánh"
                choices=units
                value=unit
            />
            <TextField
                class="not-tre_hen"
                name="dia_diem"
                label="Nơi và lúc xảy ra"
                hint="Ví dụ: quầy số 3, sáng 12/11."
            />
            <TextField class=LATE name="ngay_hen" label="Ngày hẹn trả" kind="date" />
            <TextField class=LATE name="ma_ho_so" label="Mã hồ sơ" optional=true />
            <Fold summary="Thêm chi tiết" names=DETAILS>
                <Details procedures=choices.procedures />
            </Fold>
        </section>
    }
}

/// What helps and is not asked for.
#[component]
fn Details(procedures: Vec<String>) -> impl IntoView {
    let list = if procedures.is_empty() {
        ""
    } else {
        PROCEDURES
    };
    let names = procedures.into_iter();
    let names = names.map(|name| view! { <option value=name></option> });
    view! {
        <TextField
            class="not-quy_dinh"
            name="nguoi_bi_phan_anh"
            label="Người được phản ánh"
            hint="Tên, vị trí, số quầy hoặc đặc điểm nhận biết."
        />
        <TextField name="thu_tuc" label="Thủ tục, mã hồ sơ" list />
        {(!list.is_empty())
            .then(|| view! { <datalist id=PROCEDURES>{names.collect_view()}</datalist> })}
        <RuleFields />
        <LateFields />
        <Reasons />
        <TextArea
            name="de_xuat"
            label="Ông/Bà muốn Sở làm gì"
            hint="Với quy định: nên sửa thế nào."
            rows=3
        />
        <div class="not-hanh_vi not-tre_hen">
            <ProposalKind />
        </div>
    }
}

/// Which rule it is.
#[component]
fn RuleFields() -> impl IntoView {
    view! {
        <div class="not-hanh_vi not-tre_hen">
            <TextField
                name="van_ban_ten"
                label="Văn bản quy định"
                hint="Tên văn bản, hoặc mô tả để Sở tìm được."
            />
            <div class="grid-2">
                <TextField name="van_ban_so" label="Số, ký hiệu" />
                <TextField name="van_ban_ngay" label="Ngày ban hành" />
            </div>
            <TextField name="dieu_khoan" label="Điều, khoản" />
        </div>
    }
}

/// What else is known of a late dossier.
#[component]
fn LateFields() -> impl IntoView {
    let slip = vec![Choice::new("co", "Có"), Choice::new("khong", "Không")];
    view! {
        <div class=LATE>
            <TextField name="noi_nop" label="Nơi nộp hồ sơ" />
            <div class="grid-2">
                <TextField name="ngay_nop" label="Ngày nộp" kind="date" />
                <TextField name="ngay_hen_lai" label="Ngày hẹn lại" kind="date" />
            </div>
            <RadioGroup
                name="phieu_xin_loi"
                legend="Đã nhận phiếu xin lỗi và hẹn lại chưa?"
                choices=slip
                class="chips"
            />
        </div>
    }
}

/// What was wrong, in the words of the law, as far as the sender wants to say; the officer who
/// classifies the case confirms it.
#[component]
fn Reasons() -> impl IntoView {
    let of_kind = |kind: Kind| {
        let class = match kind {
            Kind::Conduct => "not-quy_dinh not-tre_hen",
            Kind::Regulation => "not-hanh_vi not-tre_hen",
            Kind::LateDossier => LATE,
        };
        let choice =
            move |reason: &crate::case::Reason| Choice::new(reason.code, reason.label).class(class);
        kind.reasons().map(choice)
    };
    let choices = Kind::ALL.iter().copied().flat_map(of_kind).collect();
    view! { <CheckGroup name="ly_do" legend="Ông/Bà gặp điều gì?" choices class="chips" /> }
}

/// Whether a proposal mends a rule or asks for a new one (Decree 20/2008 art. 5.7 and 5.8).
#[component]
fn ProposalKind() -> impl IntoView {
    let choices = ProposalAim::ALL
        .iter()
        .map(|kind| Choice::new(kind.code(), kind.label()));
    view! {
        <RadioGroup
            name="loai_de_xuat"
            legend="Đề xuất thuộc loại nào?"
            choices=choices.collect()
            class="chips"
        />
    }
}
