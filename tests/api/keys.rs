//! Keys and database belong together: a process whose keys are gone, older or others does not start,
//! and no keys are made beside a database that has its own. And what a first start makes unasked.

use crate::{
    split::machine::{Process, refuse},
    support::{TestApp, submit},
};
use lang_nghe::platform::{
    config::Config,
    vault::keys::{self, Holder},
};
use sqlx::{Connection as _, PgConnection};
use std::{fs, path::Path, process::Command};

/// An empty database and a folder for its keys.
async fn installation() -> (TestApp, Config) {
    let app = TestApp::start().await;
    let config = app.config();
    (app, config)
}

fn empty(folder: &Path) -> bool {
    fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none())
}

/// Whether the owner's command and both processes refuse, each saying `why` and what to do.
async fn all_refuse(app: &TestApp, config: &Config, why: &str) {
    let settled = keys::settle(&app.owner, config).await.err();
    let web = keys::demand(&app.state.db, config, Holder::Web).await.err();
    let unsealer = keys::demand(&app.owner, config, Holder::Unsealer)
        .await
        .err();
    for refusal in [settled, web, unsealer] {
        let said = refusal.expect("a refusal").to_string();
        assert!(
            said.contains(why) && said.contains("keys restore"),
            "{said}"
        );
    }
}

#[tokio::test]
async fn the_first_keys_are_noted_and_from_then_on_no_others_do() {
    let (app, config) = installation().await;
    let none = keys::demand(&app.state.db, &config, Holder::Web).await;
    let said = none.unwrap_err().to_string();
    assert!(said.contains("keys init"), "{said}");
    assert!(!config.keys_dir().exists(), "to look makes nothing");

    assert!(keys::settle(&app.owner, &config).await.unwrap());
    assert!(!keys::settle(&app.owner, &config).await.unwrap());
    keys::demand(&app.state.db, &config, Holder::Web)
        .await
        .unwrap();
    keys::demand(&app.owner, &config, Holder::Unsealer)
        .await
        .unwrap();

    let (here, aside) = (config.keys_dir(), config.data_dir.join("aside"));
    fs::rename(&here, &aside).unwrap();
    all_refuse(&app, &config, "is missing").await;
    assert!(
        empty(&here),
        "no keys are made in place of those that are gone"
    );

    let foreign = Config {
        data_dir: config.data_dir.join("foreign"),
        ..config.clone()
    };
    keys::init(&foreign).unwrap();
    all_refuse(&app, &foreign, "is not the key of this database").await;

    fs::rename(&aside, &here).unwrap();
    keys::demand(&app.state.db, &config, Holder::Web)
        .await
        .unwrap();
}

#[tokio::test]
async fn keys_older_than_the_database_are_noticed() {
    let (app, config) = installation().await;
    keys::settle(&app.owner, &config).await.unwrap();
    let rotate = || keys::run(keys::KeyCommand::Rotate, &config, Some(app.owner.clone()));
    rotate().await.unwrap();
    keys::demand(&app.state.db, &config, Holder::Web)
        .await
        .unwrap();
    for name in [
        "service-v2.key",
        "identity-v2.pub",
        "unsealer/identity-v2.key",
    ] {
        fs::remove_file(config.keys_dir().join(name)).unwrap();
    }
    all_refuse(&app, &config, "v2 is missing").await;
    assert!(rotate().await.is_err());
    assert!(!config.keys_dir().join("service-v2.key").exists());
}

#[tokio::test]
async fn a_database_from_before_fingerprints_takes_only_keys_that_open_it() {
    let (app, config) = installation().await;
    // sealed under the app's own keys in memory
    submit(&app).await;
    let said = keys::settle(&app.owner, &config).await.unwrap_err();
    assert!(said.to_string().contains("keys restore"), "{said}");
    assert!(empty(&config.keys_dir()));
    keys::init(&config).unwrap();
    let said = keys::settle(&app.owner, &config).await.unwrap_err();
    assert!(said.to_string().contains("do not open"), "{said}");
}

/// `serve` on its embedded database, in a folder of its own.
fn serve(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lang-nghe"));
    command.arg("serve").env("DATA_DIR", data);
    command.env("LISTEN", crate::split::machine::free_address().to_string());
    for unset in ["DATABASE_URL", "LANG_NGHE_DEMO", "LANG_NGHE_SHOW_PASSWORDS"] {
        command.env_remove(unset);
    }
    command
}

async fn staff(data: &Path) -> i64 {
    let options = sqlx::postgres::PgConnectOptions::new()
        .socket(data.join("postgres-run"))
        .username("owner")
        .database("lang_nghe");
    let mut connection = PgConnection::connect_with(&options).await.unwrap();
    let count = sqlx::query_scalar("select count(*) from staff")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    count
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_start_makes_its_keys_no_demo_unasked_and_writes_no_password_into_a_log() {
    let folder = crate::split::machine::open_folder();
    let data = folder.path().join("d");
    let mut first = Process::start(&mut serve(&data));
    first.wait_for("is ready");
    assert!(
        first.said().contains("One machine, one user"),
        "{}",
        first.said()
    );
    assert_eq!(staff(&data).await, 0, "nobody asked for demo people");
    drop(first);

    let mut asked = Process::start(serve(&data).env("LANG_NGHE_DEMO", "on"));
    asked.wait_for("is ready");
    assert!(staff(&data).await > 10);
    let said = asked.said();
    assert!(
        said.contains("printed at a terminal only") && !said.contains("giamdoc"),
        "{said}"
    );
    drop(asked);

    let (keys, aside) = (data.join("keys"), data.join("aside"));
    fs::rename(&keys, &aside).unwrap();
    let said = refuse(&mut serve(&data));
    assert!(
        said.contains("is missing") && said.contains("keys restore"),
        "{said}"
    );
    assert!(empty(&keys), "the keys that are gone are not replaced");
    fs::rename(&aside, &keys).unwrap();
    Process::start(serve(&data).env("LANG_NGHE_SHOW_PASSWORDS", "on")).wait_for("is ready");
}

#[tokio::test]
async fn nothing_is_sealed_to_a_public_key_that_was_not_made_here() {
    let (app, config) = installation().await;
    keys::settle(&app.owner, &config).await.unwrap();
    let stranger = Config {
        data_dir: config.data_dir.join("stranger"),
        ..config.clone()
    };
    keys::init(&stranger).unwrap();
    let planted = config.keys_dir().join("identity-v2.pub");
    fs::copy(stranger.keys_dir().join("identity-v1.pub"), &planted).unwrap();
    fs::write(config.keys_dir().join("rotation-under-way"), "2 2\n").unwrap();
    for command in [
        keys::KeyCommand::Init,
        keys::KeyCommand::Rotate,
        keys::KeyCommand::Reseal,
    ] {
        let said = keys::run(command, &config, Some(app.owner.clone())).await;
        let said = said.unwrap_err().to_string();
        assert!(said.contains("no private half"), "{said}");
    }
    let noted: i64 =
        sqlx::query_scalar("select count(*) from key_fingerprint where kind = 'identity'")
            .fetch_one(app.owner.pool())
            .await
            .unwrap();
    assert_eq!(noted, 1, "the stranger's is not blessed");
    fs::remove_file(planted).unwrap();
    let rotate = keys::run(keys::KeyCommand::Rotate, &config, Some(app.owner.clone()));
    rotate.await.unwrap();
}
