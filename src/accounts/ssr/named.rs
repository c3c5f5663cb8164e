//! Members of staff whom feedback names: they do not see it, from its first moment on.

use crate::{
    case::{StaffId, fold},
    error::AppError,
    rights::Role,
};
use sqlx::PgConnection;

/// A member of staff as far as it matters here.
#[derive(Clone)]
struct Person {
    id: StaffId,
    name: String,
    leads: bool,
}

/// The active members of staff whose whole name stands in `words`, as typed, beside those who take
/// no part `already`. Of a common name it may be several, and one may be named only in passing; the
/// office takes off whom it does not mean. If it names every leader who is left, no leader is left
/// out: somebody must read it.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn named_staff(
    connection: &mut PgConnection,
    words: &str,
    already: &[StaffId],
) -> Result<Vec<StaffId>, AppError> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let staff = sqlx::query_as!(
        Person,
        r#"select s.staff_id as "id: StaffId", s.display_name as name, exists (
                select from staff_role r where r.staff_id = s.staff_id and r.role = any ($1)
            ) as "leads!"
        from staff s where s.active"#,
        &Role::leading()
    )
    .fetch_all(connection)
    .await?;
    Ok(named(words, staff, already))
}

fn named(words: &str, mut staff: Vec<Person>, already: &[StaffId]) -> Vec<StaffId> {
    staff.retain(|person| !already.contains(&person.id));
    let words = format!(" {} ", fold(words));
    let is_named = |person: &Person| {
        let name = fold(&person.name);
        name.contains(' ') && words.contains(&format!(" {name} "))
    };
    let a_leader_is_left = staff.iter().any(|person| person.leads && !is_named(person));
    staff
        .iter()
        .filter(|person| is_named(person) && (a_leader_is_left || !person.leads))
        .map(|person| person.id)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn staff() -> Vec<Person> {
        let person = |id, name: &str, leads| Person {
            id: StaffId(id),
            name: name.to_owned(),
            leads,
        };
        vec![
            person(1, "Nguyễn Thị Minh Họa", false),
            person(2, "Lê An", false),
            person(3, "Hồ Thị Ví Dụ", true),
            person(4, "An", false),
        ]
    }

    #[test]
    fn a_name_is_found_with_and_without_accents_and_only_whole() {
        let found = |words| named(words, staff(), &[]);
        assert_eq!(found("chị NGUYỄN THỊ MINH HỌA, quầy 3"), [StaffId(1)]);
        assert_eq!(found("nguyen thi minh hoa"), [StaffId(1)]);
        assert_eq!(found("anh Lê An Khang; ông Lê An"), [StaffId(2)]);
        assert_eq!(found("cán bộ tên An, không rõ họ"), []);
        assert_eq!(found("chị Minh Họa"), []);
    }

    #[test]
    fn the_only_leader_reads_what_names_them_as_nobody_else_could() {
        assert_eq!(named("ông Hồ Thị Ví Dụ", staff(), &[]), []);
        let mut two = staff();
        two.push(Person {
            id: StaffId(5),
            name: "Trần Mẫu".to_owned(),
            leads: true,
        });
        assert_eq!(named("ông Trần Mẫu", two.clone(), &[StaffId(3)]), []);
        assert_eq!(named("ông Hồ Thị Ví Dụ", two, &[]), [StaffId(3)]);
    }
}
