//! The ledger and the releases in the database.

use super::{
    Cell, Ledger,
    audit::{Origin, Published},
    first_version::{self, counted_months},
    ledger::Count,
    legacy,
    written::Document,
};
use crate::{
    case::{StaffId, codes::codes},
    error::AppError,
    platform::database::Db,
    statistics::{
        catalogue::Table,
        month::{Month, Span},
    },
};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime};

codes! {
    /// How far a release has come.
    State {
        Draft = "du_thao", "Dự thảo";
        Audited = "da_kiem", "Đã kiểm tra, chờ phê duyệt";
        Published = "da_cong_bo", "Đã công bố";
        Dropped = "da_bo", "Đã bỏ vì không đạt kiểm tra";
    }
}

/// A release as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// Its number.
    pub id: i32,
    /// How far it has come.
    pub state: State,
    /// Who answers for the draft; nobody yet if the job built it.
    pub author: Option<StaffId>,
    /// When it was published.
    pub published_at: Option<OffsetDateTime>,
    /// SHA-256 of the bytes of the document.
    pub sha256: Vec<u8>,
    /// What the public gets.
    pub document: Document,
}

impl Release {
    /// As the auditor reads it.
    pub fn published(&self) -> Published {
        Published {
            origin: self.document.origin,
            cells: self.document.cells.clone(),
        }
    }
}

/// Holds off anybody else who would build, audit or publish, until the transaction ends.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn lock(tx: &mut PgConnection) -> Result<(), AppError> {
    sqlx::query!("select pg_advisory_xact_lock(hashtext('release'))")
        .execute(tx)
        .await?;
    Ok(())
}

/// Freezes the counts of every month that is over on `today` and whose fixed day has come.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn count(tx: &mut PgConnection, today: Date) -> Result<(), AppError> {
    sqlx::query!(
        "select count_closed_months($1)",
        Month::of(today).first_day()
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// What is counted so far.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable, [`AppError::Internal`] if a count is
/// none that this version knows.
pub async fn ledger(tx: &mut PgConnection) -> Result<Ledger, AppError> {
    let mut ledger = Ledger::default();
    let rows =
        sqlx::query!("select month, count, place, class, value from counted order by 1, 2, 3, 4")
            .fetch_all(tx)
            .await?;
    for row in rows {
        let month = Month::of(row.month);
        match row.count.as_str() {
            // units are listed with their order
            "don_vi" => ledger.add_unit(month, row.value, &row.place, row.class == "nho"),
            count => {
                let count = Count::from_code(count).ok_or(AppError::Internal)?;
                ledger.add(count, month, &row.place, &row.class, row.value);
            }
        }
    }
    Ok(ledger)
}

/// How many releases are out: none ever comes back, so another number says that there is another.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn count_published(db: &Db) -> Result<i64, AppError> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from release where state = 'da_cong_bo'"#
    );
    Ok(count.fetch_one(db.pool()).await?)
}

/// Every release that was not dropped, oldest first.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable, [`AppError::Internal`] if a release is
/// not the bytes that were hashed.
pub async fn releases(tx: &mut PgConnection) -> Result<Vec<Release>, AppError> {
    let mut cells = cells(tx).await?;
    let rows = sqlx::query!(
        r#"select release_id, code, origin, first_month, last_month, state,
            author as "author: StaffId", published_at, sha256
        from release where state <> 'da_bo' order by release_id"#
    )
    .fetch_all(tx)
    .await?;
    let mut releases = Vec::with_capacity(rows.len());
    for row in rows {
        let span = Span {
            from: Month::of(row.first_month),
            to: Month::of(row.last_month),
        };
        let origin = Origin::from_code(&row.origin).ok_or(AppError::Internal)?;
        let cells = cells.remove(&row.release_id).unwrap_or_default();
        let document = Document::new(row.code, origin, span, cells);
        if document.sha256()? != row.sha256[..] {
            return Err(AppError::Internal);
        }
        releases.push(Release {
            id: row.release_id,
            state: State::from_code(&row.state).ok_or(AppError::Internal)?,
            author: row.author,
            published_at: row.published_at,
            sha256: row.sha256,
            document,
        });
    }
    Ok(releases)
}

async fn cells(tx: &mut PgConnection) -> Result<BTreeMap<i32, Vec<Cell>>, AppError> {
    let rows = sqlx::query!(
        "select release_id, table_code, first_month, last_month, places, classes, value
        from public_cell order by release_id, position"
    )
    .fetch_all(tx)
    .await?;
    let mut cells: BTreeMap<i32, Vec<Cell>> = BTreeMap::new();
    for row in rows {
        cells.entry(row.release_id).or_default().push(Cell {
            table: Table::from_code(&row.table_code).ok_or(AppError::Internal)?,
            span: Span {
                from: Month::of(row.first_month),
                to: Month::of(row.last_month),
            },
            places: row.places,
            classes: row.classes,
            value: row.value,
        });
    }
    Ok(cells)
}

/// Writes a release whole. One of the first version is out already; any other is a draft.
///
/// # Errors
/// [`AppError::Unavailable`] if the database refuses it, as it does if the parts do not make up the
/// wholes.
pub async fn insert(
    tx: &mut PgConnection,
    document: &Document,
    author: Option<StaffId>,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let state = match document.origin {
        Origin::FirstVersion => State::Published,
        Origin::Rule => State::Draft,
    };
    let sha256 = document.sha256()?;
    let id = sqlx::query_scalar!(
        "insert into release (code, origin, first_month, last_month, state, sha256, author, built_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8) returning release_id",
        document.code,
        document.origin.code(),
        document.span.from.first_day(),
        document.span.to.first_day(),
        state.code(),
        sha256.as_slice(),
        author as Option<StaffId>,
        now
    )
    .fetch_one(&mut *tx)
    .await?;
    for (cell, position) in document.cells.iter().zip(0_i32..) {
        sqlx::query!(
            "insert into public_cell values ($1, $2, $3, $4, $5, $6, $7, $8)",
            id,
            position,
            cell.table.code(),
            cell.span.from.first_day(),
            cell.span.to.first_day(),
            &cell.places,
            &cell.classes,
            cell.value
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Brings over what the first version published and is not here yet.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn bring_over(tx: &mut PgConnection, now: OffsetDateTime) -> Result<(), AppError> {
    lock(&mut *tx).await?;
    let months = counted_months(&mut *tx).await?;
    let there = sqlx::query_scalar!("select code from release where origin = 'phien_ban_dau'")
        .fetch_all(&mut *tx)
        .await?;
    for document in legacy::documents(&first_version::Release::of(&months)) {
        if !there.contains(&document.code) {
            insert(&mut *tx, &document, None, now).await?;
        }
    }
    Ok(())
}
