//! `lang-nghe install` and `uninstall`: system users, folders, hardened units and examples for an
//! ordinary machine with systemd, and all of it gone again.

mod templates;

use crate::platform::{config::Config, database::runs_as_root};
use anyhow::{Context as _, bail, ensure};
use std::{
    fs, io,
    os::unix::fs::{PermissionsExt as _, symlink},
    path::{Path, PathBuf},
    process::Command,
};
use templates::{Names, Template};

/// The program and its site.
const PROGRAM_FOLDER: &str = "usr/local/lib/lang-nghe";
/// The program on the path.
const LINK: &str = "usr/local/bin/lang-nghe";
/// Everything the installation keeps.
const DATA: &str = "var/lib/lang-nghe";
/// Folders that are ours alone: they go when they are empty.
const OWN_FOLDERS: [&str; 2] = ["etc/lang-nghe", "usr/local/share/doc/lang-nghe"];

/// Where and under which names.
#[derive(clap::Args)]
pub(super) struct Place {
    /// Work below this folder instead of `/`, without making users or asking systemd.
    #[arg(long, value_name = "FOLDER")]
    prefix: Option<PathBuf>,
    #[command(flatten)]
    names: Names,
}

/// What is taken away.
#[derive(clap::Args)]
pub(super) struct UninstallOptions {
    #[command(flatten)]
    place: Place,
    /// Also removes the keys, the attachments and the users. Without the keys, no case can ever be
    /// read again. (The database is PostgreSQL's: `dropdb`.)
    #[arg(long)]
    data_and_keys: bool,
}

impl Place {
    fn path(&self, inside: &str) -> PathBuf {
        let root = self.prefix.as_deref().unwrap_or(Path::new("/"));
        root.join(inside)
    }

    /// The real machine takes root; below a folder of one's own anybody may try.
    fn demand_rights(&self) -> anyhow::Result<()> {
        ensure!(
            self.prefix.is_some() || runs_as_root()?,
            "this changes the system: run it as root, or below a folder with --prefix"
        );
        Ok(())
    }
}

/// Writes everything, and says what comes next.
pub(super) fn install(place: &Place, config: &Config) -> anyhow::Result<()> {
    place.demand_rights()?;
    copy_program(place, &config.site_root)?;
    for template in templates::ALL {
        write(place, template)?;
    }
    if place.prefix.is_none() {
        run("systemd-sysusers", &["/etc/sysusers.d/lang-nghe.conf"])?;
        run(
            "systemd-tmpfiles",
            &["--create", "/etc/tmpfiles.d/lang-nghe.conf"],
        )?;
        run("systemctl", &["daemon-reload"])?;
    }
    println!(
        "Installed. Settings: /etc/lang-nghe. Examples for nginx, Caddy and PostgreSQL: \
         /usr/local/share/doc/lang-nghe. What comes next: docs/operations.md, \"Split, on one \
         machine\"."
    );
    Ok(())
}

/// Takes everything away but data and keys, unless asked.
pub(super) fn uninstall(options: &UninstallOptions) -> anyhow::Result<()> {
    let place = &options.place;
    place.demand_rights()?;
    if place.prefix.is_none() {
        for unit in templates::UNITS {
            // one that was never enabled is no fault
            let _ = Command::new("systemctl")
                .args(["disable", "--now", "--quiet", unit])
                .status();
        }
    }
    for template in templates::ALL {
        remove(&place.path(template.path))?;
    }
    remove(&place.path(LINK))?;
    for folder in OWN_FOLDERS {
        // what somebody put there beside ours stays
        let _ = fs::remove_dir(place.path(folder));
    }
    remove_tree(&place.path(PROGRAM_FOLDER))?;
    if place.prefix.is_none() {
        run("systemctl", &["daemon-reload"])?;
    }
    if options.data_and_keys {
        remove_tree(&place.path(DATA))?;
        if place.prefix.is_none() {
            remove_users(&place.names);
        }
        println!("Removed, with keys and attachments. The database is still there: `dropdb`.");
    } else {
        println!("Removed. Keys and attachments stay in /{DATA}, and the users who own them.");
    }
    Ok(())
}

/// Puts this very program and the built site into their folder.
fn copy_program(place: &Place, site: &Path) -> anyhow::Result<()> {
    ensure!(
        site.is_dir(),
        "the built site is not in {}; name its folder by SITE_ROOT",
        site.display()
    );
    let folder = place.path(PROGRAM_FOLDER);
    let program = folder.join("lang-nghe");
    let own = std::env::current_exe()?;
    make_folder(&folder)?;
    if own.canonicalize()? != program.canonicalize().unwrap_or_default() {
        // beside and then over it: a running program cannot be written to
        let staged = folder.join("lang-nghe.new");
        fs::copy(&own, &staged).context("the program could not be copied")?;
        fs::set_permissions(&staged, fs::Permissions::from_mode(0o755))?;
        fs::rename(&staged, &program)?;
    }
    let target = folder.join("site");
    if site.canonicalize()? != target.canonicalize().unwrap_or_default() {
        remove_tree(&target)?;
        copy_tree(site, &target).context("the site could not be copied")?;
    }
    let link = place.path(LINK);
    make_folder(link.parent().context("a link has a folder")?)?;
    remove(&link)?;
    symlink("../lib/lang-nghe/lang-nghe", link)?;
    Ok(())
}

fn copy_tree(from: &Path, to: &Path) -> anyhow::Result<()> {
    make_folder(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
            fs::set_permissions(&target, fs::Permissions::from_mode(0o644))?;
        }
    }
    Ok(())
}

/// Writes one file; settings that the operator may have changed stay as they are.
fn write(place: &Place, template: &Template) -> anyhow::Result<()> {
    let path = place.path(template.path);
    if template.is_settings && path.exists() {
        println!("{} is there and stays as it is.", path.display());
        return Ok(());
    }
    make_folder(path.parent().context("a file has a folder")?)?;
    let written = fs::write(&path, template.text(&place.names)).and_then(|()| {
        let mode = fs::Permissions::from_mode(template.mode);
        fs::set_permissions(&path, mode)
    });
    written.with_context(|| format!("cannot write {}", path.display()))
}

fn make_folder(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))
}

fn remove(path: &Path) -> anyhow::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", path.display()))
        }
        _ => Ok(()),
    }
}

fn remove_tree(path: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", path.display()))
        }
        _ => Ok(()),
    }
}

fn run(program: &str, arguments: &[&str]) -> anyhow::Result<()> {
    let status = Command::new(program)
        .args(arguments)
        .status()
        .with_context(|| format!("cannot run {program}: is this a machine with systemd?"))?;
    if !status.success() {
        bail!("{program} {} failed", arguments.join(" "));
    }
    Ok(())
}

fn remove_users(names: &Names) {
    for user in [&names.web_user, &names.unsealer_user] {
        // one that is gone already is no fault
        let _ = Command::new("userdel").arg(user).status();
    }
    let _ = Command::new("groupdel").arg(&names.group).status();
}
