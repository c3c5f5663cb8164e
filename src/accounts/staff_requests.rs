//! What waits for a second person, and what was decided.

use super::{
    staff_commands::{CONFIRM, REFUSE, WITHDRAW},
    view::{DecidedRow, RequestRow},
};
use crate::ui::{Column, DataTable, Form, StatusWord, text_cell};
use leptos::prelude::*;

#[component]
pub(super) fn Waiting(rows: Vec<RequestRow>, confirms: bool) -> impl IntoView {
    (!rows.is_empty()).then(|| {
        let rows = rows.into_iter().map(|row| waiting_cells(row, confirms));
        view! {
            <section class="stack">
                <h2>"Chờ xác nhận"</h2>
                <DataTable
                    label="Đang chờ quyết định"
                    columns=WAITING
                    rows=rows.collect()
                />
            </section>
        }
    })
}

const WHAT: Column = Column::row_head("Đề nghị");
const WHO: Column = Column::named("Cho tài khoản");
const BECOMES: Column = Column::named("Vai trò, đơn vị");
const BY: Column = Column::named("Người đề nghị");

const WAITING: [Column; 5] = [WHAT, WHO, BECOMES, BY, Column::new("Việc có thể làm")];

fn waiting_cells(row: RequestRow, confirms: bool) -> Vec<AnyView> {
    let RequestRow {
        request,
        what,
        who,
        becomes,
        by,
        at,
        mine,
        about_me,
    } = row;
    let doing = if mine {
        let label = format!("Rút đề nghị cho {who}");
        view! {
            <Form command=WITHDRAW class="" subject=("request", request) plain=true>
                <button class="button button-quiet" type="submit" aria-label=label>
                    "Rút đề nghị"
                </button>
            </Form>
        }
        .into_any()
    } else if about_me {
        view! { <span class="muted">"Cần lãnh đạo khác xác nhận"</span> }.into_any()
    } else if confirms {
        view! { <Decision request who=who.clone() /> }.into_any()
    } else {
        view! { <span class="muted">"Chờ lãnh đạo Sở"</span> }.into_any()
    };
    vec![
        text_cell(what),
        text_cell(who),
        text_cell(becomes),
        text_cell(format!("{by}, {at}")),
        doing,
    ]
}

#[component]
fn Decision(request: String, who: String) -> impl IntoView {
    let (yes, no) = (
        format!("Xác nhận đề nghị cho {who}"),
        format!("Không đồng ý đề nghị cho {who}"),
    );
    let button = request.clone();
    view! {
        <div class="cluster">
            <Form command=CONFIRM class="" subject=("request", request.clone()) plain=true>
                <button class="button button-secondary" id=button type="submit" aria-label=yes>
                    "Xác nhận"
                </button>
            </Form>
            <Form command=REFUSE class="" subject=("request", request) plain=true>
                <button class="button button-quiet" type="submit" aria-label=no>
                    "Không đồng ý"
                </button>
            </Form>
        </div>
    }
}

#[component]
pub(super) fn Decided(rows: Vec<DecidedRow>) -> impl IntoView {
    let rows = rows.into_iter().map(decided_cells);
    view! {
        <section class="stack">
            <h2>"Quyết định gần đây"</h2>
            <DataTable label="Quyết định gần đây" columns=DECIDED rows=rows.collect() />
        </section>
    }
}

const DECIDED: [Column; 6] = [
    WHAT,
    WHO,
    BECOMES,
    BY,
    Column::new("Kết quả"),
    Column::named("Người quyết định"),
];

fn decided_cells(row: DecidedRow) -> Vec<AnyView> {
    let (word, tone) = match row.approved {
        true => ("Đã xác nhận", "done"),
        false => ("Không đồng ý", "stopped"),
    };
    vec![
        text_cell(row.what),
        text_cell(row.who),
        text_cell(row.becomes),
        text_cell(row.by),
        view! { <StatusWord word tone /> }.into_any(),
        text_cell(format!("{}, {}", row.decided_by, row.at)),
    ]
}
