//! The whole matrix of roles and actions over HTTP: what a role's rights or its sight of a case do not give changes nothing.

use crate::support;
use crate::support::Client;
use crate::support::TestApp;
use lang_nghe::{
    case::Action,
    rights::{Permission, Role},
};
use leptos::server_fn::axum::server_fn_paths;

/// Every action but those that only a submitter takes.
fn of_staff() -> impl Iterator<Item = Action> {
    let all = Action::ALL.iter().copied();
    all.filter(|action| action.permission().is_some())
}

/// Fields with which an action would succeed.
fn fields(action: Action) -> &'static [(&'static str, &'static str)] {
    match action {
        Action::Classify => &[("kind", "hanh_vi"), ("reasons[]", "HV_CHAM_TRE")],
        Action::WriteExtract => &[("extract", "Chậm trả kết quả.")],
        Action::Assign => &[("unit", "6"), ("handler", "")],
        Action::SendBack => &[("back_reason", "Không thuộc thẩm quyền.")],
        Action::Conclude => &[("finding", "dung"), ("measures", "Nhắc nhở.")],
        Action::SubmitForApproval => &[("reply", "Kính gửi Ông/Bà.")],
        Action::ReturnDraft => &[("comment", "Nêu rõ hơn.")],
        Action::RequestInfo => &[("missing", "Ngày xảy ra vụ việc.")],
        Action::Note => &[("note", "Ghi nhớ.")],
        Action::Message => &[("message", "Sở đã nhận được.")],
        Action::ProposeRefusal => &[
            ("refusal_reason", "KHONG_RO_NOI_DUNG"),
            ("refusal_text", "Ông/Bà có thể gửi lại."),
        ],
        Action::ProposeForward => &[("external_body", "1"), ("forward_text", "")],
        Action::RejectProposal => &[("rejection", "Chưa đủ lý do.")],
        Action::Redirect => &[("procedure", "khieu_nai"), ("guidance", "")],
        _ => &[],
    }
}

/// The address under which the server functions of a case's page are mounted.
const CASE_COMMANDS: &str = "/api/quan-tri/ho-so/";

/// A status in which the action is allowed, if there is one.
fn before(action: Action) -> (&'static str, Option<&'static str>) {
    match action {
        Action::Receive | Action::Message | Action::Note => ("cho_tiep_nhan", None),
        Action::Assign => ("da_phan_loai", None),
        Action::SendBack | Action::StartVerifying => ("da_chuyen_xu_ly", None),
        Action::Conclude => ("dang_xac_minh", None),
        Action::SubmitForApproval => ("dang_xu_ly", None),
        Action::ReturnDraft | Action::Answer => ("cho_phe_duyet", None),
        Action::Close => ("da_tra_loi", None),
        Action::ApproveRefusal | Action::RejectProposal => ("da_tiep_nhan", Some("tu_choi")),
        Action::ApproveForward => ("da_tiep_nhan", Some("chuyen_co_quan")),
        _ => ("da_tiep_nhan", None),
    }
}

async fn place(app: &TestApp, number: &str, action: Action) {
    let (status, proposal) = before(action);
    sqlx::query("update feedback_case set status = $2, proposal = $3 where number = $1")
        .bind(number)
        .bind(status)
        .bind(proposal)
        .execute(app.owner.pool())
        .await
        .unwrap();
}

/// Everything that could have changed of a case.
async fn picture(app: &TestApp, number: &str) -> String {
    sqlx::query_scalar(
        "select row_to_json(c)::text || (select count(*) from case_event e where e.case_id = c.case_id)::text
            || (select count(*) from case_message m where m.case_id = c.case_id)::text
            || (select coalesce(string_agg(b.field || md5(b.sealed), ',' order by b.field), '') from case_body b where b.case_id = c.case_id)
        from feedback_case c where number = $1",
    )
    .bind(number)
    .fetch_one(app.owner.pool())
    .await
    .unwrap()
}

/// Calls the action as the script of the page does.
async fn call(who: &Client, action: Action, number: &str) -> u16 {
    let mut all = vec![("seen", "0")];
    all.extend_from_slice(fields(action));
    who.call(&support::case_command(number, action.code()), &all)
        .await
        .status()
}

/// Everybody, one person for each role, all of a unit that has nothing to do with the case.
async fn everybody(app: &TestApp) -> Vec<(Role, Client)> {
    let mut people = Vec::new();
    for role in Role::ALL {
        let username = format!("thu-{}", role.code().replace('_', "-"));
        app.add_staff(&username, &[role], "cn-thot-not").await;
        people.push((role, app.sign_in(&username).await));
    }
    people
}

#[test]
fn every_action_of_staff_is_in_the_matrix() {
    let paths: Vec<&str> = server_fn_paths()
        .map(|(path, _)| path)
        .filter(|path| {
            path.starts_with(CASE_COMMANDS) && !path[CASE_COMMANDS.len()..].contains('/')
        })
        .collect();
    for action in of_staff() {
        let path = format!("{CASE_COMMANDS}{}", action.code());
        assert!(paths.contains(&path.as_str()), "{action:?}");
    }
    assert_eq!(
        paths.len(),
        of_staff().count(),
        "the page of a case has its actions and nothing else: {paths:?}"
    );
}

#[tokio::test]
async fn what_a_role_does_not_give_is_forbidden_and_what_it_does_not_see_is_not_there() {
    let app = TestApp::start().await;
    let (number, _) = support::submit(&app).await;
    let mut done = 0;
    for (role, client) in everybody(&app).await {
        for action in of_staff() {
            let entitled = action.permission().is_some_and(|right| role.grants(right));
            let sees = role.grants(Permission::SeeAllCases);
            place(&app, &number, action).await;
            let before = picture(&app, &number).await;
            let answer = call(&client, action, &number).await;
            if entitled && sees {
                assert!(
                    ![401, 403, 404, 500, 503].contains(&answer),
                    "{role:?} {action:?}: {answer}"
                );
                done += u32::from(answer < 400);
                continue;
            }
            assert_eq!(
                answer,
                if entitled { 404 } else { 403 },
                "{role:?} {action:?}"
            );
            assert_eq!(picture(&app, &number).await, before, "{role:?} {action:?}");
        }
    }
    assert!(done >= 15, "those who may, do: {done}");
}

#[tokio::test]
async fn a_denunciation_is_not_there_for_who_may_not_see_one() {
    let app = TestApp::start().await;
    let (number, _) = support::submit(&app).await;
    sqlx::query("update feedback_case set secrecy = 'to_cao', assigned_unit_id = (select unit_id from unit where code = 'cn-thot-not')")
        .execute(app.owner.pool())
        .await
        .unwrap();
    let page = format!("/quan-tri/ho-so/{number}");
    for (role, client) in everybody(&app).await {
        let sees = role.grants(Permission::SeeDenunciations);
        assert_eq!(client.get(&page).await.status() == 200, sees, "{role:?}");
        assert_eq!(
            client
                .query("/api/case-page", &[("number", &number)])
                .await
                .status()
                == 200,
            sees,
            "{role:?}"
        );
        for action in of_staff().filter(|_| !sees) {
            place(&app, &number, action).await;
            let before = picture(&app, &number).await;
            let entitled = action.permission().is_some_and(|right| role.grants(right));
            assert_eq!(
                call(&client, action, &number).await,
                if entitled { 404 } else { 403 },
                "{role:?} {action:?}"
            );
            assert_eq!(picture(&app, &number).await, before, "{role:?} {action:?}");
        }
    }
}

#[tokio::test]
async fn without_a_session_no_function_of_the_console_answers() {
    let app = TestApp::start().await;
    let (number, _) = support::submit(&app).await;
    let before = picture(&app, &number).await;
    let stranger = app.client();
    for action in of_staff() {
        assert_eq!(call(&stranger, action, &number).await, 401, "{action:?}");
    }
    let nobody = uuid::Uuid::nil().to_string();
    let account = |command: &str| format!("/quan-tri/tai-khoan?viec={command}");
    for (path, fields) in [
        (
            support::opening_command(&number, "de_nghi"),
            vec![("reason", "Cần gọi lại cho người phản ánh để hỏi thêm")],
        ),
        (
            support::opening_command(&number, "quyet_dinh"),
            vec![("opening", nobody.as_str()), ("decision", "duyet")],
        ),
        (support::opening_command(&number, "xem"), vec![]),
        (account("khoa"), vec![("staff", nobody.as_str())]),
        (account("mo_lai"), vec![("staff", nobody.as_str())]),
        (account("tao"), vec![("username", "ai-do")]),
        (
            account("doi_mat_khau"),
            vec![("secret_new_password", "mot-mat-khau-rat-dai-2026")],
        ),
    ] {
        assert_eq!(stranger.call(&path, &fields).await.status(), 401, "{path}");
    }
    for (path, fields) in [
        ("/api/case-page", vec![("number", number.as_str())]),
        ("/api/casework-inbox", vec![("query", "")]),
        ("/api/opening-page", vec![("number", number.as_str())]),
        ("/api/leadership-figures", vec![("period", "thang-nay")]),
        ("/api/account-page", vec![]),
        ("/api/form-choices", vec![("entry", "true")]),
    ] {
        assert_eq!(stranger.query(path, &fields).await.status(), 401, "{path}");
    }
    assert_eq!(picture(&app, &number).await, before);
}
