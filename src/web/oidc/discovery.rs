//! What clients may know beforehand: metadata and keys, for everybody. [OpenID Connect Discovery §4, RFC 8414 §3, RFC 7517 §5]

use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

use actix_web::{
    HttpResponse,
    http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CROSS_ORIGIN_RESOURCE_POLICY},
    web::{Bytes, Data},
};

use crate::{
    protocol::discovery::{self, Endpoints},
    service::keys,
    values::{Fault, Issuer, IssuerForm},
    web::{State, extract::IssuerAt, reply::Failure},
};

/// Where an issuer answers.
#[must_use]
pub fn endpoints(public_url: &str, issuer: Issuer) -> Endpoints {
    match issuer.form {
        IssuerForm::Root => Endpoints {
            authorization: format!("{public_url}/authorize"),
            token: format!("{public_url}/token"),
            userinfo: format!("{public_url}/userinfo"),
            jwks: format!("{public_url}/jwks"),
            introspection: format!("{public_url}/introspect"),
            revocation: format!("{public_url}/revoke"),
            end_session: format!("{public_url}/logout"),
        },
        IssuerForm::Tenant => {
            let base = format!("{public_url}/{}", issuer.tenant);
            Endpoints {
                authorization: format!("{base}/oauth2/v2.0/authorize"),
                token: format!("{base}/oauth2/v2.0/token"),
                userinfo: format!("{base}/openid/v2.0/userinfo"),
                jwks: format!("{base}/discovery/v2.0/keys"),
                introspection: format!("{base}/oauth2/v2.0/introspect"),
                revocation: format!("{base}/oauth2/v2.0/revoke"),
                end_session: format!("{base}/oauth2/v2.0/logout"),
            }
        }
    }
}

/// `GET /.well-known/openid-configuration`, `GET /.well-known/oauth-authorization-server`
///
/// # Errors
/// There is no such tenant.
pub async fn metadata(state: Data<State>, documents: Data<Documents>, at: IssuerAt) -> Result<HttpResponse, Failure> {
    let document = documents.of(at.issuer, || {
        let document = discovery::document(state.tools.identifier(at.issuer), at.issuer.form, endpoints(&state.tools.public_url, at.issuer));
        serde_json::to_vec(&document).map_err(|error| Fault::because("the metadata do not encode", error))
    })?;
    Ok(public().content_type("application/json").body(document))
}

/// The metadata of each issuer that was asked for, as they are sent: while we run they do not change.
#[derive(Debug, Default)]
pub struct Documents(RwLock<HashMap<Issuer, Bytes>>);

impl Documents {
    fn of(&self, issuer: Issuer, make: impl FnOnce() -> Result<Vec<u8>, Fault>) -> Result<Bytes, Fault> {
        if let Some(made) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&issuer) {
            return Ok(made.clone());
        }
        let made = Bytes::from(make()?);
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(issuer, made.clone());
        Ok(made)
    }
}

/// `GET /jwks`
///
/// # Errors
/// There is no such tenant, or the store failed.
pub async fn keys(state: Data<State>, at: IssuerAt) -> Result<HttpResponse, Failure> {
    let keys = keys::of(&state.tools, at.issuer).await?;
    Ok(public().content_type("application/json").body(keys.jwks(state.tools.now())))
}

fn public() -> actix_web::HttpResponseBuilder {
    let mut reply = HttpResponse::Ok();
    reply
        .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((CACHE_CONTROL, "public, max-age=300"))
        .insert_header((CROSS_ORIGIN_RESOURCE_POLICY, "cross-origin"));
    reply
}
