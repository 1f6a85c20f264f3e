//! The one way into the consoles.

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    http::{Method, StatusCode},
    web::Data,
};
use futures_util::future::LocalBoxFuture;

use crate::{
    journey::facts::Visitor,
    model::{Account, Purpose, Session, Tenant},
    pages::{Complaint, Content, Desk, Me, Page},
    policy::admin::{Place, Right},
    service::admin::{
        By, Refused,
        console::{self, Seat, Seated},
    },
    storage::Loaded,
    values::{Fault, Locale},
    web::{
        State,
        account::portal::proves,
        extract::{Browser, Instead, Jar, Opened, opened},
        guard,
        reply::{Around, Failure, page, problem, see_other},
        whose,
    },
};

/// Under which name a language is remembered that was chosen on these pages.
pub(super) const PART: &str = "admin";

/// The places of the console, by the words that the navigation knows them by, and the right that opens each. The address is `/admin/{tenant}/{place}`.
const PLACES: &[(&str, Right)] = &[
    ("accounts", Right::AccountRead),
    ("invitations", Right::InvitationRead),
    ("support", Right::SupportRead),
    ("companies", Right::AccountRead),
    ("terms", Right::TermsRead),
    ("audit", Right::AuditRead),
];

/// Who sits here, and of which organisation it is. Whoever is not signed in is sent to the pages that prove it, and so is whoever did not use the console for the
/// time that the organisation sets; whoever has no role here is told so. So a request that reaches a page of the console has its person, who may at least see
/// that the organisation exists; each page asks for more through its service.
pub struct Console {
    pub(super) state: Data<State>,
    pub(super) request: HttpRequest,
    pub(super) browser: Browser,
    /// Cookies for it: each reply takes them along.
    pub(super) jar: Jar,
    pub(super) visitor: Visitor,
    pub(super) tenant: Loaded<Tenant>,
    pub(super) session: Loaded<Session>,
    pub(super) account: Loaded<Account>,
    /// As services know the person.
    pub(super) by: By,
}

impl FromRequest for Console {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        opened(request, payload)
    }
}

impl Opened for Console {
    const PART: &'static str = PART;

    async fn open(state: Data<State>, request: HttpRequest, mut browser: Browser) -> Result<Self, Instead> {
        let mut jar = Jar::new();
        let tools = &state.tools;
        let id = browser.id(tools, &mut jar);
        let plain = |locale, tenant| Around::plain(locale, tenant, "S-ERROR", request.path());
        let failed = |fault: Fault, locale, tenant| Box::new(Failure::from(fault).into_page(&state, &plain(locale, tenant)));
        let name = request.match_info().query("tenant");
        let found = tools.reads().tenant_named(name).await.map_err(|error| failed(error.into(), Locale::default(), None))?;
        let mut visitor = browser.visitor(id, tools, (PART, None), found.as_deref());
        let Some(tenant) = found else {
            let house = whose::house(&state).await;
            return Err(Box::new(problem(&state, Complaint::NotFound, &plain(visitor.locale, house.as_deref()), &[])));
        };
        let seat = console::seat(tools, &tenant, &visitor).await.map_err(|fault| failed(fault, visitor.locale, Some(&tenant)))?;
        let back = back(&request);
        let proof = match seat {
            Seat::Outside(account) => {
                visitor.locale = browser.chosen_for(PART).or(account.locale).unwrap_or(visitor.locale);
                return Err(Box::new(problem(&state, no_role(&tenant, &account, visitor.locale), &plain(visitor.locale, Some(&tenant)), &[])));
            }
            Seat::Taken(seated) if seated.is_open_at(tools.now(), &tenant.settings) => {
                let Seated { session, account, by } = *seated;
                visitor.locale = browser.chosen_for(PART).or(account.locale).unwrap_or(visitor.locale);
                console::touch(tools, session.clone()).await.map_err(|fault| failed(fault, visitor.locale, Some(&tenant)))?;
                return Ok(Self { state, request, browser, jar, visitor, tenant, session, account, by });
            }
            Seat::Taken(_) => Purpose::Confirm,
            Seat::Nobody => Purpose::SignIn,
        };
        let proving = proves(&state, &browser, (&tenant, &visitor), (proof, &back), jar).await;
        Err(proving.map_or_else(|fault| failed(fault, visitor.locale, Some(&tenant)), Box::new))
    }
}

impl Console {
    /// May they do this here? For what a page offers; the service asks again.
    #[must_use]
    pub fn may(&self, right: Right) -> bool {
        self.by.may(right, Place::Tenant(self.tenant.id))
    }

    /// The address of a place of this console, or of its first page.
    #[must_use]
    pub fn path(&self, place: &str) -> String {
        let slug = &self.tenant.slug;
        if place.is_empty() { format!("/admin/{slug}") } else { format!("/admin/{slug}/{place}") }
    }

    /// What stands around `main` on each of its pages.
    #[must_use]
    pub fn desk(&self) -> Desk {
        let places = PLACES.iter().filter(|(_, right)| self.may(*right)).map(|(place, _)| *place).collect();
        Desk { me: Me::of(&self.account), path: self.path(""), places }
    }

    /// What stands around a page of it whose forms are posted to `path`.
    #[must_use]
    pub fn around(&self, screen: &'static str, path: &str) -> Around<'_> {
        let csrf = guard::form_token(&self.state.tools, &self.visitor.browser, path);
        Around { csrf, ..Around::plain(self.visitor.locale, Some(&self.tenant), screen, path) }
    }

    /// A page of it, whose forms are posted to where it stands.
    pub fn shows<P: Page>(&mut self, status: StatusCode, view: &P, screen: &'static str) -> HttpResponse {
        let jar = std::mem::take(&mut self.jar);
        let path = self.request.path().to_owned();
        page(&self.state, status, &Content::of(view), &self.around(screen, &path), jar)
    }

    /// Go there and look.
    pub fn goes(&mut self, to: &str) -> HttpResponse {
        see_other(to, std::mem::take(&mut self.jar))
    }

    /// Was this posted by the person, on the page that stands at the same address?
    #[must_use]
    pub fn is_own_form(&self, posted: &[(String, String)]) -> bool {
        guard::is_own_form(&self.request, posted, &self.state.tools, &self.visitor.browser, self.request.path())
    }

    /// Did the person prove lately enough who they are, for what takes something away or gives power?
    #[must_use]
    pub fn is_proved_lately(&self) -> bool {
        self.session.authenticated_at() >= self.state.tools.now().minus(self.tenant.settings.reauthentication)
    }

    /// The pages that prove it once more, and back to `path`.
    ///
    /// # Errors
    /// The store failed.
    pub async fn proves_again(&mut self, path: &str) -> Result<HttpResponse, Fault> {
        let jar = std::mem::take(&mut self.jar);
        proves(&self.state, &self.browser, (&self.tenant, &self.visitor), (Purpose::Confirm, path), jar).await
    }

    /// A reply, or the page that says why there is none. What a form can mend, its page says itself.
    #[must_use]
    pub fn answers(&self, came: Result<HttpResponse, Refused>) -> HttpResponse {
        let around = self.around("S-ERROR", self.request.path());
        match came {
            Ok(reply) => reply,
            Err(Refused::Fault(fault)) => Failure::from(fault).into_page(&self.state, &around),
            Err(Refused::LacksRole | Refused::LacksScope(_)) => problem(&self.state, no_role(&self.tenant, &self.account, self.visitor.locale), &around, &[]),
            Err(Refused::Oneself) => problem(&self.state, Complaint::Oneself, &around, &[]),
            Err(Refused::LastAdministrator) => problem(&self.state, Complaint::LastAdministrator { organisation: None }, &around, &[]),
            Err(Refused::Stale | Refused::Conflict | Refused::Impossible(_) | Refused::Taken(_)) => problem(&self.state, Complaint::Conflict, &around, &[]),
            Err(_) => problem(&self.state, Complaint::NotFound, &around, &[]),
        }
    }
}

/// Where the person comes back to: with the search that a list's address holds, but never to a form that was posted.
fn back(request: &HttpRequest) -> String {
    let query = request.query_string();
    if query.is_empty() || request.method() != Method::GET { request.path().to_owned() } else { format!("{}?{query}", request.path()) }
}

fn no_role(tenant: &Tenant, account: &Account, locale: Locale) -> Complaint {
    Complaint::NoRole { organisation: tenant.names.get(locale).into(), identifier: account.identifier().into() }
}
