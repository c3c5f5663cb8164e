//! What is asked of the inbox, as the parameters of its statements.

use crate::{
    accounts::ssr::authority::Authority,
    calendar::Calendar,
    case::{CaseId, Kind, Status, fold},
    casework::inbox::{
        extra_filters::{ExtraFilters, Holder},
        filters::{Filters, View},
        search::{Codes, Names, Search},
    },
    directory::{self, ssr::Unit},
    error::AppError,
    platform::{AppState, database::Scope},
};
use sqlx::PgConnection;
use time::Date;
use uuid::Uuid;

/// The parameters of every statement below, in their order.
pub(super) struct Ask {
    pub(super) kind: Option<&'static str>,
    pub(super) unit: Option<i16>,
    pub(super) channel: Option<&'static str>,
    pub(super) extra: ExtraFilters,
    pub(super) assigned: Option<i16>,
    pub(super) numbers: Option<(String, String)>,
    pub(super) register: Option<i64>,
    pub(super) codes: Option<Codes>,
    /// Cases whose texts hold the words.
    pub(super) texts_hold: Vec<CaseId>,
    /// More cases have texts than a search looks into.
    pub(super) searched_in_part: bool,
    pub(super) own_unit: Option<i16>,
    pub(super) own_entries: Option<Uuid>,
    pub(super) statuses: Option<Vec<String>>,
    pub(super) due_from: Option<Date>,
    pub(super) due_to: Option<Date>,
    /// Only cases whose clock runs.
    pub(super) running: bool,
    pub(super) today: Date,
    pub(super) soon: Date,
}

impl Ask {
    /// What `filters` ask for; words are looked for in the texts that this person may read.
    pub(super) async fn new(
        tx: &mut PgConnection,
        state: &AppState,
        authority: &Authority,
        filters: &Filters,
        calendar: &Calendar,
    ) -> Result<Self, AppError> {
        let today = state.clock.today();
        let mut ask = Self::named(tx, authority.scope(), filters, calendar, today).await?;
        if ask.codes.is_some() {
            ask.search_texts(tx, state, authority, filters).await?;
        }
        Ok(ask)
    }

    /// The same without a look into texts.
    async fn named(
        tx: &mut PgConnection,
        scope: Scope,
        filters: &Filters,
        calendar: &Calendar,
        today: Date,
    ) -> Result<Self, AppError> {
        let search = Search::parse(
            &filters.words,
            &if filters.words.is_empty() {
                Default::default()
            } else {
                names(tx).await?
            },
        );
        let unit = if filters.unit.is_empty() {
            None
        } else {
            Some(unit_id(tx, &filters.unit).await?)
        };
        let assigned = match &filters.extra.holder {
            Holder::Unit(code) => Some(unit_id(tx, code).await?),
            Holder::Any | Holder::Nobody => None,
        };
        // the way feedback came in is a clue to who spoke: a unit does not find cases by it
        let knows_channel = scope.reads_original();
        let soon = calendar.add_working_days(today, 3);
        let (due_from, due_to) = match filters.view {
            View::Overdue => (None, today.previous_day()),
            View::DueSoon => (Some(today), Some(soon)),
            _ => (None, None),
        };
        Ok(Self {
            kind: filters.kind.map(Kind::code),
            unit,
            channel: filters.channel.map(|channel| match knows_channel {
                true => channel.code(),
                // no case came in by it
                false => "",
            }),
            extra: filters.extra.clone(),
            assigned,
            numbers: if let Search::Numbers(from, to) = &search {
                Some((from.clone(), to.clone()))
            } else {
                None
            },
            register: if let Search::Register(number) = search {
                Some(number)
            } else {
                None
            },
            codes: if let Search::Codes(mut codes) = search {
                codes.channels.retain(|_| knows_channel);
                Some(codes)
            } else {
                None
            },
            texts_hold: Vec::new(),
            searched_in_part: false,
            own_unit: match scope {
                Scope::Unit { unit, .. } => Some(unit.0),
                _ => None,
            },
            own_entries: match scope {
                Scope::Own { staff, .. } => Some(Uuid::from_u128(staff.0)),
                _ => None,
            },
            statuses: statuses(filters.view),
            due_from,
            due_to,
            running: due_to.is_some(),
            today,
            soon,
        })
    }
}

/// Names a search is matched against.
async fn names(tx: &mut PgConnection) -> Result<Names, AppError> {
    let units = directory::ssr::units_ever(&mut *tx).await?;
    let staff = sqlx::query!("select staff_id, display_name from staff")
        .fetch_all(tx)
        .await?;
    let unit_name = |unit: Unit| {
        let called = [unit.name, unit.short_name, unit.code];
        (unit.unit_id, called.map(|name| fold(&name)).join(" "))
    };
    Ok(Names {
        units: units.into_iter().map(unit_name).collect(),
        staff: staff
            .into_iter()
            .map(|row| (row.staff_id.as_u128(), fold(&row.display_name)))
            .collect(),
    })
}

async fn unit_id(tx: &mut PgConnection, code: &str) -> Result<i16, AppError> {
    let unit = directory::ssr::unit_of(tx, code).await?;
    // an unknown unit has no case
    Ok(unit.map_or(-1, |unit| unit.0))
}

fn statuses(view: View) -> Option<Vec<String>> {
    let list: &[Status] = match view {
        View::Submitted => &[Status::Submitted],
        View::AwaitingInfo => &[Status::AwaitingInfo],
        View::Unassigned => &[Status::Received, Status::Classified],
        View::InHand => &[Status::Assigned, Status::Verifying, Status::Drafting],
        View::AwaitingApproval => &[Status::AwaitingApproval],
        _ => return None,
    };
    Some(list.iter().map(|status| status.code().to_owned()).collect())
}
