//! The canary: strings planted in every private field are found nowhere outside, and by nobody who
//! may not read them.

mod canaries;
mod process;
mod search;

use crate::support::{self, PASSWORD, TestApp, log::Log};
use canaries::{
    AUTHOR, CALL, CALLER, CONTENT, IDENTITY, INSIDE, OPEN, OPENING, REFUSAL, WORDS, handle,
    plant_call, plant_online, refuse, stumble, write_along,
};
use lang_nghe::{
    case::CaseId,
    platform::{telemetry::metrics, vault::SealedIdentity},
};
use search::{dump, files_of, found, found_in, told};

#[tokio::test]
async fn what_is_private_lies_open_nowhere() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    let app = TestApp::start().await;
    let first: String = sqlx::query_scalar("select pg_walfile_name(pg_current_wal_insert_lsn())")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    let quiet = tracing::subscriber::set_default(subscriber);
    tracing::info!("{OPEN}");
    let (number, code) = plant_online(&app).await;
    let call = plant_call(&app).await;
    write_along(&app, &code).await;
    handle(&app, &number).await;
    refuse(&app, &call).await;
    stumble(&app).await;
    app.run_jobs().await;
    drop(quiet);
    sqlx::query("update staff set display_name = $1 where username = 'vanphong1'")
        .bind(OPEN)
        .execute(app.owner.pool())
        .await
        .unwrap();
    sqlx::raw_sql("checkpoint; select pg_switch_wal()")
        .execute(app.owner.pool())
        .await
        .unwrap();

    let grouped = code
        .as_bytes()
        .chunks(4)
        .map(|group| String::from_utf8_lossy(group).into_owned())
        .collect::<Vec<_>>()
        .join(" ");
    let mut secrets = vec![
        AUTHOR,
        CONTENT,
        OPENING,
        REFUSAL,
        PASSWORD,
        "canary-khoa-bieu-mau",
        code.as_str(),
        grouped.as_str(),
    ];
    secrets.extend(
        IDENTITY
            .iter()
            .chain(&WORDS)
            .chain(&INSIDE)
            .chain(&CALL)
            .chain(&CALLER),
    );
    let none: Vec<&str> = Vec::new();
    let (cluster, server_log) = support::cluster().await;

    let dumped = dump(&app.owner_options(), &cluster);
    assert_eq!(
        found(&dumped, &[OPEN]),
        [OPEN],
        "the search finds what is there"
    );
    assert_eq!(found(&dumped, &secrets), none, "in the dump");

    let (tables, writes) = files_of(&app, &cluster, &first).await;
    for (files, what) in [(tables, "the tables' files"), (writes, "the log of writes")] {
        assert_eq!(
            found_in(&files, &[OPEN]),
            [OPEN],
            "the search finds what is there in {what}"
        );
        assert_eq!(found_in(&files, &secrets), none, "in {what}");
    }
    assert_eq!(
        found_in(&[server_log], &secrets),
        none,
        "in the server's log"
    );

    let kept = support::files_below(&app.config().data_dir);
    assert!(!kept.is_empty(), "the attachment is kept");
    assert_eq!(
        found(format!("{kept:?}").as_bytes(), &secrets),
        none,
        "in a file's name"
    );
    assert_eq!(found_in(&kept, &secrets), none, "in the kept files");

    let logged = log.bytes();
    assert_eq!(found(&logged, &[OPEN]), [OPEN]);
    assert_eq!(
        found(&logged, &secrets),
        none,
        "in what was logged, at the most talkative"
    );
    assert_eq!(
        found(metrics::page(&app.state.db).as_bytes(), &secrets),
        none,
        "in the metrics"
    );

    let (case, key_version, sealed): (uuid::Uuid, i16, Vec<u8>) =
        sqlx::query_as("select case_id, key_version, sealed from case_identity join feedback_case using (case_id) where number = $1")
            .bind(&number)
            .fetch_one(app.owner.pool())
            .await
            .unwrap();
    let opened = app
        .identity_key
        .open(
            CaseId(case.as_u128()),
            &SealedIdentity {
                key_version,
                bytes: sealed,
            },
        )
        .expect("its own key");
    assert_eq!(
        [&opened.name, &opened.address, &opened.phone, &opened.email],
        IDENTITY,
        "with its key it is there"
    );

    let mails = app.mails();
    assert!(
        mails.len() > 1,
        "an acknowledgement, and notices that were wished for"
    );
    for mail in mails {
        assert_eq!(mail.to, IDENTITY[3]);
        let read = format!("{} {}", mail.subject, mail.text);
        assert_eq!(found(read.as_bytes(), &secrets), none, "in a mail");
        assert_eq!(
            found(read.as_bytes(), &[&number, "PA26"]),
            none,
            "in a mail"
        );
    }
}

#[tokio::test]
async fn everybody_reads_what_they_may_and_nothing_else() {
    let app = TestApp::start().await;
    let (number, code) = plant_online(&app).await;
    let call = plant_call(&app).await;
    write_along(&app, &code).await;
    handle(&app, &number).await;
    refuse(&app, &call).await;
    let file: uuid::Uuid = sqlx::query_scalar("select attachment_id from attachment")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();

    let identities: Vec<&str> = IDENTITY.iter().chain(&CALLER).copied().collect();
    let original: Vec<&str> = WORDS.iter().chain(&CALL).copied().collect();
    let secrets: Vec<&str> = original
        .iter()
        .chain(&INSIDE)
        .copied()
        .chain([OPENING, REFUSAL, CONTENT, code.as_str()])
        .collect();
    let bucket: i32 = sqlx::query_scalar("select size_bucket from attachment")
        .fetch_one(app.owner.pool())
        .await
        .unwrap();
    assert_eq!(bucket, 65_536, "a row tells no exact length");
    let of_office = original.iter().chain(&INSIDE).copied();
    let of_leaders: Vec<&str> = of_office.clone().chain([OPENING, REFUSAL]).collect();
    let readers = ["vanphong1", "chanhvp", "giamdoc"];
    for (who, sees) in [
        (readers[0], of_office.chain([REFUSAL]).collect()),
        (readers[1], of_leaders.clone()),
        (readers[2], of_leaders),
        // the office's own note is not for the unit
        ("gd-vpdkdd", vec![INSIDE[0], INSIDE[2], INSIDE[3]]),
        ("cv-vpdkdd", vec![INSIDE[0], INSIDE[2], INSIDE[3]]),
        ("tongdai1", vec![CALL[0], CALL[1]]),
        ("motcua1", vec![]),
        ("thanhtra1", vec![]),
        ("truong-cn-nk", vec![]),
        ("kiemtoan", vec![]),
        ("quantri", vec![]),
    ] {
        let client = app.sign_in(who).await;
        let pages = told(&client, [&number, &call]).await;
        assert_eq!(found(&pages, &secrets), sees, "{who}");
        assert_eq!(
            found(&pages, &identities),
            Vec::<&str>::new(),
            "{who} reads who spoke"
        );
        let download = client.get(&format!("/quan-tri/tep/{file}")).await;
        assert!(found(&download.bytes, &[AUTHOR]).is_empty(), "{who}");
        assert_eq!(
            found(&download.bytes, &[CONTENT]).len(),
            usize::from(readers.contains(&who)),
            "{who}"
        );
    }
    let stranger = told(&app.client(), [&number, &call]).await;
    assert_eq!(found(&stranger, &secrets), Vec::<&str>::new());

    let visitor = app.client();
    visitor.post_form("/tra-cuu", &[("ma", &code)]).await;
    let page = visitor.get("/tra-cuu/ho-so").await;
    let theirs = [
        "canary-noi-dung",
        "canary-tin-nguoi-dan",
        "canary-tra-loi",
        "canary-tin-cua-so",
    ];
    assert_eq!(
        found(&page.bytes, &theirs),
        theirs,
        "the submitter reads their own words, the answer and the letters"
    );
    let inside = [
        INSIDE[0],
        INSIDE[1],
        INSIDE[2],
        OPENING,
        REFUSAL,
        CALL[0],
        code.as_str(),
    ];
    assert_eq!(found(&page.bytes, &inside), Vec::<&str>::new());
    assert_eq!(
        found(&page.bytes, &identities),
        Vec::<&str>::new(),
        "and not even who they are"
    );
}
