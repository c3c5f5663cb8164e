//! Passwords: Argon2id at 19 MiB, two passes, one lane (OWASP's first choice for a server), never
//! compared by hand. The web hashes and checks them, and so does the unsealer, for itself.

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _},
};
use serde::{Deserialize, Serialize};
use std::fmt;
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroize as _;

/// A password on its way to be checked: never shown, zeroed when dropped.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Password(String);

impl Password {
    /// As typed; no account has one of more than 200 characters.
    pub fn new(typed: &str) -> Self {
        Self(typed.chars().take(200).collect())
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it has the stored form `stored`. Takes tens of milliseconds, off the request
    /// threads.
    ///
    /// # Errors
    /// If the check itself breaks.
    pub async fn has_form(&self, stored: String) -> anyhow::Result<bool> {
        let typed = self.clone();
        Ok(tokio::task::spawn_blocking(move || verify(&typed.0, &stored)).await?)
    }
}

impl Password {
    /// A stored form of it, each time another one. Takes tens of milliseconds, off the request
    /// threads.
    ///
    /// # Errors
    /// If the memory for hashing cannot be allocated.
    pub async fn form(&self) -> anyhow::Result<String> {
        let typed = self.clone();
        tokio::task::spawn_blocking(move || hash(&typed.0)).await?
    }
}

impl Drop for Password {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

fn argon2() -> anyhow::Result<Argon2<'static>> {
    let params = Params::new(19_456, 2, 1, None).map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// One spelling of a password, whichever keyboard typed it (TCVN 6909:2001).
fn one_spelling(password: &str) -> String {
    crate::case::normalise(password).nfc().collect()
}

/// The stored form of a password (PHC string, random salt). Takes tens of milliseconds.
///
/// # Errors
/// If the memory for hashing cannot be allocated.
pub fn hash(password: &str) -> anyhow::Result<String> {
    let salt: [u8; 16] = super::clock::random_bytes();
    let hash = argon2()?.hash_password_with_salt(one_spelling(password).as_bytes(), &salt);
    hash.map(|hash| hash.to_string())
        .map_err(|error| anyhow::anyhow!("{error}"))
}

/// Whether `password` has the stored form `stored`. Takes tens of milliseconds.
pub fn verify(password: &str, stored: &str) -> bool {
    argon2().is_ok_and(|argon2| {
        argon2
            .verify_password(one_spelling(password).as_bytes(), stored)
            .is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_argon2id_with_the_chosen_cost_and_opens_for_its_password_only() {
        let stored = hash("mật khẩu thử").unwrap();
        assert!(
            stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{stored}"
        );
        assert!(verify("mật khẩu thử", &stored));
        assert!(!verify("mật khẩu thứ", &stored));
        assert!(!verify("", &stored));
        assert_ne!(
            stored,
            hash("mật khẩu thử").unwrap(),
            "a salt of its own each time"
        );
    }

    #[test]
    fn the_same_password_from_another_keyboard_is_the_same() {
        let composed = "mật khẩu";
        let decomposed: String = composed.nfd().collect();
        assert_ne!(composed, decomposed);
        assert!(verify(&decomposed, &hash(composed).unwrap()));
    }

    #[test]
    fn a_password_on_its_way_is_not_shown() {
        assert_eq!(format!("{:?}", Password::new("secret")), "Password(…)");
    }
}
