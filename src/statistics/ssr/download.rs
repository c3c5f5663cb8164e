//! `/minh-bach/so-lieu.csv`: the released figures, the same as on the page.

use super::{
    disclosure::Share,
    release::{Answered, Period, Received, Release},
};
use crate::{case::Kind, error::AppError, platform::AppState};
use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};

/// The download. Every period ever released, oldest first.
#[tracing::instrument(skip_all)]
pub async fn csv(State(state): State<AppState>, _request: Request) -> Response {
    let table = async {
        let release = crate::statistics::ssr::released(&state.db, state.clock.today()).await?;
        write(&release).map_err(|_| AppError::Internal)
    };
    match table.await {
        Ok(bytes) => {
            let headers = [
                (
                    header::CONTENT_TYPE,
                    "text/csv; charset=utf-8; header=present",
                ),
                (
                    header::CONTENT_DISPOSITION,
                    "attachment; filename=\"lang-nghe-so-lieu.csv\"",
                ),
                (header::CACHE_CONTROL, "public, max-age=300"),
            ];
            (headers, bytes).into_response()
        }
        Err(error) => (
            StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            error.message(),
        )
            .into_response(),
    }
}

/// Rows of (table, first month, last month, key, value), after the byte order mark that
/// spreadsheets need.
fn write(release: &Release) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    writer.write_record(["bang", "tu_thang", "den_thang", "chi_tieu", "gia_tri"])?;
    let received = release.received.iter().flat_map(received_rows);
    let answered = release.answered.iter().flat_map(answered_rows);
    for row in received.chain(answered) {
        writer.write_record(row.map(safe))?;
    }
    writer
        .into_inner()
        .map_err(|error| error.into_error().into())
}

fn received_rows(row: &Received) -> Vec<[String; 5]> {
    let line = |key: String, value: i64| line("tiep_nhan", row.period, key, value.to_string());
    let kinds = || Kind::ALL.iter().zip(row.shown);
    let shown = kinds().filter_map(|(kind, count)| Some(line(kind.code().to_owned(), count?)));
    let members: Vec<&str> = kinds()
        .filter(|(_, count)| count.is_none())
        .map(|(kind, _)| kind.code())
        .collect();
    let pooled = row.pooled.map(|count| line(members.join("+"), count));
    shown
        .chain(pooled)
        .chain([line("tong".to_owned(), row.total)])
        .collect()
}

fn answered_rows(row: &Answered) -> Vec<[String; 5]> {
    let line = |key: &str, value: String| line("tra_loi", row.period, key.to_owned(), value);
    let share = match row.share {
        Share::Untold => None,
        Share::AtLeast(percent) => Some(("ty_le_dung_han_it_nhat", percent)),
        Share::AtMost(percent) => Some(("ty_le_dung_han_nhieu_nhat", percent)),
        Share::Exactly(percent) => Some(("ty_le_dung_han", percent)),
    };
    let share = share.map(|(key, percent)| line(key, percent.to_string()));
    [line("da_tra_loi", row.answered.to_string())]
        .into_iter()
        .chain(share)
        .collect()
}

fn line(table: &str, period: Period, key: String, value: String) -> [String; 5] {
    let month = |day: time::Date| format!("{}-{:02}", day.year(), u8::from(day.month()));
    [
        table.to_owned(),
        month(period.first),
        month(period.last),
        key,
        value,
    ]
}

/// Marks as text any cell that a spreadsheet would run as a formula (OWASP, CSV injection).
pub(super) fn safe(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::ssr::release::CountedMonth;
    use time::macros::date;

    #[test]
    fn the_download_holds_the_numbers_of_the_page() {
        let months = [
            CountedMonth {
                month: date!(2026 - 09 - 01),
                received: [12, 3, 4],
                answered: 20,
                on_time: 20,
            },
            CountedMonth {
                month: date!(2026 - 10 - 01),
                received: [8, 9, 10],
                answered: 30,
                on_time: 15,
            },
        ];
        let bytes = write(&Release::of(&months)).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let expected = "\u{feff}bang,tu_thang,den_thang,chi_tieu,gia_tri
tiep_nhan,2026-09,2026-09,hanh_vi,12
tiep_nhan,2026-09,2026-09,quy_dinh+tre_hen,7
tiep_nhan,2026-09,2026-09,tong,19
tiep_nhan,2026-10,2026-10,hanh_vi,8
tiep_nhan,2026-10,2026-10,quy_dinh,9
tiep_nhan,2026-10,2026-10,tre_hen,10
tiep_nhan,2026-10,2026-10,tong,27
tra_loi,2026-09,2026-09,da_tra_loi,20
tra_loi,2026-09,2026-09,ty_le_dung_han_it_nhat,80
tra_loi,2026-10,2026-10,da_tra_loi,30
tra_loi,2026-10,2026-10,ty_le_dung_han,50
";
        assert_eq!(text, expected);
    }

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+1", "-1", "@x", "\tx", "\rx"] {
            assert!(safe(cell.to_owned()).starts_with('\''), "{cell:?}");
        }
        assert_eq!(safe("12".to_owned()), "12");
    }
}
