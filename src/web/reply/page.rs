//! A page: the frame around it, its policy, and the redirect after a form.

use actix_web::{
    HttpResponse, ResponseError as _,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, RETRY_AFTER},
    },
};

use super::Failure;
use crate::{
    model::{Localised, Tenant},
    pages::{Complaint, Content, Flaw, Frame, FrameSupport, FrameTenant, Named, Problem, initials},
    values::{Locale, Timestamp},
    web::{State, extract::Jar},
};

/// What stands around a page, as the request knows it.
#[derive(Clone, Debug)]
pub struct Around<'a> {
    /// Language.
    pub locale: Locale,
    /// Whose page; `None` before any tenant is known.
    pub tenant: Option<&'a Tenant>,
    /// The application that the person is on the way to.
    pub app: Option<String>,
    /// The form's token.
    pub csrf: String,
    /// The page's own path, where its forms are posted.
    pub action: String,
    /// The journey it belongs to.
    pub journey: Option<String>,
    /// The screen's id.
    pub screen: &'static str,
    /// Where a form may lead besides here: the origin of the verified redirect URI, or a native client's scheme. Chromium applies the policy to the redirect after a form, too.
    pub leads_to: Option<String>,
    /// Origins that the page may load from besides us: of whoever tells people from robots, on the page where that is asked.
    pub loads_from: Vec<String>,
}

impl<'a> Around<'a> {
    /// A page that belongs to no journey.
    #[must_use]
    pub fn plain(locale: Locale, tenant: Option<&'a Tenant>, screen: &'static str, action: &str) -> Self {
        Self { locale, tenant, app: None, csrf: String::new(), action: action.to_owned(), journey: None, screen, leads_to: None, loads_from: Vec::new() }
    }

    fn frame(&self, demo: bool) -> Frame {
        let nobody = Localised::same("Parvis");
        let name = self.tenant.map_or(&nobody, |tenant| &tenant.names).get(self.locale).to_owned();
        let other_lang = if self.locale == Locale::Fr { Locale::En } else { Locale::Fr };
        let brand = self.tenant.map(|tenant| &tenant.brand);
        let support = self.tenant.map(|tenant| tenant.support.clone()).unwrap_or_default();
        Frame {
            lang: self.locale,
            other_lang,
            other_lang_href: format!("{}?lang={}", self.action, other_lang.tag()),
            tenant: FrameTenant {
                initials: initials(&name),
                name,
                logo_src: brand.and_then(|brand| Some(format!("data:{};base64,{}", brand.logo_type.as_ref()?, brand.logo.as_ref()?))),
                brand_css: self
                    .tenant
                    .filter(|tenant| tenant.brand.accent.is_some() || tenant.brand.accent_dark.is_some())
                    .map(|tenant| format!("/assets/brand/{}/{}.css", tenant.id, tenant.brand.version)),
                badge: self.tenant.and_then(|tenant| tenant.test_badge.clone()),
            },
            app: self.app.clone().map(|name| Named { name }),
            support: FrameSupport { phone: support.phone, mail: support.mail, terms_url: support.terms_url, privacy_url: support.privacy_url },
            csrf: self.csrf.clone(),
            action: self.action.clone(),
            journey: self.journey.clone(),
            demo,
            screen: self.screen,
        }
    }
}

/// A page. Never stored, never framed, and no script or style that is not ours.
#[must_use]
pub fn page(state: &State, status: StatusCode, content: &Content, around: &Around<'_>, jar: Jar) -> HttpResponse {
    match state.tools.pages.render_content(content, &around.frame(state.demo)) {
        Ok(html) => {
            let leads_to = around.leads_to.as_deref().unwrap_or_default();
            let also = around.loads_from.iter().fold(String::new(), |all, origin| all + " " + origin);
            let frames = if also.is_empty() { String::new() } else { format!(" frame-src{also};") };
            let policy = format!(
                "default-src 'none'; script-src 'self'{also}; style-src 'self'{also}; img-src 'self' data:; connect-src 'self'{also};{frames} form-action 'self' {leads_to}; frame-ancestors 'none'; base-uri 'none'"
            );
            let mut reply = HttpResponse::build(status);
            reply
                .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
                .insert_header((CACHE_CONTROL, "no-store"))
                .insert_header((CONTENT_SECURITY_POLICY, policy))
                .insert_header(("x-frame-options", "DENY"));
            jar.into_reply(&mut reply);
            reply.body(html)
        }
        Err(fault) => Failure::from(fault).error_response(),
    }
}

/// Go there and look: after a form, and to a client.
#[must_use]
pub fn see_other(to: &str, jar: Jar) -> HttpResponse {
    let mut reply = HttpResponse::SeeOther();
    reply.insert_header((LOCATION, to)).insert_header((CACHE_CONTROL, "no-store"));
    jar.into_reply(&mut reply);
    reply.finish()
}

/// S-ERROR: what went wrong, and what can be done about it.
#[must_use]
pub fn problem(state: &State, complaint: Complaint, around: &Around<'_>, developer: &[(&'static str, String)]) -> HttpResponse {
    let status = match &complaint {
        Complaint::Over { .. } | Complaint::ExpiredLink { .. } => StatusCode::GONE,
        Complaint::Stale | Complaint::NoRole { .. } | Complaint::TenantOff { .. } => StatusCode::FORBIDDEN,
        Complaint::Conflict | Complaint::Oneself | Complaint::LastAdministrator { .. } => StatusCode::CONFLICT,
        Complaint::Incident { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        Complaint::NotFound | Complaint::BadLink => StatusCode::NOT_FOUND,
        _ => StatusCode::BAD_REQUEST,
    };
    show_problem(state, status, complaint, around, developer)
}

fn show_problem(state: &State, status: StatusCode, complaint: Complaint, around: &Around<'_>, developer: &[(&'static str, String)]) -> HttpResponse {
    let is_test = around.tenant.is_some_and(|tenant| tenant.test_badge.is_some()) || state.demo;
    let reference = if let Complaint::Incident { reference } = &complaint { Some(reference.clone()) } else { None };
    let problem = Problem::new(complaint, reference, state.tools.now(), if is_test { developer } else { &[] });
    page(state, status, &Content::of(&problem), around, Jar::new())
}

impl Failure {
    /// The failure as a page for a person.
    #[must_use]
    pub fn into_page(self, state: &State, around: &Around<'_>) -> HttpResponse {
        let status = self.status_code();
        let complaint = match &self {
            Self::NotFound => Complaint::NotFound,
            Self::OAuth(_) | Self::Challenge(..) => Complaint::BadRequest { parameter: "request", flaw: Flaw::Invalid },
            Self::Fault(_, id) => Complaint::Incident { reference: id.to_string() },
        };
        let mut reply = show_problem(state, status, complaint, around, &[]);
        if status == StatusCode::SERVICE_UNAVAILABLE {
            reply.headers_mut().insert(RETRY_AFTER, actix_web::http::header::HeaderValue::from_static("5"));
        }
        reply
    }
}

/// Seconds until then, at least one.
#[must_use]
pub fn seconds_until(until: Timestamp, now: Timestamp) -> u64 {
    until.since(now).max(1)
}
