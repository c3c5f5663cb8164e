//! `lang-nghe keys …`: makes, renews, deposits and checks the keys.

pub use super::check::{Finding, check};
pub use super::escrow::{restore, write_escrow};
pub use super::rotate::{Progress, begin_rotation, finish_rotation, rewrap_case_keys};
use super::{
    Vault, escrow,
    key_files::{self, Kind},
    rotate, unsealer,
};
use crate::platform::{config::Config, database::Db};
use anyhow::{Context as _, bail, ensure};
use clap::Subcommand;
use std::path::{Path, PathBuf};

/// What can be done with the keys.
#[derive(Clone, Debug, Subcommand)]
pub enum KeyCommand {
    /// Tạo bộ khóa đầu tiên; khóa đã có được giữ nguyên
    Init,
    /// Tạo phiên bản khóa mới và bọc lại khóa của mọi hồ sơ; chạy lại được khi bị ngắt
    Rotate,
    /// Niêm phong lại danh tính bằng khóa mới (chạy bằng tài khoản của tiến trình unsealer)
    Reseal,
    /// Ghi mọi khóa ra một tệp ký gửi, niêm phong bằng mật khẩu
    Escrow {
        /// Tệp ký gửi sẽ ghi
        out: PathBuf,
    },
    /// Khôi phục khóa từ tệp ký gửi; không ghi đè khóa đang có
    Restore {
        /// Tệp ký gửi
        from: PathBuf,
    },
    /// Mở thử từng phiên bản khóa và kiểm tra quyền đọc
    Check,
}

/// Makes the missing keys of the first set; `true` if any was missing.
///
/// # Errors
/// If the folder may not be written.
pub fn init(config: &Config) -> anyhow::Result<bool> {
    let dir = config.keys_dir();
    key_files::create_dir(&dir)?;
    key_files::create_dir(&key_files::private_dir(&dir))?;
    let mut made = false;
    for kind in Kind::ALL {
        if key_files::versions(&dir, kind.name(), ".key")?.is_empty() {
            key_files::create_symmetric(&dir, kind, 1)?;
            made = true;
        }
    }
    if key_files::versions(&dir, "identity", ".pub")?.is_empty() {
        key_files::create_identity(&dir, next_identity(&dir)?)?;
        made = true;
    }
    Ok(made)
}

/// The version after the last one of which either half exists.
pub(super) fn next_identity(dir: &Path) -> anyhow::Result<i16> {
    let last = |dir: &Path, suffix| {
        anyhow::Ok(
            key_files::versions(dir, "identity", suffix)?
                .pop()
                .unwrap_or(0),
        )
    };
    Ok(last(dir, ".pub")?.max(last(&key_files::private_dir(dir), ".key")?) + 1)
}

/// Runs one command and reports to the terminal.
///
/// `Rotate` and `Reseal` need `db`; its login must be entitled to take the roles `app_web` and
/// `app_unseal` (`set local role`), whatever role its connections start with. `Init` uses it to
/// refuse new keys if the database already holds cases.
///
/// # Errors
/// What failed and what to do, in Vietnamese. Every command may be run again.
pub async fn run(command: KeyCommand, config: &Config, db: Option<Db>) -> anyhow::Result<()> {
    match command {
        KeyCommand::Init => run_init(config, db).await,
        KeyCommand::Rotate => run_rotate(config, &db.context("cần kết nối cơ sở dữ liệu")?).await,
        KeyCommand::Reseal => run_reseal(config, &db.context("cần kết nối cơ sở dữ liệu")?).await,
        KeyCommand::Escrow { out } => escrow::run(config, &out),
        KeyCommand::Restore { from } => escrow::run_restore(config, &from),
        KeyCommand::Check => run_check(config),
    }
}

async fn run_init(config: &Config, db: Option<Db>) -> anyhow::Result<()> {
    let fresh = key_files::versions(&config.keys_dir(), Kind::Service.name(), ".key")?.is_empty();
    if fresh
        && let Some(db) = db
        && rotate::any_case_key(&db).await?
    {
        bail!(
            "cơ sở dữ liệu đã có hồ sơ mà thư mục khóa trống; hãy khôi phục: `lang-nghe keys \
             restore TỆP_KÝ_GỬI`"
        );
    }
    let dir = config.keys_dir();
    if init(config)? {
        println!("Đã tạo bộ khóa trong {}.", dir.display());
        println!(
            "Việc tiếp theo: `lang-nghe keys escrow TỆP` rồi cất tệp và mật khẩu ở hai nơi khác \
             nhau. Mất khóa là mất hồ sơ."
        );
    } else {
        println!("Bộ khóa trong {} đã có, không thay đổi gì.", dir.display());
    }
    Ok(())
}

async fn run_rotate(config: &Config, db: &Db) -> anyhow::Result<()> {
    let resumed = begin_rotation(config)?;
    println!(
        "{}",
        if resumed {
            "Tiếp tục lần đổi khóa dở dang."
        } else {
            "Đã tạo phiên bản khóa mới."
        }
    );
    let vault = Vault::load(config)?;
    let progress = rewrap_case_keys(db, &vault, |now| {
        eprint!("\rĐã bọc lại {} khóa hồ sơ…", now.done)
    })
    .await?;
    eprintln!();
    println!(
        "Khóa hồ sơ: {} bọc lại, {} không mở được.",
        progress.done, progress.failed
    );
    ensure!(
        progress.failed == 0,
        "có khóa hồ sơ không mở được; giữ nguyên mọi khóa cũ và khôi phục khóa còn thiếu rồi chạy \
         lại"
    );
    if std::fs::read_dir(key_files::private_dir(&config.keys_dir())).is_ok() {
        run_reseal(config, db).await?;
    } else {
        println!("Danh tính: chạy `lang-nghe keys reseal` bằng tài khoản của tiến trình unsealer.");
    }
    finish_rotation(config)?;
    println!("Xong. Khóa cũ vẫn ở lại để mở bản sao lưu cũ; nhớ `lang-nghe keys escrow` lần nữa.");
    Ok(())
}

async fn run_reseal(config: &Config, db: &Db) -> anyhow::Result<()> {
    let progress = unsealer::reseal(config, db, |now| {
        eprint!("\rĐã niêm phong lại {} danh tính…", now.done)
    })
    .await?;
    eprintln!();
    println!(
        "Danh tính: {} niêm phong lại, {} không mở được.",
        progress.done, progress.failed
    );
    ensure!(
        progress.failed == 0,
        "có danh tính không mở được; giữ nguyên mọi khóa cũ"
    );
    Ok(())
}

fn run_check(config: &Config) -> anyhow::Result<()> {
    let findings = check(&config.keys_dir())?;
    for finding in &findings {
        match &finding.fault {
            None => println!("được    {}", finding.what),
            Some(fault) => println!("HỎNG    {}: {fault}", finding.what),
        }
    }
    let faults = findings
        .iter()
        .filter(|finding| finding.fault.is_some())
        .count();
    ensure!(faults == 0, "{faults} khóa cần xem lại");
    Ok(())
}
