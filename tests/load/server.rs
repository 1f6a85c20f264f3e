//! The server as it is delivered, in a process of its own.

use std::{
    fs::File,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};

use crate::proc;

/// The binary.
pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_parvis");

/// How often a start is measured.
const STARTS: usize = 7;

/// A server that answers.
pub(crate) struct Server {
    child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// Its data folder.
    pub(crate) data: PathBuf,
    began: Instant,
}

/// What starting comes to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Starts {
    /// The first one, keys made.
    pub(crate) first: Duration,
    /// On a folder that is there; the middle one of some.
    pub(crate) again: Duration,
    /// Memory before the first request but one, in KiB.
    pub(crate) idle: u64,
    /// The binary in bytes.
    pub(crate) size: u64,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Start one and wait until it says where it listens.
    pub(crate) fn start(data: &Path) -> Result<Self> {
        let log = File::create(data.with_extension("log")).context("no log")?;
        let began = Instant::now();
        let mut child = Command::new(BINARY)
            .args(["serve", "--listen", "127.0.0.1:0", "--log", "json", "--data"])
            .arg(data)
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .context("the server does not start")?;
        let said = child.stdout.take().context("the server says nothing")?;
        let mut address = None;
        for line in BufReader::new(said).lines() {
            address = line?.strip_prefix("listening on http://").and_then(|text| text.trim().parse().ok());
            if address.is_some() {
                break;
            }
        }
        let Some(address) = address else {
            bail!("the server does not say where it listens; its log is {}", data.with_extension("log").display());
        };
        Ok(Self { child, address, data: data.to_owned(), began })
    }

    /// Ask for the metadata; the time since the start.
    fn first_answer(&self) -> Result<Duration> {
        let mut stream = TcpStream::connect(self.address)?;
        let host = self.host();
        write!(stream, "GET /.well-known/openid-configuration HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        if answer.starts_with("HTTP/1.1 200") { Ok(self.began.elapsed()) } else { bail!("the first answer was: {answer}") }
    }

    /// First starts and others, each on folders of their own.
    pub(crate) fn starts(folder: &Path) -> Result<Starts> {
        let data = folder.join("starts");
        let server = Self::start(&data)?;
        let first = server.first_answer()?;
        server.stop()?;
        let mut idle = 0;
        let mut all = Vec::new();
        for _ in 0..STARTS {
            let server = Self::start(&data)?;
            all.push(server.first_answer()?);
            idle = proc::memory(server.pid())?.max(idle);
            server.stop()?;
        }
        all.sort_unstable();
        let again = all.get(STARTS / 2).copied().unwrap_or_default();
        Ok(Starts { first, again, idle, size: std::fs::metadata(BINARY)?.len() })
    }

    /// The process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What requests say in `Host`.
    pub(crate) fn host(&self) -> String {
        format!("localhost:{}", self.address.port())
    }

    /// Ask it to stop as an operator would, and wait for it.
    pub(crate) fn stop(mut self) -> Result<()> {
        let asked = Command::new("kill").args(["-TERM", &self.pid().to_string()]).status().context("no kill")?;
        let ended = self.child.wait()?;
        if asked.success() && ended.success() { Ok(()) } else { bail!("the server ended with {ended}") }
    }
}
