//! What would have been sent to people, kept for reading: no message of a demonstration leaves this machine.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use serde::Serialize;

use super::language;
use crate::{
    model::{HookName, MessageState},
    outside::mail::{KeptMail, KeptMails},
    pages::{Content, Page},
    service::admin::webhooks,
    storage::Paging,
    values::{Fault, Timestamp},
    web::{
        State,
        extract::Jar,
        reply::{Around, Failure, page},
    },
};

/// How many organisations a demonstration has at most.
const MOST: usize = 200;

/// One message to a person.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Captured {
    id: String,
    at: Timestamp,
    to: String,
    subject: String,
    text: String,
    html: String,
}

/// `demo/mailbox.html`.
#[derive(Clone, Debug, Serialize)]
struct Mailbox {
    messages: Vec<Captured>,
}

impl Page for Mailbox {
    const TEMPLATE: &'static str = "demo/mailbox.html";

    fn samples() -> Vec<(&'static str, Self)> {
        let message = Captured {
            id: "m1".to_owned(),
            at: Timestamp(1_767_603_600),
            to: "camille@courriel.test".to_owned(),
            subject: "Cabinet Aubépine".to_owned(),
            text: "123 456\n\nhttps://id.aubepine.test/".to_owned(),
            html: String::new(),
        };
        vec![("empty", Self { messages: Vec::new() }), ("one", Self { messages: vec![message] })]
    }
}

/// The page with its samples, for the test that renders every page.
#[must_use]
pub fn samples() -> Vec<(&'static str, Content)> {
    Mailbox::samples().iter().map(|(name, page)| (*name, Content::of(page))).collect()
}

/// A mail as people would get it.
fn captured(mail: &KeptMail) -> Captured {
    let (subject, text, html) = (mail.written.subject.clone(), mail.written.text.clone(), mail.written.html.clone());
    Captured { id: mail.id.clone(), at: mail.at, to: mail.to.to_string(), subject, text, html }
}

fn messages(kept: &KeptMails) -> Vec<Captured> {
    kept.all().iter().map(captured).collect()
}

/// For people.
pub(super) async fn show(request: HttpRequest, state: Data<State>, kept: Data<KeptMails>) -> HttpResponse {
    let around = Around::plain(language::of(&request), None, "DEMO-MAILBOX", "/_demo/mailbox");
    let reply = page(&state, StatusCode::OK, &Content::of(&Mailbox { messages: messages(&kept) }), &around, Jar::new());
    language::remembering(&request, reply)
}

/// One mail as its reader shows it. It is a page of its own, with its own style and nothing else.
pub(super) async fn open(kept: Data<KeptMails>, id: Path<String>) -> Result<HttpResponse, Failure> {
    let mail = kept.all().into_iter().find(|mail| mail.id == *id).ok_or(Failure::NotFound)?;
    Ok(HttpResponse::Ok()
        .insert_header(("cache-control", "no-store"))
        .insert_header(("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox allow-popups"))
        .content_type("text/html; charset=utf-8")
        .body(mail.written.html.clone()))
}

/// A webhook, as `/_demo/outbox` lists it beside the mails.
#[derive(Clone, Debug, Serialize)]
struct CapturedHook {
    id: String,
    at: Timestamp,
    to: String,
    webhook: HookName,
    state: MessageState,
    body: serde_json::Value,
}

/// For tests: mails, and webhooks that were sent or are to be.
pub(super) async fn list(kept: Data<KeptMails>, state: Data<State>) -> Result<HttpResponse, Failure> {
    let mut all: Vec<serde_json::Value> = messages(&kept).iter().filter_map(|mail| serde_json::to_value(mail).ok()).collect();
    let failed = |error| Fault::because("the outbox could not be read", error);
    let tenants = state.tools.reads().tenants(Paging::first(MOST)).await.map_err(Fault::from)?;
    for tenant in tenants {
        for (hook, to) in webhooks::of_late(&state.tools, tenant.id).await.map_err(failed)? {
            let captured = CapturedHook { id: hook.id, at: hook.created_at, to, webhook: hook.event, state: hook.state, body: hook.body };
            all.extend(serde_json::to_value(captured).ok());
        }
    }
    Ok(HttpResponse::Ok().insert_header(("cache-control", "no-store")).json(all))
}
