//! Part 5 of the form: who speaks, who sees that, and how to answer.

use super::{FormChoices, contact::NAMELESS};
use crate::ui::{CheckField, Choice, FormContext, RadioGroup, SelectField, TextField};
use leptos::prelude::*;

/// 5 · About the person.
#[component]
pub fn SpeakerSection(choices: FormChoices) -> impl IntoView {
    let wards = choices
        .wards
        .into_iter()
        .map(|(code, name)| Choice::new(code, name))
        .collect::<Vec<_>>();
    let reply = [
        Choice::new("trang", "Xem trên trang tra cứu").help("Không cần để lại liên hệ."),
        Choice::new("email", "Email (thư điện tử)").help(
            "Thư chỉ báo có cập nhật để Ông/Bà vào xem. Máy chủ giữ địa chỉ này đến khi hồ sơ kết \
             thúc.",
        ),
        Choice::new("dien_thoai", "Điện thoại")
            .help("Sở gọi; số điện thoại được mở riêng cho việc này."),
        Choice::new("thu", "Thư gửi đến địa chỉ")
            .help("Sở gửi thư; địa chỉ được mở riêng cho việc này."),
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
                hint="Thư chỉ báo Sở đã nhận, không ghi số hồ sơ, mã tra cứu và nội dung; người \
                quản lý máy chủ thư thấy địa chỉ này."
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
            {radio(NAMELESS, "Không nêu tên")}
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
