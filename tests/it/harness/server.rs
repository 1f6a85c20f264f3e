//! `parvis serve` itself: the binary, over TLS, on a folder and a port of its own, with a certificate made for the occasion.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use reqwest::{Certificate, Client, Url};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A running server. It ends with the test.
pub(crate) struct Server {
    process: Child,
    folder: TempDir,
    /// Where it is reached, which is its root issuer.
    pub(crate) url: Url,
    /// Trusts its certificate and follows no redirect.
    pub(crate) http: Client,
}

/// What a client gets when it is registered.
pub(crate) struct Registered {
    /// `client_id`.
    pub(crate) id: String,
    /// `client_secret`, where it has one.
    pub(crate) secret: Option<String>,
}

/// The password that everybody has.
pub(crate) const PASSWORD: &str = "une phrase assez longue";

impl Server {
    /// Starts one on an empty folder.
    pub(crate) fn starts() -> Self {
        let folder = TempDir::new().unwrap();
        let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let (certificate, key) = (folder.path().join("tls.pem"), folder.path().join("tls.key"));
        fs::write(&certificate, certified.cert.pem()).unwrap();
        fs::write(&key, certified.signing_key.serialize_pem()).unwrap();
        restrict(&key);
        let mut process = Command::new(env!("CARGO_BIN_EXE_parvis"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder.path().join("store"))
            .arg("--tls-certificate")
            .arg(&certificate)
            .arg("--tls-key")
            .arg(&key)
            .args(["--password-memory", "8192", "--password-passes", "1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let url = listening(&mut process);
        let http = client(certified.cert.pem().as_bytes());
        Self { process, folder, url, http }
    }

    /// A request of the administration, by the token that only this machine can read.
    pub(crate) async fn manages(&self, path: &str, body: Value) -> Value {
        let token = fs::read_to_string(self.folder.path().join("store/local.token")).unwrap();
        let address = self.url.join(&format!("/api/v1{path}")).unwrap();
        let answer = self.http.post(address).bearer_auth(token.trim()).json(&body).send().await.unwrap();
        let status = answer.status();
        let said = answer.text().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {said}");
        serde_json::from_str(&said).unwrap_or(Value::Null)
    }

    /// Registers a client of the default tenant.
    pub(crate) async fn registers(&self, client: Value) -> Registered {
        let made = self.manages("/tenants/default/clients", json!({ "client": client })).await;
        Registered { id: made["client_id"].as_str().unwrap().to_owned(), secret: made["client_secret"].as_str().map(ToOwned::to_owned) }
    }

    /// Makes an account in the default tenant, with [`PASSWORD`].
    pub(crate) async fn welcomes(&self, email: &str) {
        let account = json!({ "email": email, "profile": { "given_name": "Camille", "family_name": "Éon" } });
        self.manages("/tenants/default/accounts", json!({ "account": account, "password": PASSWORD })).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

#[cfg(unix)]
fn restrict(file: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
}

#[cfg(not(unix))]
fn restrict(_: &std::path::Path) {}

/// Waits until it says where it listens, and goes on reading so that it never waits for us.
fn listening(process: &mut Child) -> Url {
    let (said, heard) = mpsc::channel();
    let streams: [Box<dyn std::io::Read + Send>; 2] = [Box::new(process.stdout.take().unwrap()), Box::new(process.stderr.take().unwrap())];
    for stream in streams {
        let said = said.clone();
        thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                said.send(line).ok();
            }
        });
    }
    drop(said);
    let mut before = Vec::new();
    while let Ok(line) = heard.recv_timeout(Duration::from_mins(1)) {
        let address = line.split_once("public URL ").and_then(|(_, rest)| rest.split_whitespace().next()).and_then(|text| Url::parse(text).ok());
        if let Some(url) = address {
            return url;
        }
        before.push(line);
    }
    panic!("the server never listened: {}", before.join("\n"))
}

#[expect(clippy::disallowed_methods, reason = "a person's browser and a client's back end stand outside")]
fn client(certificate: &[u8]) -> Client {
    let builder = Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(Duration::from_secs(30));
    builder.tls_certs_only([Certificate::from_pem(certificate).unwrap()]).build().unwrap()
}
