//! The state machine, walked from end to end.

use crate::case::{Action, Status};
use std::collections::BTreeSet;

/// The statuses one allowed action away.
fn next(from: Status) -> impl Iterator<Item = Status> {
    Action::ALL
        .iter()
        .filter_map(move |action| from.after(*action))
}

fn reachable(from: Status) -> BTreeSet<Status> {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(status) = open.pop() {
        open.extend(next(status).filter(|further| seen.insert(*further)));
    }
    seen
}

fn is_terminal(status: Status) -> bool {
    !status.is_open() && status != Status::Answered
}

#[test]
fn nothing_leads_out_of_a_finished_case() {
    for status in Status::ALL.iter().filter(|status| is_terminal(**status)) {
        assert!(next(*status).all(|to| to == *status), "{}", status.code());
    }
}

#[test]
fn every_case_can_be_finished_from_wherever_it_stands() {
    for status in reachable(Status::Submitted) {
        assert!(
            reachable(status).into_iter().any(is_terminal),
            "{} is a dead end",
            status.code()
        );
    }
}

#[test]
fn the_straight_road_leads_from_receipt_to_the_archive() {
    use Action as A;
    let road = [
        A::Receive,
        A::Classify,
        A::WriteExtract,
        A::Assign,
        A::StartVerifying,
        A::Conclude,
        A::SubmitForApproval,
        A::Answer,
        A::Close,
    ];
    let end = road.into_iter().try_fold(Status::Submitted, Status::after);
    assert_eq!(end, Some(Status::Closed));
}

#[test]
fn a_proposal_changes_nothing_until_somebody_approves_it() {
    for status in Status::ALL {
        for proposal in [Action::ProposeRefusal, Action::ProposeForward] {
            assert!(
                status.after(proposal).is_none_or(|after| after == *status),
                "{}",
                status.code()
            );
        }
    }
}

#[test]
fn only_an_approval_refuses_forwards_or_answers() {
    let only_by = [
        (Status::Refused, Action::ApproveRefusal),
        (Status::Forwarded, Action::ApproveForward),
        (Status::Answered, Action::Answer),
        (Status::Withdrawn, Action::Withdraw),
    ];
    for (end, way) in only_by {
        for status in Status::ALL.iter().filter(|status| **status != end) {
            let ways: Vec<Action> = Action::ALL
                .iter()
                .copied()
                .filter(|action| status.after(*action) == Some(end))
                .collect();
            assert!(
                ways.is_empty() || ways == [way],
                "{} → {}: {ways:?}",
                status.code(),
                end.code()
            );
        }
    }
}

#[test]
fn what_can_be_approved_can_be_proposed() {
    for status in Status::ALL {
        assert!(
            status.after(Action::ApproveRefusal).is_none()
                || status.after(Action::ProposeRefusal).is_some(),
            "{}",
            status.code()
        );
        assert!(
            status.after(Action::ApproveForward).is_none()
                || status.after(Action::ProposeForward).is_some(),
            "{}",
            status.code()
        );
    }
}

#[test]
fn a_submitter_may_withdraw_only_before_receipt_and_reopen_only_an_answer() {
    let allowed = |action| {
        Status::ALL
            .iter()
            .copied()
            .filter(|status| status.after(action).is_some())
            .collect::<Vec<_>>()
    };
    assert_eq!(allowed(Action::Withdraw), [Status::Submitted]);
    assert_eq!(allowed(Action::Reopen), [Status::Answered]);
    assert_eq!(allowed(Action::Supplement), [Status::AwaitingInfo]);
}

#[test]
fn every_status_has_a_word_for_the_submitter() {
    for status in Status::ALL {
        assert!(!status.public_label().is_empty());
        assert!(
            !status.public_label().contains("lãnh đạo"),
            "stages inside the department stay inside"
        );
    }
}

/// The list stands in partial indexes and in the queries that they answer, where no parameter may
/// take its place, and in what erases a case: there it is the list of what is kept.
#[test]
fn open_cases_are_the_same_in_sql() {
    let open = Status::ALL.iter().filter(|status| status.is_open());
    let open: BTreeSet<&str> = open.map(|status| status.code()).collect();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("migrations"), &mut files);
    collect(&root.join("src"), &mut files);
    for (way, least) in [("status in (", 9), ("status not in (", 1)] {
        let mut lists = 0;
        for file in &files {
            let text = std::fs::read_to_string(file).expect("a file of the tree");
            for list in text.split(way).skip(1) {
                let list = list.split(')').next().unwrap_or_default();
                let codes: BTreeSet<&str> = list.split('\'').skip(1).step_by(2).collect();
                let has = |status: Status| codes.contains(status.code());
                if has(Status::AwaitingInfo) && !has(Status::Closed) {
                    assert_eq!(codes, open, "{}", file.display());
                    lists += 1;
                }
            }
        }
        assert!(lists >= least, "{way}: {lists}");
    }
}

/// Every file of SQL and of Rust in `folder`.
fn collect(folder: &std::path::Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the tree") {
        let path = entry.expect("an entry").path();
        let is_read = ["sql", "rs"]
            .map(Some)
            .contains(&path.extension().and_then(|end| end.to_str()));
        match path.is_dir() {
            true => collect(&path, files),
            false if is_read => files.push(path),
            false => {}
        }
    }
}
