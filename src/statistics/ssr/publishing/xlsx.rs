//! A table as a workbook for spreadsheets (ECMA-376): the numbers as they are in the CSV, and beside
//! them what the codes mean. Text is text and never a formula; nothing in it depends on when it is
//! asked for.

use super::{
    Cell,
    written::{COLUMNS, fields},
};
use crate::{error::AppError, statistics::catalogue::Table};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use time::{OffsetDateTime, UtcOffset};

/// The workbook of a table; `made_at` is the time that it says it was made.
///
/// # Errors
/// [`AppError::Internal`] if it cannot be written.
pub fn workbook(
    table: Table,
    cells: &[&Cell],
    made_at: OffsetDateTime,
) -> Result<Vec<u8>, AppError> {
    written(table, cells, made_at).map_err(|_| AppError::Internal)
}

fn written(table: Table, cells: &[&Cell], made_at: OffsetDateTime) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let properties = DocProperties::new().set_title(table.label());
    book.set_properties(&properties.set_creation_datetime(&utc(made_at)?));
    let numbers = book.add_worksheet().set_name("Số liệu")?;
    for (column, (name, _)) in (0..).zip(COLUMNS) {
        numbers.write_string(0, column, name)?;
    }
    for (row, cell) in (1..).zip(cells) {
        let [table, from, to, places, classes, _] = fields(cell);
        for (column, text) in (0..).zip([table, from, to, places, classes]) {
            numbers.write_string(row, column, text)?;
        }
        // beyond 2^53 a spreadsheet has no whole numbers; the department has fewer cases
        numbers.write_number(row, 5, cell.value as f64)?;
    }
    let meanings = book.add_worksheet().set_name("Giải thích")?;
    for (row, (code, meaning)) in (0..).zip(explained(table)) {
        meanings.write_string(row, 0, code)?;
        meanings.write_string(row, 1, meaning)?;
    }
    book.save_to_buffer()
}

/// What the columns and the codes of a table mean.
fn explained(table: Table) -> impl Iterator<Item = (&'static str, &'static str)> {
    let title = (table.code(), table.label());
    std::iter::once(title).chain(COLUMNS).chain(table.classes())
}

fn utc(at: OffsetDateTime) -> Result<ExcelDateTime, XlsxError> {
    let at = at.to_offset(UtcOffset::UTC);
    let (hour, minute, second) = at.time().as_hms();
    // years of four digits
    let year = u16::try_from(at.year()).unwrap_or_default();
    ExcelDateTime::from_ymd(year, at.month().into(), at.day())?.and_hms(
        hour.into(),
        minute,
        f64::from(second),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::month::{Month, Span};
    use std::io::{Cursor, Read as _};
    use time::macros::datetime;

    #[test]
    fn a_workbook_holds_numbers_as_numbers_and_text_as_text_and_is_the_same_every_time() {
        let span = Span::of(Month::new(2026, 11));
        let pool = Cell {
            classes: vec!["=1+1".to_owned(), "<b>".to_owned()],
            ..Cell::total(Table::ByOutcome, span, 17)
        };
        let made_at = datetime!(2026-12-10 08:00:00.5 +7);
        let book = || workbook(Table::ByOutcome, &[&pool], made_at).unwrap();
        assert_eq!(book(), book());
        let mut archive = zip::ZipArchive::new(Cursor::new(book())).unwrap();
        let mut part = |name: &str| {
            let mut text = String::new();
            let mut entry = archive.by_name(name).unwrap();
            entry.read_to_string(&mut text).unwrap();
            text
        };
        let sheet = part("xl/worksheets/sheet1.xml");
        assert!(sheet.contains("<c r=\"F2\"><v>17</v></c>"), "{sheet}");
        assert!(!sheet.contains("<f>"), "{sheet}");
        let texts = part("xl/sharedStrings.xml");
        assert!(texts.contains("'=1+1+&lt;b&gt;"), "{texts}");
        assert!(texts.contains("Không tiếp nhận"), "{texts}");
        assert!(part("docProps/core.xml").contains(">2026-12-10T01:00:00Z<"));
    }
}
