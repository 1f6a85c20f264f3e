//! S-AD-AUDIT: what happened in the organisation, looked through, checked and exported.

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION},
};
use futures_util::stream;
use url::form_urlencoded::Serializer;

use super::Console;
use crate::{
    model::EventName,
    pages::{AuditLine, AuditLog, ChainShown, Complaint, Form, Happened, Worded},
    service::admin::{
        Refused,
        audit::{self, EventShown, EventsAsked, ExportFormat},
    },
    web::{
        account::portal::field,
        extract::{Pairs, QueryPairs},
    },
};

/// How many stand on a page.
const PAGE: usize = 50;

/// The fields of the search, as the address and the form hold them.
const FIELDS: &[&str] = &["person", "event", "client", "from", "until", "outcome"];

/// `GET /admin/{tenant}/audit`
pub async fn show(mut console: Console, query: QueryPairs) -> HttpResponse {
    let came = log(&mut console, &query.0, (Form::default(), None)).await;
    console.answers(came)
}

/// What is asked for, as it was typed.
fn asked(typed: &[(String, String)]) -> EventsAsked {
    let text = |name| field(typed, name).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    EventsAsked {
        after: text("after"),
        limit: Some(PAGE),
        newest: true,
        person: text("person"),
        event: text("event"),
        client: text("client"),
        from: text("from"),
        until: text("until"),
        outcome: text("outcome"),
    }
}

async fn log(console: &mut Console, typed: &[(String, String)], (form, chain): (Form, Option<ChainShown>)) -> Result<HttpResponse, Refused> {
    let tools = console.state.tools.clone();
    let asked = asked(typed);
    let kept: Vec<(String, String)> = typed.iter().filter(|(name, _)| FIELDS.contains(&name.as_str())).cloned().collect();
    let mut form = Form { typed: Form::keeping(&kept, FIELDS).typed, complaints: form.complaints };
    let found = match audit::list(&tools, &console.by, &console.tenant.slug, &asked).await {
        Ok(found) => found,
        Err(Refused::Invalid { field, .. }) if let Some(field) = FIELDS.iter().find(|known| **known == field) => {
            form = form.complaining(Complaint::Unfit { field }, Some(field));
            crate::service::admin::Page { items: Vec::new(), next: None }
        }
        Err(refused) => return Err(refused),
    };
    let words = tools.pages.words(console.visitor.locale)?;
    let next_href = found.next.map(|next| {
        let pairs = kept.iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| (name.as_str(), text.as_str())).chain([("after", next.as_str())]);
        format!("{}?{}", console.path("audit"), Serializer::new(String::new()).extend_pairs(pairs).finish())
    });
    let names = EventName::ALL.iter().map(|name| {
        let line = Happened::named(*name, words);
        (line.event, line.sentence)
    });
    let view = AuditLog {
        desk: console.desk(),
        events: names.collect(),
        lines: found.items.into_iter().filter_map(|event| line(event, words)).collect(),
        is_later: asked.after.is_some(),
        next_href,
        chain,
        form,
    };
    let status = super::account::status_of(&view.form);
    Ok(console.shows(status, &view, "S-AD-AUDIT"))
}

fn line(shown: EventShown, words: &crate::pages::Words) -> Option<AuditLine> {
    let event: crate::model::AuditEvent = serde_json::from_value(shown.event.clone()).ok()?;
    let text = |name: &str| shown.event.get(name).and_then(|value| value.as_str()).map(str::to_owned);
    let target = |name: &str| {
        let it = shown.event.get(name)?;
        let part = |part: &str| it.get(part).and_then(|text| text.as_str());
        Some([part("kind"), part("id")].into_iter().flatten().collect::<Vec<_>>().join(" "))
    };
    let details = [
        ("actor", target("actor")),
        ("subject", target("subject")),
        ("client", text("client")),
        ("reason", text("reason")),
        ("method", text("method")),
        ("ip", text("ip")),
        ("journey", text("journey")),
        ("correlation", text("correlation")),
        ("place", Some(format!("{:02}-{}", shown.stream, shown.sequence))),
        ("hash", Some(shown.hash.clone())),
    ];
    let details = details.into_iter().filter_map(|(name, text)| Some((name, text?))).collect();
    // What a name does not tell is said in words, where there are any.
    let word = |role: &str, kind: &str| Some(format!("event-{role}-{}", kind.replace('_', "-"))).filter(|id| words.knows(id));
    let kind = target("actor").filter(|_| shown.who.id.is_none());
    let who = Worded { word: kind.as_deref().and_then(|kind| word("by", kind)), name: shown.who.id.or(kind) };
    let on = shown.on.map(|it| Worded { word: word("on", &it.kind), name: Some(it.id) });
    Some(AuditLine { happened: Happened::of(&event, words), who, on, client: text("client"), details })
}

/// `POST /admin/{tenant}/audit`
pub async fn answer(mut console: Console, posted: Pairs) -> HttpResponse {
    let came = act(&mut console, &posted.0).await;
    console.answers(came)
}

async fn act(console: &mut Console, posted: &[(String, String)]) -> Result<HttpResponse, Refused> {
    if !console.is_own_form(posted) {
        return log(console, posted, (Form::default().complaining(Complaint::Stale, None), None)).await;
    }
    let (tools, slug) = (console.state.tools.clone(), console.tenant.slug.clone());
    let format = match field(posted, "action") {
        Some("export_csv") => ExportFormat::Csv,
        Some("export_ndjson") => ExportFormat::Ndjson,
        _ => {
            let checked = audit::verify_chain(&tools, &console.by, &slug).await?;
            let chain = ChainShown { events: checked.events, broken_at: checked.broken.first().map(|broken| broken.sequence) };
            return log(console, posted, (Form::default(), Some(chain))).await;
        }
    };
    match audit::export(&tools, &console.by, &slug, &EventsAsked { newest: false, after: None, limit: None, ..asked(posted) }, format).await {
        Ok(export) => Ok(file(export, &slug)),
        Err(Refused::Invalid { .. }) => log(console, posted, (Form::default(), None)).await,
        Err(refused) => Err(refused),
    }
}

/// An export as it is made: never more than one part of it is in memory.
#[must_use]
pub fn file(export: audit::Export, slug: &str) -> HttpResponse {
    let (media, ending) = match export.format() {
        ExportFormat::Ndjson => ("application/x-ndjson", "ndjson"),
        ExportFormat::Csv => ("text/csv; charset=utf-8", "csv"),
    };
    let parts = stream::unfold(export, |mut export| async move { export.part().await.map(|part| (part.map(actix_web::web::Bytes::from), export)) });
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"audit-{slug}.{ending}\"")))
        .content_type(media)
        .streaming(parts)
}
