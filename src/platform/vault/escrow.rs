//! The deposit: every key in one text file, sealed under a passphrase (Argon2id), to be printed and
//! locked in a safe.

use super::{
    SealContext,
    key_files::{self, Kind},
    seal::{self, Key},
};
use crate::platform::{clock::random_bytes, config::Config, terminal::secret_line};
use anyhow::{Context as _, bail, ensure};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use serde::{Deserialize, Serialize};
use std::{fs, io::IsTerminal as _, path::Path};
use zeroize::Zeroizing;

const BEGIN: &str = "-----BEGIN LANG-NGHE ESCROW v1-----";
const END: &str = "-----END LANG-NGHE ESCROW v1-----";
/// 256 MiB and three passes take a second on an ordinary machine. The file may spend years in a
/// drawer, exposed to offline guessing.
const MEMORY_KIB: u32 = 256 * 1024;
const PASSES: u32 = 3;
/// What the names of the private keys begin with in a deposit.
const PRIVATE: &str = "unsealer/";
const SALT: usize = 16;
const SHORTEST: usize = 16;
const CONTEXT: SealContext = SealContext {
    table: "escrow",
    row: 1,
    field: "keys",
};

const INSTRUCTIONS: &str = "LẮNG NGHE: BẢN KÝ GỬI KHÓA

Tệp này chứa mọi khóa của hệ thống, đã niêm phong bằng một mật khẩu.
Không có mật khẩu thì không ai mở được; mất cả khóa lẫn bản ký gửi thì không ai đọc lại được hồ sơ.

Cất giữ: in tệp này hoặc chép vào hai thẻ nhớ, để trong hai két khác nhau.
Mật khẩu để riêng, do người khác giữ.
Sau mỗi lần đổi khóa (lang-nghe keys rotate), làm bản mới;
giữ bản cũ cho tới khi không còn bản sao lưu cũ nào.

Khôi phục: trên máy mới, đặt DATA_DIR rồi chạy
    lang-nghe keys restore TỆP_NÀY
gõ mật khẩu khi được hỏi, sau đó chạy
    lang-nghe keys check
Mỗi quý nên thử khôi phục một lần trên máy không nối mạng.
";

/// One key file.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// The file's name; of a private key, after [`PRIVATE`].
    name: String,
    content: String,
}

/// Seals every key of an installation under a passphrase: the text of the deposit.
///
/// # Errors
/// If a key cannot be read, the private ones included.
pub fn write_escrow(config: &Config, passphrase: &str) -> anyhow::Result<String> {
    let kept = Zeroizing::new(serde_json::to_vec(&collect(config)?)?);
    let salt: [u8; SALT] = random_bytes();
    let sealed = seal::seal(&passphrase_key(passphrase, &salt)?, 1, CONTEXT, &kept);
    let text = BASE64.encode([&salt[..], &sealed].concat());
    let lines: Vec<&str> = text
        .as_bytes()
        .chunks(64)
        .filter_map(|line| std::str::from_utf8(line).ok())
        .collect();
    Ok(format!(
        "{INSTRUCTIONS}\n{BEGIN}\n{}\n{END}\n",
        lines.join("\n")
    ))
}

/// Writes the keys of a deposit back and returns how many were written. A key that exists already
/// must be the same.
///
/// # Errors
/// If the passphrase is wrong, the text was changed, or another key has the name.
pub fn restore(config: &Config, text: &str, passphrase: &str) -> anyhow::Result<usize> {
    let inner = text
        .split_once(BEGIN)
        .and_then(|(_, rest)| rest.split_once(END))
        .context("this file is no deposit of keys")?
        .0;
    let bytes = BASE64
        .decode(inner.split_whitespace().collect::<String>())
        .context("the deposit is damaged")?;
    let (salt, sealed) = bytes
        .split_first_chunk::<SALT>()
        .context("the deposit is damaged")?;
    let plain = seal::open(&passphrase_key(passphrase, salt)?, CONTEXT, sealed)
        .ok()
        .context("it does not open: another passphrase, or the file was changed")?;
    key_files::create_dir(&config.keys_dir())?;
    key_files::create_dir(&config.unsealer_keys())?;
    let kept: Vec<Kept> = serde_json::from_slice(&plain)?;
    let mut written = 0;
    for file in &kept {
        written += usize::from(put_back(config, file)?);
    }
    Ok(written)
}

fn put_back(config: &Config, file: &Kept) -> anyhow::Result<bool> {
    let plain_name = |name: &str| {
        name.bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
            && !name.starts_with('.')
    };
    let private = file.name.strip_prefix(PRIVATE);
    let inner = private.unwrap_or(&file.name);
    ensure!(plain_name(inner), "the deposit is damaged");
    let path = match private {
        Some(name) => config.unsealer_keys().join(name),
        None => config.keys_dir().join(inner),
    };
    match fs::read(&path) {
        Ok(there) if there.trim_ascii() == file.content.as_bytes().trim_ascii() => Ok(false),
        Ok(_) => bail!(
            "{} is there and differs from the deposit; move the present folder of keys aside and \
             run this again",
            path.display()
        ),
        Err(_) => {
            let mode = if inner.ends_with(".key") {
                0o400
            } else {
                0o444
            };
            key_files::write_new(&path, file.content.as_bytes(), mode, false)?;
            Ok(true)
        }
    }
}

/// Every key file with its canary.
fn collect(config: &Config) -> anyhow::Result<Vec<Kept>> {
    let (dir, private_dir) = (&config.keys_dir(), &config.unsealer_keys());
    let mut names = Vec::new();
    for (name, suffix) in Kind::ALL
        .map(|kind| (kind.name(), ".key"))
        .into_iter()
        .chain([("identity", ".pub")])
    {
        for version in key_files::versions(dir, name, suffix)? {
            names.extend([
                format!("{name}-v{version}{suffix}"),
                format!("{name}-v{version}.canary"),
            ]);
        }
    }
    let private = key_files::versions(private_dir, "identity", ".key")?;
    ensure!(
        !private.is_empty(),
        "cannot read the private keys in {}; run this as root",
        private_dir.display()
    );
    names.extend(
        private
            .into_iter()
            .map(|version| format!("{PRIVATE}identity-v{version}.key")),
    );
    let read = |name: String| {
        let path = match name.strip_prefix(PRIVATE) {
            Some(private) => private_dir.join(private),
            None => dir.join(&name),
        };
        let content = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
        Ok(Kept { name, content })
    };
    names.into_iter().map(read).collect()
}

fn passphrase_key(passphrase: &str, salt: &[u8]) -> anyhow::Result<Key> {
    // typed with blanks, hyphens or small letters, it is the same passphrase
    let plain: Zeroizing<String> = Zeroizing::new(
        passphrase
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_uppercase)
            .collect(),
    );
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(32))
        .map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(plain.as_bytes(), salt, &mut *key)
        .map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
    Ok(key)
}

/// A random passphrase: eight groups of four from an alphabet without look-alikes, 160 bits.
fn new_passphrase() -> Zeroizing<String> {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let letters: Vec<char> = random_bytes::<32>()
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
        .collect();
    Zeroizing::new(
        letters
            .chunks(4)
            .map(|group| group.iter().collect::<String>())
            .collect::<Vec<_>>()
            .join("-"),
    )
}

/// `keys escrow`: uses a passphrase from a pipe; at a terminal it makes one and shows it once.
pub(super) fn run(config: &Config, out: &Path) -> anyhow::Result<()> {
    let given = if std::io::stdin().is_terminal() {
        Zeroizing::new(String::new())
    } else {
        secret_line("")?
    };
    let made = given.is_empty();
    let passphrase = if made { new_passphrase() } else { given };
    let letters = passphrase.chars().filter(|c| c.is_alphanumeric()).count();
    ensure!(
        letters >= SHORTEST,
        "the passphrase needs at least {SHORTEST} letters and digits"
    );
    key_files::write_new(
        &std::path::absolute(out)?,
        write_escrow(config, &passphrase)?.as_bytes(),
        0o400,
        false,
    )?;
    println!("The deposit is in {}.", out.display());
    if made {
        println!(
            "Its passphrase, shown this once (write it down and keep it apart):\n\n    {}\n",
            *passphrase
        );
    }
    Ok(())
}

/// `keys restore`: asks for the passphrase.
pub(super) fn run_restore(config: &Config, from: &Path) -> anyhow::Result<()> {
    let text =
        fs::read_to_string(from).with_context(|| format!("cannot read {}", from.display()))?;
    let passphrase = secret_line("Passphrase of the deposit (not shown)")?;
    let written = restore(config, &text, passphrase.trim())?;
    println!(
        "{written} files were written back, below {}. `lang-nghe keys check` tries them.",
        config.keys_dir().display()
    );
    Ok(())
}
