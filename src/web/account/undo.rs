//! The pages behind links in mails by which something is taken back. GET shows, POST does it: whoever checks links in mails opens them.
//!
//! Nobody need be signed in: who has the mailbox decides.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::portal::field;
use crate::{
    journey::facts::Visitor,
    model::Tenant,
    pages::{Complaint, Content, Form, TakenBack, Undo, UndoStage},
    service::account::{
        contact::{self, UndoRefused},
        deletion,
    },
    values::{BrowserId, Fault},
    web::{
        State,
        extract::{Browser, Jar, Pairs, QueryPairs},
        guard,
        reply::{Around, Failure, page, problem, see_other},
    },
};

const SCREEN: &str = "S-ME-UNDO";
/// What forms of these pages are bound to. Not the link itself: it is a secret.
const FORM: &str = "undo";

/// A request for one of these pages.
struct Visit {
    state: Data<State>,
    request: HttpRequest,
    browser: Browser,
    id: Option<BrowserId>,
    is_deletion: bool,
}

impl Visit {
    fn visitor(&self, tenant: Option<&Tenant>) -> Visitor {
        self.browser.visitor(BrowserId(String::new()), &self.state.tools, (FORM, None), tenant)
    }

    fn around<'a>(&self, tenant: Option<&'a Tenant>, screen: &'static str) -> Around<'a> {
        let csrf = self.id.as_ref().map(|id| guard::form_token(&self.state.tools, id, FORM)).unwrap_or_default();
        Around { csrf, ..Around::plain(self.visitor(tenant).locale, tenant, screen, self.request.path()) }
    }

    fn shows(&self, status: StatusCode, tenant: &Tenant, view: (Option<TakenBack>, UndoStage, Form), jar: Jar) -> HttpResponse {
        let organisation = tenant.names.get(self.visitor(Some(tenant)).locale).to_owned();
        let (of, stage, form) = view;
        let view = Undo { form, of, is_deletion: self.is_deletion, stage, organisation };
        page(&self.state, status, &Content::of(&view), &self.around(Some(tenant), SCREEN), jar)
    }

    /// The question, or why there is none.
    fn asks(&self, found: Result<Found, UndoRefused>, default: &Tenant, form: Form, jar: Jar) -> HttpResponse {
        let status = if form.complaints.is_empty() { StatusCode::OK } else { StatusCode::FORBIDDEN };
        let over = |stage| self.shows(StatusCode::GONE, default, (None, stage, Form::default()), Jar::new());
        match found {
            Ok(found) => self.shows(status, &found.tenant, (Some(found.of), UndoStage::Asked, form), jar),
            Err(UndoRefused::Expired) => over(UndoStage::Expired),
            Err(UndoRefused::Used) => over(UndoStage::Used),
            Err(UndoRefused::Bad) => problem(&self.state, Complaint::BadLink, &self.around(Some(default), "S-ERROR"), &[]),
        }
    }

    fn failed(&self, fault: Fault) -> HttpResponse {
        Failure::from(fault).into_page(&self.state, &self.around(None, "S-ERROR"))
    }

    async fn default(&self) -> Result<Tenant, Fault> {
        let tenant = self.state.tools.reads().default_tenant().await?;
        Ok(tenant.ok_or_else(|| Fault::new("there is no default tenant"))?.into_value())
    }

    async fn find(&self, token: &str) -> Result<Result<Found, UndoRefused>, Fault> {
        if self.is_deletion {
            let found = deletion::look(&self.state.tools, token).await?;
            return Ok(found.map(|found| Found { of: TakenBack::Deletion { due: found.due }, tenant: found.tenant.into_value() }));
        }
        let found = contact::look(&self.state.tools, token).await?;
        Ok(found.map(|found| Found { of: TakenBack::Address { old: found.old.spelt().to_owned() }, tenant: found.tenant.into_value() }))
    }

    async fn look(&mut self, token: &str) -> Result<HttpResponse, Fault> {
        let mut jar = Jar::new();
        self.id = Some(self.browser.id(&self.state.tools, &mut jar));
        let (default, found) = (self.default().await?, self.find(token).await?);
        Ok(self.asks(found, &default, Form::default(), jar))
    }

    async fn press(&mut self, token: &str, posted: &[(String, String)]) -> Result<HttpResponse, Fault> {
        self.id = self.browser.known_id(&self.state.tools);
        let default = self.default().await?;
        let Some(id) = &self.id else { return Ok(problem(&self.state, Complaint::Cookies, &self.around(Some(&default), "S-ERROR"), &[])) };
        if !guard::is_own_form(&self.request, posted, &self.state.tools, id, FORM) || field(posted, "action") != Some("undo") {
            let found = self.find(token).await?;
            return Ok(self.asks(found, &default, Form::default().complaining(Complaint::Stale, None), Jar::new()));
        }
        let (tools, visitor) = (&self.state.tools, self.visitor(Some(&default)));
        let (done, to) = if self.is_deletion {
            (deletion::keep(tools, token, &visitor).await?, "/account/delete/undone")
        } else {
            (contact::undo(tools, token, &visitor).await?.map(drop), "/account/contact/undone")
        };
        match done {
            Ok(()) => Ok(see_other(to, Jar::new())),
            Err(refused) => Ok(self.asks(Err(refused), &default, Form::default(), Jar::new())),
        }
    }

    async fn tells(&self, stage: UndoStage) -> Result<HttpResponse, Fault> {
        let default = self.default().await?;
        Ok(self.shows(StatusCode::OK, &default, (None, stage, Form::default()), Jar::new()))
    }
}

/// What a link takes back, in whose name.
struct Found {
    of: TakenBack,
    tenant: Tenant,
}

/// Which of the pages is wanted.
enum Wanted<'a> {
    /// The question behind a link.
    Question(&'a str),
    /// A word that needs none.
    Word(UndoStage),
}

/// The page, in the language that was chosen at its foot.
async fn shown(mut visit: Visit, query: QueryPairs, wanted: Wanted<'_>) -> HttpResponse {
    if let Some(locale) = query.language() {
        let mut jar = Jar::new();
        jar.language(locale, FORM);
        return see_other(visit.request.path(), jar);
    }
    let came = match wanted {
        Wanted::Question(token) => visit.look(token).await,
        Wanted::Word(stage) => visit.tells(stage).await,
    };
    came.unwrap_or_else(|fault| visit.failed(fault))
}

async fn pressed(mut visit: Visit, posted: &Pairs, token: &str) -> HttpResponse {
    let came = visit.press(token, &posted.0).await;
    came.unwrap_or_else(|fault| visit.failed(fault))
}

/// `GET /account/contact/undo/{token}`
pub async fn ask_address(state: Data<State>, request: HttpRequest, browser: Browser, query: QueryPairs, token: Path<String>) -> HttpResponse {
    shown(Visit { state, request, browser, id: None, is_deletion: false }, query, Wanted::Question(&token)).await
}

/// `POST /account/contact/undo/{token}`
pub async fn address(state: Data<State>, request: HttpRequest, browser: Browser, posted: Pairs, token: Path<String>) -> HttpResponse {
    pressed(Visit { state, request, browser, id: None, is_deletion: false }, &posted, &token).await
}

/// `GET /account/contact/undone`
pub async fn address_back(state: Data<State>, request: HttpRequest, browser: Browser, query: QueryPairs) -> HttpResponse {
    shown(Visit { state, request, browser, id: None, is_deletion: false }, query, Wanted::Word(UndoStage::Done)).await
}

/// `GET /account/delete/undo/{token}`
pub async fn ask_deletion(state: Data<State>, request: HttpRequest, browser: Browser, query: QueryPairs, token: Path<String>) -> HttpResponse {
    shown(Visit { state, request, browser, id: None, is_deletion: true }, query, Wanted::Question(&token)).await
}

/// `POST /account/delete/undo/{token}`
pub async fn deletion(state: Data<State>, request: HttpRequest, browser: Browser, posted: Pairs, token: Path<String>) -> HttpResponse {
    pressed(Visit { state, request, browser, id: None, is_deletion: true }, &posted, &token).await
}

/// `GET /account/delete/undone`
pub async fn account_kept(state: Data<State>, request: HttpRequest, browser: Browser, query: QueryPairs) -> HttpResponse {
    shown(Visit { state, request, browser, id: None, is_deletion: true }, query, Wanted::Word(UndoStage::Done)).await
}

/// `GET /account/delete/planned`
pub async fn account_to_go(state: Data<State>, request: HttpRequest, browser: Browser, query: QueryPairs) -> HttpResponse {
    shown(Visit { state, request, browser, id: None, is_deletion: true }, query, Wanted::Word(UndoStage::Planned)).await
}
