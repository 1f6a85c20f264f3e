//! S-AD-TOU: terms of use, their versions, and who accepted them. S-CONFIRM stands before a version is published.

use actix_web::{HttpResponse, web::Path};

use super::{Console, account::status_of};
use crate::{
    model::{Localised, TermsAudience},
    pages::{AcceptanceLine, AcceptancesReport, AppChoice, Complaint, Form, TermsConfirming, TermsList, TermsRow, TermsSheet, TermsVersionRow},
    policy::admin::Right,
    service::admin::{
        PageAsked, Refused, Shown, invitations,
        terms::{self, AcceptanceOutcome, NewTerms, NewVersion, TermsShown, VersionShown, WordingsWritten},
    },
    values::Locale,
    web::{
        account::portal::field,
        extract::{Pairs, QueryPairs},
    },
};

const DAY: u64 = 86_400;
/// For how many days a version may be put off, as the form offers them.
const GRACE: &[u64] = &[0, 14, 30, 60, 90];
/// The languages of a text: in the form, and as it is kept.
const TEXTS: &[(&str, &str, Locale)] = &[("text_fr", "hash_fr", Locale::Fr), ("text_en", "hash_en", Locale::En)];

type At = Path<(String, String)>;

fn typed<'a>(posted: &'a [(String, String)], name: &str) -> &'a str {
    field(posted, name).map(str::trim).unwrap_or_default()
}

/// `GET /admin/{tenant}/terms`
pub async fn list(mut console: Console) -> HttpResponse {
    let came = rows(&mut console, Form::default()).await;
    console.answers(came)
}

async fn apps(console: &Console) -> Result<Vec<AppChoice>, Refused> {
    let locale = console.visitor.locale;
    let apps = invitations::applications(&console.state.tools, &console.tenant).await?;
    Ok(apps.iter().map(|app| AppChoice { key: app.id.to_string(), name: app.names.get(locale).to_owned() }).collect())
}

fn named(apps: &[AppChoice], shown: &TermsShown) -> Option<String> {
    let id = shown.client.as_ref()?.to_string();
    Some(apps.iter().find(|app| app.key == id).map_or(id, |app| app.name.clone()))
}

async fn rows(console: &mut Console, form: Form) -> Result<HttpResponse, Refused> {
    let asked = PageAsked { after: None, limit: Some(100) };
    let found = terms::list(&console.state.tools, &console.by, &console.tenant.slug, &asked).await?;
    let apps = apps(console).await?;
    let rows = found.items.iter().map(|shown| TermsRow {
        href: console.path(&format!("terms/{}", shown.it.id)),
        name: shown.it.written.names.get(console.visitor.locale).to_owned(),
        app: named(&apps, &shown.it),
        version: shown.it.versions.last().map(|version| version.number),
        is_retired: shown.it.written.retired,
    });
    let view = TermsList { desk: console.desk(), rows: rows.collect(), can_write: console.may(Right::TermsWrite), apps, form };
    let status = status_of(&view.form);
    Ok(console.shows(status, &view, "S-AD-TOU"))
}

/// `POST /admin/{tenant}/terms`
pub async fn create(mut console: Console, posted: Pairs) -> HttpResponse {
    let came = created(&mut console, &posted.0).await;
    console.answers(came)
}

async fn created(console: &mut Console, posted: &[(String, String)]) -> Result<HttpResponse, Refused> {
    let form = Form::keeping(posted, TermsList::KEPT);
    if !console.is_own_form(posted) {
        return rows(console, form.complaining(Complaint::Stale, None)).await;
    }
    if let Some(field) = ["name_fr", "name_en", "document"].into_iter().find(|name| typed(posted, name).is_empty()) {
        return rows(console, form.complaining(Complaint::Required { field }, Some(field))).await;
    }
    let names = Localised { fr: typed(posted, "name_fr").to_owned(), en: typed(posted, "name_en").to_owned() };
    let client = Some(typed(posted, "client").to_owned()).filter(|client| !client.is_empty());
    let new = NewTerms { id: typed(posted, "document").to_owned(), names, client };
    match terms::create(&console.state.tools, &console.by, &console.tenant.slug, new).await {
        Ok(made) => Ok(console.goes(&console.path(&format!("terms/{}", made.it.id)))),
        Err(Refused::Invalid { field: "names", .. }) => rows(console, form.complaining(Complaint::Unfit { field: "name_fr" }, Some("name_fr"))).await,
        Err(Refused::Invalid { .. } | Refused::Taken(_)) => rows(console, form.complaining(Complaint::Unfit { field: "document" }, Some("document"))).await,
        Err(refused) => Err(refused),
    }
}

/// `GET /admin/{tenant}/terms/{document}`
pub async fn show(mut console: Console, at: At, query: QueryPairs) -> HttpResponse {
    let done = field(&query.0, "done").and_then(|done| ["published", "retired", "resumed"].into_iter().find(|known| *known == done));
    let came = sheet(&mut console, &at.1, Form::default(), (done, None)).await;
    console.answers(came)
}

async fn sheet(
    console: &mut Console,
    which: &str,
    form: Form,
    (done, report): (Option<&'static str>, Option<AcceptancesReport>),
) -> Result<HttpResponse, Refused> {
    let (tools, slug) = (console.state.tools.clone(), console.tenant.slug.clone());
    let Shown { rev, it } = terms::show(&tools, &console.by, &slug, which).await?;
    let counts = terms::report(&tools, &console.by, (&slug, which)).await?.versions;
    let row = |version: &VersionShown| {
        let counted = counts.iter().find(|counted| counted.number == version.number).copied().unwrap_or_default();
        let text = |locale: Locale| (locale.tag(), format!("/terms/{slug}/{}/{}/{}", it.id, version.number, locale.tag()));
        TermsVersionRow {
            number: version.number,
            texts: version.texts.iter().map(|wording| text(wording.locale)).collect(),
            effective_at: version.effective_at,
            grace_until: version.grace_until,
            is_for_new: version.audience == TermsAudience::New,
            shown: counted.shown,
            imported: counted.imported,
        }
    };
    let view = TermsSheet {
        desk: console.desk(),
        name: it.written.names.get(console.visitor.locale).to_owned(),
        app: named(&apps(console).await?, &it),
        is_retired: it.written.retired,
        rev,
        versions: it.versions.iter().rev().map(row).collect(),
        can_write: console.may(Right::TermsWrite),
        list_href: console.path("terms"),
        form,
        report,
        done,
    };
    let status = status_of(&view.form);
    Ok(console.shows(status, &view, "S-AD-TOU"))
}

/// `POST /admin/{tenant}/terms/{document}`
pub async fn answer(mut console: Console, at: At, posted: Pairs) -> HttpResponse {
    let came = answered(&mut console, &at.1, &posted.0).await;
    console.answers(came)
}

async fn answered(console: &mut Console, which: &str, posted: &[(String, String)]) -> Result<HttpResponse, Refused> {
    let form = Form::keeping(posted, TermsSheet::KEPT);
    if !console.is_own_form(posted) {
        return sheet(console, which, form.complaining(Complaint::Stale, None), (None, None)).await;
    }
    let (tools, slug, by) = (console.state.tools.clone(), console.tenant.slug.clone(), console.by.clone());
    match typed(posted, "action") {
        "prepare" => prepare(console, which, posted).await,
        "publish" => publish(console, which, posted).await,
        "import" => import(console, which, posted).await,
        action @ ("retire" | "resume") => {
            let change = serde_json::json!({ "retired": action == "retire" });
            let done = if action == "retire" { "retired" } else { "resumed" };
            terms::update(&tools, &by, (&slug, which), Some(rev(posted)), &change).await?;
            Ok(console.goes(&console.path(&format!("terms/{which}?done={done}"))))
        }
        _ => sheet(console, which, form.complaining(Complaint::Stale, None), (None, None)).await,
    }
}

/// The version that the page showed. A form without it matches none.
fn rev(posted: &[(String, String)]) -> u64 {
    typed(posted, "version").parse().unwrap_or_default()
}

/// What was typed, as a version. Its texts are there already, and named by their hashes.
fn version(console: &Console, posted: &[(String, String)]) -> NewVersion {
    let said = |name: &str| Some(typed(posted, name).to_owned()).filter(|text| !text.is_empty());
    let audience = if typed(posted, "audience") == "new" { TermsAudience::New } else { TermsAudience::All };
    let grace = grace(posted);
    NewVersion {
        texts: WordingsWritten { fr: said("hash_fr"), en: said("hash_en") },
        summary: Some(Localised { fr: said("summary_fr").unwrap_or_default(), en: said("summary_en").unwrap_or_default() }),
        effective_at: None,
        grace_until: (grace > 0).then(|| console.state.tools.now().plus(grace * DAY).0),
        audience,
        reaccept_months: None,
        notify: Some(typed(posted, "quiet").is_empty()),
    }
}

fn grace(posted: &[(String, String)]) -> u64 {
    let days: u64 = typed(posted, "grace").parse().unwrap_or_default();
    GRACE.iter().copied().find(|known| *known == days).unwrap_or_default()
}

/// Take the texts in, and ask whether this is what is meant.
async fn prepare(console: &mut Console, which: &str, posted: &[(String, String)]) -> Result<HttpResponse, Refused> {
    let (tools, slug) = (console.state.tools.clone(), console.tenant.slug.clone());
    let form = Form::keeping(posted, TermsSheet::KEPT);
    terms::show(&tools, &console.by, &slug, which).await?;
    if TEXTS.iter().all(|(name, ..)| typed(posted, name).is_empty()) {
        return sheet(console, which, form.complaining(Complaint::Required { field: "text_fr" }, Some("text_fr")), (None, None)).await;
    }
    let mut kept = vec![("version", rev(posted).to_string())];
    for (text, hash, _) in TEXTS {
        if typed(posted, text).is_empty() {
            continue;
        }
        match terms::receive(&tools, &console.by, (&slug, which), typed(posted, text).as_bytes()).await {
            Ok(sent) => kept.push((hash, sent.hash)),
            Err(Refused::Invalid { .. }) => return sheet(console, which, form.complaining(Complaint::Unfit { field: text }, Some(text)), (None, None)).await,
            Err(refused) => return Err(refused),
        }
    }
    for name in ["summary_fr", "summary_en"] {
        if typed(posted, name).chars().count() > 2000 {
            return sheet(console, which, form.complaining(Complaint::TooLong { field: name, most: 2000 }, Some(name)), (None, None)).await;
        }
    }
    kept.extend(["summary_fr", "summary_en", "audience", "grace", "quiet"].into_iter().map(|name| (name, typed(posted, name).to_owned())));
    confirming(console, which, kept, Form::default()).await
}

async fn confirming(console: &mut Console, which: &str, kept: Vec<(&'static str, String)>, form: Form) -> Result<HttpResponse, Refused> {
    let (tools, slug) = (console.state.tools.clone(), console.tenant.slug.clone());
    let it = terms::show(&tools, &console.by, &slug, which).await?.it;
    let last = it.versions.last().map_or(0, |version| version.number);
    let counts = terms::report(&tools, &console.by, (&slug, which)).await?.versions;
    let accepted = counts.iter().find(|counted| counted.number == last).map_or(0, |counted| counted.shown + counted.imported);
    let posted: Vec<(String, String)> = kept.iter().map(|(name, text)| ((*name).to_owned(), text.clone())).collect();
    let new = version(console, &posted);
    let is_for_new = new.audience == TermsAudience::New;
    let view = TermsConfirming {
        desk: console.desk(),
        name: it.written.names.get(console.visitor.locale).to_owned(),
        number: last + 1,
        languages: TEXTS.iter().filter(|(_, hash, _)| !typed(&posted, hash).is_empty()).map(|(.., locale)| locale.tag()).collect(),
        is_for_new,
        grace: grace(&posted),
        is_told: !is_for_new && new.notify == Some(true),
        accepted,
        kept,
        back_href: console.path(&format!("terms/{which}")),
        form,
    };
    let status = status_of(&view.form);
    Ok(console.shows(status, &view, "S-CONFIRM"))
}

async fn publish(console: &mut Console, which: &str, posted: &[(String, String)]) -> Result<HttpResponse, Refused> {
    // What everybody has to accept is no small matter.
    let path = console.path(&format!("terms/{which}"));
    if !console.is_proved_lately() {
        return Ok(console.proves_again(&path).await?);
    }
    let new = version(console, posted);
    match terms::publish(&console.state.tools, &console.by, (&console.tenant.slug, which), Some(rev(posted)), new).await {
        Ok(_) => Ok(console.goes(&format!("{path}?done=published"))),
        Err(Refused::Invalid { .. }) => {
            let form = Form::keeping(posted, TermsSheet::KEPT).complaining(Complaint::Unfit { field: "text_fr" }, Some("text_fr"));
            sheet(console, which, form, (None, None)).await
        }
        Err(refused) => Err(refused),
    }
}

async fn import(console: &mut Console, which: &str, posted: &[(String, String)]) -> Result<HttpResponse, Refused> {
    let form = Form::keeping(posted, &["acceptances"]);
    let wrong = |complaint| form.clone().complaining(complaint, Some("acceptances"));
    let text = typed(posted, "acceptances");
    if text.is_empty() {
        return sheet(console, which, wrong(Complaint::Required { field: "acceptances" }), (None, None)).await;
    }
    let (tools, slug) = (console.state.tools.clone(), console.tenant.slug.clone());
    let came = match terms::acceptances_of(text) {
        Ok(sent) => terms::import(&tools, &console.by, (&slug, which), sent).await,
        Err(refused) => Err(refused),
    };
    match came {
        Ok(taken) => {
            let count = |outcome| taken.lines.iter().filter(|line| line.outcome == outcome).count();
            let refused = (1..).zip(&taken.lines).filter(|(_, line)| line.outcome == AcceptanceOutcome::Refused);
            let report = AcceptancesReport {
                created: count(AcceptanceOutcome::Created),
                unchanged: count(AcceptanceOutcome::Unchanged),
                refused: refused.map(|(line, taken)| AcceptanceLine { line, account: taken.account.clone() }).collect(),
            };
            sheet(console, which, Form::default(), (None, Some(report))).await
        }
        Err(Refused::Invalid { .. } | Refused::Malformed(_)) => sheet(console, which, wrong(Complaint::Unfit { field: "acceptances" }), (None, None)).await,
        Err(refused) => Err(refused),
    }
}
