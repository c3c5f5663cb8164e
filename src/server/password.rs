//! Passwords: Argon2id with the parameters OWASP recommends (19 MiB, two passes, one lane).

use anyhow::anyhow;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};

fn argon2() -> anyhow::Result<Argon2<'static>> {
    let params = Params::new(19_456, 2, 1, None).map_err(|error| anyhow!("Argon2 parameters: {error}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a password under a fresh salt, as a PHC string. Takes tens of milliseconds of a core.
///
/// # Errors
/// Where the hash cannot be computed.
pub fn hash(password: &str) -> anyhow::Result<String> {
    let salt = super::clock::random_bytes::<16>();
    let hash: PasswordHash = argon2()?.hash_password_with_salt(password.as_bytes(), &salt).map_err(|error| anyhow!("hashing: {error}"))?;
    Ok(hash.to_string())
}

/// Whether `password` is the one behind `stored`. Takes tens of milliseconds of a core.
pub fn verify(password: &str, stored: &str) -> bool {
    let (Ok(argon2), Ok(stored)) = (argon2(), PasswordHash::new(stored)) else { return false };
    argon2.verify_password(password.as_bytes(), &stored).is_ok()
}
