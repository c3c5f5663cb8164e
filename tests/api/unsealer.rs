//! The process that opens identities: the web process cannot do its work, and its keys are renewed
//! while others go on.

use crate::support::unsealing::{Scene, speaker};
use lang_nghe::{
    case::CaseId,
    platform::{
        clock::Clock,
        database::Db,
        vault::{WrappedKey, keys, unsealer},
    },
};
use uuid::Uuid;

#[tokio::test]
async fn the_web_process_can_neither_read_identities_nor_write_that_one_was_opened() {
    let mut scene = Scene::set().await;
    let opening = scene.opening("hoi", Some("duyet")).await;
    let web = Db::connect(scene.options.clone(), "app_web", 1)
        .await
        .unwrap();
    for forbidden in [
        "select sealed from case_identity",
        "update case_identity set sealed = sealed",
        "update identity_opening set opened_at = null",
        "delete from identity_opening",
        "delete from audit_log",
        "update audit_log set action = ''",
    ] {
        let error = sqlx::query(forbidden)
            .execute(web.pool())
            .await
            .unwrap_err();
        assert_eq!(
            error
                .as_database_error()
                .and_then(|e| e.code().map(|c| c.into_owned()))
                .as_deref(),
            Some("42501"),
            "{forbidden}"
        );
    }
    assert_eq!(scene.looks(opening, "hoi").await, Ok(speaker()));
}

#[tokio::test]
async fn a_second_unsealer_does_not_take_the_socket_and_nonsense_is_refused() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let scene = Scene::set().await;
    let db = Db::connect(scene.options.clone(), "app_unseal", 1)
        .await
        .unwrap();
    assert!(
        unsealer::serve(&scene.config, db, Clock::system(), std::future::pending())
            .await
            .is_err()
    );
    for question in ["", "\n", "{\"open\":1}\n", &"x".repeat(100_000)] {
        let mut stream = tokio::net::UnixStream::connect(scene.config.unsealer_socket())
            .await
            .unwrap();
        // the other side may close before it has read everything
        let _ = stream.write_all(question.as_bytes()).await;
        let _ = stream.shutdown().await;
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer).await;
        assert!(
            answer.is_empty() || answer.contains("yeu_cau_sai"),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn rotation_renews_every_key_while_old_processes_go_on() {
    let mut scene = Scene::set().await;
    for _ in 0..30 {
        scene.case_with_identity(true).await;
    }
    let db = Db::connect(scene.options.clone(), "app_web", 2)
        .await
        .unwrap();
    keys::run(keys::KeyCommand::Rotate, &scene.config, Some(db.clone()))
        .await
        .unwrap();
    let late = scene.case_with_identity(true).await;
    assert_eq!(
        rows_of(&mut scene, 1).await,
        (1, 1),
        "a process that has not heard of it still writes the old version"
    );
    for row in sqlx::query_as::<_, (Uuid, i16, Vec<u8>)>(
        "select case_id, kek_version, wrapped from case_key",
    )
    .fetch_all(&mut scene.owner)
    .await
    .unwrap()
    {
        let wrapped = WrappedKey {
            kek_version: row.1,
            bytes: row.2,
        };
        assert!(
            scene
                .vault
                .unwrap(CaseId(row.0.as_u128()), &wrapped)
                .is_ok()
        );
    }
    for case in [scene.case, late] {
        scene.case = case;
        let opening = scene.opening("hoi", Some("duyet")).await;
        assert_eq!(scene.looks(opening, "hoi").await, Ok(speaker()));
    }
    keys::run(keys::KeyCommand::Rotate, &scene.config, Some(db))
        .await
        .unwrap();
    assert_eq!(rows_of(&mut scene, 3).await, (32, 32), "the straggler too");
    let opening = scene.opening("hoi", Some("duyet")).await;
    assert_eq!(scene.looks(opening, "hoi").await, Ok(speaker()));
}

/// How many data keys and identities are of a version.
async fn rows_of(scene: &mut Scene, version: i16) -> (i64, i64) {
    sqlx::query_as(
        "select (select count(*) from case_key where kek_version = $1), (select count(*) from case_identity where key_version = $1)",
    )
    .bind(version)
    .fetch_one(&mut scene.owner)
    .await
    .unwrap()
}
