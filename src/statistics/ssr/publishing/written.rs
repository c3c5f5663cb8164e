//! A release as the public gets it: the same bytes every time, with their hash; the same numbers as
//! a table for spreadsheets; and the schema of both.

use super::{Cell, audit::Origin};
use crate::{
    error::AppError,
    statistics::{catalogue::Table, month::Span},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Name and version of the form of [`Document`].
pub const FORM: &str = "lang-nghe-so-lieu-1";

/// A release, as it is downloaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// [`FORM`].
    #[serde(rename = "luoc_do")]
    pub form: String,
    /// Its code, for addresses.
    #[serde(rename = "ma")]
    pub code: String,
    /// Under which rule it was made.
    #[serde(rename = "nguon")]
    pub origin: Origin,
    /// The months that are new in it.
    #[serde(flatten)]
    pub span: Span,
    /// Every number, in order.
    #[serde(rename = "so_lieu")]
    pub cells: Vec<Cell>,
}

impl Document {
    /// A release of these cells.
    pub fn new(code: String, origin: Origin, span: Span, cells: Vec<Cell>) -> Self {
        Self {
            form: FORM.to_owned(),
            code,
            origin,
            span,
            cells,
        }
    }

    /// The bytes that are hashed and downloaded: JSON without spaces, its fields and numbers in a
    /// fixed order, and a line end.
    ///
    /// # Errors
    /// [`AppError::Internal`] if it cannot be written.
    pub fn json(&self) -> Result<Vec<u8>, AppError> {
        let mut bytes = serde_json::to_vec(self).map_err(|_| AppError::Internal)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// SHA-256 of [`Document::json`].
    ///
    /// # Errors
    /// [`AppError::Internal`] if it cannot be written.
    pub fn sha256(&self) -> Result<[u8; 32], AppError> {
        Ok(Sha256::digest(self.json()?).into())
    }

    /// The same numbers for spreadsheets: UTF-8 with the byte order mark that they need, no cell a
    /// formula. Members of a pool are joined by `+`; `tong` is all of them.
    ///
    /// # Errors
    /// [`AppError::Internal`] if it cannot be written.
    pub fn csv(&self) -> Result<Vec<u8>, AppError> {
        table_csv(&self.cells.iter().collect::<Vec<_>>())
    }
}

/// The cells for spreadsheets, as [`Document::csv`].
///
/// # Errors
/// [`AppError::Internal`] if it cannot be written.
pub fn table_csv(cells: &[&Cell]) -> Result<Vec<u8>, AppError> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let head = COLUMNS.map(|(name, _)| name.to_owned());
    let rows = cells.iter().map(|cell| fields(cell));
    for row in std::iter::once(head).chain(rows) {
        writer.write_record(row).map_err(|_| AppError::Internal)?;
    }
    writer.into_inner().map_err(|_| AppError::Internal)
}

/// The numbers of one table over all releases.
///
/// # Errors
/// [`AppError::Internal`] if it cannot be written.
pub fn table_json(table: Table, cells: &[&Cell]) -> Result<Vec<u8>, AppError> {
    #[derive(Serialize)]
    struct OfTable<'a> {
        luoc_do: &'a str,
        bang: Table,
        ten: &'a str,
        so_lieu: &'a [&'a Cell],
    }
    let document = OfTable {
        luoc_do: FORM,
        bang: table,
        ten: table.label(),
        so_lieu: cells,
    };
    let mut bytes = serde_json::to_vec(&document).map_err(|_| AppError::Internal)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// A cell of a table for spreadsheets in each of its columns, none of them a formula.
pub(super) fn fields(cell: &Cell) -> [String; 6] {
    let list = |members: &[String]| match members {
        [] => "tong".to_owned(),
        members => members.join("+"),
    };
    [
        cell.table.code().to_owned(),
        cell.span.from.to_string(),
        cell.span.to.to_string(),
        list(&cell.places),
        list(&cell.classes),
        cell.value.to_string(),
    ]
    .map(safe)
}

/// Marks as text any cell that a spreadsheet would run as a formula (OWASP, CSV injection).
fn safe(cell: String) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{cell}"),
        false => cell,
    }
}

/// The hash as it is shown.
pub fn hex(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The code of a release of this span: `2026-11`, `2026-09_2026-11`.
pub fn code_of(span: Span) -> String {
    match span.months() {
        1 => span.from.to_string(),
        _ => format!("{}_{}", span.from, span.to),
    }
}

/// Columns of the table for spreadsheets, and what is in them.
pub(super) const COLUMNS: [(&str, &str); 6] = [
    ("bang", "Mã bảng trong danh mục"),
    ("tu_thang", "Tháng đầu của kỳ, dạng NNNN-TT"),
    ("den_thang", "Tháng cuối của kỳ, dạng NNNN-TT"),
    (
        "don_vi",
        "Mã đơn vị; nhiều đơn vị gộp chung nối bằng dấu +; tong là toàn Sở",
    ),
    (
        "chi_tieu",
        "Mã chỉ tiêu; nhiều chỉ tiêu gộp chung nối bằng dấu +; tong là tổng số",
    ),
    (
        "gia_tri",
        "Số phản ánh, kiến nghị; phần trăm nguyên ở bảng tl",
    ),
];

/// The schema of the downloads, for programs: JSON Schema of a release, the columns of the table for
/// spreadsheets, and the catalogue of tables with their thresholds and codes.
pub fn schema() -> Value {
    let month = json!({ "type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$" });
    let codes = json!({ "type": "array", "items": { "type": "string" } });
    let tables: Vec<Value> = Table::ALL.iter().map(|table| described(*table)).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": FORM,
        "type": "object",
        "required": ["luoc_do", "ma", "nguon", "tu_thang", "den_thang", "so_lieu"],
        "additionalProperties": false,
        "properties": {
            "luoc_do": { "const": FORM },
            "ma": { "type": "string" },
            "nguon": { "enum": Origin::ALL.iter().map(|origin| origin.code()).collect::<Vec<_>>() },
            "tu_thang": month,
            "den_thang": month,
            "so_lieu": { "type": "array", "items": {
                "type": "object",
                "required": ["bang", "tu_thang", "den_thang", "don_vi", "chi_tieu", "gia_tri"],
                "additionalProperties": false,
                "properties": {
                    "bang": { "enum": Table::ALL.iter().map(|table| table.code()).collect::<Vec<_>>() },
                    "tu_thang": month,
                    "den_thang": month,
                    "don_vi": codes,
                    "chi_tieu": codes,
                    "gia_tri": { "type": "integer", "minimum": 0 },
                },
            } },
        },
        "theo_bang": "bang/*.json: luoc_do, bang, ten, so_lieu; so_lieu như của một lần công bố",
        "cot_csv": COLUMNS.map(|(name, meaning)| json!({ "ten": name, "y_nghia": meaning })),
        "danh_muc": tables,
    })
}

fn described(table: Table) -> Value {
    let classes = table.classes().into_iter();
    json!({
        "bang": table.code(),
        "ten": table.label(),
        "so_thang": table.rhythm().months(),
        "theo_don_vi": table.is_by_unit(),
        "nguong": table.least(),
        "chi_tieu": classes.map(|(code, label)| json!({ "ma": code, "ten": label })).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::month::Month;

    #[test]
    fn a_release_is_the_same_bytes_every_time() {
        let span = Span::of(Month::new(2026, 11));
        let pool = Cell {
            classes: vec!["khac".to_owned(), "dung".to_owned()],
            ..Cell::total(Table::ByOutcome, span, 17)
        };
        let cells = vec![Cell::total(Table::ByOutcome, span, 17), pool];
        let document = Document::new(code_of(span), Origin::Rule, span, cells);
        let json = document.json().unwrap();
        assert_eq!(
            String::from_utf8(json.clone()).unwrap(),
            "{\"luoc_do\":\"lang-nghe-so-lieu-1\",\"ma\":\"2026-11\",\"nguon\":\"quy_tac\",\
            \"tu_thang\":\"2026-11\",\"den_thang\":\"2026-11\",\"so_lieu\":[\
            {\"bang\":\"t2\",\"tu_thang\":\"2026-11\",\"den_thang\":\"2026-11\",\
            \"don_vi\":[],\"chi_tieu\":[],\"gia_tri\":17},\
            {\"bang\":\"t2\",\"tu_thang\":\"2026-11\",\"den_thang\":\"2026-11\",\
            \"don_vi\":[],\"chi_tieu\":[\"khac\",\"dung\"],\"gia_tri\":17}]}\n"
        );
        assert_eq!(serde_json::from_slice::<Document>(&json).unwrap(), document);
        assert_eq!(
            String::from_utf8(document.csv().unwrap()).unwrap(),
            "\u{feff}bang,tu_thang,den_thang,don_vi,chi_tieu,gia_tri\n\
            t2,2026-11,2026-11,tong,tong,17\nt2,2026-11,2026-11,tong,khac+dung,17\n"
        );
        assert_eq!(hex(&document.sha256().unwrap()).len(), 64);
    }

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+1", "-1", "@x", "\tx", "\rx"] {
            assert!(safe(cell.to_owned()).starts_with('\''), "{cell:?}");
        }
        assert_eq!(safe("12".to_owned()), "12");
    }
}
