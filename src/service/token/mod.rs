//! The token endpoint's work: authenticate the client, match the grant, answer.

pub mod authorization_code;
pub mod client_credentials;
mod counts;
pub mod refresh_token;

pub use counts::TokenCounts;

use super::{
    Refusal,
    client_auth::{self, AtIssuer, Authenticated},
};
use crate::{
    journey::Tools,
    model::{Account, Api, Authentication, Table},
    protocol::{
        ErrorCode, OAuthError,
        params::Params,
        token::{TokenAnswer, TokenRequest, may_use, still_stands},
    },
    storage::{Batch, CommitError, Loaded},
    values::{ApiIdentifier, Fault, Scopes},
};

/// How often a decision is made anew because something changed meanwhile.
const ATTEMPTS: usize = 16;

/// Answer a request at the token endpoint. `authorization` is the header's value.
///
/// # Errors
/// The codes of [RFC 6749 §5.2].
pub async fn answer(tools: &Tools, counts: &TokenCounts, at: &AtIssuer<'_>, authorization: Option<&str>, params: &Params) -> Result<TokenAnswer, Refusal> {
    let asking = client_auth::authenticate(tools, at, authorization, params).await?;
    let answer = grant(tools, counts, at, &asking, params).await;
    if let Err(Refusal::OAuth(refused)) = &answer
        && refused.code != ErrorCode::InvalidClient
    {
        // Refused for another reason, the assertion was still shown: it counts once whatever came of it.
        asking.spend_alone(tools).await?;
    }
    answer
}

async fn grant(tools: &Tools, counts: &TokenCounts, at: &AtIssuer<'_>, asking: &Authenticated, params: &Params) -> Result<TokenAnswer, Refusal> {
    let request = TokenRequest::read(params)?;
    may_use(&asking.client, request.grant_type())?;
    match request {
        TokenRequest::AuthorizationCode { code, redirect_uri, code_verifier } => {
            let presented = authorization_code::Presented { code, redirect_uri, code_verifier };
            authorization_code::redeem(tools, at, asking, &presented).await
        }
        TokenRequest::RefreshToken { refresh_token, scope } => refresh_token::refresh(tools, at, asking, &refresh_token, scope.as_ref()).await,
        TokenRequest::ClientCredentials { scope } => client_credentials::grant(tools, counts, at, asking, scope.as_ref()).await,
    }
}

/// The person behind a code or a family, if everything that the sign-in rested on still stands.
async fn person(tools: &Tools, at: &AtIssuer<'_>, by: &Authentication) -> Result<Loaded<Account>, Refusal> {
    let reads = tools.reads();
    let account = reads.account(by.subject).await?;
    let other = if by.subject.home == at.issuer.tenant { None } else { reads.tenant(by.subject.home).await? };
    let home = if by.subject.home == at.issuer.tenant { Some(at.tenant) } else { other.as_deref() };
    still_stands(Some(at.tenant), home, account.as_deref())?;
    account.ok_or_else(|| Fault::new("an account that is not there stands").into())
}

/// The API that the scopes are of, where some are of one.
async fn api_of(tools: &Tools, at: &AtIssuer<'_>, scopes: &Scopes, api: Option<&ApiIdentifier>) -> Result<Option<Loaded<Api>>, Refusal> {
    let Some(identifier) = api.filter(|_| scopes.iter().any(|scope| !scope.is_standard())) else { return Ok(None) };
    let found = tools.reads().api(at.issuer.tenant, identifier).await?;
    found.map(Some).ok_or_else(|| OAuthError::new(ErrorCode::InvalidGrant, "the API that this was granted for is gone").into())
}

/// What a commit came to.
enum Committed {
    /// Written.
    Yes,
    /// Something changed meanwhile: decide again.
    Again,
}

/// Commit. An assertion that somebody else used first is the client's affair; any other conflict asks for a new decision.
async fn commit(tools: &Tools, batch: Batch) -> Result<Committed, Refusal> {
    match tools.store.commit(batch).await {
        Ok(()) => Ok(Committed::Yes),
        Err(CommitError::Conflict(Table::UsedAssertion)) => Err(client_auth::replayed()),
        Err(CommitError::Conflict(_)) => Ok(Committed::Again),
        Err(other) => Err(Fault::from(other).into()),
    }
}

/// It changed each time.
fn restless() -> Refusal {
    Fault::new("what a token rests on changed each time it was to be issued").passing().into()
}
