//! What waits for a leader's word. Sealed words are opened for those alone who decide: the first
//! lines of the answer, and what the case is about.

use super::{leadership::Links, open_cases::OpenCases};
use crate::{
    accounts::ssr::authority::Authority,
    calendar::Calendar,
    case::{BodyField, CaseId, StaffId, Status},
    error::AppError,
    platform::{AppState, vault::Vault},
    records::{Bodies, texts_of_many},
    rights::Permission,
    routes,
    statistics::view::{Decision, Decisions},
    ui::{Due, thousands},
};
use sqlx::PgConnection;
use time::Date;

/// Answers shown with their first lines.
const SHOWN: i64 = 3;

/// What waits for a decision. Whoever decides nothing learns how much waits.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(super) async fn decisions(
    state: &AppState,
    authority: &Authority,
    calendar: &Calendar,
    open_cases: &[OpenCases],
    links: Links,
) -> Result<Decisions, AppError> {
    let sum = |of: fn(&OpenCases) -> i64| open_cases.iter().map(of).sum::<i64>();
    let (refusals, forwards) = (sum(|s| s.refusals), sum(|s| s.forwards));
    let answers = sum(|s| match s.status {
        Status::AwaitingApproval => s.count,
        _ => 0,
    });
    let counted = Decisions {
        total: answers + refusals + forwards,
        answers_total: links.number(answers, "cho-duyet", ""),
        proposals: proposals(refusals, forwards),
        proposals_href: links.inbox("de-xuat", ""),
        ..Decisions::default()
    };
    let Ok(leader) = Authority::of(authority.staff().clone(), Permission::Approve) else {
        return Ok(counted);
    };
    let today = state.clock.today();
    let mut tx = leader.begin(&state.db).await?;
    let answers = first_answers(&mut tx, &state.vault, calendar, today).await?;
    let openings = openings(&mut tx, &leader).await?;
    let closed = closed(&mut tx).await?;
    tx.commit().await?;
    Ok(Decisions {
        mine: true,
        total: counted.total + (openings.len() + closed.len()) as i64,
        answers,
        closed,
        openings,
        ..counted
    })
}

/// "38 đề xuất không tiếp nhận, 2 đề xuất chuyển cơ quan khác"
fn proposals(refusals: i64, forwards: i64) -> String {
    let counted = [
        (refusals, "đề xuất không tiếp nhận"),
        (forwards, "đề xuất chuyển cơ quan khác"),
    ];
    let told = counted.iter().filter(|(count, _)| *count > 0);
    let told: Vec<_> = told
        .map(|(count, what)| format!("{} {what}", thousands(*count)))
        .collect();
    told.join(", ")
}

/// The answers with the nearest deadlines.
async fn first_answers(
    tx: &mut PgConnection,
    vault: &Vault,
    calendar: &Calendar,
    today: Date,
) -> Result<Vec<Decision>, AppError> {
    let rows = sqlx::query!(
        r#"select c.case_id as "case: CaseId", c.number, c.due_on,
            coalesce(u.short_name, u.name) as "unit?",
            s.display_name as "handler?"
        from feedback_case c
            left join unit u on u.unit_id = c.assigned_unit_id
            left join staff s on s.staff_id = c.handler_id
        where c.status = 'cho_phe_duyet' order by c.due_on nulls last, c.case_id limit $1"#,
        SHOWN
    )
    .fetch_all(&mut *tx)
    .await?;
    let asked = rows
        .iter()
        .flat_map(|row| [BodyField::Original, BodyField::Reply].map(|field| (row.case, field)));
    let asked: Vec<_> = asked.collect();
    // a case without its key has no words left, and a text that does not open is left out
    let texts = texts_of_many(tx, vault, &asked).await?;
    let decisions = rows.into_iter().map(|row| {
        let (matter, answer) = words(&texts, row.case);
        let who: Vec<String> = row.unit.into_iter().chain(row.handler).collect();
        let due = row.due_on;
        Decision {
            href: routes::CASE.with(&row.number),
            matter: matter.unwrap_or_else(|| row.number.clone()),
            number: row.number,
            answer: gist(&answer),
            who: who.join(" · "),
            due: due.map(|due_on| Due::running(calendar, due_on, today)),
        }
    });
    Ok(decisions.collect())
}

/// What a case is about, and its draft answer; "" if there is none to read.
fn words(texts: &[(CaseId, Bodies)], case: CaseId) -> (Option<String>, String) {
    let of_case = || texts.iter().filter(|(of, _)| *of == case);
    let contents = of_case().filter_map(|(_, bodies)| bodies.content().ok().flatten());
    let matter = contents.map(|content| content.matter()).next();
    let replies = of_case().filter_map(|(_, bodies)| bodies.get(BodyField::Reply));
    (
        matter.filter(|matter| !matter.is_empty()),
        replies.map(str::to_owned).next().unwrap_or_default(),
    )
}

/// Characters of an answer that are shown.
const GIST: usize = 130;

/// The first lines of an answer that say something: between the opening formula and the thanks, cut
/// at a word.
fn gist(answer: &str) -> String {
    let after = answer.split_once("như sau:").map(|(_, after)| after);
    let answer = after.unwrap_or(answer);
    let before_thanks = answer.split_once("Sở cảm ơn").map(|(before, _)| before);
    let lines = before_thanks.unwrap_or(answer).lines().map(str::trim);
    let told = lines.filter(|line| !line.is_empty() && !line.starts_with("Kính gửi"));
    let told = told.collect::<Vec<_>>().join(" ");
    if told.chars().count() <= GIST {
        return told;
    }
    let cut: String = told.chars().take(GIST).collect();
    let whole = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches([',', '.', ';', ':']))
}

/// Most cases of a closed circle that are named.
const CLOSED: i64 = 5;

/// Number and address of the cases with a sign of denunciation that no unit has yet: nobody but a
/// leader sees them, so nobody else moves them on.
async fn closed(tx: &mut PgConnection) -> Result<Vec<(String, String)>, AppError> {
    let numbers = sqlx::query_scalar!(
        "select number from feedback_case
        where secrecy = 'to_cao' and status in ('cho_tiep_nhan', 'da_tiep_nhan', 'da_phan_loai')
        order by received_on, case_id limit $1",
        CLOSED
    )
    .fetch_all(tx)
    .await?;
    let with_address = |number: String| {
        let href = routes::CASE.with(&number);
        (number, href)
    };
    Ok(numbers.into_iter().map(with_address).collect())
}

/// Number and address of each request to open a name that this person can decide: not their own, and
/// not in a matter they have a part in.
async fn openings(
    tx: &mut PgConnection,
    leader: &Authority,
) -> Result<Vec<(String, String)>, AppError> {
    let staff = leader.staff();
    if !staff.may(Permission::ApproveIdentity) {
        return Ok(Vec::new());
    }
    let numbers = sqlx::query_scalar!(
        "select c.number from identity_opening o join feedback_case c using (case_id)
        where o.approved_at is null and o.refused_at is null and o.requested_by <> $1
            and stands_apart($1, o.case_id)
        order by o.requested_at",
        staff.staff_id as StaffId,
    )
    .fetch_all(tx)
    .await?;
    let with_address = |number: String| {
        let href = routes::OPENING.with(&number);
        (number, href)
    };
    Ok(numbers.into_iter().map(with_address).collect())
}

#[cfg(test)]
mod tests {
    use super::{gist, proposals};

    #[test]
    fn the_first_lines_are_those_that_say_something() {
        let answer = "Kính gửi Ông/Bà,\nQua kiểm tra, Sở xin trả lời như sau:\n1. Hồ sơ chậm do \
                      thiếu phiếu.\n\n2. Sở xin lỗi.\nSở cảm ơn Ông/Bà.";
        assert_eq!(gist(answer), "1. Hồ sơ chậm do thiếu phiếu. 2. Sở xin lỗi.");
        assert_eq!(gist("Kính gửi Ông/Bà,\nSở xin lỗi."), "Sở xin lỗi.");
        assert_eq!(gist(""), "");
        let long = gist(&"hẹn lại ".repeat(60));
        assert!(long.ends_with("hẹn…") || long.ends_with("lại…"), "{long}");
        assert!(long.chars().count() <= 131);
    }

    #[test]
    fn proposals_are_told_as_they_are() {
        assert_eq!(proposals(0, 0), "");
        assert_eq!(
            proposals(38, 2),
            "38 đề xuất không tiếp nhận, 2 đề xuất chuyển cơ quan khác"
        );
    }
}
