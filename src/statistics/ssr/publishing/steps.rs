//! The road of a release: built, audited, published. Each step is one transaction: interrupted, it
//! has not happened; done again, it changes nothing.

use super::{
    audit::{Offence, Origin, audit as examine},
    plan::drafts,
    store::{self, Release, State},
    written::{Document, code_of},
};
use crate::{
    accounts::ssr::authority::Authority,
    case::StaffId,
    error::{AppError, FieldErrors},
    platform::database::{Db, Scope},
    records::{self, AuditAction, AuditEntry},
    rights::Permission,
    statistics::{
        catalogue::FIXED_DAY,
        month::{Month, Span},
    },
};
use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Who builds or audits.
#[derive(Clone, Copy)]
pub enum By<'a> {
    /// The job on the fixed day: nobody answers for the draft yet.
    Job,
    /// A member of staff who prepares publication, and answers for the draft.
    Staff(&'a Authority),
}

impl By<'_> {
    fn staff(self) -> Result<Option<StaffId>, AppError> {
        match self {
            Self::Job => Ok(None),
            Self::Staff(authority) => {
                let authority = authority.require(Permission::DraftFigures)?;
                Ok(Some(authority.staff_id()))
            }
        }
    }
}

/// Counts the months that are over and drafts every release that is ripe. Codes of the new drafts;
/// none if there is nothing new, or too little to tell yet.
///
/// # Errors
/// [`AppError::Forbidden`] without the right, [`AppError::Unavailable`] if the database is
/// unreachable.
pub async fn build(db: &Db, by: By<'_>, now: OffsetDateTime) -> Result<Vec<String>, AppError> {
    let author = by.staff()?;
    let mut tx = db.begin(Scope::Nothing).await?;
    store::bring_over(&mut tx, now).await?;
    store::count(&mut tx, now.date()).await?;
    let ledger = store::ledger(&mut tx).await?;
    let there = store::releases(&mut tx).await?;
    let by_rule = there
        .iter()
        .filter(|release| release.document.origin == Origin::Rule);
    let last = by_rule.map(|release| release.document.span.to).max();
    let mut built = Vec::new();
    for draft in drafts(&ledger) {
        // what is here stands, whatever the rules of this version would make of it
        if last.is_some_and(|last| draft.span.from <= last) {
            continue;
        }
        let code = code_of(draft.span);
        let document = Document::new(code.clone(), Origin::Rule, draft.span, draft.cells);
        store::insert(&mut tx, &document, author, now).await?;
        note(&mut tx, author, AuditAction::FiguresDrafted, &code, now).await?;
        built.push(code);
    }
    tx.commit().await?;
    Ok(built)
}

/// The release that tells of `month`, built before or now.
///
/// # Errors
/// [`AppError::Invalid`] at `thang` if the month is not over, its fixed day has not come, or it has
/// too few cases to be told; as [`build`].
pub async fn build_month(
    db: &Db,
    by: By<'_>,
    month: Month,
    now: OffsetDateTime,
) -> Result<Release, AppError> {
    let today = now.date();
    if month >= Month::of(today) {
        return Err(refused(
            "Tháng này chưa kết thúc nên chưa được lập số liệu.",
        ));
    }
    if month.plus(1) == Month::of(today) && today.day() < FIXED_DAY {
        return Err(refused(
            "Số liệu của tháng được lập từ ngày 10 của tháng sau.",
        ));
    }
    build(db, by, now).await?;
    let wanted = Span::of(month);
    let holds = |release: &Release| {
        release.document.origin == Origin::Rule && release.document.span.holds(wanted)
    };
    let found = all(db).await?.into_iter().find(holds);
    found
        .ok_or_else(|| refused("Tháng này có quá ít phản ánh nên được công bố cùng các tháng sau."))
}

fn refused(why: &str) -> AppError {
    FieldErrors::at("thang", why).into()
}

/// Audits every draft, oldest first, together with all that is out. A draft that passes waits for
/// approval; the first that does not is dropped with those after it, and its offences are the
/// result. Whoever audits a draft of the job answers for it.
///
/// # Errors
/// [`AppError::Forbidden`] without the right, [`AppError::Unavailable`] if the database is
/// unreachable.
pub async fn audit(db: &Db, by: By<'_>, now: OffsetDateTime) -> Result<Vec<Offence>, AppError> {
    let auditor = by.staff()?;
    let mut tx = db.begin(Scope::Nothing).await?;
    store::lock(&mut tx).await?;
    let ledger = store::ledger(&mut tx).await?;
    let releases = store::releases(&mut tx).await?;
    let published: Vec<_> = releases.iter().map(Release::published).collect();
    let mut offences = Vec::new();
    for (at, release) in releases.iter().enumerate() {
        if ![State::Draft, State::Audited].contains(&release.state) {
            continue;
        }
        if offences.is_empty() {
            offences = examine(&published[..=at], &ledger);
        }
        let state = match offences.is_empty() {
            true => State::Audited,
            false => State::Dropped,
        };
        sqlx::query!(
            "update release set state = $2, audited_at = coalesce(audited_at, $3),
                author = coalesce(author, $4)
            where release_id = $1",
            release.id,
            state.code(),
            now,
            auditor as Option<StaffId>
        )
        .execute(&mut *tx)
        .await?;
        let action = AuditAction::FiguresAudited;
        note(&mut tx, auditor, action, &release.document.code, now).await?;
    }
    tx.commit().await?;
    Ok(offences)
}

/// Publishes an audited release, on the word of a second person. Done again it changes nothing.
///
/// # Errors
/// [`AppError::Forbidden`] without the right, [`AppError::NotFound`] if there is no such release,
/// [`AppError::Invalid`] at `ma` if the approver is its author, nobody answers for it, it is not
/// audited, does not pass any more, or an earlier one is not out; [`AppError::Unavailable`] if the
/// database is unreachable.
pub async fn publish(
    db: &Db,
    approver: &Authority,
    code: &str,
    now: OffsetDateTime,
) -> Result<Release, AppError> {
    let approver = approver.require(Permission::ApproveFigures)?.staff_id();
    let mut tx = db.begin(Scope::Nothing).await?;
    store::lock(&mut tx).await?;
    let releases = store::releases(&mut tx).await?;
    let at = releases
        .iter()
        .position(|release| release.document.code == code);
    let at = at.ok_or(AppError::NotFound)?;
    let release = &releases[at];
    if release.state == State::Published {
        return Ok(release.clone());
    }
    let ledger = store::ledger(&mut tx).await?;
    let published: Vec<_> = releases[..=at].iter().map(Release::published).collect();
    let is_out = |earlier: &Release| earlier.state == State::Published;
    let why = match release.author {
        _ if release.state != State::Audited => "Số liệu này chưa được kiểm tra.",
        None => "Số liệu do hệ thống lập; cần một người kiểm tra và chịu trách nhiệm trước.",
        Some(author) if author == approver => "Người lập số liệu không tự phê duyệt công bố.",
        _ if !releases[..at].iter().all(is_out) => "Kỳ trước chưa được công bố.",
        _ if !examine(&published, &ledger).is_empty() => "Số liệu không đạt kiểm tra.",
        _ => "",
    };
    if !why.is_empty() {
        return Err(FieldErrors::at("ma", why).into());
    }
    sqlx::query!(
        "update release set state = 'da_cong_bo', approver = $2, published_at = $3
        where release_id = $1",
        release.id,
        approver as StaffId,
        now
    )
    .execute(&mut *tx)
    .await?;
    let action = AuditAction::FiguresPublished;
    note(&mut tx, Some(approver), action, code, now).await?;
    tx.commit().await?;
    Ok(Release {
        state: State::Published,
        published_at: Some(now),
        ..release.clone()
    })
}

/// Every release that was not dropped, for those who prepare publication.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn all(db: &Db) -> Result<Vec<Release>, AppError> {
    let mut connection = db.pool().acquire().await?;
    store::releases(&mut connection).await
}

/// Every release that is out, oldest first: all that the public may know.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn published(db: &Db) -> Result<Vec<Release>, AppError> {
    let mut releases = all(db).await?;
    releases.retain(|release| release.state == State::Published);
    Ok(releases)
}

async fn note(
    tx: &mut PgConnection,
    staff: Option<StaffId>,
    action: AuditAction,
    code: &str,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let entry = match staff {
        Some(staff) => AuditEntry::by(staff, action, now),
        None => AuditEntry::at_terminal(action, now),
    };
    records::audit(tx, entry.with(json!({ "ky": code }))).await
}
