//! S-APP-CONSENT: who asks, for what, and what can be done about it.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::{
    crypto::sha256,
    journey::{
        Tools, agreements,
        facts::Facts,
        screen::{At, Outcome, Rejected, Screen},
    },
    model::{Api, Client, Proved, ScreenName, StepName},
    pages::{Form, Page, Publisher, ScopeInWords, Words, initials},
    policy::app_consent::ConsentVerdict,
    values::{Locale, Scope, Scopes, Timestamp},
};

/// The screen.
pub struct Person;

/// What can be pressed.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Answer {
    /// «Accepter».
    Accept {
        /// Hash of what was read.
        #[serde(default)]
        text_hash: String,
    },
    /// «Annuler».
    Cancel,
    /// «Signaler cette application».
    Report,
}

/// The application.
#[derive(Clone, Serialize)]
pub struct App {
    name: String,
    logo_src: Option<String>,
    initials: String,
    client_id: String,
    home_host: Option<String>,
    added: Timestamp,
    redirect_host: String,
    terms_url: Option<String>,
    privacy_url: Option<String>,
}

/// Scopes as pages show them: those of an API in its own words, standard ones in the page's.
#[must_use]
pub fn in_words(scopes: &Scopes, api: Option<&Api>, locale: Locale) -> Vec<ScopeInWords> {
    let say = |scope: &Scope| {
        let own = api.and_then(|api| api.scopes.iter().find(|own| own.name == *scope));
        let text = own.map(|own| own.text.get(locale).to_owned()).filter(|text| !text.is_empty());
        let title = own.map(|own| own.title.get(locale).to_owned()).or_else(|| (!scope.is_standard()).then(|| scope.to_string()));
        ScopeInWords { key: scope.to_string(), title, text }
    };
    scopes.iter().map(say).collect()
}

/// The line about who publishes an application.
#[must_use]
pub fn published_by(client: &Client) -> Publisher {
    Publisher { name: client.publisher.name.clone(), domain: client.publisher.domain.clone(), verified: client.publisher.verified_at.is_some() }
}

/// What the application asks for.
#[derive(Clone, Serialize)]
pub struct Asked {
    app: App,
    publisher: Publisher,
    scopes: Vec<ScopeInWords>,
    granted: Vec<ScopeInWords>,
    portal_href: &'static str,
}

impl Asked {
    /// The application of a journey, and what is new in what it asks for.
    #[must_use]
    pub fn of(facts: &Facts) -> Self {
        let locale = facts.visitor.locale;
        let new = new_scopes(facts);
        let api = facts.api.as_deref();
        let granted = facts.scopes().without(&new);
        let client = facts.client.as_deref();
        let name = client.map(|client| client.names.get(locale).to_owned()).unwrap_or_default();
        let app = App {
            logo_src: client.and_then(|client| client.logo.clone()),
            initials: initials(&name),
            client_id: client.map(|client| client.id.to_string()).unwrap_or_default(),
            home_host: client.and_then(|client| client.home_url.as_deref()).and_then(host),
            added: client.map(|client| client.created_at).unwrap_or_default(),
            redirect_host: facts.request().and_then(|request| host(request.redirect_uri.as_str())).unwrap_or_default(),
            terms_url: client.and_then(|client| client.terms_url.clone()),
            privacy_url: client.and_then(|client| client.privacy_url.clone()),
            name,
        };
        Self {
            app,
            publisher: client.map_or_else(|| Publisher { name: String::new(), domain: String::new(), verified: false }, published_by),
            scopes: in_words(&new, api, locale),
            granted: in_words(&granted, api, locale),
            portal_href: "/account/apps",
        }
    }

    /// The hash of what the page says about it.
    #[must_use]
    pub fn text_hash(&self, at: &At<'_>) -> String {
        at.facts.client.as_deref().map(|client| text_hash(client, &self.scopes, at.words)).unwrap_or_default()
    }

    /// As tests show it.
    #[must_use]
    pub fn sample() -> Self {
        let app = App {
            name: "Espace Client".into(),
            logo_src: None,
            initials: "EC".into(),
            client_id: "espace-client".into(),
            home_host: Some("espace-client.test".into()),
            added: Timestamp(1_767_600_000),
            redirect_host: "espace-client.test".into(),
            terms_url: Some("https://espace-client.test/conditions".into()),
            privacy_url: None,
        };
        let scope = |key: &str| ScopeInWords { key: key.into(), title: None, text: None };
        let own = ScopeInWords {
            key: "https://factures.aubepine.test/lire".into(),
            title: Some("Lire vos factures".into()),
            text: Some("Montants, dates et documents".into()),
        };
        Self {
            app,
            publisher: Publisher { name: "Cabinet Aubépine".into(), domain: "aubepine.test".into(), verified: false },
            scopes: vec![scope("openid"), scope("offline_access"), own],
            granted: Vec::new(),
            portal_href: "/account/apps",
        }
    }
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    identifier: String,
    #[serde(flatten)]
    asked: Asked,
    text_hash: String,
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/app_consent/person.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let scope = |key: &str| ScopeInWords { key: key.into(), title: None, text: None };
        let view = |verified, granted| {
            let mut asked = Asked { granted, ..Asked::sample() };
            asked.publisher.verified = verified;
            Self { form: Form::default(), identifier: "camille@courriel.test".into(), asked, text_hash: "h".into() }
        };
        vec![("unverified", view(false, Vec::new())), ("verified", view(true, Vec::new())), ("more", view(false, vec![scope("email"), scope("phone")]))]
    }
}

fn host(uri: &str) -> Option<String> {
    url::Url::parse(uri).ok()?.host_str().map(str::to_owned)
}

/// The hash of what the page says: application, publisher and scopes, in the language it is read in.
fn text_hash(client: &Client, scopes: &[ScopeInWords], words: &Words) -> String {
    let locale = words.locale();
    let mut text = format!("{}\n{}\n{}\n{}", locale.tag(), client.names.get(locale), client.publisher.name, client.publisher.domain);
    for scope in scopes {
        let ours = |part: &str| words.plain(&format!("scope-{}-{part}", scope.key)).map(|text| text.to_string()).unwrap_or_default();
        let title = scope.title.clone().unwrap_or_else(|| ours("title"));
        let said = scope.text.clone().unwrap_or_else(|| ours("text"));
        text.extend(["\n", &scope.key, "\t", &title, "\t", &said]);
    }
    URL_SAFE_NO_PAD.encode(sha256(text.as_bytes()))
}

fn new_scopes(facts: &Facts) -> Scopes {
    if let ConsentVerdict::Ask { new } = agreements::app(facts) { new } else { Scopes::default() }
}

impl Screen for Person {
    type Answer = Answer;
    type Page = View;

    fn page(at: &At<'_>) -> View {
        let asked = Asked::of(at.facts);
        View { form: at.form.clone(), identifier: at.facts.identifier(), text_hash: asked.text_hash(at), asked }
    }

    async fn answer(answer: Answer, at: &At<'_>, _: &Tools) -> Result<Outcome, Rejected> {
        match answer {
            Answer::Cancel => Ok(Outcome::proved(Proved::Declined(StepName::AppConsent))),
            Answer::Report => Ok(Outcome::Turn(ScreenName::AppReport)),
            Answer::Accept { text_hash } => {
                // Agreed is only what was read: if the application or its scopes changed meanwhile, the page is shown anew.
                if Self::page(at).text_hash != text_hash {
                    return Ok(Outcome::Turn(ScreenName::AppConsent));
                }
                Ok(Outcome::proved(Proved::Consented { scopes: at.facts.scopes(), text_hash }))
            }
        }
    }
}
