//! An application, its service, its people and their browsers, in front of the real server.

use std::{collections::BTreeMap, net::SocketAddr};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::Method;
use serde_json::{Value, json};

use super::wire::{Answer, Silence, Wire};
use crate::boot::served::Served;

pub(super) const REDIRECT: &str = "https://espace.test/retour";
pub(super) const PASSWORD: &str = "une phrase assez longue";

/// Registered once for a data folder; holds after every restart.
#[derive(Clone, Debug)]
pub(super) struct Party {
    /// `client_id` of the application.
    pub(super) client: String,
    /// How it proves itself.
    pub(super) web: String,
    /// How its service proves itself.
    pub(super) robot: String,
    pub(super) people: u64,
}

/// Where the server is now, and this start's key to the administration API.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) address: SocketAddr,
    pub(super) local: String,
}

impl Place {
    pub(super) fn of(served: &Served) -> Self {
        let token = std::fs::read_to_string(served.data().join("local.token")).unwrap();
        Self { address: served.url.trim_start_matches("http://").parse().unwrap(), local: format!("Bearer {token}") }
    }

    pub(super) fn wire(&self) -> Wire {
        Wire::to(self.address)
    }
}

/// A server on this folder, always under the same public URL.
pub(super) fn serve(data: &std::path::Path, flags: &[&str]) -> Served {
    Served::start_in(data, &[&["--public-url", "https://id.aubepine.test", "--log", "json"], flags].concat())
}

async fn made(served: &Served, path: &str, body: Value) -> Value {
    let reply = served.api(Method::POST, path).json(&body).send().await.unwrap();
    let (status, text) = (reply.status(), reply.text().await.unwrap());
    assert!(status.is_success(), "{path}: {status} {text}");
    serde_json::from_str(&text).unwrap()
}

/// A new application that people are not asked about.
pub(super) fn application(name: &str) -> Value {
    json!({ "client": {
        "names": {"fr": name, "en": name}, "kind": "web", "redirect_uris": [REDIRECT], "auth_method": "client_secret_basic",
        "grant_types": ["authorization_code", "refresh_token"], "scopes": ["openid", "email", "offline_access"],
        "pkce": "waived", "consent": "implied", "id_token_algorithm": "ES256"
    } })
}

fn proof(made: &Value) -> String {
    let encode = |member: &str| url::form_urlencoded::byte_serialize(made[member].as_str().unwrap().as_bytes()).collect::<String>();
    format!("Basic {}", STANDARD.encode(format!("{}:{}", encode("client_id"), encode("client_secret"))))
}

impl Party {
    pub(super) async fn registers(served: &Served, people: u64) -> Self {
        let web = made(served, "/tenants/default/clients", application("Espace Client")).await;
        for (name, format) in [("archives", "opaque"), ("factures", "jwt")] {
            let scope = json!({"name": format!("{name}.lire"), "title": {"fr": "Lire", "en": "Read"}});
            let api = json!({"names": {"fr": name, "en": name}, "scopes": [scope], "token_format": format});
            made(served, "/tenants/default/apis", json!({"identifier": format!("https://{name}.test"), "api": api})).await;
        }
        let scopes = ["archives.lire", "factures.lire"];
        let robot = json!({"names": {"fr": "Robot", "en": "Robot"}, "kind": "service", "auth_method": "client_secret_basic", "scopes": scopes});
        let robot = made(served, "/tenants/default/clients", json!({ "client": robot })).await;
        for person in 0..people {
            let body = json!({"account": {"email": address_of(person)}, "password": PASSWORD});
            made(served, "/tenants/default/accounts", body).await;
        }
        Self { client: web["client_id"].as_str().unwrap().to_owned(), web: proof(&web), robot: proof(&robot), people }
    }

    /// Where a browser is sent to sign in.
    pub(super) fn authorize(&self, more: &[(&str, &str)]) -> String {
        let usual = [("response_type", "code"), ("client_id", &*self.client), ("redirect_uri", REDIRECT), ("scope", "openid email offline_access")];
        format!("/authorize?{}", super::wire::form(&[&usual, more].concat()))
    }

    pub(super) async fn token(&self, wire: &mut Wire, pairs: &[(&str, &str)]) -> Result<Answer, Silence> {
        wire.post("/token", &[("authorization", &self.web)], pairs).await
    }

    pub(super) async fn redeem(&self, wire: &mut Wire, code: &str) -> Result<Answer, Silence> {
        self.token(wire, &[("grant_type", "authorization_code"), ("code", code), ("redirect_uri", REDIRECT)]).await
    }

    pub(super) async fn refresh(&self, wire: &mut Wire, token: &str) -> Result<Answer, Silence> {
        self.token(wire, &[("grant_type", "refresh_token"), ("refresh_token", token)]).await
    }
}

/// A person's address.
pub(super) fn address_of(person: u64) -> String {
    format!("personne.{person}@aubepine.test")
}

/// A browser: its cookies.
#[derive(Clone, Debug, Default)]
pub(super) struct Browser {
    cookies: BTreeMap<String, String>,
}

/// Where a browser stands.
#[derive(Debug)]
pub(super) enum Stands {
    /// Before a form: where it posts to, and its token.
    Before { action: String, csrf: String },
    /// Back at the application, with a code.
    Back(String),
    /// Somewhere else: with what status, and what it says.
    Elsewhere(u16, #[expect(dead_code, reason = "for whoever reads why a test failed")] String),
}

impl Browser {
    fn sends(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn keeps(&mut self, answer: &Answer) {
        for cookie in answer.headers("set-cookie") {
            if let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// The cookies as a header.
    pub(super) fn header(&self) -> (&'static str, String) {
        ("cookie", self.sends())
    }

    /// Follow redirects until there is a form, a code, or something else.
    pub(super) async fn follow(&mut self, wire: &mut Wire, mut answer: Answer) -> Result<Stands, Silence> {
        loop {
            self.keeps(&answer);
            let Some(to) = answer.header("location").map(str::to_owned) else { break };
            if let Some(query) = to.strip_prefix(REDIRECT).and_then(|rest| rest.strip_prefix('?')) {
                let code = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "code").map(|(_, code)| code.into_owned());
                return Ok(code.map_or_else(|| Stands::Elsewhere(answer.status, to), Stands::Back));
            }
            let (name, value) = self.header();
            answer = wire.get(&to, &[(name, &value)]).await?;
        }
        let page = answer.text();
        let between = |before: &str| page.split(before).nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
        Ok(match (between("method=\"post\" action=\""), between("name=\"csrf\" value=\"")) {
            (Some(action), Some(csrf)) if answer.status == 200 => Stands::Before { action, csrf },
            _ => Stands::Elsewhere(answer.status, page),
        })
    }

    pub(super) async fn goes(&mut self, wire: &mut Wire, to: &str) -> Result<Stands, Silence> {
        let (name, value) = self.header();
        let answer = wire.get(to, &[(name, &value)]).await?;
        self.follow(wire, answer).await
    }

    /// Post a form, and do not follow.
    pub(super) async fn posts(&mut self, wire: &mut Wire, action: &str, pairs: &[(&str, &str)]) -> Result<Answer, Silence> {
        let (name, value) = self.header();
        wire.post(action, &[(name, &value)], pairs).await
    }

    /// Up to the form that asks for the password.
    pub(super) async fn says_who(&mut self, wire: &mut Wire, party: &Party, person: u64) -> Result<(String, String), Silence> {
        let stands = self.goes(wire, &party.authorize(&[])).await?;
        let Stands::Before { action, csrf } = stands else { panic!("no first page: {stands:?}") };
        let answer = self.posts(wire, &action, &[("csrf", &csrf), ("action", "next"), ("identifier", &address_of(person))]).await?;
        let stands = self.follow(wire, answer).await?;
        let Stands::Before { action, csrf } = stands else { panic!("no second page: {stands:?}") };
        Ok((action, csrf))
    }

    /// Sign in, all the way to a code.
    pub(super) async fn signs_in(&mut self, wire: &mut Wire, party: &Party, person: u64) -> Result<String, Silence> {
        let (action, csrf) = self.says_who(wire, party, person).await?;
        let answer = self.posts(wire, &action, &[("csrf", &csrf), ("action", "next"), ("password", PASSWORD)]).await?;
        match self.follow(wire, answer).await? {
            Stands::Back(code) => Ok(code),
            other => panic!("not signed in: {other:?}"),
        }
    }
}
