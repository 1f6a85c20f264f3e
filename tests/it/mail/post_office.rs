//! A mail server of the test's own: speaks as much SMTP as a client needs, and answers as the test wants.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};

/// How it behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    /// Takes every mail.
    Takes,
    /// Hangs up before a word.
    Away,
    /// Answers each recipient with this.
    Answers(&'static str),
    /// Hangs up in the middle of a mail.
    DropsBefore,
    /// Takes a mail and hangs up before it says so.
    DropsAfter,
}

/// A mail that it took.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    /// Whom the envelope names.
    pub(crate) to: String,
    /// From whom.
    pub(crate) from: String,
    /// Headers and body.
    pub(crate) content: String,
}

impl Taken {
    /// A header, its folding undone.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let head = self.content.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
        head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")).map(str::to_owned))
    }
}

pub(crate) struct PostOffice {
    pub(crate) port: u16,
    mood: Arc<Mutex<Mood>>,
    taken: Arc<Mutex<Vec<Taken>>>,
    arrivals: watch::Receiver<usize>,
    _server: JoinSet<()>,
}

impl PostOffice {
    pub(crate) async fn opens() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (mood, taken) = (Arc::new(Mutex::new(Mood::Takes)), Arc::new(Mutex::new(Vec::new())));
        let (arrived, arrivals) = watch::channel(0);
        let (mut server, shared) = (JoinSet::new(), (Arc::clone(&mood), Arc::clone(&taken), Arc::new(arrived)));
        server.spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                open.spawn(converse(stream, shared.clone()));
            }
        });
        Self { port, mood, taken, arrivals, _server: server }
    }

    pub(crate) fn is(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// What it took, in order.
    pub(crate) fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }

    /// Waits until it took so many.
    pub(crate) async fn has_taken(&mut self, count: usize) {
        self.arrivals.wait_for(|arrived| *arrived >= count).await.unwrap();
    }
}

type Shared = (Arc<Mutex<Mood>>, Arc<Mutex<Vec<Taken>>>, Arc<watch::Sender<usize>>);

async fn converse(stream: TcpStream, (mood, taken, arrived): Shared) {
    let now = || *mood.lock().unwrap();
    if now() == Mood::Away {
        return;
    }
    let mut stream = BufReader::new(stream);
    let mut reply = "220 poste.test ESMTP".to_owned();
    let (mut from, mut to) = (String::new(), String::new());
    loop {
        reply.push_str("\r\n");
        if stream.write_all(reply.as_bytes()).await.is_err() {
            return;
        }
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        let between = |line: &str| line.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(address, _)| address.to_owned()).unwrap_or_default();
        let word = line.split([' ', '\r']).next().unwrap().to_ascii_uppercase();
        reply = match (word.as_str(), now()) {
            (_, Mood::Away) | ("DATA", Mood::DropsBefore) | ("QUIT", _) => return,
            ("EHLO", _) => "250-poste.test\r\n250 8BITMIME".to_owned(),
            ("MAIL", _) => {
                from = between(&line);
                "250 well".to_owned()
            }
            ("RCPT", Mood::Answers(answer)) => answer.to_owned(),
            ("RCPT", _) => {
                to = between(&line);
                "250 well".to_owned()
            }
            ("DATA", mood) => {
                stream.write_all(b"354 go on\r\n").await.unwrap();
                let mut content = String::new();
                while !content.ends_with("\r\n.\r\n") {
                    if stream.read_line(&mut content).await.unwrap_or(0) == 0 {
                        return;
                    }
                }
                taken.lock().unwrap().push(Taken { to: to.clone(), from: from.clone(), content });
                arrived.send_modify(|count| *count += 1);
                if mood == Mood::DropsAfter {
                    return;
                }
                "250 taken".to_owned()
            }
            _ => "250 well".to_owned(),
        };
    }
}
