//! A server that receives what is sent to it, and answers as the test wants.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    task::JoinSet,
};

/// How it answers.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reply {
    Status(u16),
    /// 200, and this.
    Said(&'static str),
    RedirectToSelf,
    Large {
        says_so: bool,
    },
    HalfThenNever,
    Never,
    /// 503, once the test releases it.
    Held,
}

struct Seen {
    connections: usize,
    heads: Vec<String>,
    bodies: Vec<String>,
    reply: Reply,
    arrived: watch::Sender<usize>,
    releases: Arc<Semaphore>,
}

pub(crate) struct Receiver {
    port: u16,
    seen: Arc<Mutex<Seen>>,
    arrivals: watch::Receiver<usize>,
    _server: JoinSet<()>,
}

impl Receiver {
    pub(crate) async fn start(reply: Reply) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (arrived, arrivals) = watch::channel(0);
        let seen = Arc::new(Mutex::new(Seen { connections: 0, heads: Vec::new(), bodies: Vec::new(), reply, arrived, releases: Arc::new(Semaphore::new(0)) }));
        let (mut server, shared) = (JoinSet::new(), Arc::clone(&seen));
        server.spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                shared.lock().unwrap().connections += 1;
                open.spawn(answer(stream, Arc::clone(&shared)));
            }
        });
        Self { port, seen, arrivals, _server: server }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(crate) fn connections(&self) -> usize {
        self.seen.lock().unwrap().connections
    }

    /// The bodies of the requests so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.seen.lock().unwrap().bodies.clone()
    }

    /// A header of each request so far.
    pub(crate) fn header(&self, name: &str) -> Vec<String> {
        let value = |head: &String| {
            let named = |line: &str| line.split_once(':').filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned());
            head.lines().find_map(named).unwrap_or_default()
        };
        self.seen.lock().unwrap().heads.iter().map(value).collect()
    }

    /// Wait until so many requests came; the test binary's own limit ends a wait in vain.
    pub(crate) async fn wait_for(&self, count: usize) {
        let mut arrivals = self.arrivals.clone();
        arrivals.wait_for(|arrived| *arrived >= count).await.unwrap();
    }

    /// Answer so many of the requests that are held.
    pub(crate) fn release(&self, count: usize) {
        self.seen.lock().unwrap().releases.add_permits(count);
    }

    /// Answer otherwise from now on.
    pub(crate) fn reply(&self, reply: Reply) {
        self.seen.lock().unwrap().reply = reply;
    }
}

async fn answer(mut stream: TcpStream, seen: Arc<Mutex<Seen>>) {
    let Some((head, body)) = read_request(&mut stream).await else { return };
    let (reply, releases) = {
        let mut seen = seen.lock().unwrap();
        seen.heads.push(head);
        seen.bodies.push(body);
        seen.arrived.send_replace(seen.bodies.len());
        (seen.reply, Arc::clone(&seen.releases))
    };
    if matches!(reply, Reply::Held) {
        releases.acquire().await.unwrap().forget();
    }
    let text = match reply {
        Reply::Held => "HTTP/1.1 503 Held\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned(),
        Reply::Said(text) => format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{text}", text.len()),
        Reply::Status(status) => format!("HTTP/1.1 {status} Any\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"),
        Reply::RedirectToSelf => "HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned(),
        Reply::Large { says_so: true } => "HTTP/1.1 200 OK\r\ncontent-length: 1048577\r\nconnection: close\r\n\r\n".to_owned(),
        Reply::Large { says_so: false } => format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{}", "x".repeat(1_048_577)),
        Reply::HalfThenNever => "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nfive.".to_owned(),
        Reply::Never => String::new(),
    };
    let _ = stream.write_all(text.as_bytes()).await;
    if matches!(reply, Reply::HalfThenNever | Reply::Never) {
        std::future::pending::<()>().await;
    }
    let _ = stream.shutdown().await;
}

/// Head and body of one request.
async fn read_request(stream: &mut TcpStream) -> Option<(String, String)> {
    let mut bytes = Vec::new();
    loop {
        let mut piece = [0; 4096];
        let read = stream.read(&mut piece).await.ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&piece[..read]);
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:").and_then(|n| n.trim().parse().ok()));
        if body.len() >= length.unwrap_or(0) {
            return Some((head.to_owned(), body.to_owned()));
        }
    }
}
