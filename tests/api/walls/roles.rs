//! Whom every pair of roles shows what, by what the law says (`docs/law.md#conflict-of-interest`)
//! and not by what the program computes from the roles.

use super::{ME, every_kind_of_case, found, shown, unit_id};
use crate::support::{START, TestApp};
use lang_nghe::{
    accounts::ssr::{authority::Authority, session::CurrentStaff},
    case::UnitId,
    platform::database::Scope,
    rights::{Permission, Role},
};
use std::collections::BTreeSet;
use time::{Date, macros::date};
use uuid::Uuid;

/// A unit with those whose matters are its own: itself and those above it.
const LINES: [(&str, &[&str]); 4] = [
    ("vp-so", &["vp-so"]),
    ("thanh-tra", &["thanh-tra"]),
    ("vpdkdd", &["vpdkdd"]),
    ("cn-ninh-kieu", &["cn-ninh-kieu", "vpdkdd"]),
];

/// The first day that the hotline and the counters still see at [`START`].
const WEEK: Date = date!(2026 - 11 - 16);

/// What decides who may know of a case.
#[derive(sqlx::FromRow)]
struct Facts {
    case_id: Uuid,
    kind: String,
    secrecy: String,
    assigned: Option<String>,
    concerned: Option<String>,
    recused: bool,
    mine: bool,
    received_on: Date,
}

async fn facts(app: &TestApp) -> Vec<Facts> {
    let facts = sqlx::query_as(
        "select case_id, f.kind, secrecy, a.code as assigned, c.code as concerned,
            recused <> '{}' as recused, created_by is not null as mine, received_on
        from feedback_case f left join unit a on a.unit_id = assigned_unit_id
            left join unit c on c.unit_id = concerned_unit_id",
    );
    facts.fetch_all(app.owner.pool()).await.unwrap()
}

/// Whether somebody of the unit with these roles is to see the case.
fn is_theirs(case: &Facts, roles: &[Role], unit: &str, line: &[&str]) -> bool {
    let holds = |some: &[Role]| roles.iter().any(|role| some.contains(role));
    let concerned = case.concerned.as_deref();
    let about_them = concerned.is_some_and(|concerned| line.contains(&concerned));
    let denounces = case.secrecy == "to_cao";
    let reads_denunciations = holds(&[Role::Leader, Role::Inspector]);
    let judged = denounces || case.kind == "hanh_vi";
    if case.recused || denounces && !reads_denunciations {
        false
    } else if holds(&[Role::Office, Role::OfficeHead, Role::Leader]) {
        // those who lead the department sit with its office and are not of it
        !about_them || holds(&[Role::Leader]) && concerned == Some("vp-so")
    } else if holds(&[Role::Inspector, Role::UnitHead, Role::Handler]) {
        case.assigned.as_deref() == Some(unit) && !(judged && about_them)
    } else {
        let enters = holds(&[Role::Hotline, Role::OneStop, Role::Reception]);
        enters && case.mine && case.received_on >= WEEK
    }
}

/// Every one or two roles that one person may hold.
fn permitted() -> Vec<Vec<Role>> {
    let pairs = Role::ALL.into_iter().flat_map(|one| {
        Role::ALL.into_iter().filter_map(move |other| match other {
            other if other == one => Some(vec![one]),
            other if other > one => Some(vec![one, other]),
            _ => None,
        })
    });
    let permitted = pairs.filter(|roles| Role::incompatible(roles).is_none());
    permitted.collect()
}

fn scope(roles: &[Role], unit: UnitId) -> Scope {
    let staff = CurrentStaff {
        staff_id: ME,
        unit: Some(unit),
        display_name: "Tôi".to_owned(),
        roles: roles.to_vec(),
        authenticated_at: START,
        read_at: START,
    };
    let right = Permission::ALL.into_iter().find(|right| staff.may(*right));
    Authority::of(staff, right.unwrap()).unwrap().scope()
}

#[tokio::test]
async fn every_pair_of_roles_sees_what_the_law_leaves_to_it_and_never_its_own_matter() {
    let app = TestApp::start().await;
    every_kind_of_case(&app).await;
    let facts = facts(&app).await;
    assert!(permitted().len() > 60);
    for (code, line) in LINES {
        let unit = unit_id(&app, code).await;
        for roles in permitted() {
            let scope = scope(&roles, unit);
            let theirs = facts
                .iter()
                .filter(|case| is_theirs(case, &roles, code, line));
            let theirs: BTreeSet<u128> = theirs.map(|case| case.case_id.as_u128()).collect();
            let whose = format!("{roles:?} of {code}");
            assert!(found(&app, scope).await == theirs, "row security: {whose}");
            assert!(shown(&app, scope).await == theirs, "the code: {whose}");
        }
    }
}

/// Who asks for a name is judged in the database alone, which knows the role by its code.
#[tokio::test]
async fn of_the_office_only_who_leads_the_department_may_ask_for_a_name_in_its_own_matter() {
    let app = TestApp::start().await;
    every_kind_of_case(&app).await;
    for role in Role::ALL {
        let staff = app.add_staff(role.code(), &[role], "vp-so").await;
        let apart: bool = sqlx::query_scalar(
            "select stands_apart($1, case_id) from feedback_case c
            join unit u on u.unit_id = c.concerned_unit_id
            where u.code = 'vp-so' and recused = '{}' limit 1",
        )
        .bind(staff)
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
        assert_eq!(apart, role.leads(), "{role:?}");
    }
}
