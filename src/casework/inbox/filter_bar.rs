//! One line that narrows the list, and a chip for each condition that does, which takes it away.

use super::{
    extra_filters::{Answer, ExtraFilters, Holder, NOBODY},
    filters::{Filters, Sort, View},
    view::{SEARCHED, UnitChoice},
};
use crate::{
    calendar::day_month_year,
    case::{Channel, Kind, write_day},
    routes,
    ui::{Choice, SelectField, TextField, thousands},
};
use leptos::prelude::*;

/// Search, three lists, the order, and what is asked now and then.
#[component]
pub fn FilterBar(filters: Filters, units: Vec<UnitChoice>) -> impl IntoView {
    let kinds = Kind::ALL.iter();
    let kinds: Vec<_> = kinds
        .map(|kind| Choice::new(kind.code(), kind.short()))
        .collect();
    let channels = Channel::ALL.iter();
    let channels: Vec<_> = channels
        .map(|channel| Choice::new(channel.code(), channel.label()))
        .collect();
    let units: Vec<_> = units
        .into_iter()
        .map(|(code, name)| Choice::new(code, name))
        .collect();
    let order = (filters.view != View::All).then(|| {
        let newest = vec![Choice::new(Sort::Received.code(), "Mới nhận nhất")];
        view! {
            <SelectField
                name="sap"
                label="Sắp xếp"
                choices=newest
                value=filters.sort.code()
                empty="Hạn gần nhất"
            />
        }
    });
    view! {
        <form class="filters" method="get" action=routes::INBOX.path role="search">
            <input type="hidden" name="xem" value=filters.view.code() />
            <TextField
                name="q"
                label="Tìm"
                kind="search"
                value=filters.words.clone()
                hint="Số hồ sơ, vụ việc, đơn vị, người; không dấu cũng được."
            />
            <SelectField
                name="loai"
                label="Loại"
                choices=kinds
                value=filters.kind.map(Kind::code).unwrap_or_default()
                empty="Mọi loại"
            />
            <SelectField
                name="don-vi"
                label="Đơn vị"
                choices=units.clone()
                value=filters.unit.clone()
                empty="Mọi đơn vị"
            />
            <SelectField
                name="kenh"
                label="Kênh"
                choices=channels
                value=filters.channel.map(Channel::code).unwrap_or_default()
                empty="Mọi kênh"
            />
            {order}
            <MoreFilters extra=filters.extra.clone() units />
            <button class="button button-secondary" type="submit">
                "Lọc"
            </button>
        </form>
    }
}

/// Conditions that are asked for now and then, and by the numbers of the leadership page.
#[component]
fn MoreFilters(extra: ExtraFilters, units: Vec<Choice>) -> impl IntoView {
    let answers = Answer::ALL
        .map(|answer| Choice::new(answer.code(), answer.label()))
        .to_vec();
    let holders = [vec![Choice::new(NOBODY, "Chưa giao đơn vị")], units].concat();
    let holder = match extra.holder {
        Holder::Any => String::new(),
        Holder::Nobody => NOBODY.to_owned(),
        Holder::Unit(code) => code,
    };
    let day = |day: Option<time::Date>| day.map(write_day).unwrap_or_default();
    view! {
        <details class="filters-more">
            <summary>"Thêm"</summary>
            <div class="filters-more-fields">
                <TextField name="tu" label="Nhận từ ngày" kind="date" value=day(extra.from) />
                <TextField name="den" label="Nhận đến ngày" kind="date" value=day(extra.to) />
                <SelectField
                    name="giao"
                    label="Đang giao cho"
                    choices=holders
                    value=holder
                    empty="Tất cả"
                />
                <SelectField
                    name="tra-loi"
                    label="Trả lời"
                    choices=answers
                    value=extra.answer.map(Answer::code).unwrap_or_default()
                    empty="Tất cả"
                />
            </div>
        </details>
    }
}

/// What narrows the list: each is a link to the list without it.
#[component]
pub fn Chips(filters: Filters, units: Vec<UnitChoice>, searched_in_part: bool) -> impl IntoView {
    let chips = active(&filters, &units);
    let note = searched_in_part.then(|| {
        let most = thousands(SEARCHED as i64);
        format!("Nội dung: chỉ tìm trong {most} hồ sơ đầu của nhóm này.")
    });
    (!chips.is_empty()).then(|| {
        let chips = chips.into_iter().map(|(words, without)| {
            let label = format!("Bỏ điều kiện {words}");
            view! {
                <li>
                    <a class="condition" href=without.from_the_first().href() aria-label=label>
                        {words}
                        <span class="condition-off" aria-hidden="true">
                            "×"
                        </span>
                    </a>
                </li>
            }
        });
        view! {
            <nav aria-label="Đang lọc theo">
                <ul class="conditions">
                    {chips.collect_view()}
                    {note.map(|note| view! { <li class="muted">{note}</li> })}
                </ul>
            </nav>
        }
    })
}

/// Each condition in words, and the filters without it.
fn active(filters: &Filters, units: &[UnitChoice]) -> Vec<(String, Filters)> {
    let mut chips = Vec::new();
    let mut chip = |words: String, take_away: fn(&mut Filters)| {
        let mut without = filters.clone();
        take_away(&mut without);
        chips.push((words, without));
    };
    let named = |code: &str| {
        let unit = units.iter().find(|(other, _)| other == code);
        unit.map_or(code, |(_, name)| name.as_str()).to_owned()
    };
    if !filters.words.is_empty() {
        chip(format!("“{}”", filters.words), |f| f.words.clear());
    }
    if let Some(kind) = filters.kind {
        chip(kind.short().to_owned(), |f| f.kind = None);
    }
    if !filters.unit.is_empty() {
        chip(named(&filters.unit), |f| f.unit.clear());
    }
    if let Some(channel) = filters.channel {
        chip(channel.label().to_owned(), |f| f.channel = None);
    }
    if let Some(from) = filters.extra.from {
        chip(format!("từ {}", day_month_year(from)), |f| {
            f.extra.from = None
        });
    }
    if let Some(to) = filters.extra.to {
        chip(format!("đến {}", day_month_year(to)), |f| {
            f.extra.to = None
        });
    }
    match &filters.extra.holder {
        Holder::Any => {}
        Holder::Nobody => chip("chưa giao đơn vị".to_owned(), |f| {
            f.extra.holder = Holder::Any
        }),
        Holder::Unit(code) => {
            chip(format!("giao {}", named(code)), |f| {
                f.extra.holder = Holder::Any
            });
        }
    }
    if let Some(answer) = filters.extra.answer {
        chip(answer.label().to_owned(), |f| f.extra.answer = None);
    }
    chips
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_condition_has_a_chip_that_takes_only_it_away() {
        let query = "xem=qua-han&loai=hanh_vi&don-vi=vpdkdd&kenh=online&tu=2026-10-01\
            &den=2026-10-31&giao=chua&tra-loi=tre&q=hen";
        let filters = Filters::from_query(query);
        let units = [("vpdkdd".to_owned(), "VP ĐKĐĐ".to_owned())];
        let chips = active(&filters, &units);
        assert_eq!(chips.len(), 8);
        assert!(chips.iter().any(|(words, _)| words == "VP ĐKĐĐ"));
        for (words, without) in &chips {
            assert_eq!(active(without, &units).len(), 7, "{words}");
            assert_eq!(without.view, View::Overdue);
        }
    }
}
