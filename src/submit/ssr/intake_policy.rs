//! What a submission is checked against and dated by: the units, calendar and service levels in
//! force, read from the directory once a minute.

use crate::{
    calendar::Calendar,
    case::{Kind, ServiceLevel, UnitId},
    directory,
    error::{AppError, FieldErrors},
    platform::AppState,
};
use std::{collections::HashMap, sync::Arc};
use time::{Date, Duration, OffsetDateTime};

/// How long the values read from the directory are used.
const READ_AGAIN_AFTER: Duration = Duration::minutes(1);

/// The rules in force on a day.
pub(super) struct IntakePolicy {
    read_at: OffsetDateTime,
    today: Date,
    /// The working calendar.
    pub calendar: Calendar,
    units: HashMap<String, UnitId>,
    levels: HashMap<ServiceLevel, u16>,
}

impl IntakePolicy {
    /// The rules for feedback received on `received_on`: the periods are those of that day, as in
    /// every later count; the units are those that the form offers today.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    pub(super) async fn on(state: &AppState, received_on: Date) -> Result<Arc<Self>, AppError> {
        let (now, today) = (state.clock.now(), state.clock.today());
        if received_on != today {
            return Ok(Arc::new(Self::read(state, received_on).await?));
        }
        match state.last_good.get::<Self>() {
            Some(rules) if rules.today == today && now - rules.read_at < READ_AGAIN_AFTER => {
                Ok(rules)
            }
            _ => Ok(state.last_good.put(Self::read(state, today).await?)),
        }
    }

    async fn read(state: &AppState, received_on: Date) -> Result<Self, AppError> {
        let (read_at, today) = (state.clock.now(), state.clock.today());
        let mut connection = state.db.pool().acquire().await?;
        let calendar = directory::ssr::calendar(&mut connection).await?;
        let units = directory::ssr::units_on(&mut connection, today)
            .await?
            .into_iter()
            .map(|unit| (unit.code, UnitId(unit.unit_id)))
            .collect();
        let mut levels = HashMap::new();
        for level in Kind::ALL
            .iter()
            .map(|kind| kind.service_level())
            .chain([ServiceLevel::Triage])
        {
            levels.insert(
                level,
                directory::ssr::service_level(&mut connection, level, received_on).await?,
            );
        }
        Ok(Self {
            read_at,
            today,
            calendar,
            units,
            levels,
        })
    }

    /// The unit of a code; none if none was named.
    ///
    /// # Errors
    /// [`AppError::Invalid`] if there is no such unit.
    pub(super) fn unit_id(&self, code: Option<&str>) -> Result<Option<UnitId>, AppError> {
        let Some(code) = code else { return Ok(None) };
        let found = self.units.get(code).copied();
        let unknown = || {
            FieldErrors::at(
                "don_vi",
                "Vui lòng chọn đơn vị trong danh sách, hoặc chọn “Tôi không rõ”.",
            )
        };
        Ok(Some(found.ok_or_else(unknown)?))
    }

    /// Working days until feedback of this kind is answered.
    pub(super) fn answer_days(&self, kind: Kind) -> u16 {
        self.levels
            .get(&kind.service_level())
            .copied()
            .unwrap_or_default()
    }

    /// The day by which feedback received on `received_on` is classified.
    pub(super) fn classified_by(&self, received_on: Date) -> Date {
        let days = self.levels.get(&ServiceLevel::Triage).copied();
        self.calendar
            .add_working_days(received_on, days.unwrap_or_default())
    }
}
