//! S-INV and what stands in its place. GET and HEAD show; only a form of ours does anything.

mod lost;

pub use lost::{look as look_lost, send as send_lost};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{HeaderValue, RETRY_AFTER},
    },
    web::{Data, Path},
};

use super::{
    State,
    extract::{Browser, Jar, Pairs, QueryPairs},
    guard, journey,
    reply::{Around, Failure, leads_to, page, problem, see_other},
    whose,
};
use crate::{
    journey::facts::Visitor,
    model::{Client, InvitationEnd, Tenant},
    pages::{Complaint, Content, Form, Invitation, InvitationOver, InvitationWrong, InvitedTo},
    service::invitation::{self, Begun, Found, Over, Seen},
    values::{BrowserId, Email, Fault, Locale, RedirectUri, Timestamp},
};

/// What the address says after a no.
const REFUSED: &str = "refused";
/// Under which name a language is remembered that was chosen on these pages.
const PART: &str = "invitation";

/// `GET /api/InviteUser?invitationId=`: the address that applications of elsewhere know.
pub async fn alias(query: QueryPairs) -> HttpResponse {
    let id = query.0.iter().find(|(name, _)| name.eq_ignore_ascii_case("invitationId")).map_or("", |(_, id)| id.as_str());
    let is_name = id.len() <= 64 && id.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-');
    see_other(&format!("/i/{}", if is_name && !id.is_empty() { id } else { "0" }), Jar::new())
}

/// A request about one link.
struct At<'a> {
    state: &'a State,
    token: &'a str,
    visitor: Visitor,
    /// Of which application form leads away.
    jar: Jar,
}

impl<'a> At<'a> {
    fn new(state: &'a State, browser: &mut Browser, token: &'a str) -> Self {
        let mut jar = Jar::new();
        let id = browser.id(&state.tools, &mut jar);
        let visitor = browser.visitor(id, &state.tools, (PART, None), None);
        Self { state, token, visitor, jar }
    }

    /// What the form's token belongs to.
    fn form(&self) -> String {
        format!("{PART}/{}", self.token)
    }

    fn locale(&self, seen: Option<&Seen>, browser: &Browser) -> Locale {
        let invited = seen.map(|seen| seen.invitation.locale);
        browser.chosen_for(PART).or(invited).unwrap_or(self.visitor.locale)
    }

    fn around<'b>(&self, seen: &'b Seen, locale: Locale, screen: &'static str) -> Around<'b> {
        Around {
            app: seen.client.as_ref().map(|client| client.names.get(locale).to_owned()),
            csrf: guard::form_token(&self.state.tools, &self.visitor.browser, &self.form()),
            leads_to: seen.client.as_deref().and_then(leads_to_application),
            ..Around::plain(locale, Some(&seen.tenant), screen, &format!("/i/{}", self.token))
        }
    }

    /// The page of what the link opens, with what was typed or is wrong, and what was just done.
    async fn shows(mut self, found: &Found, browser: &Browser, (form, done): (Form, Option<&'static str>)) -> HttpResponse {
        let jar = std::mem::take(&mut self.jar);
        let said = match found {
            Found::Open(seen) => return self.open(seen, browser, (form, done.filter(|done| *done != REFUSED)), jar),
            // Said once, to who did it, on a page that asks for nothing more.
            Found::Over(seen, Over::Revoked) if done == Some(REFUSED) && matches!(seen.invitation.end, InvitationEnd::Refused { .. }) => {
                return self.open(seen, browser, (form, done), jar);
            }
            Found::Wrong(seen, other) => return self.wrong(seen, browser, (other, done), jar),
            Found::Over(seen, over) => self.over(seen, *over, (browser, done), jar),
            Found::Nothing => {
                let house = whose::house(self.state).await;
                let around = Around::plain(self.locale(None, browser), house.as_deref(), "S-ERROR", "/");
                return problem(self.state, Complaint::BadLink, &around, &[]);
            }
        };
        said.unwrap_or_else(|fault| self.failed(fault, browser))
    }

    fn failed(&self, fault: Fault, browser: &Browser) -> HttpResponse {
        Failure::from(fault).into_page(self.state, &Around::plain(self.locale(None, browser), None, "S-ERROR", "/"))
    }

    fn open(&self, seen: &Seen, browser: &Browser, (form, done): (Form, Option<&'static str>), jar: Jar) -> HttpResponse {
        let locale = self.locale(Some(seen), browser);
        let complaint = form.complaints.first().map(|wrong| wrong.complaint.clone());
        let shown = Invitation { form, to: invited_to(seen, locale), done };
        let status = journey::status_of(complaint.as_ref());
        let mut reply = page(self.state, status, &Content::of(&shown), &self.around(seen, locale, "S-INV"), jar);
        if let Some(Complaint::Resend { seconds }) = complaint {
            reply.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        reply
    }

    fn wrong(&self, seen: &Seen, browser: &Browser, (other, done): (&str, Option<&'static str>), jar: Jar) -> HttpResponse {
        let locale = self.locale(Some(seen), browser);
        let to = invited_to(seen, locale);
        let complaint = Complaint::WrongAccount { masked: to.masked.as_str().into(), other: other.to_owned() };
        let shown = InvitationWrong { form: Form::default().complaining(complaint, None), to, other: other.to_owned(), done };
        page(self.state, StatusCode::FORBIDDEN, &Content::of(&shown), &self.around(seen, locale, "S-INV-WRONG"), jar)
    }

    fn over(&self, seen: &Seen, over: Over, (browser, done): (&Browser, Option<&'static str>), jar: Jar) -> Result<HttpResponse, Fault> {
        let locale = self.locale(Some(seen), browser);
        let day = |at: Timestamp| self.state.tools.pages.words(locale)?.date(at);
        let newest = seen.invitation.link().map_or(seen.invitation.created_at, |link| link.made_at);
        let complaint = match over {
            Over::Expired => Complaint::ExpiredLink { date: Some(day(seen.invitation.expires_at)?) },
            Over::Replaced => Complaint::LinkOld { date: day(newest)? },
            Over::Used => Complaint::LinkUsed,
            Over::Revoked => Complaint::LinkRevoked,
            Over::TenantOff => {
                let complaint = Complaint::TenantOff { organisation: seen.tenant.names.get(locale).to_owned() };
                return Ok(problem(self.state, complaint, &self.around(seen, locale, "S-ERROR"), &[]));
            }
        };
        let used = over == Over::Used;
        let shown = InvitationOver {
            form: Form::default().complaining(complaint, None),
            used,
            organisation: seen.tenant.names.get(locale).to_owned(),
            can_renew: matches!(over, Over::Expired | Over::Replaced),
            can_dispute: used,
            done,
        };
        let screen = if used { "S-INV-USED" } else { "S-INV-EXPIRED" };
        Ok(page(self.state, StatusCode::GONE, &Content::of(&shown), &self.around(seen, locale, screen), jar))
    }
}

fn invited_to(seen: &Seen, locale: Locale) -> InvitedTo {
    InvitedTo {
        organisation: seen.tenant.names.get(locale).to_owned(),
        domain: seen.tenant.domains.first().cloned(),
        inviter: seen.invitation.inviter.name.clone(),
        app: seen.client.as_ref().map(|client| client.names.get(locale).to_owned()),
        masked: seen.invitation.masked(),
        until: seen.invitation.expires_at.0,
        message: seen.invitation.message.clone(),
    }
}

/// Where the form leads that finishes an invitation's journey: to its application, which asks at once and may be sent back with the answer.
pub(super) fn leads_to_application(client: &Client) -> Option<String> {
    let own = client.initiate_login_uri.as_deref().or(client.home_url.as_deref());
    let mut places: Vec<String> = own.into_iter().chain(client.redirect_uris.iter().map(RedirectUri::as_str)).filter_map(leads_to).collect();
    places.sort_unstable();
    places.dedup();
    (!places.is_empty()).then(|| places.join(" "))
}

/// S-INV-USED in the place of a page of a journey: somebody else was faster, or it was taken back.
pub(super) fn over(state: &State, around: &Around<'_>) -> HttpResponse {
    let organisation = around.tenant.map(|tenant: &Tenant| tenant.names.get(around.locale).to_owned()).unwrap_or_default();
    let form = Form::default().complaining(Complaint::LinkUsed, None);
    let shown = InvitationOver { form, used: true, organisation, can_renew: false, can_dispute: false, done: None };
    page(state, StatusCode::GONE, &Content::of(&shown), around, Jar::new())
}

/// What the address says was just done.
fn done(query: &QueryPairs) -> Option<&'static str> {
    let said = query.0.iter().find(|(name, _)| name == "done").map(|(_, value)| value.as_str());
    ["asked", REFUSED, "renewed", "disputed"].into_iter().find(|known| Some(*known) == said)
}

/// `GET /i/{token}`
pub async fn show(state: Data<State>, request: HttpRequest, mut browser: Browser, query: QueryPairs, token: Path<String>) -> HttpResponse {
    if let Some(locale) = query.language() {
        let mut jar = Jar::new();
        jar.language(locale, PART);
        return see_other(request.path(), jar);
    }
    let at = At::new(&state, &mut browser, &token);
    match invitation::look(&state.tools, &token, &at.visitor).await {
        Ok(found) => at.shows(&found, &browser, (Form::default(), done(&query))).await,
        Err(fault) => at.failed(fault, &browser),
    }
}

/// `POST /i/{token}`
pub async fn answer(state: Data<State>, request: HttpRequest, mut browser: Browser, posted: Pairs, token: Path<String>) -> HttpResponse {
    if browser.known_id(&state.tools).is_none() {
        let visitor = browser.visitor(BrowserId(String::new()), &state.tools, (PART, None), None);
        let tenant = match invitation::look(&state.tools, &token, &visitor).await {
            Ok(Found::Open(seen) | Found::Wrong(seen, _) | Found::Over(seen, _)) => Some(seen.tenant),
            Ok(Found::Nothing) | Err(_) => whose::house(&state).await,
        };
        return problem(&state, Complaint::Cookies, &Around::plain(visitor.locale, tenant.as_deref(), "S-ERROR", "/"), &[]);
    }
    let at = At::new(&state, &mut browser, &token);
    let is_own = guard::is_own_form(&request, &posted.0, &state.tools, &at.visitor.browser, &at.form());
    let came = if is_own { act(&at, &browser, &posted.0).await } else { stale(&at, &posted.0).await };
    match came {
        Ok(Came::Shows(found, form)) => at.shows(&found, &browser, (form, None)).await,
        Ok(Came::Replies(reply)) => reply,
        Err(fault) => at.failed(fault, &browser),
    }
}

/// What came of a form.
enum Came {
    Shows(Found, Form),
    Replies(HttpResponse),
}

async fn stale(at: &At<'_>, posted: &[(String, String)]) -> Result<Came, Fault> {
    let form = Form::keeping(posted, Invitation::KEPT).complaining(Complaint::Stale, None);
    Ok(Came::Shows(invitation::look(&at.state.tools, at.token, &at.visitor).await?, form))
}

async fn act(at: &At<'_>, browser: &Browser, posted: &[(String, String)]) -> Result<Came, Fault> {
    let (tools, visitor) = (&at.state.tools, &at.visitor);
    let field = |name: &str| posted.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    let goes = |done: &str| Ok(Came::Replies(see_other(&format!("/i/{}?done={done}", at.token), Jar::new())));
    match field("action") {
        "accept" | "have_account" => begin(at, browser, visitor, Jar::new()).await,
        "switch" => {
            let ended = invitation::leave_others(tools, at.token, visitor).await?;
            let mut jar = Jar::new();
            browser.signed_out(&ended, (tools, &mut jar));
            let alone = Visitor { sessions: visitor.sessions.iter().filter(|digest| !ended.contains(digest)).copied().collect(), ..visitor.clone() };
            begin(at, browser, &alone, jar).await
        }
        "refuse" => match invitation::refuse(tools, at.token, visitor).await? {
            Found::Open(_) | Found::Wrong(..) => goes(REFUSED),
            other => Ok(Came::Shows(other, Form::default())),
        },
        "move" => {
            let typed = field("email").trim();
            if let Ok(to) = typed.parse::<Email>() {
                invitation::ask(tools, at.token, &to, visitor).await?;
                return goes("asked");
            }
            let complaint = if typed.is_empty() { Complaint::Required { field: "email" } } else { Complaint::Email };
            let form = Form::keeping(posted, Invitation::KEPT).complaining(complaint, Some("email"));
            Ok(Came::Shows(invitation::look(tools, at.token, visitor).await?, form))
        }
        "transfer" => {
            if let Found::Wrong(_, other) = invitation::look(tools, at.token, visitor).await?
                && let Ok(to) = other.parse::<Email>()
            {
                invitation::ask(tools, at.token, &to, visitor).await?;
            }
            goes("asked")
        }
        "renew" => {
            invitation::renew(tools, at.token, visitor).await?;
            goes("renewed")
        }
        "dispute" => {
            invitation::dispute(tools, at.token, visitor).await?;
            goes("disputed")
        }
        _ => stale(at, posted).await,
    }
}

async fn begin(at: &At<'_>, browser: &Browser, visitor: &Visitor, jar: Jar) -> Result<Came, Fault> {
    Ok(match invitation::begin(&at.state.tools, at.token, visitor).await? {
        Begun::Walk { journey, first } => Came::Replies(see_other(&format!("/ui/{journey}/{}", first.path()), jar)),
        Begun::Done(finished) => Came::Replies(journey::finish(at.state, browser, *finished)),
        Begun::Wait(seen, seconds) => Came::Shows(Found::Open(seen), Form::default().complaining(Complaint::Resend { seconds }, None)),
        Begun::Not(found) => Came::Shows(found, Form::default()),
    })
}
