//! What a submitter may allow, asked for on the receipt and on the tracking page.

use super::form::{CheckField, Form};
use crate::{case::Consent, routes::Command};
use leptos::prelude::*;

/// The two boxes, as they are now; neither is ticked before the submitter does so.
#[component]
pub fn ConsentForm(
    /// What keeps the choice.
    command: Command,
    /// What is allowed now.
    consent: Consent,
    /// Whether there is anybody to call.
    reachable: bool,
    /// Hidden fields that go with it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <Form command>
            {children.map(|children| children())}
            {reachable
                .then(|| {
                    view! {
                        <CheckField
                            name="dong_y_lien_he"
                            label="Sở được gọi hỏi thêm"
                            hint="Chỉ để làm rõ phản ánh này."
                            checked=consent.contact
                        />
                    }
                })}
            <CheckField
                name="dong_y_cong_bo"
                label="Sở được công khai bản tóm tắt"
                hint="Đã bỏ mọi thông tin cá nhân."
                checked=consent.publish
            /> <button class="button button-secondary" type="submit">
                "Lưu lựa chọn"
            </button>
        </Form>
    }
}
