//! Tells a submitter who left an address that their feedback arrived: the case number and nothing else.

use super::registry::Run;
use crate::{
    directory::ssr::{Agency, agency},
    error::AppError,
    platform::{AppState, mail::Mail, vault::SealContext},
    routes::LOOK_UP,
    submit::ssr::acknowledge::AcknowledgeReceipt,
};
use anyhow::Context as _;
use sqlx::PgConnection;
use uuid::Uuid;

impl Run for AcknowledgeReceipt {
    /// Sends the mail and removes the address, together or not at all as far as we can know. Without a mail server the
    /// address is removed as well.
    async fn run(self, state: &AppState, connection: &mut PgConnection) -> anyhow::Result<()> {
        let Some(sealed) = take_address(connection, self.outbox_id).await? else {
            return Ok(());
        };
        if !state.mail.sends() {
            tracing::info!("no mail server is configured; an address was removed unused");
            return Ok(());
        }
        let to = open_address(state, self.outbox_id, &sealed)?;
        let agency = agency(connection).await?;
        let mail = letter(&agency, to, &self.number, &state.config.public_url);
        state
            .mail
            .send(&agency.short_name, &agency.email, mail)
            .await
    }
}

async fn take_address(
    connection: &mut PgConnection,
    outbox_id: Uuid,
) -> Result<Option<Vec<u8>>, AppError> {
    Ok(sqlx::query_scalar!(
        "delete from outbox_address where outbox_id = $1 returning sealed",
        outbox_id
    )
    .fetch_optional(connection)
    .await?)
}

fn open_address(state: &AppState, outbox_id: Uuid, sealed: &[u8]) -> anyhow::Result<String> {
    let place = SealContext {
        table: "outbox_address",
        row: outbox_id.as_u128(),
        field: "email",
    };
    let address = state
        .vault
        .open_service(place, sealed)
        .ok()
        .context("the address does not open")?;
    String::from_utf8(address.to_vec())
        .ok()
        .context("the address is not text")
}

fn letter(agency: &Agency, to: String, number: &str, site: &str) -> Mail {
    let text = format!(
        "Kính gửi Ông/Bà,\n\n\
        {} đã nhận được phản ánh, kiến nghị của Ông/Bà.\n\
        Số hồ sơ: {number}\n\n\
        Để theo dõi, Ông/Bà vào trang {site}{} và nhập mã tra cứu đã được cấp khi gửi. \
        Sở không gửi mã tra cứu qua thư điện tử.\n\
        Nếu cần hỗ trợ, Ông/Bà vui lòng gọi {}.\n\n\
        Trân trọng.\n",
        agency.name, LOOK_UP.path, agency.hotline
    );
    Mail {
        to,
        subject: format!("Đã nhận phản ánh, kiến nghị – số hồ sơ {number}"),
        text,
    }
}
