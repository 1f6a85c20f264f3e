//! What would have been sent to people, kept for reading: no message of a demonstration leaves this machine.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use serde::Serialize;

use super::language;
use crate::{
    model::{Message, MessageKind},
    pages::{Content, Page},
    storage::Paging,
    values::Timestamp,
    web::{
        State,
        extract::Jar,
        reply::{Around, Failure, page},
    },
};

/// How many messages are shown.
const MOST: usize = 200;

/// One message to a person.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Captured {
    id: String,
    at: Timestamp,
    to: String,
    subject: String,
    text: String,
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
            text: "123 456".to_owned(),
        };
        vec![("empty", Self { messages: Vec::new() }), ("one", Self { messages: vec![message] })]
    }
}

/// The page with its samples, for the test that renders every page.
#[must_use]
pub fn samples() -> Vec<(&'static str, Content)> {
    Mailbox::samples().iter().map(|(name, page)| (*name, Content::of(page))).collect()
}

/// A message as people would get it; what programs tell each other is not shown.
fn captured(message: &Message) -> Option<Captured> {
    match &message.kind {
        MessageKind::BackchannelLogout { .. } => None,
    }
}

async fn messages(state: &State) -> Result<Vec<Captured>, Failure> {
    let queued = state.tools.reads().queued_messages(Paging::first(MOST)).await?;
    Ok(queued.iter().filter_map(|message| captured(message)).collect())
}

/// For people.
pub(super) async fn show(request: HttpRequest, state: Data<State>) -> HttpResponse {
    let around = Around::plain(language::of(&request), None, "DEMO-MAILBOX", "/_demo/mailbox");
    let reply = match messages(&state).await {
        Ok(messages) => page(&state, StatusCode::OK, &Content::of(&Mailbox { messages }), &around, Jar::new()),
        Err(failure) => failure.into_page(&state, &around),
    };
    language::remembering(&request, reply)
}

/// For tests.
pub(super) async fn list(state: Data<State>) -> Result<HttpResponse, Failure> {
    Ok(HttpResponse::Ok().insert_header(("cache-control", "no-store")).json(messages(&state).await?))
}
