//! Part 3 of the form: who speaks, who sees that, and how to answer.

use super::contact::NAMELESS;
use crate::ui::{CheckField, Choice, Fold, FormContext, RadioGroup, TextField};
use leptos::prelude::*;

/// What is folded away.
const SELDOM: &[&str] = &["ten_to_chuc", "chuc_vu", "nhan_tra_loi"];

/// 3 · About the person: three lines, and what few need folded away.
#[component]
pub fn SpeakerSection(
    /// What stands before the lines.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="form-section" aria-labelledby="phan-3">
            <h2 id="phan-3">"Về người gửi"</h2>
            {children.map(|children| children())}
            <TextField name="ho_ten" label="Họ và tên" autocomplete="name" />
            <TextField name="dia_chi" label="Địa chỉ" autocomplete="address-line1" />
            <TextField name="lien_he" label="Điện thoại hoặc email" optional=true />
            <Fold
                summary="Không nêu tên, thay mặt tổ chức, cách trả lời, giữ bí mật"
                names=SELDOM
            >
                <Nameless />
                <TextField
                    name="ten_to_chuc"
                    label="Thay mặt cơ quan, tổ chức, doanh nghiệp"
                    hint="Người ở trên là người đại diện."
                    autocomplete="organization"
                />
                <TextField
                    name="chuc_vu"
                    label="Chức vụ ở đó"
                    autocomplete="organization-title"
                />
                <WayOfAnswer />
                <CheckField
                    name="giu_bi_mat"
                    label="Giữ bí mật với đơn vị được phản ánh"
                    hint="Đánh dấu: đơn vị chỉ đọc bản trích do Văn phòng Sở viết. Bỏ đánh dấu: \
                    đơn vị đọc nguyên văn và tệp. Tên, địa chỉ và liên hệ vẫn được khóa."
                    checked=true
                />
            </Fold>
        </section>
    }
}

/// Speaks without a name: what that costs is said with it.
#[component]
fn Nameless() -> impl IntoView {
    let checked = FormContext::value("nguoi_gui", String::new()) == NAMELESS;
    view! {
        <div class="field">
            <div class="choice">
                <input
                    type="checkbox"
                    id="nguoi_gui"
                    name="nguoi_gui"
                    value=NAMELESS
                    checked=checked
                    aria-describedby="nguoi_gui-goi-y"
                />
                <label for="nguoi_gui">"Không nêu tên"</label>
                <p class="choice-help" id="nguoi_gui-goi-y">
                    "Sở nhận làm thông tin tham khảo: được đọc và xem xét, không có thời hạn trả \
                     lời, không tính vào số liệu giải quyết. Tên, liên hệ đã gõ không được lưu. \
                     Ông/Bà vẫn theo dõi được bằng mã tra cứu."
                </p>
            </div>
        </div>
    }
}

/// How to answer; the tracking page shows every answer in any case.
#[component]
fn WayOfAnswer() -> impl IntoView {
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
    }
}
