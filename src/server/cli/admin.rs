//! Staff accounts from the terminal: the first administrator, the first leader, and whoever lost
//! everything. Nobody's password is made or shown here.

use super::installation::{Installation, LOGIN};
use crate::{
    accounts::{
        form::NewStaff,
        ssr::terminal::{self, Invitation},
    },
    case::StaffId,
    identity::ssr::opener,
    platform::{
        clock::Clock, config::Config, database::Db, password::Password, terminal::secret_line,
    },
    rights::Role,
};
use anyhow::Context as _;
use clap::Subcommand;

/// What can be done.
#[derive(Subcommand)]
pub(super) enum AdminCommand {
    /// Adds a member of staff, and prints the link and the code with which they set their password.
    ///
    /// An empty installation begins with two: one with `--role quan_tri`, who asks for everybody
    /// else's account on screen, and one with `--role lanh_dao_so`, who confirms it.
    Create {
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
    /// Prints a link and a code with which a member of staff sets password and second proof anew.
    Reset {
        /// The name they sign in with.
        username: String,
    },
    /// Demands the second proof of leaders, office and administrators: made-up data does without.
    RequireSecondFactor,
    /// Lets a leader take part in openings of identities. They type their password here themselves;
    /// from a pipe it is one line. `--not` takes them out. Only this command decides it, no page does.
    Opener {
        /// The name they sign in with.
        username: String,
        /// Take them out.
        #[arg(long)]
        not: bool,
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
    let done = perform(command, &db, config).await;
    db.pool().close().await;
    installation.stop();
    done
}

async fn perform(command: AdminCommand, db: &Db, config: &Config) -> anyhow::Result<()> {
    let now = Clock::system().now();
    match command {
        AdminCommand::Create {
            username,
            name,
            roles,
            unit,
        } => {
            let codes: Vec<String> = roles.iter().map(|role| role.code().to_owned()).collect();
            let new = NewStaff::parse(&username, &name, &unit, &codes).map_err(told)?;
            print(&username, &terminal::create(db, config, &new, now).await?);
        }
        AdminCommand::Reset { username } => {
            print(
                &username,
                &terminal::reset(db, config, &username, now).await?,
            );
        }
        AdminCommand::Opener {
            username,
            not: true,
        } => {
            let was_in = opener::dismiss(db, find(db, &username).await?).await?;
            let verb = if was_in {
                "no longer takes"
            } else {
                "did not take"
            };
            println!("{username} {verb} part in openings of identities.");
        }
        AdminCommand::Opener { username, .. } => {
            let staff = find(db, &username).await?;
            let typed = secret_line(&format!("Password of {username} (not shown)"))?;
            opener::admit(db, staff, &Password::new(&typed), now).await?;
            println!(
                "{username} takes part in openings of identities, as far as their role allows."
            );
        }
        AdminCommand::RequireSecondFactor => {
            terminal::require_second_factor(db, true).await?;
            println!("Leaders, office and administrators now sign in with a second proof.");
        }
    }
    Ok(())
}

async fn find(db: &Db, username: &str) -> anyhow::Result<StaffId> {
    let staff = sqlx::query_scalar!(
        r#"select staff_id as "id: StaffId" from staff where username = $1"#,
        username
    )
    .fetch_optional(db.pool())
    .await?;
    staff.with_context(|| format!("nobody signs in as {username}"))
}

/// What is wrong with a form, for the terminal.
fn told(errors: crate::error::FieldErrors) -> anyhow::Error {
    let messages: Vec<_> = errors
        .all()
        .iter()
        .map(|(_, message)| message.as_str())
        .collect();
    anyhow::anyhow!(messages.join(" "))
}

fn print(username: &str, made: &Invitation) {
    println!("{username}");
    println!("  link  {}", made.link);
    println!("  code  {}", made.code);
    println!("Both are shown once and work once, for 72 hours; together they set the password.");
}
