//! The second step of signing in, and setting up what it asks for. Between the two steps there is
//! no session: a row of its own says whose password was right, for ten minutes.

use super::{
    authority, device,
    handlers::{asked, finish, next_of},
    session::{self, CurrentStaff},
    throttle::Try,
    totp::{self, Proof},
};
use crate::{
    accounts::{
        commands::TURN_OFF,
        form::first_page,
        view::{RecoveryCodes, SecondFactor, SecondFactorView, Stage},
    },
    case::StaffId,
    error::{AppError, FieldErrors},
    platform::{
        AppState,
        clock::random_bytes,
        http::{
            cookies::{Cookie, SameSite},
            reply,
        },
    },
    records::{AuditAction, AuditEntry, audit},
    rights::Role,
    routes,
};
use axum::http::{HeaderValue, request::Parts};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};
use time::Duration;

/// How long the second step may take.
const LASTS: Duration = Duration::minutes(10);
const COOKIE: Cookie = Cookie {
    name: "buoc",
    same_site: SameSite::Strict,
    max_age: Some(600),
};

/// Who is at the page of second proofs.
enum Person {
    /// Their password was right just now.
    Halfway(StaffId),
    /// They are signed in.
    SignedIn(CurrentStaff),
}

/// Notes that the password of `staff` was right; gives the cookie by which the next step knows it.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn begin(state: &AppState, staff: StaffId) -> Result<HeaderValue, AppError> {
    let token: [u8; 32] = random_bytes();
    let (stored, now) = (Sha256::digest(token), state.clock.now());
    let mut tx = state.db.pool().begin().await?;
    sqlx::query!(
        "delete from sign_in_step where staff_id = $1 or expires_at <= $2",
        staff as StaffId,
        now
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into sign_in_step (token_hash, staff_id, expires_at) values ($1, $2, $3)",
        stored.as_slice(),
        staff as StaffId,
        now + LASTS
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    COOKIE.set(&state.config, &URL_SAFE_NO_PAD.encode(token))
}

/// The page; `made` are recovery codes to be shown in this answer.
///
/// # Errors
/// [`AppError::ReauthenticationRequired`] before an app is set up for somebody signed in.
pub async fn page(next: &str, made: Option<RecoveryCodes>) -> Result<SecondFactorView, AppError> {
    let (state, parts) = asked()?;
    if let Some(codes) = made {
        let staff = session::current().await?;
        return Ok(SecondFactorView {
            next: first_page(next, &staff.roles),
            viewer: Some(session::viewer(&staff)),
            stage: Stage::Codes(codes),
        });
    }
    let next = next.to_owned();
    match person(&state, &parts).await {
        Err(AppError::SignInRequired) => Ok(SecondFactorView::default()),
        Err(error) => Err(error),
        Ok(Person::Halfway(staff)) => {
            let factor = factor_of(&state, staff).await?;
            let stage = match factor.on {
                true => Stage::Code,
                false => set_up_stage(&state, staff, shown_to(&state, &parts)?, factor).await?,
            };
            Ok(SecondFactorView {
                viewer: None,
                stage,
                next,
            })
        }
        Ok(Person::SignedIn(staff)) => {
            let factor = factor_of(&state, staff.staff_id).await?;
            let stage = match factor.on {
                true => Stage::On(factor),
                false if staff.is_recently_authenticated(state.clock.now()) => {
                    let shown_to = shown_to(&state, &parts)?;
                    set_up_stage(&state, staff.staff_id, shown_to, factor).await?
                }
                false => return Err(AppError::ReauthenticationRequired),
            };
            let viewer = Some(session::viewer(&staff));
            Ok(SecondFactorView {
                viewer,
                stage,
                next,
            })
        }
    }
}

async fn set_up_stage(
    state: &AppState,
    staff: StaffId,
    shown_to: [u8; 32],
    factor: SecondFactor,
) -> Result<Stage, AppError> {
    let setup = totp::setup(state, staff, shown_to).await?;
    Ok(Stage::SetUp {
        secret: setup.secret,
        picture: setup.picture,
        required: factor.required,
    })
}

/// Ends the sign-in with a code.
///
/// # Errors
/// [`AppError::Invalid`] for a wrong or used one, [`AppError::SignInRequired`] without a first step,
/// [`AppError::TooManyRequests`].
pub async fn prove(typed: &str) -> Result<(), AppError> {
    let (state, parts) = asked()?;
    let staff = halfway(&state, &parts)
        .await?
        .ok_or(AppError::SignInRequired)?;
    let device = device::known(&state, &parts, staff);
    let tried = Try::proof(&state, staff, device.as_deref()).await?;
    let mut tx = state.db.pool().begin().await?;
    let Some(proof) = totp::prove(&state, &mut tx, staff, typed).await? else {
        return Err(wrong_code().into());
    };
    if proof == Proof::RecoveryCode {
        let entry = AuditEntry::by(staff, AuditAction::RecoveryCodeUsed, state.clock.now());
        audit(&mut tx, entry).await?;
    }
    tx.commit().await?;
    tried.forgive(&state.db).await?;
    let roles = end(&state, &parts, staff).await?;
    leptos_axum::redirect(&first_page(&next_of(&parts), &roles));
    Ok(())
}

/// Ends the setting up of an app with its first code; at sign-in, the sign-in too.
///
/// # Errors
/// As [`prove`]; [`AppError::ReauthenticationRequired`] for somebody signed in.
pub async fn set_up(typed: &str) -> Result<(), AppError> {
    let (state, parts) = asked()?;
    let person = person(&state, &parts).await?;
    let staff = match &person {
        Person::Halfway(staff) => *staff,
        Person::SignedIn(staff) => recently(&state, staff)?.staff_id,
    };
    let mut tx = state.db.pool().begin().await?;
    let shown_to = shown_to(&state, &parts)?;
    let Some(codes) = totp::confirm(&state, &mut tx, staff, shown_to, typed).await? else {
        return Err(wrong_code().into());
    };
    let entry = AuditEntry::by(staff, AuditAction::SecondFactorOn, state.clock.now());
    audit(&mut tx, entry).await?;
    tx.commit().await?;
    if let Person::Halfway(staff) = person {
        end(&state, &parts, staff).await?;
    }
    reply::show_once(RecoveryCodes(codes));
    Ok(())
}

/// Makes new recovery codes.
///
/// # Errors
/// [`AppError::ReauthenticationRequired`]; [`AppError::Conflict`] if no app is set up.
pub async fn renew_codes() -> Result<(), AppError> {
    let state = authority::state();
    let staff = session::current().await?;
    let staff = recently(&state, &staff)?.staff_id;
    if !factor_of(&state, staff).await?.on {
        return Err(AppError::Conflict);
    }
    let mut tx = state.db.pool().begin().await?;
    let codes = totp::make_codes(&mut tx, staff).await?;
    let entry = AuditEntry::by(staff, AuditAction::RecoveryCodesMade, state.clock.now());
    audit(&mut tx, entry).await?;
    tx.commit().await?;
    reply::show_once(RecoveryCodes(codes));
    Ok(())
}

/// Does without the second proof.
///
/// # Errors
/// [`AppError::Forbidden`] if a role demands it; [`AppError::ReauthenticationRequired`].
pub async fn turn_off() -> Result<(), AppError> {
    let state = authority::state();
    let staff = session::current().await?;
    let staff = recently(&state, &staff)?.staff_id;
    if factor_of(&state, staff).await?.required {
        return Err(AppError::Forbidden);
    }
    let mut tx = state.db.pool().begin().await?;
    totp::forget(&mut tx, staff).await?;
    let entry = AuditEntry::by(staff, AuditAction::SecondFactorOff, state.clock.now());
    audit(&mut tx, entry).await?;
    tx.commit().await?;
    leptos_axum::redirect(&routes::done(routes::ACCOUNT, TURN_OFF.name));
    Ok(())
}

fn wrong_code() -> FieldErrors {
    FieldErrors::at(
        "secret_code",
        "Mã chưa đúng, đã dùng hoặc đã hết hạn. Vui lòng nhập mã đang hiện trong ứng dụng.",
    )
}

fn recently<'a>(state: &AppState, staff: &'a CurrentStaff) -> Result<&'a CurrentStaff, AppError> {
    match staff.is_recently_authenticated(state.clock.now()) {
        true => Ok(staff),
        false => Err(AppError::ReauthenticationRequired),
    }
}

async fn factor_of(state: &AppState, staff: StaffId) -> Result<SecondFactor, AppError> {
    let mut connection = state.db.pool().acquire().await?;
    let roles = session::roles_of(&mut connection, staff).await?;
    totp::summary(&mut connection, staff, &roles).await
}

/// Begins the session in place of the step; gives the roles.
async fn end(state: &AppState, parts: &Parts, staff: StaffId) -> Result<Vec<Role>, AppError> {
    sqlx::query!(
        "delete from sign_in_step where staff_id = $1",
        staff as StaffId
    )
    .execute(state.db.pool())
    .await?;
    reply::set_cookie(COOKIE.remove(&state.config)?);
    finish(state, parts, staff).await
}

async fn person(state: &AppState, parts: &Parts) -> Result<Person, AppError> {
    match halfway(state, parts).await? {
        Some(staff) => Ok(Person::Halfway(staff)),
        None => Ok(Person::SignedIn(session::from_parts(state, parts).await?)),
    }
}

/// The sign-in step or the session that the request shows, as it is stored: whom the secret of a
/// second proof is shown to.
fn shown_to(state: &AppState, parts: &Parts) -> Result<[u8; 32], AppError> {
    step_hash(state, parts)
        .or_else(|| session::token_hash(&state.config, &parts.headers))
        .ok_or(AppError::SignInRequired)
}

fn step_hash(state: &AppState, parts: &Parts) -> Option<[u8; 32]> {
    let token = COOKIE.read(&state.config, &parts.headers)?;
    Some(Sha256::digest(URL_SAFE_NO_PAD.decode(token).ok()?).into())
}

/// Whose first step this request shows.
#[tracing::instrument(skip_all, err(level = "debug"))]
async fn halfway(state: &AppState, parts: &Parts) -> Result<Option<StaffId>, AppError> {
    let Some(stored) = step_hash(state, parts) else {
        return Ok(None);
    };
    Ok(sqlx::query_scalar!(
        r#"select p.staff_id as "staff: StaffId" from sign_in_step p join staff s using (staff_id)
        where p.token_hash = $1 and p.expires_at > $2 and s.active"#,
        stored.as_slice(),
        state.clock.now()
    )
    .fetch_optional(state.db.pool())
    .await?)
}
