//! `/huong-dan`: what feedback is and is not, and where everything else goes, with deadlines
//! (`docs/law.md#other-procedures`).

use super::queries::pollution_hotline;
use crate::{
    routes,
    ui::{Notice, PublicLayout, Title, Tone},
};
use leptos::prelude::*;

/// The guidance page.
#[component]
pub fn GuidePage() -> impl IntoView {
    view! {
        <Title text="Gửi ở đâu: phản ánh, khiếu nại, tố cáo" />
        <PublicLayout>
            <h1>"Gửi ở đâu thì đúng"</h1>
            <p class="lede">
                "Mỗi việc có một nơi giải quyết và một thời hạn riêng. Gửi đúng nơi, Ông/Bà được \
                 giải quyết sớm hơn và không mất quyền của mình."
            </p>
            <Contents />
            <Feedback />
            <Complaint />
            <Denunciation />
            <LandDispute />
            <Pollution />
            <Questions />
        </PublicLayout>
    }
    .into_any()
}

#[component]
fn Contents() -> impl IntoView {
    let entries = [
        ("#phan-anh", "Phản ánh, kiến nghị: gửi tại trang này"),
        (
            "#khieu-nai",
            "Khiếu nại: không đồng ý với một quyết định, việc làm đối với mình",
        ),
        ("#to-cao", "Tố cáo: một người có hành vi vi phạm pháp luật"),
        ("#tranh-chap", "Tranh chấp đất đai với người khác"),
        ("#o-nhiem", "Ô nhiễm môi trường đang xảy ra"),
        ("#hoi-thu-tuc", "Hỏi về thủ tục, hồ sơ"),
    ];
    let links = entries
        .map(|(href, text)| {
            view! {
                <li>
                    <a href=href rel="external">
                        {text}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav aria-label="Nội dung">
            <ul>{links}</ul>
        </nav>
    }
}

/// One kind of matter: what it is, where it goes, and by when.
#[component]
fn Door(
    id: &'static str,
    title: &'static str,
    what: &'static str,
    facts: Vec<(&'static str, &'static str)>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let facts = facts
        .into_iter()
        .map(|(term, text)| {
            view! {
                <dt>{term}</dt>
                <dd>{text}</dd>
            }
        })
        .collect_view();
    view! {
        <section class="guidance-door" id=id>
            <h2>{title}</h2>
            <p>{what}</p>
            <dl class="meta-list">{facts}</dl>
            {children.map(|children| children())}
        </section>
    }
}

#[component]
fn Feedback() -> impl IntoView {
    let facts = vec![
        (
            "Gửi đến đâu",
            "Sở, tại trang này, qua đường dây nóng, thư hoặc trực tiếp tại Bộ phận tiếp nhận và \
             trả kết quả.",
        ),
        (
            "Cần có",
            "Nội dung rõ ràng bằng tiếng Việt; họ tên, địa chỉ và số điện thoại hoặc email. Không \
             cần số căn cước.",
        ),
        (
            "Thời hạn",
            "Gửi lúc nào cũng được. Sở trả lời trong 10 ngày làm việc, về quy định trong 15 ngày làm \
             việc; ngày cụ thể ghi ở trang tra cứu.",
        ),
        (
            "Căn cứ",
            "Nghị định 20/2008/NĐ-CP (đã được sửa đổi, bổ sung).",
        ),
    ];
    view! {
        <Door
            id="phan-anh"
            title="Phản ánh, kiến nghị"
            what="Ông/Bà kể về thái độ, cách làm việc của công chức, viên chức, đơn vị; về quy \
            định, thủ tục chưa hợp lý; về hồ sơ trễ hẹn; hoặc đề xuất cách làm tốt hơn."
            facts=facts
        >
            <p>
                <a class="button" href=routes::FORM.path>
                    "Gửi phản ánh"
                </a>
            </p>
        </Door>
    }
}

#[component]
fn Complaint() -> impl IntoView {
    let facts = vec![
        (
            "Gửi đến ai",
            "Lần đầu: người đã ra quyết định hoặc cơ quan có người thực hiện việc đó. Không đồng ý \
             với kết quả lần đầu, hoặc quá hạn không được giải quyết: cấp trên trực tiếp, trong 30 \
             ngày (vùng sâu, vùng xa: 45 ngày). Có thể khởi kiện tại Tòa án ngay từ đầu.",
        ),
        (
            "Bằng cách nào",
            "Đơn khiếu nại có chữ ký hoặc điểm chỉ; hoặc trình bày trực tiếp để cán bộ ghi lại rồi \
             ký.",
        ),
        (
            "Thời hiệu",
            "90 ngày kể từ ngày nhận được hoặc biết được quyết định, việc làm đó.",
        ),
        (
            "Thời hạn giải quyết",
            "Thụ lý trong 10 ngày. Giải quyết lần đầu trong 30 ngày, vụ việc phức tạp 45 ngày; nơi \
             vùng sâu, vùng xa đi lại khó khăn 45 ngày, phức tạp 60 ngày.",
        ),
        ("Căn cứ", "Luật Khiếu nại 2011."),
    ];
    view! {
        <Door
            id="khieu-nai"
            title="Khiếu nại"
            what="Ông/Bà cho rằng một quyết định hoặc việc làm của cơ quan nhà nước là trái luật, \
            xâm phạm quyền của chính Ông/Bà, và đề nghị xem xét lại. Ví dụ: quyết định thu \
            hồi đất, giá bồi thường, từ chối cấp giấy chứng nhận."
            facts=facts
        >
            <Notice
                tone=Tone::Warning
                title="Gửi phản ánh không làm dừng thời hiệu 90 ngày"
            >
                <p>
                    "Nếu sự việc vừa là phản ánh vừa là khiếu nại, Ông/Bà gửi đơn khiếu nại trước \
                     khi hết 90 ngày; phản ánh có thể gửi cùng lúc."
                </p>
            </Notice>
        </Door>
    }
}

#[component]
fn Denunciation() -> impl IntoView {
    let facts = vec![
        (
            "Gửi đến ai",
            "Người đứng đầu cơ quan quản lý người bị tố cáo. Có dấu hiệu tội phạm như nhận hối lộ, \
             làm giả giấy tờ: cơ quan Công an hoặc Viện kiểm sát.",
        ),
        (
            "Bằng cách nào",
            "Đơn tố cáo có chữ ký hoặc điểm chỉ, hoặc trình bày trực tiếp. Mẫu điền trên mạng \
             không phải là đơn tố cáo.",
        ),
        (
            "Giữ bí mật",
            "Họ tên, địa chỉ, bút tích của người tố cáo được giữ bí mật; người tố cáo có quyền yêu \
             cầu được bảo vệ.",
        ),
        (
            "Thời hạn",
            "Xử lý ban đầu trong 07 ngày làm việc, nhiều nhất 10 ngày làm việc; không thuộc thẩm \
             quyền thì chuyển trong 05 ngày làm việc. Giải quyết trong 30 ngày, vụ việc phức tạp \
             có thể gia hạn.",
        ),
        ("Căn cứ", "Luật Tố cáo 2018."),
    ];
    view! {
        <Door
            id="to-cao"
            title="Tố cáo"
            what="Ông/Bà báo cho cơ quan có thẩm quyền biết một người cụ thể có hành vi vi phạm \
            pháp luật, ví dụ đòi tiền, nhận tiền, làm sai lệch hồ sơ."
            facts=facts
        >
            <p>
                "Nếu Ông/Bà vẫn gửi tại đây, Sở hạn chế người xem hồ sơ, không chuyển cho đơn vị \
                 được phản ánh, và hướng dẫn Ông/Bà cách gửi đơn. Thông tin không ghi tên người gửi \
                 nhưng có chứng cứ cụ thể vẫn được xem xét."
            </p>
        </Door>
    }
}

#[component]
fn LandDispute() -> impl IntoView {
    let facts = vec![
        (
            "Gửi đến ai",
            "Ủy ban nhân dân xã, phường nơi có đất, để hòa giải. Hòa giải không thành: Tòa án hoặc \
             Ủy ban nhân dân có thẩm quyền theo Luật Đất đai.",
        ),
        (
            "Bằng cách nào",
            "Đơn yêu cầu hòa giải, kèm giấy tờ về thửa đất.",
        ),
        (
            "Thời hạn",
            "Hòa giải trong 30 ngày kể từ ngày Ủy ban nhân dân nhận đơn.",
        ),
        ("Căn cứ", "Luật Đất đai 2024, Điều 235 và Điều 236."),
    ];
    view! {
        <Door
            id="tranh-chap"
            title="Tranh chấp đất đai"
            what="Hai bên không thống nhất ai có quyền sử dụng đất, ranh giới ở đâu, lối đi của \
            ai. Sở không giải quyết việc này qua phản ánh."
            facts=facts
        >
            <p>
                "Nếu cán bộ gây khó khăn khi Ông/Bà làm thủ tục về thửa đất đó, Ông/Bà vẫn có thể "
                <a href=routes::FORM.path>"gửi phản ánh"</a>" về cách làm việc."
            </p>
        </Door>
    }
}

#[component]
fn Pollution() -> impl IntoView {
    let number = Resource::new_blocking(|| (), |()| pollution_hotline());
    let facts = vec![
        (
            "Báo cho ai",
            "Đường dây nóng về ô nhiễm môi trường của Chi cục Bảo vệ môi trường; hoặc Ủy ban nhân \
             dân xã, phường nơi xảy ra.",
        ),
        (
            "Khi nào",
            "Gọi ngay khi đang xảy ra: mùi, nước thải, khói, rác. Việc kiểm tra cần dấu vết tại \
             chỗ, không chờ trả lời bằng thư.",
        ),
        (
            "Nên nói",
            "Địa điểm, thời điểm bắt đầu, dấu hiệu nhìn thấy, nguồn nghi ngờ nếu biết; chụp ảnh \
             nếu an toàn.",
        ),
        ("Nguy hiểm tức thời", "Cháy, nổ, tràn hóa chất: gọi 114."),
    ];
    view! {
        <Door
            id="o-nhiem"
            title="Ô nhiễm môi trường"
            what="Ông/Bà thấy nơi xả thải, đốt rác, mùi hôi, tiếng ồn ảnh hưởng đến môi trường \
            sống."
            facts=facts
        >
            <Suspense>
                {move || Suspend::new(async move {
                    let number = number.await.ok().filter(|number| !number.is_empty());
                    number
                        .map(|number| {
                            view! {
                                <p>
                                    "Đường dây nóng môi trường: "<strong>{number}</strong>
                                </p>
                            }
                        })
                })}
            </Suspense>
            <p>
                "Đường dây nóng của Sở có ở "
                <a href=routes::HOME.path>"trang chủ"</a>
                ". Nếu đã báo mà không được trả lời, đó là phản ánh về cách làm việc: "
                <a href=routes::FORM.path>"gửi tại đây"</a>"."
            </p>
        </Door>
    }
}

#[component]
fn Questions() -> impl IntoView {
    let facts = vec![
        (
            "Hỏi ở đâu",
            "Bộ phận tiếp nhận và trả kết quả, hoặc đường dây nóng trong giờ làm việc.",
        ),
        (
            "Hồ sơ đã nộp",
            "Tra cứu bằng mã hồ sơ trên giấy tiếp nhận, tại Cổng Dịch vụ công quốc gia.",
        ),
        (
            "Hồ sơ trễ hẹn",
            "Đã quá ngày hẹn mà không có kết quả hoặc phiếu xin lỗi: gửi phản ánh, chọn “Hồ sơ trễ \
             hẹn”.",
        ),
    ];
    view! {
        <Door
            id="hoi-thu-tuc"
            title="Hỏi về thủ tục, hồ sơ"
            what="Ông/Bà cần biết giấy tờ phải nộp, lệ phí, nơi nộp, hoặc hồ sơ của mình đang ở \
            đâu."
            facts=facts
        />
    }
}
