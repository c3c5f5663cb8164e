//! `/minh-bach/cach-tinh`: what each figure counts, how, and on which basis; and how figures come to
//! be published.

use super::meaning::ARTICLE;
use crate::{
    routes,
    statistics::catalogue::Table,
    ui::{PublicLayout, Title},
};
use leptos::prelude::*;

/// The page of definitions.
#[component]
pub fn MeaningPage() -> impl IntoView {
    view! {
        <Title text="Cách tính số liệu công khai" />
        <PublicLayout>
            <p class="place">
                <a href=routes::TRANSPARENCY.path>"Số liệu công khai"</a>
            </p>
            <h1>"Cách tính số liệu công khai"</h1>
            <p class="lede">
                "Mỗi con số đếm gì, tính thế nào, dựa vào quy định nào; và vì sao có số được gộp \
                 chung."
            </p>
            <Rules />
            <h2>"Từng bảng số liệu"</h2>
            <dl class="definitions">
                {ARTICLE.iter().map(|table| view! { <Definition table=*table /> }).collect_view()}
            </dl>
        </PublicLayout>
    }
    .into_any()
}

/// What holds for every table.
#[component]
fn Rules() -> impl IntoView {
    let list = routes::figures_file(routes::FIGURES_LIST);
    view! {
        <h2>"Điều áp dụng cho mọi bảng"</h2>
        <dl class="definitions">
            <dt>"Phản ánh, kiến nghị nào được tính"</dt>
            <dd>
                "Mọi phản ánh, kiến nghị Sở nhận, tính một lần khi nhận và một lần khi kết thúc lần \
                 đầu. Không gồm thông tin không có người gửi và việc có dấu hiệu tố cáo."
            </dd>
            <dt>"Gộp chung"</dt>
            <dd>
                "Số nhỏ hơn 5 (nhỏ hơn 10 ở bảng kết luận và bảng hài lòng), kể cả số 0, không nêu \
                 riêng mà cộng chung với ít nhất hai mục bên cạnh. Đơn vị có dưới 5 người luôn được \
                 gộp. “Gộp” không có nghĩa là bằng 0. Tổng số luôn đúng."
            </dd>
            <dt>"Kỳ"</dt>
            <dd>
                "Tháng có số nhận, số kết thúc hoặc số đang xử lý quá nhỏ thì chờ; ít nhất ba tháng \
                 được công bố chung thành một kỳ. Quý và năm gồm các kỳ trọn vẹn, theo lịch."
            </dd>
            <dt>"Tỷ lệ phần trăm"</dt>
            <dd>
                "Chỉ tính từ các số đã công bố, khi mẫu số từ 20 trở lên, làm tròn đến phần trăm."
            </dd>
            <dt>"Ai công bố"</dt>
            <dd>
                "Từ ngày 10, số liệu của tháng trước được chốt. Máy tính kiểm tra để không bảng nào, \
                 hay hiệu của các bảng, cho biết một số quá nhỏ. Một người lập và chịu trách nhiệm, một \
                 người khác phê duyệt."
            </dd>
            <dt>"Không thay đổi về sau"</dt>
            <dd>
                "Số đã công bố giữ nguyên. Mỗi lần công bố có mã SHA-256; "
                <a href=list rel="external">
                    "danh sách các lần công bố"
                </a> "."
            </dd>
            <dt>"Phiên bản đầu"</dt>
            <dd>
                "Các tháng do phiên bản đầu của trang này công bố được giữ nguyên, theo cách gộp và \
                 tỷ lệ của phiên bản đó."
            </dd>
            <dt>"Thời gian giải quyết"</dt>
            <dd>"Chưa được công bố."</dd>
        </dl>
    }
}

#[component]
fn Definition(table: Table) -> impl IntoView {
    let meaning = table.meaning();
    let basis = (!meaning.basis.is_empty()).then(|| {
        view! { <p class="muted">"Căn cứ: "{meaning.basis}</p> }
    });
    view! {
        <dt id=table.code()>{meaning.title}</dt>
        <dd>
            <p>{meaning.counts}</p>
            <p>{meaning.formula} " " {table.threshold()}</p>
            {basis}
        </dd>
    }
}
