//! What waits for a second person, and what was decided.

use super::{
    audit_page::filled,
    staff_commands::{CONFIRM, REFUSE, WITHDRAW},
    view::{DecidedRow, RequestRow},
};
use crate::ui::{Form, StatusWord, TableRegion};
use leptos::prelude::*;

#[component]
pub(super) fn Waiting(rows: Vec<RequestRow>, confirms: bool) -> impl IntoView {
    (!rows.is_empty()).then(|| {
        let rows = rows
            .into_iter()
            .map(|row| view! { <WaitingRow row confirms /> })
            .collect_view();
        view! {
            <section class="stack">
                <h2>"Chờ xác nhận"</h2>
                <TableRegion label="Đang chờ quyết định">
                    <table class="table table-cards">
                        <thead>
                            <tr>
                                <th scope="col">"Đề nghị"</th>
                                <th scope="col">"Cho tài khoản"</th>
                                <th scope="col">"Vai trò, đơn vị"</th>
                                <th scope="col">"Người đề nghị"</th>
                                <th scope="col">"Việc có thể làm"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </TableRegion>
            </section>
        }
    })
}

#[component]
fn WaitingRow(row: RequestRow, confirms: bool) -> impl IntoView {
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
    view! {
        <tr>
            <th scope="row">{what}</th>
            <td data-label="Cho tài khoản">{who}</td>
            <td data-label="Vai trò, đơn vị">{filled(becomes)}</td>
            <td data-label="Người đề nghị">{by}", "{at}</td>
            <td>{doing}</td>
        </tr>
    }
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
    let rows = rows
        .into_iter()
        .map(|row| {
            let (word, tone) = match row.approved {
                true => ("Đã xác nhận", "done"),
                false => ("Không đồng ý", "stopped"),
            };
            view! {
                <tr>
                    <th scope="row">{row.what}</th>
                    <td data-label="Cho tài khoản">{row.who}</td>
                    <td data-label="Vai trò, đơn vị">{filled(row.becomes)}</td>
                    <td data-label="Người đề nghị">{row.by}</td>
                    <td>
                        <StatusWord word tone />
                    </td>
                    <td data-label="Người quyết định">{row.decided_by}", "{row.at}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="stack">
            <h2>"Quyết định gần đây"</h2>
            <TableRegion label="Quyết định gần đây">
                <table class="table table-cards">
                    <thead>
                        <tr>
                            <th scope="col">"Đề nghị"</th>
                            <th scope="col">"Cho tài khoản"</th>
                            <th scope="col">"Vai trò, đơn vị"</th>
                            <th scope="col">"Người đề nghị"</th>
                            <th scope="col">"Kết quả"</th>
                            <th scope="col">"Người quyết định"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableRegion>
        </section>
    }
}
