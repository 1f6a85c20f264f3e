//! Claims for who holds an access token. [OpenID Connect Core §5.3, RFC 6750]

use actix_web::{HttpResponse, web::Data};

use super::token::private;
use crate::{
    protocol::{ErrorCode, OAuthError, params::Params},
    service::{Refusal, userinfo},
    web::{
        State,
        extract::{ClientRequest, Pairs},
        reply::Failure,
    },
};

/// `GET /userinfo`: the token is in the header. One in the address would end up in logs and histories, and is not looked at. [RFC 9700 §4.3.2]
///
/// # Errors
/// See [`userinfo::claims`].
pub async fn get(state: Data<State>, client: ClientRequest) -> Result<HttpResponse, Failure> {
    answer(&state, &client, client.credentials("Bearer")).await
}

/// `POST /userinfo`: the token is in the header or in the form, not in both. [RFC 6750 §2]
///
/// # Errors
/// See [`userinfo::claims`].
pub async fn post(state: Data<State>, client: ClientRequest, form: Pairs) -> Result<HttpResponse, Failure> {
    const BOTH: OAuthError = OAuthError::new(ErrorCode::InvalidRequest, "the access token is both in the header and in the form");
    let params = Params::parse(form.0);
    let posted = params.one("access_token").map_err(challenge)?;
    let token = match (client.credentials("Bearer"), posted) {
        (Some(_), Some(_)) => return Err(challenge(BOTH)),
        (header, posted) => header.or(posted),
    };
    answer(&state, &client, token).await
}

async fn answer(state: &State, client: &ClientRequest, token: Option<&str>) -> Result<HttpResponse, Failure> {
    const NONE: OAuthError = OAuthError::new(ErrorCode::InvalidToken, "there is no access token");
    // Who did not try is told how, not that it went wrong. [RFC 6750 §3.1]
    let token = token.ok_or(Failure::Challenge(NONE, "Bearer"))?;
    match userinfo::claims(&state.tools, &client.at(), token).await {
        Ok(claims) => Ok(private().json(claims)),
        Err(Refusal::OAuth(error)) => Err(challenge(error)),
        Err(Refusal::Fault(fault)) => Err(fault.into()),
    }
}

/// [RFC 6750 §3]
fn challenge(error: OAuthError) -> Failure {
    let challenge = match error.code {
        ErrorCode::InsufficientScope => r#"Bearer error="insufficient_scope", scope="openid""#,
        ErrorCode::InvalidRequest => r#"Bearer error="invalid_request""#,
        _ => r#"Bearer error="invalid_token""#,
    };
    Failure::Challenge(error, challenge)
}
