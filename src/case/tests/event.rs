//! An event is stored, read again, and says the same to staff and submitter.

use crate::case::{
    Action, CaseEvent, Consent, Direction, EventNames, ExternalBodyId, Finding, Kind, OpeningId,
    OtherProcedure, Rating, RefusalReason, StaffId, UnitId,
};
use serde_json::{Value, json};
use time::macros::date;

/// One of each that carries something.
fn with_particulars() -> Vec<(CaseEvent, Value)> {
    let opening = OpeningId(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef);
    vec![
        (
            CaseEvent::SupplementRequested {
                until: Some(date!(2026 - 12 - 07)),
            },
            json!({ "den_ngay": "2026-12-07" }),
        ),
        (
            CaseEvent::Classified {
                classified_as: Some(Kind::LateDossier),
                reasons: vec!["TH_QUA_HAN".to_owned()],
                denunciation: false,
                concerned: Some(UnitId(9)),
            },
            json!({
                "loai": "tre_hen", "ly_do": ["TH_QUA_HAN"], "giu_kin": false, "duoc_phan_anh": 9
            }),
        ),
        (
            CaseEvent::Recused {
                staff: vec![StaffId(255)],
            },
            json!({ "nguoi": ["00000000-0000-0000-0000-0000000000ff"] }),
        ),
        (
            CaseEvent::Assigned {
                unit: Some(UnitId(3)),
                handler: Some(StaffId(255)),
            },
            json!({ "don_vi": 3, "nguoi": "00000000-0000-0000-0000-0000000000ff" }),
        ),
        (
            CaseEvent::Concluded {
                finding: Finding::PartlyTrue,
            },
            json!({ "ket_luan": "dung_mot_phan" }),
        ),
        (
            CaseEvent::RefusalProposed {
                reason: RefusalReason::Duplicate,
            },
            json!({ "ly_do": "TRUNG_LAP" }),
        ),
        (
            CaseEvent::ForwardApproved {
                body: Some(ExternalBodyId(7)),
            },
            json!({ "co_quan": 7 }),
        ),
        (
            CaseEvent::Redirected {
                procedure: Some(OtherProcedure::Complaint),
            },
            json!({ "huong": "khieu_nai" }),
        ),
        (
            CaseEvent::Messaged {
                direction: Direction::In,
                files: 2,
            },
            json!({ "huong": "in", "tep": 2 }),
        ),
        (
            CaseEvent::Rated {
                rating: Rating::Satisfied,
            },
            json!({ "muc": 2 }),
        ),
        (
            CaseEvent::IdentityRequested { opening },
            json!({ "opening": "01234567-89ab-cdef-0123-456789abcdef" }),
        ),
    ]
}

#[test]
fn particulars_are_stored_under_their_keys_and_read_again() {
    for (event, data) in with_particulars() {
        let stored = serde_json::to_value(&event).unwrap();
        assert_eq!(stored, json!({ "kind": event.code(), "data": data }));
        assert_eq!(serde_json::from_value::<CaseEvent>(stored).unwrap(), event);
    }
}

#[test]
fn a_rating_reads_the_same_on_both_sides() {
    for (mark, label) in [
        (1, "Rất hài lòng"),
        (2, "Hài lòng"),
        (3, "Bình thường"),
        (4, "Không hài lòng"),
    ] {
        let stored = json!({ "kind": "danh_gia", "data": { "muc": mark } });
        let event: CaseEvent = serde_json::from_value(stored).unwrap();
        assert_eq!(
            event.staff_text(EventNames::default()),
            format!("Người phản ánh đánh giá: {label}.")
        );
        assert_eq!(
            event.public_text(),
            Some(format!("Ông/Bà đánh giá: {label}"))
        );
    }
}

#[test]
fn what_is_allowed_is_read_by_the_office_and_the_submitter_and_not_by_the_unit() {
    let event = CaseEvent::Consented {
        chosen: Consent::ticked("1", ""),
    };
    let names = EventNames::default();
    let stored =
        json!({ "kind": "dong_y", "data": { "chon": { "lien_he": true, "cong_bo": false } } });
    assert_eq!(serde_json::to_value(&event).unwrap(), stored);
    assert_eq!(serde_json::from_value::<CaseEvent>(stored).unwrap(), event);
    let chosen = "được gọi hỏi thêm, không công khai bản tóm tắt";
    assert_eq!(
        event.staff_text(names),
        format!("Lựa chọn của người phản ánh: {chosen}.")
    );
    assert_eq!(event.public_text(), Some(format!("Ông/Bà chọn: {chosen}")));
    assert_eq!(event.unit_text(names), None);
}

#[test]
fn what_is_decided_inside_stays_inside() {
    for event in [
        CaseEvent::Noted,
        CaseEvent::Reminded,
        CaseEvent::ExtractWritten,
        CaseEvent::DraftReturned,
        CaseEvent::RefusalProposed {
            reason: RefusalReason::Abusive,
        },
        CaseEvent::ForwardProposed { body: None },
        CaseEvent::ProposalRejected,
        CaseEvent::IdentityRequested {
            opening: OpeningId(1),
        },
    ] {
        assert_eq!(event.public_text(), None, "{event:?}");
    }
}

#[test]
fn staff_read_the_name_behind_an_id() {
    let names = EventNames {
        unit: Some("Thanh tra Sở"),
        external_body: None,
    };
    let assigned = CaseEvent::Assigned {
        unit: Some(UnitId(3)),
        handler: None,
    };
    assert_eq!(assigned.staff_text(names), "Giao xử lý: Thanh tra Sở.");
    assert_eq!(CaseEvent::Noted.staff_text(names), "Ghi chú nội bộ.");
}

/// A second click is recognised by the event that the first one left (`refuse_second_click`), and
/// an approval finds the proposal by its action: so both are stored under one code.
#[test]
fn every_action_leaves_an_event_under_its_own_code() {
    for action in Action::ALL {
        let stored = format!(r#"{{"kind":"{}","data":{{}}}}"#, action.leaves());
        let read = serde_json::from_str::<CaseEvent>(&stored);
        let is_known = read.err().is_none_or(|error| {
            // a particular may be missing, the event may not
            !error.to_string().contains("unknown variant")
        });
        assert!(is_known, "{}", action.code());
    }
}

#[test]
fn handing_over_is_told_inside_the_department_only() {
    let given = CaseEvent::HandedOver {
        from: Some(StaffId(255)),
        handler: None,
    };
    let told = given.staff_text(EventNames::default());
    assert_eq!(told, "Bàn giao vì tài khoản người xử lý đã khóa.");
    assert_eq!(given.public_text(), None);
}
