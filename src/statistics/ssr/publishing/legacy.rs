//! What the first version published, brought over as the first releases: the same periods, the same
//! parts, the same shares.

use super::{
    Cell,
    audit::Origin,
    disclosure::Share,
    first_version::{Answered, Period, Received, Release},
    written::Document,
};
use crate::{
    case::Kind,
    statistics::{
        catalogue::Table,
        month::{Month, Span},
    },
};

/// The releases of the first version, oldest first within each of its two tables.
pub fn documents(release: &Release) -> Vec<Document> {
    let received = release.received.iter().map(of_received);
    received
        .chain(release.answered.iter().map(of_answered))
        .collect()
}

fn document(table: Table, span: Span, cells: Vec<Cell>) -> Document {
    let code = format!("dau-{}-{}", table.code(), super::written::code_of(span));
    Document::new(code, Origin::FirstVersion, span, cells)
}

fn span(period: Period) -> Span {
    Span {
        from: Month::of(period.first),
        to: Month::of(period.last),
    }
}

fn of_received(row: &Received) -> Document {
    let span = span(row.period);
    let total = Cell::total(Table::ByKind, span, row.total);
    let part = |classes: Vec<String>, value: i64| Cell {
        classes,
        value,
        ..total.clone()
    };
    let kinds = || {
        Kind::ALL
            .iter()
            .map(|kind| kind.code().to_owned())
            .zip(row.shown)
    };
    let hidden = kinds().filter(|(_, count)| count.is_none());
    let hidden: Vec<String> = hidden.map(|(kind, _)| kind).collect();
    let shown = kinds().filter_map(|(kind, count)| Some(part(vec![kind], count?)));
    let parts = shown.chain(row.pooled.map(|count| part(hidden, count)));
    let cells = std::iter::once(total.clone()).chain(parts).collect();
    document(Table::ByKind, span, cells)
}

fn of_answered(row: &Answered) -> Document {
    let span = span(row.period);
    let share = match row.share {
        Share::Untold => None,
        Share::AtLeast(percent) => Some(("it_nhat", percent)),
        Share::AtMost(percent) => Some(("nhieu_nhat", percent)),
        Share::Exactly(percent) => Some(("lam_tron", percent)),
    };
    let share = share.map(|(how, percent)| Cell {
        classes: vec![how.to_owned()],
        ..Cell::total(Table::FirstShare, span, percent)
    });
    let total = Cell::total(Table::Timeliness, span, row.answered);
    let cells = std::iter::once(total).chain(share).collect();
    document(Table::Timeliness, span, cells)
}
