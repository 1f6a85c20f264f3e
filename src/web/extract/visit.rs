//! A person sent to an issuer by a client.

use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload, error::InternalError, http::Method, web::Data};
use futures_util::future::{FutureExt as _, LocalBoxFuture};

use super::{Browser, IssuerAt, Jar, Pairs, QueryPairs};
use crate::{
    journey::{Tools, facts::Visitor},
    protocol::{authorize::ui_locale, params::Params},
    values::BrowserId,
    web::{
        State,
        reply::{Around, Failure},
        whose,
    },
};

/// At which issuer, with which browser, and what the client asks: in the address, or in the form that was posted. What cannot be read is answered by a page, as
/// a person is looking. [OpenID Connect Core §3.1.2.1, OpenID Connect RP-Initiated Logout §2]
pub struct Visit {
    /// Where.
    pub at: IssuerAt,
    /// What is asked.
    pub params: Params,
    /// Whose.
    pub browser: Browser,
    /// Its name.
    pub id: BrowserId,
    /// Cookies for it: its name, so far.
    pub jar: Jar,
}

impl Visit {
    /// Who comes, in the language that the client asks for unless another was chosen on the pages of this journey.
    #[must_use]
    pub fn visitor(&self, tools: &Tools, journey: &str) -> Visitor {
        self.browser.visitor(self.id.clone(), tools, (journey, ui_locale(&self.params).ok().flatten()), Some(&self.at.tenant))
    }
}

impl FromRequest for Visit {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let state = request.app_data::<Data<State>>().cloned();
        let at = IssuerAt::from_request(request, payload);
        let browser = Browser::from_request(request, payload);
        let query = QueryPairs::from_request(request, payload);
        let body = (request.method() == Method::POST).then(|| Pairs::from_request(request, payload));
        let path = request.path().to_owned();
        async move {
            let state = state.ok_or(Failure::NotFound)?;
            let mut browser = browser.await?;
            let mut jar = Jar::new();
            let id = browser.id(&state.tools, &mut jar);
            let at = at.await;
            let pairs = match body {
                Some(body) => body.await.map(|pairs| pairs.0),
                None => query.await.map(|pairs| pairs.0),
            };
            let (failure, tenant) = match (at, pairs) {
                (Ok(at), Ok(pairs)) => return Ok(Self { at, params: Params::parse(pairs), browser, id, jar }),
                (Ok(at), Err(failure)) => (failure, Some(at.tenant)),
                (Err(failure), _) => (failure, whose::house(&state).await),
            };
            let locale = browser.visitor(id, &state.tools, ("", None), tenant.as_deref()).locale;
            Err(unreadable(failure, &state, &Around::plain(locale, tenant.as_deref(), "S-ERROR", &path)))
        }
        .boxed_local()
    }
}

fn unreadable(failure: Failure, state: &State, around: &Around<'_>) -> actix_web::Error {
    let said = failure.to_string();
    let page: HttpResponse = failure.into_page(state, around);
    InternalError::from_response(said, page).into()
}
