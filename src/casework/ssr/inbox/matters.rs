//! What cases are about, opened for those who may know: one query for a page of them, and a bounded
//! number of cases for a search. Nothing of it is kept.

use super::{ask::Ask, rows::Found};
use crate::{
    accounts::ssr::authority::Authority,
    case::{BodyField, CaseId, MATTER, first_line, fold},
    casework::{
        inbox::{
            filters::Filters,
            search::holds_words,
            view::{Matter, SEARCHED},
        },
        ssr::reading::Reading,
    },
    error::AppError,
    platform::{AppState, database::Scope},
    records::{AuditAction, AuditEntry, Bodies, audit, note_opened, texts_of_many},
};
use sqlx::PgConnection;
use std::collections::HashMap;

/// Texts opened between two questions to the database: others get their turn there.
const AT_ONCE: usize = 200;

/// The text that tells this reader what the case is about.
fn telling(authority: &Authority, found: &Found) -> BodyField {
    Reading::of(authority.scope(), found.secrecy).telling()
}

async fn texts(
    tx: &mut PgConnection,
    state: &AppState,
    authority: &Authority,
    found: &[Found],
) -> Result<Vec<(CaseId, Bodies)>, AppError> {
    let asked = found.iter();
    let asked: Vec<_> = asked
        .map(|found| (found.case_id, telling(authority, found)))
        .collect();
    texts_of_many(tx, &state.vault, &asked).await
}

/// The matter of each case of a page.
pub(super) async fn of_rows(
    tx: &mut PgConnection,
    state: &AppState,
    authority: &Authority,
    found: &[Found],
) -> Result<HashMap<CaseId, Matter>, AppError> {
    // the list itself tells a unit the first line of what it was given, and a search all of it
    if matches!(authority.scope(), Scope::Unit { .. }) {
        let cases: Vec<_> = found.iter().map(|found| found.case_id).collect();
        let by = Some(authority.staff_id());
        note_opened(tx, &cases, by, state.clock.now()).await?;
    }
    let mut matters = HashMap::new();
    for (case, bodies) in texts(tx, state, authority, found).await? {
        let line = match bodies.content() {
            Ok(Some(content)) => content.matter(),
            // an original that cannot be read is one row without words
            _ => first_line(&bodies.text(BodyField::Extract), MATTER),
        };
        if !line.is_empty() {
            matters.insert(case, Matter::Words(line));
        }
    }
    for found in found {
        let unknown = match telling(authority, found) {
            BodyField::Extract => Matter::NoExtract,
            _ => Matter::Erased,
        };
        matters.entry(found.case_id).or_insert(unknown);
    }
    Ok(matters)
}

impl Ask {
    /// The cases among the first [`SEARCHED`] of the view whose text holds every word. That somebody
    /// has searched is recorded; for what is not.
    pub(super) async fn search_texts(
        &mut self,
        tx: &mut PgConnection,
        state: &AppState,
        authority: &Authority,
        filters: &Filters,
    ) -> Result<(), AppError> {
        let whole_view = filters.from_the_first();
        // the names that hold the words are asked for beside the texts, not before
        let names = self.codes.take();
        let candidates = self.rows_up_to(tx, &whole_view, SEARCHED).await?;
        self.codes = names;
        self.searched_in_part = candidates.len() >= SEARCHED;
        let words = fold(&filters.words);
        for found in candidates.chunks(AT_ONCE) {
            for (case, bodies) in texts(tx, state, authority, found).await? {
                let text = match bodies.content() {
                    Ok(Some(content)) => content.sentences(),
                    _ => bodies.text(BodyField::Extract),
                };
                if holds_words(&text, &words) {
                    self.texts_hold.push(case);
                }
            }
        }
        let searched = AuditAction::TextsSearched;
        let entry = AuditEntry::by(authority.staff_id(), searched, state.clock.now());
        audit(tx, entry).await
    }
}
