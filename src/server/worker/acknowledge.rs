//! Tells a submitter who left an address that their feedback arrived: the case number and nothing else.

use crate::{
    directory::ssr::{Agency, agency},
    platform::{AppState, mail::Mail, vault::SealContext},
};
use anyhow::Context as _;
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Deserialize)]
struct Payload {
    outbox_id: Uuid,
    number: String,
}

/// Sends the mail and removes the address, together or not at all as far as we can know. Without a mail server the address goes as well.
pub(super) async fn perform(
    state: &AppState,
    connection: &mut PgConnection,
    payload: serde_json::Value,
) -> anyhow::Result<()> {
    let Payload { outbox_id, number } = serde_json::from_value(payload)
        .ok()
        .context("malformed payload")?;
    let sealed = sqlx::query_scalar!(
        "delete from outbox_address where outbox_id = $1 returning sealed",
        outbox_id
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(sealed) = sealed else { return Ok(()) };
    if !state.mail.sends() {
        tracing::info!(
            "no mail server is configured; an address was removed without an acknowledgement"
        );
        return Ok(());
    }
    let place = SealContext {
        table: "outbox_address",
        row: outbox_id.as_u128(),
        field: "email",
    };
    let address = state
        .vault
        .open_service(place, &sealed)
        .ok()
        .context("the address does not open")?;
    let to = String::from_utf8(address.to_vec())
        .ok()
        .context("the address is not text")?;
    let agency = agency(connection).await?;
    state
        .mail
        .send(
            &agency.short_name,
            &agency.email,
            letter(&agency, to, &number, &state.config.public_url),
        )
        .await
}

fn letter(agency: &Agency, to: String, number: &str, site: &str) -> Mail {
    let text = format!(
        "Kính gửi Ông/Bà,\n\n\
        {} đã nhận được phản ánh, kiến nghị của Ông/Bà.\n\
        Số hồ sơ: {number}\n\n\
        Để theo dõi, Ông/Bà vào trang {site}/tra-cuu và nhập mã tra cứu đã được cấp khi gửi. Sở không gửi mã tra cứu qua thư điện tử.\n\
        Nếu cần hỗ trợ, Ông/Bà vui lòng gọi {}.\n\n\
        Trân trọng.\n",
        agency.name, agency.hotline
    );
    Mail {
        to,
        subject: format!("Đã nhận phản ánh, kiến nghị – số hồ sơ {number}"),
        text,
    }
}
