//! The authorization endpoint's rules: one check, one file, run in the order written in [`validate`]. [RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.2]
//!
//! The order is the priority of errors. Until client and redirect URI are known to belong together, a refusal stays here, on a page of ours;
//! from then on it goes back to the client, who can act on it.
//!
//! Why it is so, where the specifications leave a choice:
//! - request objects are looked at before `response_type`, because a client that sends one may send little else (RFC 9101 §5);
//! - a scope that nobody registered is passed over in an OpenID Connect request (Core §3.1.2.1) and refused in any other;
//! - standard scopes that a client may not have are left out, except `openid`, without which it would wait for an ID token in vain;
//! - `offline_access` needs no `prompt=consent`: consent is asked for it anyway, and clients exist that never send one;
//! - an unknown `prompt` is refused: passing over a wish for a new sign-in would let the wrong person through;
//! - `plain` PKCE does not exist here (RFC 9700 §2.1.1), so a challenge must say `S256`.

mod acr;
mod claims;
mod client;
mod display;
mod id_token_hint;
mod login_hint;
mod max_age;
mod pkce;
mod prompt;
mod redirect_uri;
mod request_object;
mod response_mode;
mod response_type;
mod scope;

pub use claims::REQUESTABLE as REQUESTABLE_CLAIMS;
pub use display::ui_locale;
pub use redirect_uri::ReturnAddress;
pub use scope::asked_of_apis;

use super::{OAuthError, params::Params};
use crate::{
    model::{Api, AuthorizationRequest, Client},
    values::{AccountId, Issuer},
};

/// What an `id_token_hint` turned out to be. Whoever asks verifies it: signed by this issuer, issued to this client; expired is no matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// None came.
    Absent,
    /// An ID token of ours for this client.
    Valid {
        /// Whom it is about.
        subject: AccountId,
    },
    /// Anything else.
    Invalid,
}

/// What is known when a request is judged.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Who is asked.
    pub issuer: Issuer,
    /// The client that `client_id` names in this tenant, if there is one.
    pub client: Option<&'a Client>,
    /// The APIs that own the scopes of [`asked_of_apis`].
    pub apis: &'a [Api],
    /// What the `id_token_hint` is worth.
    pub hint: Hint,
}

/// A request that gets no code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Nobody may be sent anywhere: the person gets a page. [RFC 6749 §4.1.2.1]
    Here {
        /// Which parameter is at fault.
        parameter: &'static str,
        /// Why.
        error: OAuthError,
    },
    /// The client gets the error.
    Back(ReturnAddress, OAuthError),
}

/// Judge a request. The first check that refuses decides.
///
/// # Errors
/// [`Refused`], which also says who is told.
pub fn validate(params: &Params, facts: &Facts<'_>) -> Result<AuthorizationRequest, Refused> {
    let client = client::check(params, facts).map_err(|error| Refused::Here { parameter: "client_id", error })?;
    let address = redirect_uri::check(params, client).map_err(|error| Refused::Here { parameter: "redirect_uri", error })?;
    judge(params, facts, client, &address).map_err(|error| Refused::Back(address, error))
}

fn judge(params: &Params, facts: &Facts<'_>, client: &Client, address: &ReturnAddress) -> Result<AuthorizationRequest, OAuthError> {
    let state = params.one("state")?.map(str::to_owned);
    let response_mode = response_mode::check(params)?;
    request_object::check(params)?;
    response_type::check(params, client)?;
    let scope::Asked { scopes, api } = scope::check(params, facts, client)?;
    let mut prompt = prompt::check(params)?;
    let max_age = max_age::check(params, &mut prompt)?;
    let nonce = params.one("nonce")?.map(str::to_owned);
    let code_challenge = pkce::check(params, client)?;
    let claims = claims::check(params)?;
    let acr_values = acr::check(params, &claims)?;
    let required_subject = id_token_hint::check(params, facts.hint, &claims)?;
    let login_hint = login_hint::check(params)?;
    let ui_locale = display::check(params)?;
    Ok(AuthorizationRequest {
        issuer: facts.issuer,
        client: client.id.clone(),
        redirect_uri: address.redirect_uri().clone(),
        response_mode,
        state,
        scopes,
        api,
        nonce,
        code_challenge,
        prompt,
        max_age,
        login_hint,
        required_subject,
        ui_locale,
        acr_values,
        claims,
    })
}

#[cfg(test)]
mod tests;
