//! S-CONSENT-BOTH: the organisation and its application ask on one page. One decision, two records.

use serde::{Deserialize, Serialize};

use super::person::Asked;
use crate::{
    journey::{
        Tools,
        screen::{At, Outcome, Proof, Rejected, Screen},
        steps::org_consent::{Asking, PORTAL, hash, permitted},
    },
    model::{Proved, ScreenName, StepName},
    pages::{Form, Page},
};

/// The screen.
pub struct Both;

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

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    identifier: String,
    organisation: Asking,
    #[serde(flatten)]
    asked: Asked,
    orgs_href: &'static str,
    text_hash: String,
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/app_consent/both.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let view = |asked| Self {
            form: Form::default(),
            identifier: "camille@courriel.test".into(),
            organisation: Asking::sample(),
            asked,
            orgs_href: PORTAL,
            text_hash: "h".into(),
        };
        vec![("asked", view(Asked::sample()))]
    }
}

impl Screen for Both {
    type Answer = Answer;
    type Page = View;

    fn page(at: &At<'_>) -> View {
        let (organisation, asked) = (Asking::of(at.facts), Asked::of(at.facts));
        let text = organisation.text(at.facts.tenant.settings.privacy_version, at.words);
        View {
            form: at.form.clone(),
            identifier: at.facts.identifier(),
            text_hash: hash(&format!("{text}\n{}", asked.text_hash(at))),
            organisation,
            asked,
            orgs_href: PORTAL,
        }
    }

    async fn answer(answer: Answer, at: &At<'_>, _: &Tools) -> Result<Outcome, Rejected> {
        let proved = match answer {
            Answer::Report => return Ok(Outcome::Turn(ScreenName::AppReport)),
            // Agreed is only what was read.
            Answer::Accept { text_hash } if text_hash != Self::page(at).text_hash => return Ok(Outcome::Turn(ScreenName::ConsentBoth)),
            Answer::Accept { text_hash } => {
                vec![permitted(at.facts, text_hash.clone()), Proved::Consented { scopes: at.facts.scopes(), text_hash }]
            }
            Answer::Cancel => vec![Proved::Declined(StepName::OrgConsent), Proved::Declined(StepName::AppConsent)],
        };
        Ok(Outcome::Proved(Proof { subject: None, proved, also: None, then: None, becomes: None }))
    }
}
