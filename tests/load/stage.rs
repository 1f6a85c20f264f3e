//! What the measurements need on the server: an account for each connection, applications and APIs, made as an operator would make them.

use std::net::SocketAddr;

use anyhow::{Context as _, Result, bail};
use aws_lc_rs::digest;
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use serde_json::{Value, json};

use crate::{
    server::Server,
    wire::{Answer, Asking, FORM, Wire, between, form},
};

/// Where the application is sent back to.
pub(crate) const CALLBACK: &str = "https://boutique.example/retour";
/// The scope of the API whose tokens are signed with RS256.
pub(crate) const READ_RS256: &str = "commandes.lire";
/// The scope of the API whose tokens are signed with ES256.
pub(crate) const READ_ES256: &str = "stock.lire";
/// What the application proves PKCE with.
const VERIFIER: &str = "une-phrase-assez-longue-pour-que-personne-ne-la-devine";
const PASSWORD: &str = "quatre saisons sous la pluie";
/// Pages between an authorization request and the way back.
const MOST_PAGES: usize = 8;

/// What is there.
pub(crate) struct Stage {
    /// Where the server listens.
    pub(crate) address: SocketAddr,
    /// What requests say in `Host`.
    pub(crate) host: String,
    /// The headers of the program that asks for itself.
    pub(crate) service: String,
    /// The headers of the application that people sign in to.
    pub(crate) application: String,
    people: Vec<String>,
}

/// A browser with its cookies, at an application's sign-in.
pub(crate) struct Browser {
    /// Its connection.
    pub(crate) wire: Wire,
    device: String,
    session: String,
    person: String,
}

impl Stage {
    /// Make it all, with this many people.
    pub(crate) async fn set(server: &Server, people: usize) -> Result<Self> {
        let token = std::fs::read_to_string(server.data.join("local.token")).context("no local token")?;
        let mut admin = Admin { wire: Wire::open(server.address).await?, host: server.host(), token };
        for (identifier, scope, algorithm) in [("https://commandes.example", READ_RS256, "RS256"), ("https://stock.example", READ_ES256, "ES256")] {
            let title = json!({ "fr": "Lire", "en": "Read" });
            let names = json!({ "fr": "Commandes", "en": "Orders" });
            let api = json!({ "names": names, "scopes": [{ "name": scope, "title": title }], "algorithm": algorithm });
            admin.make("apis", &json!({ "identifier": identifier, "api": api })).await?;
        }
        let service = json!({
            "names": { "fr": "Robot", "en": "Robot" }, "kind": "service", "grant_types": ["client_credentials"],
            "auth_method": "client_secret_basic", "scopes": [READ_RS256, READ_ES256],
        });
        let application = json!({
            "names": { "fr": "Boutique", "en": "Shop" }, "kind": "web", "grant_types": ["authorization_code", "refresh_token"],
            "auth_method": "client_secret_basic", "redirect_uris": [CALLBACK], "consent": "implied",
            "scopes": ["openid", "profile", "email", "offline_access"],
        });
        let service = admin.client("robot", service).await?;
        let application = admin.client("boutique", application).await?;
        let mut emails = Vec::new();
        for number in 0..people {
            let email = format!("personne{number}@morvan.test");
            let profile = json!({ "given_name": "Nadia", "family_name": "Ferrand" });
            admin.make("accounts", &json!({ "account": { "email": email, "profile": profile }, "password": PASSWORD })).await?;
            emails.push(email);
        }
        Ok(Self { address: server.address, host: server.host(), service, application, people: emails })
    }

    /// A new connection.
    pub(crate) async fn wire(&self) -> Result<Wire> {
        Wire::open(self.address).await
    }

    /// A browser in which nobody is signed in.
    pub(crate) async fn browser(&self, number: usize) -> Result<Browser> {
        let person = self.people.get(number).context("there are not so many people")?.clone();
        Ok(Browser { wire: self.wire().await?, device: String::new(), session: String::new(), person })
    }

    /// The authorization request for these scopes.
    pub(crate) fn authorize(scopes: &str) -> String {
        let challenge = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, VERIFIER.as_bytes()));
        let pairs = [
            ("response_type", "code"),
            ("client_id", "boutique"),
            ("redirect_uri", CALLBACK),
            ("scope", scopes),
            ("state", "af0ifjsldkj-af0ifjsldkj"),
            ("nonce", "n-0S6_WzA2Mj-n-0S6_WzA2Mj"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        format!("/authorize?{}", form(&pairs))
    }

    /// A form to the token endpoint or to one that takes the same.
    pub(crate) fn posted(&self, path: &str, headers: &str, pairs: &[(&str, &str)]) -> Vec<u8> {
        Asking { method: "POST", path, host: &self.host, headers, body: Some((FORM, &form(pairs))) }.bytes()
    }

    /// The redemption of a code.
    pub(crate) fn redemption(&self, code: &str) -> Vec<u8> {
        let pairs = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CALLBACK), ("code_verifier", VERIFIER)];
        self.posted("/token", &self.application, &pairs)
    }

    /// Somebody signed in, with the tokens for these scopes.
    pub(crate) async fn signed_in(&self, number: usize, scopes: &str) -> Result<(Browser, Value)> {
        let mut browser = self.browser(number).await?;
        let code = browser.sign_in(self, scopes).await?;
        let request = self.redemption(&code);
        let answer = browser.wire.ask(&request).await?.expect(200)?;
        let tokens = serde_json::from_str(answer.body)?;
        Ok((browser, tokens))
    }
}

impl Browser {
    /// The cookies as a header.
    pub(crate) fn cookies(&self) -> String {
        let named = |name: &str, value: &str| if value.is_empty() { String::new() } else { format!("__Host-{name}={value}; ") };
        let all = format!("{}{}", named("device", &self.device), named("session", &self.session));
        if all.is_empty() { all } else { format!("cookie: {}\r\n", all.trim_end_matches("; ")) }
    }

    /// Ask for this page or post this form; where that leads, and what is there.
    async fn go(&mut self, stage: &Stage, path: &str, posted: Option<&str>) -> Result<(Option<String>, String)> {
        let method = if posted.is_some() { "POST" } else { "GET" };
        let headers = self.cookies();
        let asking = Asking { method, path, host: &stage.host, headers: &headers, body: posted.map(|body| (FORM, body)) }.bytes();
        let answer = self.wire.ask(&asking).await?;
        let cookie = |name: &str| answer.headers("set-cookie").find_map(|set| set.strip_prefix(name)?.split(';').next()).map(str::to_owned);
        let (device, session) = (cookie("__Host-device="), cookie("__Host-session="));
        let led = match answer.status {
            200 => (None, answer.body.to_owned()),
            303 => (Some(answer.location()?.to_owned()), String::new()),
            status => bail!("{path} answered {status}: {}", answer.body),
        };
        self.device = device.unwrap_or_else(|| std::mem::take(&mut self.device));
        self.session = session.unwrap_or_else(|| std::mem::take(&mut self.session));
        Ok(led)
    }

    /// Through the pages to a code, with the password, as if the browser had been closed meanwhile.
    pub(crate) async fn sign_in(&mut self, stage: &Stage, scopes: &str) -> Result<String> {
        self.session.clear();
        let (mut place, _) = self.go(stage, &Stage::authorize(scopes), None).await?;
        for _ in 0..MOST_PAGES {
            let path = place.take().context("no way on")?;
            if let Some(code) = code_in(&path) {
                return Ok(code.to_owned());
            }
            let (_, page) = self.go(stage, &path, None).await?;
            let csrf = between(&page, r#"name="csrf" value=""#, '"').context("a page without a form")?;
            let form = if page.contains(r#"name="password""#) {
                form(&[("csrf", csrf), ("password", PASSWORD), ("action", "next")])
            } else if let Some(account) = between(&page, r#"name="account" value=""#, '"') {
                form(&[("csrf", csrf), ("account", account), ("action", "choose")])
            } else {
                form(&[("csrf", csrf), ("identifier", &self.person), ("action", "next")])
            };
            (place, _) = self.go(stage, &path, Some(&form)).await?;
        }
        bail!("the pages lead nowhere")
    }
}

/// The code in the address that a browser is sent back to.
pub(crate) fn code_in(location: &str) -> Option<&str> {
    location.strip_prefix(CALLBACK).and_then(|rest| between(rest, "code=", '&'))
}

/// Who may do everything.
struct Admin {
    wire: Wire,
    host: String,
    token: String,
}

impl Admin {
    async fn make(&mut self, what: &str, body: &Value) -> Result<Value> {
        let path = format!("/api/v1/tenants/default/{what}");
        let headers = format!("authorization: Bearer {}\r\n", self.token);
        let body = body.to_string();
        let asking = Asking { method: "POST", path: &path, host: &self.host, headers: &headers, body: Some(("application/json", &body)) }.bytes();
        let answer: Answer<'_> = self.wire.ask(&asking).await?.expect(201).with_context(|| format!("making one of the {what}"))?;
        Ok(serde_json::from_str(answer.body)?)
    }

    /// Register an application; the header with its secret.
    async fn client(&mut self, id: &str, client: Value) -> Result<String> {
        let made = self.make("clients", &json!({ "client_id": id, "client": client })).await?;
        let secret = made.get("client_secret").and_then(Value::as_str).context("no secret")?;
        Ok(format!("authorization: Basic {}\r\n", STANDARD.encode(format!("{id}:{secret}"))))
    }
}
