//! Every file that an installation consists of, as text with names to fill in.

/// Names of users, roles and the database.
#[derive(clap::Args)]
pub(super) struct Names {
    /// System user of the web and the worker.
    #[arg(long, default_value = "lang-nghe-web", value_parser = name)]
    pub(super) web_user: String,
    /// System user of the unsealer.
    #[arg(long, default_value = "lang-nghe-unsealer", value_parser = name)]
    pub(super) unsealer_user: String,
    /// Group by which the web reaches the unsealer's socket.
    #[arg(long, default_value = "lang-nghe", value_parser = name)]
    pub(super) group: String,
    /// Role that owns the database; root acts as it.
    #[arg(long, default_value = "lang_nghe", value_parser = name)]
    pub(super) owner: String,
    /// Name of the database.
    #[arg(long, default_value = "lang_nghe", value_parser = name)]
    pub(super) database: String,
}

/// A name that needs no quotes anywhere.
fn name(typed: &str) -> Result<String, &'static str> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    let begins = typed.starts_with(|c: char| c.is_ascii_lowercase());
    if begins && typed.len() <= 31 && typed.chars().all(plain) {
        Ok(typed.to_owned())
    } else {
        Err("a-z first, then a-z, 0-9, - and _; at most 31 characters")
    }
}

/// One file.
pub(super) struct Template {
    /// Below the root.
    pub(super) path: &'static str,
    pub(super) mode: u32,
    /// Settings are the operator's once they are there.
    pub(super) is_settings: bool,
    text: &'static str,
}

impl Template {
    /// The text with its names.
    pub(super) fn text(&self, names: &Names) -> String {
        let filled = self
            .text
            .replace("{hardening}", include_str!("hardening.conf"));
        [
            ("{web_user}", &names.web_user),
            ("{unsealer_user}", &names.unsealer_user),
            ("{group}", &names.group),
            ("{owner}", &names.owner),
            ("{database}", &names.database),
        ]
        .into_iter()
        .fold(filled, |text, (place, name)| text.replace(place, name))
    }

    const fn file(path: &'static str, text: &'static str) -> Self {
        Self {
            path,
            mode: 0o644,
            is_settings: false,
            text,
        }
    }

    const fn settings(path: &'static str, text: &'static str) -> Self {
        Self {
            path,
            mode: 0o600,
            is_settings: true,
            text,
        }
    }
}

/// The units, in the order they are stopped.
pub(super) const UNITS: [&str; 3] = [
    "lang-nghe-serve.service",
    "lang-nghe-worker.service",
    "lang-nghe-unsealer.service",
];

/// All of them.
pub(super) const ALL: &[Template] = &[
    Template::file(
        "etc/systemd/system/lang-nghe-serve.service",
        include_str!("serve.service"),
    ),
    Template::file(
        "etc/systemd/system/lang-nghe-worker.service",
        include_str!("worker.service"),
    ),
    Template::file(
        "etc/systemd/system/lang-nghe-unsealer.service",
        include_str!("unsealer.service"),
    ),
    Template::file(
        "etc/sysusers.d/lang-nghe.conf",
        include_str!("sysusers.conf"),
    ),
    Template::file(
        "etc/tmpfiles.d/lang-nghe.conf",
        include_str!("tmpfiles.conf"),
    ),
    Template::settings("etc/lang-nghe/web.env", include_str!("web.env")),
    Template::settings("etc/lang-nghe/unsealer.env", include_str!("unsealer.env")),
    Template::settings("etc/lang-nghe/owner.env", include_str!("owner.env")),
    Template {
        mode: 0o755,
        ..Template::file("usr/local/sbin/lang-nghe-owner", include_str!("owner.sh"))
    },
    Template::file(
        "usr/local/share/doc/lang-nghe/nginx.conf",
        include_str!("nginx.conf"),
    ),
    Template::file(
        "usr/local/share/doc/lang-nghe/Caddyfile",
        include_str!("Caddyfile"),
    ),
    Template::file(
        "usr/local/share/doc/lang-nghe/pg_hba.conf",
        include_str!("pg_hba.conf"),
    ),
    Template::file(
        "usr/local/share/doc/lang-nghe/pg_ident.conf",
        include_str!("pg_ident.conf"),
    ),
];
