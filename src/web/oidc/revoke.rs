//! Clients give tokens back. [RFC 7009]

use actix_web::{HttpResponse, web::Data};

use super::token::private;
use crate::{
    protocol::params::Params,
    service::revoke,
    web::{
        State,
        extract::{ClientRequest, Pairs},
        reply::Failure,
    },
};

/// `POST /revoke`
///
/// # Errors
/// See [`revoke::revoke`].
pub async fn post(state: Data<State>, client: ClientRequest, form: Pairs) -> Result<HttpResponse, Failure> {
    let done = revoke::revoke(&state.tools, &client.at(), client.authorization(), &Params::parse(form.0)).await;
    done.map_err(|refusal| client.failure(refusal))?;
    Ok(private().finish())
}
