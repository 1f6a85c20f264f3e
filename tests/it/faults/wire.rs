//! HTTP/1.1 by hand: a request that was answered, one that was not, and one that never left are three things, and no connection is tried twice in silence.

use std::net::SocketAddr;

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// One connection, kept as long as the server keeps it.
pub(super) struct Wire {
    to: SocketAddr,
    stream: Option<TcpStream>,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    head: String,
    pub(super) body: Vec<u8>,
}

/// What came back instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Silence {
    /// Nobody listens: nothing was sent.
    Unsent,
    /// It was sent, wholly or in part, and nobody knows what came of it.
    Unanswered,
}

/// A request.
pub(super) fn request(method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut text = format!("{method} {target} HTTP/1.1\r\nhost: id.aubepine.test\r\n");
    for (name, value) in headers {
        text.extend([name, ": ", value, "\r\n"]);
    }
    if method != "GET" {
        text.extend(["content-length: ", &body.len().to_string(), "\r\n"]);
    }
    text.push_str("\r\n");
    text.push_str(body);
    text.into_bytes()
}

/// A form.
pub(super) fn form(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

pub(super) const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

impl Answer {
    /// A header's value.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(':'));
        lines.find(|(this, _)| this.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }

    pub(super) fn headers<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = move |line: &'a str| line.split_once(':').filter(|(this, _)| this.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim());
        self.head.lines().filter_map(named)
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// Is it the connection's last?
    pub(super) fn is_last(&self) -> bool {
        self.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"))
    }
}

impl Wire {
    pub(super) fn to(to: SocketAddr) -> Self {
        Self { to, stream: None }
    }

    /// Connect now rather than with the first request.
    pub(super) async fn open(&mut self) -> Result<(), Silence> {
        if self.stream.is_none() {
            let stream = TcpStream::connect(self.to).await.map_err(|_| Silence::Unsent)?;
            stream.set_nodelay(true).unwrap();
            self.stream = Some(stream);
        }
        Ok(())
    }

    /// Send, and wait for the answer.
    pub(super) async fn ask(&mut self, request: &[u8]) -> Result<Answer, Silence> {
        self.open().await?;
        let mut stream = self.stream.take().ok_or(Silence::Unsent)?;
        let answer = exchange(&mut stream, request).await.ok_or(Silence::Unanswered)?;
        if !answer.is_last() {
            self.stream = Some(stream);
        }
        Ok(answer)
    }

    pub(super) async fn get(&mut self, target: &str, headers: &[(&str, &str)]) -> Result<Answer, Silence> {
        self.ask(&request("GET", target, headers, "")).await
    }

    pub(super) async fn post(&mut self, target: &str, headers: &[(&str, &str)], pairs: &[(&str, &str)]) -> Result<Answer, Silence> {
        self.ask(&request("POST", target, &[headers, &[FORM]].concat(), &form(pairs))).await
    }
}

async fn exchange(stream: &mut TcpStream, request: &[u8]) -> Option<Answer> {
    // A server may answer and close before it has read everything: what counts is whether there is an answer.
    let sent = stream.write_all(request).await;
    let mut bytes = Vec::new();
    let mut chunk = [0; 16_384];
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|part| part == b"\r\n\r\n") {
            break end;
        }
        match stream.read(&mut chunk).await {
            Ok(length) if length > 0 => bytes.extend_from_slice(&chunk[..length]),
            _ => return None,
        }
    };
    let body = bytes.split_off(end + 4);
    let head = String::from_utf8_lossy(&bytes).into_owned();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let mut answer = Answer { status, head, body };
    let length = answer.header("content-length").and_then(|text| text.parse::<usize>().ok());
    while length.is_none_or(|length| answer.body.len() < length) {
        if length.is_none() && matches!(status, 204 | 304) {
            break;
        }
        match stream.read(&mut chunk).await {
            Ok(0) if length.is_none() => break,
            Ok(length) if length > 0 => answer.body.extend_from_slice(&chunk[..length]),
            _ => return None,
        }
        if length.is_none() && answer.body.ends_with(b"0\r\n\r\n") {
            break;
        }
    }
    sent.ok().map(|()| answer).filter(|answer| answer.status >= 200)
}
