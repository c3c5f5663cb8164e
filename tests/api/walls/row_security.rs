//! Whom row security shows what: the same as the code, and to nobody their own matter.

use super::{ME, every_kind_of_case, found, shown, unit_id};
use crate::support::TestApp;
use lang_nghe::platform::database::{Reader, Scope};
use time::macros::date;
use uuid::Uuid;

/// Scopes of every form, also those that no role leads to.
async fn scopes(app: &TestApp) -> Vec<(&'static str, Scope)> {
    let all = |reader: Option<Reader>, denunciations| Scope::All {
        reader,
        denunciations,
        original: true,
    };
    let of = |unit, denunciations| Scope::Unit {
        staff: ME,
        unit,
        denunciations,
        original: denunciations,
    };
    let mut scopes = vec![
        ("nobody", Scope::Nothing),
        ("keys are renewed", all(None, true)),
        (
            "hotline",
            Scope::Own {
                staff: ME,
                since: date!(2026 - 11 - 16),
            },
        ),
    ];
    for code in ["vp-so", "cn-ninh-kieu", "p-dat-dai"] {
        let unit = Some(unit_id(app, code).await);
        let reader = |leads| Reader {
            staff: ME,
            unit,
            leads,
        };
        scopes.push(("office", all(Some(reader(false)), false)));
        scopes.push(("leader", all(Some(reader(true)), true)));
    }
    scopes.push((
        "leader of no unit",
        all(
            Some(Reader {
                staff: ME,
                unit: None,
                leads: true,
            }),
            true,
        ),
    ));
    for code in ["vpdkdd", "cn-ninh-kieu"] {
        scopes.push(("unit", of(unit_id(app, code).await, false)));
    }
    scopes.push(("inspector", of(unit_id(app, "thanh-tra").await, true)));
    scopes
}

#[tokio::test]
async fn both_walls_stand_in_the_same_place() {
    let app = TestApp::start().await;
    every_kind_of_case(&app).await;
    for (who, scope) in scopes(&app).await {
        let (sql, code) = (found(&app, scope).await, shown(&app, scope).await);
        assert_eq!(sql, code, "{who}: {scope:?}");
        assert_eq!(sql.is_empty(), scope == Scope::Nothing, "{who}: {scope:?}");
    }
}

/// Which of the cases above a scope finds, by what they are.
async fn finds(app: &TestApp, scope: Scope, condition: &'static str) -> bool {
    let visible: Vec<Uuid> = found(app, scope)
        .await
        .into_iter()
        .map(Uuid::from_u128)
        .collect();
    let sql = format!(
        "select exists (select from feedback_case where case_id = any ($1) and {condition})"
    );
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
        .bind(visible)
        .fetch_one(app.owner.pool())
        .await
        .unwrap()
}

#[tokio::test]
async fn nobody_finds_their_own_matter() {
    let app = TestApp::start().await;
    every_kind_of_case(&app).await;
    let about = [
        (
            "vp-so",
            "concerned_unit_id = (select unit_id from unit where code = 'vp-so')",
        ),
        (
            "vpdkdd",
            "concerned_unit_id = (select unit_id from unit where code = 'vpdkdd')",
        ),
        (
            "cn-ninh-kieu",
            "concerned_unit_id = (select unit_id from unit where code = 'cn-ninh-kieu')",
        ),
    ];
    let finds_about = async |scope| {
        let mut found = Vec::new();
        for (code, condition) in about {
            if finds(&app, scope, condition).await {
                found.push(code);
            }
        }
        found
    };
    let of = async |code, leads| Scope::All {
        reader: Some(Reader {
            staff: ME,
            unit: Some(unit_id(&app, code).await),
            leads,
        }),
        denunciations: leads,
        original: true,
    };
    assert_eq!(
        finds_about(of("vp-so", false).await).await,
        ["vpdkdd", "cn-ninh-kieu"],
        "the office"
    );
    assert_eq!(
        finds_about(of("vp-so", true).await).await,
        ["vp-so", "vpdkdd", "cn-ninh-kieu"],
        "a leader, who sits there"
    );
    assert_eq!(
        finds_about(of("cn-ninh-kieu", true).await).await,
        ["vp-so"],
        "a leader who heads a branch"
    );
    let branch = Scope::Unit {
        staff: ME,
        unit: unit_id(&app, "cn-ninh-kieu").await,
        denunciations: false,
        original: false,
    };
    let conduct =
        "kind = 'hanh_vi' and concerned_unit_id = (select unit_id from unit where code = 'vpdkdd')";
    let late =
        "kind = 'tre_hen' and concerned_unit_id = (select unit_id from unit where code = 'vpdkdd')";
    assert!(
        !finds(&app, branch, conduct).await,
        "nor the conduct of the unit above"
    );
    assert!(
        finds(&app, branch, late).await,
        "a late dossier may stay where it belongs"
    );
    for (who, scope) in scopes(&app).await {
        let machine = who == "keys are renewed";
        let mine = "recused <> '{}'";
        assert_eq!(
            finds(&app, scope, mine).await,
            machine,
            "{who}: named in it"
        );
    }
}
