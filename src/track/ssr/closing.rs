//! What a sender writes later counts as what they wrote first: words of bribery close the circle of
//! those who read the case, and whoever is named takes no part in it.

use super::actions::OwnCase;
use crate::{
    accounts::ssr::named::named_staff,
    case::{CaseEvent, CaseId, Confidentiality, Kind, OtherProcedure, StaffId, recognise},
    error::AppError,
    platform::AppState,
    records::{Actor, CaseRecord, recuse},
};

/// Looks at what the sender has just written to their case, in the transaction that keeps it.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(super) async fn close_circle(
    state: &AppState,
    locked: &mut OwnCase,
    record: &CaseRecord,
    words: &str,
) -> Result<(), AppError> {
    let open = locked.secrecy != Confidentiality::Denunciation;
    let closes = open && recognise(words) == Some(OtherProcedure::Denunciation);
    if closes {
        sqlx::query!(
            "update feedback_case set secrecy = $2 where case_id = $1",
            locked.id as CaseId,
            Confidentiality::Denunciation as Confidentiality
        )
        .execute(&mut *locked.tx)
        .await?;
        note(state, locked, record, CaseEvent::CircleClosed).await?;
        // until now a name in passing was nobody's accusation
        let all = record.words_of_submitter(&mut locked.tx).await?;
        let all = format!("{all}\n{words}");
        return leave_out_named(state, locked, record, &all).await;
    }
    if !open || locked.kind == Kind::Conduct {
        leave_out_named(state, locked, record, words).await?;
    }
    Ok(())
}

/// As at the first sending: who is named takes no part, and handles the case no longer.
async fn leave_out_named(
    state: &AppState,
    locked: &mut OwnCase,
    record: &CaseRecord,
    words: &str,
) -> Result<(), AppError> {
    let named = named_staff(&mut locked.tx, words, &locked.recused).await?;
    if named.is_empty() {
        return Ok(());
    }
    let staff: Vec<StaffId> = [&locked.recused[..], &named[..]].concat();
    recuse(&mut locked.tx, locked.id, &staff).await?;
    note(state, locked, record, CaseEvent::Recused { staff }).await
}

/// Nobody's doing: it follows from the words.
async fn note(
    state: &AppState,
    locked: &mut OwnCase,
    record: &CaseRecord,
    event: CaseEvent,
) -> Result<(), AppError> {
    let at = state.clock.now();
    record
        .add_event(&mut locked.tx, &event, Actor::default(), at, None)
        .await?;
    Ok(())
}
