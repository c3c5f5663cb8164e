//! The transparency page out of the releases: which rows are shown, how they are drawn, and the
//! table beside each chart.

use super::{
    Names, grid, readings,
    rows::{Row, rows},
};
use crate::{
    statistics::{
        article::{Chart, FigureView, ReleaseView, TransparencyView},
        catalogue::{Rhythm, Stock, Table},
        meaning::ARTICLE,
        month::Span,
        ssr::publishing::{store::Release, written::hex},
    },
    ui::{Bar, ChartColumn},
};
use std::collections::BTreeSet;

/// What is told of no single column.
pub(super) const TOGETHER: &str = "Gộp chung";

/// Releases that are listed on the page of the latest periods.
const LISTED: usize = 6;

/// The page of a `year`, or of the latest periods if it is 0. A period belongs to the year in which
/// it ends. Tables by unit have a page of their own.
pub(super) fn article(
    releases: &[Release],
    names: &Names,
    year: i32,
    by_unit: bool,
) -> TransparencyView {
    let cells = releases.iter().flat_map(|release| &release.document.cells);
    let years: BTreeSet<i32> = cells.map(|cell| cell.span.to.year()).collect();
    let is_told = years.contains(&year) || year == 0 && !years.is_empty();
    let figures = ARTICLE
        .iter()
        .filter(|table| is_told && table.is_by_unit() == by_unit);
    let of_year = |release: &&Release| year == 0 || release.document.span.to.year() == year;
    let listed_most = if year == 0 { LISTED } else { usize::MAX };
    let shown = releases.iter().rev().filter(of_year).take(listed_most);
    TransparencyView {
        figures: figures
            .filter_map(|table| figure(releases, names, *table, year))
            .collect(),
        releases: shown.map(listed).collect(),
        years: years.into_iter().rev().collect(),
        year,
    }
}

/// The figure of a table. One that has nothing yet says so; the register of late dossiers has its
/// word among the definitions until it exists.
fn figure(releases: &[Release], names: &Names, table: Table, year: i32) -> Option<FigureView> {
    let all = rows(releases, table);
    if all.is_empty() && table == Table::LateDossiers {
        return None;
    }
    let spans = chosen(&all, table, year);
    let shown: Vec<Row<'_>> = all
        .into_iter()
        .filter(|row| spans.contains(&row.span))
        .collect();
    let whole: Vec<&Row<'_>> = shown.iter().filter(|row| row.is_whole()).collect();
    let Some(last) = whole.last() else {
        return Some(FigureView {
            table,
            reading: readings::waits(table, year),
            chart: None,
            grid: Default::default(),
        });
    };
    let units = shown
        .iter()
        .filter(|row| row.span == last.span && !row.is_whole());
    let units = names.in_order(units.collect());
    Some(FigureView {
        table,
        reading: readings::of(table, &whole, &units),
        chart: chart(table, &whole, &units, names),
        grid: grid::of(table, releases, &shown, names),
    })
}

/// The periods of a year, or the latest: a year of months or of quarters, and three years.
fn chosen(rows: &[Row<'_>], table: Table, year: i32) -> Vec<Span> {
    let spans: BTreeSet<Span> = rows.iter().map(|row| row.span).collect();
    let of_year = |span: &Span| year == 0 || span.to.year() == year;
    let spans: Vec<Span> = spans.into_iter().filter(of_year).collect();
    let latest = match table.rhythm() {
        Rhythm::Month => 12,
        Rhythm::Quarter => 4,
        Rhythm::Year => 3,
    };
    let from = if year == 0 {
        spans.len().saturating_sub(latest)
    } else {
        0
    };
    spans[from..].to_vec()
}

fn chart(table: Table, whole: &[&Row<'_>], units: &[&Row<'_>], names: &Names) -> Option<Chart> {
    let last = whole.last()?;
    Some(match table {
        Table::Flow => Chart::Columns(whole.iter().filter_map(|row| pending(row)).collect()),
        Table::ByKind | Table::Timeliness => {
            Chart::Columns(whole.iter().map(|row| column(table, row)).collect())
        }
        _ if table.is_by_unit() => Chart::Bars(unit_bars(table, units, names)),
        _ => Chart::Bars(class_bars(table, last)),
    })
    .filter(|chart| !matches!(chart, Chart::Bars(bars) if bars.is_empty()))
}

fn column(table: Table, row: &Row<'_>) -> ChartColumn {
    ChartColumn::of(
        row.span.from.first_day(),
        row.span.to.first_day(),
        row.values(table),
    )
}

/// What is pending is so at the end of a period: one month wide, however long that was.
fn pending(row: &Row<'_>) -> Option<ChartColumn> {
    let pending = row.value(Stock::Pending.code())?;
    Some(ChartColumn::of_month(
        row.span.to.first_day(),
        vec![pending],
    ))
}

/// A bar for each column that is told, and one for those told together.
fn class_bars(table: Table, row: &Row<'_>) -> Vec<Bar> {
    let classes = table.classes();
    let label = |code: &str| {
        let known = classes.iter().find(|(known, _)| *known == code);
        known.map_or_else(|| code.to_owned(), |(_, label)| (*label).to_owned())
    };
    let told = classes.iter().filter_map(|(code, label)| {
        Some(Bar {
            name: (*label).to_owned(),
            members: String::new(),
            values: vec![row.value(code)?],
        })
    });
    let pool = row.pool().map(|(members, value)| Bar {
        name: TOGETHER.to_owned(),
        members: members
            .iter()
            .map(|code| label(code))
            .collect::<Vec<_>>()
            .join("; "),
        values: vec![value],
    });
    told.chain(pool).collect()
}

/// A bar for each unit or group of units, divided where its columns are told.
fn unit_bars(table: Table, units: &[&Row<'_>], names: &Names) -> Vec<Bar> {
    let is_divided = units.iter().any(|row| !row.parts.is_empty());
    let bar = |row: &&Row<'_>| Bar {
        name: names.of_group(row.places),
        members: names.members(row.places),
        values: match is_divided {
            true => row.values(table),
            false => vec![row.total],
        },
    };
    units.iter().map(bar).collect()
}

fn listed(release: &Release) -> ReleaseView {
    let day = release.published_at.map(|at| at.date());
    let shown = |day: time::Date| {
        format!(
            "{:02}/{:02}/{}",
            day.day(),
            u8::from(day.month()),
            day.year()
        )
    };
    ReleaseView {
        code: release.document.code.clone(),
        period: release.document.span.words(),
        published_on: day.map(shown).unwrap_or_default(),
        sha256: hex(&release.sha256),
    }
}
