//! What the following page shows, and what it offers.

use super::{
    commands::{WITHDRAW, WRITE},
    follow_forms::{ResumeForm, WithdrawForm},
    follow_page::Following,
    follow_parts::Answers,
    view::{FollowedCase, May},
};
use crate::{
    error::AppError,
    routes::Command,
    ui::{FormState, LetterSheet, ReturnedForm},
};
use leptos::prelude::*;
use std::sync::Arc;

/// What a visitor's browser gets for a view.
fn html<V: RenderHtml>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| {
        provide_context(crate::ui::Department::default());
        view().to_html().replace("<!>", "")
    })
}

fn refused(command: Command, values: &[(&str, &str)]) -> FormState {
    let values = values
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let error = AppError::SignInRequired;
    FormState::refused(command.endpoint(), values, Vec::new(), &error)
}

#[test]
fn what_was_written_before_the_session_ran_out_is_still_there() {
    let values = [
        ("khoa", "abc"),
        ("tin_nhan", "</textarea><script>x</script>"),
    ];
    let form = refused(WRITE, &values);
    let page = html(|| {
        provide_context(ReturnedForm::new(form.clone()));
        view! { <ResumeForm form=Arc::new(form) /> }
    });
    assert!(
        page.contains("&lt;/textarea>&lt;script>x") && page.contains("?viec=nhan"),
        "{page}"
    );
    assert!(page.contains(r#"name="khoa" value="abc""#), "{page}");
}

#[test]
fn a_refused_form_opens_where_it_was_folded() {
    let page = html(|| {
        provide_context(ReturnedForm::new(refused(WITHDRAW, &[])));
        view! { <WithdrawForm mark=String::new() /> }
    });
    assert!(
        page.contains("<details open") || page.contains("open class") || page.contains("\" open"),
        "{page}"
    );
    let page = html(|| view! { <WithdrawForm mark=String::new() /> });
    assert!(!page.contains(" open"), "{page}");
}

#[test]
fn the_page_begins_with_the_matter_and_where_it_stands_and_offers_only_what_may_be_done() {
    let case = FollowedCase {
        number: "PA26-7K3M9Q-X".to_owned(),
        matter: "Hẹn lại nhiều lần".to_owned(),
        sentence: "Đang xác minh. Sở trả lời chậm nhất thứ Hai 07/12/2026.".to_owned(),
        why: "Thời hạn là 10 ngày làm việc.".to_owned(),
        ..FollowedCase::default()
    };
    let page = html(|| view! { <Following case=case.clone() done=None /> });
    assert_eq!(page.matches("<h1").count(), 1);
    assert!(
        page.contains("Hẹn lại nhiều lần</h1><p class=\"track-status\">Đang xác minh. Sở trả lời")
            && page.contains("Chưa ai mở danh tính"),
        "{page}"
    );
    assert_eq!(
        page.matches("<form").count(),
        2,
        "leaving, and saying what is allowed, are always possible"
    );
    let case = FollowedCase {
        may: May {
            write: true,
            supplement: true,
            ..May::default()
        },
        asked: "Quầy số mấy?".to_owned(),
        ..case
    };
    let page = html(|| view! { <Following case done=None /> });
    assert!(
        page.contains("Quầy số mấy?")
            && page.contains("Gửi bổ sung")
            && page.contains("multipart/form-data")
    );
}

#[test]
fn every_answer_is_a_letter_and_the_one_in_force_is_open() {
    let letter = |text: &str| LetterSheet {
        text: text.to_owned(),
        signer: "Lê Văn Ví Dụ".to_owned(),
        ..LetterSheet::default()
    };
    let answers = vec![letter("Lần đầu."), letter("Lần sau.")];
    let page = html(|| {
        view! { <Answers answers=answers.clone() is_answered=true rated="Hài lòng".to_owned() /> }
    });
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    assert!(place("Trả lời lần 2</h2>") < place("Lần sau."), "{page}");
    assert!(place("Lần sau.") < place("<details"), "{page}");
    assert!(place("Trả lời lần 1") < place("Lần đầu."), "{page}");
    let page = html(|| {
        view! { <Answers answers=answers[..1].to_vec() is_answered=false rated=String::new() /> }
    });
    assert!(
        page.contains("<details") && page.contains("Trả lời lần 1"),
        "{page}"
    );
    let only = answers[..1].to_vec();
    let page = html(|| view! { <Answers answers=only is_answered=true rated=String::new() /> });
    assert!(
        page.contains("Trả lời của Sở</h2>") && !page.contains("<details"),
        "{page}"
    );
}

#[test]
fn when_withdrawing_is_over_the_page_says_so_and_what_is_left() {
    let case = FollowedCase {
        may: May {
            withdraw_by_word: true,
            ..May::default()
        },
        ..FollowedCase::default()
    };
    let page = html(|| view! { <Following case done=None /> });
    assert!(
        page.contains("Chỉ rút được khi Sở chưa tiếp nhận"),
        "{page}"
    );
    assert!(!page.contains("Tôi muốn rút"), "{page}");
}
