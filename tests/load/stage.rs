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

/// An answer.
pub(crate) struct Seen {
    /// The status.
    pub(crate) status: u16,
    /// Where it leads.
    pub(crate) to: Option<String>,
    /// The page.
    pub(crate) body: String,
}

impl Stage {
    /// Make it all, with this many people.
    pub(crate) async fn set(server: &Server, people: usize) -> Result<Self> {
        let mut admin = Admin::of(server).await?;
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
        match self.sees(stage, path, posted).await? {
            Seen { status: 303, to, .. } => Ok((to, String::new())),
            Seen { status: 200, body, .. } => Ok((None, body)),
            Seen { status, body, .. } => bail!("{path} answered {status}: {body}"),
        }
    }

    /// The same, whatever the answer.
    pub(crate) async fn sees(&mut self, stage: &Stage, path: &str, posted: Option<&str>) -> Result<Seen> {
        let method = if posted.is_some() { "POST" } else { "GET" };
        let headers = self.cookies();
        let asking = Asking { method, path, host: &stage.host, headers: &headers, body: posted.map(|body| (FORM, body)) }.bytes();
        let answer = self.wire.ask(&asking).await?;
        let cookie = |name: &str| answer.headers("set-cookie").find_map(|set| set.strip_prefix(name)?.split(';').next()).map(str::to_owned);
        let (device, session) = (cookie("__Host-device="), cookie("__Host-session="));
        let seen = Seen { status: answer.status, to: answer.location().ok().map(str::to_owned), body: answer.body.to_owned() };
        self.device = device.unwrap_or_else(|| std::mem::take(&mut self.device));
        self.session = session.unwrap_or_else(|| std::mem::take(&mut self.session));
        Ok(seen)
    }

    /// Who uses it.
    pub(crate) fn person(&self) -> &str {
        &self.person
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
pub(crate) struct Admin {
    wire: Wire,
    host: String,
    token: String,
}

impl Admin {
    /// Whoever has the server's folder.
    pub(crate) async fn of(server: &Server) -> Result<Self> {
        let token = std::fs::read_to_string(server.data.join("local.token")).context("no local token")?;
        Ok(Self { wire: Wire::open(server.address).await?, host: server.host(), token })
    }

    /// Make one of these in the organisation that is there from the start.
    pub(crate) async fn make(&mut self, what: &str, body: &Value) -> Result<Value> {
        self.ask("POST", what, body, 201).await
    }

    /// Change its settings.
    pub(crate) async fn set(&mut self, settings: &Value) -> Result<()> {
        self.ask("PATCH", "settings", settings, 200).await.map(drop)
    }

    async fn ask(&mut self, method: &str, what: &str, body: &Value, status: u16) -> Result<Value> {
        let path = format!("/api/v1/tenants/default/{what}");
        let headers = format!("authorization: Bearer {}\r\n", self.token);
        let body = body.to_string();
        let asking = Asking { method, path: &path, host: &self.host, headers: &headers, body: Some(("application/json", &body)) }.bytes();
        let answer: Answer<'_> = self.wire.ask(&asking).await?.expect(status).with_context(|| format!("writing {what}"))?;
        Ok(serde_json::from_str(answer.body)?)
    }

    /// Register an application; the header with its secret.
    async fn client(&mut self, id: &str, client: Value) -> Result<String> {
        let made = self.make("clients", &json!({ "client_id": id, "client": client })).await?;
        let secret = made.get("client_secret").and_then(Value::as_str).context("no secret")?;
        Ok(format!("authorization: Basic {}\r\n", STANDARD.encode(format!("{id}:{secret}"))))
    }
}
