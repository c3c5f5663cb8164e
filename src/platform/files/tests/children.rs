//! The child that cleans: whatever becomes of it, the file is refused and the next one is not.

use super::*;

/// What a picture is answered by a child that does as the script says.
async fn answered(script: &str) -> Result<Bytes, FileError> {
    answered_within(Duration::from_secs(60), script).await
}

async fn answered_within(patience: Duration, script: &str) -> Result<Bytes, FileError> {
    let cleaner = Cleaner::by("/bin/sh", &["-c", script], patience);
    let picture = encoded(&two_halves(), ImageFormat::Png);
    let clean = cleaner
        .clean("a.png", picture.into(), &mut 1_000, &mut in_line(None))
        .await;
    clean.map(|file| file.bytes)
}

#[tokio::test]
async fn a_child_that_dies_stalls_or_babbles_refuses_the_file() {
    for script in [
        "cat >/dev/null; kill -SEGV $$",
        "exit 0",
        "cat >/dev/null; echo anh",
        r"cat >/dev/null; printf '\001\0\0\0\0\0\0\0\0'",
        r"cat >/dev/null; printf '\001\0\0\0\0\0\0\0\0png'; exit 1",
        r"cat >/dev/null; exec cat /dev/zero",
        r"cat >/dev/null; printf '\377\0\0\0\0\0\0\0\0'",
    ] {
        assert_eq!(answered(script).await, Err(FileError::Broken), "{script}");
    }
    let stalled = answered_within(Duration::from_millis(100), "exec sleep 1000").await;
    assert_eq!(stalled, Err(FileError::Broken));
    let kept = answered(r"cat >/dev/null; printf '\001\0\0\0\0\0\0\0\0png'").await;
    assert_eq!(kept.unwrap(), &b"png"[..]);
    let refused = answered(r"cat >/dev/null; printf '\204\0\0\0\0\0\0\0\0'").await;
    assert_eq!(refused, Err(FileError::Document));
}

#[tokio::test]
async fn the_child_knows_nothing_of_the_settings_of_its_parent() {
    let told = answered(r"cat >/dev/null; printf '\001\0\0\0\0\0\0\0\0'; export -p; cd; pwd").await;
    let told = String::from_utf8(told.unwrap().to_vec()).unwrap();
    assert!(!told.contains("CARGO") && !told.contains("HOME"), "{told}");
}

#[tokio::test]
async fn a_network_with_many_files_waits_behind_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let (begun, gate) = (folder.path().join("begun"), folder.path().join("gate"));
    // what is large waits for the gate
    let script = format!(
        "n=$(wc -c); if [ $n -gt 2000 ]; then touch {}; while ! [ -e {} ]; do sleep 0.02; done; fi
        printf '\\001\\0\\0\\0\\0\\0\\0\\0\\0png'",
        begun.display(),
        gate.display()
    );
    let cleaner = Cleaner::by("/bin/sh", &["-c", &script], Duration::from_secs(60));
    let small = encoded(&two_halves(), ImageFormat::Png);
    let mut large = small.clone();
    large.resize(4000, 0);
    let clean = async |bytes: Vec<u8>, network: &str| {
        let line = &mut in_line(Some(network));
        cleaner.clean("a.png", bytes.into(), &mut 1_000, line).await
    };
    let many = futures::future::join_all((0..10).map(|_| clean(large.clone(), "one")));
    let other = async {
        while !begun.exists() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let served = clean(small, "another").await;
        // only now may the others go on
        std::fs::write(&gate, "").unwrap();
        served
    };
    let (many, other) = tokio::join!(many, tokio::time::timeout(Duration::from_secs(30), other));
    assert!(other.expect("it waits behind the ten").is_ok());
    assert!(many.iter().all(Result::is_ok));
}

#[tokio::test]
async fn whose_turn_does_not_come_in_time_is_told_so() {
    let cleaner = Cleaner::by(
        "/bin/sh",
        &["-c", "exec sleep 1000"],
        Duration::from_secs(1),
    );
    let picture = Bytes::from(encoded(&two_halves(), ImageFormat::Png));
    let clean = async |wait: u64| {
        let line = &mut Line::new(Some("one".to_owned()), Duration::from_millis(wait));
        let pixels = &mut 1_000;
        cleaner
            .clean("a.png", picture.clone(), pixels, line)
            .await
            .err()
    };
    let (first, second) = tokio::join!(clean(60_000), clean(20));
    assert_eq!(first, Some(FileError::Broken));
    assert_eq!(second, Some(FileError::Busy));
}
