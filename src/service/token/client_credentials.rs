//! A client's own token. [RFC 6749 §4.4]

use super::{Authenticated, Committed, TokenCounts, commit, restless};
use crate::{
    journey::Tools,
    protocol::{
        client_auth::refused,
        token::{
            TokenAnswer,
            client_credentials::{asked, one_api},
        },
    },
    service::{
        Refusal,
        client_auth::AtIssuer,
        issue::{self, Mint},
    },
    storage::Batch,
    values::{GrantType, Scopes},
};

/// Issue an access token for the client itself. A JWT is not stored, it is counted; an opaque token is stored, and its commit takes the assertion along.
///
/// # Errors
/// `invalid_scope`, `unauthorized_client`, `invalid_client`.
pub async fn grant(tools: &Tools, counts: &TokenCounts, at: &AtIssuer<'_>, asking: &Authenticated, scope: Option<&Scopes>) -> Result<TokenAnswer, Refusal> {
    let client = &asking.client;
    if !at.tenant.is_active() {
        return Err(refused("the tenant is off").into());
    }
    let (first, scopes) = asked(client, scope)?;
    let api = tools.reads().api_by_scope(at.issuer.tenant, &first).await?;
    one_api(api.as_deref(), &scopes)?;
    let now = tools.now();
    let mut batch = Batch::new(now);
    asking.spend(&mut batch)?;
    let mint = Mint { issuer: at.issuer, tenant: at.tenant, client, scopes: &scopes, api: api.as_deref(), now };
    let answer = issue::for_client(tools, mint, &mut batch).await?;
    if !batch.is_empty()
        && let Committed::Again = commit(tools, batch).await?
    {
        return Err(restless());
    }
    counts.count(at.issuer.tenant, &client.id, GrantType::ClientCredentials, now);
    Ok(answer)
}
