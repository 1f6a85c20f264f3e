//! Codes, refresh tokens and clients' own proofs become tokens. [RFC 6749 §3.2]

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, PRAGMA},
    web::Data,
};

use crate::{
    protocol::params::Params,
    service::token,
    web::{
        State,
        extract::{ClientRequest, Pairs},
        reply::Failure,
    },
};

/// `POST /token`
///
/// # Errors
/// See [`token::answer`].
pub async fn post(state: Data<State>, client: ClientRequest, form: Pairs) -> Result<HttpResponse, Failure> {
    let params = Params::parse(form.0);
    let answer = token::answer(&state.tools, &state.counts, &client.at(), client.authorization(), &params).await;
    let answer = answer.map_err(|refusal| client.failure(refusal))?;
    Ok(private().json(answer))
}

/// An answer that nobody may keep. [RFC 6749 §5.1]
pub(super) fn private() -> actix_web::HttpResponseBuilder {
    let mut reply = HttpResponse::Ok();
    reply.insert_header((CACHE_CONTROL, "no-store")).insert_header((PRAGMA, "no-cache"));
    reply
}
