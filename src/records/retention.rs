//! Erasing what has been kept long enough, and single cases on request. What is due, the database
//! decides by its own clock (`migrations/0022_retention.sql`).

use crate::{
    case::CaseNumber,
    error::AppError,
    platform::{
        database::{Db, Scope},
        files::FileStore,
    },
};
use uuid::Uuid;

/// Cases in one transaction: few enough that nothing else waits long.
const BATCH: i32 = 100;
/// In the database: name and contact only.
const IDENTITY: &str = "danh_tinh";

/// How many were erased, or are due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Whole cases.
    pub cases: u64,
    /// Names and contacts of cases that are kept otherwise.
    pub identities: u64,
}

impl Erased {
    fn count(&mut self, what: &str) {
        match what {
            IDENTITY => self.identities += 1,
            _ => self.cases += 1,
        }
    }
}

/// What is due now.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn retention_due(db: &Db) -> Result<Erased, AppError> {
    let row = sqlx::query!(
        r#"select count(*) filter (where what = $1) as "identities!",
            count(*) filter (where what <> $1) as "cases!"
        from retention_due()"#,
        IDENTITY
    )
    .fetch_one(db.pool())
    .await?;
    Ok(Erased {
        cases: row.cases.unsigned_abs(),
        identities: row.identities.unsigned_abs(),
    })
}

/// Erases what is due, a transaction for each batch, and calls `report` after each. Stopped in
/// between, the next run goes on; two at once share the work.
///
/// # Errors
/// [`AppError::Unavailable`] if the database or the file store is unreachable. What was erased
/// stays erased; a file left over is swept later.
pub async fn apply_retention(
    db: &Db,
    files: &FileStore,
    mut report: impl FnMut(Erased) + Send,
) -> Result<Erased, AppError> {
    let mut erased = Erased::default();
    loop {
        let rows = sqlx::query!(
            r#"select what as "what!", files as "files!" from apply_retention($1)"#,
            BATCH
        )
        .fetch_all(db.pool())
        .await?;
        if rows.is_empty() {
            return Ok(erased);
        }
        for row in rows {
            remove_files(files, row.files).await?;
            erased.count(&row.what);
        }
        report(erased);
    }
}

/// How erasing one case went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erasure {
    /// Its key and everything sealed under it are gone, and so many files.
    Done(usize),
    /// It was erased before.
    Before,
    /// It is held for an inspection, an investigation or a court.
    Held,
}

/// Erases one case on request, whatever its age; `note` is called with its id before anything is
/// final, and may refuse. Needs the connection of the tables' owner.
///
/// # Errors
/// [`AppError::NotFound`] if there is no such case; what `note` says;
/// [`AppError::Unavailable`] if the database is unreachable: nothing was erased then.
pub async fn erase_case(
    db: &Db,
    files: &FileStore,
    number: &CaseNumber,
    note: impl FnOnce(Uuid) -> Result<(), AppError> + Send,
) -> Result<Erasure, AppError> {
    let mut tx = db.begin(Scope::Nothing).await?;
    let case = sqlx::query!(
        "select case_id, held_since, erased_on from feedback_case where number = $1 for update",
        number.as_str()
    )
    .fetch_one(&mut *tx)
    .await?;
    if case.erased_on.is_some() {
        return Ok(Erasure::Before);
    }
    if case.held_since.is_some() {
        return Ok(Erasure::Held);
    }
    let gone = sqlx::query_scalar!(r#"select erase_case($1) as "files!""#, case.case_id)
        .fetch_one(&mut *tx)
        .await?;
    note(case.case_id)?;
    tx.commit().await?;
    let count = gone.len();
    remove_files(files, gone).await?;
    Ok(Erasure::Done(count))
}

/// Erases cases once more that came back with a restored backup; how many did. Needs the
/// connection of the tables' owner.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn erase_again(db: &Db, files: &FileStore, cases: &[Uuid]) -> Result<u64, AppError> {
    let rows = sqlx::query_scalar!(
        r#"select erase_case(case_id) as "files!" from feedback_case
        where case_id = any($1) and erased_on is null"#,
        cases
    )
    .fetch_all(db.pool())
    .await?;
    let count = rows.len() as u64;
    for gone in rows {
        remove_files(files, gone).await?;
    }
    Ok(count)
}

/// Holds a case back from erasure, or lets it go again; `false` if there is no such case. Needs
/// the connection of the tables' owner.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn hold_case(
    db: &Db,
    number: &CaseNumber,
    since: Option<time::Date>,
) -> Result<bool, AppError> {
    let held = sqlx::query!(
        "update feedback_case set held_since = $2 where number = $1",
        number.as_str(),
        since
    )
    .execute(db.pool())
    .await?;
    Ok(held.rows_affected() == 1)
}

async fn remove_files(files: &FileStore, ids: Vec<Uuid>) -> Result<(), AppError> {
    for id in ids {
        files.remove(id.as_u128()).await?;
    }
    Ok(())
}
