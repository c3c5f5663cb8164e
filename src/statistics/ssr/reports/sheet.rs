//! The forms as workbooks for spreadsheets. Every text is written as text: nothing becomes a formula.

use super::period::Period;
use crate::{
    error::AppError,
    statistics::reports::results::{COLUMNS, FIRST, GROUPS, Line},
};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// What stands on every sheet that is not for the public.
const RESTRICTED: &str = "LƯU HÀNH NỘI BỘ";
/// A4.
const PAPER: u8 = 9;
/// Row of the headings.
const HEAD: u32 = 6;

/// The form on the results of a period, with the official numbers of its columns.
///
/// # Errors
/// [`AppError::Internal`] if it cannot be written.
pub(super) fn results(agency: &str, period: &Period, lines: &[Line]) -> Result<Vec<u8>, AppError> {
    written(|book| {
        let sheet = book.add_worksheet();
        let last = (FIRST + COLUMNS - 2) as u16;
        let title = "KẾT QUẢ TIẾP NHẬN, XỬ LÝ PHẢN ÁNH, KIẾN NGHỊ VỀ QUY ĐỊNH HÀNH CHÍNH, HÀNH VI \
                     HÀNH CHÍNH";
        heading(sheet, agency, title, period, last)?;
        sheet.set_name("Kết quả")?;
        columns(sheet)?;
        for (row, line) in (HEAD + 3..).zip(lines) {
            let is_sum = row as usize - HEAD as usize - 2 == lines.len();
            let format = if is_sum { cell().set_bold() } else { cell() };
            if !is_sum {
                sheet.write_number_with_format(row, 0, f64::from(row - HEAD - 2), &format)?;
            }
            sheet.write_string_with_format(row, 1, &line.unit, &format)?;
            for (column, value) in (2..).zip(line.numbers()) {
                sheet.write_number_with_format(row, column, value as f64, &format)?;
            }
        }
        sheet.set_column_width(0, 5)?.set_column_width(1, 34)?;
        sheet.set_repeat_rows(HEAD, HEAD + 2)?;
        Ok(())
    })
}

/// Headings in two rows, and under them the numbers of the columns.
fn columns(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let head = head();
    let mut over = |first: u16, count: u16, heading: &str, columns: &[&str]| {
        if columns.is_empty() {
            sheet.merge_range(HEAD, first, HEAD + 1, first, heading, &head)?;
        } else {
            sheet.merge_range(HEAD, first, HEAD, first + count - 1, heading, &head)?;
        }
        for (column, text) in (first..).zip(columns) {
            sheet.write_string_with_format(HEAD + 1, column, *text, &head)?;
        }
        for column in first..first + count {
            let number = format!("({})", column + 1);
            sheet.write_string_with_format(HEAD + 2, column, number, &head)?;
        }
        Ok::<_, XlsxError>(first + count)
    };
    let mut next = over(0, 1, "TT", &[])?;
    next = over(next, 1, "Đơn vị được phản ánh", &[])?;
    for group in &GROUPS {
        let count = group.columns.len().max(1) as u16;
        next = over(next, count, group.heading, group.columns)?;
    }
    Ok(())
}

/// A row of the register, in the order of [`REGISTER`].
pub(super) type RegisterRow = [String; 11];

/// Headings of the register, with the widths of their columns.
const REGISTER: [(&str, u16); 11] = [
    ("Số TT", 8),
    ("Mã hồ sơ", 16),
    ("Ngày nhận", 12),
    ("Kênh", 16),
    ("Người gửi", 14),
    ("Nội dung tóm tắt", 44),
    ("Phân loại", 18),
    ("Đơn vị xử lý", 26),
    ("Hạn trả lời", 12),
    ("Ngày trả lời", 12),
    ("Kết quả", 22),
];

/// The register of a period.
///
/// # Errors
/// [`AppError::Internal`] if it cannot be written.
pub(super) fn register(
    agency: &str,
    period: &Period,
    rows: &[RegisterRow],
) -> Result<Vec<u8>, AppError> {
    written(|book| {
        let sheet = book.add_worksheet();
        let last = REGISTER.len() as u16 - 1;
        heading(
            sheet,
            agency,
            "SỔ TIẾP NHẬN PHẢN ÁNH, KIẾN NGHỊ",
            period,
            last,
        )?;
        sheet.set_name("Sổ tiếp nhận")?;
        let (head, cell) = (head(), cell());
        for (column, (text, width)) in (0..).zip(REGISTER) {
            sheet.write_string_with_format(HEAD, column, text, &head)?;
            sheet.set_column_width(column, width)?;
        }
        for (row, texts) in (HEAD + 1..).zip(rows) {
            for (column, text) in (0..).zip(texts) {
                sheet.write_string_with_format(row, column, text, &cell)?;
            }
        }
        sheet.set_repeat_rows(HEAD, HEAD)?;
        Ok(())
    })
}

/// Whose report it is, what it is, for which days, and that it is not for the public.
fn heading(
    sheet: &mut Worksheet,
    agency: &str,
    title: &str,
    period: &Period,
    last: u16,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let middle = Format::new().set_align(FormatAlign::Center);
    sheet
        .set_landscape()
        .set_paper_size(PAPER)
        .set_print_fit_to_pages(1, 0);
    sheet.write_string_with_format(0, 0, agency, &bold)?;
    sheet.write_string_with_format(1, 0, RESTRICTED, &bold)?;
    let title_format = middle.clone().set_bold().set_font_size(13);
    sheet.merge_range(2, 0, 2, last, title, &title_format)?;
    let days = format!("{} ({})", period.name, period.days());
    sheet.merge_range(3, 0, 3, last, &days, &middle)?;
    sheet.write_string(4, 0, "Đơn vị tính: phản ánh, kiến nghị")?;
    Ok(())
}

fn head() -> Format {
    cell().set_bold().set_align(FormatAlign::Center)
}

fn cell() -> Format {
    Format::new()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

fn written(fill: impl FnOnce(&mut Workbook) -> Result<(), XlsxError>) -> Result<Vec<u8>, AppError> {
    let mut book = Workbook::new();
    let bytes = fill(&mut book).and_then(|()| book.save_to_buffer());
    bytes.map_err(|_| {
        tracing::error!("a workbook cannot be written");
        AppError::Internal
    })
}
