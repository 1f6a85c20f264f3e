//! The demonstration's relying applications: one program under several host names, written with the `openidconnect` crate as anybody would write one.
//!
//! It knows nothing of the server it runs beside but its addresses: it discovers, redirects, redeems and verifies over HTTP.

mod flow;
mod memory;
mod page;
mod told;

use std::{
    net::TcpListener,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use actix_web::{
    App as Service, HttpRequest, HttpResponse, HttpServer,
    dev::Server,
    http::{StatusCode, header},
    web::{self, Data, Form, Query},
};
use serde::Deserialize;

use self::{
    flow::{Relying, Returned},
    memory::{Visit, Visits},
    page::{AppPage, Notice, rows},
};
use super::{fixtures::Registered, language};
use crate::{
    outside::Fetch,
    pages::{Content, Frame, FrameSupport, FrameTenant, Pages, initials},
    values::{Entropy, EntropyExt as _, Locale},
};

/// The cookie that names a visit.
const COOKIE: &str = "__Host-app";

/// The applications and what they share.
pub struct Site {
    relying: Vec<Relying>,
    port: u16,
    pages: Arc<Pages>,
    entropy: Arc<dyn Entropy>,
    visits: Mutex<Visits>,
}

impl Site {
    /// The applications as they are registered, at `public_url`, listening on `port`.
    #[must_use]
    pub fn new(registered: Vec<Registered>, (public_url, port): (&str, u16), fetch: Arc<Fetch>, (pages, entropy): (Arc<Pages>, Arc<dyn Entropy>)) -> Self {
        let relying = registered.into_iter().map(|registered| Relying::new(registered, (public_url, port), Arc::clone(&fetch))).collect();
        Self { relying, port, pages, entropy, visits: Mutex::default() }
    }

    /// Serve them. The server stops with the handle that actix gives out for it.
    ///
    /// # Errors
    /// The listener cannot be used.
    pub fn serve(self, listener: TcpListener) -> std::io::Result<Server> {
        let site = Data::new(self);
        let routes = move || {
            Service::new()
                .app_data(Data::clone(&site))
                .app_data(web::FormConfig::default().limit(65_536))
                .route("/", web::get().to(home))
                .route("/private", web::get().to(private))
                .route("/callback", web::get().to(callback))
                .route("/refresh", web::post().to(refresh))
                .route("/userinfo", web::post().to(userinfo))
                .route("/sign-out", web::post().to(sign_out))
                .route("/backchannel", web::post().to(backchannel))
                .route("/assets/{file}", web::get().to(asset))
        };
        Ok(HttpServer::new(routes).workers(1).shutdown_timeout(5).disable_signals().listen(listener)?.run())
    }

    /// Whose host name the request came to.
    fn asked(&self, request: &HttpRequest) -> Option<&Relying> {
        let host = request.headers().get(header::HOST)?.to_str().ok()?.to_ascii_lowercase();
        let (name, port) = host.rsplit_once(':').unwrap_or((&host, "80"));
        (port == self.port.to_string()).then_some(())?;
        self.relying.iter().find(|relying| relying.host() == name)
    }

    fn visits(&self) -> MutexGuard<'_, Visits> {
        self.visits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn visit(&self, request: &HttpRequest, relying: &Relying) -> Visit {
        let token = request.cookie(COOKIE);
        token.and_then(|cookie| self.visits().get(&(relying.host(), cookie.value().to_owned()))).unwrap_or_default()
    }

    /// Remember a visit under a new name, and go there.
    fn moved(&self, request: &HttpRequest, relying: &Relying, visit: Visit, to: &str) -> HttpResponse {
        let token = self.entropy.token().expose().clone();
        let mut visits = self.visits();
        if let Some(old) = request.cookie(COOKIE) {
            visits.remove(&(relying.host(), old.value().to_owned()));
        }
        visits.put((relying.host(), token.clone()), visit);
        HttpResponse::SeeOther()
            .insert_header((header::LOCATION, to))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .cookie(language::cookie(COOKIE, token))
            .finish()
    }

    fn page(&self, request: &HttpRequest, relying: &Relying, page: &AppPage) -> HttpResponse {
        let lang = language::of(request);
        let name = relying.names().get(lang).to_owned();
        let other_lang = if lang == Locale::Fr { Locale::En } else { Locale::Fr };
        let frame = Frame {
            lang,
            other_lang,
            other_lang_href: format!("/?lang={}", other_lang.tag()),
            tenant: FrameTenant { initials: initials(&name), name, logo_src: None, brand_css: None, badge: None },
            app: None,
            support: FrameSupport::default(),
            csrf: String::new(),
            action: "/".to_owned(),
            journey: None,
            demo: true,
            screen: "RP-HOME",
        };
        match self.pages.render(page, &frame) {
            Ok(html) => HttpResponse::Ok()
                .content_type("text/html; charset=utf-8")
                .insert_header((header::CACHE_CONTROL, "no-store"))
                .insert_header((
                    header::CONTENT_SECURITY_POLICY,
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self' http://localhost:* http://*.localhost:* https://*.localhost:*; frame-ancestors 'none'; base-uri 'none'",
                ))
                .body(html),
            Err(fault) => {
                tracing::error!(error.message = %fault, "a page of the demonstration could not be shown");
                HttpResponse::InternalServerError().finish()
            }
        }
    }
}

/// No such application: its host name is the one thing that tells them apart.
fn nobody() -> HttpResponse {
    HttpResponse::build(StatusCode::NOT_FOUND).content_type("text/plain; charset=utf-8").body("There is no application of the demonstration at this address.\n")
}

/// The landing page; with a session, what the provider says of the person.
async fn home(request: HttpRequest, site: Data<Site>) -> HttpResponse {
    let Some(relying) = site.asked(&request) else { return nobody() };
    let visit = site.visit(&request, relying);
    let page = AppPage::of(relying, &visit);
    language::remembering(&request, site.page(&request, relying, &page))
}

/// What only people who are signed in see: everybody else is sent to the provider.
async fn private(request: HttpRequest, site: Data<Site>) -> HttpResponse {
    let Some(relying) = site.asked(&request) else { return nobody() };
    let visit = site.visit(&request, relying);
    if visit.signed_in.is_some() {
        return site.page(&request, relying, &AppPage::of(relying, &visit));
    }
    match relying.start(language::of(&request)).await {
        Ok((url, pending)) => site.moved(&request, relying, Visit { pending: Some(pending), ..Visit::default() }, url.as_str()),
        Err(error) => site.page(&request, relying, &AppPage::noticing(relying, Notice::failed(&error))),
    }
}

/// The browser comes back with a code, or with an error.
async fn callback(request: HttpRequest, returned: Query<Returned>, site: Data<Site>) -> HttpResponse {
    let Some(relying) = site.asked(&request) else { return nobody() };
    let Some(pending) = site.visit(&request, relying).pending else {
        return site.moved(&request, relying, Visit::noticing(Notice::Unexpected), "/");
    };
    let visit = match relying.finish(pending, returned.into_inner()).await {
        Ok(signed_in) => asked_about(relying, Visit { signed_in: Some(signed_in), ..Visit::default() }).await,
        Err(error) => Visit::noticing(Notice::failed(&error)),
    };
    site.moved(&request, relying, visit, "/")
}

/// New tokens for the old.
async fn refresh(request: HttpRequest, site: Data<Site>) -> HttpResponse {
    let Some(relying) = site.asked(&request) else { return nobody() };
    let mut visit = site.visit(&request, relying);
    if let Some(signed_in) = visit.signed_in.take() {
        visit.notice = match relying.refresh(&signed_in).await {
            Ok(renewed) => {
                visit.signed_in = Some(renewed);
                Some(Notice::Refreshed)
            }
            Err(error) => {
                visit.signed_in = Some(signed_in);
                Some(Notice::failed(&error))
            }
        };
    }
    site.moved(&request, relying, visit, "/")
}

/// Ask the provider about the person.
async fn userinfo(request: HttpRequest, site: Data<Site>) -> HttpResponse {
    let Some(relying) = site.asked(&request) else { return nobody() };
    let visit = Visit { notice: None, ..site.visit(&request, relying) };
    site.moved(&request, relying, asked_about(relying, visit).await, "/")
}

/// With what userinfo says of the person, where the application's token opens it.
async fn asked_about(relying: &Relying, mut visit: Visit) -> Visit {
    if let Some(signed_in) = visit.signed_in.as_mut().filter(|_| relying.sees_userinfo()) {
        match relying.userinfo(signed_in).await {
            Ok(claims) => signed_in.userinfo = Some(rows(&claims)),
            Err(error) => visit.notice = Some(Notice::failed(&error)),
        }
    }
    visit
}

/// Forget the person here, and ask the provider to do so too. [OpenID Connect RP-Initiated Logout §2]
async fn sign_out(request: HttpRequest, site: Data<Site>) -> HttpResponse {
    let Some(relying) = site.asked(&request) else { return nobody() };
    let Some(signed_in) = site.visit(&request, relying).signed_in else {
        return site.moved(&request, relying, Visit::default(), "/");
    };
    match relying.end_session(&signed_in).await {
        Ok(url) => site.moved(&request, relying, Visit::default(), url.as_str()),
        Err(error) => site.moved(&request, relying, Visit::noticing(Notice::failed(&error)), "/"),
    }
}

#[derive(Deserialize)]
struct Told {
    logout_token: String,
}

/// The provider says that a session ended. [OpenID Connect Back-Channel Logout §2.5]
async fn backchannel(request: HttpRequest, told: Form<Told>, site: Data<Site>) -> HttpResponse {
    let Some(relying) = site.asked(&request) else { return nobody() };
    match relying.told(&told.logout_token).await {
        Ok(sid) => {
            let forgotten = site.visits().forget(&relying.host(), &sid);
            tracing::info!(client.id = relying.id(), sessions = forgotten, "told that a session ended");
            HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).finish()
        }
        Err(error) => {
            tracing::warn!(client.id = relying.id(), error.message = %error, "a logout token was not believed");
            HttpResponse::BadRequest().insert_header((header::CACHE_CONTROL, "no-store")).json(serde_json::json!({ "error": "invalid_request" }))
        }
    }
}

async fn asset(request: HttpRequest, site: Data<Site>) -> HttpResponse {
    match site.pages.assets().at(request.path()) {
        Some(asset) => HttpResponse::Ok().content_type(asset.media_type).body(asset.body.clone()),
        None => HttpResponse::NotFound().finish(),
    }
}

/// The demonstration application's page with its samples, for the test that renders every page.
#[must_use]
pub fn samples() -> Vec<(&'static str, Content)> {
    use crate::pages::Page;
    page::AppPage::samples().iter().map(|(name, page)| (*name, Content::of(page))).collect()
}
