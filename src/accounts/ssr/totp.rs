//! The second proof beside the password: codes of an authenticator app (RFC 6238: SHA-1, six
//! digits, thirty seconds) and recovery codes.

use crate::{
    accounts::{form::plain_code, ssr::password, view::SecondFactor},
    case::StaffId,
    error::AppError,
    platform::{AppState, clock::random_bytes, qr, vault::SealContext},
    rights::Role,
    ui::QrCode,
};
use sha2::{Digest as _, Sha256};
use sqlx::PgConnection;
use time::OffsetDateTime;
use totp_rs::{Builder, Totp};
use zeroize::Zeroizing;

/// Recovery codes of one person.
const CODES: usize = 10;

/// What an app is set up with.
pub(super) struct Setup {
    /// The secret in groups of four.
    pub secret: String,
    /// Secret, name and issuer as a picture.
    pub picture: QrCode,
}

/// Whether the second proof is set up for `staff`, and whether one of `roles` demands it.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub(super) async fn summary(
    connection: &mut PgConnection,
    staff: StaffId,
    roles: &[Role],
) -> Result<SecondFactor, AppError> {
    let row = sqlx::query!(
        r#"select
            exists (select from staff_totp where staff_id = $1 and confirmed_at is not null)
                as "is_on!",
            (select count(*) from recovery_code where staff_id = $1) as "codes!",
            (select second_factor_required from account_policy) as "required!""#,
        staff as StaffId
    )
    .fetch_one(connection)
    .await?;
    Ok(SecondFactor {
        on: row.is_on,
        required: row.required && roles.iter().any(|role| role.needs_second_factor()),
        codes_left: row.codes,
    })
}

/// The app that `staff` is to set up, with a secret for this sign-in alone (`shown_to`, the hash of its
/// token): whoever opened the page before, with the password only, knows another one.
///
/// # Errors
/// [`AppError::Conflict`] if one is set up already.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub(super) async fn setup(
    state: &AppState,
    staff: StaffId,
    shown_to: [u8; 32],
) -> Result<Setup, AppError> {
    let fresh: Zeroizing<[u8; 20]> = Zeroizing::new(random_bytes());
    let sealed = state.vault.seal_service(place(staff), &*fresh);
    sqlx::query!(
        "insert into staff_totp as app (staff_id, sealed, shown_to) values ($1, $2, $3)
        on conflict (staff_id) do update set sealed = excluded.sealed, shown_to = excluded.shown_to
            where app.confirmed_at is null and app.shown_to is distinct from excluded.shown_to",
        staff as StaffId,
        sealed,
        shown_to.as_slice()
    )
    .execute(state.db.pool())
    .await?;
    let app = App::load(state, &mut *state.db.pool().acquire().await?, staff).await?;
    if app.is_confirmed {
        return Err(AppError::Conflict);
    }
    let url = app.totp.to_url().map_err(|_| AppError::Internal)?;
    let secret = app.totp.secret().to_base32();
    let groups: Vec<&str> = (0..secret.len().div_ceil(4))
        .map(|at| &secret[at * 4..(at * 4 + 4).min(secret.len())])
        .collect();
    let (size, path) = qr::drawn(&url)?;
    Ok(Setup {
        secret: groups.join(" "),
        picture: QrCode { size, path },
    })
}

/// Ends the setting up with the app's first code, and makes recovery codes. `None` for a wrong code,
/// or if the page was opened elsewhere since and has another secret now.
///
/// # Errors
/// [`AppError::Conflict`] if an app is set up already.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub(super) async fn confirm(
    state: &AppState,
    tx: &mut PgConnection,
    staff: StaffId,
    shown_to: [u8; 32],
    typed: &str,
) -> Result<Option<Vec<String>>, AppError> {
    let app = App::load(state, tx, staff).await?;
    if app.is_confirmed {
        return Err(AppError::Conflict);
    }
    if app.shown_to.as_deref() != Some(&shown_to[..]) {
        return Ok(None);
    }
    let now = state.clock.now();
    let Some(step) = app.step_of(typed, now) else {
        return Ok(None);
    };
    sqlx::query!(
        "update staff_totp set confirmed_at = $2, last_step = $3 where staff_id = $1",
        staff as StaffId,
        now,
        step
    )
    .execute(&mut *tx)
    .await?;
    Ok(Some(make_codes(tx, staff).await?))
}

/// By what somebody proved who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// A code of the app that was not used before.
    App,
    /// A recovery code, which is gone now.
    RecoveryCode,
}

/// Takes a code of the app or a recovery code; each works once. `None` if it is neither.
///
/// # Errors
/// [`AppError::NotFound`] if no app is set up.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub(super) async fn prove(
    state: &AppState,
    tx: &mut PgConnection,
    staff: StaffId,
    typed: &str,
) -> Result<Option<Proof>, AppError> {
    let typed = plain_code(typed);
    if typed.len() > 6 {
        let stored = code_hash(staff, &typed);
        let deleted = sqlx::query!(
            "delete from recovery_code where staff_id = $1 and code_hash = $2",
            staff as StaffId,
            stored.as_slice()
        )
        .execute(tx)
        .await?;
        return Ok((deleted.rows_affected() == 1).then_some(Proof::RecoveryCode));
    }
    let app = App::load(state, tx, staff).await?;
    let Some(step) = app.step_of(&typed, state.clock.now()) else {
        return Ok(None);
    };
    let used = sqlx::query!(
        "update staff_totp set last_step = $2
         where staff_id = $1 and confirmed_at is not null and last_step < $2",
        staff as StaffId,
        step
    )
    .execute(tx)
    .await?;
    Ok((used.rows_affected() == 1).then_some(Proof::App))
}

/// Recovery codes in place of the old ones; shown once, stored as SHA-256 of 80 random bits each.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub(super) async fn make_codes(
    tx: &mut PgConnection,
    staff: StaffId,
) -> Result<Vec<String>, AppError> {
    let codes: Vec<String> = (0..CODES).map(|_| password::random()).collect();
    let hashes: Vec<Vec<u8>> = codes
        .iter()
        .map(|code| code_hash(staff, &plain_code(code)).to_vec())
        .collect();
    sqlx::query!(
        "delete from recovery_code where staff_id = $1",
        staff as StaffId
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into recovery_code (staff_id, code_hash) select $1, unnest($2::bytea[])",
        staff as StaffId,
        &hashes
    )
    .execute(tx)
    .await?;
    Ok(codes)
}

/// Forgets app and recovery codes.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub(super) async fn forget(tx: &mut PgConnection, staff: StaffId) -> Result<(), AppError> {
    sqlx::query!(
        "delete from staff_totp where staff_id = $1",
        staff as StaffId
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "delete from recovery_code where staff_id = $1",
        staff as StaffId
    )
    .execute(tx)
    .await?;
    Ok(())
}

struct App {
    totp: Totp,
    is_confirmed: bool,
    shown_to: Option<Vec<u8>>,
}

impl App {
    /// The app of `staff`, its row locked if this is a transaction.
    async fn load(
        state: &AppState,
        connection: &mut PgConnection,
        staff: StaffId,
    ) -> Result<Self, AppError> {
        let row = sqlx::query!(
            "select t.sealed, t.confirmed_at, t.shown_to, s.username
             from staff_totp t join staff s using (staff_id)
             where t.staff_id = $1 for update of t",
            staff as StaffId
        )
        .fetch_one(connection)
        .await?;
        let secret = state.vault.open_service(place(staff), &row.sealed)?;
        Ok(Self {
            totp: app(&secret, &row.username)?,
            is_confirmed: row.confirmed_at.is_some(),
            shown_to: row.shown_to,
        })
    }

    /// The step that a code belongs to, of the present one and its neighbours.
    fn step_of(&self, typed: &str, now: OffsetDateTime) -> Option<i64> {
        let seconds = u64::try_from(now.unix_timestamp()).ok()?;
        let step = self.totp.check(&plain_code(typed), seconds)?;
        i64::try_from(step).ok()
    }
}

fn app(secret: &[u8], username: &str) -> Result<Totp, AppError> {
    let app = Builder::new()
        .with_secret(secret)
        .with_issuer(Some("Lắng Nghe"))
        .with_account_name(username);
    app.build().map_err(|_| AppError::Internal)
}

fn place(staff: StaffId) -> SealContext {
    SealContext {
        table: "staff_totp",
        row: staff.0,
        field: "sealed",
    }
}

fn code_hash(staff: StaffId, plain: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(staff.0.to_be_bytes());
    hash.update(plain);
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B: SHA-1, the last six of its eight digits
        let app = App {
            totp: app(b"12345678901234567890", "vanphong1").unwrap(),
            is_confirmed: true,
            shown_to: None,
        };
        let at = datetime!(2005-03-18 01:58:29 UTC);
        assert_eq!(app.step_of("081804", at), Some(1_111_111_109 / 30));
        assert_eq!(app.step_of("081 804", at), Some(1_111_111_109 / 30));
        assert_eq!(app.step_of("081805", at), None);
        assert_eq!(app.step_of("", at), None);
        let later = |seconds| at + time::Duration::seconds(seconds);
        assert!(app.step_of("081804", later(30)).is_some(), "a slow clock");
        assert_eq!(app.step_of("081804", later(90)), None);
    }

    #[test]
    fn a_recovery_code_is_stored_for_one_person() {
        assert_ne!(code_hash(StaffId(1), "abcd"), code_hash(StaffId(2), "abcd"));
    }
}
