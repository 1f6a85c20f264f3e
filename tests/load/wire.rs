//! The lightest client that will do: HTTP/1.1 on one kept connection, requests as bytes, answers by their length.

use std::net::SocketAddr;

use anyhow::{Context as _, Result, bail};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// A kept connection.
pub(crate) struct Wire {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer, in the connection's buffer until the next one.
pub(crate) struct Answer<'a> {
    /// The status.
    pub(crate) status: u16,
    /// Everything above the body.
    pub(crate) head: &'a str,
    /// The body.
    pub(crate) body: &'a str,
}

impl Answer<'_> {
    /// All values of a header, the name in lower case and as the server writes it.
    pub(crate) fn headers(&self, name: &str) -> impl Iterator<Item = &str> {
        let wanted = move |line: &str| line.split_once(':').is_some_and(|(given, _)| given.eq_ignore_ascii_case(name));
        self.head.lines().filter(move |line| wanted(line)).filter_map(|line| line.split_once(':').map(|(_, value)| value.trim()))
    }

    /// Where to go.
    pub(crate) fn location(&self) -> Result<&str> {
        self.headers("location").next().with_context(|| format!("status {} without a location: {}", self.status, self.body))
    }

    /// This status or an error.
    pub(crate) fn expect(self, status: u16) -> Result<Self> {
        if self.status == status { Ok(self) } else { bail!("status {} where {status} was expected: {}", self.status, self.body) }
    }
}

impl Wire {
    /// Connect.
    pub(crate) async fn open(to: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(to).await.context("the server cannot be reached")?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(16_384) })
    }

    /// One request, one answer.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> Result<Answer<'_>> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let (body, length) = loop {
            self.more().await?;
            if let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break (end + 4, length(self.buffer.get(..end).unwrap_or_default())?);
            }
        };
        while self.buffer.len() < body + length {
            self.more().await?;
        }
        let text = std::str::from_utf8(&self.buffer).context("the answer is not text")?;
        let (head, body) = text.split_at_checked(body).context("the answer is not text")?;
        let status = head.get(9..12).and_then(|text| text.parse().ok()).context("the answer has no status")?;
        Ok(Answer { status, head, body })
    }

    async fn more(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            bail!("the server closed the connection");
        }
        Ok(())
    }
}

fn length(head: &[u8]) -> Result<usize> {
    let head = std::str::from_utf8(head)?;
    let named = |line: &&str| line.get(..15).is_some_and(|name| name.eq_ignore_ascii_case("content-length:"));
    let line = head.lines().find(named);
    line.map_or(Ok(0), |line| line.get(15..).unwrap_or_default().trim().parse().context("no length"))
}

/// What a request is made of.
pub(crate) struct Asking<'a> {
    /// `GET` or `POST`.
    pub(crate) method: &'a str,
    /// Path and query.
    pub(crate) path: &'a str,
    /// `Host`.
    pub(crate) host: &'a str,
    /// Further headers, each ended by a line end.
    pub(crate) headers: &'a str,
    /// The body and its media type.
    pub(crate) body: Option<(&'a str, &'a str)>,
}

impl Asking<'_> {
    /// As bytes.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let Self { method, path, host, headers, body } = self;
        let (described, body) = match body {
            Some((media, body)) => (format!("content-type: {media}\r\ncontent-length: {}\r\n", body.len()), *body),
            None => (String::new(), ""),
        };
        format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\n{headers}{described}\r\n{body}").into_bytes()
    }
}

/// The media type of forms.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// One name and value of a form or a query, encoded.
pub(crate) fn form(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// What stands between these two in a text.
pub(crate) fn between<'a>(text: &'a str, before: &str, after: char) -> Option<&'a str> {
    text.split_once(before)?.1.split(after).next()
}
