//! The program as its users run it: in a folder of its own, on a port that the system chose.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    thread::JoinHandle,
};

use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;
use tempfile::TempDir;

/// The program with nothing of this process's environment that it would read.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parvis"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PARVIS_") || name == "HOME" || name == "XDG_DATA_HOME" {
            command.env_remove(name);
        }
    }
    // The cheapest hashing that is allowed: these tests are about other things.
    command.env("PARVIS_PASSWORD_MEMORY", "8192").env("PARVIS_PASSWORD_PASSES", "1");
    command
}

/// An HTTP client for this test alone.
pub(crate) fn http() -> Client {
    #[expect(clippy::disallowed_methods, reason = "a test is a stranger to the program and reaches it over loopback")]
    let client = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    client.build().unwrap()
}

/// A running server. Dropped, it is killed.
pub(crate) struct Served {
    child: Child,
    log: Option<JoinHandle<String>>,
    data: PathBuf,
    folder: Option<TempDir>,
    /// What it said on standard output before it served.
    pub(crate) said: Vec<String>,
    /// Where it listens.
    pub(crate) url: String,
}

impl Served {
    /// In a new folder.
    pub(crate) fn start(flags: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut served = Self::start_in(folder.path(), flags);
        served.folder = Some(folder);
        served
    }

    /// In this one.
    pub(crate) fn start_in(data: &Path, flags: &[&str]) -> Self {
        if data.exists() {
            // Whatever the umask here: a folder that others may look into is not used.
            fs::set_permissions(data, fs::Permissions::from_mode(0o700)).unwrap();
        }
        let mut child =
            program().args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data).args(flags).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut log = child.stderr.take().unwrap();
        let log = std::thread::spawn(move || {
            let mut text = String::new();
            log.read_to_string(&mut text).unwrap();
            text
        });
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut said = Vec::new();
        while !said.iter().any(|line: &String| line.starts_with("listening on ")) {
            match lines.next() {
                Some(line) => said.push(line.unwrap()),
                None => panic!("it did not start: {said:?} {}", log.join().unwrap()),
            }
        }
        let url = said.iter().find_map(|line| line.strip_prefix("listening on ")).unwrap().to_owned();
        Self { child, log: Some(log), data: data.to_owned(), folder: None, said, url }
    }

    /// Its data folder.
    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// Its process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Send it a signal, `TERM` or another.
    pub(crate) fn signal(&self, name: &str) {
        assert!(Command::new("sh").args(["-c", &format!("kill -{name} {}", self.pid())]).status().unwrap().success());
    }

    /// Wait for its end; what it logged meanwhile comes with it.
    pub(crate) fn ended(mut self) -> (ExitStatus, String) {
        let status = self.child.wait().unwrap();
        (status, self.log.take().unwrap().join().unwrap())
    }

    /// A polite stop.
    pub(crate) fn stop(self) -> (ExitStatus, String) {
        self.signal("TERM");
        self.ended()
    }

    /// The link for the first operator, as a path.
    pub(crate) fn setup_path(&self) -> Option<String> {
        self.said.iter().find_map(|line| line.find("/setup/").map(|place| line[place..].to_owned()))
    }

    /// The command line, about this server.
    pub(crate) fn cli(&self, words: &[&str]) -> Output {
        program().args(words).arg("--data").arg(&self.data).output().unwrap()
    }

    /// The same, which must go well and answer JSON.
    pub(crate) fn cli_json(&self, words: &[&str]) -> Value {
        let done = self.cli(&[words, &["--json"]].concat());
        assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
        serde_json::from_slice(&done.stdout).unwrap()
    }

    /// A request to the administration API with this machine's token.
    pub(crate) fn api(&self, method: Method, path: &str) -> RequestBuilder {
        let token = fs::read_to_string(self.data.join("local.token")).unwrap();
        http().request(method, format!("{}/api/v1{path}", self.url)).bearer_auth(token)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        drop(self.folder.take());
    }
}
