//! `/`: the question, two ways in, and what people can rely on.

use super::queries::{HomeView, home};
use crate::{
    routes,
    ui::{ColumnChart, Icon, PublicLayout, Title},
};
use leptos::prelude::*;

/// The home page.
#[component]
pub fn HomePage() -> impl IntoView {
    let view = Resource::new(|| (), |()| home());
    view! {
        <Title text="Phản ánh, kiến nghị" />
        <PublicLayout>
            <div class="hero">
                <h1>"Ông/Bà muốn nói gì với Sở?"</h1>
                <p class="lede">
                    "Về cách làm việc của công chức, viên chức; về quy định, thủ tục; về hồ sơ trễ \
                     hẹn trong lĩnh vực đất đai và môi trường."
                </p>
            </div>
            <Doors />
            <p class="trust">
                <Icon name="lock" />
                <span>
                    "Tên, địa chỉ và nội dung được bảo mật. "
                    <a href=routes::PRIVACY.path>"Ai được xem và vì sao"</a>
                </span>
            </p>
            <div class="home-grid">
                <HowItWorks />
                // the page works without the figures and the telephone number
                <Suspense>
                    {move || Suspend::new(async move {
                        view.await.ok().map(|view| view! { <Contact view /> })
                    })}
                </Suspense>
            </div>
            <ul class="door-links">
                <li>
                    <a href=routes::GUIDE.path>
                        <Icon name="file" />
                        "Khiếu nại, tố cáo, tranh chấp đất đai, ô nhiễm: gửi ở đâu"
                    </a>
                </li>
            </ul>
        </PublicLayout>
    }
    .into_any()
}

#[component]
fn Doors() -> impl IntoView {
    view! {
        <ul class="doors">
            <li>
                <a class="card-link card-primary" href=routes::FORM.path>
                    <Icon name="send" />
                    <span class="card-title">"Gửi phản ánh"</span>
                    <span class="card-line">"Khoảng hai phút. Không cần tài khoản."</span>
                </a>
            </li>
            <li>
                <a class="card-link" href=routes::LOOK_UP.path>
                    <Icon name="search" />
                    <span class="card-title">"Theo dõi phản ánh"</span>
                    <span class="card-line">
                        "Xem tình trạng, thời hạn, câu trả lời bằng mã tra cứu."
                    </span>
                </a>
            </li>
        </ul>
    }
}

#[component]
fn HowItWorks() -> impl IntoView {
    view! {
        <section>
            <h2>"Cách làm"</h2>
            <ol class="steps">
                <li>
                    "Ông/Bà kể lại sự việc: đơn vị hoặc người liên quan, nơi và lúc xảy ra. Có thể \
                     gửi kèm ảnh, tài liệu."
                </li>
                <li>
                    "Ông/Bà nhận mã tra cứu và giữ mã này; chỉ người có mã mới theo dõi được."
                </li>
                <li>
                    "Sở xác minh và trả lời trong 10 ngày làm việc, về quy định trong 15 ngày làm việc. \
                     Chưa thỏa đáng, Ông/Bà có thể đề nghị xem xét lại."
                </li>
            </ol>
        </section>
    }
}

/// Other ways to reach the department, and the last released period.
#[component]
fn Contact(view: HomeView) -> impl IntoView {
    let HomeView {
        agency,
        hotline,
        hotline_digits,
        hours,
        address,
        email,
        released,
        periods,
    } = view;
    // a number is read, and broken, as one
    let hotline = hotline.replace(' ', "\u{a0}");
    let hotline = (!hotline.is_empty()).then(|| {
        view! {
            <div class="hotline">
                <h2>"Đường dây nóng"</h2>
                <p>
                    <a class="hotline-number" href=format!("tel:{hotline_digits}")>
                        {hotline}
                    </a>
                </p>
                <p class="muted">{hours}</p>
            </div>
        }
    });
    let figures = (!released.is_empty()).then(|| {
        view! {
            <section class="figure">
                <h2>"Số liệu công khai"</h2>
                <p class="figure-reading">
                    {released}" "<a href=routes::TRANSPARENCY.path>"Xem số liệu"</a>
                </p>
                <ColumnChart
                    label="Số phản ánh, kiến nghị đã nhận theo tháng"
                    columns=periods
                />
            </section>
        }
    });
    let channels = (!agency.is_empty()).then(|| {
        view! {
            <section>
                <h2>"Cách khác"</h2>
                <dl class="meta-list">
                    <dt>"Đến trực tiếp"</dt>
                    <dd>
                        "Bộ phận tiếp nhận và trả kết quả, "{agency}". "{address}
                    </dd>
                    <dt>"Thư"</dt>
                    <dd>
                        "Gửi về địa chỉ trên. Vui lòng ghi họ tên, địa chỉ và số điện thoại hoặc \
                         email để Sở trả lời."
                    </dd>
                    <dt>"Email (thư điện tử)"</dt>
                    <dd>
                        <a href=format!("mailto:{email}")>{email.clone()}</a>
                    </dd>
                </dl>
            </section>
        }
    });
    view! {
        <div class="home-contact">{hotline} {channels}</div>
        {figures}
    }
}
