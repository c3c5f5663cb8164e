//! `/quyen-rieng-tu`: what is collected and why, who sees what, how it is sealed, what people can
//! request and by when, and what is not promised (Law 91/2025/QH15, Decree 356/2025;
//! `docs/law.md#secrecy`).

use super::queries::privacy_notice;
use crate::{
    routes,
    ui::{Column, DataTable, PublicLayout, Title, text_cell},
};
use leptos::prelude::*;

/// The privacy page.
#[component]
pub fn PrivacyPage() -> impl IntoView {
    view! {
        <Title text="Quyền riêng tư và bảo mật" />
        <PublicLayout>
            <h1>"Ai biết Ông/Bà đã nói gì"</h1>
            <p class="lede">
                "Tên, địa chỉ và nội dung phản ánh được Sở bảo đảm bảo mật. Trang này nói rõ bảo \
                 mật như thế nào, với ai, và đến đâu."
            </p>
            <Collected />
            <WhoSees />
            <Sealed />
            <Opening />
            <OnThisDevice />
            <Retention />
            <Rights />
            <NotPromised />
            <Notice />
        </PublicLayout>
    }
    .into_any()
}

/// A table of two columns; the first one names the row.
#[component]
fn Pairs(
    caption: &'static str,
    head: [&'static str; 2],
    rows: Vec<[&'static str; 2]>,
) -> impl IntoView {
    let columns = [Column::row_head(head[0]), Column::new(head[1])];
    let rows = rows.into_iter();
    let rows = rows.map(|row| row.map(|text| text_cell(text.to_owned())).into());
    view! { <DataTable label=caption caption class="" columns rows=rows.collect() /> }
}

#[component]
fn Collected() -> impl IntoView {
    let rows = vec![
        [
            "Họ tên hoặc tên tổ chức, địa chỉ",
            "Phản ánh, kiến nghị phải có người gửi rõ ràng (Nghị định 20/2008/NĐ-CP, Điều 7). Có \
             thể không ghi; khi đó nội dung được giữ làm thông tin tham khảo.",
        ],
        [
            "Số điện thoại, email",
            "Để trả lời và hỏi thêm. Chỉ cần một cách. Nếu Ông/Bà chọn nhận thư qua email, máy chủ \
             giữ riêng địa chỉ ấy để báo có cập nhật.",
        ],
        [
            "Nội dung, nơi và lúc xảy ra, đơn vị hoặc người liên quan",
            "Để xác minh và trả lời.",
        ],
        [
            "Ảnh, tài liệu, ghi âm",
            "Để xác minh. Vị trí chụp và thông tin máy ảnh trong ảnh bị xóa trước khi lưu.",
        ],
    ];
    view! {
        <section>
            <h2>"Thu thập gì, để làm gì"</h2>
            <p>
                "Căn cứ: Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 và Nghị định 356/2025/NĐ-CP. \
                 Sở xử lý các thông tin này để thực hiện nhiệm vụ tiếp nhận, giải quyết phản ánh, \
                 kiến nghị do pháp luật giao; không dùng vào việc khác."
            </p>
            <Pairs
                caption="Thông tin và mục đích"
                head=["Thông tin", "Để làm gì"]
                rows
            />
            <p>
                "Sở không hỏi số căn cước, số tài khoản. Trang này không có quảng cáo, không đặt \
                 công cụ theo dõi của bên khác."
            </p>
            <p>
                "Hai việc chỉ làm khi Ông/Bà đánh dấu đồng ý, và không đánh dấu cũng không sao: \
                 gọi hỏi thêm về vụ việc; công khai bản tóm tắt đã bỏ thông tin cá nhân. Sở hỏi \
                 trên phiếu tiếp nhận, sau khi gửi; Ông/Bà đổi lúc nào cũng được ở trang tra cứu."
            </p>
        </section>
    }
}

#[component]
fn WhoSees() -> impl IntoView {
    let rows = vec![
        [
            "Ông/Bà, hoặc người có mã tra cứu",
            "Tình trạng, thời hạn, câu trả lời, tin nhắn. Không hiển thị lại họ tên, địa chỉ.",
        ],
        [
            "Văn phòng Sở",
            "Nội dung Ông/Bà viết. Không thấy họ tên, địa chỉ, cách liên hệ.",
        ],
        [
            "Đơn vị, người được phản ánh",
            "Nếu Ông/Bà giữ bí mật (đã đánh dấu sẵn): chỉ bản trích. Máy che tên, số, địa chỉ; Văn \
             phòng Sở đọc lại, sửa và chịu trách nhiệm. Nếu không: nguyên văn và tệp. Không thấy họ tên, địa chỉ, cách liên hệ.",
        ],
        [
            "Lãnh đạo Sở, lãnh đạo Văn phòng Sở",
            "Nội dung và kết quả xác minh. Danh tính chỉ khi mở theo cách nêu dưới đây.",
        ],
        [
            "Tổ kiểm tra, với việc được giao",
            "Nội dung và kết quả xác minh. Không thấy họ tên, địa chỉ, cách liên hệ.",
        ],
        [
            "Người trực đường dây nóng, tiếp nhận tại quầy",
            "Chỉ phần chính họ đã ghi khi Ông/Bà gọi hoặc đến, trong 7 ngày. Họ đọc mã tra cứu cho \
             Ông/Bà nên biết mã ấy; ai có mã thì theo dõi được hồ sơ.",
        ],
        ["Người quản trị hệ thống", "Không đọc được hồ sơ nào."],
        ["Công chúng", "Số liệu đã gộp, không số nào dưới 5."],
    ];
    view! {
        <section>
            <h2>"Ai được xem gì"</h2>
            <Pairs
                caption="Người xem và phần được xem"
                head=["Ai", "Xem được"]
                rows
            />
            <p>
                "Phản ánh có dấu hiệu tố cáo chỉ do lãnh đạo Sở và bộ phận kiểm tra được phân công \
                 xem."
            </p>
        </section>
    }
}

#[component]
fn Sealed() -> impl IntoView {
    view! {
        <section>
            <h2>"Niêm phong thế nào"</h2>
            <ul>
                <li>
                    "Nội dung của mỗi hồ sơ được mã hóa bằng một khóa riêng. Khóa chính nằm ngoài \
                     cơ sở dữ liệu: người lấy được cơ sở dữ liệu chỉ thấy chữ đã mã hóa."
                </li>
                <li>
                    "Họ tên, địa chỉ, cách liên hệ được niêm phong riêng. Phần mềm phục vụ trang \
                     này chỉ niêm phong được, không mở được."
                </li>
                <li>
                    "Địa chỉ email để báo có cập nhật là ngoại lệ: máy chủ phải đọc được mới \
                     gửi thư được. Địa chỉ ấy được mã hóa, không ai xem trên màn hình, và bị xóa \
                     khi hồ sơ kết thúc, chậm nhất sau 12 tháng."
                </li>
                <li>
                    "Mã tra cứu không được lưu, chỉ lưu dấu vết để đối chiếu. Mất mã thì Sở cũng \
                     không tìm lại được."
                </li>
                <li>
                    "Thư Sở gửi qua email không ghi số hồ sơ, mã tra cứu hay nội dung; người quản lý \
                     máy chủ thư thấy địa chỉ nhận. Thư không gửi đi được thì sau ba ngày địa chỉ \
                     bị xóa. Nhật ký của máy chủ không ghi nội dung, mã tra cứu hay danh tính."
                </li>
            </ul>
        </section>
    }
}

#[component]
fn Opening() -> impl IntoView {
    view! {
        <section id="mo-danh-tinh">
            <h2>"Khi nào danh tính được mở"</h2>
            <p>
                "Chỉ khi không mở thì không giải quyết được. Một lãnh đạo phải ghi lý do; một lãnh \
                 đạo khác phải đồng ý; cả hai không thuộc đơn vị được phản ánh và đều phải nhập mật \
                 khẩu. Lần xem được ghi lại trước khi danh tính hiện ra; sau 24 giờ thì hết hiệu \
                 lực. Cả Sở mở nhiều nhất 20 hồ sơ trong một ngày."
            </p>
            <p>
                "Ông/Bà được biết: trang tra cứu ghi ngày xem và chức vụ người xem."
            </p>
        </section>
    }
}

#[component]
fn OnThisDevice() -> impl IntoView {
    view! {
        <section id="may-dung-chung">
            <h2>"Trên máy dùng chung"</h2>
            <p>
                "Trang này không giữ bản nháp trên máy, trừ khi Ông/Bà đánh dấu; khi đó bản nháp \
                 không gồm tên và liên hệ, mất khi gửi xong và không dùng được nữa sau 24 giờ. \
                 Phiếu tiếp nhận xem lại được trong 15 phút trên máy đã gửi. Hồ sơ đang mở tự đóng \
                 sau 30 phút không sử dụng, muộn nhất sau 4 giờ."
            </p>
            <p>
                <a href=routes::FORGET.path>"Quên trên máy này"</a>
                " xóa ngay tất cả những thứ đó. “Thoát nhanh” ở đầu trang xóa như vậy và mở một \
                 trang dự báo thời tiết thay cho trang đang xem."
            </p>
        </section>
    }
}

#[component]
fn Retention() -> impl IntoView {
    let rows = vec![
        [
            "Họ tên, địa chỉ, cách liên hệ",
            "24 tháng sau khi hồ sơ kết thúc",
        ],
        ["Hồ sơ vụ việc", "10 năm, theo quy định về lưu trữ"],
        ["Thông tin tham khảo không có người gửi", "24 tháng"],
        ["Phản ánh không tiếp nhận, thư rác", "06 tháng"],
        ["Nhật ký xem và mở hồ sơ", "10 năm"],
    ];
    view! {
        <section>
            <h2>"Giữ trong bao lâu"</h2>
            <Pairs caption="Thời hạn lưu giữ" head=["Thông tin", "Giữ đến khi"] rows />
            <p>
                "Đến hạn, máy chủ tự xóa: hủy khóa của hồ sơ cùng chữ, tệp và danh tính đã mã hóa, \
                 chỉ để lại loại, đơn vị, ngày tháng để tính số liệu. Bản sao lưu làm trước lúc xóa \
                 vẫn còn phần đã mã hóa cho đến khi bản sao lưu ấy bị hủy; hồ sơ đã xóa mà trở lại \
                 từ bản sao lưu thì bị xóa lần nữa."
            </p>
            <p>
                "Hồ sơ đang được thanh tra, điều tra hoặc xét xử được giữ đến khi việc đó xong."
            </p>
        </section>
    }
}

#[component]
fn Rights() -> impl IntoView {
    let rows = vec![
        ["Ghi nhận yêu cầu", "02 ngày làm việc"],
        ["Xem, sửa, nhận bản sao thông tin của mình", "10 ngày"],
        [
            "Rút lại đồng ý, hạn chế, phản đối việc xử lý",
            "15 ngày; 20 ngày nếu có bên khác cùng xử lý",
        ],
        ["Xóa thông tin", "20 ngày"],
    ];
    view! {
        <section>
            <h2>"Quyền của Ông/Bà và thời hạn"</h2>
            <Pairs
                caption="Yêu cầu về dữ liệu cá nhân"
                head=["Yêu cầu", "Sở thực hiện trong"]
                rows
            />
            <p>
                "Trường hợp phức tạp, Sở có thể gia hạn một lần, không quá 15 ngày, và báo lý do. \
                 Gửi yêu cầu bằng tin nhắn ở trang "
                <a href=routes::LOOK_UP.path>"tra cứu"</a>
                " khi hồ sơ chưa kết thúc, hoặc qua các cách liên hệ ở "
                <a href=routes::HOME.path>"trang chủ"</a>
                ". Ông/Bà có quyền khiếu nại nếu không đồng ý với cách Sở xử lý dữ liệu của mình."
            </p>
            <p>
                "Không xóa được phần mà pháp luật buộc Sở lưu giữ; khi đó Sở nói rõ căn cứ."
            </p>
        </section>
    }
}

/// The notice itself, to which the form leads.
#[component]
fn Notice() -> impl IntoView {
    let text = Resource::new_blocking(|| (), |()| privacy_notice());
    view! {
        <section id="thong-bao">
            <h2>"Thông báo về việc dùng dữ liệu cá nhân"</h2>
            <Suspense>
                {move || Suspend::new(async move {
                    let text = text.await.unwrap_or_default();
                    text.lines()
                        .filter(|line| !line.is_empty())
                        .map(|line| view! { <p>{line.to_owned()}</p> })
                        .collect_view()
                })}
            </Suspense>
        </section>
    }
}

#[component]
fn NotPromised() -> impl IntoView {
    view! {
        <section>
            <h2>"Điều Sở không hứa được"</h2>
            <ul>
                <li>
                    "Nếu sự việc chỉ có Ông/Bà và người được phản ánh biết, người đó có thể đoán \
                     ra dù không ai nói. Bản trích được viết để giảm điều này, không loại bỏ được."
                </li>
                <li>
                    "Cơ quan điều tra, Viện kiểm sát, Tòa án có quyền yêu cầu hồ sơ theo luật."
                </li>
                <li>
                    "Trang này không giấu được việc Ông/Bà đã truy cập: nhà mạng biết, và người cùng \
                     dùng máy có thể thấy trong lịch sử duyệt web. Ông/Bà nên xóa lịch sử đó."
                </li>
                <li>
                    "Người có mã tra cứu xem được hồ sơ. Vui lòng giữ mã như giữ chìa khóa."
                </li>
            </ul>
        </section>
    }
}
