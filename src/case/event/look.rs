//! The sentence of a name that was seen.

use crate::{
    case::{CaseEvent, day_month_year},
    rights::Role,
};
use time::Date;

impl CaseEvent {
    /// That somebody saw the name, as the submitter reads it; `None` of every other event.
    pub fn look_text(&self, day: Date, role: Option<Role>) -> Option<String> {
        let who = role.map_or("một lãnh đạo", Role::label);
        matches!(self, Self::IdentityOpened { .. }).then(|| {
            format!(
                "Ngày {}, {who} đã xem danh tính của Ông/Bà, sau khi một lãnh đạo khác đồng ý.",
                day_month_year(day)
            )
        })
    }
}
