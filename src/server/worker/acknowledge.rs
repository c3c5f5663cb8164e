//! Tells a submitter who left an address that their feedback arrived, and nothing else.

use super::{letter, registry::Run};
use crate::{
    error::AppError,
    platform::AppState,
    records::{delete_address, read_address},
    submit::ssr::acknowledge::AcknowledgeReceipt,
};
use sqlx::PgConnection;

impl Run for AcknowledgeReceipt {
    /// Sends the mail and removes the address, together or not at all as far as we can know. Without a mail server the
    /// address is removed as well.
    async fn run(self, state: &AppState, connection: &mut PgConnection) -> anyhow::Result<()> {
        let address = read_address(connection, &state.vault, self.outbox_id).await?;
        let Some(to) = address else {
            return Ok(());
        };
        delete_address(connection, self.outbox_id).await?;
        if !state.mail.sends() {
            tracing::info!("no mail server is configured; an address was removed unused");
            return Ok(());
        }
        let subject = "Đã nhận phản ánh, kiến nghị";
        letter::send(state, connection, to, subject, |agency| {
            format!(
                "{} đã nhận được phản ánh, kiến nghị của Ông/Bà.",
                agency.name
            )
        })
        .await
    }

    async fn give_up(self, connection: &mut PgConnection) -> Result<(), AppError> {
        delete_address(connection, self.outbox_id).await
    }
}
