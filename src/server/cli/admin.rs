//! Staff accounts from the terminal: the first administrator, and a forgotten password.

use super::installation::{Installation, LOGIN};
use crate::{
    accounts::ssr::password,
    platform::{clock::Clock, config::Config, database::Db},
    rights::Role,
    server::demo::{NewStaff, add_staff, random_password},
};
use anyhow::{Context as _, bail};
use clap::Subcommand;

/// What can be done.
#[derive(Subcommand)]
pub(super) enum AdminCommand {
    /// Adds a member of staff and prints their first password once.
    CreateStaff {
        /// The name they sign in with: a-z, 0-9, dot, hyphen.
        username: String,
        /// The name shown.
        #[arg(long)]
        name: String,
        /// A role, e.g. `van_phong`; may be given several times.
        #[arg(long = "role", required = true, value_parser = role)]
        roles: Vec<Role>,
        /// Code of their unit, e.g. `vp-so`.
        #[arg(long)]
        unit: String,
    },
    /// Gives a member of staff a new password, printed once, and ends their sessions.
    ResetPassword {
        /// The name they sign in with.
        username: String,
    },
}

fn role(code: &str) -> Result<Role, String> {
    Role::from_code(code).ok_or_else(|| {
        format!(
            "no such role; one of {}",
            Role::ALL.map(Role::code).join(", ")
        )
    })
}

/// Runs the command as the owner of the tables.
pub(super) async fn run(command: AdminCommand, config: &Config) -> anyhow::Result<()> {
    let installation = Installation::open(config).await?;
    installation.prepare().await?;
    let db = Db::connect(installation.owner(), LOGIN, 1).await?;
    let secret = random_password();
    match &command {
        AdminCommand::CreateStaff {
            username,
            name,
            roles,
            unit,
        } => {
            let staff = NewStaff {
                username,
                name,
                roles,
                unit,
            };
            add_staff(&db, &staff, &secret, Clock::system().now())
                .await
                .context("the member of staff could not be added")?;
        }
        AdminCommand::ResetPassword { username } => reset(&db, username, &secret).await?,
    }
    db.pool().close().await;
    installation.stop();
    let (AdminCommand::CreateStaff { username, .. } | AdminCommand::ResetPassword { username }) =
        &command;
    println!("{username}\t{secret}\nThis password is shown once.");
    Ok(())
}

async fn reset(db: &Db, username: &str, secret: &str) -> anyhow::Result<()> {
    let hash = password::hash(secret)?;
    let mut tx = db.pool().begin().await?;
    let Some(staff_id) = sqlx::query_scalar!(
        "update staff set password_hash = $2 where username = $1 returning staff_id",
        username,
        hash
    )
    .fetch_optional(&mut *tx)
    .await?
    else {
        bail!("nobody signs in as {username}");
    };
    sqlx::query!("delete from session where staff_id = $1", staff_id)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(())
}
