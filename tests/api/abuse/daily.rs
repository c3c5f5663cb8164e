//! What one network may send in a day.

use super::{answer, head, says, send_text};
use crate::support::{
    TestApp, feedback,
    sending::{FORM, KEY, TEXT, cases},
};
use lang_nghe::platform::http::limits::{DailyLimit, Limits};
use tokio::{io::AsyncWriteExt as _, net::TcpStream};

/// What network a request says it comes from, through the proxy on this machine.
fn from_network(last: u8) -> String {
    format!("X-Forwarded-For: 203.0.113.{last}\r\n")
}

#[tokio::test]
async fn one_network_fills_no_inbox_in_a_day_and_whoever_is_refused_keeps_their_words() {
    let daily = DailyLimit {
        free: 2,
        most: 2,
        megabytes: 1,
    };
    let limits = Limits {
        daily,
        ..Limits::default()
    };
    let app = TestApp::start_within(limits).await;
    let address = app.listen().await;
    let sends = async |turn: u32, network: u8| {
        let (key, text) = (format!("{turn:032x}"), format!("{TEXT} {turn}"));
        send_text(address, &key, &text, &from_network(network)).await
    };
    // one that is refused for what it says is not counted
    let empty = send_text(address, KEY, "", &from_network(7)).await;
    assert!(empty.starts_with("HTTP/1.1 422"), "{empty}");
    for turn in 0..2 {
        let sent = sends(turn, 7).await;
        assert!(sent.starts_with("HTTP/1.1 303"), "{sent}");
    }
    let refused = sends(2, 7).await;
    says(&refused, 429, "gọi đường dây nóng hoặc đến bộ phận một cửa");
    for kept in [&*format!("{TEXT} 2"), "Trần Thị Mẫu"] {
        assert!(refused.contains(kept), "{kept}: {refused}");
    }
    assert!(refused.contains("Xem đường dây nóng, địa chỉ và giờ làm việc"));
    assert_eq!(cases(&app).await, 2);
    let neighbour = sends(3, 8).await;
    assert!(neighbour.starts_with("HTTP/1.1 303"), "{neighbour}");
    app.pass(time::Duration::DAY);
    let tomorrow = sends(4, 7).await;
    assert!(tomorrow.starts_with("HTTP/1.1 303"), "{tomorrow}");
}

#[tokio::test]
async fn one_network_fills_no_disk_in_a_day_and_is_told_to_send_without_files() {
    let mut limits = Limits::default();
    limits.daily.megabytes = 2;
    let app = TestApp::start_within(limits).await;
    let address = app.listen().await;
    let picture = crate::support::small_png();
    let sends = async |turn: u32, with_file: bool| {
        let (key, text) = (format!("{turn:032x}"), format!("{TEXT} {turn}"));
        let mut body = Vec::new();
        for (name, value) in feedback(&key, &text) {
            let head = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend((head + value + "\r\n").bytes());
        }
        if with_file {
            let file = "name=\"tep\"; filename=\"a.png\"\r\n\r\n";
            body.extend(format!("--x\r\nContent-Disposition: form-data; {file}").bytes());
            body.extend(&picture);
            body.extend(b"\r\n");
        }
        body.extend(b"--x--\r\n");
        let kind = "multipart/form-data; boundary=x";
        let more = from_network(7) + "Connection: close\r\n";
        let mut stream = TcpStream::connect(address).await.unwrap();
        let begun = head(FORM, kind, body.len(), &more);
        stream.write_all(begun.as_bytes()).await.unwrap();
        stream.write_all(&body).await.unwrap();
        answer(&mut stream).await
    };
    for turn in 0..2 {
        let sent = sends(turn, true).await;
        assert!(sent.starts_with("HTTP/1.1 303"), "{sent}");
    }
    let refused = sends(2, true).await;
    says(&refused, 503, "gửi lại không kèm tệp");
    assert!(refused.contains(&format!("{TEXT} 2")));
    let sent = sends(2, false).await;
    assert!(sent.starts_with("HTTP/1.1 303"), "{sent}");
}
