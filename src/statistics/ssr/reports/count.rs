//! The counts of a period, from the cases themselves. Leads without a sender and denunciations are
//! in no report.

use super::period::Period;
use crate::{
    case::{Kind, REASONS},
    error::AppError,
    statistics::{
        catalogue::ReasonGroup,
        reports::{
            index::UnitIndex,
            results::{Content, Line, Outcome},
        },
    },
};
use sqlx::PgConnection;
use std::collections::BTreeMap;

/// Most numbers of cases that are named.
const NAMED: i64 = 50;

/// What stands for cases that name no unit.
const NO_UNIT: &str = "Chưa rõ đơn vị";

/// Numbers of the cases that fit into no column: ended without a day, before they came, or not ended
/// and yet with a day of their end.
pub(super) async fn broken(tx: &mut PgConnection) -> Result<Vec<String>, AppError> {
    let numbers = sqlx::query_scalar!(
        "select number from feedback_case
        where not is_lead and secrecy <> 'to_cao' and (
            ended_on < received_on or is_over(status) and ended_on is null
            or not is_over(status) and not reopened and ended_on is not null)
        order by received_on, number limit $1",
        NAMED
    )
    .fetch_all(tx)
    .await?;
    Ok(numbers)
}

fn codes(kinds: &[Kind]) -> Vec<String> {
    let reasons = REASONS.iter().filter(|reason| kinds.contains(&reason.kind));
    reasons.map(|reason| reason.code.to_owned()).collect()
}

/// The rows of the form, by unit.
pub(super) async fn lines(tx: &mut PgConnection, period: &Period) -> Result<Vec<Line>, AppError> {
    let rows = sqlx::query!(
        r#"select coalesce(u.short_name, u.name, '') as "unit!",
            c.reasons && $3 and c.reasons && $4 as "both!",
            c.kind = 'quy_dinh' as "regulation!",
            c.received_on >= $1 as "fresh!",
            c.ended_on is null or c.ended_on > $2 as "pending!",
            c.status in ('da_chuyen_co_quan', 'da_huong_dan_kntc') as "forwarded!",
            count(*) as "count!"
        from feedback_case c
            left join unit u on u.unit_id = coalesce(c.concerned_unit_id, c.assigned_unit_id)
        where c.received_on <= $2 and (c.ended_on is null or c.ended_on >= $1)
            and not c.is_lead and c.secrecy <> 'to_cao'
        group by 1, 2, 3, 4, 5, 6"#,
        period.first_day,
        period.last_day,
        &codes(&[Kind::Conduct, Kind::LateDossier]),
        &codes(&[Kind::Regulation]),
    )
    .fetch_all(tx)
    .await?;
    let mut lines: BTreeMap<String, Line> = BTreeMap::new();
    for row in rows {
        let content = match (row.both, row.regulation) {
            (true, _) => Content::Both,
            (false, true) => Content::Regulation,
            (false, false) => Content::Conduct,
        };
        let outcome = match (row.pending, row.forwarded) {
            (true, _) => Outcome::Pending,
            (false, true) => Outcome::Forwarded,
            (false, false) => Outcome::Handled,
        };
        let line = lines.entry(row.unit).or_default();
        line.add(content, row.fresh, outcome, row.count);
    }
    Ok(named(lines, |line, unit| Line { unit, ..line }))
}

/// Rows with the names of their units; what names none comes last.
fn named<T>(rows: BTreeMap<String, T>, with: impl Fn(T, String) -> T) -> Vec<T> {
    let (unknown, known): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|(unit, _)| unit.is_empty());
    let known = known.into_iter().map(|(unit, row)| with(row, unit));
    let unknown = unknown.into_iter();
    let unknown = unknown.map(|(_, row)| with(row, NO_UNIT.to_owned()));
    known.chain(unknown).collect()
}

/// What the indices of each unit are made of: cases that ended in the period, by the unit that dealt
/// with them; manner by the unit it is about.
pub(super) async fn indices(
    tx: &mut PgConnection,
    period: &Period,
) -> Result<Vec<UnitIndex>, AppError> {
    let manner = REASONS.iter().map(|reason| reason.code.to_owned());
    let manner = manner.filter(|code| ReasonGroup::of(code) == ReasonGroup::Manner);
    let manner: Vec<String> = manner.collect();
    let rows = sqlx::query!(
        r#"select coalesce(u.short_name, u.name) as "unit!",
            count(*) filter (where u.unit_id = coalesce(c.concerned_unit_id, c.assigned_unit_id)
                and c.reasons && $3 and c.finding in ('dung', 'dung_mot_phan')) as "upheld!",
            count(*) filter (where u.unit_id = c.assigned_unit_id) as "ended!",
            count(*) filter (where u.unit_id = c.assigned_unit_id
                and (c.due_on is null or c.ended_on <= c.due_on)) as "in_time!",
            count(*) filter (where u.unit_id = c.assigned_unit_id and c.reopened) as "protracted!"
        from feedback_case c
            join unit u on u.unit_id in (c.assigned_unit_id, c.concerned_unit_id)
        where c.ended_on between $1 and $2 and not c.is_lead and c.secrecy <> 'to_cao'
        group by 1 order by 1"#,
        period.first_day,
        period.last_day,
        &manner,
    )
    .fetch_all(tx)
    .await?;
    let rows = rows.into_iter().map(|row| UnitIndex {
        unit: row.unit,
        upheld: row.upheld,
        ended: row.ended,
        in_time: row.in_time,
        protracted: row.protracted,
    });
    Ok(rows.collect())
}
