//! The inbox: views with counts, a filter bar, the table; on phones the rows are cards.

use super::{
    extra_filters::{Answer, ExtraFilters, Holder, NOBODY},
    filters::{Filters, Sort, View, write_day},
    shortcuts,
    view::{Inbox, Row, count_words, tone},
};
use crate::{
    case::{Channel, Kind},
    casework::queries::load_inbox,
    routes,
    ui::{
        Choice, ClosedLayout, DeadlineView, EmptyState, PageError, Pager, SelectField, StaffLayout,
        StatusWord, TableRegion, TextField, Title,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/quan-tri`
#[component]
pub fn InboxPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query
            .with(|map| Filters::from_query(&map.to_query_string()))
            .to_query()
    });
    let inbox = Resource::new_blocking(move || asked.get(), load_inbox);
    shortcuts::listen();
    view! {
        <Transition>
            {move || {
                let filters = Filters::from_query(&asked.get());
                Suspend::new(async move {
                    match inbox.await {
                        Ok(inbox) => view! { <InboxView inbox filters /> }.into_any(),
                        Err(error) => {
                            view! {
                                <ClosedLayout>
                                    <PageError error here=routes::INBOX.path />
                                </ClosedLayout>
                            }
                                .into_any()
                        }
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

#[component]
fn InboxView(inbox: Inbox, filters: Filters) -> impl IntoView {
    let Inbox {
        viewer,
        counts,
        units,
        rows,
        next,
    } = inbox;
    let view_label = filters.view.label();
    let is_first = filters.after.is_none();
    let first_page = Filters {
        after: None,
        ..filters.clone()
    }
    .href();
    view! {
        <StaffLayout viewer>
            <Title text=format!("{view_label} – Hồ sơ phản ánh") />
            <h1>"Hồ sơ phản ánh, kiến nghị"</h1>
            <div class="inbox-layout">
                <Views filters=filters.clone() counts />
                <div class="inbox-list">
                    <h2>{view_label}</h2>
                    <FilterBar filters=filters.clone() units />
                    {if rows.is_empty() {
                        view! { <Nothing filters /> }.into_any()
                    } else {
                        view! { <Cases rows /> }.into_any()
                    }}
                    {(!is_first)
                        .then(|| {
                            view! {
                                <p>
                                    <a href=first_page>"Về đầu danh sách"</a>
                                </p>
                            }
                        })}
                    <Pager previous="" next />
                    <details class="inbox-keys">
                        <summary>"Phím tắt"</summary>
                        <p>
                            "j: hồ sơ sau · k: hồ sơ trước · o: mở hồ sơ đang chọn · ?: mở phần này"
                        </p>
                    </details>
                </div>
            </div>
        </StaffLayout>
    }
}

/// The cuts on the left, each a link with its count.
#[component]
fn Views(filters: Filters, counts: Vec<i64>) -> impl IntoView {
    let links = View::ALL
        .into_iter()
        .zip(counts)
        .map(|(view, count)| {
            let current = (view == filters.view).then_some("page");
            view! {
                <li>
                    <a href=filters.in_view(view).href() aria-current=current>
                        <span>{view.label()}</span>
                        " "
                        <span class="inbox-count tabular">{count_words(count)}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="inbox-views" aria-label="Nhóm hồ sơ">
            <ul>{links}</ul>
        </nav>
    }
}

#[component]
fn FilterBar(filters: Filters, units: Vec<(String, String)>) -> impl IntoView {
    let kinds = Kind::ALL
        .iter()
        .map(|kind| Choice::new(kind.code(), kind.short()))
        .collect::<Vec<_>>();
    let channels = Channel::ALL
        .iter()
        .map(|channel| Choice::new(channel.code(), channel.label()))
        .collect::<Vec<_>>();
    let units = units
        .into_iter()
        .map(|(code, name)| Choice::new(code, name))
        .collect::<Vec<_>>();
    let orders = vec![Choice::new(Sort::Received.code(), "Mới nhận nhất")];
    let clear = Filters {
        view: filters.view,
        ..Filters::default()
    }
    .href();
    let narrowed = filters.narrowed();
    view! {
        <form class="filters" method="get" action=routes::INBOX.path role="search">
            <input type="hidden" name="xem" value=filters.view.code() />
            <TextField
                name="q"
                label="Tìm"
                kind="search"
                value=filters.words.clone()
                hint="Số hồ sơ, đơn vị, loại, lý do, kênh, người xử lý; gõ không dấu cũng được."
            />
            <SelectField
                name="loai"
                label="Loại"
                choices=kinds
                value=filters.kind.map(Kind::code).unwrap_or_default()
                empty="Tất cả"
            />
            <SelectField
                name="don-vi"
                label="Đơn vị"
                choices=units.clone()
                value=filters.unit.clone()
                empty="Tất cả"
            />
            <SelectField
                name="kenh"
                label="Kênh"
                choices=channels
                value=filters.channel.map(Channel::code).unwrap_or_default()
                empty="Tất cả"
            />
            {(filters.view != View::All)
                .then(|| {
                    view! {
                        <SelectField
                            name="sap"
                            label="Sắp xếp"
                            choices=orders
                            value=filters.sort.code()
                            empty="Hạn gần nhất"
                        />
                    }
                })}
            <MoreFilters extra=filters.extra.clone() units=units.clone() />
            <div class="cluster">
                <button class="button button-secondary" type="submit">
                    "Lọc"
                </button>
                {narrowed.then(|| view! { <a href=clear>"Bỏ lọc"</a> })}
            </div>
        </form>
    }
}

/// Conditions that are asked for now and then, and by the numbers of the leadership page.
#[component]
fn MoreFilters(extra: ExtraFilters, units: Vec<Choice>) -> impl IntoView {
    let open = extra != ExtraFilters::default();
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
        <details class="filters-more" open=open>
            <summary>"Thêm điều kiện"</summary>
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

#[component]
fn Nothing(filters: Filters) -> impl IntoView {
    if filters.narrowed() {
        let clear = Filters {
            view: filters.view,
            ..Filters::default()
        }
        .href();
        return view! {
            <EmptyState title="Không có hồ sơ nào khớp">
                <p>"Vui lòng đổi điều kiện, hoặc "<a href=clear>"bỏ lọc"</a>"."</p>
            </EmptyState>
        }
        .into_any();
    }
    let line = match filters.view {
        View::Open => "Hồ sơ mới gửi đến và hồ sơ đang xử lý sẽ hiện ở đây.",
        View::Overdue => "Không có hồ sơ nào quá hạn.",
        View::DueSoon => "Không có hồ sơ nào đến hạn trong 03 ngày làm việc tới.",
        View::Proposals => {
            "Đề xuất không tiếp nhận hoặc chuyển cơ quan khác cần người thứ hai duyệt sẽ hiện ở \
             đây."
        }
        View::ReplyOwed => {
            "Hồ sơ đã trả lời mà người phản ánh chọn nhận qua điện thoại hoặc thư sẽ hiện ở đây đến \
             khi có người ghi nhận đã làm."
        }
        View::Unread => {
            "Tin nhắn của người phản ánh, kể cả khi hồ sơ đã kết thúc, sẽ hiện ở đây đến khi có \
             người nhắn lại, ghi chú hoặc xử lý tiếp."
        }
        _ => "Hiện chưa có hồ sơ nào trong nhóm này.",
    };
    view! {
        <EmptyState title="Chưa có hồ sơ">
            <p>{line}</p>
        </EmptyState>
    }
    .into_any()
}

#[component]
fn Cases(rows: Vec<Row>) -> impl IntoView {
    let heads = [
        "Số hồ sơ",
        "Nhận ngày",
        "Loại",
        "Đơn vị",
        "Tình trạng",
        "Hạn",
        "Người xử lý",
    ];
    view! {
        <TableRegion label="Danh sách hồ sơ">
            <table class="table table-cards">
                <thead>
                    <tr>
                        {heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view()}
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(|row| view! { <Case row /> }).collect_view()}</tbody>
            </table>
        </TableRegion>
    }
}

#[component]
fn Case(row: Row) -> impl IntoView {
    let flags = [
        (row.proposed, "có đề xuất"),
        (row.reply_owed, "chờ gọi điện, gửi thư"),
        (row.unread, "tin nhắn mới"),
        (row.denunciation, "dấu hiệu tố cáo"),
        (row.is_lead, "thông tin tham khảo"),
    ];
    let flags = flags
        .into_iter()
        .filter(|flag| flag.0)
        .map(|flag| {
            view! {
                " "
                <span class="inbox-flag">{flag.1}</span>
            }
        })
        .collect_view();
    let due = match row.due {
        Some(due) => view! { <DeadlineView due /> }.into_any(),
        None => view! { <span class="muted">"không tính hạn"</span> }.into_any(),
    };
    let or_dash = |text: String| {
        if text.is_empty() {
            "—".to_owned()
        } else {
            text
        }
    };
    view! {
        <tr>
            <th scope="row" class="tabular">
                <a class="row-link inbox-link" href=routes::CASE.with(&row.number)>
                    {row.number.clone()}
                </a>
                {flags}
            </th>
            <td data-label="Nhận ngày" class="tabular">
                {row.received}
            </td>
            <td data-label="Loại" class="nowrap">
                {row.kind.short()}
            </td>
            <td data-label="Đơn vị" class="inbox-unit">
                {or_dash(row.unit)}
            </td>
            <td data-label="Tình trạng">
                <StatusWord word=row.status.label() tone=tone(row.status) />
            </td>
            <td data-label="Hạn">{due}</td>
            <td data-label="Người xử lý" class="inbox-holder">
                {or_dash(row.holder)}
            </td>
        </tr>
    }
}
