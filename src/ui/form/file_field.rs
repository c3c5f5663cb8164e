//! Evidence: pictures, papers, recordings. After a page came back its message names the files to be
//! chosen again.

use super::{
    controls::{Label, field_class, invalid},
    summary::FieldError,
};
use leptos::prelude::*;

/// The name of the field, on every form that takes files.
pub const FILES: &str = "tep";

/// Chooses up to five files.
#[component]
pub fn FileField(label: &'static str) -> impl IntoView {
    let accept = concat!(
        "image/jpeg,image/png,image/webp,application/pdf,.docx,.mp3,.m4a,",
        "audio/mpeg,audio/mp4",
    );
    view! {
        <div class=field_class(FILES, "")>
            <Label name=FILES label hint="Tối đa 5 tệp, mỗi tệp 10 MB." optional=true />
            <FieldError name=FILES />
            <input
                class="control control-file"
                type="file"
                id=FILES
                name=FILES
                multiple=true
                accept=accept
                aria-describedby="tep-goi-y tep-loi"
                aria-invalid=invalid(FILES)
            />
            <details>
                <summary>"Tệp nào nhận được, ai xem"</summary>
                <p class="field-hint">
                    "Ảnh JPEG, PNG, WebP; PDF; DOCX; ghi âm MP3, M4A. Vị trí chụp, thông tin máy và \
                     tên người soạn được xóa trước khi lưu; tệp không xóa được thì không được nhận. \
                     Điều viết trong tệp và giọng nói vẫn còn. Văn phòng Sở và lãnh đạo Sở xem được; \
                     đơn vị được phản ánh không xem được nếu Ông/Bà giữ bí mật."
                </p>
            </details>
        </div>
    }
}
