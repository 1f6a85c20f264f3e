//! APIs ask about tokens. [RFC 7662]

use actix_web::{HttpResponse, web::Data};

use super::token::private;
use crate::{
    protocol::params::Params,
    service::introspect,
    web::{
        State,
        extract::{ClientRequest, Pairs},
        reply::Failure,
    },
};

/// `POST /introspect`
///
/// # Errors
/// See [`introspect::answer`].
pub async fn post(state: Data<State>, client: ClientRequest, form: Pairs) -> Result<HttpResponse, Failure> {
    let answer = introspect::answer(&state.tools, &client.at(), client.authorization(), &Params::parse(form.0)).await;
    Ok(private().json(answer.map_err(|refusal| client.failure(refusal))?))
}
