//! Pages of somebody who is signed in: the portal's and the consoles'.

use actix_web::{FromRequest as _, HttpRequest, HttpResponse, dev::Payload, error::InternalError, http::Method, web::Data};
use futures_util::future::{FutureExt as _, LocalBoxFuture};

use super::{Browser, Jar, QueryPairs};
use crate::web::{
    State,
    reply::{Failure, see_other},
};

/// A reply in the place of the page.
pub type Instead = Box<HttpResponse>;

/// The one way into a part of the pages.
pub trait Opened: Sized + 'static {
    /// Under which name a language is remembered that was chosen on these pages.
    const PART: &'static str;

    /// Who is here; or what they get instead.
    fn open(state: Data<State>, request: HttpRequest, browser: Browser) -> impl Future<Output = Result<Self, Instead>>;
}

/// What a request for such a page comes to. Whoever chose a language at the foot of a page gets that page in it.
pub fn opened<T: Opened>(request: &HttpRequest, payload: &mut Payload) -> LocalBoxFuture<'static, Result<T, actix_web::Error>> {
    let state = request.app_data::<Data<State>>().cloned();
    let browser = Browser::from_request(request, payload);
    let query = QueryPairs::from_request(request, payload);
    let request = request.clone();
    async move {
        let state = state.ok_or(Failure::NotFound)?;
        let browser = browser.await?;
        let chosen = if request.method() == Method::GET { query.await.ok().and_then(|query| query.language()) } else { None };
        let opened = match chosen {
            Some(locale) => {
                let mut jar = Jar::new();
                jar.language(locale, T::PART);
                Err(Box::new(see_other(request.path(), jar)))
            }
            None => T::open(state, request, browser).await,
        };
        opened.map_err(|instead| InternalError::from_response("not this page", *instead).into())
    }
    .boxed_local()
}
