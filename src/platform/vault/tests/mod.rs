//! What the vault promises. Its keys on disk are in `key_life`.

mod key_life;

use super::{
    key_files, keys, seal,
    unsealer::{Client, Proof, Refusal},
    *,
};
use crate::{
    case::{CaseId, OpeningId, ReceiptCode, StaffId},
    platform::config::Config,
};
use proptest::prelude::*;
use std::{collections::HashSet, fs, os::unix::fs::PermissionsExt as _, path::Path};

const HERE: SealContext = SealContext {
    table: "case_body",
    row: 7,
    field: "original",
};
const CASE: CaseId = CaseId(7);

fn config(dir: &Path) -> Config {
    Config {
        database_url: None,
        data_dir: dir.to_owned(),
        private_keys_dir: None,
        socket: None,
        listen: ([127, 0, 0, 1], 0).into(),
        metrics_listen: None,
        public_url: "http://127.0.0.1:3000".to_owned(),
        smtp_url: None,
        site_root: dir.to_owned(),
        trusted_proxies: Default::default(),
        limits: Default::default(),
    }
}

fn installation() -> (tempfile::TempDir, Config) {
    let dir = tempfile::tempdir().unwrap();
    let config = config(dir.path());
    assert!(keys::init(&config).unwrap());
    (dir, config)
}

fn somebody() -> Identity {
    Identity {
        name: "Nguyễn Thị Thử".to_owned(),
        phone: "0900000123".to_owned(),
        ..Identity::default()
    }
}

fn faults(config: &Config) -> Vec<String> {
    keys::check(config)
        .unwrap()
        .into_iter()
        .filter_map(|finding| finding.fault)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_sealed_opens_in_its_context_only(
        plain in proptest::collection::vec(any::<u8>(), 0..5000),
        row in any::<u128>(),
    ) {
        let (vault, _) = Vault::for_tests();
        let key = vault.new_case_key();
        let context = SealContext { row, ..HERE };
        let sealed = key.seal(context, &plain);
        prop_assert_eq!(&**key.open(context, &sealed).unwrap(), &plain[..]);
        for other in [
            SealContext { row: row ^ 1, ..context },
            SealContext { field: "extract", ..context },
            SealContext { table: "case_message", ..context },
            SealContext { table: "case_bodyo", field: "riginal", ..context },
        ] {
            prop_assert_eq!(key.open(other, &sealed), Err(UnsealError));
        }
        prop_assert_eq!(vault.new_case_key().open(context, &sealed), Err(UnsealError));
    }

    #[test]
    fn a_changed_bit_does_not_open(
        plain in proptest::collection::vec(any::<u8>(), 0..600),
        at in any::<prop::sample::Index>(),
        bit in 0..8u8,
    ) {
        let (vault, private) = Vault::for_tests();
        let key = vault.new_case_key();
        let flip = |blob: &[u8]| {
            let mut blob = blob.to_vec();
            let at = at.index(blob.len());
            blob[at] ^= 1 << bit;
            blob
        };
        prop_assert_eq!(key.open(HERE, &flip(&key.seal(HERE, &plain))), Err(UnsealError));
        let sealed = vault.seal_identity(CASE, &somebody());
        let changed = SealedIdentity { bytes: flip(&sealed.bytes), ..sealed };
        prop_assert_eq!(private.open(CASE, &changed), Err(UnsealError));
        let wrapped = vault.wrap(CASE, &key);
        let changed = WrappedKey { bytes: flip(&wrapped.bytes), ..wrapped };
        prop_assert!(vault.unwrap(CASE, &changed).is_err());
    }

    #[test]
    fn anything_else_does_not_open_and_does_not_panic(
        blob in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let (vault, private) = Vault::for_tests();
        prop_assert!(vault.new_case_key().open(HERE, &blob).is_err());
        prop_assert!(vault.open_service(HERE, &blob).is_err());
        let sealed = SealedIdentity { key_version: 1, bytes: blob };
        prop_assert!(private.open(CASE, &sealed).is_err());
    }

    #[test]
    fn lengths_fall_into_few_buckets(length in prop_oneof![0..1200usize, 0..140_000usize]) {
        let (vault, _) = Vault::for_tests();
        let sealed = vault.new_case_key().seal(HERE, &vec![b'a'; length]).len();
        let is_bucket =
            [256, 1024, 4096, 16_384].contains(&sealed) || sealed.is_multiple_of(65_536);
        prop_assert!(is_bucket, "{}", sealed);
        prop_assert!(sealed <= 256.max((length + 64) * 4));
    }
}

#[test]
fn a_long_story_reaches_the_column_limit_and_not_beyond() {
    let (vault, _) = Vault::for_tests();
    assert_eq!(
        vault
            .new_case_key()
            .seal(HERE, &vec![b'x'; 131_072 - 47])
            .len(),
        131_072
    );
}

#[test]
fn equal_words_look_different_and_nonces_do_not_repeat() {
    let (vault, _) = Vault::for_tests();
    let key = vault.new_case_key();
    let blobs: HashSet<_> = (0..200).map(|_| key.seal(HERE, b"x")).collect();
    assert_eq!(blobs.len(), 200);
}

#[test]
fn a_wrapped_key_belongs_to_its_case() {
    let (vault, _) = Vault::for_tests();
    let key = vault.new_case_key();
    let wrapped = vault.wrap(CASE, &key);
    assert_eq!(*vault.unwrap(CASE, &wrapped).unwrap().0, *key.0);
    assert!(vault.unwrap(CaseId(8), &wrapped).is_err());
    assert!(
        vault
            .unwrap(
                CASE,
                &WrappedKey {
                    kek_version: 2,
                    ..wrapped
                }
            )
            .is_err()
    );
    assert!(
        Vault::for_tests()
            .0
            .unwrap(CASE, &vault.wrap(CASE, &key))
            .is_err()
    );
}

#[test]
fn an_identity_opens_with_its_private_key_only() {
    let (vault, private) = Vault::for_tests();
    let sealed = vault.seal_identity(CASE, &somebody());
    assert!(private.open(CASE, &sealed).unwrap() == somebody());
    assert_eq!(private.open(CaseId(8), &sealed), Err(UnsealError));
    assert_eq!(
        IdentityPrivateKey::generate(1).open(CASE, &sealed),
        Err(UnsealError)
    );
    assert_eq!(
        private.open(
            CASE,
            &SealedIdentity {
                key_version: 2,
                ..sealed.clone()
            }
        ),
        Err(UnsealError)
    );
    assert_eq!(sealed.bytes.len(), 1024);
    assert_eq!(
        vault.seal_identity(CASE, &Identity::default()).bytes.len(),
        1024,
        "no name looks like any name"
    );
}

#[test]
fn fingerprints_differ_by_key_code_and_purpose() {
    let (vault, _) = Vault::for_tests();
    let code = ReceiptCode::from_random(42);
    let (version, hmac) = vault.receipt_hmac(&code);
    assert_eq!(
        (version, vault.receipt_hmacs(&code)),
        (1, vec![hmac.to_vec()])
    );
    assert_ne!(hmac, Vault::for_tests().0.receipt_hmac(&code).1);
    assert_ne!(hmac, vault.receipt_hmac(&ReceiptCode::from_random(43)).1);
    assert_eq!(
        vault.keyed_hash("session", b"x"),
        vault.keyed_hash("session", b"x")
    );
    assert_ne!(
        vault.keyed_hash("session", b"x"),
        vault.keyed_hash("rate", b"x")
    );
}

#[test]
fn nothing_secret_is_shown_by_debug() {
    let (vault, private) = Vault::for_tests();
    let key = vault.new_case_key();
    let shown = format!(
        "{vault:?} {private:?} {key:?} {:?} {:?}",
        somebody(),
        vault.wrap(CASE, &key)
    );
    assert_eq!(
        shown,
        "Vault(…) IdentityPrivateKey(v1, …) CaseKey(…) Identity(…) WrappedKey(v1)"
    );
}

#[test]
fn purposes_share_no_key() {
    let key = seal::new_key();
    assert_ne!(
        *seal::derive(&key, b"a", b"b"),
        *seal::derive(&key, b"b", b"a")
    );
}

#[tokio::test]
async fn without_an_unsealer_identities_are_unavailable() {
    let (_dir, config) = installation();
    let client = Client::new(&config);
    let asked = client.open(OpeningId(1), StaffId(1), Proof::default());
    assert_eq!(asked.await.err(), Some(Refusal::Unavailable));
}
