//! The fields of the form, section by section; the same for a citizen and for an officer who fills
//! it for a caller.

use super::{FormChoices, form::UNKNOWN_UNIT};
use crate::{
    case::Kind,
    routes::{self, Route},
    ui::{
        CheckField, CheckGroup, Choice, FormContext, RadioGroup, SelectField, TextArea, TextField,
    },
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

/// 5 · About the person: who sees what, and how to answer.
#[component]
pub fn SpeakerSection(choices: FormChoices) -> impl IntoView {
    let wards = choices
        .wards
        .into_iter()
        .map(|(code, name)| Choice::new(code, name))
        .collect::<Vec<_>>();
    let reply = [
        Choice::new("trang", "Xem trên trang tra cứu").help("Không cần để lại liên hệ."),
        Choice::new("email", "Email (thư điện tử)"),
        Choice::new("dien_thoai", "Điện thoại"),
        Choice::new("thu", "Thư gửi đến địa chỉ"),
    ];
    view! {
        <section class="form-section" aria-labelledby="phan-5">
            <h2 id="phan-5">"Thông tin người gửi"</h2>
            <p class="trust-line">
                "Tên, địa chỉ và liên hệ được khóa riêng. Người xử lý không thấy. Chỉ mở khi \
                 một lãnh đạo nêu lý do và một lãnh đạo khác đồng ý; Ông/Bà sẽ thấy ngày xem và \
                 chức vụ người xem trên trang tra cứu."
            </p>
            <Speaker wards />
            <CheckField
                name="giu_bi_mat"
                label="Giữ bí mật với đơn vị được phản ánh"
                hint="Đánh dấu: đơn vị chỉ đọc bản trích do Văn phòng Sở viết. Bỏ đánh dấu: đơn vị \
                đọc nguyên văn và tệp. Tên, địa chỉ và liên hệ vẫn được khóa."
                checked=true
            />
            <RadioGroup
                name="nhan_tra_loi"
                legend="Nhận trả lời bằng cách nào?"
                choices=reply.to_vec()
                value="trang"
            />
            <CheckField
                name="xac_nhan_email"
                label="Gửi thư xác nhận đến email ở trên"
                hint="Thư chỉ có số hồ sơ, không có mã tra cứu và nội dung."
            />
        </section>
    }
}

/// Person, organisation, or no name; what belongs to each shows when it is chosen, by style alone.
#[component]
fn Speaker(wards: Vec<Choice>) -> impl IntoView {
    let chosen = FormContext::value("nguoi_gui", String::new());
    let radio = move |value: &'static str, label: &'static str| {
        let id = format!("nguoi_gui-{value}");
        let checked = chosen == value;
        view! {
            <input
                class="speaker-input"
                type="radio"
                name="nguoi_gui"
                id=id.clone()
                value=value
                checked=checked
            />
            <label class="speaker-label" for=id>
                {label}
            </label>
        }
    };
    view! {
        <div
            class="field speaker"
            id="nguoi_gui"
            role="group"
            aria-labelledby="nguoi_gui-ten"
            tabindex="-1"
        >
            <p class="field-label" id="nguoi_gui-ten">
                "Ông/Bà gửi với tư cách"
            </p>
            <crate::ui::FieldError name="nguoi_gui" />
            {radio("ca_nhan", "Cá nhân, hộ gia đình")}
            {radio("to_chuc", "Cơ quan, tổ chức, doanh nghiệp")}
            {radio(super::contact::NAMELESS, "Không nêu tên")}
            <div class="speaker-none notice notice-warning">
                <p>
                    "Không có tên hoặc cách liên hệ, Sở nhận phản ánh làm thông tin tham khảo: \
                     được đọc và xem xét, không có thời hạn trả lời, không tính vào số liệu giải \
                     quyết. Tên, liên hệ đã gõ không được lưu. Ông/Bà vẫn theo dõi được bằng mã tra \
                     cứu."
                </p>
            </div>
            <div class="speaker-person">
                <TextField name="ho_ten" label="Họ và tên" autocomplete="name" />
            </div>
            <div class="speaker-organisation">
                <TextField
                    name="ten_to_chuc"
                    label="Tên cơ quan, tổ chức"
                    autocomplete="organization"
                />
                <TextField name="nguoi_dai_dien" label="Người đại diện" />
                <TextField
                    name="chuc_vu"
                    label="Chức vụ"
                    autocomplete="organization-title"
                    optional=true
                />
            </div>
            <Contact wards />
        </div>
    }
}

/// How to reach a person or organisation.
#[component]
fn Contact(wards: Vec<Choice>) -> impl IntoView {
    view! {
        <div class="speaker-contact">
            <SelectField
                name="phuong_xa"
                label="Phường, xã"
                hint="Ở tỉnh, thành phố khác: bỏ trống, ghi đủ ở dòng dưới."
                choices=wards
            />
            <TextField
                name="dia_chi"
                label="Địa chỉ chi tiết"
                hint="Số nhà, đường, khu vực hoặc ấp."
                autocomplete="address-line1"
            />
            <TextField
                name="dien_thoai"
                label="Điện thoại"
                hint="Không bắt buộc nếu có email hoặc địa chỉ chi tiết. Được khóa cùng họ tên."
                kind="tel"
                autocomplete="tel"
                inputmode="tel"
            />
            <TextField
                name="thu_dien_tu"
                label="Email (thư điện tử)"
                hint="Được khóa cùng họ tên."
                kind="email"
                autocomplete="email"
                optional=true
            />
        </div>
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
        </section>
    }
}
