//! Everybody's accounts: what waits for a second person, who has which role, and who gave it.

use super::{
    audit_page::filled,
    queries,
    staff_commands::{CONFIRM, REFUSE, WITHDRAW},
    staff_register::{ChangeForm, NewStaffForm, Register},
    view::{DecidedRow, Half, Issued, RequestRow, StaffView},
};
use crate::{
    routes,
    ui::{
        ClosedLayout, EmptyState, Form, Notice, PageError, StaffLayout, StatusWord, TableRegion,
        Title, Tone,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/quan-tri/can-bo`
#[component]
pub fn StaffPage() -> impl IntoView {
    let query = use_query_map();
    let page = Resource::new(|| (), |()| queries::staff_page());
    let body = move || {
        let value = |name| query.with(|query| query.get(name).unwrap_or_default());
        let (done, change) = (value("xong"), value("sua"));
        Suspend::new(async move {
            match page.await {
                Ok(view) => view! { <Staff view done change /> }.into_any(),
                Err(error) => view! {
                    <ClosedLayout>
                        <PageError error here=routes::STAFF.path />
                    </ClosedLayout>
                }
                .into_any(),
            }
        })
    };
    view! {
        <Title text="Cán bộ và quyền" />
        <Suspense>{body}</Suspense>
    }
    .into_any()
}

#[component]
fn Staff(view: StaffView, done: String, change: String) -> impl IntoView {
    let StaffView {
        viewer,
        manages,
        confirms,
        waiting,
        decided,
        staff,
        units,
        issued,
    } = view;
    let changed = staff
        .iter()
        .find(|row| manages && !row.me && row.username == change)
        .cloned();
    let form = match changed {
        Some(row) => view! { <ChangeForm row units /> }.into_any(),
        None if manages => view! { <NewStaffForm units /> }.into_any(),
        None => ().into_any(),
    };
    let told = told(&done).map(|sentence| {
        view! {
            <Notice tone=Tone::Success>
                <p>{sentence}</p>
            </Notice>
        }
    });
    view! {
        <StaffLayout viewer>
            <h1>"Cán bộ và quyền"</h1>
            <p class="lede">
                "Người quản trị đề nghị, lãnh đạo Sở xác nhận: không ai một mình tạo được tài khoản \
                 xem hồ sơ hay đổi quyền của tài khoản."
            </p>
            <div role="status">{told}</div>
            {issued.map(|issued| view! { <Shown issued /> })}
            <Waiting rows=waiting confirms />
            {form}
            <Register staff manages />
            {(!decided.is_empty()).then(|| view! { <Decided rows=decided /> })}
        </StaffLayout>
    }
}

/// What was done just now.
fn told(done: &str) -> Option<&'static str> {
    Some(match done {
        "doi_quyen" => {
            "Đã ghi đề nghị đổi vai trò, đơn vị. Quyền mới có hiệu lực khi lãnh đạo xác nhận."
        }
        "mo_lai" => "Đã ghi đề nghị mở lại tài khoản. Tài khoản hoạt động khi lãnh đạo xác nhận.",
        "khoa" => "Đã khóa tài khoản; các phiên đăng nhập của tài khoản này đã kết thúc.",
        "rut" => "Đã rút đề nghị.",
        "xac_nhan" => "Đã xác nhận.",
        "tu_choi" => "Đã ghi ý kiến không đồng ý; đề nghị không có hiệu lực.",
        _ => return None,
    })
}

/// Half of what sets a password, once.
#[component]
fn Shown(issued: Issued) -> impl IntoView {
    let Issued { username, half } = issued;
    match half {
        Half::Link(link) => view! {
            <Notice
                tone=Tone::Success
                title="Đã ghi đề nghị, chờ lãnh đạo xác nhận"
            >
                <p>"Liên kết đặt mật khẩu của "<strong>{username}</strong>":"</p>
                <p>
                    <code class="long-code">{link}</code>
                </p>
                <p>
                    "Liên kết chỉ hiển thị một lần này; vui lòng gửi cho đúng người sử dụng. Liên \
                     kết dùng được trong 72 giờ sau khi lãnh đạo xác nhận, và cần thêm mã do lãnh \
                     đạo giao: một mình liên kết không mở được tài khoản."
                </p>
            </Notice>
        }
        .into_any(),
        Half::Code(code) => view! {
            <Notice tone=Tone::Success title="Đã xác nhận">
                <p>"Mã đặt mật khẩu của "<strong>{username}</strong>":"</p>
                <p>
                    <code class="long-code">{code}</code>
                </p>
                <p>
                    "Mã chỉ hiển thị một lần này. Vui lòng giao tận tay hoặc đọc qua điện thoại cho \
                     đúng người sử dụng, không qua người quản trị hệ thống. Người đó mở liên kết đã \
                     nhận, nhập mã này rồi tự đặt mật khẩu, trong 72 giờ."
                </p>
            </Notice>
        }
        .into_any(),
    }
}

#[component]
fn Waiting(rows: Vec<RequestRow>, confirms: bool) -> impl IntoView {
    let body = if rows.is_empty() {
        view! {
            <EmptyState title="Không có đề nghị nào chờ xác nhận">
                <p>
                    "Đề nghị tạo tài khoản, đổi quyền và đặt lại mật khẩu sẽ hiện ở đây."
                </p>
            </EmptyState>
        }
        .into_any()
    } else {
        let rows = rows
            .into_iter()
            .map(|row| view! { <WaitingRow row confirms /> })
            .collect_view();
        view! {
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
        }
        .into_any()
    };
    view! {
        <section class="stack">
            <h2>"Chờ xác nhận"</h2>
            {body}
        </section>
    }
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
    view! {
        <div class="cluster">
            <Form command=CONFIRM class="" subject=("request", request.clone()) plain=true>
                <button class="button button-secondary" type="submit" aria-label=yes>
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
fn Decided(rows: Vec<DecidedRow>) -> impl IntoView {
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
