//! What clients may know beforehand of an issuer: one document for both well-known addresses.
//! [OpenID Connect Discovery §3, RFC 8414 §2, RFC 9207 §3, OpenID Connect Back-Channel Logout §2.1]

use serde::Serialize;

use super::{acr, authorize::REQUESTABLE_CLAIMS};
use crate::values::{Algorithm, ClientAuthMethod, GrantType, IssuerForm, Locale, Prompt, ResponseMode, ResponseType, Scope};

/// Where an issuer answers, as absolute URLs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoints {
    /// Where browsers are sent.
    pub authorization: String,
    /// Where codes become tokens.
    pub token: String,
    /// Where access tokens bring claims.
    pub userinfo: String,
    /// Where the public keys are.
    pub jwks: String,
    /// Where APIs ask about tokens.
    pub introspection: String,
    /// Where tokens are given back.
    pub revocation: String,
    /// Where browsers are sent to sign out.
    pub end_session: String,
}

/// The metadata document. Its fields are read by nobody here: it is made to be serialised.
///
/// `request_object_signing_alg_values_supported` is left out because no request object is accepted: `request_parameter_supported` says so,
/// and so does the error that one gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "the specification's own flags")]
pub struct Discovery {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    userinfo_endpoint: String,
    jwks_uri: String,
    introspection_endpoint: String,
    revocation_endpoint: String,
    end_session_endpoint: String,
    scopes_supported: Vec<&'static str>,
    response_types_supported: Vec<&'static str>,
    response_modes_supported: Vec<&'static str>,
    grant_types_supported: Vec<&'static str>,
    subject_types_supported: Vec<&'static str>,
    acr_values_supported: Vec<&'static str>,
    prompt_values_supported: Vec<&'static str>,
    claim_types_supported: Vec<&'static str>,
    claims_supported: Vec<&'static str>,
    ui_locales_supported: Vec<&'static str>,
    id_token_signing_alg_values_supported: Vec<&'static str>,
    code_challenge_methods_supported: Vec<&'static str>,
    token_endpoint_auth_methods_supported: Vec<&'static str>,
    token_endpoint_auth_signing_alg_values_supported: Vec<&'static str>,
    introspection_endpoint_auth_methods_supported: Vec<&'static str>,
    introspection_endpoint_auth_signing_alg_values_supported: Vec<&'static str>,
    revocation_endpoint_auth_methods_supported: Vec<&'static str>,
    revocation_endpoint_auth_signing_alg_values_supported: Vec<&'static str>,
    claims_parameter_supported: bool,
    request_parameter_supported: bool,
    request_uri_parameter_supported: bool,
    authorization_response_iss_parameter_supported: bool,
    backchannel_logout_supported: bool,
    backchannel_logout_session_supported: bool,
}

/// The document of the issuer with this identifier.
#[must_use]
pub fn document(issuer: String, form: IssuerForm, endpoints: Endpoints) -> Discovery {
    Discovery {
        issuer,
        authorization_endpoint: endpoints.authorization,
        token_endpoint: endpoints.token,
        userinfo_endpoint: endpoints.userinfo,
        jwks_uri: endpoints.jwks,
        introspection_endpoint: endpoints.introspection,
        revocation_endpoint: endpoints.revocation,
        end_session_endpoint: endpoints.end_session,
        scopes_supported: Scope::STANDARD.to_vec(),
        response_types_supported: words(ResponseType::ALL, ResponseType::as_str),
        response_modes_supported: words(ResponseMode::ALL, ResponseMode::as_str),
        grant_types_supported: words(GrantType::ALL, GrantType::as_str),
        subject_types_supported: vec!["public"],
        acr_values_supported: acr::OFFERED.to_vec(),
        prompt_values_supported: words(Prompt::ALL, Prompt::as_str),
        claim_types_supported: vec!["normal"],
        claims_supported: claims(form),
        ui_locales_supported: words(Locale::ALL, Locale::tag),
        id_token_signing_alg_values_supported: words(Algorithm::ALL, Algorithm::as_str),
        code_challenge_methods_supported: vec!["S256"],
        token_endpoint_auth_methods_supported: words(ClientAuthMethod::ALL, ClientAuthMethod::as_str),
        token_endpoint_auth_signing_alg_values_supported: assertion_algorithms(),
        introspection_endpoint_auth_methods_supported: secret_methods(),
        introspection_endpoint_auth_signing_alg_values_supported: assertion_algorithms(),
        revocation_endpoint_auth_methods_supported: words(ClientAuthMethod::ALL, ClientAuthMethod::as_str),
        revocation_endpoint_auth_signing_alg_values_supported: assertion_algorithms(),
        claims_parameter_supported: true,
        request_parameter_supported: false,
        request_uri_parameter_supported: false,
        authorization_response_iss_parameter_supported: true,
        backchannel_logout_supported: true,
        backchannel_logout_session_supported: true,
    }
}

fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().copied().map(word).collect()
}

/// What ID tokens and userinfo can hold. Tenants' own addresses add who is meant in which organisation.
fn claims(form: IssuerForm) -> Vec<&'static str> {
    let mut claims = vec!["iss", "aud", "azp", "exp", "iat", "nonce", "sid", "at_hash"];
    claims.extend(REQUESTABLE_CLAIMS);
    if form == IssuerForm::Tenant {
        claims.extend(["ver", "tid", "oid"]);
    }
    claims
}

/// For `client_secret_jwt` and `private_key_jwt`.
fn assertion_algorithms() -> Vec<&'static str> {
    let mut algorithms = words(Algorithm::ALL, Algorithm::as_str);
    algorithms.push("HS256");
    algorithms
}

/// APIs ask about tokens, and an API can keep a secret.
fn secret_methods() -> Vec<&'static str> {
    ClientAuthMethod::ALL.iter().copied().filter(|method| *method != ClientAuthMethod::None).map(ClientAuthMethod::as_str).collect()
}

#[cfg(test)]
mod tests;
