//! S-SIGNUP-PROFILE: what the person is called, and what else the organisation says it needs.

use serde::{Deserialize, Serialize};

use crate::{
    journey::{
        Tools,
        facts::Facts,
        screen::{At, Outcome, Owed, Reason, Rejected, Screen},
    },
    model::{Described, Marketing, Proved, ScreenName, StepName},
    pages::{Complaint, CountryShown, Form, Page, countries},
    policy::attributes::{self, Asked, BirthRefused},
    values::Locale,
};

/// Owed until it was said. Whoever is invited by name is asked only where more is needed than a name.
#[must_use]
pub fn owed(facts: &Facts) -> Owed {
    let asked = attributes::asked(&facts.tenant.settings, facts.client.as_deref());
    let is_known = facts.invitation.as_ref().is_some_and(|invitation| invitation.names().is_some()) && !asked.country && asked.birth_date.is_none();
    if is_known || facts.said().any(|e| matches!(e.what, Proved::Described(_))) {
        return Owed::Settled;
    }
    Owed::ask(StepName::Profile, ScreenName::SignUpProfile, &[], Reason::Interaction)
}

/// The screen.
pub struct Profile;

/// What can be pressed.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Answer {
    /// «Créer mon compte».
    Create {
        /// As typed.
        #[serde(default)]
        given_name: String,
        /// As typed.
        #[serde(default)]
        family_name: String,
        /// A country's code.
        #[serde(default)]
        country: String,
        /// A language.
        #[serde(default)]
        locale: String,
        /// As typed.
        #[serde(default)]
        bday_day: String,
        /// As typed.
        #[serde(default)]
        bday_month: String,
        /// As typed.
        #[serde(default)]
        bday_year: String,
        /// Ticked, if it is there at all.
        #[serde(default)]
        marketing: Option<String>,
    },
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    identifier: String,
    /// Those to choose among; none where the country is not asked.
    countries: Vec<CountryShown>,
    country: Option<String>,
    locale: &'static str,
    birth_reason: Option<String>,
    marketing: Option<String>,
    terms_url: Option<String>,
    privacy_url: Option<String>,
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/profile.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let view = |form, terms: Option<&str>| Self {
            form,
            identifier: "camille@courriel.test".into(),
            countries: Vec::new(),
            country: None,
            locale: "fr",
            birth_reason: None,
            marketing: None,
            terms_url: terms.map(str::to_owned),
            privacy_url: terms.map(|_| "https://aubepine.test/confidentialite".to_owned()),
        };
        let country = |code, name: &str| CountryShown { code, name: name.into() };
        let asked = |view: Self| Self {
            countries: vec![country("BE", "Belgique"), country("FR", "France")],
            country: Some("FR".into()),
            birth_reason: Some("La loi réserve ce service aux personnes de plus de quinze ans.".into()),
            marketing: Some("Je souhaite recevoir des informations de Cabinet Aubépine".into()),
            ..view
        };
        let missing = Form::keeping(&[("given_name".into(), "Camille".into())], Profile::KEPT);
        vec![
            ("empty", view(Form::default(), None)),
            ("asked", asked(view(Form::default(), Some("https://aubepine.test/conditions")))),
            ("impossible", asked(view(Form::default().complaining(Complaint::Date, Some("bday_day")), None))),
            ("missing", view(missing.complaining(Complaint::Required { field: "family_name" }, Some("family_name")), Some("https://aubepine.test/conditions"))),
        ]
    }
}

/// The longest name.
const LONGEST: usize = 120;

/// One line of text that is there.
fn name(field: &'static str, typed: &str) -> Result<String, Rejected> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_unfit = |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    if name.is_empty() || name.chars().count() > LONGEST || name.chars().any(is_unfit) {
        return Err(Rejected::field(field, Complaint::Required { field }));
    }
    Ok(name)
}

/// The sentence beside the box for news, where the organisation offers any.
fn offered_news(at: &At<'_>) -> Option<String> {
    let tenant = &at.facts.tenant;
    let name = tenant.names.get(at.facts.visitor.locale);
    at.words.naming("s-signup-profile-marketing", "tenant", name).ok().filter(|_| asked(at).marketing)
}

fn asked<'a>(at: &'a At<'_>) -> Asked<'a> {
    attributes::asked(&at.facts.tenant.settings, at.facts.client.as_deref())
}

fn refused(why: BirthRefused, least: u32) -> Rejected {
    match why {
        BirthRefused::Missing(field) => Rejected::field(field, Complaint::Required { field }),
        BirthRefused::Impossible => Rejected::field("bday_day", Complaint::Date),
        BirthRefused::Young => Rejected::field("bday_day", Complaint::Young { least }),
    }
}

impl Screen for Profile {
    type Answer = Answer;
    type Page = View;
    const KEPT: &'static [&'static str] = &["given_name", "family_name", "country", "locale", "bday_day", "bday_month", "bday_year", "marketing"];

    fn page(at: &At<'_>) -> View {
        let (tenant, rules, locale) = (&at.facts.tenant, &at.facts.tenant.settings, at.facts.visitor.locale);
        View {
            form: at.facts.invitation.as_ref().and_then(|invitation| invitation.names()).filter(|_| at.form == Form::default()).map_or_else(
                || at.form.clone(),
                |(given, family)| Form::keeping(&[("given_name".into(), given.into()), ("family_name".into(), family.into())], Self::KEPT),
            ),
            identifier: at.facts.identifier(),
            countries: if asked(at).country { countries(at.words) } else { Vec::new() },
            country: rules.country.clone(),
            locale: locale.tag(),
            birth_reason: asked(at).birth_date.map(|reason| reason.get(locale).to_owned()),
            marketing: offered_news(at),
            terms_url: tenant.support.terms_url.clone(),
            privacy_url: tenant.support.privacy_url.clone(),
        }
    }

    async fn answer(answer: Answer, at: &At<'_>, _: &Tools) -> Result<Outcome, Rejected> {
        let Answer::Create { given_name, family_name, country, locale, bday_day, bday_month, bday_year, marketing } = answer;
        let (facts, asked, least) = (at.facts, asked(at), at.facts.tenant.settings.minimum_age);
        let given_name = name("given_name", &given_name)?;
        let family_name = name("family_name", &family_name)?;
        let chosen = attributes::country(&country).map(str::to_owned);
        if asked.country && chosen.is_none() {
            return Err(Rejected::field("country", Complaint::Required { field: "country" }));
        }
        let birthdate = match asked.birth_date {
            Some(_) => Some(attributes::birth_date((&bday_day, &bday_month, &bday_year), least, facts.now).map_err(|why| refused(why, least))?),
            None => None,
        };
        // What was not asked is not kept, whoever posts it.
        let described = Described {
            given_name,
            family_name,
            locale: Locale::ALL.iter().copied().find(|known| known.tag() == locale).unwrap_or(facts.visitor.locale),
            country: chosen.filter(|_| asked.country),
            birthdate,
            marketing: offered_news(at).map(|text| Marketing { agreed: marketing.is_some(), text, at: facts.now }),
        };
        Ok(Outcome::proved(Proved::Described(described)))
    }
}
