//! Where a matter goes that is no feedback: the door, how to reach it, by when. Every form has it
//! before its button, in a part that opens without script; where the words suggest one of the
//! doors, the script shows it beside them (docs/law.md#other-procedures).
//!
//! Nobody is stopped or asked again on the way: who is afraid should not learn that words were
//! picked out, nor choose their files a second time.

use crate::{case::OtherProcedure, routes};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// How the department is reached, from the directory; "" for what is not declared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contacts {
    /// Street address.
    pub address: String,
    /// Its hotline.
    pub hotline: String,
    /// The number that somebody answers while pollution is going on.
    pub pollution_hotline: String,
}

/// The element that holds the door of a procedure.
pub(super) fn door_id(procedure: OtherProcedure) -> String {
    format!("noi-khac-{}", procedure.code())
}

/// All doors, closed until asked for.
#[component]
pub fn OtherDoors(contacts: Contacts) -> impl IntoView {
    let doors = OtherProcedure::ALL.iter().map(|procedure| {
        view! {
            <h3>{procedure.label()}</h3>
            <div id=door_id(*procedure)>
                <Door procedure=*procedure contacts=contacts.clone() />
            </div>
        }
    });
    view! {
        <details>
            <summary>"Tố cáo, khiếu nại, đất đai, ô nhiễm"</summary>
            <p>
                "Ông/Bà vẫn gửi được tại đây. Những việc này còn có nơi giải quyết riêng theo luật:"
            </p>
            {doors.collect_view()}
        </details>
    }
}

/// One door.
#[component]
pub fn Door(procedure: OtherProcedure, contacts: Contacts) -> impl IntoView {
    let facts = facts(procedure, &contacts).into_iter().map(|(term, text)| {
        view! {
            <dt>{term}</dt>
            <dd>{text}</dd>
        }
    });
    let call = (procedure == OtherProcedure::Pollution).then(|| call(&contacts));
    let guide = format!("{}#{}", routes::GUIDE.path, anchor(procedure));
    view! {
        {call}
        <dl class="meta-list">{facts.collect_view()}</dl>
        <p>
            <a href=guide target="_blank" rel="external">
                "Xem hướng dẫn"
            </a>
        </p>
    }
}

/// The number for pollution that is going on, to be dialled at a touch.
fn call(contacts: &Contacts) -> impl IntoView + use<> {
    let number = contacts.pollution_hotline.clone();
    let is_number = |c: char| c.is_ascii_digit() || " ()+.-".contains(c);
    let digits: String = number
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    let number = match number.as_str() {
        "" => "chưa được công bố".into_any(),
        declared if declared.chars().all(is_number) => {
            view! { <a href=format!("tel:{digits}")>{number.clone()}</a> }.into_any()
        }
        _ => number.into_any(),
    };
    view! { <p>"Đường dây nóng môi trường: "<strong>{number}</strong></p> }
}

const fn anchor(procedure: OtherProcedure) -> &'static str {
    match procedure {
        OtherProcedure::Complaint => "khieu-nai",
        OtherProcedure::Denunciation => "to-cao",
        OtherProcedure::LandDispute => "tranh-chap",
        OtherProcedure::Pollution => "o-nhiem",
    }
}

/// Who decides, how to reach them, by when.
fn facts(procedure: OtherProcedure, contacts: &Contacts) -> Vec<(&'static str, String)> {
    let Contacts {
        address, hotline, ..
    } = contacts;
    match procedure {
        OtherProcedure::Complaint => vec![
            (
                "Gửi ai",
                format!(
                    "Người đã ra quyết định, hoặc người đứng đầu cơ quan đã làm việc đó. Quyết \
                     định của Sở: gửi Giám đốc Sở, {address}; hỏi cách gửi: {hotline}."
                ),
            ),
            ("Cách gửi", SIGNED.to_owned()),
            (
                "Thời hạn",
                "Gửi trong 90 ngày kể từ ngày nhận hoặc biết được quyết định, việc làm; gửi phản \
                 ánh không làm dừng thời hạn này. Được giải quyết trong 30 ngày kể từ ngày thụ \
                 lý, vụ việc phức tạp 45 ngày."
                    .to_owned(),
            ),
        ],
        OtherProcedure::Denunciation => vec![
            (
                "Gửi ai",
                format!(
                    "Người đứng đầu cơ quan quản lý người bị tố cáo. Người của Sở: gửi Giám đốc \
                     Sở, {address}; hỏi cách gửi: {hotline}. Có dấu hiệu nhận hối lộ, làm giả \
                     giấy tờ: cơ quan Công an hoặc Viện kiểm sát."
                ),
            ),
            ("Cách gửi", SIGNED.to_owned()),
            (
                "Thời hạn",
                "Xử lý ban đầu trong 07 ngày làm việc, nhiều nhất 10 ngày làm việc. Giải quyết \
                 trong 30 ngày kể từ ngày thụ lý; vụ việc phức tạp được gia hạn."
                    .to_owned(),
            ),
            (
                "Giữ bí mật",
                "Danh tính của người tố cáo được giữ bí mật theo Luật Tố cáo. Nếu gửi tại đây, Sở \
                 hạn chế số người được xem và không chuyển cho đơn vị được phản ánh."
                    .to_owned(),
            ),
        ],
        OtherProcedure::LandDispute => vec![
            (
                "Gửi ai",
                format!(
                    "Ủy ban nhân dân xã, phường nơi có đất, để hòa giải; hỏi địa chỉ: {hotline}. \
                     Sở không phân xử qua phản ánh."
                ),
            ),
            (
                "Cách gửi",
                "Đơn yêu cầu hòa giải, kèm giấy tờ về thửa đất.".to_owned(),
            ),
            (
                "Thời hạn",
                "Hòa giải trong 30 ngày kể từ ngày Ủy ban nhân dân nhận đơn.".to_owned(),
            ),
        ],
        OtherProcedure::Pollution => vec![
            (
                "Gọi ai",
                format!(
                    "Đường dây nóng môi trường; không gọi được thì số của Sở {hotline}, hoặc Ủy \
                     ban nhân dân xã, phường nơi xảy ra. Cháy, nổ, tràn hóa chất: 114."
                ),
            ),
            (
                "Khi nào",
                "Gọi ngay khi đang xảy ra, để có người đến kiểm tra khi còn dấu vết.".to_owned(),
            ),
        ],
    }
}

const SIGNED: &str = "Đơn có chữ ký hoặc điểm chỉ, hoặc trình bày trực tiếp để cán bộ ghi lại. \
                      Mẫu điền trên mạng không thay cho đơn.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_door_says_who_how_to_reach_them_and_by_when() {
        let contacts = Contacts {
            hotline: "(0292) 1234567".to_owned(),
            ..Contacts::default()
        };
        for procedure in OtherProcedure::ALL {
            let facts = facts(*procedure, &contacts);
            let says = |term: &str| facts.iter().any(|(said, _)| *said == term);
            assert!(says("Gửi ai") || says("Gọi ai"), "{procedure:?}");
            assert!(says("Thời hạn") || says("Khi nào"), "{procedure:?}");
            assert!(facts[0].1.contains("1234567"), "{procedure:?}");
        }
    }
}
