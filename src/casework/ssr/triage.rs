//! From receipt to the unit: receive, classify, extract, ask, guide, assign.

use super::transition::{Change, Desk, at};
use crate::{
    calendar::{Calendar, Deadline, weekday_date},
    case::{Kind, Secrecy, ServiceLevel, Story},
    casework::actions::{
        conflict::{Place, conflict},
        form::{Assignment, Classification},
        letters::{self, Door},
    },
    directory,
    error::AppError,
};
use serde_json::json;
use time::Date;
use uuid::Uuid;

/// Receives: the day of receipt stays the day of arrival.
///
/// # Errors
/// As [`Change::begin`].
pub async fn receive(desk: &Desk) -> Result<(), AppError> {
    Change::begin(desk).await?.finish(json!({}), None).await
}

/// Classifies, and counts the deadline again by the rule of the kind.
///
/// # Errors
/// As [`Change::begin`].
pub async fn classify(desk: &Desk, class: &Classification) -> Result<(), AppError> {
    let mut change = Change::begin(desk).await?;
    let due = if change.held.is_lead {
        None
    } else {
        Some(deadline(&mut change, class.kind).await?)
    };
    let secrecy = if class.denunciation {
        Secrecy::Denunciation
    } else {
        change.held.secrecy
    };
    let reasons: Vec<String> = class
        .reasons
        .iter()
        .map(|code| (*code).to_owned())
        .collect();
    sqlx::query!(
        "update feedback_case set kind = $2, reasons = $3, secrecy = $4, due_on = $5, due_rule = $6, calendar_version = $7 where case_id = $1",
        change.held.id(),
        class.kind.code(),
        &reasons,
        secrecy.code(),
        due.as_ref().map(|due| due.due_on),
        due.as_ref().map(|_| class.kind.service_level().code()),
        due.as_ref().map(|due| due.calendar_version)
    )
    .execute(&mut *change.tx)
    .await?;
    change
        .finish(
            json!({ "loai": class.kind.code(), "ly_do": reasons, "giu_kin": class.denunciation }),
            None,
        )
        .await
}

async fn deadline(change: &mut Change<'_>, kind: Kind) -> Result<Deadline, AppError> {
    let received_on = change.held.received_on;
    let calendar = directory::ssr::calendar(&mut change.tx).await?;
    let days =
        directory::ssr::service_level(&mut change.tx, kind.service_level(), received_on).await?;
    let deadline = Deadline::count(&calendar, received_on, days);
    let paused = paused_days(change, &calendar).await?;
    Ok(Deadline {
        due_on: calendar.add_working_days(deadline.due_on, paused),
        ..deadline
    })
}

/// Working days the clock stood still for the one supplement, from the history.
async fn paused_days(change: &mut Change<'_>, calendar: &Calendar) -> Result<u16, AppError> {
    let days = sqlx::query!(
        r#"select max(at) filter (where kind = 'yeu_cau_bo_sung') as asked, max(at) filter (where kind = 'bo_sung') as given
        from case_event where case_id = $1 and kind in ('yeu_cau_bo_sung', 'bo_sung')"#,
        change.held.id()
    )
    .fetch_one(&mut *change.tx)
    .await?;
    let local = |at: time::OffsetDateTime| at.to_offset(crate::platform::clock::VIETNAM).date();
    let paused = days.asked.zip(days.given).map_or(0, |(asked, given)| {
        calendar.working_days_between(local(asked), local(given))
    });
    Ok(u16::try_from(paused.max(0)).unwrap_or(0))
}

/// Writes what the unit will read instead of the original.
///
/// # Errors
/// As [`Change::begin`].
pub async fn write_extract(desk: &Desk, extract: &str) -> Result<(), AppError> {
    let mut change = Change::begin(desk).await?;
    change.write_body("extract", extract).await?;
    change.finish(json!({}), None).await
}

/// Hands the case to a unit. Where the identity is kept secret, an extract must have been written; where it is not, the words themselves
/// become the extract.
///
/// # Errors
/// As [`Change::begin`]; at `unit` or `handler` where the unit may not judge itself, the extract is missing, or the person is elsewhere.
pub async fn assign(desk: &Desk, assignment: Assignment) -> Result<(), AppError> {
    let mut change = Change::begin(desk).await?;
    check_unit(&mut change, assignment).await?;
    if change.read_body("extract").await?.is_none() {
        if change.held.secrecy != Secrecy::Ordinary {
            return Err(at(
                "unit",
                "Danh tính người phản ánh được giữ bí mật: vui lòng viết bản trích trước khi giao đơn vị.",
            ));
        }
        copy_words(&mut change).await?;
    }
    let handler = assignment.handler.map(Uuid::from_u128);
    sqlx::query!(
        "update feedback_case set assigned_unit_id = $2, handler_id = $3 where case_id = $1",
        change.held.id(),
        assignment.unit,
        handler
    )
    .execute(&mut *change.tx)
    .await?;
    change
        .finish(json!({ "don_vi": assignment.unit, "nguoi": handler }), None)
        .await
}

async fn check_unit(change: &mut Change<'_>, assignment: Assignment) -> Result<(), AppError> {
    let units = directory::ssr::units(&mut change.tx).await?;
    let places: Vec<Place> = units
        .iter()
        .map(|unit| Place {
            unit: unit.unit_id,
            parent: unit.parent_id,
        })
        .collect();
    if !places.iter().any(|place| place.unit == assignment.unit) {
        return Err(at("unit", "Vui lòng chọn đơn vị xử lý."));
    }
    if let Some(reason) = conflict(
        &places,
        change.held.concerned_unit,
        assignment.unit,
        change.held.kind,
        change.held.secrecy,
    ) {
        return Err(at("unit", reason));
    }
    let Some(handler) = assignment.handler else {
        return Ok(());
    };
    let unit = sqlx::query_scalar!(
        "select unit_id from staff where staff_id = $1 and active",
        Uuid::from_u128(handler)
    );
    match unit.fetch_optional(&mut *change.tx).await?.flatten() {
        Some(unit) if unit == assignment.unit => Ok(()),
        _ => Err(at(
            "handler",
            "Người này không thuộc đơn vị đã chọn. Vui lòng chọn lại.",
        )),
    }
}

async fn copy_words(change: &mut Change<'_>) -> Result<(), AppError> {
    let Some(original) = change.read_body("original").await? else {
        return Ok(());
    };
    let story: Story = serde_json::from_str(&original).map_err(|_| AppError::Internal)?;
    let parts = [story.title, story.content, story.proposal];
    let words = parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n");
    change.write_body("extract", &words).await
}

/// Asks the submitter once for what is missing; the clock stands still from today.
///
/// # Errors
/// As [`Change::begin`].
pub async fn ask_supplement(desk: &Desk, list: &str) -> Result<(), AppError> {
    let mut change = Change::begin(desk).await?;
    let until = supplement_until(&mut change, desk.today()).await?;
    sqlx::query!(
        "update feedback_case set paused_on = $2, supplement_asked = true where case_id = $1",
        change.held.id(),
        desk.today()
    )
    .execute(&mut *change.tx)
    .await?;
    change
        .say("out", &letters::supplement(list, &weekday_date(until)))
        .await?;
    change
        .finish(json!({ "den_ngay": until.to_string() }), None)
        .await
}

async fn supplement_until(change: &mut Change<'_>, today: Date) -> Result<Date, AppError> {
    let calendar = directory::ssr::calendar(&mut change.tx).await?;
    let days =
        directory::ssr::service_level(&mut change.tx, ServiceLevel::Supplement, today).await?;
    Ok(calendar.add_working_days(today, days))
}

/// Guides the submitter to the right door. A sign of denunciation is kept closer from here on.
///
/// # Errors
/// As [`Change::begin`].
pub async fn redirect(desk: &Desk, door: Door, added: &str) -> Result<(), AppError> {
    let mut change = Change::begin(desk).await?;
    if door == Door::Denunciation {
        sqlx::query!(
            "update feedback_case set secrecy = 'to_cao' where case_id = $1",
            change.held.id()
        )
        .execute(&mut *change.tx)
        .await?;
    }
    change.say("out", &letters::redirected(door, added)).await?;
    change.finish(json!({ "huong": door.code() }), None).await
}
