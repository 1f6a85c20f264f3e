//! S-COMPANY: the first person of a company makes it. [RU-01]

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    journey::{
        Letter, Tools,
        company::Affiliation,
        facts::Facts,
        screen::{At, Outcome, Owed, Proof, Reason, Rejected, Screen},
    },
    model::{Company, CompanyAnswer, CompanyDetails, MailContent, Proved, ScreenName, StepName},
    pages::{Complaint, CountryShown, Form, Page, countries},
    policy::{
        company::{LONGEST, SIZES, Wrong, faults, identity, tidied, unfit},
        profile::ZONES,
    },
    storage::Batch,
    values::{CompanyId, Email, EntropyExt as _, Locale},
};

/// A company's administrator is written to about the same person at most once in a day.
const DAY: u64 = 86_400;

/// Owed by somebody who comes for a company that is not there yet, where the organisation wants to know it.
#[must_use]
pub fn owed(facts: &Facts) -> Owed {
    if facts.company.as_ref().is_some_and(Affiliation::is_owed) {
        Owed::ask(StepName::Company, ScreenName::Company, &[], Reason::Interaction)
    } else {
        Owed::Settled
    }
}

/// The screen.
pub struct Make;

/// What can be pressed.
#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Answer {
    /// «Créer la société».
    Create(BTreeMap<String, String>),
    /// «Enregistrer et finir plus tard».
    Later(BTreeMap<String, String>),
    /// «Ma société existe déjà».
    Join(BTreeMap<String, String>),
}

/// What is shown.
#[derive(Serialize)]
pub struct View {
    form: Form,
    identifier: String,
    organisation: String,
    /// Fields that still hold what the inviter filled in.
    tagged: Vec<&'static str>,
    countries: Vec<CountryShown>,
    sizes: &'static [&'static str],
    zones: &'static [&'static str],
    most: usize,
}

impl Page for View {
    const TEMPLATE: &'static str = "journey/company.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let texts = [
            ("legal_name", "Ateliers Morvan SAS"),
            ("country", "FR"),
            ("reg_no", "73282932000074"),
            ("street-address", "3 rue des Cuves"),
            ("postal-code", "58000"),
            ("address-level2", "Nevers"),
            ("contact_given", "Basile"),
            ("contact_family", "Roux"),
            ("contact_language", "fr"),
            ("timezone", "Europe/Paris"),
        ];
        let typed = texts.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let view = |form, tagged: &[&'static str]| Self {
            form,
            identifier: "b.roux@morvan.test".into(),
            organisation: "Le Fournil Machines".into(),
            tagged: tagged.to_vec(),
            countries: vec![CountryShown { code: "BE", name: "Belgique".into() }, CountryShown { code: "FR", name: "France".into() }],
            sizes: SIZES,
            zones: ZONES,
            most: LONGEST,
        };
        let filled = Form::keeping(&typed, CompanyDetails::FIELDS);
        let wrong = filled.clone().complaining(Complaint::CompanyNumber, Some("reg_no")).complaining(Complaint::Phone, Some("phone"));
        let taken = filled.clone().complaining(Complaint::CompanyTaken { contact: "b…x@morvan.test".into() }, None);
        vec![
            ("empty", view(Form::default(), &[])),
            ("prefilled", view(filled, &["legal_name", "country", "postal-code", "address-level2"])),
            ("wrong", view(wrong, &[])),
            ("taken", view(taken, &[])),
        ]
    }
}

fn written(fields: &BTreeMap<String, String>) -> CompanyDetails {
    let mut details = CompanyDetails::default();
    for field in CompanyDetails::FIELDS {
        details.write(field, fields.get(*field).map_or("", String::as_str));
    }
    tidied(details)
}

/// What the form begins with: what was said before, else what is known.
fn known(facts: &Facts) -> CompanyDetails {
    let affiliation = facts.company.as_ref();
    if let Some(CompanyAnswer::Create { details, .. } | CompanyAnswer::Later { details, .. }) = affiliation.and_then(|affiliation| affiliation.answer.as_ref())
    {
        return details.clone();
    }
    let mut details = affiliation.and_then(|affiliation| affiliation.company.as_ref()).map(|company| company.details.clone()).unwrap_or_default();
    let profile = facts.person.as_ref().map(|person| &person.account.profile);
    let described = facts.said().find_map(|e| if let Proved::Described(described) = &e.what { Some(described) } else { None });
    let given = described.map(|described| described.given_name.clone()).or_else(|| profile.and_then(|profile| profile.given_name.clone()));
    let family = described.map(|described| described.family_name.clone()).or_else(|| profile.and_then(|profile| profile.family_name.clone()));
    let is_french = facts.tenant.default_locale == Locale::Fr;
    for (field, text) in [
        ("contact_given", given.unwrap_or_default()),
        ("contact_family", family.unwrap_or_default()),
        ("contact_language", facts.visitor.locale.tag().to_owned()),
        ("country", if is_french { "FR".to_owned() } else { String::new() }),
        ("timezone", if is_french { "Europe/Paris".to_owned() } else { String::new() }),
    ] {
        if details.value(field).is_empty() {
            details.write(field, &text);
        }
    }
    details
}

/// What the draft of an inviter holds.
fn filled(facts: &Facts) -> Option<&CompanyDetails> {
    facts.company.as_ref()?.company.as_ref().map(|company| &company.filled)
}

impl Screen for Make {
    type Answer = Answer;
    type Page = View;
    const KEPT: &'static [&'static str] = CompanyDetails::FIELDS;

    fn page(at: &At<'_>) -> View {
        let facts = at.facts;
        let mut form = at.form.clone();
        if form.typed.is_empty() {
            let known = known(facts);
            form.typed = CompanyDetails::FIELDS.iter().map(|field| ((*field).to_owned(), known.value(field).to_owned())).collect();
        }
        let is_theirs = |field: &&str| {
            let theirs = filled(facts).map_or("", |filled| filled.value(field));
            !theirs.is_empty() && form.typed.get(*field).is_some_and(|typed| typed == theirs)
        };
        let tagged = CompanyDetails::FIELDS.iter().copied().filter(is_theirs).collect();
        let organisation = facts.tenant.names.get(facts.visitor.locale).to_owned();
        View { form, identifier: facts.identifier(), organisation, tagged, countries: countries(at.words), sizes: SIZES, zones: ZONES, most: LONGEST }
    }

    fn standing_complaint(facts: &Facts) -> Option<Complaint> {
        let twin = facts.company.as_ref()?.twin.as_ref()?;
        Some(Complaint::CompanyTaken { contact: contact_of(twin) })
    }

    async fn answer(answer: Answer, at: &At<'_>, tools: &Tools) -> Result<Outcome, Rejected> {
        match answer {
            Answer::Create(fields) => create(written(&fields), at.facts, tools).await,
            Answer::Later(fields) => {
                let details = written(&fields);
                refuse(unfit(&details))?;
                Ok(Outcome::proved(Proved::Company(Box::new(CompanyAnswer::Later { id: id_of(at.facts, tools), details }))))
            }
            Answer::Join(fields) => join(&written(&fields), at.facts, tools).await,
        }
    }
}

/// The draft's id, or a new one.
fn id_of(facts: &Facts, tools: &Tools) -> CompanyId {
    let draft = facts.company.as_ref().and_then(|affiliation| affiliation.company.as_ref()).map(|company| company.id);
    draft.unwrap_or_else(|| CompanyId(tools.entropy.uuid(facts.now)))
}

fn refuse(faults: Vec<(&'static str, Wrong)>) -> Result<(), Rejected> {
    if faults.is_empty() {
        return Ok(());
    }
    let complaint = |wrong, field| match wrong {
        Wrong::Missing => Complaint::Required { field },
        Wrong::TooLong => Complaint::TooLong { field, most: LONGEST },
        Wrong::Number => Complaint::CompanyNumber,
        Wrong::Phone => Complaint::Phone,
    };
    Err(Rejected::Fields(faults.into_iter().map(|(field, wrong)| (field, complaint(wrong, field))).collect()))
}

async fn create(details: CompanyDetails, facts: &Facts, tools: &Tools) -> Result<Outcome, Rejected> {
    refuse(faults(&details))?;
    let (id, number) = (id_of(facts, tools), identity(&details));
    if let Some(number) = &number
        && let Some(twin) = tools.reads().company_by_number(facts.tenant.id, &details.country, number).await?
    {
        return Err(Rejected::Complaint { complaint: Complaint::CompanyTaken { contact: contact_of(&twin) }, field: Some("reg_no"), also: None });
    }
    Ok(Outcome::proved(Proved::Company(Box::new(CompanyAnswer::Create { id, details, number }))))
}

/// Whom to ask, as far as a stranger may know: initials.
fn contact_of(company: &Company) -> String {
    let initial = |name: &str| name.chars().next().map(|letter| format!("{letter}.")).unwrap_or_default();
    let (given, family) = (initial(&company.details.contact_given), initial(&company.details.contact_family));
    let name = [given, family].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    if name.is_empty() { company.details.legal_name.clone() } else { name }
}

/// The company's administrator is written to, if there is such a company; what the person sees is the same if there is none.
async fn join(details: &CompanyDetails, facts: &Facts, tools: &Tools) -> Result<Outcome, Rejected> {
    let Some(number) = identity(details) else { return Err(Rejected::field("reg_no", Complaint::Required { field: "reg_no" })) };
    let found = tools.reads().company_by_number(facts.tenant.id, &details.country, &number).await?;
    let maker = match found.as_ref().and_then(|company| company.created_by) {
        Some(subject) => tools.reads().account(subject).await?,
        None => None,
    };
    let address: Email = facts.identifier().parse().map_err(|_| crate::values::Fault::new("somebody who asks for a company has no address"))?;
    let content = MailContent::CompanyAsked { company: found.map(|company| company.details.legal_name.clone()).unwrap_or_default(), who: who(facts, &address) };
    let mut also = Batch::new(facts.now);
    let occasion = [facts.tenant.id.to_string(), number, address.norm().to_owned()];
    let occasion: Vec<&str> = occasion.iter().map(String::as_str).collect();
    let letter = Letter::to_account(content, maker.as_deref(), &facts.tenant);
    letter.post_once_in(DAY, &occasion, (tools, &mut also), facts.now).await?;
    let proof = Proof::of(Proved::Company(Box::new(CompanyAnswer::Asked)));
    Ok(Outcome::Proved(Proof { also: Some(also), ..proof }))
}

/// Name and address of who asks.
fn who(facts: &Facts, address: &Email) -> String {
    let known = known(facts);
    let name = format!("{} {}", known.contact_given, known.contact_family);
    if name.trim().is_empty() { address.to_string() } else { format!("{} ({address})", name.trim()) }
}
