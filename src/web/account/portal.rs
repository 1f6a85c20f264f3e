//! The one way into the portal: somebody who is signed in, at one of its pages.

use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload, http::StatusCode, web::Data};
use futures_util::future::LocalBoxFuture;

use crate::{
    journey::facts::Visitor,
    model::{Account, Purpose, Session, Tenant},
    pages::{Complaint, Content},
    service::{
        authorize::{self, Authorized},
        end_session,
    },
    storage::Loaded,
    values::{Fault, Locale},
    web::{
        State,
        extract::{Browser, Instead, Jar, Opened, opened},
        guard, journey,
        reply::{Around, Failure, page, problem, see_other},
    },
};

/// Under which name a language is remembered that was chosen on these pages.
const PART: &str = "account";

/// Who is here. Whoever is not signed in is sent to the pages that prove it, and comes back to the address that was asked for; whoever chose a language at the foot
/// of a page gets that page in it. So a request that reaches a page of the portal always has its person.
pub struct Portal {
    pub(super) state: Data<State>,
    pub(super) request: HttpRequest,
    pub(super) browser: Browser,
    /// Cookies for it: each reply takes them along.
    pub(super) jar: Jar,
    pub(super) visitor: Visitor,
    pub(super) tenant: Loaded<Tenant>,
    pub(super) session: Session,
    pub(super) account: Loaded<Account>,
}

impl FromRequest for Portal {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        opened(request, payload)
    }
}

/// The first value with a name.
pub(in crate::web) fn field<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

impl Opened for Portal {
    const PART: &'static str = PART;

    async fn open(state: Data<State>, request: HttpRequest, mut browser: Browser) -> Result<Self, Instead> {
        let mut jar = Jar::new();
        let failed = |failure: Failure| Box::new(failure.into_page(&state, &Around::plain(Locale::default(), None, "S-ERROR", request.path())));
        let tools = &state.tools;
        let tenant = tools.reads().default_tenant().await.map_err(|error| failed(Fault::from(error).into()))?;
        let tenant = tenant.ok_or_else(|| failed(Failure::NotFound))?;
        let id = browser.id(tools, &mut jar);
        let mut visitor = browser.visitor(id, tools, (PART, None), Some(&tenant));
        for session in end_session::sessions(tools, &visitor).await.map_err(|fault| failed(fault.into()))? {
            let account = tools.reads().account(session.subject).await.map_err(|error| failed(Fault::from(error).into()))?;
            let Some(account) = account else { continue };
            visitor.locale = browser.chosen_for(PART).or(account.locale).unwrap_or(visitor.locale);
            return Ok(Self { state, request, browser, jar, visitor, tenant, session: session.into_value(), account });
        }
        let back = request.path().to_owned();
        let proving = proves(&state, &browser, (&tenant, &visitor), (Purpose::SignIn, &back), jar).await;
        Err(Box::new(proving.unwrap_or_else(|fault| Failure::from(fault).into_page(&state, &Around::plain(visitor.locale, Some(&tenant), "S-ERROR", &back)))))
    }
}

impl Portal {
    /// What stands around a page of it whose forms are posted to `path`.
    pub(super) fn around(&self, screen: &'static str, path: &str) -> Around<'_> {
        let csrf = guard::form_token(&self.state.tools, &self.visitor.browser, path);
        Around { csrf, ..Around::plain(self.visitor.locale, Some(&self.tenant), screen, path) }
    }

    /// A page of it.
    pub(super) fn shows(&mut self, status: StatusCode, content: &Content, (screen, path): (&'static str, &str)) -> HttpResponse {
        let jar = std::mem::take(&mut self.jar);
        page(&self.state, status, content, &self.around(screen, path), jar)
    }

    /// Go there and look.
    pub(super) fn goes(&mut self, to: &str) -> HttpResponse {
        see_other(to, std::mem::take(&mut self.jar))
    }

    /// From now on in this language.
    pub(super) fn speaks(&mut self, locale: Locale) {
        self.jar.language(locale, PART);
    }

    /// There is no such page for this person.
    pub(super) fn knows_nothing(&self) -> HttpResponse {
        problem(&self.state, Complaint::NotFound, &self.around("S-ERROR", self.request.path()), &[])
    }

    /// Was this posted by the person, on the page whose forms are posted to `path`?
    pub(super) fn is_own_form(&self, posted: &[(String, String)], path: &str) -> bool {
        guard::is_own_form(&self.request, posted, &self.state.tools, &self.visitor.browser, path)
    }

    /// Did the person prove lately enough who they are? Whoever finds an open browser may look, but not take things away.
    pub(super) fn is_proved_lately(&self) -> bool {
        self.session.authenticated_at() >= self.state.tools.now().minus(self.tenant.settings.reauthentication)
    }

    /// The pages that prove it once more, and back to `path`.
    pub(super) async fn proves_again(&mut self, path: &str) -> Result<HttpResponse, Fault> {
        let jar = std::mem::take(&mut self.jar);
        proves(&self.state, &self.browser, (&self.tenant, &self.visitor), (Purpose::Confirm, path), jar).await
    }

    /// A reply, or the page that says that we failed.
    pub(super) fn answers(&self, came: Result<HttpResponse, Fault>) -> HttpResponse {
        came.unwrap_or_else(|fault| Failure::from(fault).into_page(&self.state, &self.around("S-ERROR", self.request.path())))
    }
}

/// `GET /account/reset`: choose a new password in the place of a forgotten one, whoever is signed in.
pub async fn reset(state: Data<State>, request: HttpRequest, mut browser: Browser) -> HttpResponse {
    let mut jar = Jar::new();
    let id = browser.id(&state.tools, &mut jar);
    let visitor = browser.visitor(id, &state.tools, (PART, None), None);
    let around = |tenant| Around::plain(visitor.locale, tenant, "S-ERROR", request.path());
    match state.tools.reads().default_tenant().await {
        Ok(Some(tenant)) => {
            let opened = proves(&state, &browser, (&tenant, &visitor), (Purpose::Reset, "/account"), jar).await;
            opened.unwrap_or_else(|fault| Failure::from(fault).into_page(&state, &around(Some(&tenant))))
        }
        Ok(None) => Failure::NotFound.into_page(&state, &around(None)),
        Err(error) => Failure::from(Fault::from(error)).into_page(&state, &around(None)),
    }
}

/// The pages that prove who it is, and back.
pub(in crate::web) async fn proves(
    state: &State,
    browser: &Browser,
    (tenant, visitor): (&Loaded<Tenant>, &Visitor),
    (purpose, back): (Purpose, &str),
    jar: Jar,
) -> Result<HttpResponse, Fault> {
    Ok(match authorize::open_portal(&state.tools, tenant, purpose, back, visitor).await? {
        Authorized::Walk { journey, first } => see_other(&format!("/ui/{journey}/{}", first.path()), jar),
        Authorized::Done(finished) => journey::finish(state, browser, *finished),
        Authorized::Refused(_) | Authorized::Here { .. } => {
            problem(state, Complaint::NotFound, &Around::plain(visitor.locale, Some(tenant), "S-ERROR", back), &[])
        }
    })
}
