//! Receives a case: the day of receipt stays the day it arrived.

use super::note_line;
use crate::{casework::case_page::CaseFile, error::AppError};
use leptos::prelude::*;

/// No field: what will happen.
pub fn fields(_: &CaseFile) -> AnyView {
    note_line("Ngày nhận giữ nguyên là ngày phản ánh đến.")
}

/// Receives a case.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin).
#[server(endpoint = "quan-tri/ho-so/tiep_nhan")]
pub async fn receive(number: String, seen: i64) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent},
        casework::ssr::Transition,
    };
    let transition = Transition::begin(Action::Receive, &number, seen).await?;
    transition.commit(CaseEvent::Received).await
}
