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

/// Fields with which an action succeeds; `who` makes the words their own, so that nobody's are taken for another's.
fn fields(action: Action, who: Role) -> Vec<(&'static str, String)> {
    let words = |name, text: &str| vec![(name, format!("{text} ({})", who.code()))];
    let codes = |pairs: &[(&'static str, &str)]| {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect()
    };
    match action {
        Action::Triage => codes(&[
            ("kind", "hanh_vi"),
            ("reasons[]", "HV_PHIEN_HA"),
            ("extract", "Gây phiền hà."),
            ("unit", "6"),
        ]),
        Action::ProposeConclusion => words("result", "Đã làm việc với quầy số 3."),
        Action::Classify => codes(&[("kind", "hanh_vi"), ("reasons[]", "HV_CHAM_TRE")]),
        Action::WriteExtract => words("extract", "Chậm trả kết quả."),
        Action::ExtractReopening => words("reopening", "Chưa nhận được kết quả."),
        // the land registration office, above the branch concerned
        Action::Assign => codes(&[("unit", "6")]),
        Action::SendBack => words("back_reason", "Không thuộc thẩm quyền."),
        Action::Conclude => codes(&[("finding", "dung"), ("measures", "Nhắc nhở.")]),
        Action::SubmitForApproval => words("reply", "Kính gửi Ông/Bà."),
        Action::ReturnDraft => words("comment", "Nêu rõ hơn."),
        Action::RequestInfo => words("missing", "Ngày xảy ra vụ việc."),
        Action::Note => words("note", "Ghi nhớ."),
        Action::Message => words("message", "Sở đã nhận được."),
        Action::ProposeRefusal => codes(&[
            ("refusal_reason", "KHONG_RO_NOI_DUNG"),
            ("refusal_text", "Ông/Bà có thể gửi lại."),
        ]),
        Action::ProposeForward => codes(&[("external_body", "1"), ("forward_text", "")]),
        Action::RejectProposal => words("rejection", "Chưa đủ lý do."),
        Action::ApproveForward => codes(&[
            ("document_number", "12/SNNMT-VP"),
            ("document_date", "2026-11-20"),
        ]),
        Action::Redirect => codes(&[("procedure", "khieu_nai"), ("guidance", "")]),
        _ => Vec::new(),
    }
}

/// The address under which the server functions of a case's page are mounted.
const CASE_COMMANDS: &str = "/api/quan-tri/ho-so/";

/// A status in which the action is allowed, if there is one.
fn before(action: Action) -> (&'static str, Option<&'static str>) {
    match action {
        Action::Receive | Action::Triage | Action::Message | Action::Note => {
            ("cho_tiep_nhan", None)
        }
        Action::Assign => ("da_phan_loai", None),
        Action::SendBack | Action::StartVerifying | Action::Remind => ("da_chuyen_xu_ly", None),
        Action::Conclude | Action::ProposeConclusion => ("dang_xac_minh", None),
        Action::SubmitForApproval => ("dang_xu_ly", None),
        Action::ExtractReopening => ("dang_xu_ly", None),
        Action::ReturnDraft | Action::Answer => ("cho_phe_duyet", None),
        Action::Close | Action::Call | Action::SendLetter => ("da_tra_loi", None),
        Action::ApproveRefusal | Action::RejectProposal => ("da_tiep_nhan", Some("tu_choi")),
        Action::ApproveForward => ("da_tiep_nhan", Some("chuyen_co_quan")),
        _ => ("da_tiep_nhan", None),
    }
}

/// Puts the case where the action is allowed, in the hands of `assigned`.
async fn place(app: &TestApp, number: &str, action: Action, assigned: Option<&str>) {
    let (status, proposal) = before(action);
    let reply_by = match action {
        Action::SendLetter => "thu",
        _ => "dien_thoai",
    };
    sqlx::query(
        "update feedback_case set status = $2, proposal = $3, proposed_by = null, supplement_asked = false, paused_on = null,
            reopened = true, reminded_on = null, kind = 'hanh_vi', finding = null, answered_on = null, closed_on = null,
            assigned_unit_id = (select unit_id from unit where code = $4), reply_owed = true, reply_by = $5
        where number = $1",
    )
    .bind(number)
    .bind(status)
    .bind(proposal)
    .bind(assigned)
    .bind(reply_by)
    .execute(app.owner.pool())
    .await
    .unwrap();
}

/// A case in whose past everything was proposed and rejected, an extract and a draft were written: nothing that an action
/// needs of its case is missing.
async fn seasoned(app: &TestApp) -> String {
    let (number, _) = support::submit(app).await;
    let office = app.sign_in("vanphong1").await;
    let (leader, head) = (app.sign_in("giamdoc").await, app.sign_in("gd-vpdkdd").await);
    for (who, action) in [
        (&office, Action::ProposeRefusal),
        (&leader, Action::RejectProposal),
        (&office, Action::ProposeForward),
        (&leader, Action::RejectProposal),
        (&office, Action::WriteExtract),
        (&head, Action::SubmitForApproval),
    ] {
        place(app, &number, action, Some("vpdkdd")).await;
        if action == Action::RejectProposal {
            sqlx::query("update feedback_case set proposed_by = (select staff_id from staff where username = 'vanphong1')")
                .execute(app.owner.pool())
                .await
                .unwrap();
        }
        assert_eq!(
            call(app, who, action, &number, Role::Office).await,
            DONE,
            "{action:?}"
        );
    }
    number
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

/// Led on to the next page: the action was done.
const DONE: u16 = 303;

/// Takes the action from the newest page.
async fn call(app: &TestApp, who: &Client, action: Action, number: &str, role: Role) -> u16 {
    let seen: i64 = sqlx::query_scalar("select coalesce(max(event_id), 0) from case_event")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    let seen = seen.to_string();
    let fields = fields(action, role);
    let typed = fields.iter().map(|(name, value)| (*name, value.as_str()));
    let all: Vec<_> = [("seen", seen.as_str())].into_iter().chain(typed).collect();
    let there = support::case_command(number, action.code());
    who.post_form(&there, &all).await.status()
}

/// Everybody tries everything: who has the right and sees the case does it; nobody else changes anything.
async fn try_all(
    app: &TestApp,
    number: &str,
    (assigned, secrecy): (Option<&str>, &str),
    sees: impl Fn(Role) -> bool,
) {
    for (role, client) in everybody(app).await {
        for action in of_staff() {
            // an action may have changed who sees it
            sqlx::query("update feedback_case set secrecy = $1")
                .bind(secrecy)
                .execute(app.owner.pool())
                .await
                .unwrap();
            place(app, number, action, assigned).await;
            if action == Action::Undo {
                just_done(app, number, role).await;
            }
            let before = picture(app, number).await;
            let entitled = action.permission().is_some_and(|right| role.grants(right));
            let expected = match (entitled, sees(role)) {
                (true, true) => DONE,
                (true, false) => 404,
                (false, _) => 403,
            };
            let answer = call(app, &client, action, number, role).await;
            assert_eq!(answer, expected, "{role:?} {action:?}");
            let changed = picture(app, number).await != before;
            assert_eq!(changed, answer == DONE, "{role:?} {action:?}");
        }
    }
}

/// The newest event is a step of this person's that can be taken back.
async fn just_done(app: &TestApp, number: &str, role: Role) {
    sqlx::query(
        "update feedback_case c set last_step = jsonb_build_object('viec', 'tiep_nhan', 'nguoi', s.staff_id, 'luc', $3::bigint,
            'su_kien', (select max(event_id) from case_event e where e.case_id = c.case_id), 'truoc', to_jsonb(c) - 'last_step')
        from staff s where c.number = $1 and s.username = $2",
    )
    .bind(number)
    .bind(username(role))
    .bind(app.state.clock.now().unix_timestamp())
    .execute(app.owner.pool())
    .await
    .unwrap();
}

fn username(role: Role) -> String {
    format!("thu-{}", role.code().replace('_', "-"))
}

/// The unit of everybody below: beside the one concerned, under the same office.
const UNIT: &str = "cn-thot-not";

/// Everybody, one person for each role, all of one unit.
async fn everybody(app: &TestApp) -> Vec<(Role, Client)> {
    let mut people = Vec::new();
    for role in Role::ALL {
        let username = username(role);
        app.add_staff(&username, &[role], UNIT).await;
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
async fn what_a_role_gives_is_done_and_what_it_does_not_give_or_see_changes_nothing() {
    let app = TestApp::start().await;
    let number = seasoned(&app).await;
    let sees = |role: Role| role.grants(Permission::SeeAllCases);
    try_all(&app, &number, (None, "giu_bi_mat"), sees).await;
}

#[tokio::test]
async fn the_people_of_the_assigned_unit_do_what_their_role_gives() {
    let app = TestApp::start().await;
    let number = seasoned(&app).await;
    let sees =
        |role: Role| role.grants(Permission::SeeAllCases) || role.grants(Permission::SeeUnitCases);
    try_all(&app, &number, (Some(UNIT), "giu_bi_mat"), sees).await;
}

#[tokio::test]
async fn a_denunciation_is_not_there_for_who_may_not_see_one() {
    let app = TestApp::start().await;
    let number = seasoned(&app).await;
    sqlx::query("update feedback_case set secrecy = 'to_cao'")
        .execute(app.owner.pool())
        .await
        .unwrap();
    let page = format!("/quan-tri/ho-so/{number}");
    place(&app, &number, Action::Note, Some(UNIT)).await;
    let sees = |role: Role| role.grants(Permission::SeeDenunciations);
    for username in [
        "giamdoc",
        "thanhtra1",
        "vanphong1",
        "chanhvp",
        "gd-vpdkdd",
        "tongdai1",
    ] {
        let client = app.sign_in(username).await;
        let may = username == "giamdoc";
        assert_eq!(client.get(&page).await.status() == 200, may, "{username}");
        let asked = client.query("/api/case-page", &[("number", &number)]).await;
        assert_eq!(asked.status() == 200, may, "{username}");
    }
    try_all(&app, &number, (Some(UNIT), "to_cao"), sees).await;
}

#[tokio::test]
async fn without_a_session_no_function_of_the_console_answers() {
    let app = TestApp::start().await;
    let (number, _) = support::submit(&app).await;
    let before = picture(&app, &number).await;
    let stranger = app.client();
    for action in of_staff() {
        let there = support::case_command(&number, action.code());
        let answer = stranger.call(&there, &[("seen", "0")]).await;
        assert_eq!(answer.status(), 401, "{action:?}");
    }
    let nobody = uuid::Uuid::nil().to_string();
    let account = |command: &str| format!("/quan-tri/tai-khoan?viec={command}");
    let people = |command: &str| format!("/quan-tri/nguoi-dung?viec={command}");
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
        (people("khoa"), vec![("staff", nobody.as_str())]),
        (people("mo_lai"), vec![("staff", nobody.as_str())]),
        (people("cap_lai"), vec![("staff", nobody.as_str())]),
        (people("doi_quyen"), vec![("staff", nobody.as_str())]),
        (people("tao"), vec![("username", "ai-do")]),
        (people("rut"), vec![("request", nobody.as_str())]),
        (people("xac_nhan"), vec![("request", nobody.as_str())]),
        (people("tu_choi"), vec![("request", nobody.as_str())]),
        (
            "/quan-tri/ma-xac-thuc?viec=ma".to_owned(),
            vec![("secret_code", "123456")],
        ),
        (
            "/quan-tri/ma-xac-thuc?viec=bat".to_owned(),
            vec![("secret_code", "123456")],
        ),
        ("/quan-tri/ma-xac-thuc?viec=ma_du_phong".to_owned(), vec![]),
        ("/quan-tri/ma-xac-thuc?viec=tat".to_owned(), vec![]),
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
        ("/api/staff-page", vec![]),
        ("/api/person-page", vec![("username", "vanphong1")]),
        ("/api/audit-page", vec![]),
        ("/api/form-choices", vec![("entry", "true")]),
    ] {
        assert_eq!(stranger.query(path, &fields).await.status(), 401, "{path}");
    }
    assert_eq!(picture(&app, &number).await, before);
}
