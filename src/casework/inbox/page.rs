//! The inbox: views with counts as tabs, one line that narrows them, the list, and beside it on a
//! wide screen the case in focus.

use super::{
    filter_bar::{Chips, FilterBar},
    filters::{Filters, View},
    keys::{self, KeyHelp},
    list::Cases,
    many::{ManyForm, done_words},
    preview::Preview,
    tabs::Tabs,
    view::{Inbox, UnitChoice},
};
use crate::{
    case::Action,
    casework::queries::load_inbox,
    routes,
    ui::{ClosedLayout, EmptyState, Notice, PageError, Pager, Revision, StaffLayout, Title, Tone},
};
use leptos::{html, prelude::*};
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
    let done = Memo::new(move |_| {
        query.with(|map| {
            let action = Action::from_code(&map.get("xong")?)?;
            let count = map.get("so")?.parse::<usize>().ok()?;
            Some((action, count, map.get("cho").unwrap_or_default()))
        })
    });
    let inbox = Resource::new_blocking(
        move || (asked.get(), Revision::get()),
        |(asked, _)| load_inbox(asked),
    );
    keys::listen();
    let body = move || {
        let (filters, done) = (Filters::from_query(&asked.get()), done.get());
        Suspend::new(async move {
            match inbox.await {
                Ok(inbox) => view! { <InboxView inbox filters done /> }.into_any(),
                Err(error) => view! {
                    <ClosedLayout>
                        <PageError error here=routes::INBOX.path />
                    </ClosedLayout>
                }
                .into_any(),
            }
        })
    };
    view! { <Transition>{body}</Transition> }.into_any()
}

/// What was just done to how many cases, and the code of the unit that got them.
type Done = (Action, usize, String);

#[component]
fn InboxView(inbox: Inbox, filters: Filters, done: Option<Done>) -> impl IntoView {
    let Inbox {
        viewer,
        counts,
        units,
        rows,
        next,
        seen,
        bulk,
        preview,
        searched_in_part,
    } = inbox;
    let label = filters.view.label();
    let first_page = (filters.after.is_some()).then(|| filters.from_the_first().href());
    let preview = preview.and_then(|text| {
        let focus = filters.focus.as_ref()?.as_str();
        let row = rows.iter().find(|row| row.number == focus)?.clone();
        Some(view! { <Preview row text view=filters.as_view() close=filters.without_focus().href() /> })
    });
    let class = match preview.is_some() {
        true => "inbox inbox-beside",
        false => "inbox",
    };
    let chooses = !bulk.is_empty();
    let offers = !rows.is_empty();
    let list = {
        let filters = filters.clone();
        move || match offers {
            true => view! { <Cases rows filters chooses /> }.into_any(),
            false => view! { <Nothing filters /> }.into_any(),
        }
    };
    view! {
        <StaffLayout viewer>
            <Title text=format!("{label} – Hồ sơ phản ánh") />
            <h1 class="visually-hidden">{label}</h1>
            {done.map(|done| view! { <DoneNotice done units=units.clone() /> })}
            <Tabs filters=filters.clone() counts />
            <FilterBar filters=filters.clone() units=units.clone() />
            <Chips filters=filters.clone() units=units.clone() searched_in_part />
            <div class=class>
                <div class="inbox-list">
                    <ManyForm offered=bulk offers filters=filters.clone() seen units=units.clone()>
                        {list()}
                    </ManyForm>
                    {first_page
                        .map(|href| {
                            view! {
                                <p>
                                    <a href=href>"Về đầu danh sách"</a>
                                </p>
                            }
                        })}
                    <Pager previous="" next />
                    <KeyHelp />
                </div>
                {preview}
            </div>
        </StaffLayout>
    }
}

/// What was just done to several cases; takes the focus, which the button that did it had.
#[component]
fn DoneNotice(done: Done, units: Vec<UnitChoice>) -> impl IntoView {
    let notice = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(notice) = notice.get() {
            // a notice that refuses the focus is read on the way through the page
            let _focused = notice.focus();
        }
    });
    let (action, count, code) = done;
    let unit = units.into_iter().find(|(other, _)| *other == code);
    let unit = unit.map(|(_, name)| name).unwrap_or_default();
    view! {
        <div node_ref=notice tabindex="-1">
            <Notice tone=Tone::Success>
                <p>{done_words(action, count, &unit)}</p>
            </Notice>
        </div>
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
