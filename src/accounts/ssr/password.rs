//! Passwords inside a request: checked and hashed a few at a time (the form itself:
//! `platform/password.rs`).

pub use crate::platform::password::{hash, verify};

use super::strength;
use crate::error::{AppError, FieldErrors};
use tokio::sync::Semaphore;

/// A hash that no password has: checked if there is no account, so that the answer takes as long;
/// stored for whoever has not set a password yet.
pub const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bGFuZy1uZ2hlLWR1bW15$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Each check takes 19 MiB and a core: a flood of sign-ins waits here instead of taking both from
/// everybody else.
static STRANGERS: Semaphore = Semaphore::const_new(2);
/// Who may wait for [`STRANGERS`]; a longer queue would keep everybody in it for seconds.
static QUEUE: Semaphore = Semaphore::const_new(64);
/// Whoever was here before does not wait behind a flood of strangers.
static KNOWN: Semaphore = Semaphore::const_new(1);

/// In which line somebody waits for their password to be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// From a device that signed in before, or from within a session.
    Known,
    /// From anywhere.
    Strangers,
}

/// Letters and digits that are not mistaken for one another on paper or over the phone; 32, so that
/// a byte picks evenly.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// [`verify`] off the request threads, a few at a time. `None`, for nobody of that name, takes the
/// same time and is never right.
///
/// # Errors
/// [`AppError::TooManyRequests`] if too many strangers wait, [`AppError::Internal`] if the check
/// itself breaks.
pub async fn check(line: Line, password: String, stored: Option<String>) -> Result<bool, AppError> {
    let known = stored.is_some();
    let stored = stored.unwrap_or_else(|| NOBODY.to_owned());
    let right = in_line(line, move || verify(&password, &stored)).await?;
    Ok(known && right)
}

/// The stored form of a password somebody chose, if it cannot be guessed; `around` are the words of
/// their place, `field` is where it was typed.
///
/// # Errors
/// [`AppError::Invalid`] at `field` if it can be guessed, [`AppError::Internal`] if hashing fails.
pub async fn chosen(
    password: String,
    around: Vec<String>,
    field: &'static str,
) -> Result<String, AppError> {
    let made = in_line(Line::Known, move || {
        match strength::weakness(&password, &around) {
            Some(why) => Err(FieldErrors::at(field, why).into()),
            None => hash(&password).map_err(|_| AppError::Internal),
        }
    });
    made.await?
}

/// Does `work` on a thread for it, when its turn has come.
async fn in_line<T: Send + 'static>(
    line: Line,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    let (slots, _waiting) = match line {
        Line::Known => (&KNOWN, None),
        Line::Strangers => {
            let place = QUEUE.try_acquire();
            let place = place.map_err(|_| AppError::TooManyRequests)?;
            (&STRANGERS, Some(place))
        }
    };
    let _slot = slots.acquire().await.map_err(|_| AppError::Unavailable)?;
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| AppError::Internal)
}

/// 80 random bits as a code or a password, in four groups to be read from paper:
/// `k3mw-x7pq-a9dz-h2rt`.
pub fn random() -> String {
    let bytes: [u8; 16] = crate::platform::clock::random_bytes();
    let letters: Vec<char> = bytes
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte & 31)]))
        .collect();
    letters
        .chunks(4)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_hash_opens_for_nobody() {
        for stored in ["", "secret", "$argon2id$", NOBODY] {
            assert!(!verify("secret", stored));
        }
    }

    #[test]
    fn the_stand_in_for_nobody_costs_as_much_as_a_real_hash() {
        let cost = |stored: &str| stored.split('$').take(4).collect::<Vec<_>>().join("$");
        assert_eq!(cost(NOBODY), cost(&hash("x").unwrap()));
        assert!(argon2::password_hash::phc::PasswordHash::new(NOBODY).is_ok());
    }

    #[tokio::test]
    async fn somebody_known_is_checked_while_a_flood_of_strangers_waits() {
        let slots = [
            STRANGERS.acquire().await.unwrap(),
            STRANGERS.acquire().await.unwrap(),
        ];
        let queue = QUEUE.acquire_many(64).await.unwrap();
        let stored = hash("mật khẩu thử").unwrap();
        let check = |line| check(line, "mật khẩu thử".to_owned(), Some(stored.clone()));
        assert_eq!(
            check(Line::Strangers).await,
            Err(AppError::TooManyRequests),
            "a full queue says so instead of growing"
        );
        assert_eq!(check(Line::Known).await, Ok(true));
        drop((slots, queue));
        assert_eq!(check(Line::Strangers).await, Ok(true));
    }

    #[test]
    fn a_random_password_reads_in_four_groups() {
        let (one, other) = (random(), random());
        assert_ne!(one, other);
        assert_eq!(
            one.split('-').map(str::len).collect::<Vec<_>>(),
            [4, 4, 4, 4]
        );
    }
}
