//! Tells a submitter who asked to be written to that there is news, and not what it is.

use super::{letter, registry::Run};
use crate::{
    casework::ssr::NotifyUpdate,
    error::AppError,
    platform::AppState,
    records::{delete_address, read_address},
};
use sqlx::PgConnection;

impl Run for NotifyUpdate {
    /// Sends the notice; the address stays for the next one unless this is the last.
    async fn run(self, state: &AppState, connection: &mut PgConnection) -> anyhow::Result<()> {
        let address = read_address(connection, &state.vault, self.outbox_id).await?;
        let Some(to) = address else {
            return Ok(());
        };
        if self.last {
            delete_address(connection, self.outbox_id).await?;
        }
        if !state.mail.sends() {
            tracing::warn!("no mail server is configured; a notice was not sent");
            return Ok(());
        }
        let subject = "Phản ánh của Ông/Bà đã có cập nhật";
        letter::send(state, connection, to, subject, |_| format!("{subject}.")).await
    }

    async fn give_up(self, connection: &mut PgConnection) -> Result<(), AppError> {
        delete_address(connection, self.outbox_id).await
    }
}
