//! The baton: a case handed on from sending to the answer, with the days spent at each stage; or
//! how many cases wait where.

use super::deadline::{DeadlineView, Due};
use crate::{calendar::Passage, case::Stage};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Where a stage lies, seen from the case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// Seen from no single case: a count.
    #[default]
    Count,
    /// The case has been there.
    Past,
    /// The case is there.
    Present,
    /// The case has still to come there.
    Ahead,
}

impl Standing {
    const fn class(self) -> &'static str {
        match self {
            Self::Count => "baton-leg baton-count",
            Self::Past => "baton-leg baton-past",
            Self::Present => "baton-leg baton-present",
            Self::Ahead => "baton-leg",
        }
    }
}

/// One of the five segments.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatonLeg {
    /// "Xác minh".
    pub name: String,
    /// What stands under it: "2 ngày", or a count; may be empty.
    pub below: String,
    /// What screen readers hear after the name: "đã qua, 2 ngày làm việc".
    pub said: String,
    /// Of a count: since when the oldest waits, "từ 01/10/2026"; "" if none does.
    pub since: String,
    /// Where it lies.
    pub standing: Standing,
    /// Where it leads; "" if it is no link.
    pub href: String,
}

impl BatonLeg {
    /// The five segments of one case.
    pub fn of(passage: &Passage) -> Vec<Self> {
        let stages = Stage::ALL.iter();
        stages.map(|stage| Self::leg(passage, *stage)).collect()
    }

    fn leg(passage: &Passage, stage: Stage) -> Self {
        let standing = match stage.cmp(&passage.at) {
            std::cmp::Ordering::Less => Standing::Past,
            std::cmp::Ordering::Equal => Standing::Present,
            std::cmp::Ordering::Greater => Standing::Ahead,
        };
        // nobody spends days at an answer that is given
        let days = passage.days(stage).filter(|_| stage != Stage::Answered);
        let below = days.map_or(String::new(), |days| spent(days, standing));
        let word = match standing {
            Standing::Past => "đã qua",
            Standing::Present if passage.rests => "đang dừng ở đây",
            Standing::Present => "đang ở đây",
            Standing::Ahead | Standing::Count => "chưa đến",
        };
        Self {
            name: stage.label().to_owned(),
            said: days.map_or(word.to_owned(), |days| {
                format!("{word}, {days} ngày làm việc")
            }),
            below,
            standing,
            ..Self::default()
        }
    }

    /// A segment with how many cases are there; `href` leads to them. `oldest` is the day of receipt
    /// of the one that has waited longest; "" if none waits.
    pub fn counted(name: &str, count: i64, oldest: &str, href: String) -> Self {
        let since = match oldest {
            "" => String::new(),
            day => format!("từ {day}"),
        };
        Self {
            name: name.to_owned(),
            below: super::thousands(count),
            said: "hồ sơ".to_owned(),
            since,
            standing: Standing::Count,
            href,
        }
    }
}

fn spent(days: i32, standing: Standing) -> String {
    match (days, standing) {
        (0, Standing::Present) => "hôm nay".to_owned(),
        (0, _) => "trong ngày".to_owned(),
        _ => format!("{days} ngày"),
    }
}

/// Five segments in order, the present one filled; the deadline is a tick at the end.
#[component]
pub fn Baton(
    legs: Vec<BatonLeg>,
    #[prop(optional_no_strip)] due: Option<Due>,
    #[prop(default = "Hồ sơ đang ở đâu")] label: &'static str,
) -> impl IntoView {
    let tick = due.as_ref().map_or(String::new(), |due| {
        format!("baton-ends baton-ends-{}", due.tone)
    });
    let legs = legs
        .into_iter()
        .map(|leg| view! { <Leg leg /> })
        .collect_view();
    view! {
        <div class="baton" role="group" aria-label=label>
            <ol class=format!("baton-legs {tick}")>{legs}</ol>
            {due
                .map(|due| {
                    view! {
                        <p class="baton-due">
                            <span class="visually-hidden">"Hạn trả lời: "</span>
                            <DeadlineView due />
                        </p>
                    }
                })}
        </div>
    }
}

#[component]
fn Leg(leg: BatonLeg) -> impl IntoView {
    let current = (leg.standing == Standing::Present).then_some("step");
    // a count is read as it stands, days with the words that the eye sees in the colour
    let is_count = leg.standing == Standing::Count;
    let parts = view! {
        <span class="baton-name">{leg.name}</span>
        {(!leg.below.is_empty())
            .then(|| {
                let hidden = (!is_count).then_some("true");
                view! {
                    <span class="baton-below" aria-hidden=hidden>
                        {leg.below}
                    </span>
                }
            })}
        <span class="visually-hidden">{format!(" {} ", leg.said)}</span>
        {(!leg.since.is_empty()).then(|| view! { <span class="baton-since">{leg.since}</span> })}
    };
    let inside = match leg.href.is_empty() {
        true => parts.into_any(),
        false => view! { <a href=leg.href>{parts}</a> }.into_any(),
    };
    view! {
        <li class=leg.standing.class() aria-current=current>
            {inside}
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        calendar::Calendar,
        case::{CaseEvent, Status},
    };
    use time::macros::date;

    #[test]
    fn the_present_stage_is_told_to_eyes_and_to_ears() {
        let history = [
            (date!(2026 - 11 - 23), &CaseEvent::Submitted),
            (date!(2026 - 11 - 25), &CaseEvent::Received),
        ];
        let today = date!(2026 - 11 - 25);
        let passage = Passage::of(&Calendar::default(), Status::Received, history, today);
        let legs = BatonLeg::of(&passage.expect("a case that runs"));
        let seen: Vec<_> = legs
            .iter()
            .map(|leg| (leg.name.as_str(), leg.below.as_str(), leg.standing))
            .collect();
        assert_eq!(
            seen[..3],
            [
                ("Gửi", "2 ngày", Standing::Past),
                ("Tiếp nhận", "hôm nay", Standing::Present),
                ("Xác minh", "", Standing::Ahead),
            ]
        );
        let page = Owner::new().with(|| view! { <Baton legs /> }.to_html());
        assert_eq!(page.matches(r#"aria-current="step""#).count(), 1, "{page}");
        assert!(page.contains("đã qua, 2 ngày làm việc"), "{page}");
    }

    #[test]
    fn a_count_leads_to_the_cases_it_counts() {
        let leg = BatonLeg::counted("Duyệt", 1_022, "01/10/2026", "?xem=cho-duyet".to_owned());
        let page =
            Owner::new().with(|| view! { <Baton legs=vec![leg] label="Hồ sơ chờ" /> }.to_html());
        let page = page.replace("<!>", "");
        assert!(page.contains(r#"<a href="?xem=cho-duyet">"#), "{page}");
        assert!(
            page.contains("1.022")
                && page.contains("từ 01/10/2026")
                && !page.contains("aria-current"),
            "{page}"
        );
    }
}
