//! The command line: one binary with a subcommand for each process.

mod admin;
mod install;
mod installation;
mod keys;
mod retention;
mod serve;
mod statistics;
mod unsealer;

use super::{demo, worker};
use crate::{
    case::{OtherProcedure, recognise},
    platform::{
        clock::Clock, config::Config, database::Db, files::clean_standard_input,
        shutdown::Shutdown, telemetry,
    },
};
use clap::{Parser, Subcommand};
use installation::{Installation, LOGIN};
use std::{
    io::{BufRead, Write},
    process::ExitCode,
};

/// Receives citizens' feedback sealed, sees that it is handled in time, and answers it.
#[derive(Parser)]
#[command(name = "lang-nghe", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    config: Config,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the site; on the embedded database also makes and migrates it, and runs the unsealer.
    Serve(serve::Options),
    /// Does queued work (mail, purging) apart from the web; `serve` does it too.
    Worker,
    /// Opens identities: the only process that holds their private key.
    Unsealer(unsealer::Options),
    /// Brings the schema up to date and fills in what is missing of the directory.
    Migrate,
    /// Adds believable made-up people and cases, for trying out and for measuring.
    Demo {
        /// How many cases; without it, the small set that a first start shows.
        #[arg(long, value_name = "N")]
        cases: Option<u32>,
        #[command(flatten)]
        show: serve::ShowPasswords,
    },
    /// Reads sentences, one a line, and prints what each is recognised as: `to_cao`, `khieu_nai`,
    /// `tranh_chap`, `o_nhiem`, or `-` for ordinary feedback.
    Recognise,
    /// Manages sign-ins from the terminal.
    #[command(subcommand)]
    Admin(admin::AdminCommand),
    /// Erases what has been kept for as long as the public page says.
    #[command(subcommand)]
    Retention(retention::RetentionCommand),
    /// Drafts, audits and publishes the figures for the public, and writes them out.
    #[command(subcommand)]
    Statistics(statistics::StatisticsCommand),
    /// Erases one case on request: its key, texts, identity and files.
    Erase {
        /// The number of the case, `PA26-…`.
        number: String,
        /// Does not ask.
        #[arg(long)]
        yes: bool,
    },
    /// Cleans the file on standard input; the web starts it for every file.
    #[command(hide = true)]
    Clean,
    /// Makes, changes, checks and backs up the keys.
    #[command(subcommand)]
    Keys(keys::KeyCommand),
    /// Installs itself on a machine with systemd: users, folders, hardened units, examples.
    Install(install::Place),
    /// Takes away what `install` made; data and keys stay unless asked.
    Uninstall(install::UninstallOptions),
}

/// Runs the command of this process and returns its exit code.
pub fn run() -> ExitCode {
    let Cli { command, config } = Cli::parse();
    if let Command::Clean = command {
        // before there are threads, which a file could take the memory of
        return ended(clean_standard_input().map_err(Into::into));
    }
    let long_running = matches!(
        command,
        Command::Serve(_) | Command::Worker | Command::Unsealer(_)
    );
    telemetry::start(if long_running {
        "info,sqlx=error"
    } else {
        "warn,sqlx=error"
    });
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(cores.max(4))
        .enable_all()
        .build();
    ended(
        runtime
            .map_err(anyhow::Error::from)
            .and_then(|runtime| runtime.block_on(perform(command, config.settled()))),
    )
}

fn ended(result: anyhow::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("lang-nghe: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn perform(command: Command, config: Config) -> anyhow::Result<()> {
    match command {
        Command::Serve(options) => serve::run(&options, config).await,
        // done before
        Command::Clean => Ok(()),
        Command::Worker => work(config).await,
        Command::Unsealer(options) => unsealer::run(&options, config).await,
        Command::Migrate => migrate(&config).await,
        Command::Demo { cases, show } => make_demo(config, cases, &show).await,
        Command::Recognise => recognise_lines(std::io::stdin().lock(), std::io::stdout().lock()),
        Command::Admin(command) => admin::run(command, &config).await,
        Command::Retention(command) => retention::run(command, &config).await,
        Command::Statistics(command) => statistics::run(command, &config).await,
        Command::Erase { number, yes } => retention::erase(&number, yes, &config).await,
        Command::Keys(command) => keys::run(command, &config).await,
        Command::Install(place) => install::install(&place, &config),
        Command::Uninstall(options) => install::uninstall(&options),
    }
}

async fn work(config: Config) -> anyhow::Result<()> {
    let installation = Installation::open(&config).await?;
    installation.demand_separation(&config, "app_web").await?;
    keys::ensure(&installation, &config).await?;
    let state = installation.state(config).await?;
    let shutdown = Shutdown::on_signals()?;
    println!("Working through the queue. Stop with Ctrl-C.");
    worker::run(state, shutdown).await;
    installation.stop();
    Ok(())
}

async fn migrate(config: &Config) -> anyhow::Result<()> {
    let installation = Installation::open(config).await?;
    installation.prepare().await?;
    installation.stop();
    println!("The schema is up to date.");
    Ok(())
}

async fn make_demo(
    config: Config,
    cases: Option<u32>,
    show: &serve::ShowPasswords,
) -> anyhow::Result<()> {
    let installation = Installation::open(&config).await?;
    installation.prepare().await?;
    keys::ensure(&installation, &config).await?;
    let vault = std::sync::Arc::new(keys::load(&config)?);
    let db = Db::connect(installation.owner(), LOGIN, 4).await?;
    match cases {
        Some(cases) => {
            demo::fill(&db, vault, &Clock::system(), cases, |done| {
                progress(done, cases)
            })
            .await?
        }
        None => show.print(&demo::start(&db, &vault, &Clock::system()).await?),
    }
    installation.stop();
    Ok(())
}

/// A line that is not UTF-8 is read as far as it is.
fn recognise_lines(lines: impl BufRead, mut codes: impl Write) -> anyhow::Result<()> {
    for line in lines.split(b'\n') {
        let procedure = recognise(&String::from_utf8_lossy(&line?));
        writeln!(codes, "{}", procedure.map_or("-", OtherProcedure::code))?;
    }
    Ok(())
}

fn progress(done: u32, of: u32) {
    let percent = u64::from(done) * 100 / u64::from(of.max(1));
    print!("\r{done} of {of} cases ({percent} %)");
    if done >= of {
        println!();
    }
    // a closed terminal does not matter
    let _ = std::io::stdout().flush();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_answered_by_a_code() {
        let lines = "Cán bộ đòi 3 triệu\nTôi muốn khiếu nại\n\n\u{1f600}\nHàng xóm lấn ranh đất\n\
            Trại heo hôi thối\n"
            .as_bytes();
        let mut codes = Vec::new();
        recognise_lines(&[lines, b"\xff\xfe"].concat()[..], &mut codes).unwrap();
        let codes = String::from_utf8(codes).unwrap();
        assert_eq!(codes, "to_cao\nkhieu_nai\n-\n-\ntranh_chap\no_nhiem\n-\n");
    }
}
