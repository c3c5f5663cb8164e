//! Keys on disk: made, checked, rotated, deposited and restored.

use super::*;

#[test]
fn first_keys_are_private_complete_and_made_once() {
    let (_dir, config) = installation();
    assert_eq!(faults(&config), Vec::<String>::new());
    assert!(!keys::init(&config).unwrap());
    let mode = |path: &str| {
        fs::metadata(config.keys_dir().join(path))
            .unwrap()
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!(
        [
            mode(""),
            mode("unsealer"),
            mode("service-v1.key"),
            mode("unsealer/identity-v1.key")
        ],
        [0o700, 0o700, 0o400, 0o400]
    );
    let vault = Vault::load(&config).unwrap();
    let private = key_files::read_private(&config.unsealer_keys(), 1).unwrap();
    assert!(
        private
            .open(CASE, &vault.seal_identity(CASE, &somebody()))
            .unwrap()
            == somebody()
    );
}

#[test]
fn the_web_process_needs_no_private_key() {
    let (_dir, config) = installation();
    fs::remove_dir_all(config.unsealer_keys()).unwrap();
    assert!(Vault::load(&config).is_ok());
    assert_eq!(faults(&config), Vec::<String>::new());
}

#[test]
fn an_open_or_missing_key_stops_the_start() {
    let (_dir, config) = installation();
    let path = config.keys_dir().join("service-v1.key");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    assert!(
        Vault::load(&config)
            .unwrap_err()
            .to_string()
            .contains("chmod 0400")
    );
    fs::remove_file(&path).unwrap();
    assert!(
        Vault::load(&config)
            .unwrap_err()
            .to_string()
            .contains("keys init")
    );
    assert!(!faults(&config).is_empty());
}

#[test]
fn a_replaced_key_is_noticed() {
    let (_dir, config) = installation();
    let (_other_dir, other) = installation();
    for name in ["service-v1.key", "identity-v1.pub"] {
        let path = config.keys_dir().join(name);
        fs::remove_file(&path).unwrap();
        fs::copy(other.keys_dir().join(name), &path).unwrap();
    }
    assert_eq!(faults(&config).len(), 2);
}

#[test]
fn old_versions_open_after_a_rotation_that_a_running_process_did_not_hear_of() {
    let (_dir, config) = installation();
    let running = Vault::load(&config).unwrap();
    let key = running.new_case_key();
    let (old, old_service) = (running.wrap(CASE, &key), running.seal_service(HERE, b"x"));

    assert!(
        !keys::begin_rotation(&config).unwrap(),
        "the first call makes new versions"
    );
    assert!(
        keys::begin_rotation(&config).unwrap(),
        "an interrupted rotation goes on with them"
    );
    let rotated = Vault::load(&config).unwrap();
    let new = rotated.wrap(CASE, &rotated.unwrap(CASE, &old).unwrap());
    assert_eq!(
        (old.kek_version, new.kek_version, running.service_version()),
        (1, 2, 1)
    );
    assert_eq!(&**rotated.open_service(HERE, &old_service).unwrap(), b"x");

    assert_eq!(
        *running.unwrap(CASE, &new).unwrap().0,
        *key.0,
        "meets the new version and reads it"
    );
    assert_eq!(running.service_version(), 2);
    assert_eq!(running.seal_identity(CASE, &somebody()).key_version, 2);
    keys::finish_rotation(&config).unwrap();
    assert_eq!(faults(&config), Vec::<String>::new());
}

#[test]
fn an_interrupted_rotation_is_completed() {
    let (_dir, config) = installation();
    keys::begin_rotation(&config).unwrap();
    let dir = config.keys_dir();
    fs::remove_file(key_files::public_path(&dir, 2)).unwrap();
    fs::remove_file(key_files::Kind::Service.path(&dir, 2)).unwrap();
    assert!(keys::begin_rotation(&config).unwrap());
    assert_eq!(faults(&config), Vec::<String>::new());
    assert_eq!(Vault::load(&config).unwrap().service_version(), 2);
}

#[test]
fn a_deposit_restores_everything_and_only_with_its_passphrase() {
    let (_dir, config) = installation();
    keys::begin_rotation(&config).unwrap();
    let vault = Vault::load(&config).unwrap();
    let (wrapped, identity) = (
        vault.wrap(CASE, &vault.new_case_key()),
        vault.seal_identity(CASE, &somebody()),
    );
    let text = keys::write_escrow(&config, "ABCD-EFGH-JKMN-PQRS").unwrap();

    let elsewhere = tempfile::tempdir().unwrap();
    let restored = super::config(elsewhere.path());
    assert!(keys::restore(&restored, &text, "ABCD-EFGH-JKMN-PQRT").is_err());
    assert_eq!(
        keys::restore(&restored, &text, "abcd efgh jkmn pqrs").unwrap(),
        14
    );
    assert_eq!(faults(&restored), Vec::<String>::new());
    assert!(
        Vault::load(&restored)
            .unwrap()
            .unwrap(CASE, &wrapped)
            .is_ok()
    );
    assert!(
        key_files::read_private(&restored.unsealer_keys(), 2)
            .unwrap()
            .open(CASE, &identity)
            .unwrap()
            == somebody()
    );
    assert_eq!(
        keys::restore(&restored, &text, "ABCDEFGHJKMNPQRS").unwrap(),
        0,
        "nothing to write the second time"
    );
    let (_other_dir, other) = installation();
    assert!(
        keys::restore(&other, &text, "ABCDEFGHJKMNPQRS").is_err(),
        "keys that are there are never replaced"
    );
}
