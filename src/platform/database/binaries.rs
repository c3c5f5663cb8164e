//! Which PostgreSQL of this machine runs, and under which account: the server refuses to run as
//! root.

use anyhow::{Context as _, bail};
use std::{
    fs,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    process::Command,
};

/// The oldest major version whose features the schema uses.
const OLDEST: u32 = 15;

/// The folder of one PostgreSQL's server programs.
#[derive(Clone, Debug)]
pub(super) struct Binaries(PathBuf);

/// The account a database server runs under.
#[derive(Clone, Debug)]
pub(super) struct Account {
    /// Its user id.
    pub uid: u32,
    gid: u32,
    other: bool,
}

impl Binaries {
    /// The newest server on this machine, or exactly version `major` if the cluster was made by it.
    ///
    /// # Errors
    /// If there is none; says what to install.
    pub(super) fn find(major: Option<u32>) -> anyhow::Result<Self> {
        let mut found: Vec<(u32, PathBuf)> = candidates()
            .into_iter()
            .filter_map(|folder| Some((version(&folder)?, folder)))
            .collect();
        // newest first; of two equal ones, the distribution's own folder before the path
        found.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
        let fitting = found
            .into_iter()
            .find(|(version, _)| major.map_or(*version >= OLDEST, |major| major == *version));
        match (fitting, major) {
            (Some((_, folder)), _) => Ok(Self(folder)),
            (None, Some(major)) => {
                bail!(
                    "this data folder was made by PostgreSQL {major}, which is not installed: \
                     apt-get install postgresql-{major}"
                )
            }
            (None, None) => {
                bail!("no PostgreSQL {OLDEST} or newer was found: apt-get install postgresql")
            }
        }
    }

    /// Makes a cluster.
    pub(super) fn initdb(&self) -> PathBuf {
        self.0.join("initdb")
    }

    /// The server.
    pub(super) fn postgres(&self) -> PathBuf {
        self.0.join("postgres")
    }
}

fn candidates() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    if let Ok(versions) = fs::read_dir("/usr/lib/postgresql") {
        folders.extend(versions.flatten().map(|version| version.path().join("bin")));
    }
    if let Ok(entries) = fs::read_dir("/usr") {
        folders.extend(
            entries
                .flatten()
                .filter(|e| e.file_name().to_string_lossy().starts_with("pgsql-"))
                .map(|e| e.path().join("bin")),
        );
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    folders.extend(std::env::split_paths(&path));
    folders.retain(|folder| folder.join("postgres").exists() && folder.join("initdb").exists());
    folders
}

/// The major version in `postgres (PostgreSQL) 15.18 (Debian …)`.
fn version(folder: &Path) -> Option<u32> {
    let output = Command::new(folder.join("postgres"))
        .arg("--version")
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let number = text
        .split_whitespace()
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    number
        .split(|c: char| !c.is_ascii_digit())
        .next()?
        .parse()
        .ok()
}

impl Account {
    /// The current account; for root, `postgres` or `nobody`.
    ///
    /// # Errors
    /// If root finds neither account.
    pub(super) fn for_server() -> anyhow::Result<Self> {
        let uid = Self::own_uid()?;
        if uid != 0 {
            return Ok(Self {
                uid,
                gid: 0,
                other: false,
            });
        }
        let accounts = fs::read_to_string("/etc/passwd").context("cannot read /etc/passwd")?;
        ["postgres", "nobody"]
            .iter()
            .find_map(|name| account(&accounts, name))
            .context("neither the user postgres nor nobody exists")
    }

    /// The current user id.
    ///
    /// # Errors
    /// Without `/proc`.
    pub(super) fn own_uid() -> anyhow::Result<u32> {
        Ok(fs::metadata("/proc/self")
            .context("cannot read /proc")?
            .uid())
    }

    /// Whether the server runs under an account other than the current one.
    pub(super) fn is_other(&self) -> bool {
        self.other
    }

    /// Gives a folder to the account.
    ///
    /// # Errors
    /// If the owner cannot be changed.
    pub(super) fn own(&self, folder: &Path) -> anyhow::Result<()> {
        if self.other {
            std::os::unix::fs::chown(folder, Some(self.uid), Some(self.gid)).with_context(
                || format!("cannot give {} to the database's account", folder.display()),
            )?;
        }
        Ok(())
    }

    /// `program` under this account. It gets SIGINT when the spawning thread ends.
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "INT"]);
        if self.other {
            command.args([
                "--reuid",
                &self.uid.to_string(),
                "--regid",
                &self.gid.to_string(),
                "--clear-groups",
            ]);
        }
        command.arg("--").arg(program);
        command
    }
}

fn account(passwd: &str, name: &str) -> Option<Account> {
    let mut parts = passwd
        .lines()
        .find(|line| line.split(':').next() == Some(name))?
        .split(':')
        .skip(2);
    Some(Account {
        uid: parts.next()?.parse().ok()?,
        gid: parts.next()?.parse().ok()?,
        other: true,
    })
}
