//! What is refused before there is a request: heads that are no HTTP, too long, or never whole; and connections without a
//! place. The HTTP library answers some of that itself, with a status and nothing else; here it gets words.

use axum::http::{StatusCode, header};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use std::{
    io::{self, IoSlice},
    pin::Pin,
    task::{Context, Poll, ready},
};
use tokio::{io::AsyncWriteExt as _, net::TcpStream};

/// How an answer of the library's own begins, for a head that it could not read.
const REFUSED: &[u8] = b"HTTP/1.1 4";

/// The whole answer for `status`, with a page of no site: nobody knows yet what was asked.
pub(super) fn answer(status: StatusCode, message: &str) -> Vec<u8> {
    let page = format!(
        "<!DOCTYPE html><html lang=\"vi\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Chưa thực hiện được</title></head><body><main><h1>Chưa thực hiện được</h1>\
         <p>{message}</p></main></body></html>"
    );
    let again = match status {
        StatusCode::SERVICE_UNAVAILABLE => "retry-after: 60\r\n",
        _ => "",
    };
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\n\
         content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n\
         cache-control: no-store\r\n{again}connection: close\r\n\r\n{page}",
        page.len()
    )
    .into_bytes()
}

fn in_words(status: &str) -> Vec<u8> {
    match status {
        "414" | "431" => answer(
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            "Trình duyệt gửi kèm quá nhiều dữ liệu. Vui lòng xóa cookie của trang này rồi mở lại.",
        ),
        _ => answer(
            StatusCode::BAD_REQUEST,
            "Yêu cầu gửi lên không đúng dạng. Vui lòng mở lại trang chủ rồi làm lại.",
        ),
    }
}

/// Tells a connection that the head of its request did not become whole in time.
pub(super) async fn tell_too_slow(mut stream: TcpStream) -> io::Result<()> {
    let message =
        "Yêu cầu đến quá chậm nên chưa nhận được. Vui lòng kiểm tra mạng rồi mở lại trang.";
    let told = answer(StatusCode::REQUEST_TIMEOUT, message);
    stream.write_all(&told).await?;
    stream.shutdown().await
}

/// A connection on which an answer of the library's own is replaced by one with words.
pub(super) struct Worded {
    stream: TokioIo<TcpStream>,
    /// Of the words: what is still to be written.
    words: Vec<u8>,
    /// Bytes of the library's answer that the words stand for.
    stands_for: usize,
}

impl Worded {
    pub(super) fn new(stream: TcpStream) -> Self {
        Self {
            stream: TokioIo::new(stream),
            words: Vec::new(),
            stands_for: 0,
        }
    }

    pub(super) fn into_stream(self) -> TcpStream {
        self.stream.into_inner()
    }

    /// Writes the words in place of `head`, if that is an answer of the library's own; how much of `head` is done with.
    fn poll_words(&mut self, cx: &mut Context<'_>, head: &[u8]) -> Poll<io::Result<usize>> {
        if self.stands_for == 0 {
            let Some(status) = bare_status(head) else {
                return Poll::Ready(Ok(0));
            };
            self.words = in_words(status);
            self.stands_for = head.len();
        }
        while !self.words.is_empty() {
            let written = ready!(Pin::new(&mut self.stream).poll_write(cx, &self.words))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.words.drain(..written);
        }
        Poll::Ready(Ok(std::mem::take(&mut self.stands_for)))
    }
}

/// The status of an answer without content that no handler of ours gave: ours all have the id of their request.
fn bare_status(head: &[u8]) -> Option<&str> {
    if !head.starts_with(REFUSED) {
        return None;
    }
    let text = std::str::from_utf8(head).ok()?;
    let has = |name: &header::HeaderName| text.contains(name.as_str());
    let is_bare = !has(&crate::platform::http::request_id::HEADER) && !has(&header::CONTENT_TYPE);
    text.get(9..12).filter(|_| is_bare)
}

impl Read for Worded {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl Write for Worded {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &[u8],
    ) -> Poll<io::Result<usize>> {
        match ready!(self.poll_words(cx, buffer))? {
            0 => Pin::new(&mut self.stream).poll_write(cx, buffer),
            written => Poll::Ready(Ok(written)),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffers: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let head = buffers.first().map_or(&[][..], |first| first);
        match ready!(self.poll_words(cx, head))? {
            0 => Pin::new(&mut self.stream).poll_write_vectored(cx, buffers),
            written => Poll::Ready(Ok(written)),
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
