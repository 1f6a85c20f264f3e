//! What a browser brings along: its cookies and its languages.

use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpMessage as _, HttpRequest, HttpResponseBuilder,
    cookie::{Cookie, SameSite, time::Duration},
    dev::Payload,
    http::header::{ACCEPT_LANGUAGE, USER_AGENT},
    web::Data,
};

use super::{agent::family, peer};
use crate::{
    crypto::Purpose,
    journey::{Tools, facts::Visitor},
    model::Tenant,
    values::{BrowserId, Digest, EntropyExt, Locale, Secret},
    web::{State, guard::RequestId, reply::Failure},
};

/// The cookie that names the browser.
const DEVICE: &str = "__Host-device";
/// The cookie that holds the sessions' tokens.
const SESSION: &str = "__Host-session";
/// The cookie that holds the language chosen at the foot of a page.
const LANGUAGE: &str = "__Host-lang";
/// How many accounts can be signed in at once in one browser.
const MOST_SESSIONS: usize = 5;

/// Cookies opened, languages read, address known.
#[derive(Debug, Default)]
pub struct Browser {
    device: Option<Secret<String>>,
    sessions: Vec<Secret<String>>,
    chosen: Option<(Locale, String)>,
    accepted: Option<Locale>,
    ip: Option<String>,
    agent: Option<String>,
    correlation: Option<String>,
}

/// Cookies on their way to the browser.
#[derive(Debug, Default)]
pub struct Jar(Vec<Cookie<'static>>);

fn is_token(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-' || c == b'_')
}

impl FromRequest for Browser {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let cookie = |name: &str| request.cookie(name).map(|cookie| cookie.value().to_owned());
        let device = cookie(DEVICE).filter(|token| is_token(token)).map(Secret::new);
        let sessions = cookie(SESSION).unwrap_or_default();
        let sessions = sessions.split('.').filter(|token| is_token(token)).take(MOST_SESSIONS).map(Secret::from).collect();
        let chosen = cookie(LANGUAGE).and_then(|text| {
            let (tag, journey) = text.split_once(':').unwrap_or((&text, ""));
            Locale::first_of(tag).map(|locale| (locale, journey.to_owned()))
        });
        let accepted = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).and_then(Locale::first_of);
        let ip = request.app_data::<Data<State>>().and_then(|state| peer(request, &state.proxies)).map(|ip| ip.to_string());
        let agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).and_then(family);
        let correlation = request.extensions().get::<RequestId>().map(|id| id.0.clone());
        ready(Ok(Self { device, sessions, chosen, accepted, ip, agent, correlation }))
    }
}

impl Browser {
    /// Has it a name? Without one it keeps no cookies, or is new.
    #[must_use]
    pub fn is_named(&self) -> bool {
        self.device.is_some()
    }

    /// Its name; one is given to it, with a cookie to keep, when it has none.
    pub fn id(&mut self, tools: &Tools, jar: &mut Jar) -> BrowserId {
        let token = self.device.get_or_insert_with(|| tools.entropy.token());
        jar.device(token.expose());
        BrowserId(tools.sealer.digest(Purpose::DeviceCookie, token.expose()).text())
    }

    /// The language chosen on the pages of this journey or part of the portal.
    #[must_use]
    pub fn chosen_for(&self, journey: &str) -> Option<Locale> {
        self.chosen.as_ref().filter(|(_, at)| at == journey).map(|(locale, _)| *locale)
    }

    /// Its name, if it has one.
    #[must_use]
    pub fn known_id(&self, tools: &Tools) -> Option<BrowserId> {
        self.device.as_ref().map(|token| BrowserId(tools.sealer.digest(Purpose::DeviceCookie, token.expose()).text()))
    }

    /// Who walks. The language is, in this order: chosen on this journey's pages, asked for by the client, chosen elsewhere before, the browser's own, the tenant's.
    #[must_use]
    pub fn visitor(&self, browser: BrowserId, tools: &Tools, (journey, asked): (&str, Option<Locale>), tenant: Option<&Tenant>) -> Visitor {
        let here = self.chosen_for(journey).filter(|_| !journey.is_empty());
        let before = self.chosen.as_ref().map(|(locale, _)| *locale);
        let locale = here.or(asked).or(before).or(self.accepted).or(tenant.map(|tenant| tenant.default_locale)).unwrap_or_default();
        let sessions = self.sessions.iter().map(|token| tools.sealer.digest(Purpose::SessionCookie, token.expose())).collect();
        Visitor { browser, sessions, chosen: here, locale, ip: self.ip.clone(), agent: self.agent.clone(), correlation: self.correlation.clone() }
    }

    /// Put a session's new token into the cookie, in the place of the one it replaces.
    pub fn signed_in(&self, token: &Secret<String>, replaces: Option<Digest>, stay: Option<u64>, context: (&Tools, &mut Jar)) {
        let (tools, jar) = context;
        let mut tokens = vec![token.expose().clone()];
        let keeps = |old: &&Secret<String>| replaces != Some(tools.sealer.digest(Purpose::SessionCookie, old.expose()));
        tokens.extend(self.sessions.iter().filter(keeps).map(|old| old.expose().clone()));
        tokens.truncate(MOST_SESSIONS);
        jar.session(&tokens.join("."), stay);
    }

    /// Take ended sessions out of the cookie.
    pub fn signed_out(&self, ended: &[Digest], context: (&Tools, &mut Jar)) {
        let (tools, jar) = context;
        let keeps = |token: &&Secret<String>| !ended.contains(&tools.sealer.digest(Purpose::SessionCookie, token.expose()));
        let tokens: Vec<String> = self.sessions.iter().filter(keeps).map(|token| token.expose().clone()).collect();
        jar.session(&tokens.join("."), None);
    }
}

impl Jar {
    /// Nothing to set yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn set(&mut self, name: &'static str, value: String, seconds: Option<i64>) {
        let mut cookie = Cookie::build(name, value).path("/").secure(true).http_only(true).same_site(SameSite::Lax).finish();
        if let Some(seconds) = seconds {
            cookie.set_max_age(Duration::seconds(seconds));
        }
        self.0.retain(|old| old.name() != name);
        self.0.push(cookie);
    }

    fn device(&mut self, token: &str) {
        self.set(DEVICE, token.to_owned(), Some(90 * 86_400));
    }

    fn session(&mut self, tokens: &str, stay: Option<u64>) {
        let seconds = if tokens.is_empty() { Some(0) } else { stay.and_then(|seconds| i64::try_from(seconds).ok()) };
        self.set(SESSION, tokens.to_owned(), seconds);
    }

    /// Remember a language that was chosen on a journey's page.
    pub fn language(&mut self, locale: Locale, journey: &str) {
        self.set(LANGUAGE, format!("{}:{journey}", locale.tag()), Some(400 * 86_400));
    }

    /// Put the cookies into a reply.
    pub fn into_reply(self, reply: &mut HttpResponseBuilder) {
        for cookie in self.0 {
            reply.cookie(cookie);
        }
    }
}
