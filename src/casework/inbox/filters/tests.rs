//! Filters as an address carries them.

use super::*;
use crate::{
    case::CaseNumber,
    casework::inbox::extra_filters::{Answer, Holder},
};
use proptest::prelude::*;

#[test]
fn an_empty_address_is_what_needs_doing_by_deadline() {
    assert_eq!(Filters::from_query(""), Filters::default());
    assert_eq!(Filters::default().href(), "/quan-tri");
}

#[test]
fn unknown_values_are_ignored() {
    let filters = Filters::from_query(
        "xem=xoa-het&loai=khac&don-vi=%27%3B--&kenh=&sau=1.2&sap=abc&la=1&tu=2026-02-30&den=hom-nay&giao=X&tra-loi=khong",
    );
    assert_eq!(filters, Filters::default());
}

#[test]
fn everything_has_one_order() {
    assert_eq!(
        Filters::from_query("xem=tat-ca&sap=han").sort,
        Sort::Received
    );
}

#[test]
fn a_form_may_send_plus_for_a_blank() {
    assert_eq!(
        Filters::from_query("?q=b%C3%ACnh+thu%E1%BB%B7").words,
        "bình thuỷ"
    );
}

fn any_filters() -> impl Strategy<Value = Filters> {
    let day =
        |days: i32| time::macros::date!(1900 - 01 - 01) + time::Duration::days(i64::from(days));
    let days = || proptest::option::of((0i32..200_000).prop_map(day));
    let holder = prop_oneof![
        Just(Holder::Any),
        Just(Holder::Nobody),
        "[a-z]-[a-z0-9-]{2,30}".prop_map(Holder::Unit)
    ];
    let extra = (days(), days(), holder, 0usize..3);
    let extra = extra.prop_map(|(from, to, holder, answer)| ExtraFilters {
        from,
        to,
        holder,
        answer: Answer::ALL.get(answer).copied(),
    });
    let cursor = proptest::option::of((days(), any::<u128>()));
    (
        0usize..11,
        0usize..4,
        "[a-z0-9-]{2,40}|",
        0usize..11,
        "\\PC{0,60}",
        any::<bool>(),
        cursor,
        extra,
        proptest::option::of(any::<u32>()),
    )
        .prop_map(
            |(view, kind, unit, channel, words, received, cursor, extra, focus)| {
                let view = View::ALL[view];
                Filters {
                    view,
                    kind: Kind::ALL.get(kind).copied(),
                    unit,
                    channel: Channel::ALL.get(channel).copied(),
                    words: words.trim().to_owned(),
                    sort: if received || view == View::All {
                        Sort::Received
                    } else {
                        Sort::Due
                    },
                    after: cursor.map(|(day, case)| Cursor { day, case }),
                    extra,
                    focus: focus.map(|bits| CaseNumber::from_random(2026, bits)),
                }
            },
        )
}

#[test]
fn a_case_remembers_the_list_and_not_what_stood_beside_it() {
    let filters = Filters::from_query("xem=qua-han&q=hen&ho-so=PA26-7K3M9Q-X");
    assert_eq!(filters.as_view(), "xem=qua-han&q=hen");
    assert_eq!(Filters::default().as_view(), "xem=can-lam");
    assert_eq!(Filters::from_query("xem=can-lam"), Filters::default());
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(filters in any_filters()) {
        prop_assert_eq!(Filters::from_query(&filters.to_query()), filters);
    }

    #[test]
    fn any_address_is_read_and_settles(query in "\\PC{0,200}") {
        let once = Filters::from_query(&query);
        prop_assert_eq!(Filters::from_query(&once.to_query()), once);
    }
}
