//! What only a demonstration shows: the front page, and what tests move the clock with.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{self, Data, Json, ServiceConfig},
};
use jiff::{Span, SpanRelativeTo, Unit};
use serde::Deserialize;

use super::{Fixtures, language, mailbox, people::PEOPLE};
use crate::{
    outside::mail::KeptMails,
    pages::{Content, DemoApp, DemoFront, DemoPerson},
    values::{Locale, Secret},
    web::{
        State,
        extract::Jar,
        reply::{Around, page},
    },
};

/// Moves the clock forward by so many seconds.
pub type Advance = Arc<dyn Fn(u64) + Send + Sync>;

/// Mounts the demonstration's own addresses.
pub type Routes = Arc<dyn Fn(&mut ServiceConfig) + Send + Sync>;

/// What the front page lists.
pub(super) struct Front {
    fixtures: Fixtures,
    port: u16,
    advance: Advance,
}

/// The demonstration's own addresses, on the provider. They exist in no other mode.
pub(super) fn routes(fixtures: Fixtures, port: u16, (advance, kept): (Advance, KeptMails)) -> Routes {
    let kept = Data::new(kept);
    let front = Data::new(Front { fixtures, port, advance });
    Arc::new(move |routes: &mut ServiceConfig| {
        routes
            .app_data(Data::clone(&front))
            .route("/", web::get().to(home))
            .app_data(Data::clone(&kept))
            .route("/_demo/mailbox", web::get().to(mailbox::show))
            .route("/_demo/mailbox/{id}", web::get().to(mailbox::open))
            .route("/_demo/outbox", web::get().to(mailbox::list))
            .route("/_demo/clock", web::post().to(clock));
    })
}

impl Front {
    fn shown(&self, locale: Locale) -> DemoFront {
        let person = |person: &super::people::Person| DemoPerson {
            name: person.name(),
            identifier: person.address.to_owned(),
            note: person.note().get(locale).to_owned(),
        };
        let app = |registered: &super::Registered| DemoApp {
            name: registered.application.names().get(locale).to_owned(),
            href: format!("{}/", registered.application.url(self.port)),
            note: registered.application.note().get(locale).to_owned(),
        };
        DemoFront {
            people: PEOPLE.iter().map(person).collect(),
            password: Secret::expose(&self.fixtures.password).clone(),
            apps: self.fixtures.applications.iter().map(app).collect(),
            outbox_href: "/_demo/mailbox".to_owned(),
        }
    }
}

async fn home(request: HttpRequest, state: Data<State>, front: Data<Front>) -> HttpResponse {
    let locale = language::of(&request);
    let around = Around::plain(locale, None, "DEMO-HOME", "/");
    language::remembering(&request, page(&state, StatusCode::OK, &Content::of(&front.shown(locale)), &around, Jar::new()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Moved {
    /// A duration of ISO 8601: `PT61S`, `P1D`.
    advance: String,
}

/// Seconds of a duration that leads forward. A day has 24 hours.
fn forward(text: &str) -> Option<u64> {
    let span: Span = text.parse().ok()?;
    let whole = span.total((Unit::Second, SpanRelativeTo::days_are_24_hours())).ok()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be a small number above zero")]
    (0.0..=3.2e9).contains(&whole).then_some(whole as u64)
}

/// Move the clock forward. Only JSON is taken, which no page of another site can send.
async fn clock(moved: Json<Moved>, state: Data<State>, front: Data<Front>) -> HttpResponse {
    match forward(&moved.advance) {
        Some(seconds) => {
            (front.advance)(seconds);
            HttpResponse::Ok().json(serde_json::json!({ "now": state.tools.now() }))
        }
        None => HttpResponse::UnprocessableEntity().json(serde_json::json!({ "error": "advance is a duration of ISO 8601 that leads forward, such as PT61S" })),
    }
}

#[cfg(test)]
mod tests {
    use super::forward;

    #[test]
    fn time_moves_forward_by_iso_durations() {
        assert_eq!(forward("PT61S"), Some(61));
        assert_eq!(forward("PT1H30M"), Some(5400));
        assert_eq!(forward("P30D"), Some(2_592_000));
        for text in ["-PT1S", "61", "", "P1Y2", "PT99999999999S"] {
            assert_eq!(forward(text), None, "{text}");
        }
    }
}
