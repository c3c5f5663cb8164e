//! Reading a workbook as a spreadsheet does.

use std::io::{Cursor, Read as _};

/// Texts and numbers of the first sheet, row by row; cells without either are left out.
pub fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut book = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        book.by_name(name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    };
    let strings = part("xl/sharedStrings.xml");
    let strings: Vec<&str> = strings
        .split("<t")
        .skip(1)
        .map(|text| {
            text.split_once('>')
                .unwrap()
                .1
                .split("</t>")
                .next()
                .unwrap()
        })
        .collect();
    let rows = part("xl/worksheets/sheet1.xml");
    let rows = rows.split("<row").skip(1).map(|row| {
        let cells = row.split("<c ").skip(1).filter_map(|cell| {
            let value = cell.split("<v>").nth(1)?.split("</v>").next()?;
            Some(match cell.contains("t=\"s\"") {
                true => strings[value.parse::<usize>().unwrap()].to_owned(),
                false => value.to_owned(),
            })
        });
        cells.collect()
    });
    rows.collect()
}
