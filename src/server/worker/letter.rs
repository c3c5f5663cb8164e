//! What is common to every mail to a submitter: whoever runs the mail server learns an address, and
//! that its owner wrote to the department. So no mail names a case, and none says what it is about.

use crate::{
    directory::ssr::{Agency, agency},
    platform::{AppState, mail::Mail},
    routes::LOOK_UP,
};
use sqlx::PgConnection;

/// Sends one sentence to an address, with the way to the tracking page.
///
/// # Errors
/// If the mail server does not take it now.
pub(super) async fn send(
    state: &AppState,
    connection: &mut PgConnection,
    to: String,
    subject: &str,
    sentence: impl FnOnce(&Agency) -> String,
) -> anyhow::Result<()> {
    let agency = agency(connection).await?;
    let (site, path) = (&state.config.public_url, LOOK_UP.path);
    let text = format!(
        "Kính gửi Ông/Bà,\n\n{}\n\n\
        Để xem, Ông/Bà mở trang {site}{path} và nhập mã tra cứu đã được cấp khi gửi. \
        Vì an toàn của Ông/Bà, thư này không ghi số hồ sơ, mã tra cứu và nội dung; Sở không bao \
        giờ hỏi mã tra cứu qua thư.\n\
        Nếu cần hỗ trợ, Ông/Bà vui lòng gọi {}.\n\n\
        Trân trọng.\n",
        sentence(&agency),
        agency.hotline
    );
    let mail = Mail {
        to,
        subject: subject.to_owned(),
        text,
    };
    let (name, from) = (&agency.short_name, &agency.email);
    state.mail.send(name, from, mail).await
}
