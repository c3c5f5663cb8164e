//! The table beside a chart: every published number of the rows shown, and a word where a number is
//! told only together with others.

use super::{
    Names,
    article::TOGETHER,
    rows::{Row, whole},
};
use crate::{
    case::Kind,
    statistics::{
        article::Grid,
        catalogue::{Rhythm, Stock, Table, Timely},
        month::Span,
        ssr::publishing::{figures::percent, store::Release},
    },
    ui::thousands,
};
use std::collections::BTreeSet;

/// In place of a number that is told only together with others.
const POOLED: &str = "gộp";
/// In place of a number that there is none of.
const NOTHING: &str = "–";

/// The table of a figure.
pub(super) fn of(table: Table, releases: &[Release], rows: &[Row<'_>], names: &Names) -> Grid {
    match table {
        Table::ByUnit => by_quarter(table, rows, names),
        Table::Timeliness => timeliness(releases, rows),
        Table::Flow => flow(rows),
        _ if table.is_by_unit() => by_unit(table, rows, names),
        _ => by_class(table, rows),
    }
}

/// Months are named as in the chart.
fn name_of(table: Table, span: Span) -> String {
    match table.rhythm() {
        Rhythm::Month => span.short(),
        Rhythm::Quarter | Rhythm::Year => span.words(),
    }
}

fn told(value: Option<i64>) -> String {
    value.map_or_else(|| POOLED.to_owned(), thousands)
}

/// Short headings of the columns of a table.
fn heads(table: Table) -> Vec<String> {
    match table {
        Table::ByKind | Table::ByUnitAndKind => Kind::ALL
            .iter()
            .map(|kind| kind.short().to_owned())
            .collect(),
        _ => {
            let classes = table.classes().into_iter();
            classes.map(|(_, label)| label.to_owned()).collect()
        }
    }
}

/// Heading, columns, what is told together if anything is, and the sum.
fn divided(table: Table, first: &str, named: Vec<(String, &Row<'_>)>) -> Grid {
    let is_pooled = named.iter().any(|(_, row)| row.undivided() > 0);
    let pool = is_pooled.then(|| TOGETHER.to_owned());
    let classes = table.classes();
    let cells = |row: &Row<'_>| {
        let told = classes.iter().map(|(code, _)| told(row.value(code)));
        let pool = match row.undivided() {
            0 => NOTHING.to_owned(),
            sum => thousands(sum),
        };
        let pool = is_pooled.then_some(pool);
        told.chain(pool).chain([thousands(row.total)]).collect()
    };
    Grid {
        caption: table.label().to_owned(),
        heads: std::iter::once(first.to_owned())
            .chain(heads(table))
            .chain(pool)
            .chain(["Cộng".to_owned()])
            .collect(),
        rows: named
            .into_iter()
            .map(|(name, row)| (name, cells(row)))
            .collect(),
    }
}

fn by_class(table: Table, rows: &[Row<'_>]) -> Grid {
    let named = rows.iter().map(|row| (name_of(table, row.span), row));
    divided(table, "Kỳ", named.collect())
}

/// The units of the latest period; the earlier ones are in the downloads.
fn by_unit(table: Table, rows: &[Row<'_>], names: &Names) -> Grid {
    let Some(last) = rows.iter().map(|row| row.span).max() else {
        return Grid::default();
    };
    let of_last: Vec<&Row<'_>> = rows.iter().filter(|row| row.span == last).collect();
    let named = names.in_order(of_last).into_iter();
    let mut grid = divided(
        table,
        "Đơn vị",
        named.map(|row| (names.of_row(row.places), row)).collect(),
    );
    grid.caption = format!("{}: {}", table.label(), last.words());
    grid
}

/// Units beside quarters. A group that was told otherwise in a quarter has no number of that one.
fn by_quarter(table: Table, rows: &[Row<'_>], names: &Names) -> Grid {
    let spans: BTreeSet<Span> = rows.iter().map(|row| row.span).collect();
    let mut groups: Vec<&Row<'_>> = Vec::new();
    for row in names.in_order(rows.iter().collect()) {
        if !groups.iter().any(|group| group.places == row.places) {
            groups.push(row);
        }
    }
    let of = |places: &[String], span: Span| {
        let mut same = rows.iter();
        same.find(|row| row.places == places && row.span == span)
            .map_or_else(|| NOTHING.to_owned(), |row| thousands(row.total))
    };
    Grid {
        caption: table.label().to_owned(),
        heads: std::iter::once("Đơn vị".to_owned())
            .chain(spans.iter().map(|span| span.words()))
            .collect(),
        rows: groups
            .into_iter()
            .map(|group| {
                let cells = spans.iter().map(|span| of(group.places, *span));
                (names.of_row(group.places), cells.collect())
            })
            .collect(),
    }
}

fn flow(rows: &[Row<'_>]) -> Grid {
    let stocks = || Stock::ALL.iter();
    Grid {
        caption: Table::Flow.label().to_owned(),
        heads: std::iter::once("Kỳ".to_owned())
            .chain(stocks().map(|stock| stock.label().to_owned()))
            .collect(),
        rows: rows
            .iter()
            .map(|row| {
                let cells = stocks().map(|stock| told(row.value(stock.code())));
                (name_of(Table::Flow, row.span), cells.collect())
            })
            .collect(),
    }
}

/// With the share of what was in time, as the first version told it where it did.
fn timeliness(releases: &[Release], rows: &[Row<'_>]) -> Grid {
    let first = whole(releases, Table::FirstShare);
    let mut grid = by_class(Table::Timeliness, rows);
    grid.heads.push("Tỷ lệ đúng hạn".to_owned());
    for ((_, cells), row) in grid.rows.iter_mut().zip(rows) {
        let known = first.iter().find(|share| share.span == row.span);
        cells.push(share(row, known));
    }
    grid
}

/// The share in time, in words.
fn share(row: &Row<'_>, first: Option<&Row<'_>>) -> String {
    if let Some((how, percent)) = first.and_then(|row| row.parts.first()) {
        return match how.first().map(String::as_str) {
            Some("it_nhat") => format!("từ {percent}% trở lên"),
            Some("nhieu_nhat") => format!("không quá {percent}%"),
            _ => format!("{percent}%"),
        };
    }
    let in_time = row.value(Timely::InTime.code());
    let share = in_time.and_then(|part| percent(part, row.total));
    share.map_or_else(|| NOTHING.to_owned(), |share| format!("{share}%"))
}
