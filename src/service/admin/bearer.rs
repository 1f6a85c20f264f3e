//! Access tokens for the administration API: of any of our issuers, for this API and no other.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;

use super::{By, apis};
use crate::{
    journey::Tools,
    model::{Tenant, TenantKind},
    policy::admin::Caller,
    service::{
        bearer::{self, Person},
        client_auth::AtIssuer,
    },
    storage::Loaded,
    values::{Fault, Issuer, IssuerForm, Scopes, TenantId},
};

/// Who asks with this access token; `None` when it counts for nothing here.
///
/// # Errors
/// The store failed.
pub async fn caller(tools: &Tools, token: &str, ip: Option<&str>, correlation: Option<&str>) -> Result<Option<By>, Fault> {
    let Some((issuer, tenant)) = claimed_issuer(tools, token).await? else { return Ok(None) };
    let at = AtIssuer { issuer, tenant: &tenant, ip, correlation };
    let Some(live) = bearer::judge(tools, &at, token).await? else { return Ok(None) };
    if live.claims.aud != apis::built_in_identifier(&tools.public_url).0 {
        return Ok(None);
    }
    let Ok(scopes) = live.claims.scope.parse::<Scopes>() else { return Ok(None) };
    let of_system = tenant.kind == TenantKind::System;
    let id = &live.client.id;
    Ok(Some(match live.person {
        None => By::client(Caller::Client { tenant: tenant.id, of_system, scopes }, id),
        Some(Person { account, .. }) => {
            let subject = account.subject();
            // A role counts where it was given: at home, or where the person is a member.
            let roles = if subject.home == tenant.id {
                account.roles.clone()
            } else {
                tools.reads().membership(tenant.id, subject).await?.map(|membership| membership.roles.clone()).unwrap_or_default()
            };
            By::person(Caller::Person { tenant: tenant.id, of_system, scopes, roles }, subject, id)
        }
    }))
}

/// Which of our issuers the token says it is of. Nothing is believed yet: it only says whose keys to try.
async fn claimed_issuer(tools: &Tools, token: &str) -> Result<Option<(Issuer, Loaded<Tenant>)>, Fault> {
    #[derive(Deserialize)]
    struct Claimed {
        iss: String,
    }
    let claims = token.split('.').nth(1).and_then(|claims| URL_SAFE_NO_PAD.decode(claims).ok());
    let Some(Claimed { iss }) = claims.and_then(|claims| serde_json::from_slice(&claims).ok()) else { return Ok(None) };
    let reads = tools.reads();
    if iss == *tools.public_url {
        let default = reads.default_tenant().await?;
        return Ok(default.map(|tenant| (Issuer { tenant: tenant.id, form: IssuerForm::Root }, tenant)));
    }
    let id = iss.strip_prefix(&*tools.public_url).and_then(|rest| rest.strip_prefix('/')?.strip_suffix("/v2.0")?.parse::<TenantId>().ok());
    let Some(id) = id else { return Ok(None) };
    Ok(reads.tenant(id).await?.map(|tenant| (Issuer { tenant: id, form: IssuerForm::Tenant }, tenant)))
}
