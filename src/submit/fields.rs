//! The fields of the form, section by section; the same for a citizen and for an officer who fills
//! it for a caller.

use super::{FormChoices, form::UNKNOWN_UNIT};
use crate::{
    case::{Kind, ProposalAim},
    routes::{self, Route},
    ui::{CheckField, CheckGroup, Choice, RadioGroup, SelectField, TextArea, TextField},
};
use leptos::prelude::*;

/// 1 · What it is about: the chosen card, the others one press away, and the reasons.
#[component]
pub fn WhatSection(kind: Kind, page: Route) -> impl IntoView {
    let others = Kind::ALL
        .iter()
        .filter(|other| **other != kind)
        .map(|other| {
            view! {
                <button
                    class="button button-quiet"
                    type="submit"
                    name="doi_loai"
                    value=other.code()
                    formaction=routes::form_of(page, *other)
                    formnovalidate=true
                >
                    {other.label()}
                </button>
            }
        })
        .collect_view();
    let choices = kind
        .reasons()
        .map(|reason| Choice::new(reason.code, reason.label).help(reason.help))
        .collect::<Vec<_>>();
    view! {
        <section class="form-section" aria-labelledby="phan-1">
            <h2 id="phan-1">"Sự việc"</h2>
            <input type="hidden" name="loai" value=kind.code() />
            <div class="kind-chosen">
                <p>
                    <strong>{kind.label()}</strong>
                </p>
                <details>
                    <summary>"Đổi loại phản ánh"</summary>
                    <p class="field-hint">"Nội dung đã nhập vẫn được giữ."</p>
                    {others}
                </details>
            </div>
            <CheckGroup
                name="ly_do"
                legend="Ông/Bà gặp điều gì?"
                hint="Có thể chọn nhiều mục."
                choices
            />
        </section>
    }
}

/// 2 · Where, when, who: the facts the notice asks for by name.
#[component]
pub fn WhereSection(kind: Kind, choices: FormChoices) -> impl IntoView {
    let units = std::iter::once(Choice::new(UNKNOWN_UNIT, "Tôi không rõ"))
        .chain(
            choices
                .units
                .into_iter()
                .map(|(code, name)| Choice::new(code, name)),
        )
        .collect::<Vec<_>>();
    let procedures = choices
        .procedures
        .into_iter()
        .map(|name| view! { <option value=name></option> })
        .collect_view();
    let specific = match kind {
        Kind::Conduct => conduct_fields().into_any(),
        Kind::Regulation => regulation_fields().into_any(),
        Kind::LateDossier => late_fields().into_any(),
    };
    view! {
        <section class="form-section" aria-labelledby="phan-2">
            <h2 id="phan-2">"Ở đâu, khi nào, ai"</h2>
            <TextField
                name="vu_viec"
                label="Vụ việc"
                hint="Một câu ngắn, để Sở biết ngay là việc gì. Văn phòng Sở và lãnh đạo Sở đọc."
            />
            <SelectField
                name="don_vi"
                label="Đơn vị được phản ánh"
                choices=units
                optional=kind == Kind::Regulation
            />
            {specific}
            <TextField
                name="thu_tuc"
                label="Thủ tục hành chính"
                list="danh-muc-thu-tuc"
                optional=true
            />
            <datalist id="danh-muc-thu-tuc">{procedures}</datalist>
        </section>
    }
}

fn conduct_fields() -> impl IntoView {
    view! {
        <TextField
            name="nguoi_bi_phan_anh"
            label="Công chức, viên chức được phản ánh"
            hint="Tên, vị trí, số quầy hoặc đặc điểm nhận biết, nếu Ông/Bà biết. Văn phòng Sở và lãnh đạo Sở đọc."
            optional=true
        />
        <TextField
            name="dia_diem"
            label="Nơi xảy ra"
            hint="Ví dụ: quầy số 3, Chi nhánh Ninh Kiều."
        />
        <TextField
            name="thoi_diem"
            label="Thời điểm xảy ra"
            hint="Ví dụ: sáng 12/11/2026, hoặc khoảng đầu tháng 11."
        />
        <TextField
            name="ma_ho_so"
            label="Mã hồ sơ thủ tục"
            hint="Ghi trên giấy tiếp nhận hồ sơ và hẹn trả kết quả."
            optional=true
        />
    }
}

fn regulation_fields() -> impl IntoView {
    view! {
        <TextField
            name="van_ban_ten"
            label="Văn bản quy định"
            hint="Tên văn bản, hoặc mô tả để Sở tìm được."
            optional=true
        />
        <div class="grid-2">
            <TextField name="van_ban_so" label="Số, ký hiệu" optional=true />
            <TextField name="van_ban_ngay" label="Ngày ban hành" optional=true />
        </div>
        <TextField name="dieu_khoan" label="Điều, khoản" optional=true />
        <TextField
            name="dia_diem"
            label="Nơi áp dụng quy định"
            hint="Nơi Ông/Bà gặp vướng mắc."
            optional=true
        />
        <TextField name="thoi_diem" label="Thời điểm gặp vướng mắc" optional=true />
    }
}

fn late_fields() -> impl IntoView {
    let slip = vec![Choice::new("co", "Có"), Choice::new("khong", "Không")];
    view! {
        <TextField
            name="ma_ho_so"
            label="Mã hồ sơ thủ tục"
            hint="Ghi trên giấy tiếp nhận hồ sơ và hẹn trả kết quả."
            optional=true
        />
        <TextField name="noi_nop" label="Nơi nộp hồ sơ" optional=true />
        <div class="grid-2">
            <TextField name="ngay_nop" label="Ngày nộp" kind="date" optional=true />
            <TextField name="ngay_hen" label="Ngày hẹn trả" kind="date" />
        </div>
        <RadioGroup
            name="phieu_xin_loi"
            legend="Ông/Bà đã nhận phiếu xin lỗi và hẹn lại chưa?"
            choices=slip
        />
        <TextField name="ngay_hen_lai" label="Ngày hẹn lại" kind="date" optional=true />
    }
}

/// 6 · Before submitting: notice, consents, truthfulness.
#[component]
pub fn SendSection(notice: String, notice_version: i16, entry: bool) -> impl IntoView {
    let paragraphs = notice
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| view! { <p>{line.to_owned()}</p> })
        .collect_view();
    let honest = if entry {
        "Người gọi xác nhận điều đã kể là đúng sự thật và chịu trách nhiệm về lời của mình"
    } else {
        "Tôi xác nhận điều đã kể là đúng sự thật và chịu trách nhiệm về lời của mình"
    };
    view! {
        <section class="form-section" aria-labelledby="phan-6" id="gui" tabindex="-1">
            <h2 id="phan-6">"Gửi"</h2>
            <crate::ui::FieldError name="gui" />
            <input type="hidden" name="ban_thong_bao" value=notice_version.to_string() />
            <details class="privacy-notice">
                <summary>"Sở dùng dữ liệu của Ông/Bà như thế nào"</summary>
                {paragraphs}
            </details>
            <CheckField
                name="dong_y_lien_he"
                label="Tôi đồng ý để Sở gọi điện hoặc nhắn tin hỏi thêm về phản ánh này (không bắt buộc)"
            />
            <CheckField
                name="dong_y_cong_bo"
                label="Tôi đồng ý để Sở công khai bản tóm tắt đã bỏ mọi thông tin cá nhân (không bắt buộc)"
            />
            <CheckField name="cam_ket" label=honest />
        </section>
    }
}

/// 3 · The words.
#[component]
pub fn WordsSection(kind: Kind, children: Children) -> impl IntoView {
    let wants = if kind == Kind::Regulation {
        "Nên sửa thế nào. Ai đọc: như nội dung phản ánh."
    } else {
        "Ông/Bà muốn Sở làm gì. Ai đọc: như nội dung phản ánh."
    };
    view! {
        <section class="form-section" aria-labelledby="phan-3">
            <h2 id="phan-3">"Nội dung"</h2>
            <TextArea
                name="noi_dung"
                label="Nội dung phản ánh"
                rows=10
                hint="Kể theo thứ tự: việc gì, ai nói hoặc làm gì, Ông/Bà đã đi lại mấy lần. Văn \
                phòng Sở và lãnh đạo Sở đọc; đơn vị được phản ánh chỉ nhận bản trích, trừ khi \
                Ông/Bà bỏ giữ bí mật ở dưới. Vui lòng không ghi số căn cước, số tài khoản hoặc \
                thông tin nhạy cảm của người khác."
            />
            {children()}
            <TextArea
                name="de_xuat"
                label="Đề xuất của Ông/Bà"
                hint=wants
                rows=4
                optional=true
            />
            {(kind == Kind::Regulation).then(|| view! { <ProposalKind /> })}
        </section>
    }
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
            legend="Đề xuất thuộc loại nào? (không bắt buộc)"
            choices=choices.collect()
        />
    }
}
