//! The child that cleans: whatever becomes of it, the file is refused and the next one is not.

use super::*;

/// What a picture is answered by a child that does as the script says.
async fn answered(script: &str) -> Result<Bytes, FileError> {
    answered_within(Duration::from_secs(60), script).await
}

async fn answered_within(patience: Duration, script: &str) -> Result<Bytes, FileError> {
    let cleaner = Cleaner::by("/bin/sh", &["-c", script], patience);
    let picture = encoded(&two_halves(), ImageFormat::Png);
    let clean = cleaner.clean("a.png", picture.into(), &mut 1_000).await;
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
