//! What one reads off a figure, in a sentence: of published whole numbers only.

use super::rows::Row;
use crate::{
    case::{Channel, Kind},
    statistics::{
        catalogue::{Mark, Outcome, Rhythm, Stock, Table, Timely},
        ssr::publishing::figures::percent,
    },
    ui::thousands,
};

/// What is counted.
const WHAT: &str = "phản ánh, kiến nghị";

/// The sentence of a figure: of its latest period, `whole` being the department's rows and `units`
/// those of that period.
pub(super) fn of(table: Table, whole: &[&Row<'_>], units: &[&Row<'_>]) -> String {
    let Some(last) = whole.last() else {
        return String::new();
    };
    match table {
        Table::ByKind => received(last, whole),
        Table::Timeliness => timely(last),
        Table::Flow => flow(last),
        Table::ByOutcome => outcome(last),
        Table::ByReason | Table::ByChannel => most(table, last),
        Table::ByUnit => by_unit(last, units),
        Table::TimelinessByUnit => timely_by_unit(last, units),
        Table::ByUnitAndKind => format!("{} {}", received(last, &[]), of_units(units)),
        Table::Satisfaction => satisfaction(last),
        Table::LateDossiers | Table::FirstShare => String::new(),
    }
}

/// Why there is nothing yet.
pub(super) fn waits(table: Table, year: i32) -> String {
    let when = match table.rhythm() {
        Rhythm::Month => "khi một kỳ có đủ số để nêu mà không ai bị nhận ra",
        Rhythm::Quarter => "sau khi quý kết thúc",
        Rhythm::Year => "sau khi năm kết thúc",
    };
    match year {
        0 => format!("Chưa có số liệu; được công bố {when}."),
        _ => format!("Chưa có số liệu của năm {year}; được công bố {when}."),
    }
}

fn count(number: i64) -> String {
    format!("{} {WHAT}", thousands(number))
}

/// ` (80%)`, or nothing of too small a whole.
fn share(part: i64, whole: i64) -> String {
    percent(part, whole).map_or_else(String::new, |share| format!(" ({share}%)"))
}

/// "Tháng 10/2026, Sở nhận 42 phản ánh, kiến nghị; nhiều nhất là về hồ sơ trễ hẹn (20). Kỳ trước
/// đó (09/2026) là 37."
fn received(last: &Row<'_>, whole: &[&Row<'_>]) -> String {
    let kinds = Kind::ALL.iter();
    let told = kinds.filter_map(|kind| Some((last.value(kind.code())?, *kind)));
    let most = match told.max_by_key(|(n, _)| *n) {
        Some((n, kind)) if n > last.undivided() => {
            format!("; nhiều nhất là về {} ({})", about(kind), thousands(n))
        }
        _ => String::new(),
    };
    let before = match whole {
        [.., before, _] => format!(
            " Kỳ trước đó ({}) là {}.",
            before.span.short(),
            thousands(before.total)
        ),
        _ => String::new(),
    };
    format!(
        "{}, Sở nhận {}{most}.{before}",
        last.span.words(),
        count(last.total)
    )
}

const fn about(kind: Kind) -> &'static str {
    match kind {
        Kind::Conduct => "thái độ, cách làm việc",
        Kind::Regulation => "quy định, thủ tục",
        Kind::LateDossier => "hồ sơ trễ hẹn",
    }
}

fn timely(last: &Row<'_>) -> String {
    let told = [Timely::InTime, Timely::Late].map(|class| last.value(class.code()));
    let parts = match told {
        [Some(in_time), Some(late)] => format!(
            ": {} đúng hạn{}, {} trễ hạn.",
            thousands(in_time),
            share(in_time, last.total),
            thousands(late)
        ),
        _ => ". Số đúng hạn và trễ hạn chưa đủ lớn để nêu riêng.".to_owned(),
    };
    format!(
        "{}, Sở kết thúc xử lý {}{parts}",
        last.span.words(),
        count(last.total)
    )
}

/// The department's own division is told by month, in the figure of that.
fn timely_by_unit(last: &Row<'_>, units: &[&Row<'_>]) -> String {
    let divided = units.iter().filter(|row| !row.parts.is_empty()).count();
    let divided = match divided {
        0 => "Số đúng hạn và trễ hạn của từng đơn vị chưa đủ lớn để nêu riêng.".to_owned(),
        _ => format!("{divided} đơn vị hoặc nhóm được nêu cả số đúng hạn và trễ hạn."),
    };
    format!(
        "{}, Sở kết thúc xử lý {}. {} {divided}",
        last.span.words(),
        count(last.total),
        of_units(units)
    )
}

fn flow(last: &Row<'_>) -> String {
    let of = |stock: Stock| thousands(last.value(stock.code()).unwrap_or_default());
    format!(
        "Cuối tháng {:02}/{}, còn {} {WHAT} đang xử lý. {}: nhận {}, kết thúc {}.",
        last.span.to.of_year(),
        last.span.to.year(),
        of(Stock::Pending),
        last.span.words(),
        of(Stock::Received),
        of(Stock::Closed)
    )
}

fn outcome(last: &Row<'_>) -> String {
    let closed = format!("{}, {} kết thúc", last.span.words(), count(last.total));
    match last.value(Outcome::True.code()) {
        Some(found) => format!(
            "{closed}, trong đó {} được kết luận là đúng, đúng một phần hoặc có cơ sở{}.",
            thousands(found),
            share(found, last.total)
        ),
        None if last.parts.is_empty() => {
            format!("{closed}. Số theo từng kết quả chưa đủ lớn để nêu riêng.")
        }
        None => format!("{closed}. Số được kết luận là đúng nằm trong phần gộp chung."),
    }
}

/// The column with the most among those told by themselves.
fn most(table: Table, last: &Row<'_>) -> String {
    let of_all = format!("{}, trong {}", last.span.words(), count(last.total));
    let classes = table.classes().into_iter();
    let told = classes.filter_map(|(code, label)| Some((last.value(code)?, label)));
    let Some((n, label)) = told.max_by_key(|(n, _)| *n) else {
        return format!("{of_all}, số của từng nhóm chưa đủ lớn để nêu riêng.");
    };
    let what = match table {
        Table::ByChannel if label == Channel::Online.label() => "gửi trực tuyến".to_owned(),
        Table::ByChannel => format!("gửi qua kênh “{label}”"),
        _ => format!("thuộc nhóm “{label}”"),
    };
    let share = share(n, last.total);
    format!(
        "{of_all}, {} {what}{share}; nhiều nhất trong các nhóm được nêu riêng.",
        thousands(n)
    )
}

fn by_unit(last: &Row<'_>, units: &[&Row<'_>]) -> String {
    format!(
        "{}, Sở nhận {}. {}",
        last.span.words(),
        count(last.total),
        of_units(units)
    )
}

/// How many units are told by themselves, and how many only together.
fn of_units(units: &[&Row<'_>]) -> String {
    let alone = units.iter().filter(|row| row.places.len() == 1).count();
    let together: usize = units.iter().map(|row| row.places.len()).sum::<usize>() - alone;
    match (alone, together) {
        (0, 0) => "Số của từng đơn vị chưa đủ lớn để nêu riêng.".to_owned(),
        (_, 0) => "Mọi đơn vị được nêu riêng.".to_owned(),
        (0, _) => "Các đơn vị được gộp thành nhóm.".to_owned(),
        _ => format!("{alone} đơn vị được nêu riêng, {together} đơn vị được gộp chung."),
    }
}

fn satisfaction(last: &Row<'_>) -> String {
    let closed = format!("{}, {} kết thúc", last.span.words(), count(last.total));
    let of = |mark: Mark| last.value(mark.code());
    let rated = of(Mark::Unsaid).map(|unsaid| last.total - unsaid);
    let pleased = of(Mark::VerySatisfied).zip(of(Mark::Satisfied));
    match (rated, pleased) {
        (Some(rated), Some((very, quite))) => format!(
            "{closed}; {} được người gửi đánh giá, trong đó {} hài lòng hoặc rất hài lòng{}.",
            thousands(rated),
            thousands(very + quite),
            share(very + quite, rated)
        ),
        (Some(rated), None) => format!(
            "{closed}; {} được người gửi đánh giá{}. Số theo từng mức chưa đủ lớn để nêu riêng.",
            thousands(rated),
            share(rated, last.total)
        ),
        (None, _) => format!("{closed}. Số đánh giá chưa đủ lớn để nêu riêng."),
    }
}
