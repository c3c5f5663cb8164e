//! More forms at once than there are turns: the slowest gives way, and never who has just come.

use super::{answer, get, head, says, send_form, stalled};
use crate::support::{
    TestApp, feedback, multipart,
    sending::{FORM, KEY, TEXT},
    small_png,
};
use lang_nghe::platform::http::limits::Limits;
use std::{net::SocketAddr, time::Duration};
use tokio::{io::AsyncWriteExt as _, net::TcpStream};

/// Bounds in which more forms than there are turns are soon begun, and soon too slow.
fn few_turns(forms: usize, forms_per_network: usize) -> Limits {
    Limits {
        forms,
        forms_per_network,
        grace: Duration::from_millis(100),
        ..Limits::default()
    }
}

/// A form whose file stands before its words, cut in the middle of the file.
fn halves(key: &str, more: &str) -> [Vec<u8>; 2] {
    let picture = small_png();
    let (kind, file) = multipart(&[], &[("tep", "a.png", "image/png", &picture[..])]);
    let (_, words) = multipart(&feedback(key, &format!("{TEXT} {key}")), &[]);
    let end = file.windows(2).rposition(|pair| pair == b"\r\n").unwrap();
    let end = file[..end]
        .windows(2)
        .rposition(|pair| pair == b"\r\n")
        .unwrap()
        + 2;
    let body = [&file[..end], &words].concat();
    let more = format!("Connection: close\r\n{more}");
    let head = head(FORM, &kind, body.len(), &more).into_bytes();
    let cut = end - picture.len() / 2;
    [[&head[..], &body[..cut]].concat(), body[cut..].to_vec()]
}

/// A connection that has sent half of a file, and the rest of its form.
async fn half_sent(address: SocketAddr, key: &str, more: &str) -> (TcpStream, Vec<u8>) {
    let [begun, rest] = halves(key, more);
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(&begun).await.unwrap();
    // answered, so what was sent before has been read
    get(address, "/healthz").await;
    (stream, rest)
}

/// Sends a whole form with a picture.
async fn send_picture(address: SocketAddr, key: &str, more: &str) -> String {
    let (mut stream, rest) = half_sent(address, key, more).await;
    stream.write_all(&rest).await.unwrap();
    answer(&mut stream).await
}

#[tokio::test]
async fn more_slow_connections_than_there_are_turns_stop_no_visitor() {
    let app = TestApp::start_within(few_turns(64, 32)).await;
    let address = app.listen().await;
    let mut slow = Vec::new();
    for turn in 0..200 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let half = "GET / HTTP/1.1\r\nHost: local";
        stream
            .write_all(&half.as_bytes()[..turn % 20])
            .await
            .unwrap();
        slow.push(stream);
        // sixteen networks of one customer, and everybody behind one address
        let flood = match turn % 2 {
            0 => format!("X-Forwarded-For: 2001:db8:1:{:x}::1\r\n", turn % 16),
            _ => "X-Forwarded-For: 203.0.113.7\r\n".to_owned(),
        };
        slow.push(stalled(address, &flood).await);
        slow.push(half_sent(address, KEY, &flood).await.0);
    }
    let page = get(address, "/").await;
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    for (turn, from) in ["203.0.113.7", "2001:db8:1:1::2", "198.51.100.9"]
        .iter()
        .enumerate()
    {
        let from = format!("X-Forwarded-For: {from}\r\n");
        let [key, other] = [turn + 1, turn + 11].map(|number| format!("{number:032x}"));
        let sent = send_form(address, &key, &from).await;
        assert!(sent.starts_with("HTTP/1.1 303"), "{sent}");
        let sent = send_picture(address, &other, &from).await;
        assert!(sent.starts_with("HTTP/1.1 303"), "{sent}");
    }
    drop(slow);
}

#[tokio::test]
async fn the_slowest_gives_way_to_the_newcomer_and_keeps_its_words() {
    let app = TestApp::start_within(few_turns(1, 1)).await;
    let address = app.listen().await;
    let (mut slow, rest) = half_sent(address, KEY, "").await;
    let sent = send_picture(address, &format!("{:032x}", 0xdef), "").await;
    assert!(sent.starts_with("HTTP/1.1 303"), "{sent}");
    slow.write_all(&rest).await.unwrap();
    let told = answer(&mut slow).await;
    says(&told, 503, "gửi lại sau vài phút");
    assert!(
        told.contains("retry-after: ") && told.contains(TEXT),
        "{told}"
    );
}

#[tokio::test]
async fn one_network_takes_no_turn_of_another() {
    let app = TestApp::start_within(few_turns(64, 1)).await;
    let address = app.listen().await;
    let from = |host: u8| format!("X-Forwarded-For: 203.0.113.{host}\r\n");
    let key = |number: u8| format!("{number:032x}");
    let (mut begun, rest) = half_sent(address, &key(1), &from(8)).await;
    let _flood = half_sent(address, &key(2), &from(7)).await;
    let newcomer = send_picture(address, &key(3), &from(7)).await;
    assert!(newcomer.starts_with("HTTP/1.1 303"), "{newcomer}");
    begun.write_all(&rest).await.unwrap();
    let neighbour = answer(&mut begun).await;
    assert!(neighbour.starts_with("HTTP/1.1 303"), "{neighbour}");
}
