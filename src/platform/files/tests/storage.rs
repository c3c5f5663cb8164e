//! The sealed format and the store.

use super::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_sealed_file_opens_whole_and_only_whole(
        length in 0..300_000usize,
        at in any::<prop::sample::Index>(),
        bit in 0..8u8,
    ) {
        let key = Vault::for_tests().0.new_case_key();
        let plain: Vec<u8> = (0..length).map(|i| (i * 31 % 251) as u8).collect();
        let sealed = FileKey::fresh(1, &key).seal(&plain);
        let open = |id, stored: &[u8]| {
            FileKey::of(id, &key, stored).and_then(|file| file.open(stored))
        };
        prop_assert_eq!(open(1, &sealed).unwrap(), plain);
        prop_assert!(open(2, &sealed).is_err());
        let mut changed = sealed.clone();
        changed[at.index(sealed.len())] ^= 1 << bit;
        prop_assert!(open(1, &changed).is_err());
        prop_assert!(open(1, &sealed[..at.index(sealed.len())]).is_err());
    }
}

#[test]
fn chunks_cannot_be_cut_swapped_repeated_or_mixed() {
    let key = Vault::for_tests().0.new_case_key();
    let plain = vec![1; 3 * CHUNK];
    let [one, two] = [
        FileKey::fresh(1, &key).seal(&plain),
        FileKey::fresh(1, &key).seal(&plain),
    ];
    assert_eq!(one.len(), 19 + 4 * SEALED_CHUNK);
    let chunk =
        |file: &[u8], n: usize| file[19 + n * SEALED_CHUNK..19 + (n + 1) * SEALED_CHUNK].to_vec();
    let build = |chunks: &[Vec<u8>]| [one[..19].to_vec(), chunks.concat()].concat();
    let [a, b, c, d] = [0, 1, 2, 3].map(|n| chunk(&one, n));
    let open = |stored: Vec<u8>| {
        FileKey::of(1, &key, &stored)
            .and_then(|file| file.open(&stored))
            .is_ok()
    };
    assert!(open(build(&[a.clone(), b.clone(), c.clone(), d.clone()])));
    assert!(!open(build(&[a.clone(), b.clone(), c.clone()])));
    assert!(!open(build(&[a.clone(), c.clone(), b.clone(), d.clone()])));
    assert!(!open(build(&[
        a.clone(),
        b.clone(),
        c.clone(),
        d.clone(),
        d.clone()
    ])));
    assert!(!open(build(&[a, chunk(&two, 1), c, d])));
    assert!(!open(build(&[])));
}

#[tokio::test]
async fn the_store_keeps_gives_and_forgets() {
    let dir = tempfile::tempdir().unwrap();
    let config = crate::platform::config::Config {
        database_url: None,
        data_dir: dir.path().to_owned(),
        private_keys_dir: None,
        socket: None,
        listen: ([127, 0, 0, 1], 0).into(),
        metrics_listen: None,
        public_url: String::new(),
        smtp_url: None,
        site_root: dir.path().to_owned(),
        trusted_proxies: Default::default(),
        limits: Default::default(),
    };
    let (store, key) = (
        FileStore::open(&config).unwrap(),
        Vault::for_tests().0.new_case_key(),
    );
    let words = b"mot cau khong ai duoc doc".repeat(4000);
    store.put(7, &key, &words).await.unwrap();
    assert_eq!(store.get(7, &key).await.unwrap(), words);
    assert!(
        store
            .get(7, &Vault::for_tests().0.new_case_key())
            .await
            .is_err()
    );
    let file = dir.path().join("files/00").join(format!("{:032x}", 7));
    assert!(!holds(&std::fs::read(&file).unwrap(), &words[..25]));
    assert_eq!(
        std::fs::metadata(dir.path().join("files"))
            .map(|m| std::os::unix::fs::PermissionsExt::mode(&m.permissions()) & 0o777)
            .unwrap(),
        0o700
    );
    store.remove(7).await.unwrap();
    store.remove(7).await.unwrap();
    assert_eq!(
        store.get(7, &key).await,
        Err(crate::error::AppError::NotFound)
    );
}
