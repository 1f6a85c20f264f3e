//! One logout token on its way to one client. [OpenID Connect Back-Channel Logout §2.5]

use crate::{
    crypto::TokenKind,
    journey::Tools,
    model::MessageKind,
    outside::{Fetch, Purpose},
    protocol::backchannel_logout::LogoutTokenClaims,
    service::keys,
    values::Fault,
};

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// The client knows.
    Yes,
    /// Not yet: the words for the record.
    No(String),
    /// There is nobody to tell any more.
    Nobody,
}

/// Tell the client. `jti` is the message's own name, so a client that was told twice can notice.
pub(super) async fn tell(tools: &Tools, fetch: &Fetch, jti: &str, kind: &MessageKind) -> Result<Told, Fault> {
    let MessageKind::BackchannelLogout { issuer, client, subject, session } = kind;
    let Some(client) = tools.reads().client(issuer.tenant, client).await? else { return Ok(Told::Nobody) };
    let Some(address) = &client.backchannel_logout_uri else { return Ok(Told::Nobody) };
    let claims = LogoutTokenClaims::new(tools.identifier(*issuer), &client.id, (*subject, session), jti, tools.now());
    let pair = keys::signer(tools, *issuer, client.id_token_algorithm).await?;
    let unsigned = pair.prepare(TokenKind::Logout, &claims)?;
    let signed = tokio::task::spawn_blocking(move || pair.sign(unsigned)).await;
    let token = signed.map_err(|error| Fault::because("signing a logout token stopped", error))??;
    Ok(match fetch.post_form(Purpose::BackchannelLogout, address, &[("logout_token", &token)]).await {
        Ok(answer) if answer.status().is_success() => Told::Yes,
        Ok(answer) => Told::No(format!("status {}", answer.status().as_u16())),
        Err(failed) => Told::No(failed.to_string()),
    })
}
