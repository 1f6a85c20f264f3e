//! An API asks about a token. [RFC 7662]

use super::{
    Refusal, bearer,
    client_auth::{self, AtIssuer},
};
use crate::{
    journey::Tools,
    model::Client,
    protocol::{
        introspection::{self, Introspection},
        params::Params,
        token::{
            refresh_token::{self, RefreshToken, Verdict},
            still_stands,
        },
    },
    values::Fault,
};

/// Answer a confidential client of this tenant. Of a refresh token only its own client learns anything.
///
/// # Errors
/// `invalid_client`, `invalid_request`.
pub async fn answer(tools: &Tools, at: &AtIssuer<'_>, authorization: Option<&str>, params: &Params) -> Result<Introspection, Refusal> {
    let asking = client_auth::authenticate(tools, at, authorization, params).await?;
    introspection::may_ask(&asking.client)?;
    asking.spend_alone(tools).await?;
    let token = introspection::token(params)?;
    if let Some(token) = RefreshToken::read(token.expose(), &tools.sealer) {
        return Ok(refresh_token(tools, at, &asking.client, &token).await?);
    }
    let live = bearer::judge(tools, at, token.expose()).await?;
    Ok(live.map_or_else(Introspection::default, |live| Introspection::of_access_token(live.claims)))
}

async fn refresh_token(tools: &Tools, at: &AtIssuer<'_>, client: &Client, token: &RefreshToken) -> Result<Introspection, Fault> {
    let reads = tools.reads();
    let Some(grant) = reads.grant(token.grant).await? else { return Ok(Introspection::default()) };
    if refresh_token::judge(&grant, token, at.issuer, client, tools.now()) != Ok(Verdict::Current) {
        return Ok(Introspection::default());
    }
    let subject = grant.authentication.subject;
    let (home, account) = (reads.tenant(subject.home).await?, reads.account(subject).await?);
    Ok(match still_stands(Some(at.tenant), home.as_deref(), account.as_deref()) {
        Ok(()) => Introspection::of_refresh_token(tools.identifier(at.issuer), &grant),
        Err(_) => Introspection::default(),
    })
}
