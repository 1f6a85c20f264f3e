//! Every page of every journey: two routes. GET shows and writes nothing, POST answers.

use actix_web::{
    HttpRequest, HttpResponse, ResponseError as _,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, HeaderValue, RETRY_AFTER},
    },
    web::{Data, Path},
};

use super::{
    State,
    extract::{Browser, Jar, Pairs, QueryPairs},
    guard,
    reply::{Around, Failure, leads_to, page, problem, seconds_until, see_other, to_client},
    whose,
};
use crate::{
    journey::{
        check,
        facts::{Facts, Visitor},
        screen::Verdict,
    },
    model::ScreenName,
    pages::{Blocked, Complaint, Content, OpenWays, Problem, Throttled},
    policy::standing::Barred,
    service::journey::{self, Destination, Finished, Step},
    values::{Fault, JourneyId},
};

/// `GET /ui/{journey}/{screen}`
pub async fn show(state: Data<State>, request: HttpRequest, browser: Browser, query: QueryPairs, path: Path<(String, String)>) -> HttpResponse {
    let (id, place) = path.into_inner();
    if let Some(locale) = query.language() {
        let mut jar = Jar::new();
        jar.language(locale, &id);
        return see_other(request.path(), jar);
    }
    let (screen, visitor) = match enter(&state, &request, &browser, (&id, &place)).await {
        Ok(entered) => entered,
        Err(reply) => return *reply,
    };
    let id = JourneyId(id);
    let step = journey::show(&state.tools, &id, screen, &visitor).await;
    reply(&state, (&request, &id), &browser, &visitor, step).await
}

/// `POST /ui/{journey}/{screen}`
pub async fn answer(state: Data<State>, request: HttpRequest, browser: Browser, posted: Pairs, path: Path<(String, String)>) -> HttpResponse {
    let (id, place) = path.into_inner();
    let (screen, visitor) = match enter(&state, &request, &browser, (&id, &place)).await {
        Ok(entered) => entered,
        Err(reply) => return *reply,
    };
    let is_own = guard::is_own_form(&request, &posted.0, &state.tools, &visitor.browser, &format!("{id}/{place}"));
    let id = JourneyId(id);
    let step = if is_own {
        journey::answer(&state.tools, &id, screen, &posted.0, &visitor).await
    } else {
        journey::stale(&state.tools, &id, screen, &posted.0, &visitor).await
    };
    reply(&state, (&request, &id), &browser, &visitor, step).await
}

/// `GET /ui/{journey}/mail-status`: what became of the mail that the page waits for, for its script. To its own browser only.
pub async fn mail_status(state: Data<State>, browser: Browser, path: Path<String>) -> HttpResponse {
    let id = path.into_inner();
    let Some(known) = browser.known_id(&state.tools) else { return HttpResponse::NotFound().finish() };
    let visitor = browser.visitor(known, &state.tools, (&id, None), None);
    match journey::delivery(&state.tools, &JourneyId(id), &visitor).await {
        Ok(Some(delivery)) => HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(serde_json::json!({ "delivery": delivery })),
        Ok(None) => HttpResponse::NotFound().finish(),
        Err(fault) => Failure::from(fault).error_response(),
    }
}

/// Which screen, and who walks; without cookies nobody can.
async fn enter(state: &State, request: &HttpRequest, browser: &Browser, (id, place): (&str, &str)) -> Result<(ScreenName, Visitor), Box<HttpResponse>> {
    let nobody = browser.visitor(crate::values::BrowserId(String::new()), &state.tools, (id, None), None);
    let complaint = match (ScreenName::at(place), browser.known_id(&state.tools)) {
        (Some(screen), Some(known)) => return Ok((screen, Visitor { browser: known, ..nobody })),
        (None, _) => Complaint::NotFound,
        (_, None) => Complaint::Cookies,
    };
    let tenant = whose::of_journey(state, &JourneyId::from(id)).await;
    Err(Box::new(problem(state, complaint, &Around::plain(nobody.locale, tenant.as_deref(), "S-ERROR", request.path()), &[])))
}

fn around<'a>(state: &State, facts: &'a Facts, screen: &'static str, place: &str) -> Around<'a> {
    let journey = facts.journey.id.to_string();
    Around {
        locale: facts.visitor.locale,
        tenant: Some(&facts.tenant),
        app: facts.client.as_ref().map(|client| client.names.get(facts.visitor.locale).to_owned()),
        csrf: guard::form_token(&state.tools, &facts.visitor.browser, &format!("{journey}/{place}")),
        action: format!("/ui/{journey}/{place}"),
        leads_to: if facts.is_invited() {
            facts.client.as_deref().and_then(super::invitation::leads_to_application)
        } else {
            facts.request().and_then(|request| leads_to(request.redirect_uri.as_str()))
        },
        journey: Some(journey),
        screen,
        loads_from: if screen == ScreenName::Check.id() { check::origins(facts) } else { Vec::new() },
    }
}

/// The status of a page is that of what is wrong with it.
pub(super) fn status_of(complaint: Option<&Complaint>) -> StatusCode {
    match complaint {
        None => StatusCode::OK,
        Some(Complaint::Stale | Complaint::InviteOnly | Complaint::Archived { .. } | Complaint::TermsDeclined { .. }) => StatusCode::FORBIDDEN,
        Some(Complaint::Busy | Complaint::MailDown) => StatusCode::SERVICE_UNAVAILABLE,
        Some(Complaint::CodeExpired) => StatusCode::GONE,
        Some(Complaint::CodeSpent { .. } | Complaint::Resend { .. } | Complaint::InvitationQuota { .. }) => StatusCode::TOO_MANY_REQUESTS,
        Some(Complaint::AccountExists | Complaint::CompanyTaken { .. } | Complaint::TermsChanged | Complaint::LastAdministrator { .. }) => StatusCode::CONFLICT,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

async fn reply(state: &State, (request, id): (&HttpRequest, &JourneyId), browser: &Browser, visitor: &Visitor, step: Result<Step, Fault>) -> HttpResponse {
    let path = request.path();
    let place = path.splitn(4, '/').nth(3).unwrap_or_default();
    match step {
        Ok(Step::Page { screen, content, complaint, facts }) => {
            let mut reply = page(state, status_of(complaint.as_ref()), &content, &around(state, &facts, screen.id(), screen.path()), Jar::new());
            let wait = match complaint {
                Some(Complaint::Busy) => Some(5),
                Some(Complaint::MailDown) => Some(30),
                Some(Complaint::CodeSpent { seconds } | Complaint::Resend { seconds }) => Some(seconds),
                _ => None,
            };
            if let Some(seconds) = wait {
                reply.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
            }
            reply
        }
        Ok(Step::Go(screen)) => {
            let journey = path.split('/').nth(2).unwrap_or_default();
            see_other(&format!("/ui/{journey}/{}", screen.path()), Jar::new())
        }
        Ok(Step::Done(finished)) => finish(state, browser, *finished),
        Ok(Step::Blocked(Verdict::InvitationOver, facts)) => super::invitation::over(state, &around(state, &facts, "S-INV-USED", place)),
        Ok(Step::Blocked(verdict, facts)) => {
            let content = Content::of(&blocked(verdict, &facts));
            page(state, StatusCode::FORBIDDEN, &content, &around(state, &facts, "S-BLOCKED", place), Jar::new())
        }
        Ok(Step::Wait(until, facts)) => {
            let seconds = seconds_until(until, facts.now);
            let is_password = [ScreenName::Password, ScreenName::Reauth].iter().any(|screen| screen.path() == place);
            let ways = is_password.then_some(OpenWays { code: facts.tenant.settings.mail_code_sign_in });
            let content = Content::of(&Throttled::new(seconds, Some(facts.identifier())).beside(ways));
            let mut reply = page(state, StatusCode::TOO_MANY_REQUESTS, &content, &around(state, &facts, "S-THROTTLED", place), Jar::new());
            if let Ok(value) = HeaderValue::from_str(&seconds.to_string()) {
                reply.headers_mut().insert(RETRY_AFTER, value);
            }
            reply
        }
        Ok(Step::Gone) => gone(state, (path, id), visitor).await,
        Err(fault) => {
            let tenant = whose::of_journey(state, id).await;
            Failure::from(fault).into_page(state, &Around::plain(visitor.locale, tenant.as_deref(), "S-ERROR", path))
        }
    }
}

/// S-ERROR: there is no such journey in this browser any more. The application that it came from is named to its own browser, with the way back there.
async fn gone(state: &State, (path, id): (&str, &JourneyId), visitor: &Visitor) -> HttpResponse {
    let app = journey::came_from(&state.tools, id, visitor).await.ok().flatten();
    let tenant = whose::of_journey(state, id).await;
    let around = Around::plain(visitor.locale, tenant.as_deref(), "S-ERROR", path);
    let name = app.as_ref().map(|app| app.names.get(visitor.locale).to_owned());
    let problem = Problem::new(Complaint::Over { app: name }, None, state.tools.now(), &[]);
    let problem = match app.and_then(|app| app.into_value().home_url) {
        Some(home) => problem.with_retry(home),
        None => problem,
    };
    page(state, StatusCode::GONE, &Content::of(&problem), &around, Jar::new())
}

/// The journey is over: keep the session, and go.
pub(super) fn finish(state: &State, browser: &Browser, finished: Finished) -> HttpResponse {
    let mut jar = Jar::new();
    if let Some(session) = &finished.session {
        browser.signed_in(&session.token, session.replaces, session.stay, (&state.tools, &mut jar));
    }
    match finished.destination {
        Destination::Portal(path) | Destination::Application(path) => see_other(&path, jar),
        Destination::Client(answer) => {
            let around = around(state, &finished.facts, "S-CONTINUE", "continue");
            to_client(state, answer, &around, jar)
        }
    }
}

fn blocked(verdict: Verdict, facts: &Facts) -> Blocked {
    let locale = facts.visitor.locale;
    let organisation = facts.tenant.names.get(locale).to_owned();
    let app = facts.client.as_ref().map(|client| client.names.get(locale).to_owned());
    let help = [&facts.tenant.support.phone, &facts.tenant.support.mail].into_iter().flatten().cloned().collect::<Vec<_>>().join(" · ");
    let support = if help.is_empty() { organisation.clone() } else { help };
    let complaint = match verdict {
        Verdict::Barred(Barred::TenantOff) => Complaint::TenantOff { organisation },
        Verdict::Barred(Barred::AppOff) => Complaint::AppOff { app: app.clone().unwrap_or_default() },
        Verdict::Barred(Barred::Archived) => Complaint::Archived { organisation, support },
        Verdict::Barred(Barred::Locked) => Complaint::Locked { support },
        Verdict::Barred(Barred::NotMember) => Complaint::NotAssigned { app: app.clone().unwrap_or(organisation) },
        Verdict::InviteOnly => Complaint::InviteOnly,
        Verdict::InvitationOver => Complaint::LinkUsed,
        Verdict::NotInvited => {
            let masked = facts.invitation.as_ref().map(|invitation| invitation.masked()).unwrap_or_default();
            Complaint::WrongAccount { masked: masked.into(), other: facts.identifier() }
        }
        Verdict::NeedsAdministrator | Verdict::Declined(_) | Verdict::OtherSubject => Complaint::NeedAdmin { organisation },
    };
    let reference = facts.visitor.correlation.clone().unwrap_or_default();
    Blocked::new(complaint, reference, journey::may_leave(verdict), app)
}
