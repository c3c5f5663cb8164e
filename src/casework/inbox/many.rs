//! Doing the same to several cases at once: receiving, handing to one unit, reminding. Never what
//! decides a case. Each case is its own change: what fails of one leaves the others done.

use super::{filters::Filters, view::UnitChoice};
use crate::{
    case::{Action, CaseNumber},
    error::{AppError, FieldErrors},
    routes::{self, Command},
    ui::{
        Choice, Form, FormContext, FormState, Notice, SelectField, Tone,
        form::{Fields, value, values},
    },
};
use leptos::prelude::*;

/// What is offered, in the order of the bar.
pub const OFFERED: [Action; 3] = [Action::Receive, Action::Remind, Action::Assign];

/// The most cases of one request: two pages of the list.
const MOST: usize = 100;

/// The boxes that choose cases.
const CHOSEN: &str = "chosen[]";

/// Does the same to the chosen cases of a list.
pub const MANY: Command = Command::of(routes::INBOX, "nhieu");

/// What is to be done to which cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Many {
    /// One of [`OFFERED`].
    pub action: Action,
    /// Code of the unit that gets them; "" unless they are handed to one.
    pub unit: String,
    /// Which cases.
    pub numbers: Vec<CaseNumber>,
}

impl Many {
    /// Reads the form.
    ///
    /// # Errors
    /// At `chosen` if no case or nothing to do was chosen, at `unit` without one.
    pub fn parse(act: &str, unit: &str, chosen: &[String]) -> Result<Self, FieldErrors> {
        let numbers: Vec<_> = chosen
            .iter()
            .filter_map(|number| CaseNumber::parse(number))
            .take(MOST)
            .collect();
        let ask = |field, message| Err(FieldErrors::at(field, message));
        if numbers.is_empty() {
            return ask("chosen", "Vui lòng chọn ít nhất một hồ sơ.");
        }
        let offered = OFFERED.into_iter().find(|action| action.code() == act);
        let Some(action) = offered else {
            return ask("chosen", "Vui lòng bấm việc cần làm với các hồ sơ đã chọn.");
        };
        let unit = match action {
            Action::Assign => unit.to_owned(),
            _ => String::new(),
        };
        if action == Action::Assign && unit.is_empty() {
            return ask("unit", "Vui lòng chọn đơn vị nhận.");
        }
        Ok(Self {
            action,
            unit,
            numbers,
        })
    }

    /// Where a message about a case belongs: the id of its box.
    pub fn field(number: &str) -> String {
        format!("chon-{number}")
    }
}

/// The rule of the form that needs no server.
///
/// # Errors
/// As [`Many::parse`].
pub fn check(command: &str, fields: &Fields) -> Result<(), FieldErrors> {
    if command != MANY.endpoint() {
        return Ok(());
    }
    let chosen = values(fields, CHOSEN);
    Many::parse(value(fields, "act"), value(fields, "unit"), &chosen).map(drop)
}

/// Does the same to several cases, and leads back to the list.
///
/// # Errors
/// As [`Many::parse`]; at the box of each case that did not go through, with the reason, after the
/// others have.
#[server(endpoint = "quan-tri/nhieu")]
pub async fn act_on_many(
    #[server(default)] view: String,
    seen: i64,
    #[server(default)] act: String,
    #[server(default)] unit: String,
    #[server(default)] chosen: Vec<String>,
) -> Result<(), AppError> {
    let many = Many::parse(&act, &unit, &chosen)?;
    crate::casework::ssr::act_on_many(&many, seen).await?;
    let view = Filters::from_query(&view).to_query();
    let after = routes::inbox_after(&view, many.action, many.numbers.len(), &many.unit);
    leptos_axum::redirect(&after);
    Ok(())
}

/// The list within the form, and what is done to the chosen below it.
#[component]
pub fn ManyForm(
    /// What this person may do; with nothing the list stands alone.
    offered: Vec<Action>,
    /// Whether there is a case to choose.
    offers: bool,
    /// The list as its address says it.
    filters: Filters,
    /// The newest event of the page.
    seen: i64,
    /// Units to hand cases to.
    units: Vec<UnitChoice>,
    /// The list.
    children: Children,
) -> impl IntoView {
    if offered.is_empty() {
        return children().into_any();
    }
    let list = filters.without_focus();
    let chosen = RwSignal::new(0);
    // what was chosen before the page was drawn anew is chosen still
    Effect::new(move |_| chosen.set(count_chosen()));
    view! {
        <PartlyDone />
        <Form command=MANY at=list.href() class="many" partly=true>
            // what Enter in a box would press: nothing by chance
            <button type="submit" disabled=true hidden=true>
                "Chưa chọn việc"
            </button>
            <input type="hidden" name="seen" value=seen.to_string() />
            <input type="hidden" name="view" value=list.to_query() />
            <div id="chosen" class="many-list" on:change=move |_| chosen.set(count_chosen())>
                {children()}
            </div>
            {offers.then(|| view! { <Bar offered units chosen /> })}
        </Form>
    }
    .into_any()
}

/// How many boxes are ticked. Runs in the browser only.
fn count_chosen() -> u32 {
    let ticked = document().query_selector_all(".many-list [type=checkbox]:checked");
    ticked.map_or(0, |boxes| boxes.length())
}

/// What can be done to the chosen; the stylesheet shows it once something is.
#[component]
fn Bar(offered: Vec<Action>, units: Vec<UnitChoice>, chosen: RwSignal<u32>) -> impl IntoView {
    let button = |action: Action, text: &'static str| {
        view! {
            <button class="button button-secondary" type="submit" name="act" value=action.code()>
                {text}
            </button>
        }
    };
    let has = |action| offered.contains(&action);
    let count = move || match chosen.get() {
        0 => "Đã chọn:".to_owned(),
        some => format!("{some} hồ sơ:"),
    };
    let units: Vec<_> = units
        .into_iter()
        .map(|(code, name)| Choice::new(code, name))
        .collect();
    view! {
        <div class="many-bar" role="group" aria-label="Việc cho các hồ sơ đã chọn">
            <span class="many-count tabular">{count}</span>
            {has(Action::Receive).then(|| button(Action::Receive, "Tiếp nhận"))}
            {has(Action::Remind).then(|| button(Action::Remind, "Nhắc"))}
            {has(Action::Assign)
                .then(|| {
                    view! {
                        <SelectField
                            name="unit"
                            label="Đơn vị nhận"
                            choices=units
                            empty="Giao cho…"
                        />
                        {button(Action::Assign, "Giao")}
                    }
                })}
        </div>
    }
}

/// How many went through of a request of which others did not.
#[component]
fn PartlyDone() -> impl IntoView {
    let returned = FormState::returned().filter(|form| form.command == MANY.endpoint());
    returned.and_then(|form| {
        let asked = form.values(CHOSEN);
        let failed = |number: &&String| form.errors.get(&Many::field(number)).is_some();
        let failures = asked.iter().filter(failed).count();
        let action = Action::from_code(form.value("act")?)?;
        let done = asked.len() - failures;
        (failures > 0 && done > 0).then(|| {
            view! {
                <Notice tone=Tone::Success>
                    <p>{done_words(action, done, "")}</p>
                </Notice>
            }
        })
    })
}

/// "Đã tiếp nhận 5 hồ sơ."
pub fn done_words(action: Action, count: usize, unit: &str) -> String {
    let what = match action {
        Action::Assign => "giao",
        Action::Remind => "nhắc",
        _ => "tiếp nhận",
    };
    match unit.is_empty() {
        true => format!("Đã {what} {count} hồ sơ."),
        false => format!("Đã {what} {count} hồ sơ cho {unit}."),
    }
}

/// Which case the tick of a box is for.
const WHOSE: &str = "data-case";

/// The box that chooses a case.
#[component]
pub fn ChooseCase(number: String) -> impl IntoView {
    let id = Many::field(&number);
    let checked = FormContext::is_still_chosen(CHOSEN, &number, &id);
    let label = format!("Chọn hồ sơ {number}");
    let (tick, whose) = (NodeRef::<leptos::html::Input>::new(), number.clone());
    // when the list is read again, the box may stand for another case: no tick passes to it
    Effect::new(move || {
        let Some(tick) = tick.get() else { return };
        let before = tick.get_attribute(WHOSE);
        if before.is_some_and(|before| before != whose) {
            tick.set_checked(false);
        }
        // a box that cannot bear it keeps its tick
        let _kept = tick.set_attribute(WHOSE, &whose);
    });
    view! {
        <label class="many-box">
            <input node_ref=tick type="checkbox" id=id name=CHOSEN value=number checked=checked />
            <span class="visually-hidden">{label}</span>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(act: &str, unit: &str, chosen: &[&str]) -> Result<Many, FieldErrors> {
        let chosen: Vec<_> = chosen.iter().map(|number| (*number).to_owned()).collect();
        Many::parse(act, unit, &chosen)
    }

    #[test]
    fn nothing_that_decides_a_case_is_done_to_many() {
        let number = CaseNumber::from_random(2026, 7).to_string();
        for action in Action::ALL {
            let may = parse(action.code(), "vpdkdd", &[&number]).is_ok();
            assert_eq!(may, OFFERED.contains(action), "{action:?}");
        }
    }

    #[test]
    fn cases_and_a_unit_are_asked_for() {
        let number = CaseNumber::from_random(2026, 7).to_string();
        let at = |act, unit, chosen: &[&str], field| {
            let errors = parse(act, unit, chosen).unwrap_err();
            assert!(errors.get(field).is_some(), "{act} {unit}");
        };
        at("tiep_nhan", "", &[], "chosen");
        at("tiep_nhan", "", &["PA26-khong-phai"], "chosen");
        at("giao_xu_ly", "", &[&number], "unit");
        assert!(parse("tiep_nhan", "vpdkdd", &[&number]).is_ok_and(|many| many.unit.is_empty()));
    }
}
