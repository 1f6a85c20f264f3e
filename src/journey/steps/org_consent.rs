//! S-ORG-CONSENT: an organisation asks somebody who comes from elsewhere to let it have something about them.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::{
    crypto::sha256,
    journey::{
        Tools, agreements,
        facts::Facts,
        screen::{At, Outcome, Owed, Reason, Rejected, Screen, Verdict},
    },
    model::{Proved, ScreenName, StepName},
    pages::{Form, Page, Words},
    policy::org_consent::OrgConsent,
};

/// Where the person can take it back.
pub const PORTAL: &str = "/account/organisations";

/// Owed once for each version of the organisation's statement. Where application and organisation are asked for together, it is the application's turn.
#[must_use]
pub fn owed(facts: &Facts) -> Owed {
    if facts.said().any(|e| e.what == Proved::Declined(StepName::OrgConsent)) {
        return Owed::Refuse(Verdict::Declined(StepName::OrgConsent));
    }
    match agreements::organisation(facts) {
        OrgConsent::Settled | OrgConsent::WithApp => Owed::Settled,
        OrgConsent::Alone => Owed::ask(StepName::OrgConsent, ScreenName::OrgConsent, &[], Reason::Consent),
    }
}

/// The screen.
pub struct Permission;

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
}

/// The organisation that asks.
#[derive(Clone, Debug, Serialize)]
pub struct Asking {
    /// Its name.
    pub name: String,
    /// A domain that is proved to be its own.
    pub domain: Option<String>,
    /// Its privacy statement.
    pub statement_href: Option<String>,
}

impl Asking {
    /// The organisation of a journey.
    #[must_use]
    pub fn of(facts: &Facts) -> Self {
        let tenant = &facts.tenant;
        Self {
            name: tenant.names.get(facts.visitor.locale).to_owned(),
            domain: tenant.domains.first().cloned(),
            statement_href: tenant.support.privacy_url.clone(),
        }
    }

    /// As tests show it.
    #[must_use]
    pub fn sample() -> Self {
        Self { name: "Cabinet Aubépine".into(), domain: Some("aubepine.test".into()), statement_href: Some("https://aubepine.test/confidentialite".into()) }
    }

    /// All that is read about it, for the hash: what it asks for is in our words.
    #[must_use]
    pub fn text(&self, version: u32, words: &Words) -> String {
        let mut text = format!("{}\n{}\n{}\n{version}", words.locale().tag(), self.name, self.domain.as_deref().unwrap_or_default());
        text.extend(["\n", self.statement_href.as_deref().unwrap_or_default()]);
        for item in ["profile", "activity", "use"] {
            for part in ["title", "text"] {
                text.push('\n');
                text.push_str(&words.plain(&format!("org-consent-{item}-{part}")).map(|said| said.to_string()).unwrap_or_default());
            }
        }
        text
    }
}

/// The hash of a text that somebody read.
#[must_use]
pub fn hash(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(sha256(text.as_bytes()))
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    identifier: String,
    organisation: Asking,
    portal_href: &'static str,
    text_hash: String,
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/org_consent.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let view =
            |organisation| Self { form: Form::default(), identifier: "camille@courriel.test".into(), organisation, portal_href: PORTAL, text_hash: "h".into() };
        vec![("asked", view(Asking::sample())), ("bare", view(Asking { domain: None, statement_href: None, ..Asking::sample() }))]
    }
}

impl Screen for Permission {
    type Answer = Answer;
    type Page = View;

    fn page(at: &At<'_>) -> View {
        let organisation = Asking::of(at.facts);
        View {
            form: at.form.clone(),
            identifier: at.facts.identifier(),
            text_hash: hash(&organisation.text(at.facts.tenant.settings.privacy_version, at.words)),
            organisation,
            portal_href: PORTAL,
        }
    }

    async fn answer(answer: Answer, at: &At<'_>, _: &Tools) -> Result<Outcome, Rejected> {
        match answer {
            Answer::Cancel => Ok(Outcome::proved(Proved::Declined(StepName::OrgConsent))),
            // Agreed is only what was read: if the statement changed meanwhile, the page is shown anew.
            Answer::Accept { text_hash } if text_hash != Self::page(at).text_hash => Ok(Outcome::Turn(ScreenName::OrgConsent)),
            Answer::Accept { text_hash } => Ok(Outcome::proved(permitted(at.facts, text_hash))),
        }
    }
}

/// The agreement to what was read, as evidence.
#[must_use]
pub fn permitted(facts: &Facts, text_hash: String) -> Proved {
    Proved::Permitted { statement_version: facts.tenant.settings.privacy_version, text_hash, locale: facts.visitor.locale }
}
