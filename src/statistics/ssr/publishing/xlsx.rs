//! A table as a workbook for spreadsheets (ECMA-376): the numbers as they are in the CSV, and beside
//! them what the codes mean. Text is text and never a formula; nothing in it depends on when it is
//! asked for.

use super::{
    Cell,
    written::{COLUMNS, fields},
};
use crate::{error::AppError, statistics::catalogue::Table};
use std::io::{Cursor, Write as _};
use time::{OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};
use zip::{ZipWriter, write::SimpleFileOptions};

/// The parts that are the same in every workbook.
const FIXED: [(&str, &str); 4] = [
    (
        "[Content_Types].xml",
        include_str!("xlsx/content_types.xml"),
    ),
    ("_rels/.rels", include_str!("xlsx/rels.xml")),
    ("xl/workbook.xml", include_str!("xlsx/workbook.xml")),
    (
        "xl/_rels/workbook.xml.rels",
        include_str!("xlsx/workbook_rels.xml"),
    ),
];
const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// What stands in a cell of a sheet.
enum Written {
    Text(String),
    Number(i64),
}

/// The workbook of a table; `made_at` is the time that it says it was made.
///
/// # Errors
/// [`AppError::Internal`] if it cannot be written.
pub fn workbook(
    table: Table,
    cells: &[&Cell],
    made_at: OffsetDateTime,
) -> Result<Vec<u8>, AppError> {
    let head = COLUMNS.map(|(name, _)| Written::Text(name.to_owned()));
    let rows = cells.iter().map(|cell| {
        let [table, from, to, places, classes, _] = fields(cell).map(Written::Text);
        vec![
            table,
            from,
            to,
            places,
            classes,
            Written::Number(cell.value),
        ]
    });
    let numbers = sheet(std::iter::once(Vec::from(head)).chain(rows));
    let made = [
        ("xl/worksheets/sheet1.xml", numbers),
        ("xl/worksheets/sheet2.xml", sheet(explained(table))),
        ("docProps/core.xml", properties(table, made_at)?),
    ];
    let fixed = FIXED.map(|(name, part)| (name, part.to_owned()));
    packed(fixed.into_iter().chain(made)).map_err(|_| AppError::Internal)
}

/// The parts in one archive. Its entries bear no time but the earliest there is.
fn packed(parts: impl Iterator<Item = (&'static str, String)>) -> Result<Vec<u8>, std::io::Error> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        archive.start_file(name, SimpleFileOptions::default())?;
        archive.write_all(part.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

/// What the columns and the codes of a table mean.
fn explained(table: Table) -> impl Iterator<Item = Vec<Written>> {
    let titles = [(table.code(), table.label())];
    let pairs = titles.into_iter().chain(COLUMNS).chain(table.classes());
    pairs.map(|(code, meaning)| {
        [code, meaning]
            .map(|text| Written::Text(text.to_owned()))
            .into()
    })
}

fn sheet(rows: impl Iterator<Item = Vec<Written>>) -> String {
    let mut xml = format!("{XML}<worksheet xmlns=\"{MAIN}\"><sheetData>\n");
    for row in rows {
        xml.push_str("<row>");
        for cell in row {
            match cell {
                Written::Number(number) => xml.push_str(&format!("<c><v>{number}</v></c>")),
                Written::Text(text) => {
                    let text = escape(&text);
                    xml.push_str(&format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"));
                }
            }
        }
        xml.push_str("</row>\n");
    }
    xml.push_str("</sheetData></worksheet>\n");
    xml
}

fn properties(table: Table, made_at: OffsetDateTime) -> Result<String, AppError> {
    let at = made_at.to_offset(UtcOffset::UTC).replace_nanosecond(0);
    let at = at.map_err(|_| AppError::Internal)?.format(&Rfc3339);
    let at = at.map_err(|_| AppError::Internal)?;
    Ok(format!(
        "{XML}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:created></cp:coreProperties>\n",
        escape(table.label())
    ))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::month::{Month, Span};
    use std::io::Read as _;
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
        assert!(sheet.contains("<c><v>17</v></c>"), "{sheet}");
        assert!(
            sheet.contains("<t>'=1+1+&lt;b></t>") && !sheet.contains("<f>"),
            "{sheet}"
        );
        assert!(part("xl/worksheets/sheet2.xml").contains("Không tiếp nhận"));
        assert!(part("docProps/core.xml").contains(">2026-12-10T01:00:00Z<"));
        assert!(part("[Content_Types].xml").contains("sheet2.xml"));
    }
}
